package site

import (
	"cmp"
	"slices"
)

// cueCount is a cue with the number of findings it made and the cases in which it did.
type cueCount struct {
	Cue      string `json:"cue"`
	Variable string `json:"variable"`
	Value    string `json:"value"`
	Findings int    `json:"findings"`
	Count    int    `json:"count"` // cases
	Cases    []int  `json:"cases"` // numbers in the index, at most maxCueRefs
	last     int
}

type cueCounts struct{ by map[[3]string]*cueCount }

func newCueCounts() *cueCounts { return &cueCounts{map[[3]string]*cueCount{}} }

func (c *cueCounts) add(x Case, no int) {
	for _, f := range x.Case.Findings {
		if f.CueID == "" {
			continue
		}
		k := [3]string{f.CueID, f.Variable, f.Value}
		e := c.by[k]
		if e == nil {
			e = &cueCount{Cue: f.CueID, Variable: f.Variable, Value: f.Value, last: -1}
			c.by[k] = e
		}
		e.Findings++
		if e.last == no {
			continue
		}
		e.last = no
		e.Count++
		if len(e.Cases) < maxCueRefs {
			e.Cases = append(e.Cases, no)
		}
	}
}

// list is sorted by number of cases, the most frequent first.
func (c *cueCounts) list() []cueCount {
	out := []cueCount{}
	for _, e := range c.by {
		out = append(out, *e)
	}
	slices.SortFunc(out, func(a, b cueCount) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Cue, b.Cue), cmp.Compare(a.Variable, b.Variable), cmp.Compare(a.Value, b.Value))
	})
	return out
}
