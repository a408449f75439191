package agreement

import (
	"fmt"
	"math"
	"sort"
)

// IntervalKind names a bootstrap interval.
type IntervalKind string

const (
	Percentile      IntervalKind = "percentile"
	Basic           IntervalKind = "basic"
	NormalBootstrap IntervalKind = "normal"
	BCa             IntervalKind = "BCa"
)

// Bootstrap holds the draws of one statistic. Draws in which the statistic did not exist are
// counted in Undefined and left out.
type Bootstrap struct {
	Statistic    string
	Original     Estimate  // the statistic of the data
	Draws        []float64 // in order of the draw
	Undefined    int
	Acceleration float64 // from the jackknife; NaN-free
	Clusters     int
	Seed         uint64
}

// NewBootstrap takes the draws of a statistic made elsewhere (NaN = undefined) and the
// leave-one-out values for BCa (nil: BCa falls back to acceleration 0, i.e. BC, with a warning).
func NewBootstrap(name string, original Estimate, draws, jackknife []float64, seed uint64) *Bootstrap {
	b := &Bootstrap{Statistic: name, Original: original, Seed: seed, Clusters: original.Clusters}
	for _, d := range draws {
		if math.IsNaN(d) || math.IsInf(d, 0) {
			b.Undefined++
			continue
		}
		b.Draws = append(b.Draws, d)
	}
	weights := make([]float64, len(jackknife))
	for i := range weights {
		weights[i] = 1
	}
	b.Acceleration = acceleration(jackknife, weights)
	return b
}

// acceleration is Σ d³ / (6 (Σ d²)^1.5) of the jackknife deviations (Efron 1987, JASA 82:171-185, eq. 6.6).
func acceleration(jackknife, weights []float64) float64 {
	var sum, n float64
	for i, v := range jackknife {
		if !math.IsNaN(v) {
			sum, n = sum+weights[i]*v, n+weights[i]
		}
	}
	if n == 0 {
		return 0
	}
	mean := sum / n
	var s2, s3 float64
	for i, v := range jackknife {
		if math.IsNaN(v) {
			continue
		}
		d := mean - v
		s2, s3 = s2+weights[i]*d*d, s3+weights[i]*d*d*d
	}
	if s2 == 0 {
		return 0
	}
	return s3 / (6 * math.Pow(s2, 1.5))
}

// Mean is the mean of the draws, SD their standard deviation (divisor R-1); 0 without draws.
func (b *Bootstrap) Mean() float64 {
	if len(b.Draws) == 0 {
		return 0
	}
	return sumFloats(b.Draws) / float64(len(b.Draws))
}

// SD is the bootstrap standard error.
func (b *Bootstrap) SD() float64 {
	if len(b.Draws) < 2 {
		return 0
	}
	m, s := b.Mean(), 0.0
	for _, v := range b.Draws {
		s += (v - m) * (v - m)
	}
	return math.Sqrt(s / float64(len(b.Draws)-1))
}

// Bias is the estimated bias correction z0 of BCa: the normal quantile of the share of draws below the estimate.
func (b *Bootstrap) Bias() float64 {
	below := 0
	for _, v := range b.Draws {
		if v < b.Original.Value {
			below++
		}
	}
	return NormalQuantile(float64(below) / float64(len(b.Draws)))
}

// Interval gives the statistic with its interval (Davison and Hinkley 1997, Bootstrap Methods,
// ch. 5; BCa: Efron 1987). Quantiles interpolate on the normal scale around (R+1)p. No interval
// where the draws do not vary, fewer than 20 exist, or over 5 % of them are undefined.
func (b *Bootstrap) Interval(kind IntervalKind, level float64) Estimate {
	e := b.Original
	e.Method = fmt.Sprintf("%s, %s bootstrap interval, %d draws, seed %d", b.Statistic, kind, len(b.Draws)+b.Undefined, b.Seed)
	e.NoInterval, e.Lo, e.Hi = true, 0, 0
	if e.Undefined {
		return e
	}
	if reason := b.refusal(); reason != "" {
		return e.warn("no interval: %s", reason)
	}
	s := append([]float64(nil), b.Draws...)
	sort.Float64s(s)
	a := (1 - level) / 2
	t0 := b.Original.Value
	e.NoInterval, e.Level, e.SE = false, level, b.SD()
	switch kind {
	case NormalBootstrap:
		z, bias := zTwoSided(level), b.Mean()-t0
		e.Lo, e.Hi = t0-bias-z*e.SE, t0-bias+z*e.SE
	case Basic:
		e.Lo, e.Hi = 2*t0-normalQuantile(s, 1-a), 2*t0-normalQuantile(s, a)
	case BCa:
		z0 := b.Bias()
		if math.IsInf(z0, 0) {
			e.Lo, e.Hi = normalQuantile(s, a), normalQuantile(s, 1-a)
			return e.warn("BCa not possible (all draws on one side of the estimate): percentile interval")
		}
		e.Lo, e.Hi = normalQuantile(s, b.adjusted(z0, a)), normalQuantile(s, b.adjusted(z0, 1-a))
	default:
		e.Lo, e.Hi = normalQuantile(s, a), normalQuantile(s, 1-a)
	}
	if b.Undefined > 0 {
		e = e.warn("%d draws in which the statistic does not exist left out", b.Undefined)
	}
	return e
}

func (b *Bootstrap) refusal() string {
	total := len(b.Draws) + b.Undefined
	switch {
	case len(b.Draws) < 20:
		return "fewer than 20 draws"
	case float64(b.Undefined) > 0.05*float64(total):
		return "the statistic does not exist in more than 5 % of the draws"
	case b.SD() == 0:
		return "the draws do not vary"
	}
	return ""
}

func (b *Bootstrap) adjusted(z0, p float64) float64 {
	z := z0 + NormalQuantile(p)
	return normalCDF(z0 + z/(1-b.Acceleration*z))
}

// RegressionAcceleration is the acceleration from empirical influence values estimated by
// regressing the draws on how often each unit was drawn (Davison and Hinkley 1997, section
// 2.7.4); frequency[d][i] is how often draw d took unit i. Errors: fewer draws than units, or
// frequencies that determine each other.
func RegressionAcceleration(draws []float64, frequency [][]int) (float64, error) {
	if len(frequency) == 0 || len(frequency) != len(draws) {
		return 0, fmt.Errorf("acceleration: %d draws for %d rows of frequencies", len(draws), len(frequency))
	}
	n := len(frequency[0])
	d := Design{Names: []string{"(intercept)"}}
	for i := 1; i < n; i++ { // the frequencies of a draw sum to n: the first unit is the reference
		d.Names = append(d.Names, fmt.Sprintf("unit %d", i+1))
	}
	for _, f := range frequency {
		row := []float64{1}
		for _, v := range f[1:] {
			row = append(row, float64(v)/float64(n))
		}
		d.X = append(d.X, row)
	}
	fit, err := FitLeastSquares(d, draws, nil)
	if err != nil {
		return 0, fmt.Errorf("acceleration: %w", err)
	}
	influence := append([]float64{0}, fit.Coef[1:]...)
	mean := sumFloats(influence) / float64(n)
	var s2, s3 float64
	for _, v := range influence {
		s2, s3 = s2+(v-mean)*(v-mean), s3+(v-mean)*(v-mean)*(v-mean)
	}
	return s3 / (6 * math.Pow(s2, 1.5)), nil
}
