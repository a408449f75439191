package report

import (
	"fmt"
	"strconv"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
	"caipan/pipeline/dataset"
)

// handList is what people corrected in the cases of the report.
type handList struct {
	rows    []handRow
	counts  map[string]int // by status; nil without any
	parties map[string]bool
}

type handRow struct {
	judgment.Correction
	citation, party string
}

// add notes the corrections of a case.
func (h *handList) add(e *Entry) {
	for _, x := range e.Case.Corrections {
		if h.counts == nil {
			h.counts, h.parties = map[string]int{}, map[string]bool{}
		}
		h.counts[x.Status]++
		if x.Status == judgment.CorrectionApplied {
			h.parties[e.Case.CaseID+" "+strconv.Itoa(x.PartyNo)] = true
		}
		h.rows = append(h.rows, handRow{x, citation(e.Case), partyOf(e.Case, x.PartyNo).Name})
	}
}

// uncorrected is the main ruling of a party as the machine read it; nil where it read none.
func uncorrected(c *judgment.Case, party int) *judgment.Ruling {
	r := ruling(c, party)
	if r == nil || len(r.Hand) == 0 {
		return r
	}
	own := *r
	for _, x := range c.Corrections {
		if x.Kind != judgment.CorrectsRuling || x.Status != judgment.CorrectionApplied || x.PartyNo != party {
			continue
		}
		switch x.Field {
		case "label":
			own.Label = x.Was
		case "share_basis":
			own.ShareBasis = x.Was
		}
	}
	return &own
}

// handSentence says how many values were corrected; "" if none were. A correction is no validation, and the sentence says so.
func (l *layouter) handSentence() string {
	if l.hand == nil || len(l.hand.rows) == 0 {
		return ""
	}
	n, stale := l.hand.counts[judgment.CorrectionApplied], l.hand.counts[judgment.CorrectionStale]
	return l.say(fmt.Sprintf("By hand: values corrected %d, of %d parties; they stand in these numbers. Stale and not applied: %d. Corrections are no validation: nobody drew their cases by lot.", n, len(l.hand.parties), stale),
		fmt.Sprintf("上列数字含 %d 项人工更正（涉及 %d 个当事人），另有 %d 项因原文已变而失效、未采用。更正并非检验：所更正案件未经随机抽取。", n, len(l.hand.parties), stale))
}

// handTable lists every correction and what became of it; nil if there are none.
func (l *layouter) handTable() *Table {
	if l.hand == nil || len(l.hand.rows) == 0 {
		return nil
	}
	t := &Table{Name: "corrections", Caption: l.say("Values corrected by hand", "人工更正"), Left: 10, Head: append(l.heads("citation", "party", "variable"),
		l.say("Was", "原读出"), l.say("By hand", "更正为"), l.say("Status", "处理结果"), l.say("Coder", "更正人"), l.w("date"), l.say("Reason", "理由"), l.say("Row", "所在行"))}
	for _, x := range l.hand.rows {
		t.Rows = append(t.Rows, []string{x.citation, x.party, l.fieldName(x.Correction), l.fieldValue(x.Correction, x.Was), l.fieldValue(x.Correction, x.Value),
			dataset.Label("corrections", "status", x.Status, l.lang), x.Coder, x.Date, x.Reason, x.Source})
	}
	t.Notes = []string{l.say("Applied: the value stands in place of what was read in every number of this report. Stale: the words that the correction rests on are no longer in the text.",
		"已采用：本报告各数字均以更正值为准。失效：更正所依据的文字已不在原文中。")}
	return t
}

func (l *layouter) fieldName(x judgment.Correction) string {
	if v := l.corrected(x); v != nil {
		return v.Name(l.lang)
	}
	return x.Kind + "." + x.Field
}

func (l *layouter) fieldValue(x judgment.Correction, value string) string {
	switch v := l.corrected(x); {
	case value == "":
		return "—"
	case v != nil:
		return v.Label(value, l.lang)
	case x.Kind == judgment.CorrectsRuling:
		return dataset.Label("rulings", x.Field, value, l.lang)
	}
	return dataset.Label("parties", x.Field, value, l.lang)
}

func (l *layouter) corrected(x judgment.Correction) *vocabulary.Variable {
	if x.Kind != judgment.CorrectsFact {
		return nil
	}
	return l.vocabulary.Variable(x.Field)
}
