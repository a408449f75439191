package replication

import (
	"strings"
	"testing"

	"caipan/pipeline/dataset"
)

// TestMaskLeavesNoSentenceAndNoPerson: quotes and a coder's reason go, persons are masked in every other column, an
// organisation stays.
func TestMaskLeavesNoSentenceAndNoPerson(t *testing.T) {
	table := dataset.Named("corrections")
	b := dataset.NewBatch(table)
	row := b.Row()
	for _, c := range table.Columns {
		switch c.Kind {
		case dataset.Int32:
			row.Int(1)
		case dataset.Text, dataset.Date:
			v := "赵甲一与某公司"
			if c.Name == "case_id" {
				v = "c1"
			}
			row.Text(v)
		default:
			t.Fatalf("column %s is %s", c.Name, c.Kind)
		}
	}
	row.End()
	p := &persons{byCase: map[string][]person{"c1": {{"赵甲一", "[plaintiff 0]"}}}}
	p.mask(b)
	for c, col := range table.Columns {
		cell := b.Cell(c, 0)
		switch {
		case col.Name == "quote" || col.Name == "reason":
			if cell != "" {
				t.Errorf("%s keeps %q", col.Name, cell)
			}
		case col.Values == nil && strings.Contains(cell, "赵甲一"):
			t.Errorf("%s names a person: %q", col.Name, cell)
		}
	}
	if got := b.Text("value", 0); got != "[plaintiff 0]与某公司" {
		t.Errorf("value is %q", got)
	}
}
