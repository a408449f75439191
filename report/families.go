package report

import (
	"cmp"
	"context"
)

// instanceRank orders the instances of one dispute; a later one replaces the earlier.
var instanceRank = map[string]int{"first": 1, "other": 1, "second": 2, "retrial": 3}

// families finds, before anything is counted, the cases that a later instance of the same dispute replaces: numbers
// count one row a family, its last instance. Tables and pages keep all.
type families struct {
	last     map[string]familyCase
	replaced map[string]bool
}

type familyCase struct {
	id   string
	rank int
	date string
}

func findFamilies(ctx context.Context, src Source) (*families, error) {
	f := &families{last: map[string]familyCase{}, replaced: map[string]bool{}}
	err := src.Outline(ctx, func(o Outline) error {
		if o.Family != "" {
			f.add(o)
		}
		return nil
	})
	return f, err
}

func (f *families) add(o Outline) {
	now := familyCase{o.CaseID, instanceRank[o.Instance], o.JudgmentDate}
	old, ok := f.last[o.Family]
	if !ok {
		f.last[o.Family] = now
		return
	}
	if later(now, old) {
		f.last[o.Family] = now
		f.replaced[old.id] = true
	} else {
		f.replaced[now.id] = true
	}
}

// later compares instance, then day, then id, so that the order of reading decides nothing.
func later(a, b familyCase) bool {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.date, b.date), cmp.Compare(a.id, b.id)) > 0
}
