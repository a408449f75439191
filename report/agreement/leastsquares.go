package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// LeastSquares is a fitted linear regression (ordinary or weighted).
type LeastSquares struct {
	Fit
	Residuals []float64
	R2        Estimate
	weighted  []float64 // square roots of the weights, nil if unweighted
	design    Design
}

// FitLeastSquares fits y = xβ by QR; weights may be nil (ordinary) or positive, one a row.
// A linear probability model is y in {0, 1} with HC or clustered errors. Errors: an unfit
// design, fewer rows than columns, weights of another length or not positive.
func FitLeastSquares(d Design, y, weights []float64) (*LeastSquares, error) {
	if err := d.Check(len(y)); err != nil {
		return nil, err
	}
	n, k := len(y), len(d.Names)
	if n <= k {
		return nil, fmt.Errorf("least squares: %d rows for %d columns", n, k)
	}
	root, err := rootWeights(weights, n)
	if err != nil {
		return nil, err
	}
	x, v := mat.NewDense(n, k, nil), mat.NewVecDense(n, nil)
	for i := range y {
		for j := range d.Names {
			x.Set(i, j, root[i]*d.X[i][j])
		}
		v.SetVec(i, root[i]*y[i])
	}
	var qr mat.QR
	qr.Factorize(x)
	var b mat.VecDense
	if err := qr.SolveVecTo(&b, false, v); err != nil {
		return nil, fmt.Errorf("least squares: %w", err)
	}
	l := &LeastSquares{design: d}
	l.Fit = Fit{Model: "least squares", Names: d.Names, Coef: b.RawVector().Data, N: n, Converged: true, squares: true, Reference: d.Reference}
	if weights != nil {
		l.weighted, l.Fit.Model = root, "weighted least squares"
	}
	l.cluster, l.Clusters = d.clusterIndex()
	l.finish(x, v, root, y)
	return l, nil
}

func rootWeights(w []float64, n int) ([]float64, error) {
	root := make([]float64, n)
	for i := range root {
		root[i] = 1
	}
	if w == nil {
		return root, nil
	}
	if len(w) != n {
		return nil, fmt.Errorf("least squares: %d weights for %d rows", len(w), n)
	}
	for i, v := range w {
		if !(v > 0) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("least squares: weight %d is %v: weights are positive and finite", i, v)
		}
		root[i] = math.Sqrt(v)
	}
	return root, nil
}

// finish computes residuals, the covariance pieces, leverages, R² and the Gaussian log likelihood.
func (l *LeastSquares) finish(x *mat.Dense, v *mat.VecDense, root, y []float64) {
	n, k := x.Dims()
	gram := mat.NewSymDense(k, nil)
	for i := 0; i < n; i++ {
		addOuter(gram, 1, x.RawRowView(i))
	}
	l.bread, _ = inverse(gram)
	if l.bread == nil {
		l.bread = mat.NewSymDense(k, nil)
	}
	rss, tss, wy, ww := 0.0, 0.0, 0.0, 0.0
	for i := range y {
		wy, ww = wy+root[i]*root[i]*y[i], ww+root[i]*root[i]
	}
	for i := 0; i < n; i++ {
		row := x.RawRowView(i)
		e := v.AtVec(i) - dot(row, l.Coef)
		s := make([]float64, k)
		for j := range s {
			s[j] = e * row[j]
		}
		r := mat.NewVecDense(k, row)
		l.rows, l.weights, l.errors = append(l.rows, l.design.X[i]), append(l.weights, root[i]*root[i]), append(l.errors, e*root[i])
		l.scores, l.hat = append(l.scores, s), append(l.hat, mat.Inner(r, l.bread, r))
		l.Residuals = append(l.Residuals, e/root[i])
		d := root[i] * (y[i] - wy/ww)
		rss, tss = rss+e*e, tss+d*d
	}
	sigma2 := rss / float64(n-k)
	l.model = mat.NewSymDense(k, nil)
	l.model.ScaleSym(sigma2, l.bread)
	l.LogLik = -float64(n) / 2 * (math.Log(2*math.Pi*rss/float64(n)) + 1)
	l.R2 = undefined(n, "R²", "the outcome does not vary")
	if tss > 0 {
		l.R2 = pointOnly(1-rss/tss, n, "R²")
	}
}

// NeweyWest is the covariance with the Bartlett kernel over lags 0..lag in row order, without
// prewhitening (Newey and West 1987, Econometrica 55:703-708); adjust multiplies by N/(N-K).
func (l *LeastSquares) NeweyWest(lag int, adjust bool) *mat.SymDense {
	k := len(l.Coef)
	m := l.meat(nil)
	for h := 1; h <= lag && h < l.N; h++ {
		w := 1 - float64(h)/float64(lag+1)
		for i := h; i < l.N; i++ {
			a, b := l.scores[i], l.scores[i-h]
			for p := 0; p < k; p++ {
				for q := p; q < k; q++ {
					m.SetSym(p, q, m.At(p, q)+w*(a[p]*b[q]+a[q]*b[p]))
				}
			}
		}
	}
	v := sandwich(l.bread, m)
	if adjust {
		v.ScaleSym(float64(l.N)/float64(l.N-k), v)
	}
	return v
}

// DurbinWatson is Σ(e_t - e_{t-1})²/Σe_t² (1950, Biometrika 37:409-428).
func (l *LeastSquares) DurbinWatson() Estimate {
	var num, den float64
	for i, e := range l.Residuals {
		den += e * e
		if i > 0 {
			d := e - l.Residuals[i-1]
			num += d * d
		}
	}
	if den == 0 {
		return undefined(l.N, "Durbin-Watson", "residuals are all zero")
	}
	return pointOnly(num/den, l.N, "Durbin-Watson")
}

// BreuschGodfrey tests serial correlation up to lag: N·R² of the residuals on the predictors
// and their own lags, zero before the start (Breusch 1978; Godfrey 1978).
func (l *LeastSquares) BreuschGodfrey(lag int) Test {
	name := fmt.Sprintf("Breusch-Godfrey, lag %d", lag)
	d := Design{Names: append([]string(nil), l.design.Names...)}
	for h := 1; h <= lag; h++ {
		d.Names = append(d.Names, fmt.Sprintf("residual lag %d", h))
	}
	for i, row := range l.design.X {
		r := append([]float64(nil), row...)
		for h := 1; h <= lag; h++ {
			v := 0.0
			if i >= h {
				v = l.Residuals[i-h]
			}
			r = append(r, v)
		}
		d.X = append(d.X, r)
	}
	aux, err := FitLeastSquares(d, l.Residuals, nil)
	if err != nil || aux.R2.Undefined {
		return undefinedTest(name, l.N, "the auxiliary regression does not exist")
	}
	return chiSquareTest(name, float64(l.N)*aux.R2.Value, float64(lag), l.N, "Breusch-Godfrey LM")
}

// Interruption is a segmented regression of a series on time: level, trend, change of level
// and change of trend at a date (Wagner, Soumerai, Zhang and Ross-Degnan 2002, J. Clin. Pharm.
// Ther. 27:299-309).
type Interruption struct {
	*LeastSquares
	Lag int
}

// FitInterruption fits y at times 1..T with the break at index first (the first row after),
// weights (monthly n) or nil. Errors: fewer than MinimumPeriods rows on a side.
func FitInterruption(y, weights []float64, first, lag int) (*Interruption, error) {
	if first < MinimumPeriods || len(y)-first < MinimumPeriods {
		return nil, fmt.Errorf("interrupted series: %d periods before and %d after the break: %d on each side are needed", first, len(y)-first, MinimumPeriods)
	}
	d := Design{Names: []string{"(intercept)", "time", "level change", "trend change"}}
	for t := range y {
		post, after := 0.0, 0.0
		if t >= first {
			post, after = 1, float64(t-first+1)
		}
		d.X = append(d.X, []float64{1, float64(t + 1), post, after})
	}
	l, err := FitLeastSquares(d, y, weights)
	if err != nil {
		return nil, err
	}
	return &Interruption{LeastSquares: l, Lag: lag}, nil
}

// MinimumPeriods is the number of periods a segmented regression needs on each side.
const MinimumPeriods = 8

// Estimates are the coefficients with Newey-West errors (adjusted) and t(N-K) limits.
func (s *Interruption) Estimates(level float64) []Estimate {
	se := rootDiagonal(s.NeweyWest(s.Lag, true))
	q := StudentQuantile(1-(1-level)/2, float64(s.N-len(s.Coef)))
	out := make([]Estimate, len(s.Coef))
	for i, b := range s.Coef {
		out[i] = Estimate{Value: b, SE: se[i], Lo: b - q*se[i], Hi: b + q*se[i], Level: level, N: s.N,
			Method: fmt.Sprintf("segmented regression, Newey-West errors (%d lags, factor N/(N-K))", s.Lag)}
	}
	return out
}
