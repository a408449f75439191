package report

import (
	"slices"

	"caipan/report/agreement"
)

// reformLine compares an outcome after a reform with before, by the law applied.
type reformLine struct {
	Reform, Outcome string // day; a key of modelWords or a type of liability
	After, Before   [2]int // hits and parties
	Difference      agreement.Estimate
	Test            agreement.Test
	Mixed, Unknown  int
}

// reforms compares the share held liable, the share of breaches found and, from MinLiable liable parties on, the
// shares of each type among them, before and after each reform. It refuses where a side has fewer than
// agreement.MinimumSide parties: the estimate is then undefined and says so.
func (o *observations) reformLines(classes []string, liable int) []reformLine {
	var out []reformLine
	for _, day := range reforms {
		out = append(out, o.reform(day, "liable", "ruling.liable", "yes"), o.reform(day, "breach", "reasoning.breach_found", "yes"))
		if liable < MinLiable {
			continue
		}
		for _, c := range classes {
			if c != "none" {
				out = append(out, o.reform(day, c, "ruling.class", c))
			}
		}
	}
	return out
}

func (o *observations) reform(day, outcome, column, hit string) reformLine {
	l := reformLine{Reform: day, Outcome: outcome}
	side, of := o.column("case.law_"+day[:4]), o.column(column)
	for row := range o.n {
		v := of.at(row)
		if v == "" || v == "not_decided" || column == "ruling.class" && v == "none" {
			continue
		}
		switch side.at(row) {
		case sideAfter:
			l.After[0] += bitOf(v == hit)
			l.After[1]++
		case sideBefore:
			l.Before[0] += bitOf(v == hit)
			l.Before[1]++
		case sideMixed:
			l.Mixed++
		default:
			l.Unknown++
		}
	}
	s := agreement.TwoShares{X1: l.After[0], N1: l.After[1], X2: l.Before[0], N2: l.Before[1]}
	if ok, why := s.Comparable(); !ok {
		l.Difference = noEstimate("difference of shares, after minus before", why)
		l.Difference.N = l.After[1] + l.Before[1]
		l.Test = agreement.Test{Name: "Fisher exact", P: 1, N: l.Difference.N, Undefined: true, Reason: why}
		return l
	}
	l.Difference, l.Test = s.Newcombe(Level), s.FisherExact()
	l.Difference.Reference = sideBefore
	return l
}

// holmOfReforms corrects over the comparisons that were made, in place of each line.
func holmOfReforms(lines []reformLine) []float64 {
	tests := make([]agreement.Test, len(lines))
	for i := range lines {
		tests[i] = lines[i].Test
	}
	return slices.Clone(agreement.AdjustTests(tests, agreement.Holm))
}
