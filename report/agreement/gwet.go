package agreement

import "math"

// ChanceCorrected is an agreement coefficient of several coders with its parts.
type ChanceCorrected struct {
	Estimate         // value with t(n-1) limits, the upper not above 1
	Observed float64 // weighted observed agreement
	Expected float64 // weighted chance agreement
	P        float64 // two-sided p of coefficient = 0, t(n-1); 1 if undefined
}

// pairwise holds the observed agreement of each unit and the classification shares.
type pairwise struct {
	n, paired int
	pa        float64
	pai       []float64
	pi        []float64 // mean share of each category over units with a code
}

func (r *Ratings) pairwise(w Weights) pairwise {
	s := pairwise{pai: make([]float64, len(r.units)), pi: make([]float64, len(r.Categories))}
	s.n, s.paired = r.Units()
	for i, u := range r.units {
		if u.rated == 0 {
			continue
		}
		for k, c := range u.count {
			s.pi[k] += float64(u.times) * float64(c) / float64(u.rated) / float64(s.n)
		}
		if u.rated < 2 {
			continue
		}
		var sum float64
		for k, c := range u.count {
			if c == 0 {
				continue
			}
			star := 0.0
			for l, d := range u.count {
				star += w.W[k][l] * float64(d)
			}
			sum += float64(c) * (star - 1)
		}
		s.pai[i] = sum / float64(u.rated*(u.rated-1))
		s.pa += float64(u.times) * s.pai[i] / float64(s.paired)
	}
	return s
}

// GwetAC is AC1 (identity weights) or AC2 (other weights) with the unconditional-on-raters
// variance over units (Gwet 2008, Br. J. Math. Stat. Psychol. 61:29-48; Gwet 2014, Handbook
// of Inter-Rater Reliability, 4th ed., ch. 5). Units with one code count in the chance term only.
func (r *Ratings) GwetAC(w Weights, level float64) ChanceCorrected {
	name := "Gwet AC2 (" + w.Name + ")"
	if w.Name == "unweighted" {
		name = "Gwet AC1"
	}
	q := float64(len(r.Categories))
	factor := total(w) / (q * (q - 1))
	return r.coefficient(name, w, level, func(s pairwise) (float64, func(ratedUnit) float64) {
		pe := 0.0
		for _, p := range s.pi {
			pe += factor * p * (1 - p)
		}
		return pe, func(u ratedUnit) float64 {
			e := 0.0
			for k, c := range u.count {
				e += factor * float64(c) / float64(u.rated) * (1 - s.pi[k])
			}
			return e - pe
		}
	})
}

// GwetAC of a confusion table.
func (c *Confusion) GwetAC(w Weights, level float64) ChanceCorrected {
	return c.Ratings().GwetAC(w, level)
}

// FleissKappa is Fleiss' (1971) kappa generalised to weights and missing codes (Gwet 2014, ch. 3).
func (r *Ratings) FleissKappa(w Weights, level float64) ChanceCorrected {
	return r.coefficient("Fleiss kappa ("+w.Name+")", w, level, func(s pairwise) (float64, func(ratedUnit) float64) {
		bar := make([]float64, len(s.pi))
		pe := 0.0
		for k := range s.pi {
			for l := range s.pi {
				bar[k] += (w.W[k][l] + w.W[l][k]) / 2 * s.pi[l]
				pe += w.W[k][l] * s.pi[k] * s.pi[l]
			}
		}
		return pe, func(u ratedUnit) float64 {
			e := 0.0
			for k, c := range u.count {
				e += bar[k] * float64(c) / float64(u.rated)
			}
			return e - pe
		}
	})
}

// BrennanPrediger takes chance agreement as that of uniform guessing (Brennan and Prediger 1981).
func (r *Ratings) BrennanPrediger(w Weights, level float64) ChanceCorrected {
	q := float64(len(r.Categories))
	return r.coefficient("Brennan-Prediger ("+w.Name+")", w, level, func(pairwise) (float64, func(ratedUnit) float64) {
		return total(w) / (q * q), func(ratedUnit) float64 { return 0 }
	})
}

// CongerKappa is Conger's (1980, Psychol. Bull. 88:322-328) generalisation of Cohen's kappa
// to several coders, each with margins of its own; unweighted. The variance linearises the
// margins of each coder.
func (r *Ratings) CongerKappa(level float64) ChanceCorrected {
	w := IdentityWeights(len(r.Categories))
	share, count := r.coderShares()
	sum := make([]float64, len(r.Categories))
	for g := range share {
		for k, p := range share[g] {
			sum[k] += p
		}
	}
	m := float64(r.Coders * (r.Coders - 1))
	return r.coefficient("Conger kappa", w, level, func(s pairwise) (float64, func(ratedUnit) float64) {
		pe := 0.0
		for g := range share {
			for k, p := range share[g] {
				pe += p * (sum[k] - p) / m
			}
		}
		return pe, func(u ratedUnit) float64 {
			e := 0.0
			for g, code := range u.code {
				if code < 0 {
					continue
				}
				scale := float64(s.n) / (count[g] * m)
				for k, p := range share[g] {
					d := -p
					if k == code {
						d++
					}
					e += scale * d * (sum[k] - p)
				}
			}
			return e
		}
	})
}

// coefficient assembles (pa - pe)/(1 - pe) and its variance from a chance model, which gives
// pe and each unit's linearised deviation from it.
func (r *Ratings) coefficient(name string, w Weights, level float64,
	chance func(pairwise) (float64, func(ratedUnit) float64)) ChanceCorrected {
	s := r.pairwise(w)
	if s.paired == 0 || len(r.Categories) < 2 {
		return ChanceCorrected{Estimate: undefined(s.n, name, "no unit with two codes, or fewer than two categories"), P: 1}
	}
	pe, deviation := chance(s)
	c := ChanceCorrected{Observed: s.pa, Expected: pe, P: 1}
	if 1-pe < 1e-14 {
		c.Estimate = undefined(s.n, name, "chance agreement is 1: one class only")
		return c
	}
	value := (s.pa - pe) / (1 - pe)
	var v float64
	for i, u := range r.units {
		if u.rated == 0 {
			continue
		}
		g := 0.0
		if u.rated >= 2 {
			g = float64(s.n) / float64(s.paired) * (s.pai[i] - pe) / (1 - pe)
		}
		d := g - 2*(1-value)*deviation(u)/(1-pe) - value
		v += float64(u.times) * d * d
	}
	n := float64(s.n)
	c.Estimate = tEstimate(value, math.Sqrt(v/(n*(n-1))), level, s.n, name)
	c.P = tTwoSided(c.Estimate, n-1)
	return c
}

func (r *Ratings) coderShares() (share [][]float64, count []float64) {
	share, count = make([][]float64, r.Coders), make([]float64, r.Coders)
	for g := range share {
		share[g] = make([]float64, len(r.Categories))
		for _, u := range r.units {
			if u.code[g] >= 0 {
				share[g][u.code[g]] += float64(u.times)
				count[g] += float64(u.times)
			}
		}
		for k := range share[g] {
			if count[g] > 0 {
				share[g][k] /= count[g]
			}
		}
	}
	return share, count
}

// tEstimate gives value ± t(n-1)·se with the upper limit at most 1.
func tEstimate(v, se, level float64, n int, method string) Estimate {
	e := pointOnly(v, n, method+", t(n-1) interval over units")
	if e.Undefined || n < 2 || math.IsNaN(se) {
		return e
	}
	t := StudentQuantile(1-(1-level)/2, float64(n-1))
	e.NoInterval, e.Level, e.SE = false, level, se
	e.Lo, e.Hi = v-t*se, math.Min(1, v+t*se)
	if se == 0 {
		e = e.warn("no variation between units: the interval has no width")
	}
	return e
}

func tTwoSided(e Estimate, df float64) float64 {
	if e.Undefined || e.SE == 0 || df < 1 {
		return 1
	}
	return 2 * StudentSurvival(math.Abs(e.Value/e.SE), df)
}

func total(w Weights) float64 {
	t := 0.0
	for _, r := range w.W {
		for _, v := range r {
			t += v
		}
	}
	return t
}
