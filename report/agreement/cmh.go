package agreement

import (
	"fmt"
	"math"
)

// Stratified is the analysis of 2 x 2 tables across strata (court level, province).
type Stratified struct {
	OddsRatio       Estimate // Mantel-Haenszel 1959, limits of Robins, Breslow and Greenland 1986
	CMH             Test     // without continuity correction
	CMHCorrected    Test     // with continuity correction
	Exact           Test     // conditional exact, two-sided
	OddsRatioExact  Estimate // conditional maximum likelihood
	BreslowDay      Test     // homogeneity of the odds ratios (Breslow and Day 1980)
	BreslowDayTaron Test     // with Tarone's 1985 correction
}

// MantelHaenszel analyses strata [[a b] [c d]]. Strata with an empty margin carry no
// information and are counted in a warning. Errors: a table that is not 2 x 2, a negative count.
func MantelHaenszel(strata [][][]int, level float64) (*Stratified, error) {
	var used [][][]int
	for i, t := range strata {
		if len(t) != 2 || len(t[0]) != 2 || len(t[1]) != 2 {
			return nil, fmt.Errorf("cmh: stratum %d is not 2 x 2", i)
		}
		if err := checkTable(t); err != nil {
			return nil, fmt.Errorf("cmh: stratum %d: %w", i, err)
		}
		rows, cols := margins(t)
		if positive(rows) == 2 && positive(cols) == 2 {
			used = append(used, t)
		}
	}
	if len(used) == 0 {
		return emptyStrata(), nil
	}
	s := &Stratified{}
	n, or := s.mantelHaenszel(used, level)
	s.exact(used, n, level)
	s.breslowDay(used, n, or)
	if d := len(strata) - len(used); d > 0 {
		s.OddsRatio = s.OddsRatio.warn("%d strata with an empty margin left out", d)
	}
	return s, nil
}

func emptyStrata() *Stratified {
	reason := "no stratum with both rows and both columns"
	t := func(name string) Test { return undefinedTest(name, 0, reason) }
	return &Stratified{OddsRatio: undefined(0, "Mantel-Haenszel odds ratio", reason), CMH: t("CMH"), CMHCorrected: t("CMH corrected"),
		Exact: t("exact"), OddsRatioExact: undefined(0, "conditional odds ratio", reason), BreslowDay: t("Breslow-Day"), BreslowDayTaron: t("Breslow-Day-Tarone")}
}

func (s *Stratified) mantelHaenszel(used [][][]int, level float64) (n int, or float64) {
	var num, den, pr, ps, qs, diff, v float64
	for _, t := range used {
		a, b, c, d, m := cells(t)
		n += int(m)
		r, q := a*d/m, b*c/m
		p, u := (a+d)/m, (b+c)/m
		num, den = num+r, den+q
		pr, ps, qs = pr+p*r, ps+p*q+u*r, qs+u*q
		diff += a - (a+b)*(a+c)/m
		v += (a + b) * (c + d) * (a + c) * (b + d) / (m * m * (m - 1))
	}
	method := "Mantel-Haenszel odds ratio, Robins-Breslow-Greenland interval"
	or = num / den
	switch {
	case den == 0:
		s.OddsRatio = undefined(n, method, "no discordant cells in one direction")
	case num == 0:
		s.OddsRatio = pointOnly(0, n, method).warn("an empty cell in every stratum")
	default:
		se := math.Sqrt(pr/(2*num*num) + ps/(2*num*den) + qs/(2*den*den))
		z := zTwoSided(level)
		s.OddsRatio = Estimate{Value: or, Lo: or * math.Exp(-z*se), Hi: or * math.Exp(z*se), Level: level, N: n, Method: method}
	}
	s.CMH = chiSquareTest("CMH", diff*diff/v, 1, n, "Cochran-Mantel-Haenszel, no continuity correction")
	cc := math.Max(0, math.Abs(diff)-0.5)
	s.CMHCorrected = chiSquareTest("CMH corrected", cc*cc/v, 1, n, "Cochran-Mantel-Haenszel, continuity correction")
	return n, or
}

// exactSupport bounds the support of the exact test; beyond it the asymptotic tests serve.
const exactSupport = 20_000

func (s *Stratified) exact(used [][][]int, n int, level float64) {
	name, method := "exact conditional", "conditional odds ratio across strata, exact interval"
	var strata []hypergeometric
	x, support := 0, 0
	for _, t := range used {
		h := fisherDistribution(t)
		strata, x, support = append(strata, h), x+t[0][0], support+len(h.log)
	}
	if support > exactSupport {
		reason := "too many units for the exact sum: read CMH"
		s.Exact, s.OddsRatioExact = undefinedTest(name, n, reason), undefined(n, method, reason)
		return
	}
	s.Exact = Test{Name: name, P: convolve(strata, 0).twoSidedP(x), N: n, Method: "conditional exact test of a common odds ratio of 1"}
	theta := 0.0
	if v := s.OddsRatio.Value; v > 0 {
		theta = math.Log(v)
	}
	s.OddsRatioExact = convolve(strata, theta).oddsRatio(x, n, level, method)
}

func (s *Stratified) breslowDay(used [][][]int, n int, or float64) {
	if len(used) < 2 || math.IsInf(or, 0) || math.IsNaN(or) || or == 0 {
		reason := "one stratum, or no finite common odds ratio"
		s.BreslowDay, s.BreslowDayTaron = undefinedTest("Breslow-Day", n, reason), undefinedTest("Breslow-Day-Tarone", n, reason)
		return
	}
	var x, dev, vsum float64
	for _, t := range used {
		a, b, c, d, _ := cells(t)
		e, v := fittedCell(a+b, c+d, a+c, or)
		x += (a - e) * (a - e) / v
		dev, vsum = dev+a-e, vsum+v
	}
	df := float64(len(used) - 1)
	s.BreslowDay = chiSquareTest("Breslow-Day", x, df, n, "Breslow-Day homogeneity of odds ratios")
	s.BreslowDayTaron = chiSquareTest("Breslow-Day-Tarone", x-dev*dev/vsum, df, n, "Breslow-Day with Tarone's correction")
}

// fittedCell is the first cell and its variance under the common odds ratio, given the margins.
func fittedCell(r1, r2, c1, or float64) (e, v float64) {
	lo, hi := math.Max(0, c1-r2), math.Min(r1, c1)
	e = bisect(func(x float64) float64 { return x*(r2-c1+x) - or*(r1-x)*(c1-x) }, lo, hi)
	return e, 1 / (1/e + 1/(r1-e) + 1/(c1-e) + 1/(r2-c1+e))
}

func cells(t [][]int) (a, b, c, d, n float64) {
	a, b, c, d = float64(t[0][0]), float64(t[0][1]), float64(t[1][0]), float64(t[1][1])
	return a, b, c, d, a + b + c + d
}
