package agreement

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Upper tails and quantiles, wrapped where gonum loses digits: Normal.Survival is
// 1-erf (zero from z = 14), F.Survival is 1-CDF, Beta.Quantile fails in the far tail and
// ChiSquared{1}.Quantile(1e-10) is zero (all measured with gonum v0.17).

// NormalSurvival is P(Z > z) for a standard normal Z, exact in the far tail.
func NormalSurvival(z float64) float64 { return 0.5 * math.Erfc(z/math.Sqrt2) }

// NormalQuantile is the standard normal quantile; ±Inf at 0 and 1.
func NormalQuantile(p float64) float64 {
	switch {
	case p <= 0:
		return math.Inf(-1)
	case p >= 1:
		return math.Inf(1)
	}
	return distuv.UnitNormal.Quantile(p)
}

func normalCDF(z float64) float64 { return NormalSurvival(-z) }

// zTwoSided is the normal quantile of a two-sided interval of the given level.
func zTwoSided(level float64) float64 { return NormalQuantile(1 - (1-level)/2) }

// twoSidedNormalP is P(|Z| > |z|).
func twoSidedNormalP(z float64) float64 { return 2 * NormalSurvival(math.Abs(z)) }

// ChiSquaredSurvival is P(X > x) for X chi-square with df degrees of freedom; 1 for df = 0.
func ChiSquaredSurvival(x, df float64) float64 {
	if df <= 0 || x <= 0 {
		return 1
	}
	return mathext.GammaIncRegComp(df/2, x/2)
}

// ChiSquaredQuantile is the chi-square quantile, by bisection on the log scale where gonum's is zero.
func ChiSquaredQuantile(p, df float64) float64 {
	q := distuv.ChiSquared{K: df}.Quantile(p)
	if q > 0 && closeTo(mathext.GammaIncReg(df/2, q/2), p, 1e-11) {
		return q
	}
	return bisectLog(func(x float64) float64 { return mathext.GammaIncReg(df/2, x/2) }, p, 1e-300, 1e6)
}

// StudentSurvival is P(T > t) for Student's t with df degrees of freedom.
func StudentSurvival(t, df float64) float64 {
	tail := 0.5 * mathext.RegIncBeta(df/2, 0.5, df/(df+t*t))
	if t < 0 {
		return 1 - tail
	}
	return tail
}

// StudentQuantile is the t quantile, through the beta quantile of the tail.
func StudentQuantile(p, df float64) float64 {
	if p == 0.5 {
		return 0
	}
	if p > 0.5 {
		return -StudentQuantile(1-p, df)
	}
	if p < 0.25 {
		x := BetaQuantile(2*p, df/2, 0.5)
		return -math.Sqrt(df * (1 - x) / x)
	}
	y := BetaQuantile(1-2*p, 0.5, df/2) // near the median the complement keeps the digits
	return -math.Sqrt(df * y / (1 - y))
}

// FSurvival is P(F > f) for the F distribution, by the incomplete beta function of the tail.
func FSurvival(f, d1, d2 float64) float64 {
	if f <= 0 {
		return 1
	}
	return mathext.RegIncBeta(d2/2, d1/2, d2/(d2+d1*f))
}

// FQuantile is the F quantile.
func FQuantile(p, d1, d2 float64) float64 {
	if p > 0.5 {
		y := BetaQuantile(1-p, d2/2, d1/2) // the complement of x
		return d2 * (1 - y) / (d1 * y)
	}
	x := BetaQuantile(p, d1/2, d2/2)
	return d2 * x / (d1 * (1 - x))
}

// BetaQuantile is the quantile of Beta(a, b), checked against the CDF and bisected where gonum's inverse is wrong.
func BetaQuantile(p, a, b float64) float64 {
	switch {
	case p <= 0:
		return 0
	case p >= 1:
		return 1
	}
	q := mathext.InvRegIncBeta(a, b, p)
	if q > 0 && q < 1 && closeTo(mathext.RegIncBeta(a, b, q), p, 1e-11) &&
		closeTo(mathext.RegIncBeta(b, a, 1-q), 1-p, 1e-9) {
		return q
	}
	if p > 0.5 { // the upper tail keeps the digits that 1-p has
		return bisectLog(func(x float64) float64 { return -mathext.RegIncBeta(b, a, 1-x) }, p-1, 1e-300, 1)
	}
	return bisectLog(func(x float64) float64 { return mathext.RegIncBeta(a, b, x) }, p, 1e-300, 1)
}

func closeTo(got, want, rel float64) bool { return math.Abs(got-want) <= rel*math.Abs(want) }

// bisectLog finds x in [lo, hi] with the increasing f(x) = p, halving the logarithm of x.
func bisectLog(f func(float64) float64, p, lo, hi float64) float64 {
	a, b := math.Log(lo), math.Log(hi)
	for i := 0; i < 400; i++ {
		m := a + (b-a)/2
		if m == a || m == b {
			break
		}
		if f(math.Exp(m)) < p {
			a = m
		} else {
			b = m
		}
	}
	return math.Exp(a + (b-a)/2)
}

// bisect finds a root of the monotone f in [lo, hi] to the last bit; the end nearer zero if there is none.
func bisect(f func(float64) float64, lo, hi float64) float64 {
	flo, fhi := f(lo), f(hi)
	if flo == 0 {
		return lo
	}
	if (flo < 0) == (fhi < 0) {
		if math.Abs(flo) < math.Abs(fhi) {
			return lo
		}
		return hi
	}
	for i := 0; i < 200; i++ {
		m := lo + (hi-lo)/2
		if m == lo || m == hi {
			break
		}
		if (f(m) < 0) == (flo < 0) {
			lo = m
		} else {
			hi = m
		}
	}
	return lo + (hi-lo)/2
}

// binomialUpperTail is P(X >= x) for X binomial(n, p).
func binomialUpperTail(x, n int, p float64) float64 {
	switch {
	case x <= 0:
		return 1
	case x > n:
		return 0
	case p <= 0:
		return 0
	case p >= 1:
		return 1
	}
	return mathext.RegIncBeta(float64(x), float64(n-x)+1, p)
}

// binomialProbability is P(X = x) for X binomial(n, p).
func binomialProbability(x, n int, p float64) float64 {
	return distuv.Binomial{N: float64(n), P: p}.Prob(float64(x))
}
