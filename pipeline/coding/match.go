package coding

import (
	"fmt"
	"slices"
	"strings"

	"caipan/model/text"
)

// CaseRef is a case that rows can name, with its parties.
type CaseRef struct {
	ID, Key, Number string
	Parties         []PartyRef
}

// PartyRef is a party that rows can name.
type PartyRef struct {
	No         int
	Name       string
	ShortNames []string
	Operator   bool
}

// Index finds cases by 案号, case_key or case_id.
type Index struct {
	all    []*CaseRef
	byName map[string][]*CaseRef
}

// NewIndex makes an index of the cases. The order of equal names is that of the cases.
func NewIndex(cases []*CaseRef) *Index {
	x := &Index{all: cases, byName: map[string][]*CaseRef{}}
	for _, c := range cases {
		var names []string
		for _, n := range []string{c.ID, c.Key, c.Number} {
			if n = text.FoldCaseNumber(n); n != "" && !slices.Contains(names, n) {
				names = append(names, n)
				x.byName[n] = append(x.byName[n], c)
			}
		}
	}
	return x
}

// Cases are the cases that the name fits, none for "". Brackets, width and white space do not matter.
func (x *Index) Cases(name string) []*CaseRef { return x.byName[text.FoldCaseNumber(name)] }

// Party are the numbers of the parties that the name fits: the full name as in the heading, or else a short name.
func (c *CaseRef) Party(name string) (nos []int) {
	want := text.FoldName(name)
	if want == "" {
		return nil
	}
	for _, p := range c.Parties {
		if text.FoldName(p.Name) == want {
			nos = append(nos, p.No)
		}
	}
	if len(nos) > 0 {
		return nos
	}
	for _, p := range c.Parties {
		if slices.ContainsFunc(p.ShortNames, func(s string) bool { return text.FoldName(s) == want }) {
			nos = append(nos, p.No)
		}
	}
	return nos
}

// names lists the parties for a message.
func (c *CaseRef) names() string {
	var out []string
	for _, p := range c.Parties {
		out = append(out, p.Name)
	}
	return strings.Join(out, ", ")
}

// partyNames lists the parties of all the cases, each name once.
func partyNames(cases []*CaseRef) string {
	var out []string
	for _, c := range cases {
		for _, p := range c.Parties {
			if !slices.Contains(out, p.Name) {
				out = append(out, p.Name)
			}
		}
	}
	return strings.Join(out, ", ")
}

// Hit is the one case and party that a row is about.
type Hit struct {
	Case  *CaseRef
	Party int // -1: the row names no party
}

// Find finds the one case and party that a record is about by its fields case, case_number, case_key, case_id (any of
// them; several must agree) and party. Several courts may have judgments of one number: the party must then stand in one of them.
// A case_id beside another name only chooses among several downloads of one judgment, so that rows outlive a new download.
// wantParty false leaves the party alone and gives -1. ok is false with the faults that say why.
func (x *Index) Find(r Record, wantParty bool) (h Hit, faults Faults) {
	field, cases := x.named(r)
	if field == "" {
		return h, Faults{r.Fault("case", "write the 案号, case_key or case_id into the column case", "the row names no case")}
	}
	if len(cases) == 0 {
		return h, Faults{r.Fault(field, "write the 案号 as in judgments, for example (2019)京0105民初1号, or the case_key", "no case %q in this run", r.Get(field))}
	}
	if !wantParty {
		if len(cases) > 1 {
			return h, Faults{r.Fault(field, "name the case by its case_key or case_id: "+keys(cases), "%d cases are called %q", len(cases), r.Get(field))}
		}
		return Hit{cases[0], -1}, nil
	}
	name := r.Get("party")
	if name == "" {
		return h, Faults{r.Fault("party", "write one of: "+partyNames(cases), "the row names no party")}
	}
	var hits []Hit
	for _, c := range cases {
		for _, no := range c.Party(name) {
			hits = append(hits, Hit{c, no})
		}
	}
	switch {
	case len(hits) == 0:
		return h, Faults{r.Fault("party", "write one of: "+partyNames(cases), "no party of %s is called %q", r.Get(field), name)}
	case len(hits) > 1 && hits[0].Case != hits[len(hits)-1].Case:
		return h, Faults{r.Fault(field, "name the case by its case_key or case_id: "+keys(cases), "%d cases called %q have a party %q", len(cases), r.Get(field), name)}
	case len(hits) > 1:
		return h, Faults{r.Fault("party", "write the full name of one of: "+hits[0].Case.names(), "%d parties of %s are called %q", len(hits), r.Get(field), name)}
	}
	return hits[0], nil
}

// named gives the cases that all naming fields of the record agree on, and the field that decided.
func (x *Index) named(r Record) (field string, cases []*CaseRef) {
	for _, f := range []string{"case", "case_key", "case_number"} {
		name := r.Get(f)
		if name == "" {
			continue
		}
		found := x.Cases(name)
		if field != "" {
			found = slices.DeleteFunc(slices.Clone(found), func(c *CaseRef) bool { return !slices.Contains(cases, c) })
		}
		if field, cases = f, found; len(cases) == 0 {
			return field, nil
		}
	}
	id := r.Get("case_id")
	if id == "" {
		return field, cases
	}
	if field == "" {
		return "case_id", x.Cases(id)
	}
	if one := slices.IndexFunc(cases, func(c *CaseRef) bool { return c.ID == id }); one >= 0 && len(cases) > 1 {
		return "case_id", cases[one : one+1]
	}
	return field, cases
}

func keys(cases []*CaseRef) string {
	var out []string
	for _, c := range cases {
		out = append(out, fmt.Sprintf("%s (%s)", c.Key, c.ID))
	}
	return strings.Join(out, ", ")
}
