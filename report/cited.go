package report

import (
	"strconv"

	"caipan/model/judgment"
)

// maxCited is the longest case list that is written for a paper's appendix; a longer one is written as CSV only.
const maxCited = 2000

// cited is a line of the case list.
type cited struct {
	Case, Citation, Party, Date string
	Label                       string
	Predicted                   string // under the first doctrine and the richest evidence
}

// cite notes the parties of a counted case.
func (t *tally) cite(e *Entry, rows []judgment.Comparison, first Doctrine) {
	for _, p := range operatorsOf(e) {
		label := judgment.LabelUnknown
		if r := ruling(e.Case, p); r != nil {
			label = r.Label
		}
		line := cited{e.Case.CaseID, citation(e.Case), partyOf(e.Case, p).Name, e.Case.Header.JudgmentDate, label, ""}
		for _, c := range rows {
			if c.PartyNo == p && c.Stage == StageType && c.Doctrine == first.ID && c.Variant == first.Variant && c.EvidencePolicy == policyFull {
				line.Predicted = c.Predicted
			}
		}
		t.cited = append(t.cited, line)
	}
}

// caseList is the cited list of the counted cases in the order of the tables.
func (l *layouter) caseList() *Table {
	t := &Table{Name: "cases", Caption: l.caption("cap_cases"), Left: 7, Head: append([]string{"#"}, l.heads("citation", "date", "party", "ruling", "prediction")...)}
	t.Head = append(t.Head, "case_id")
	for i, c := range l.t.cited {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), c.Citation, c.Date, c.Party, l.ruling(c.Label), l.w(c.Predicted), c.Case})
	}
	t.Notes = l.notes(l.say("Prediction: first doctrine, evidence policy reasoning.", "预测：首项学说，证据层级为法院说理。"))
	return t
}
