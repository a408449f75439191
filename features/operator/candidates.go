package operator

import (
	"cmp"
	"slices"

	"caipan/model/judgment"
)

// Candidate is a company that judgments take for a platform's operator and that the brand table does not know.
type Candidate struct {
	Name  string   // as the first judgment writes it
	Cases []string // ids of the cases in which it is an operator, in the order read
	// Evidence is the finding platform_operator of the highest level, the first of several; CaseID is its case.
	Evidence judgment.Finding
	CaseID   string
}

// Candidates collects them over the cases of a run, as ingest writes them: parties with is_platform_operator and no brand. The zero
// value is ready to use. Cases with masked company names (name_masked) are left out, since no table can hold 某公司.
type Candidates struct {
	byName map[string]*Candidate
}

// Add reads one case; of its parties and findings only.
func (c *Candidates) Add(read *judgment.Case) {
	if read.Header.NameMasked {
		return
	}
	for _, p := range read.Parties {
		if !p.IsPlatformOperator || p.Brand != "" {
			continue
		}
		if c.byName == nil {
			c.byName = map[string]*Candidate{}
		}
		key := foldName(p.Name)
		of := c.byName[key]
		if of == nil {
			of = &Candidate{Name: p.Name}
			c.byName[key] = of
		}
		of.Cases = append(of.Cases, read.CaseID)
		for _, f := range read.Findings {
			if f.PartyNo == p.No && f.Variable == "platform_operator" && (of.CaseID == "" || f.Level > of.Evidence.Level) {
				of.Evidence, of.CaseID = f, read.CaseID
			}
		}
	}
}

// List gives the candidates, those of most cases first, then by name.
func (c *Candidates) List() []Candidate {
	out := make([]Candidate, 0, len(c.byName))
	for _, of := range c.byName {
		out = append(out, *of)
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(len(b.Cases), len(a.Cases)), cmp.Compare(a.Name, b.Name))
	})
	return out
}
