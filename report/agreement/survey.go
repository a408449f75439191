package agreement

import (
	"fmt"
	"math"
	"slices"
)

// Survey is a probability sample of units: what design-based shares need to know of it. All rows of the sample are
// given, those outside a domain too: strata and primary units are counted over the whole sample.
type Survey struct {
	Weight  []float64 // 1/π, positive
	Stratum []string
	PSU     []string // primary sampling unit (a party, a case, a court) within its stratum
	// Population is the number of primary units of each stratum; a stratum that is not named gets no
	// finite-population correction (two-stage samples, where it would be too small).
	Population map[string]float64
}

// check says what makes the sample unfit.
func (s Survey) check(n int) error {
	if n == 0 || len(s.Weight) != n || len(s.Stratum) != n || len(s.PSU) != n {
		return fmt.Errorf("survey: weight, stratum and primary unit must have one value a row")
	}
	for i, w := range s.Weight {
		if !(w >= 1) || math.IsInf(w, 0) {
			return fmt.Errorf("survey: row %d has weight %v: a weight is 1/π, at least 1", i, w)
		}
	}
	return nil
}

// Share is the weighted (Hájek) share of hits among the rows of the domain with the interval of Korn and Graubard
// (1998, Surv. Methodol. 24:193-201): Clopper-Pearson's for the effective n that the linearised variance between
// primary units within strata is worth, times the correction for its degrees of freedom. A share of 0 or 1 has Kish's
// effective n, (Σw)²/Σw². Undefined without a row in the domain or for an unfit sample.
func (s Survey) Share(hit, domain []bool, level float64) Estimate {
	method := "weighted share, Korn-Graubard interval"
	if err := s.check(len(hit)); err != nil || len(domain) != len(hit) {
		return undefined(len(hit), method, "the sample is unfit")
	}
	var w, w2, wy float64
	n := 0
	for i, in := range domain {
		if in {
			n, w, w2, wy = n+1, w+s.Weight[i], w2+s.Weight[i]*s.Weight[i], wy+s.Weight[i]*indicator(hit[i])
		}
	}
	if n == 0 {
		return undefined(0, method, "no coded unit in this group")
	}
	p := wy / w
	residual := make([]float64, len(hit))
	for i, in := range domain {
		if in {
			residual[i] = s.Weight[i] * (indicator(hit[i]) - p) / w
		}
	}
	v, df := s.variance(residual)
	effective := w * w / w2
	if p > 0 && p < 1 && v > 0 {
		effective = p * (1 - p) / v
		if df >= 1 && n > 1 {
			r := StudentQuantile(1-(1-level)/2, float64(n-1)) / StudentQuantile(1-(1-level)/2, df)
			effective *= r * r
		}
	}
	effective = math.Min(effective, float64(n))
	e := Estimate{Value: p, N: n, Level: level, Method: method, SE: math.Sqrt(v), Lo: 0, Hi: 1}
	a, x := (1-level)/2, p*effective
	if p > 0 {
		e.Lo = BetaQuantile(a, x, effective-x+1)
	}
	if p < 1 {
		e.Hi = BetaQuantile(1-a, x+1, effective-x)
	}
	if df < 1 {
		e = e.warn("one primary unit a stratum: the variance between them is not known")
	}
	return e.warn("effective n %.1f of %d", effective, n)
}

// variance is that of the total of z by strata and primary units (ultimate clusters), with its degrees of freedom:
// primary units less strata. A stratum with one primary unit counts around the mean of all (conservative).
func (s Survey) variance(z []float64) (v, df float64) {
	type unit struct{ stratum, psu string }
	sum := map[unit]float64{}
	of := map[string][]unit{}
	for i := range z {
		u := unit{s.Stratum[i], s.PSU[i]}
		if _, ok := sum[u]; !ok {
			of[u.stratum] = append(of[u.stratum], u)
		}
		sum[u] += z[i]
	}
	strata := make([]string, 0, len(of))
	all, count := 0.0, 0.0
	for h := range of {
		strata = append(strata, h)
	}
	slices.Sort(strata)
	for _, h := range strata {
		for _, u := range of[h] {
			all, count = all+sum[u], count+1
		}
	}
	for _, h := range strata {
		n, mean := float64(len(of[h])), 0.0
		for _, u := range of[h] {
			mean += sum[u] / n
		}
		left := 1.0
		if total := s.Population[h]; total > 0 {
			left = math.Max(0, 1-n/total)
		}
		scale := left * n / (n - 1)
		if n == 1 {
			mean, scale = all/count, left
		}
		for _, u := range of[h] {
			v += scale * (sum[u] - mean) * (sum[u] - mean)
		}
		df += n - 1
	}
	return v, df
}
