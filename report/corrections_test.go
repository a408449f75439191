package report

import (
	"slices"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
	"caipan/report/sample"
)

// correctedEntry is a case of which a person corrected the label and the state of mind, and one row of which is stale.
func correctedEntry() *Entry {
	c := &judgment.Case{CaseID: "c1", Parties: []judgment.Party{{No: 0, Name: "甲平台", IsPlatformOperator: true}},
		Rulings: []judgment.Ruling{{PartyNo: 0, Label: judgment.LabelSupplementary, Hand: []string{"amount", "label"}}},
		Corrections: []judgment.Correction{{PartyNo: 0, Kind: "ruling", Field: "label", Value: "supplementary", Was: "joint", Level: -1, Status: "applied", Coder: "王"},
			{PartyNo: 0, Kind: "ruling", Field: "amount", Value: "5", Level: -1, Status: "applied"},
			{PartyNo: 0, Kind: "fact", Field: "platform_state", Value: "should_know", Was: "knew", Level: 3, Status: "applied"},
			{PartyNo: 0, Kind: "fact", Field: "claim", Value: "joint", Was: "unknown", Level: 0, Status: "applied"},
			{PartyNo: 0, Kind: "fact", Field: "breach_found", Value: "no", Status: "stale"}}}
	return &Entry{Case: c, Facts: []judgment.Fact{{PartyNo: 0, EvidencePolicy: "reasoning", Variable: "platform_state", Value: "should_know", Status: "hand"},
		{PartyNo: 0, EvidencePolicy: "reasoning", Variable: "breach_found", Value: "yes", Status: "read"}, {PartyNo: 0, EvidencePolicy: "facts", Variable: "platform_state", Value: "knew", Status: "read"}}}
}

func TestCorrectedRowsAreMarkedOnTheirRung(t *testing.T) {
	e, d := correctedEntry(), paper(t)
	for policy, want := range map[string]string{"reasoning": "platform_state ruling.amount ruling.label", "facts": "ruling.amount ruling.label"} {
		e.Decisions = []judgment.Decision{{CaseID: "c1", PartyNo: 0, Doctrine: d.ID, Variant: d.Variant, EvidencePolicy: policy, Outcome: "decided", Liability: "joint"}}
		for _, row := range Compare(e, []Doctrine{d}) {
			if got := strings.Join(row.Hand, " "); got != want {
				t.Errorf("%s, %s: marked %q, want %q", policy, row.Stage, got, want)
			}
			if row.Stage == StageType && row.Actual != "supplementary" {
				t.Errorf("the comparison is made with %s", row.Actual)
			}
		}
	}
}

// TestAFrameHoldsTheMachinesReading: a validation measures the machine, not the people who corrected it.
func TestAFrameHoldsTheMachinesReading(t *testing.T) {
	d := paper(t)
	u := unitOf(correctedEntry(), 0, nil, &d, nil)
	for variable, want := range map[string]string{sample.RulingVariable: "joint", "platform_state": "knew", "breach_found": "yes", "claim": ""} {
		if u.Machine[variable] != want {
			t.Errorf("%s: %q, want %q", variable, u.Machine[variable], want)
		}
	}
}

func TestHandTable(t *testing.T) {
	v, err := vocabulary.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := &handList{}
	h.add(correctedEntry())
	h.add(&Entry{Case: &judgment.Case{CaseID: "c2"}})
	for lang, want := range map[string]string{"en": "values corrected 4, of 1 parties", "zh": "4 项人工更正（涉及 1 个当事人），另有 1 项"} {
		l := &layouter{lang: lang, hand: h, vocabulary: v}
		if s := l.handSentence(); !strings.Contains(s, want) {
			t.Errorf("%s: %s", lang, s)
		}
		table := l.handTable()
		if len(table.Rows) != 5 || slices.ContainsFunc(table.Rows, func(r []string) bool { return len(r) != len(table.Head) }) {
			t.Errorf("%s: %v", lang, table.Rows)
		}
	}
	none := &layouter{hand: &handList{}}
	if none.handTable() != nil || none.handSentence() != "" {
		t.Error("a report without corrections speaks of them")
	}
}
