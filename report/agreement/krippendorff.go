package agreement

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Metric is the level of measurement of Krippendorff's alpha.
type Metric string

const (
	Nominal  Metric = "nominal"
	Ordinal  Metric = "ordinal"
	Interval Metric = "interval"
	Ratio    Metric = "ratio"
)

// KrippendorffAlpha is 1 - D_o/D_e from the coincidence matrix (Krippendorff 2011, Computing
// Krippendorff's alpha-reliability; 2013, Content Analysis, ch. 11). Units with fewer than two
// codes fall out. Undefined where no unit is paired or only one category occurs. The value
// has no interval; BootstrapAlpha gives one.
func (r *Ratings) KrippendorffAlpha(m Metric) Estimate {
	method := "Krippendorff alpha (" + string(m) + ")"
	_, paired := r.Units()
	o, n := r.coincidences()
	delta := r.distances(m, n)
	var nn, observed, expected float64
	for _, v := range n {
		nn += v
	}
	if paired == 0 {
		return undefined(0, method, "no unit with two codes")
	}
	for c := range n {
		for k := range n {
			observed += o[c][k] * delta[c][k]
			expected += n[c] * n[k] * delta[c][k]
		}
	}
	if expected == 0 {
		return undefined(paired, method, "one category only: no disagreement to expect")
	}
	return pointOnly(1-(nn-1)*observed/expected, paired, method)
}

// coincidences gives o_ck, each unit's pairs weighted by 1/(codes - 1), and its margins.
func (r *Ratings) coincidences() (o [][]float64, n []float64) {
	k := len(r.Categories)
	o, n = make([][]float64, k), make([]float64, k)
	for i := range o {
		o[i] = make([]float64, k)
	}
	for _, u := range r.units {
		if u.rated < 2 {
			continue
		}
		w := float64(u.times) / float64(u.rated-1)
		for a, ca := range u.count {
			if ca == 0 {
				continue
			}
			n[a] += float64(u.times * ca)
			for b, cb := range u.count {
				pairs := float64(ca * cb)
				if a == b {
					pairs = float64(ca * (ca - 1))
				}
				o[a][b] += w * pairs
			}
		}
	}
	return o, n
}

func (r *Ratings) distances(m Metric, n []float64) [][]float64 {
	d := make([][]float64, len(n))
	for a := range d {
		d[a] = make([]float64, len(n))
		for b := range d[a] {
			if a != b {
				d[a][b] = distance(m, r.Categories, n, min(a, b), max(a, b))
			}
		}
	}
	return d
}

func distance(m Metric, values, n []float64, a, b int) float64 {
	switch m {
	case Ordinal:
		s := -(n[a] + n[b]) / 2
		for g := a; g <= b; g++ {
			s += n[g]
		}
		return s * s
	case Interval:
		return (values[a] - values[b]) * (values[a] - values[b])
	case Ratio:
		if values[a]+values[b] == 0 {
			return 0
		}
		q := (values[a] - values[b]) / (values[a] + values[b])
		return q * q
	}
	return 1
}

// KrippendorffGwet is alpha in Gwet's form with his variance over units (Gwet 2014, ch. 3):
// a small-sample term lifts the observed agreement, chance comes from the pooled codes.
func (r *Ratings) KrippendorffGwet(w Weights, level float64) ChanceCorrected {
	name := "Krippendorff alpha (Gwet form, " + w.Name + ")"
	_, paired := r.Units()
	if paired < 2 {
		return ChanceCorrected{Estimate: undefined(paired, name, "fewer than two paired units"), P: 1}
	}
	n, codes := float64(paired), 0.0
	for _, u := range r.units {
		if u.rated >= 2 {
			codes += float64(u.times * u.rated)
		}
	}
	rbar, pi := codes/n, r.pooledShares(codes)
	pa, pe, pai, pei := r.alphaParts(w, pi, rbar, n)
	eps := 1 / (n * rbar)
	c := ChanceCorrected{Observed: (1-eps)*pa + eps, Expected: pe, P: 1}
	if 1-pe < 1e-14 {
		c.Estimate = undefined(paired, name, "one category only")
		return c
	}
	value, plain := (c.Observed-pe)/(1-pe), (pa-pe)/(1-pe)
	var v float64
	for i, u := range r.units {
		if u.rated < 2 {
			continue
		}
		rise := (float64(u.rated) - rbar) / rbar // r̄ is estimated too
		a := pai[i] - c.Observed*rise
		e := pei[i] - pe*rise
		d := (a - pa - 2*(1-plain)*(e-pe)) / (1 - pe)
		v += float64(u.times) * d * d
	}
	c.Estimate = tEstimate(value, math.Sqrt(v/(n*(n-1))), level, paired, name)
	c.P = tTwoSided(c.Estimate, n-1)
	return c
}

func (r *Ratings) pooledShares(codes float64) []float64 {
	pi := make([]float64, len(r.Categories))
	for _, u := range r.units {
		if u.rated >= 2 {
			for k, c := range u.count {
				pi[k] += float64(u.times*c) / codes
			}
		}
	}
	return pi
}

func (r *Ratings) alphaParts(w Weights, pi []float64, rbar, n float64) (pa, pe float64, pai, pei []float64) {
	bar := make([]float64, len(pi))
	for k := range pi {
		for l := range pi {
			bar[k] += (w.W[k][l] + w.W[l][k]) / 2 * pi[l]
			pe += w.W[k][l] * pi[k] * pi[l]
		}
	}
	pai, pei = make([]float64, len(r.units)), make([]float64, len(r.units))
	for i, u := range r.units {
		if u.rated < 2 {
			continue
		}
		var sum, e float64
		for k, c := range u.count {
			star := 0.0
			for l, d := range u.count {
				star += w.W[k][l] * float64(d)
			}
			sum += float64(c) * (star - 1)
			e += bar[k] * float64(c)
		}
		pai[i], pei[i] = sum/(rbar*float64(u.rated-1)), e/rbar
		pa += float64(u.times) * pai[i] / n
	}
	return pa, pe, pai, pei
}

// BootstrapAlpha resamples units with replacement (generator PCG(seed, draw)); intervals come
// from the result's Interval. Units with the same codes are held once, with their number.
func (r *Ratings) BootstrapAlpha(m Metric, draws int, seed uint64) *Bootstrap {
	c := r.compressed()
	times, weight, weights := make([]int, len(c.units)), make([]int32, len(c.units)), make([]float64, len(c.units))
	for i, u := range c.units {
		times[i], weights[i] = u.times, float64(u.times)
	}
	original := r.KrippendorffAlpha(m)
	_, original.Clusters = r.Units()
	work := &Ratings{Categories: c.Categories, Coders: c.Coders, units: append([]ratedUnit(nil), c.units...)}
	values := make([]float64, draws)
	for d := range values {
		multinomial(rand.NewPCG(seed, uint64(d)), times, weight)
		for i := range work.units {
			work.units[i].times = int(weight[i])
		}
		values[d] = work.alphaOrNaN(m)
	}
	jack := make([]float64, len(c.units))
	copy(work.units, c.units)
	for i := range jack {
		work.units[i].times--
		jack[i] = work.alphaOrNaN(m)
		work.units[i].times++
	}
	b := NewBootstrap("Krippendorff alpha ("+string(m)+")", original, values, nil, seed)
	b.Acceleration = acceleration(jack, weights)
	return b
}

// compressed groups units with at least two codes by their codes, in order of the codes.
func (r *Ratings) compressed() *Ratings {
	out := &Ratings{Categories: r.Categories, Coders: r.Coders}
	seen := map[string]int{}
	for _, u := range r.units {
		if u.rated < 2 {
			continue
		}
		key := fmt.Sprint(u.code)
		i, ok := seen[key]
		if !ok {
			i = len(out.units)
			seen[key] = i
			v := u
			v.times = 0
			out.units = append(out.units, v)
		}
		out.units[i].times += u.times
	}
	sort.Slice(out.units, func(a, b int) bool { return slices.Compare(out.units[a].code, out.units[b].code) < 0 })
	return out
}

func (r *Ratings) alphaOrNaN(m Metric) float64 {
	e := r.KrippendorffAlpha(m)
	if e.Undefined {
		return math.NaN()
	}
	return e.Value
}
