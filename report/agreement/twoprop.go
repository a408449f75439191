package agreement

import "math"

// TwoShares is the comparison of x1/n1 with x2/n2 (after against before, first against second).
type TwoShares struct{ X1, N1, X2, N2 int }

func (t TwoShares) valid() bool {
	return t.N1 > 0 && t.N2 > 0 && t.X1 >= 0 && t.X2 >= 0 && t.X1 <= t.N1 && t.X2 <= t.N2
}

func (t TwoShares) base(level float64, method string) (Estimate, bool) {
	method = "difference of shares, " + method
	if !t.valid() {
		return undefined(max(0, t.N1+t.N2), method, "one side has no units"), false
	}
	p1, p2 := t.shares()
	return Estimate{Value: p1 - p2, N: t.N1 + t.N2, Level: level, Method: method}, true
}

func (t TwoShares) shares() (p1, p2 float64) {
	return float64(t.X1) / float64(t.N1), float64(t.X2) / float64(t.N2)
}

// Newcombe is the hybrid score interval (Newcombe 1998, Stat. Med. 17:873-890, method 10).
func (t TwoShares) Newcombe(level float64) Estimate {
	e, ok := t.base(level, "Newcombe hybrid score interval")
	if !ok {
		return e
	}
	a, b := Wilson(t.X1, t.N1, level), Wilson(t.X2, t.N2, level)
	e.Lo = e.Value - math.Hypot(a.Value-a.Lo, b.Hi-b.Value)
	e.Hi = e.Value + math.Hypot(a.Hi-a.Value, b.Value-b.Lo)
	return e
}

// Wald is the simple interval, shown for comparison only: it fails at the ends of the range.
func (t TwoShares) Wald(level float64) Estimate {
	e, ok := t.base(level, "Wald interval")
	if !ok {
		return e
	}
	p1, p2 := t.shares()
	e.SE = math.Sqrt(p1*(1-p1)/float64(t.N1) + p2*(1-p2)/float64(t.N2))
	z := zTwoSided(level)
	e.Lo, e.Hi = e.Value-z*e.SE, e.Value+z*e.SE
	return e
}

// AgrestiCaffo adds one success and one failure to each side (Agresti and Caffo 2000, Am. Stat. 54:280-288), clipped to [-1, 1].
func (t TwoShares) AgrestiCaffo(level float64) Estimate {
	e, ok := t.base(level, "Agresti-Caffo interval")
	if !ok {
		return e
	}
	n1, n2 := float64(t.N1+2), float64(t.N2+2)
	p1, p2 := float64(t.X1+1)/n1, float64(t.X2+1)/n2
	half := zTwoSided(level) * math.Sqrt(p1*(1-p1)/n1+p2*(1-p2)/n2)
	e.Lo, e.Hi = math.Max(-1, p1-p2-half), math.Min(1, p1-p2+half)
	return e
}

// MiettinenNurminen inverts the score test with the factor N/(N-1) (Miettinen and Nurminen
// 1985, Stat. Med. 4:213-226); the restricted shares solve their cubic in closed form.
func (t TwoShares) MiettinenNurminen(level float64) Estimate {
	e, ok := t.base(level, "Miettinen-Nurminen score interval")
	if !ok {
		return e
	}
	z := zTwoSided(level)
	f := func(d float64) float64 { return t.score(d) - z }
	g := func(d float64) float64 { return t.score(d) + z }
	e.Lo, e.Hi = -1, 1
	if e.Value > -1 {
		e.Lo = bisect(f, -1, e.Value)
	}
	if e.Value < 1 {
		e.Hi = bisect(g, e.Value, 1)
	}
	return e
}

// score is the signed score statistic of the hypothesis p1 - p2 = d.
func (t TwoShares) score(d float64) float64 {
	p1, p2 := t.shares()
	r1, r2 := t.restricted(d)
	n1, n2 := float64(t.N1), float64(t.N2)
	n := n1 + n2
	v := (r1*(1-r1)/n1 + r2*(1-r2)/n2) * n / (n - 1)
	diff := p1 - p2 - d
	switch {
	case math.Abs(diff) < 1e-15:
		return 0
	case v <= 0:
		return math.Copysign(math.Inf(1), diff)
	}
	return diff / math.Sqrt(v)
}

// restricted gives the maximum likelihood shares under p1 - p2 = d.
func (t TwoShares) restricted(d float64) (p1, p2 float64) {
	n1, n2, x1, x2 := float64(t.N1), float64(t.N2), float64(t.X1), float64(t.X2)
	n := n1 + n2
	l3, l2 := n, (n1+2*n2)*d-n-x1-x2
	l1 := (n2*d-n-2*x2)*d + x1 + x2
	l0 := x2 * d * (1 - d)
	a := l2 / (3 * l3)
	q := a*a*a - l1*l2/(6*l3*l3) + l0/(2*l3)
	p := math.Copysign(math.Sqrt(math.Max(0, a*a-l1/(3*l3))), q)
	c := 0.0
	if p != 0 {
		c = math.Max(-1, math.Min(1, q/(p*p*p)))
	}
	angle := (math.Pi + math.Acos(c)) / 3
	p2 = clip01(2*p*math.Cos(angle) - a)
	p1 = clip01(p2 + d)
	return p1, p2
}

// Table is the 2 x 2 table of hits and misses.
func (t TwoShares) Table() [][]int {
	return [][]int{{t.X1, t.N1 - t.X1}, {t.X2, t.N2 - t.X2}}
}

// Before and after comparisons need this many units on each side, else they are refused.
const MinimumSide = 20

// Comparable says whether each side has at least MinimumSide units, and why not.
func (t TwoShares) Comparable() (bool, string) {
	if t.N1 < MinimumSide || t.N2 < MinimumSide {
		return false, "one side has fewer than 20 units"
	}
	return true, ""
}
