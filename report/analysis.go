package report

import (
	"slices"
	"strconv"

	"caipan/model/judgment"
	"caipan/pipeline/dataset"
)

// analysisRow is what a row of analysis says beside the decision.
type analysisRow struct {
	party judgment.Party
	facts []string
	named map[string]string // of analysisFacts
	r     *judgment.Ruling
	hand  []string
}

// analysisFacts have a column of their own.
var analysisFacts = []string{"profit_mode", "platform_state", varBreachFound, "third_party", "third_party_state", "causation", "harm_type"}

func analysisOf(e *Entry, d *judgment.Decision) *analysisRow {
	x := &analysisRow{party: partyOf(e.Case, d.PartyNo), facts: knownFacts(e, d), named: map[string]string{}, r: ruling(e.Case, d.PartyNo)}
	for _, v := range analysisFacts {
		x.named[v] = e.fact(d.PartyNo, d.EvidencePolicy, v)
	}
	x.hand = handOf(e, d, x.r)
	if x.r == nil {
		x.r = &judgment.Ruling{Label: judgment.LabelUnknown}
	}
	return x
}

// appendAnalysis appends one row per platform party of the case: the decision of the first doctrine from the richest evidence
// that the run has, and what w adds to it.
func appendAnalysis(b *dataset.Batch, w *wide, e *Entry, counted bool) {
	h := &e.Case.Header
	year := int64(dataset.NullInt)
	if n, err := strconv.Atoi(yearOf(e.Case)); err == nil {
		year = int64(n)
	}
	cite := citation(e.Case)
	for _, d := range w.main(e) {
		x := analysisOf(e, d)
		fact := func(v string) string { return x.named[v] }
		row := b.Row().Text(e.Case.CaseID, e.Case.CaseKey, cite).Int(int64(d.PartyNo)).Text(d.PartyName, d.Doctrine, d.Variant, d.EvidencePolicy).
			Text(h.Court, h.CourtLevel, h.Province, h.JudgmentDate).Int(year).
			Text(h.Cause, h.Instance, x.party.ServiceType, x.party.Brand, fact("profit_mode"), fact("platform_state"), fact(varBreachFound), d.BreachDerived,
				fact("third_party"), fact("third_party_state"), fact("causation"), fact("harm_type"), d.DutyIntensity).
			List(x.facts).Text(x.r.Label).Bool(orderedToPayOrAct(x.r.Label)).
			Float(x.r.Amount).Float(x.r.ClaimedAmount).Float(x.r.Fraction).Text(d.Outcome, d.Liability, d.RuleID).List(d.Missing).
			Text(e.Group.Family, e.Group.Series, e.Group.NearDup)
		weight := e.Group.Weight
		row.Float(&weight).List(x.hand).Bool(counted)
		w.append(row, e, d.PartyNo, d.EvidencePolicy)
		row.End()
	}
}

// orderedToPayOrAct reports whether the label is an order against the party, of whatever kind.
func orderedToPayOrAct(label string) bool {
	switch label {
	case judgment.LabelNone, judgment.LabelNotClaimed, judgment.LabelOutOfScope, judgment.LabelUnknown, "undetermined":
		return false
	}
	return true
}

func partyOf(c *judgment.Case, no int) judgment.Party {
	for _, p := range c.Parties {
		if p.No == no {
			return p
		}
	}
	return judgment.Party{No: no}
}

// knownFacts are the facts under the decision's policy as "variable=value@level", sorted.
func knownFacts(e *Entry, d *judgment.Decision) []string {
	var out []string
	for _, r := range e.index() {
		if r.party != d.PartyNo || r.policy != d.EvidencePolicy {
			continue
		}
		for i := r.from; i < r.to; i++ {
			if f := &e.Facts[i]; f.Value != "" && f.Value != judgment.LabelUnknown {
				out = append(out, f.Variable+"="+f.Value+"@"+strconv.Itoa(f.Level))
			}
		}
	}
	slices.Sort(out)
	return out
}

// handOf are the fields of the ruling and the variables under the decision's policy that were corrected by hand, sorted.
func handOf(e *Entry, d *judgment.Decision, r *judgment.Ruling) (out []string) {
	if r != nil {
		for _, f := range r.Hand {
			out = append(out, "ruling."+f)
		}
	}
	e.index()
	for i := 0; e.byHand && i < len(e.Facts); i++ {
		if f := &e.Facts[i]; f.Status == "hand" && f.PartyNo == d.PartyNo && f.EvidencePolicy == d.EvidencePolicy {
			out = append(out, f.Variable)
		}
	}
	for _, x := range e.Case.Corrections {
		if x.Kind == judgment.CorrectsParty && x.Status == judgment.CorrectionApplied && x.PartyNo == d.PartyNo {
			out = append(out, "party."+x.Field)
		}
	}
	slices.Sort(out)
	return out
}

// citation is court, own number and type of document, as Chinese papers cite a case.
func citation(c *judgment.Case) string {
	s := c.Header.Court + c.Header.CaseNumber
	if s == "" || c.Header.DocType == "" || c.Header.DocType == "other" {
		return s
	}
	return s + dataset.Label("judgments", "doc_type", c.Header.DocType, "zh")
}
