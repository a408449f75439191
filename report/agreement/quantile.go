package agreement

import (
	"math"
	"sort"
)

// QuantileType is a sample quantile definition of Hyndman and Fan (1996, Am. Stat. 50:361-365).
type QuantileType int

const (
	Type6 QuantileType = 6 // (n+1)p, Weibull
	Type7 QuantileType = 7 // (n-1)p+1, the default of R and numpy
)

// Quantile is the sample quantile at p in [0, 1] by linear interpolation; NaN for no values.
func Quantile(values []float64, p float64, kind QuantileType) float64 {
	s := append([]float64(nil), values...)
	sort.Float64s(s)
	return sortedQuantile(s, p, kind)
}

func sortedQuantile(s []float64, p float64, kind QuantileType) float64 {
	n := float64(len(s))
	if n == 0 {
		return math.NaN()
	}
	h := (n-1)*p + 1
	if kind == Type6 {
		h = (n + 1) * p
	}
	h = math.Max(1, math.Min(n, h))
	lo := math.Floor(h)
	a := s[int(lo)-1]
	if lo == n || h == lo {
		return a
	}
	return a + (h-lo)*(s[int(lo)]-a)
}

// normalQuantile interpolates on the normal scale between the order statistics around (R+1)p
// (Davison and Hinkley 1997, equation 5.6).
func normalQuantile(s []float64, p float64) float64 {
	r := float64(len(s))
	k := (r + 1) * p
	if math.Abs(k-math.Round(k)) < 1e-10 {
		k = math.Round(k)
	}
	lo := math.Floor(k)
	switch {
	case r == 0:
		return math.NaN()
	case lo < 1:
		return s[0]
	case lo >= r:
		return s[int(r)-1]
	}
	a := s[int(lo)-1]
	if k == lo {
		return a
	}
	z, z0, z1 := NormalQuantile(p), NormalQuantile(lo/(r+1)), NormalQuantile((lo+1)/(r+1))
	return a + (z-z0)/(z1-z0)*(s[int(lo)]-a)
}
