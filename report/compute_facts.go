package report

import (
	"cmp"
	"maps"
	"slices"

	"caipan/model/vocabulary"
	"caipan/report/agreement"
)

// unmeasurable is the share of parties of whom a variable is unknown above which it is not drawn: "not measurable
// from these judgments".
const unmeasurable = 0.9

// isSilent reports whether the value says nothing about the variable.
func isSilent(value string) bool { return value == vocabulary.Unknown || value == vocabulary.Conflict }

// variables lists the variables of the facts, sorted.
func (t *tally) variables() []string {
	seen := map[string]bool{}
	for k := range t.byFact {
		seen[k[0]] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// valuesOf lists the values of a variable that some party has, sorted; silent ones left out.
func (t *tally) valuesOf(variable string) []string {
	var out []string
	for k := range t.byFact {
		if k[0] == variable && !isSilent(k[1]) {
			out = append(out, k[1])
		}
	}
	slices.Sort(out)
	return out
}

// known counts the parties of whom something is known about a variable.
func (t *tally) known(variable string) (n int) {
	for _, v := range t.valuesOf(variable) {
		n += t.byFact[[2]string{variable, v}].Parties
	}
	return n
}

// measurable reports whether enough is known about a variable to say something about it.
func (t *tally) measurable(variable string) bool {
	return t.parties > 0 && float64(t.known(variable)) >= (1-unmeasurable)*float64(t.parties)
}

// facts gives, for each variable under the richest evidence, how much is known and how it goes with liability in
// the rulings.
func (c *computer) facts() {
	t := c.t
	var tested []string
	var tests []agreement.Test
	for _, v := range t.variables() {
		c.add(choice{}, "", "known", v, agreement.Wilson(t.known(v), t.parties, Level))
		if !t.measurable(v) {
			continue
		}
		table := t.factTable(v)
		if len(table) < 2 {
			continue
		}
		x, err := agreement.NewContingency(table, Level)
		if err != nil {
			c.err = cmp.Or(c.err, err)
			continue
		}
		c.add(choice{}, "", "cramers_v", v, x.CramersV)
		c.addTest(choice{}, "", "p_chi_square", v, x.ChiSquare)
		if !x.ChiSquare.Undefined {
			tested, tests = append(tested, v), append(tests, x.ChiSquare)
		}
		for _, value := range t.valuesOf(v) {
			n := t.byFact[[2]string{v, value}]
			c.add(choice{}, "", "liable_share."+v, value, agreement.Wilson(n.Liable, n.Parties, Level))
		}
	}
	for i, p := range agreement.AdjustTests(tests, agreement.Holm) {
		c.add(choice{}, "", "p_chi_square_holm", tested[i], agreement.Estimate{Value: p, N: tests[i].N, Method: "Pearson chi-square, Holm over the measurable variables", NoInterval: true})
	}
	c.difference("profit_mode", "direct", "indirect")
}

// factTable is values by (liable, not liable) in the rulings.
func (t *tally) factTable(variable string) [][]int {
	var out [][]int
	for _, v := range t.valuesOf(variable) {
		n := t.byFact[[2]string{variable, v}]
		out = append(out, []int{n.Liable, n.Parties - n.Liable})
	}
	return out
}

// difference is the difference of the shares held liable between two values of a variable.
func (c *computer) difference(variable, a, b string) {
	get := func(value string) groupCount {
		if n := c.t.byFact[[2]string{variable, value}]; n != nil {
			return *n
		}
		return groupCount{}
	}
	x, y := get(a), get(b)
	d := agreement.TwoShares{X1: x.Liable, N1: x.Parties, X2: y.Liable, N2: y.Parties}
	e := d.MiettinenNurminen(Level)
	e.Reference = b
	c.add(choice{}, "", "liable_difference."+variable, a+"-"+b, e)
}

// firedBy counts, for the parties that a rule decided, agreement on liable or not.
func (t *tally) firedBy(x choice, rules []string) (fired int) {
	for _, r := range rules {
		fired += t.rules[x][r]
	}
	return fired
}
