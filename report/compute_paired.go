package report

import (
	"math"
	"slices"

	"caipan/report/agreement"
)

// Bootstrap of the clusters: draws and seed are part of the results' definition.
const (
	bootstrapDraws = 999
	bootstrapSeed  = 20240601
)

// addTest keeps the p-value of a test as a result.
func (c *computer) addTest(x choice, stage, metric, of string, t agreement.Test) {
	c.add(x, stage, metric, of, agreement.Estimate{Value: t.P, N: t.N, Method: t.Name + ": " + t.Method, Warnings: t.Warnings, NoInterval: true, Undefined: t.Undefined, Reason: t.Reason})
}

// liableSquare is the table none/liable of a choice over some units.
func (t *tally) liableSquare(x choice, units []int) (square [2][2]int) {
	for _, u := range units {
		if code := t.at(x, u); code != notCompared {
			square[code/2][code%2]++
		}
	}
	return square
}

// common are the units that every one of the choices compares.
func (t *tally) common(of []choice) (out []int) {
	columns := make([][]int16, len(of))
	for i, x := range of {
		columns[i] = t.codes[x]
	}
	for u := range t.units {
		if !slices.ContainsFunc(columns, func(c []int16) bool { return c[u] == notCompared }) {
			out = append(out, u)
		}
	}
	return out
}

// clustered gives agreement and kappa on liable or not with intervals that draw whole clusters.
func (c *computer) clustered(x choice) {
	cell := make([]int16, len(c.t.units))
	for u, code := range c.t.codes[x] {
		cell[u] = code
		if code == notCompared {
			cell[u] = -1
		}
	}
	sums := c.sums(c.t.seriesOf(), len(c.t.series.names), cell, 4)
	if sums == nil {
		return
	}
	stats := []agreement.Statistic{{Name: "raw agreement", Of: shareOfHits}, {Name: "Cohen kappa", Of: kappaOf}}
	for i, b := range sums.Bootstrap(stats, bootstrapDraws, bootstrapSeed) {
		c.add(x, StageLiable, []string{"agreement_clustered", "kappa_clustered"}[i], "", b.Interval(agreement.BCa, Level))
	}
}

func shareOfHits(n []float64) float64 {
	return (n[bothNone] + n[bothLiable]) / (n[0] + n[1] + n[2] + n[3])
}

// kappaOf is Cohen's kappa of the counts of a draw, NaN where chance alone agrees.
func kappaOf(n []float64) float64 {
	total := n[0] + n[1] + n[2] + n[3]
	observed := (n[bothNone] + n[bothLiable]) / total
	actual, predicted := (n[onlyActual]+n[bothLiable])/total, (n[onlyPredict]+n[bothLiable])/total
	chance := actual*predicted + (1-actual)*(1-predicted)
	if 1-chance < 1e-14 {
		return math.NaN()
	}
	return (observed - chance) / (1 - chance)
}

// ladder compares the rungs of one doctrine on the parties that all of them decide (rungs that decide nobody left
// out): agreement at each, and the paired difference to the richest evidence.
func (c *computer) ladder(rungs []choice) {
	t := c.t
	rungs = slices.DeleteFunc(slices.Clone(rungs), func(x choice) bool { return t.stages[grouped{x, StageLiable, "", ""}].total() == 0 })
	if len(rungs) == 0 {
		return
	}
	common := t.common(rungs)
	top := rungs[len(rungs)-1]
	for _, x := range rungs {
		n := t.liableSquare(x, common)
		total := n[0][0] + n[0][1] + n[1][0] + n[1][1]
		c.add(x, StageLiable, "agreement_common", "", agreement.Wilson(n[0][0]+n[1][1], total, Level))
		if x == top {
			continue
		}
		var pairs [2][2]int
		for _, u := range common {
			a, _ := hit(t.at(x, u))
			b, _ := hit(t.at(top, u))
			pairs[bitOf(a)][bitOf(b)]++
		}
		m := agreement.NewMcNemar(pairs[1][1], pairs[1][0], pairs[0][1], pairs[0][0], Level)
		diff := m.Diff
		diff.Reference = top.Policy
		c.add(x, StageLiable, "difference_common", "", diff)
		c.addTest(x, StageLiable, "p_difference_common", "", m.MidP)
	}
}

func bitOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// rival is a pair of doctrines on the same, commonly decided parties.
type rival struct {
	First, Second choice
	Common        int
	Pair          agreement.RivalPair
}

// rivals compares the doctrines under one policy, p-values corrected by Holm over all pairs.
func (c *computer) rivals(policy string) []rival {
	var of []choice
	for _, x := range c.t.choices {
		if x.Policy == policy {
			of = append(of, x)
		}
	}
	if len(of) < 2 {
		return nil
	}
	actual := make([]string, len(c.t.units))
	predicted := make([][]string, len(of))
	for k, x := range of {
		predicted[k] = make([]string, len(c.t.units))
		for u, code := range c.t.codes[x] {
			if code != notCompared {
				actual[u] = []string{"none", liable}[code/2]
				predicted[k][u] = []string{"none", liable}[code%2]
			}
		}
	}
	pairs, common, err := agreement.RivalPairs(actual, predicted, agreement.Holm, Level)
	if err != nil {
		c.err = err
		return nil
	}
	var out []rival
	for _, p := range pairs {
		a, b := of[p.First], of[p.Second]
		name := b.Doctrine + "." + b.Variant
		c.add(a, StageLiable, "rival_agreement", name, p.Agreement)
		c.add(a, StageLiable, "rival_difference", name, p.Hits.Diff)
		c.add(a, StageLiable, "rival_p_holm", name, agreement.Estimate{Value: p.AdjustedP, N: common, Method: "McNemar mid-p, Holm over all pairs", NoInterval: true})
		out = append(out, rival{a, b, common, p})
	}
	return out
}

// rungsOf are the choices of each doctrine and variant in the order of the rungs.
func (t *tally) rungsOf() [][]choice {
	var out [][]choice
	for _, x := range t.choices {
		if k := len(out) - 1; k >= 0 && out[k][0].Doctrine == x.Doctrine && out[k][0].Variant == x.Variant {
			out[k] = append(out[k], x)
			continue
		}
		out = append(out, []choice{x})
	}
	return out
}
