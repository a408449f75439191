package agreement

import "math"

// hypergeometric is a conditional distribution of a count on lo, lo+1, ...: logs of the
// probabilities at odds ratio 1 up to a constant, the largest 0, so that far tails survive.
type hypergeometric struct {
	lo  int
	log []float64
}

// fisherDistribution is that of the first cell of a 2 x 2 table given its margins.
func fisherDistribution(t [][]int) hypergeometric {
	row, col := t[0][0]+t[0][1], t[0][0]+t[1][0]
	n := row + t[1][0] + t[1][1]
	lo, hi := max(0, row+col-n), min(row, col)
	h := hypergeometric{lo: lo, log: make([]float64, hi-lo+1)}
	for i := 1; i < len(h.log); i++ {
		a := float64(lo + i - 1)
		h.log[i] = h.log[i-1] + math.Log((float64(row)-a)*(float64(col)-a)/((a+1)*(float64(n-row-col)+a+1)))
	}
	return h.normed()
}

func (h hypergeometric) normed() hypergeometric {
	top := math.Inf(-1)
	for _, v := range h.log {
		top = math.Max(top, v)
	}
	for i := range h.log {
		h.log[i] -= top
	}
	return h
}

// convolve is the distribution of the sum over strata. The products are formed under log
// odds ratio theta, where they keep their digits, and brought back.
func convolve(strata []hypergeometric, theta float64) hypergeometric {
	out := hypergeometric{log: []float64{0}}
	sum := []float64{1}
	for _, h := range strata {
		p := h.at(theta)
		next := make([]float64, len(sum)+len(p)-1)
		for i, a := range sum {
			for j, b := range p {
				next[i+j] += a * b
			}
		}
		sum = next
		out.lo += h.lo
	}
	out.log = sum
	for i, v := range sum {
		out.log[i] = math.Log(v) - theta*float64(i)
	}
	return out.normed()
}

// at gives the probabilities under log odds ratio theta.
func (h hypergeometric) at(theta float64) []float64 {
	p := make([]float64, len(h.log))
	top := math.Inf(-1)
	for i, w := range h.log {
		p[i] = w + theta*float64(i)
		top = math.Max(top, p[i])
	}
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

func (h hypergeometric) twoSidedP(x int) float64 {
	bound, p, all := h.log[x-h.lo]+tieSlack, 0.0, 0.0
	for _, w := range h.log {
		if w < -745 {
			continue
		}
		e := math.Exp(w)
		all += e
		if w <= bound {
			p += e
		}
	}
	return math.Min(1, p/all)
}

// oddsRatio gives the conditional maximum likelihood estimate with the exact limits from
// the two tails (Cornfield 1956; Fisher 1962); undefined where the margins leave no freedom.
func (h hypergeometric) oddsRatio(x, n int, level float64, method string) Estimate {
	last := h.lo + len(h.log) - 1
	if len(h.log) == 1 {
		e := undefined(n, method, "the margins leave no freedom")
		e.Lo, e.Hi, e.Level, e.NoInterval = 0, math.Inf(1), level, false
		return e
	}
	a := (1 - level) / 2
	e := Estimate{N: n, Level: level, Method: method, Lo: 0, Hi: math.Inf(1)}
	mean := func(t float64) float64 {
		m := 0.0
		for i, p := range h.at(t) {
			m += float64(i) * p
		}
		return m - float64(x-h.lo)
	}
	upper := func(t float64) float64 { return sumFloats(h.at(t)[x-h.lo:]) - a }
	lower := func(t float64) float64 { return sumFloats(h.at(t)[:x-h.lo+1]) - a }
	switch {
	case x == h.lo:
		e.Value = 0
	case x == last:
		e.Value = math.Inf(1)
	default:
		e.Value = math.Exp(bisect(mean, -60, 60))
	}
	if x > h.lo {
		e.Lo = math.Exp(bisect(upper, -60, 60))
	}
	if x < last {
		e.Hi = math.Exp(bisect(lower, -60, 60))
	}
	if math.IsInf(e.Value, 1) || e.Value == 0 {
		e = e.warn("an empty cell: the estimate lies at the end of its range")
	}
	return e
}

// OddsRatio is the conditional maximum likelihood odds ratio of the 2 x 2 table with exact limits.
func (t TwoShares) OddsRatio(level float64) Estimate {
	method := "conditional odds ratio, exact interval"
	if !t.valid() {
		return undefined(0, method, "one side has no units")
	}
	return fisherDistribution(t.Table()).oddsRatio(t.X1, t.N1+t.N2, level, method)
}

// FisherExact is Fisher's two-sided test of the 2 x 2 table; P = 1 where the margins leave no freedom.
func (t TwoShares) FisherExact() Test {
	name := "Fisher exact (2 x 2)"
	if !t.valid() {
		return undefinedTest(name, 0, "one side has no units")
	}
	return Test{Name: name, P: fisherDistribution(t.Table()).twoSidedP(t.X1), N: t.N1 + t.N2, Method: "Fisher 1935, tables not more probable than the observed"}
}

func sumFloats(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}
