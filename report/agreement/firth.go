package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Firth is a binary logit with Jeffreys' penalty: finite estimates also under separation.
type Firth struct {
	Fit
	PenalizedLogLik float64
	design          Design    // columns divided by scale
	inner, scale    []float64 // coefficients of the scaled columns
	y               []float64
}

// FitFirth maximises logL + ½ log|I(β)| (Firth 1993, Biometrika 80:27-38; Heinze and Schemper
// 2002, Stat. Med. 21:2409-2419). Standard errors are those of the information, or clustered sandwiches of the
// penalised score; intervals and tests for independent rows should be those of the profile. Errors: an unfit design, an outcome of one kind only.
func FitFirth(d Design, y []bool) (*Firth, error) {
	if err := d.Check(len(y)); err != nil {
		return nil, err
	}
	f := &Firth{y: make([]float64, len(y))}
	f.design, f.scale = d.scaled()
	ones := 0
	for i, b := range y {
		f.y[i] = indicator(b)
		ones += bit(b)
	}
	if ones == 0 || ones == len(y) {
		return nil, fmt.Errorf("firth: the outcome takes one value only: nothing to explain")
	}
	start := make([]float64, len(d.Names))
	theta, ll, it, ok := f.maximise(start, -1)
	inv, pd := inverse(f.state(theta).info)
	if !pd {
		return nil, fmt.Errorf("firth: the information is singular at the maximum")
	}
	f.inner = theta
	coef := make([]float64, len(theta))
	for j, s := range f.scale {
		coef[j] = theta[j] / s
		ll += math.Log(s) // ½ log|I| in the columns' own units
	}
	for i := range f.scale {
		for j := i; j < len(f.scale); j++ {
			inv.SetSym(i, j, inv.At(i, j)/(f.scale[i]*f.scale[j]))
		}
	}
	f.Fit = Fit{Model: "Firth logit", Names: d.Names, Coef: coef, N: len(y), LogLik: ll, Iterations: it, Converged: ok, Reference: d.Reference}
	f.cluster, f.Clusters = d.clusterIndex()
	f.bread, f.model = inv, inv
	f.PenalizedLogLik = ll
	f.scores = f.rowScores(d.X, coef, inv)
	if !ok {
		f.Warnings = append(f.Warnings, "the maximum was not found: do not use these numbers")
	}
	return f, nil
}

type firthState struct {
	ll    float64
	score []float64
	info  *mat.SymDense
}

// state is the penalised log likelihood, the modified score and the information at theta.
func (f *Firth) state(theta []float64) firthState {
	k := len(theta)
	s := firthState{score: make([]float64, k), info: mat.NewSymDense(k, nil)}
	p := make([]float64, len(f.y))
	for i, x := range f.design.X {
		eta := dot(x, theta)
		p[i] = logisticCDF(eta)
		if f.y[i] == 1 {
			s.ll -= log1pExp(-eta)
		} else {
			s.ll -= log1pExp(eta)
		}
		addOuter(s.info, p[i]*(1-p[i]), x)
	}
	inv, ok := inverse(s.info)
	if !ok {
		s.ll = math.Inf(-1)
		return s
	}
	var c mat.Cholesky
	c.Factorize(s.info)
	s.ll += c.LogDet() / 2
	for i, x := range f.design.X {
		v := mat.NewVecDense(k, x)
		h := p[i] * (1 - p[i]) * mat.Inner(v, inv, v)
		r := f.y[i] - p[i] + h*(0.5-p[i])
		for j := range x {
			s.score[j] += r * x[j]
		}
	}
	return s
}

// maximise climbs from start with Fisher steps; the coefficient held (or -1) stays at its start.
func (f *Firth) maximise(start []float64, held int) (theta []float64, ll float64, iterations int, ok bool) {
	theta = append([]float64(nil), start...)
	s := f.state(theta)
	for iterations = 1; iterations <= 200; iterations++ {
		step := f.fisherStep(s, held)
		if step == nil {
			return theta, s.ll, iterations, false
		}
		if small(step, theta) {
			return theta, s.ll, iterations, true
		}
		if m := largest(step); m > 5 {
			for j := range step {
				step[j] *= 5 / m
			}
		}
		moved := false
		for half := 0; half < 30 && !moved; half++ {
			next := make([]float64, len(theta))
			for j := range next {
				next[j] = theta[j] + step[j]
				step[j] /= 2
			}
			if n := f.state(next); n.ll >= s.ll-1e-12*(1+math.Abs(s.ll)) {
				theta, s, moved = next, n, true
			}
		}
		if !moved {
			return theta, s.ll, iterations, largest(step) < 1e-6
		}
	}
	return theta, s.ll, iterations, false
}

func (f *Firth) fisherStep(s firthState, held int) []float64 {
	k := len(s.score)
	info, score := mat.NewSymDense(k, nil), append([]float64(nil), s.score...)
	info.CopySym(s.info)
	if held >= 0 {
		for j := 0; j < k; j++ {
			info.SetSym(held, j, 0)
		}
		info.SetSym(held, held, 1)
		score[held] = 0
	}
	step, ok := solveStep(info, score)
	if !ok {
		return nil
	}
	return append([]float64(nil), step...)
}

// profile is the penalised log likelihood maximised with coefficient j held at b.
func (f *Firth) profile(j int, b float64) float64 {
	start := append([]float64(nil), f.inner...)
	start[j] = b * f.scale[j]
	_, ll, _, _ := f.maximise(start, j)
	for _, s := range f.scale {
		ll += math.Log(s)
	}
	return ll
}

// ProfileIntervals are the coefficients with profile-likelihood limits: the values at which
// twice the fall of the penalised log likelihood reaches the chi-square quantile. A limit
// beyond ±50 standard errors is infinite, with a warning.
func (f *Firth) ProfileIntervals(level float64) []Estimate {
	drop := ChiSquaredQuantile(level, 1) / 2
	se := rootDiagonal(f.model)
	out := make([]Estimate, len(f.Coef))
	for j, b := range f.Coef {
		e := Estimate{Value: b, SE: se[j], Level: level, N: f.N, Clusters: f.Clusters, Reference: f.Reference,
			Method: "Firth logit coefficient, profile likelihood interval"}
		lo, okLo := f.limit(j, -1, drop, se[j])
		hi, okHi := f.limit(j, 1, drop, se[j])
		e.Lo, e.Hi = lo, hi
		if !okLo || !okHi {
			e = e.warn("the profile is flat: a limit is infinite")
		}
		out[j] = e
	}
	return out
}

func (f *Firth) limit(j int, direction, drop, se float64) (float64, bool) {
	g := func(b float64) float64 { return f.PenalizedLogLik - f.profile(j, b) - drop }
	inner, step := f.Coef[j], direction*se
	outer := inner + step
	for i := 0; g(outer) < 0; i++ {
		if i == 12 || math.Abs(outer-f.Coef[j]) > 50*se {
			return math.Inf(int(direction)), false
		}
		inner, step = outer, step*1.6
		outer += step
	}
	return secantBisect(g, inner, outer), true
}

// secantBisect finds the root of g between a (negative) and b (positive) by the Illinois rule.
func secantBisect(g func(float64) float64, a, b float64) float64 {
	ga, gb := g(a), g(b)
	for i := 0; i < 80 && math.Abs(b-a) > 1e-10*(1+math.Abs(b)); i++ {
		c := (a*gb - b*ga) / (gb - ga)
		gc := g(c)
		if math.Abs(gc) < 1e-13 {
			return c
		}
		if (gc > 0) == (gb > 0) {
			ga /= 2
		} else {
			a, ga = b, gb
		}
		b, gb = c, gc
	}
	return b
}

// ProfileTests are the penalised likelihood-ratio tests of each coefficient being 0.
func (f *Firth) ProfileTests() []Test {
	out := make([]Test, len(f.Coef))
	for j, n := range f.Names {
		x := math.Max(0, 2*(f.PenalizedLogLik-f.profile(j, 0)))
		out[j] = chiSquareTest(n+" = 0", x, 1, f.N, "penalised likelihood ratio")
	}
	return out
}

// rowScores are the rows' parts of the penalised score, x(y - p + h(½ - p)) with the leverage h, which add up to 0 at the
// maximum: the meat of the clustered sandwich of a penalised logit (Mondol and Rahman 2019, Stat. Med. 38:2544-2560).
func (f *Firth) rowScores(rows [][]float64, theta []float64, inv *mat.SymDense) [][]float64 {
	out := make([][]float64, len(f.y))
	for i, x := range rows {
		p := logisticCDF(dot(x, theta))
		v := mat.NewVecDense(len(x), x)
		r := f.y[i] - p + p*(1-p)*mat.Inner(v, inv, v)*(0.5-p)
		out[i] = make([]float64, len(x))
		for j := range x {
			out[i][j] = r * x[j]
		}
	}
	return out
}

func log1pExp(x float64) float64 {
	if x > 35 {
		return x
	}
	return math.Log1p(math.Exp(x))
}

// BinaryFit is a binary regression that fell back to Firth where maximum likelihood does not exist.
type BinaryFit struct {
	Logit *Multinomial // always, also when separated
	Firth *Firth       // only when separated
}

// FitBinary fits a binary logit and, where cells separate, Firth's logit beside it; the table
// note must say which was used (UsedFirth). Errors as FitLogit and FitFirth.
func FitBinary(d Design, y []bool) (*BinaryFit, error) {
	m, err := FitLogit(d, y)
	if err != nil {
		return nil, err
	}
	b := &BinaryFit{Logit: m}
	if len(m.Separated) > 0 || !m.Converged {
		b.Firth, err = FitFirth(d, y)
	}
	return b, err
}

// UsedFirth says whether Estimates come from Firth's logit.
func (b *BinaryFit) UsedFirth() bool { return b.Firth != nil }

// Estimates are the coefficients: clustered (the model's default) or, under separation, Firth
// with profile limits and a warning that names the separated columns.
func (b *BinaryFit) Estimates(level float64) ([]Estimate, error) {
	if b.Firth == nil {
		return b.Logit.Estimates(b.Logit.DefaultVariance(), level)
	}
	out := b.Firth.ProfileIntervals(level)
	for i := range out {
		out[i] = out[i].warn("separation in %v: Firth's logit, errors not clustered", b.Logit.Separated)
	}
	return out, nil
}
