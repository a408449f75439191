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

// liableSquare is the table none/liable of a choice over the units that keep accepts.
func (t *tally) liableSquare(x choice, keep func(unit int) bool) (square [2][2]int) {
	for u := range t.units {
		if code := t.at(x, u); code != notCompared && keep(u) {
			square[code/2][code%2]++
		}
	}
	return square
}

// clustered gives agreement and kappa on liable or not with intervals that draw whole clusters, and AC1.
func (c *computer) clustered(x choice) {
	t := c.t
	var cluster []string
	var cells [][]int
	for u, unit := range t.units {
		if code := t.at(x, u); code != notCompared {
			cluster, cells = append(cluster, unit.cluster), append(cells, []int{int(code)})
		}
	}
	if len(cells) == 0 {
		return
	}
	sums, err := agreement.NewClusterSums(cluster, cells, 4)
	if err != nil {
		c.err = err
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

// kappaOf hands the counts of a draw to agreement.
func kappaOf(n []float64) float64 {
	t, err := agreement.ConfusionFromCounts([]string{"none", liable}, [][]int{{int(n[bothNone]), int(n[onlyPredict])}, {int(n[onlyActual]), int(n[bothLiable])}})
	if err != nil {
		return math.NaN()
	}
	k := t.CohenKappa(agreement.IdentityWeights(2), Level)
	if k.Undefined {
		return math.NaN()
	}
	return k.Value
}

// ladder compares the rungs of one doctrine on the parties that all of them decide (rungs that decide nobody left
// out): agreement at each, and the paired difference to the richest evidence.
func (c *computer) ladder(rungs []choice) {
	t := c.t
	rungs = slices.DeleteFunc(slices.Clone(rungs), func(x choice) bool { return t.stages[grouped{x, StageLiable, "", ""}].total() == 0 })
	if len(rungs) == 0 {
		return
	}
	common := func(u int) bool {
		return !slices.ContainsFunc(rungs, func(x choice) bool { return t.at(x, u) == notCompared })
	}
	top := rungs[len(rungs)-1]
	for _, x := range rungs {
		n := t.liableSquare(x, common)
		total := n[0][0] + n[0][1] + n[1][0] + n[1][1]
		c.add(x, StageLiable, "agreement_common", "", agreement.Wilson(n[0][0]+n[1][1], total, Level))
		if x == top {
			continue
		}
		var pairs [2][2]int
		for u := range t.units {
			if common(u) {
				a, _ := hit(t.at(x, u))
				b, _ := hit(t.at(top, u))
				pairs[bitOf(a)][bitOf(b)]++
			}
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
		for u := range c.t.units {
			if code := c.t.at(x, u); code != notCompared {
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
