package agreement

import "math"

// Proportion is the share x/n with Wilson's interval, the default of every share in the report.
func Proportion(x, n int, level float64) Estimate { return Wilson(x, n, level) }

// shareFor checks a count and gives the bare share, or an undefined estimate.
func shareFor(x, n int, level float64, method string) (Estimate, bool) {
	if n <= 0 {
		return undefined(0, method, "no units"), false
	}
	if x < 0 || x > n {
		return undefined(n, method, "count outside 0..n"), false
	}
	e := Estimate{Value: float64(x) / float64(n), N: n, Level: level, Method: method}
	return e, true
}

// Wilson is the score interval (Wilson 1927, JASA 22:209-212).
func Wilson(x, n int, level float64) Estimate {
	e, ok := shareFor(x, n, level, "share, Wilson score interval")
	if !ok {
		return e
	}
	e.Lo, e.Hi = wilsonLimits(e.Value, float64(n), level)
	return snapEnds(e, x, n)
}

func wilsonLimits(p, n, level float64) (lo, hi float64) {
	z := zTwoSided(level)
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return clip01(centre - half), clip01(centre + half)
}

// WilsonContinuity is Wilson's interval with continuity correction 1/(2n) (Newcombe 1998, Stat. Med. 17:857-872, method 4).
func WilsonContinuity(x, n int, level float64) Estimate {
	e, ok := shareFor(x, n, level, "share, Wilson score interval with continuity correction")
	if !ok {
		return e
	}
	z, nn, p := zTwoSided(level), float64(n), e.Value
	q, den := 1-p, 2*(nn+z*z)
	lo := (2*nn*p + z*z - 1 - z*math.Sqrt(z*z-2-1/nn+4*p*(nn*q+1))) / den
	hi := (2*nn*p + z*z + 1 + z*math.Sqrt(z*z+2-1/nn+4*p*(nn*q-1))) / den
	e.Lo, e.Hi = clip01(lo), clip01(hi)
	return snapEnds(e, x, n)
}

// ClopperPearson is the exact interval by beta quantiles (Clopper and Pearson 1934, Biometrika 26:404-413).
func ClopperPearson(x, n int, level float64) Estimate {
	e, ok := shareFor(x, n, level, "share, Clopper-Pearson exact interval")
	if !ok {
		return e
	}
	a, xx, nn := (1-level)/2, float64(x), float64(n)
	e.Lo, e.Hi = 0, 1
	if x > 0 {
		e.Lo = BetaQuantile(a, xx, nn-xx+1)
	}
	if x < n {
		e.Hi = BetaQuantile(1-a, xx+1, nn-xx)
	}
	return e
}

// Jeffreys is the equal-tailed interval under the prior Beta(1/2, 1/2), with the lower limit
// set to 0 at x = 0 and the upper to 1 at x = n (Brown, Cai and DasGupta 2001, Stat. Sci.
// 16:101-133).
func Jeffreys(x, n int, level float64) Estimate {
	e, ok := shareFor(x, n, level, "share, Jeffreys interval (modified at the ends)")
	if !ok {
		return e
	}
	a, xx, nn := (1-level)/2, float64(x), float64(n)
	e.Lo, e.Hi = BetaQuantile(a, xx+0.5, nn-xx+0.5), BetaQuantile(1-a, xx+0.5, nn-xx+0.5)
	if x == 0 {
		e.Lo = 0
	}
	if x == n {
		e.Hi = 1
	}
	return e
}

// AgrestiCoull adds z²/2 successes and failures (Agresti and Coull 1998, Am. Stat. 52:119-126), clipped to [0, 1].
func AgrestiCoull(x, n int, level float64) Estimate {
	e, ok := shareFor(x, n, level, "share, Agresti-Coull interval")
	if !ok {
		return e
	}
	z := zTwoSided(level)
	nt := float64(n) + z*z
	p := (float64(x) + z*z/2) / nt
	half := z * math.Sqrt(p*(1-p)/nt)
	e.Lo, e.Hi = clip01(p-half), clip01(p+half)
	return e
}

// snapEnds removes the rounding residue of a score limit at x = 0 and x = n.
func snapEnds(e Estimate, x, n int) Estimate {
	if x == 0 {
		e.Lo = 0
	}
	if x == n {
		e.Hi = 1
	}
	return e
}

func clip01(v float64) float64 { return math.Max(0, math.Min(1, v)) }

// BoundedShare is a share with undecided units: hits of decided are known, undecided could
// be either. Lo counts all of them as misses, Hi as hits (Manski 2003, Partial Identification,
// ch. 1); the value is the share among the decided.
func BoundedShare(hits, decided, undecided int) Estimate {
	method := "share of the decided; bounds: undecided all misses, all hits"
	if decided+undecided <= 0 {
		return undefined(0, method, "no units")
	}
	total := float64(decided + undecided)
	e := Estimate{N: decided, Level: 1, Method: method,
		Lo: float64(hits) / total, Hi: float64(hits+undecided) / total}
	if decided == 0 {
		e.Undefined, e.Reason, e.Lo, e.Hi, e.NoInterval = true, "nothing decided", 0, 0, true
		return e
	}
	e.Value = float64(hits) / float64(decided)
	return e
}
