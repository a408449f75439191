package coding

import (
	"fmt"
	"slices"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"
)

// Resolve finds the case and the party of every row among the cases, looks whether the words that it rests on still stand
// in the text, and settles rows that concern the same value. It gives the corrections by case, in the order of the rows.
//
// A row is stale, and not applied, if its quote is no longer in the text, or if it has no quote and its case_id is
// not that of the text under the name it gives. White space, width and punctuation marks do not make it stale. Rows of the
// same value that differ are faults, unless one of them settles the matter.
func Resolve(v *vocabulary.Vocabulary, rows []CorrectionRow, cases []*judgment.Case) (map[string][]judgment.Correction, Faults) {
	refs, byID := make([]*CaseRef, len(cases)), map[string]*judgment.Case{}
	for i, c := range cases {
		refs[i], byID[c.CaseID] = RefOf(c), c
	}
	x, s := NewIndex(refs), &resolution{v: v, out: map[string][]judgment.Correction{}, stands: map[string]place{}, operators: map[string]bool{}}
	hits := make([]Hit, len(rows))
	for i := range rows {
		h, faults := x.Find(rows[i].Record, true)
		hits[i], s.faults = h, append(s.faults, faults...)
		if r := &rows[i]; h.Case != nil && r.Field.Kind == judgment.CorrectsParty && r.Field.Name == "is_platform_operator" {
			s.operators[fmt.Sprint(h.Case.ID, h.Party)] = r.Value == "yes"
		}
	}
	quotes := map[string]*text.Quotes{}
	for i := range rows {
		if hits[i].Case == nil {
			continue
		}
		c := byID[hits[i].Case.ID]
		if quotes[c.CaseID] == nil {
			quotes[c.CaseID] = text.QuotesOf(c.Text)
		}
		s.add(&rows[i], hits[i], c, quotes[c.CaseID])
	}
	s.faults.Sort()
	return s.out, s.faults
}

type resolution struct {
	v         *vocabulary.Vocabulary
	out       map[string][]judgment.Correction
	stands    map[string]place // by what is corrected: the row that stands
	operators map[string]bool  // by case and party: what a row says
	faults    Faults
}

type place struct {
	row *CorrectionRow
	at  int // in out[case]
}

// add judges one row and settles it against those before it.
func (s *resolution) add(r *CorrectionRow, h Hit, c *judgment.Case, q *text.Quotes) {
	id := c.CaseID
	x := judgment.Correction{ID: fmt.Sprintf("%sh%d", id, len(s.out[id])), CaseID: id, PartyNo: h.Party, Kind: r.Field.Kind, Field: r.Field.Name, Value: r.Value,
		Level: r.Level, Status: judgment.CorrectionApplied, Coder: r.Coder, Date: r.Date, Reason: r.Get("reason"), Quote: r.Get("quote"), Source: r.Place("").String()}
	if x.Kind == judgment.CorrectsFact && !s.isOperator(h) {
		s.faults = append(s.faults, r.Fault("party", "name the operator, or correct is_platform_operator in a row of its own",
			"%s is not read as operator of the platform, and variables are read of operators", r.Get("party")))
		return
	}
	if !s.anchor(&x, r, c, q) {
		return
	}
	before, twice := s.stands[r.key(h)]
	switch {
	case x.Status == judgment.CorrectionStale:
	case !twice:
		s.stands[r.key(h)] = place{r, len(s.out[id])}
	case before.row.Value == x.Value:
		x.Status = judgment.CorrectionRepeated
	case r.Settles && !before.row.Settles:
		s.out[id][before.at].Status = judgment.CorrectionOverruled
		s.stands[r.key(h)] = place{r, len(s.out[id])}
	case before.row.Settles && !r.Settles:
		x.Status = judgment.CorrectionOverruled
	default:
		s.faults = append(s.faults, r.Fault("value", "agree on one and remove the other row, or write yes into the column settles of the row that stands",
			"%s, but %s for the same %s of %s", r.says(), before.row.says(), r.Field.Name, r.Get("party")))
	}
	s.out[id] = append(s.out[id], x)
}

func (s *resolution) isOperator(h Hit) bool {
	if said, ok := s.operators[fmt.Sprint(h.Case.ID, h.Party)]; ok {
		return said
	}
	return slices.ContainsFunc(h.Case.Parties, func(p PartyRef) bool { return p.No == h.Party && p.Operator })
}

// anchor looks for the words that the correction rests on; false if it may not rest on them.
func (s *resolution) anchor(x *judgment.Correction, r *CorrectionRow, c *judgment.Case, q *text.Quotes) bool {
	if x.Quote == "" {
		if id := r.Get("case_id"); id != "" && id != c.CaseID {
			x.Status = judgment.CorrectionStale
		}
		return true
	}
	places := q.Find(x.Quote)
	if len(places) == 0 {
		x.Status = judgment.CorrectionStale
		return true
	}
	if x.Kind != judgment.CorrectsFact {
		last := places[len(places)-1] // a ruling stands at the end
		x.Span = judgment.Span{Start: last[0], End: last[1]}
		return true
	}
	level, operative := -2, false
	for _, p := range places {
		span := judgment.Span{Start: p[0], End: p[1]}
		n, inRuling := LevelAt(c, span, x.Field)
		if operative = operative || inRuling; !inRuling && n > level {
			x.Span, level = span, n
		}
	}
	if level == -2 && x.Field == "procedure" { // the one bit that may come from there
		x.Span = judgment.Span{Start: places[0][0], End: places[0][1]}
	} else if level == -2 {
		s.faults = append(s.faults, r.Fault("quote", "quote the court's reasoning or findings; what the court ordered is corrected as a field of the ruling (label, amount, …)",
			"the quote stands in the operative part, on which no prediction may rest"))
		return false
	}
	if x.Level < 0 && level >= 0 {
		x.Level = level
	}
	return true
}

// LevelAt is the evidence level of words of the text: that of a finding of the same variable or else of any finding
// that they touch, or else that of the section; -1 where the section has none. operative: they stand in the operative part.
func LevelAt(c *judgment.Case, s judgment.Span, variable string) (level int, operative bool) {
	level = -1
	same := false
	for _, f := range c.Findings {
		if f.Span.Start < s.End && s.Start < f.Span.End && f.Level >= 0 && (f.Variable == variable || !same) {
			if f.Variable == variable && !same {
				same, level = true, f.Level
			}
			level = max(level, f.Level)
		}
	}
	kind, quoted := "", false
	for _, x := range c.Sections {
		if x.Span.Start <= s.Start && s.Start < x.Span.End && (kind == "" || x.Quoted) {
			kind, quoted = x.Kind, x.Quoted
		}
	}
	switch {
	case kind == judgment.SecDisposition:
		return -1, true
	case level >= 0:
		return level, false
	case kind == judgment.SecClaims || kind == judgment.SecAnswer:
		return 0, false
	case kind == judgment.SecUndisputed:
		return 1, false
	case kind == judgment.SecFacts || kind == judgment.SecEvidence || kind == judgment.SecReasoning && quoted:
		return 2, false
	case kind == judgment.SecReasoning || kind == judgment.SecBasis:
		return 3, false
	}
	return -1, false
}
