package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// OrdinalFit is a fitted cumulative logit, logit P(Y <= j) = α_j - xβ. Coef holds the
// thresholds first, then the coefficients.
type OrdinalFit struct {
	Fit
	Outcomes []string // in the declared order
	design   Design
	y        []int
}

// FitOrdinal fits the proportional-odds model (McCullagh 1980, JRSS B 42:109-142). The design
// must have no intercept. y holds indices into outcomes, whose order the caller declares.
// Errors: an unfit design (an intercept included), an index outside the outcomes, an outcome
// that does not occur.
func FitOrdinal(d Design, y []int, outcomes []string) (*OrdinalFit, error) {
	return fitOrdinal(d, y, outcomes, nil)
}

func fitOrdinal(d Design, y []int, outcomes []string, nominal []int) (*OrdinalFit, error) {
	check := Design{Names: append([]string{"(thresholds)"}, d.Names...), Cluster: d.Cluster}
	for _, row := range d.X {
		check.X = append(check.X, append([]float64{1}, row...))
	}
	if err := check.Check(len(y)); err != nil {
		return nil, fmt.Errorf("ordinal: %w", err)
	}
	work, scale := d.scaled()
	inner := &ordinalLikelihood{x: work.X, y: y, t: len(outcomes) - 1, k: len(d.Names), nominal: nominal}
	start, null, err := ordinalStart(y, outcomes, inner.size())
	if err != nil {
		return nil, err
	}
	r := newton(inner, start)
	inner.unscale(r.theta, scale)
	l := &ordinalLikelihood{x: d.X, y: y, t: inner.t, k: inner.k, nominal: nominal}
	_, r.info = l.derivatives(r.theta)
	o := &OrdinalFit{Outcomes: outcomes, design: d, y: y}
	o.Fit = newFit("ordinal logit", l.names(d.Names, outcomes), r, len(y), d)
	o.NullLogLik = null
	o.scores = l.scores(r.theta)
	if r.recession != nil {
		o.Converged = false
		o.Warnings = append(o.Warnings, "coefficients still move: separation is likely")
	}
	return o, nil
}

// ordinalStart gives thresholds at the empirical logits, everything else 0, and the null log likelihood.
func ordinalStart(y []int, outcomes []string, size int) ([]float64, float64, error) {
	count := make([]int, len(outcomes))
	for i, v := range y {
		if v < 0 || v >= len(outcomes) {
			return nil, 0, fmt.Errorf("ordinal: row %d has outcome %d of %d", i, v, len(outcomes))
		}
		count[v]++
	}
	start, null, below := make([]float64, size), 0.0, 0
	n := float64(len(y))
	for j, c := range count {
		if c == 0 {
			return nil, 0, fmt.Errorf("ordinal: outcome %s does not occur: leave it out of the outcomes", outcomes[j])
		}
		null += float64(c) * math.Log(float64(c)/n)
		below += c
		if j < len(count)-1 {
			start[j] = math.Log(float64(below) / (n - float64(below)))
		}
	}
	return start, null, nil
}

// ordinalLikelihood has one linear predictor a threshold, η_j = z_jθ; columns in nominal have
// a coefficient of their own at each threshold.
type ordinalLikelihood struct {
	x       [][]float64
	y       []int
	t, k    int
	nominal []int
}

func (l *ordinalLikelihood) size() int { return l.t + l.k + len(l.nominal)*(l.t-1) }

// unscale brings the coefficients of scaled columns back to the columns' units.
func (l *ordinalLikelihood) unscale(theta, scale []float64) {
	for c := range scale {
		theta[l.t+c] /= scale[c]
	}
	for i, c := range l.nominal {
		for j := 0; j < l.t-1; j++ {
			theta[l.t+l.k+i*(l.t-1)+j] /= scale[c]
		}
	}
}

// row writes z_j of a row; an infinite threshold (j < 0 or j = t) has no row.
func (l *ordinalLikelihood) row(z []float64, x []float64, j int) {
	clear(z)
	z[j] = 1
	for c, v := range x {
		z[l.t+c] = -v
	}
	for i, c := range l.nominal {
		if j > 0 {
			z[l.t+l.k+i*(l.t-1)+j-1] = -x[c]
		}
	}
}

// parts are the cumulative probabilities at the upper and lower threshold of row i, their
// densities and the rows z (nil at an infinite threshold).
type ordinalParts struct {
	p                  float64
	fu, fl, dfu, dfl   float64
	zu, zl             []float64
	upper, lower       bool
	bufferU, bufferLow []float64
}

func (l *ordinalLikelihood) parts(theta []float64, i int, o *ordinalParts) {
	o.upper, o.lower = l.y[i] < l.t, l.y[i] > 0
	u, w := 1.0, 0.0
	eu, el := math.Inf(1), math.Inf(-1)
	o.fu, o.fl, o.dfu, o.dfl = 0, 0, 0, 0
	if o.upper {
		l.row(o.bufferU, l.x[i], l.y[i])
		eu = dot(o.bufferU, theta)
		u = logisticCDF(eu)
		o.fu = u * (1 - u)
		o.dfu = o.fu * (1 - 2*u)
	}
	if o.lower {
		l.row(o.bufferLow, l.x[i], l.y[i]-1)
		el = dot(o.bufferLow, theta)
		w = logisticCDF(el)
		o.fl = w * (1 - w)
		o.dfl = o.fl * (1 - 2*w)
	}
	o.p = u - w
	if el > 0 { // upper tail: differences of survival functions keep the digits
		o.p = logisticCDF(-el) - logisticCDF(-eu)
	}
	o.zu, o.zl = o.bufferU, o.bufferLow
}

func (l *ordinalLikelihood) newParts() *ordinalParts {
	return &ordinalParts{bufferU: make([]float64, l.size()), bufferLow: make([]float64, l.size())}
}

func (l *ordinalLikelihood) value(theta []float64) float64 {
	o, v := l.newParts(), 0.0
	for i := range l.x {
		l.parts(theta, i, o)
		if o.p <= 0 {
			return math.Inf(-1)
		}
		v += math.Log(o.p)
	}
	return v
}

func (l *ordinalLikelihood) score(o *ordinalParts, s []float64) {
	clear(s)
	for j := range s {
		if o.upper {
			s[j] += o.fu * o.zu[j] / o.p
		}
		if o.lower {
			s[j] -= o.fl * o.zl[j] / o.p
		}
	}
}

func (l *ordinalLikelihood) derivatives(theta []float64) ([]float64, *mat.SymDense) {
	n := l.size()
	total, info := make([]float64, n), mat.NewSymDense(n, nil)
	o, s := l.newParts(), make([]float64, n)
	for i := range l.x {
		l.parts(theta, i, o)
		l.score(o, s)
		for j := range s {
			total[j] += s[j]
		}
		addOuter(info, 1, s)
		if o.upper {
			addOuter(info, -o.dfu/o.p, o.zu)
		}
		if o.lower {
			addOuter(info, o.dfl/o.p, o.zl)
		}
	}
	return total, info
}

func (l *ordinalLikelihood) scores(theta []float64) [][]float64 {
	o := l.newParts()
	out := make([][]float64, len(l.x))
	for i := range l.x {
		out[i] = make([]float64, l.size())
		l.parts(theta, i, o)
		l.score(o, out[i])
	}
	return out
}

func (l *ordinalLikelihood) names(columns, outcomes []string) []string {
	var out []string
	for j := 0; j < l.t; j++ {
		out = append(out, outcomes[j]+"|"+outcomes[j+1])
	}
	out = append(out, columns...)
	for _, c := range l.nominal {
		for j := 1; j < l.t; j++ {
			out = append(out, fmt.Sprintf("%s at %s|%s", columns[c], outcomes[j], outcomes[j+1]))
		}
	}
	return out
}

// ProportionalOdds tests by likelihood ratio whether the columns' effect is the same at every
// threshold (nominal test; Peterson and Harrell 1990, Appl. Stat. 39:205-217). The columns of
// one factor are given together. Undefined where the freer model does not converge.
func (o *OrdinalFit) ProportionalOdds(columns ...string) Test {
	name := fmt.Sprintf("proportional odds of %v", columns)
	var nominal []int
	for _, c := range columns {
		for j, n := range o.design.Names {
			if n == c {
				nominal = append(nominal, j)
			}
		}
	}
	if len(nominal) != len(columns) || len(columns) == 0 {
		return undefinedTest(name, o.N, "a column is not in the model")
	}
	free, err := fitOrdinal(o.design, o.y, o.Outcomes, nominal)
	if err != nil || !free.Converged || !o.Converged {
		return undefinedTest(name, o.N, "the model with effects by threshold has no maximum here")
	}
	return LikelihoodRatio(name, &free.Fit, &o.Fit)
}
