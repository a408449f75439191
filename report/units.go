package report

import (
	"cmp"
	"slices"

	"caipan/model/judgment"
)

// stageNames are the stages in the order of print.
var stageNames = []string{StageLiable, StageType, StageScope, StageBreach}

// unit is a party that was counted: the clusters of cases that it is not independent of, and its group in each of
// the dimensions.
type unit struct {
	series, court int32
	group         [3]int16
	liable        bool // in the ruling, by the first doctrine's mapping
}

// stagePair is what the two sides say at a stage, and whether that can be compared.
type stagePair struct {
	pair
	compared bool
}

// stageCodes are the pairs of one choice at one stage, one byte a unit: 0 where the stage says nothing of the unit.
type stageCodes struct {
	pairs []stagePair // of code i+1
	of    []uint8
}

func (s *stageCodes) set(unit int, p stagePair) {
	k := slices.Index(s.pairs, p)
	if k < 0 {
		if len(s.pairs) == 255 {
			return // there are fewer classes than that; a stranger's pack with more is counted up to here
		}
		k, s.pairs = len(s.pairs), append(s.pairs, p)
	}
	for len(s.of) <= unit {
		s.of = append(s.of, 0)
	}
	s.of[unit] = uint8(k + 1)
}

// recode gives every unit below n what f makes of its pair, otherwise none.
func (s *stageCodes) recode(n int, none int16, f func(stagePair) int16) []int16 {
	table := [256]int16{0: none}
	for k, p := range s.pairs {
		table[k+1] = f(p)
	}
	out := make([]int16, n)
	for u := range out {
		out[u] = none
		if u < len(s.of) {
			out[u] = table[s.of[u]]
		}
	}
	return out
}

// choiceTally counts the decisions of one doctrine, variant and policy.
type choiceTally struct {
	stage      [4]stageCodes // in the order of stageNames
	compatible int
	ruleOf     []uint8 // what decided each unit: number of a name below, 0 for none
	ruleNames  []string

	disagreement, rules, missing, decisive map[string]int
}

// of finds the tally of a choice; rows come choice by choice, so mostly it is the one found last.
func (t *tally) of(c choice) *choiceTally {
	if t.last != nil && t.lastChoice == c {
		return t.last
	}
	x := t.open[c]
	if x == nil {
		x = &choiceTally{disagreement: map[string]int{}, rules: map[string]int{}, missing: map[string]int{}, decisive: map[string]int{}}
		t.open[c] = x
		t.choices = append(t.choices, c)
	}
	t.last, t.lastChoice = x, c
	return x
}

func (t *tally) addRow(r *judgment.Comparison, unit int) {
	x := t.of(choice{r.Doctrine, r.Variant, r.EvidencePolicy})
	if k := slices.Index(stageNames, r.Stage); k >= 0 {
		x.stage[k].set(unit, stagePair{pair{r.Actual, r.Predicted}, r.Compared})
	}
	if r.Stage != StageType {
		return
	}
	if r.Compatible && !r.Agree {
		x.compatible++
	}
	if r.Disagreement != "" {
		x.disagreement[r.Disagreement]++
	}
}

func (t *tally) addDecision(d *judgment.Decision, unit int) {
	x := t.of(choice{d.Doctrine, d.Variant, d.EvidencePolicy})
	rule := cmp.Or(d.RuleID, d.Outcome)
	x.rules[rule]++
	x.setRule(unit, rule)
	switch d.Outcome {
	case "decided":
		for _, v := range d.Decisive {
			x.decisive[v]++
		}
	case "undetermined":
		for _, m := range d.Missing {
			x.missing[m]++
		}
	}
}

func (x *choiceTally) setRule(unit int, rule string) {
	k := slices.Index(x.ruleNames, rule)
	if k < 0 {
		if len(x.ruleNames) == 255 {
			return
		}
		k, x.ruleNames = len(x.ruleNames), append(x.ruleNames, rule)
	}
	for len(x.ruleOf) <= unit {
		x.ruleOf = append(x.ruleOf, 0)
	}
	x.ruleOf[unit] = uint8(k + 1)
}

// settle counts the codes of every choice into the tables that are read from now on, in the order of the doctrines
// and of the rungs, whatever came first.
func (t *tally) settle(ds []Doctrine) {
	rank := func(c choice) int {
		return slices.IndexFunc(ds, func(d Doctrine) bool { return d.ID == c.Doctrine && d.Variant == c.Variant })
	}
	t.choices = slices.DeleteFunc(t.choices, func(c choice) bool { return len(t.open[c].stage[1].of) == 0 })
	slices.SortFunc(t.choices, func(a, b choice) int {
		return cmp.Or(rank(a)-rank(b), slices.Index(Policies, a.Policy)-slices.Index(Policies, b.Policy), cmp.Compare(a.Policy, b.Policy))
	})
	for _, c := range t.choices {
		x := t.open[c]
		t.compatible[c], t.disagreement[c], t.rules[c], t.missing[c], t.decisive[c] = x.compatible, x.disagreement, x.rules, x.missing, x.decisive
		t.classes[c] = x.stage[1].count(func(stagePair) bool { return true })
		t.codes[c] = x.stage[0].recode(len(t.units), notCompared, codeOf)
		for k, stage := range stageNames {
			t.stages[grouped{c, stage, "", ""}] = x.stage[k].count(func(p stagePair) bool { return p.compared })
		}
		t.settleGroups(c, x)
	}
}

// settleGroups splits the stages liable and breach by the groups.
func (t *tally) settleGroups(c choice, x *choiceTally) {
	for k, stage := range stageNames {
		if stage != StageLiable && stage != StageBreach {
			continue
		}
		s := &x.stage[k]
		for dim, by := range dimensions {
			names := t.groupNames[dim].names
			cells := make([]int, len(names)*(len(s.pairs)+1))
			for u, code := range s.of {
				cells[int(t.units[u].group[dim])*(len(s.pairs)+1)+int(code)]++
			}
			for g, name := range names {
				key := grouped{c, stage, by, name}
				for i, p := range s.pairs {
					n := cells[g*(len(s.pairs)+1)+i+1]
					if n == 0 {
						continue
					}
					if stage == StageLiable && p.Predicted == liable {
						t.predictedLiable[key] += n
					}
					if p.compared {
						if t.stages[key] == nil {
							t.stages[key] = counts{}
						}
						t.stages[key][p.pair] += n
					}
				}
			}
		}
	}
}

// count counts the units whose pair is kept.
func (s *stageCodes) count(keep func(stagePair) bool) counts {
	var n [256]int
	for _, code := range s.of {
		n[code]++
	}
	out := counts{}
	for k, p := range s.pairs {
		if n[k+1] > 0 && keep(p) {
			out[p.pair] += n[k+1]
		}
	}
	return out
}

// Outcomes of the stage liable as one code: actual and predicted, or not compared.
const (
	bothNone    = iota // ruling none, prediction none
	onlyPredict        // ruling none, prediction liable
	onlyActual         // ruling liable, prediction none
	bothLiable
	notCompared
)

func codeOf(p stagePair) int16 {
	switch {
	case !p.compared:
		return notCompared
	case p.Actual == liable && p.Predicted == liable:
		return bothLiable
	case p.Actual == liable:
		return onlyActual
	case p.Predicted == liable:
		return onlyPredict
	}
	return bothNone
}

// at is the code of a unit under a choice.
func (t *tally) at(c choice, unit int) int16 {
	if col := t.codes[c]; unit < len(col) {
		return col[unit]
	}
	return notCompared
}

// hit reports whether a code is an agreement; ok is false where nothing is compared.
func hit(code int16) (agrees, ok bool) {
	return code == bothNone || code == bothLiable, code != notCompared
}
