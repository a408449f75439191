package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// MarginalEffect is the average marginal effect of one column on the probability of every
// outcome (base first): the mean discrete change 0 -> 1 of an indicator, the mean derivative
// of another column, with delta-method errors (Greene 2018, Econometric Analysis, ch. 17-18).
// Errors: unknown column, a variance that does not exist. Undefined under separation.
func (m *Multinomial) MarginalEffect(column string, kind Variance, level float64) ([]Estimate, error) {
	col := -1
	for j, n := range m.design.Names {
		if n == column {
			col = j
		}
	}
	if col < 0 {
		return nil, fmt.Errorf("marginal effect: no column %q", column)
	}
	v, err := m.Covariance(kind)
	if err != nil {
		return nil, err
	}
	l := &multinomialLikelihood{x: m.design.X, m: len(m.Outcomes) - 1, k: len(m.design.Names)}
	var effect []float64
	var gradient [][]float64
	name := "average derivative"
	if isIndicator(m.design.X, col) {
		effect, gradient = m.discrete(l, col)
		name = "average discrete change 0 to 1"
	} else {
		effect, gradient = m.derivative(l, col)
	}
	out := make([]Estimate, len(effect))
	for j := range effect {
		method := fmt.Sprintf("%s of P(%s) in %s, delta method, %s standard errors", name, m.Outcomes[j], column, kind)
		if len(m.Separated) > 0 {
			out[j] = undefined(m.N, method, "separation: no finite maximum likelihood estimate")
			continue
		}
		e := normalEstimate(effect[j], deltaSE(gradient[j], v), level, m.N, method)
		e.Clusters, e.Reference = m.Clusters, m.Reference
		out[j] = m.clusterWarning(kind, e)
	}
	return out, nil
}

func isIndicator(x [][]float64, col int) bool {
	for _, row := range x {
		if row[col] != 0 && row[col] != 1 {
			return false
		}
	}
	return true
}

func (m *Multinomial) discrete(l *multinomialLikelihood, col int) (effect []float64, gradient [][]float64) {
	effect, gradient = newEffect(l)
	p := make([]float64, l.m+1)
	n := float64(len(l.x))
	z := make([]float64, l.k)
	for _, x := range l.x {
		copy(z, x)
		for _, side := range []float64{1, 0} {
			sign := 2*side - 1
			z[col] = side
			l.shares(m.Coef, z, p)
			for j := range p {
				effect[j] += sign * p[j] / n
				for a := 0; a < l.m; a++ {
					w := sign * p[j] * (indicator(j == a+1) - p[a+1]) / n
					for c := range z {
						gradient[j][a*l.k+c] += w * z[c]
					}
				}
			}
		}
	}
	return effect, gradient
}

func (m *Multinomial) derivative(l *multinomialLikelihood, col int) (effect []float64, gradient [][]float64) {
	effect, gradient = newEffect(l)
	p, b := make([]float64, l.m+1), make([]float64, l.m+1)
	for a := 0; a < l.m; a++ {
		b[a+1] = m.Coef[a*l.k+col]
	}
	n := float64(len(l.x))
	for _, x := range l.x {
		l.shares(m.Coef, x, p)
		mean := dot(p, b)
		for j := range p {
			effect[j] += p[j] * (b[j] - mean) / n
			for a := 0; a < l.m; a++ {
				pa := p[a+1]
				dp := p[j] * (indicator(j == a+1) - pa)
				w := (dp*(b[j]-mean) - p[j]*pa*(b[a+1]-mean)) / n
				for c := range x {
					gradient[j][a*l.k+c] += w * x[c]
				}
				gradient[j][a*l.k+col] += p[j] * (indicator(j == a+1) - pa) / n
			}
		}
	}
	return effect, gradient
}

func newEffect(l *multinomialLikelihood) ([]float64, [][]float64) {
	g := make([][]float64, l.m+1)
	for j := range g {
		g[j] = make([]float64, l.m*l.k)
	}
	return make([]float64, l.m+1), g
}

func indicator(b bool) float64 { return float64(bit(b)) }

func deltaSE(g []float64, v *mat.SymDense) float64 {
	x := mat.NewVecDense(len(g), g)
	return math.Sqrt(math.Max(0, mat.Inner(x, v, x)))
}
