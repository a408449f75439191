package report

import (
	"fmt"
	"slices"
	"strings"

	"caipan/report/agreement"
)

// minSide is the number of parties on each side below which an estimate is printed but not judged.
const minSide = 10

// Verdicts on a proposition: what the interval says about the direction that the text claims.
const (
	verdictFor     = "in_line" // the interval lies on the claimed side
	verdictAgainst = "against" // it lies on the other side
	verdictOpen    = "open"    // it covers both, or one side has too few parties
	verdictNone    = "untested"
	verdictShown   = "shown" // nothing is claimed about the number
)

// finding on a proposition: one line of its table.
type propositionLine struct {
	Statement *Proposition
	Test      *PropositionTest // nil: untested
	No        int              // of the test within the statement, from 1
	Estimate  agreement.Estimate
	Clustered agreement.Estimate    // the same with an interval that draws whole clusters; no method where there is none
	Effective [2]agreement.Estimate // effective n of each side
	P         agreement.Test
	HolmP     float64
	Sides     [2][2]int // hits and parties of each side of a difference
	Counts    string    // hits of n on each side
	Verdict   string
	WhyNot    string // why it is not testable here: a key of propositionWords, "" if it is
}

// evaluatePropositions gives the lines of all statements. result finds a number of the report by the end of its
// key. liable is the number of parties held liable: under MinLiable nothing is said about types. The p-values of
// the differences are corrected by Holm over all of them that can be tested.
func evaluatePropositions(o *observations, list []Proposition, liable int, result func(key string) (Result, bool)) []propositionLine {
	var out []propositionLine
	var tested []int
	var tests []agreement.Test
	for i := range list {
		s := &list[i]
		if len(s.Tests) == 0 {
			out = append(out, propositionLine{Statement: s, Verdict: verdictNone})
		}
		for k := range s.Tests {
			line := o.evaluate(&s.Tests[k], liable, result)
			line.Statement, line.Test, line.No = s, &s.Tests[k], k+1
			if line.P.Name != "" && !line.P.Undefined {
				tested, tests = append(tested, len(out)), append(tests, line.P)
			}
			out = append(out, line)
		}
	}
	for i, p := range agreement.AdjustTests(tests, agreement.Holm) {
		out[tested[i]].HolmP = p
	}
	return out
}

func (o *observations) evaluate(t *PropositionTest, liable int, result func(string) (Result, bool)) propositionLine {
	if liable < MinLiable && t.aboutTypes() {
		return propositionLine{Verdict: verdictNone, WhyNot: "few_liable", Estimate: agreement.Estimate{N: liable, Method: "not computed", Undefined: true, NoInterval: true, Reason: fmt.Sprintf("%d parties held liable, fewer than %d", liable, MinLiable)}}
	}
	switch t.How {
	case "difference":
		return o.difference(t)
	case "share":
		return o.share(t)
	case "association":
		return o.association(t)
	}
	x, ok := result(t.Result)
	if !ok || x.Estimate.Undefined {
		e := x.Estimate
		if !ok {
			e = agreement.Estimate{Method: "not computed", Undefined: true, NoInterval: true, Reason: "the run has no such number"}
		}
		return propositionLine{Verdict: verdictNone, WhyNot: "no_number", Estimate: e}
	}
	return propositionLine{Verdict: verdictShown, Estimate: x.Estimate, Counts: fmt.Sprintf("%d", x.Estimate.N)}
}

// aboutTypes reports whether the test says something about the type or the extent of a liability.
func (t *PropositionTest) aboutTypes() bool {
	if strings.HasPrefix(t.Result, StageType) {
		return true
	}
	for _, list := range [][]Condition{t.Where, t.Of, t.Against, t.Outcome} {
		if slices.ContainsFunc(list, func(c Condition) bool { return strings.HasPrefix(c.Column, "ruling.") && c.Column != "ruling.liable" }) {
			return true
		}
	}
	return false
}

// count counts the parties that satisfy the conditions and, of those whose outcome counts, the hits: one of the
// outcome's conditions holds. A party of whom the outcome is unknown counts only where silence is a miss. cells are 1
// for a hit, 0 for a miss, -1 for a party that does not count.
func (o *observations) count(t *PropositionTest, side []Condition) (hits, n int, cells []int16) {
	where, of, outcome := o.ready(t.Where), o.ready(side), o.ready(t.Outcome)
	cells = make([]int16, o.n)
	for row := range o.n {
		cells[row] = -1
		if !allHold(where, row) || !allHold(of, row) {
			continue
		}
		hit, known := false, t.SilentMiss
		for i := range outcome {
			hit = hit || outcome[i].holds(row)
			known = known || outcome[i].of.code(row) != 0
		}
		if hit {
			hits++
		}
		if hit || known {
			n++
			cells[row] = int16(bitOf(hit))
		}
	}
	return hits, n, cells
}

// byCluster gives the estimate of one set of parties, or of two and their difference, with an interval over clusters of
// plaintiff and platform, and the effective n of each set.
func (l *propositionLine) byCluster(o *observations, sides ...[]int16) {
	cluster, all := make([]int32, 0, len(sides)*o.n), make([]int16, 0, len(sides)*o.n)
	ids := make([]int32, o.n)
	for row, id := range o.cluster.of {
		ids[row] = int32(id)
	}
	for i, cells := range sides {
		cluster = append(cluster, ids...)
		for _, c := range cells {
			if c >= 0 {
				c += int16(2 * i)
			}
			all = append(all, c)
		}
		if sums, err := agreement.CountClusters(ids, cells, len(o.cluster.names), 2); err == nil && sums.Rows > 0 {
			l.Effective[i] = sums.EffectiveN()
		}
	}
	sums, err := agreement.CountClusters(cluster, all, len(o.cluster.names), 2*len(sides))
	if err != nil || sums.Rows == 0 {
		return
	}
	stat := agreement.Statistic{Name: "share", Of: func(n []float64) float64 { return n[1] / (n[0] + n[1]) }}
	if len(sides) == 2 {
		stat = agreement.Statistic{Name: "difference of shares", Of: func(n []float64) float64 { return n[1]/(n[0]+n[1]) - n[3]/(n[2]+n[3]) }}
	}
	l.Clustered = sums.Bootstrap([]agreement.Statistic{stat}, bootstrapDraws, bootstrapSeed)[0].Interval(agreement.BCa, Level)
}

// read keeps a verdict only if the interval over clusters, where there is one, gives the same.
func (l *propositionLine) read(expects string, bound float64) {
	l.Verdict = verdictOf(expects, l.Estimate, bound)
	if l.Clustered.Method != "" && !l.Clustered.NoInterval && verdictOf(expects, l.Clustered, bound) != l.Verdict {
		l.Verdict = verdictOpen
	}
}

func (o *observations) difference(t *PropositionTest) propositionLine {
	x1, n1, of := o.count(t, t.Of)
	x2, n2, against := o.count(t, t.Against)
	s := agreement.TwoShares{X1: x1, N1: n1, X2: x2, N2: n2}
	line := propositionLine{Estimate: s.Newcombe(Level), Sides: [2][2]int{{x1, n1}, {x2, n2}}, Counts: fmt.Sprintf("%d/%d − %d/%d", x1, n1, x2, n2), Verdict: verdictOpen}
	line.Estimate.Reference = conditionsText(t.Against)
	if line.Estimate.Undefined {
		line.Verdict, line.WhyNot = verdictNone, "one_side"
		if n1+n2 == 0 {
			line.WhyNot = "no_units"
		}
		return line
	}
	line.P = s.FisherExact()
	line.byCluster(o, of, against)
	if min(n1, n2) < minSide {
		line.Estimate.Warnings = append(line.Estimate.Warnings, fmt.Sprintf("fewer than %d parties on a side: not judged", minSide))
		return line
	}
	line.read(t.Expects, 0)
	return line
}

func (o *observations) share(t *PropositionTest) propositionLine {
	x, n, cells := o.count(t, nil)
	line := propositionLine{Estimate: agreement.Wilson(x, n, Level), Counts: fmt.Sprintf("%d/%d", x, n), Verdict: verdictOpen}
	line.byCluster(o, cells)
	switch {
	case line.Estimate.Undefined:
		line.Verdict, line.WhyNot = verdictNone, "no_units"
	case t.Expects == "some" && x > 0, t.Expects == "never" && x == 0 && n >= minSide:
		line.Verdict = verdictFor
	case t.Expects == "never" && x > 0:
		line.Verdict = verdictAgainst
	case n < minSide:
		line.Estimate.Warnings = append(line.Estimate.Warnings, fmt.Sprintf("fewer than %d parties: not judged", minSide))
	default:
		line.read(t.Expects, t.Bound)
	}
	return line
}

// verdictOf compares the interval with the bound that the claim names.
func verdictOf(expects string, e agreement.Estimate, bound float64) string {
	switch expects {
	case "", "none":
		return verdictShown
	case "same": // no interval proves equality
		if e.Lo > bound || e.Hi < bound {
			return verdictAgainst
		}
		return verdictOpen
	case "some", "never":
		return verdictOpen
	}
	above := expects == "more" || expects == "above"
	switch {
	case e.Lo > bound:
		return map[bool]string{true: verdictFor, false: verdictAgainst}[above]
	case e.Hi < bound:
		return map[bool]string{true: verdictAgainst, false: verdictFor}[above]
	}
	return verdictOpen
}

// unbiasedV is Cramér's V with Bergsma's correction and the limits of the non-central chi-square: in sparse tables the
// uncorrected V lies above its own limits.
func unbiasedV(x *agreement.Contingency) agreement.Estimate {
	e, raw := x.CramersVCorrected, x.CramersV
	if e.Undefined || raw.NoInterval || e.Value < raw.Lo || e.Value > raw.Hi {
		return e
	}
	e.Lo, e.Hi, e.Level, e.NoInterval = raw.Lo, raw.Hi, raw.Level, false
	e.Method += ", non-central chi-square limits"
	e.Warnings = append(e.Warnings, raw.Warnings...)
	return e
}

// association is Cramér's V of the variable's values by the values of the first outcome column.
func (o *observations) association(t *PropositionTest) propositionLine {
	a, b := o.column(columnName(t.Variable)), o.column(columnName(t.Outcome[0].Column))
	var rows, cols []string
	counts := map[pair]int{}
	n, where := 0, o.ready(t.Where)
	for row := range o.n {
		x, y := a.at(row), b.at(row)
		if x == "" || y == "" || !allHold(where, row) {
			continue
		}
		n++
		counts[pair{x, y}]++
		rows, cols = appendNew(rows, x), appendNew(cols, y)
	}
	line := propositionLine{Counts: fmt.Sprintf("%d", n), Verdict: verdictShown}
	if len(rows) < 2 || len(cols) < 2 {
		line.Verdict, line.WhyNot = verdictNone, "one_value"
		line.Estimate = agreement.Estimate{N: n, Method: "Cramér's V", Undefined: true, NoInterval: true, Reason: "one value only on a side"}
		return line
	}
	slices.Sort(rows)
	slices.Sort(cols)
	table := make([][]int, len(rows))
	for i, x := range rows {
		for _, y := range cols {
			table[i] = append(table[i], counts[pair{x, y}])
		}
	}
	x, err := agreement.NewContingency(table, Level)
	if err != nil {
		line.Verdict, line.WhyNot = verdictNone, "no_units"
		line.Estimate = agreement.Estimate{N: n, Method: "Cramér's V", Undefined: true, NoInterval: true, Reason: err.Error()}
		return line
	}
	line.Estimate, line.P = unbiasedV(x), x.ChiSquare
	return line
}

// conditionsText names conditions by their ids: "profit_mode=indirect,free".
func conditionsText(cs []Condition) string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.Column + "=" + strings.Join(c.Values, ",")
	}
	return strings.Join(out, " ")
}
