package report

import (
	"cmp"
	"context"
	"slices"

	"caipan/model/judgment"
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
	err := src.Each(ctx, func(e *Entry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if e.Group.Family != "" && len(e.Decisions) > 0 {
			f.add(e.Group.Family, e.Case)
		}
		return nil
	})
	return f, err
}

func (f *families) add(family string, c *judgment.Case) {
	now := familyCase{c.CaseID, instanceRank[c.Header.Instance], c.Header.JudgmentDate}
	old, ok := f.last[family]
	if !ok {
		f.last[family] = now
		return
	}
	if later(now, old) {
		f.last[family] = now
		f.replaced[old.id] = true
	} else {
		f.replaced[now.id] = true
	}
}

// later compares instance, then day, then id, so that the order of reading decides nothing.
func later(a, b familyCase) bool {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.date, b.date), cmp.Compare(a.id, b.id)) > 0
}

// unit is a party that was counted, with the cluster of cases that it is not independent of.
type unit struct{ cluster string }

// Outcomes of the stage liable as one code: actual and predicted, or not compared.
const (
	bothNone    = iota // ruling none, prediction none
	onlyPredict        // ruling none, prediction liable
	onlyActual         // ruling liable, prediction none
	bothLiable
	notCompared
)

func codeOf(c *judgment.Comparison) uint8 {
	switch {
	case !c.Compared:
		return notCompared
	case c.Actual == liable && c.Predicted == liable:
		return bothLiable
	case c.Actual == liable:
		return onlyActual
	case c.Predicted == liable:
		return onlyPredict
	}
	return bothNone
}

// hit reports whether prediction and ruling agree; ok is false where they are not compared.
func hit(code uint8) (hit, ok bool) {
	return code == bothNone || code == bothLiable, code != notCompared
}

// code notes the outcome of a unit under a choice.
func (t *tally) code(c choice, unit int, code uint8) {
	col := t.codes[c]
	if missing := unit + 1 - len(col); missing > 0 {
		col = append(col, slices.Repeat([]uint8{notCompared}, missing)...)
	}
	col[unit] = code
	t.codes[c] = col
}

// at is the code of a unit under a choice.
func (t *tally) at(c choice, unit int) uint8 {
	if col := t.codes[c]; unit < len(col) {
		return col[unit]
	}
	return notCompared
}
