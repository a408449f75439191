package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Multinomial is a fitted baseline-category logit. Coefficients come in blocks, one an
// outcome but the base, each in the order of the design's columns.
type Multinomial struct {
	Fit
	Outcomes []string // the first is the base
	design   Design
}

// FitMultinomial fits log(p_j/p_0) = xβ_j by maximum likelihood (McFadden 1974; Agresti 2013,
// Categorical Data Analysis, ch. 8). y holds indices into outcomes; outcomes[0] is the base.
// Under separation the fit names the coefficients without finite estimate in Separated and
// its other numbers are not to be used. Errors: an unfit design, an index outside the
// outcomes, an outcome that does not occur.
func FitMultinomial(d Design, y []int, outcomes []string) (*Multinomial, error) {
	if err := d.Check(len(y)); err != nil {
		return nil, err
	}
	count := make([]int, len(outcomes))
	for i, v := range y {
		if v < 0 || v >= len(outcomes) {
			return nil, fmt.Errorf("multinomial: row %d has outcome %d of %d", i, v, len(outcomes))
		}
		count[v]++
	}
	if len(outcomes) < 2 {
		return nil, fmt.Errorf("multinomial: fewer than two outcomes")
	}
	null := 0.0
	for j, c := range count {
		if c == 0 {
			return nil, fmt.Errorf("multinomial: outcome %s does not occur: leave it out of the outcomes", outcomes[j])
		}
		null += float64(c) * math.Log(float64(c)/float64(len(y)))
	}
	work, scale := d.scaled()
	inner := &multinomialLikelihood{x: work.X, y: y, m: len(outcomes) - 1, k: len(d.Names)}
	r := newton(inner, make([]float64, inner.m*inner.k))
	l := &multinomialLikelihood{x: d.X, y: y, m: inner.m, k: inner.k}
	for j := range r.theta {
		r.theta[j] /= scale[j%inner.k]
	}
	_, r.info = l.derivatives(r.theta)
	m := &Multinomial{Outcomes: outcomes, design: d}
	m.Fit = newFit("multinomial logit", blockNames(d.Names, outcomes), r, len(y), d)
	if len(outcomes) == 2 {
		m.Fit.Model, m.Fit.Names = "binary logit", d.Names
		m.working(l)
	}
	m.Fit.NullLogLik = null
	m.Fit.scores = l.scores(r.theta)
	m.Fit.Reference = "outcome " + outcomes[0] + "; " + d.Reference
	m.separation(inner, r)
	return m, nil
}

// FitLogit fits a binary logit, the multinomial with two outcomes.
func FitLogit(d Design, y []bool) (*Multinomial, error) {
	v := make([]int, len(y))
	for i, b := range y {
		v[i] = bit(b)
	}
	return FitMultinomial(d, v, []string{"no", "yes"})
}

// working keeps what the leverage correction of a binary logit needs.
func (m *Multinomial) working(l *multinomialLikelihood) {
	p := make([]float64, 2)
	m.rows = m.design.X
	for i, x := range l.x {
		l.shares(m.Coef, x, p)
		m.weights = append(m.weights, math.Max(1e-300, p[0]*p[1]))
		m.errors = append(m.errors, float64(l.y[i])-p[1])
	}
}

func newFit(model string, names []string, r newtonResult, n int, d Design) Fit {
	f := Fit{Model: model, Names: names, Coef: r.theta, N: n, LogLik: r.loglik,
		Iterations: r.iterations, Converged: r.converged, Reference: d.Reference}
	f.cluster, f.Clusters = d.clusterIndex()
	inv, ok := inverse(r.info)
	if !ok {
		inv = mat.NewSymDense(len(r.theta), nil)
		f.Converged = false
	}
	f.bread, f.model = inv, inv
	if !f.Converged {
		f.Warnings = append(f.Warnings, "the maximum was not found: do not use these numbers")
	}
	return f
}

func blockNames(names, outcomes []string) []string {
	var out []string
	for _, o := range outcomes[1:] {
		for _, n := range names {
			out = append(out, o+": "+n)
		}
	}
	return out
}

type multinomialLikelihood struct {
	x    [][]float64
	y    []int
	m, k int // outcomes but the base, columns
}

// shares are the probabilities of row i, base first, and the log of that of outcome y.
func (l *multinomialLikelihood) shares(theta, x []float64, p []float64) {
	top := 0.0
	for j := 0; j < l.m; j++ {
		p[j+1] = dot(theta[j*l.k:(j+1)*l.k], x)
		top = math.Max(top, p[j+1])
	}
	p[0] = 0
	sum := 0.0
	for j := range p {
		p[j] = math.Exp(p[j] - top)
		sum += p[j]
	}
	for j := range p {
		p[j] /= sum
	}
}

func (l *multinomialLikelihood) value(theta []float64) float64 {
	v := 0.0
	eta := make([]float64, l.m+1)
	for i, x := range l.x {
		top := 0.0
		for j := 0; j < l.m; j++ {
			eta[j+1] = dot(theta[j*l.k:(j+1)*l.k], x)
			top = math.Max(top, eta[j+1])
		}
		sum := 0.0
		for _, e := range eta {
			sum += math.Exp(e - top)
		}
		v += eta[l.y[i]] - top - math.Log(sum)
	}
	return v
}

func (l *multinomialLikelihood) derivatives(theta []float64) ([]float64, *mat.SymDense) {
	n := l.m * l.k
	score, info := make([]float64, n), mat.NewSymDense(n, nil)
	p := make([]float64, l.m+1)
	for i, x := range l.x {
		l.shares(theta, x, p)
		for a := 0; a < l.m; a++ {
			r := -p[a+1]
			if l.y[i] == a+1 {
				r++
			}
			for c, xc := range x {
				score[a*l.k+c] += r * xc
			}
			for b := a; b < l.m; b++ {
				w := -p[a+1] * p[b+1]
				if a == b {
					w += p[a+1]
				}
				l.addBlock(info, a, b, w, x)
			}
		}
	}
	return score, info
}

func (l *multinomialLikelihood) addBlock(info *mat.SymDense, a, b int, w float64, x []float64) {
	raw := info.RawSymmetric()
	for c, xc := range x {
		start := 0
		if a == b {
			start = c
		}
		if xc == 0 {
			continue
		}
		row := raw.Data[(a*l.k+c)*raw.Stride+b*l.k:]
		for e := start; e < l.k; e++ {
			row[e] += w * xc * x[e]
		}
	}
}

func (l *multinomialLikelihood) scores(theta []float64) [][]float64 {
	out := make([][]float64, len(l.x))
	p := make([]float64, l.m+1)
	for i, x := range l.x {
		l.shares(theta, x, p)
		s := make([]float64, l.m*l.k)
		for a := 0; a < l.m; a++ {
			r := -p[a+1]
			if l.y[i] == a+1 {
				r++
			}
			for c, xc := range x {
				s[a*l.k+c] = r * xc
			}
		}
		out[i] = s
	}
	return out
}

// separation takes a long step that gained nothing as a certificate: along it no row's own outcome loses
// against another and some gains, so the likelihood rises for ever (Albert and Anderson 1984,
// Biometrika 71:1-10). The coefficients that move have no finite estimate.
func (m *Multinomial) separation(l *multinomialLikelihood, r newtonResult) {
	if r.recession == nil {
		return
	}
	size := largest(r.recession)
	gain := 0.0
	eta := make([]float64, l.m+1)
	for i, x := range l.x {
		for a := 0; a < l.m; a++ {
			eta[a+1] = dot(r.recession[a*l.k:(a+1)*l.k], x) / size
		}
		for _, e := range eta {
			d := eta[l.y[i]] - e
			if d < -1e-4 {
				return
			}
			gain = math.Max(gain, d)
		}
	}
	if gain < 1e-3 {
		return
	}
	for j, v := range r.recession {
		if math.Abs(v) > 1e-3*size {
			m.Separated = append(m.Separated, m.Names[j])
		}
	}
	m.Converged = false
	m.Warnings = append(m.Warnings, fmt.Sprintf("separation: %d coefficients have no finite estimate", len(m.Separated)))
}

func largest(v []float64) float64 {
	m := 0.0
	for _, x := range v {
		m = math.Max(m, math.Abs(x))
	}
	return m
}
