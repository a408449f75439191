package dataset

import (
	"testing"

	"caipan/model/judgment"
)

// TestStepsFillEveryColumn: steps are written column by column, so a column that is added to trace must not be forgotten.
func TestStepsFillEveryColumn(t *testing.T) {
	d := &judgment.Decision{CaseID: "c1", PartyNo: 2, Doctrine: "he2024", Variant: "v", EvidencePolicy: "facts", Steps: []judgment.Step{
		{No: 0, Parent: -1, Kind: "rule", RuleID: "r", Norm: "n", Condition: "c", Truth: "true", Result: "x"},
		{No: 1, Parent: 0, Kind: "fact", Truth: "false", FindingIDs: []string{"c1f0"}, Status: "read"}}}
	b := NewBatch(Named("trace"))
	AppendDecision(NewBatch(Named("predictions")), b, d)
	AppendDecision(NewBatch(Named("predictions")), b, d)
	size := int64(0)
	for i := range b.N {
		size += b.RowSize(i)
	}
	if b.N != 4 || size != b.Size() {
		t.Fatalf("%d rows of %d bytes, said to be %d", b.N, size, b.Size())
	}
	want := []string{"c1", "2", "he2024", "v", "facts", "1", "0", "fact", "", "", "", "false", "", `["c1f0"]`, "read"}
	for c := range b.Cols {
		if got := b.Cell(c, 3); got != want[c] {
			t.Errorf("%s: %q, want %q", b.Table.Columns[c].Name, got, want[c])
		}
	}
}
