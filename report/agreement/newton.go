package agreement

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// likelihood is a log likelihood with its score and (observed) information at theta.
type likelihood interface {
	value(theta []float64) float64
	derivatives(theta []float64) (score []float64, info *mat.SymDense)
}

// newtonResult is where Newton's method ended.
type newtonResult struct {
	theta      []float64
	loglik     float64
	info       *mat.SymDense
	recession  []float64 // a long step that gained nothing: the recession direction under separation
	iterations int
	converged  bool
}

const (
	newtonSteps     = 40
	newtonTolerance = 1e-11 // of the largest step, relative to the coefficients
)

// newton maximises by Newton's method with step halving; information that is not positive
// definite gets a small ridge for the step only.
func newton(l likelihood, theta []float64) newtonResult {
	r := newtonResult{theta: append([]float64(nil), theta...)}
	r.loglik = l.value(r.theta)
	for r.iterations = 0; r.iterations < newtonSteps; r.iterations++ {
		score, info := l.derivatives(r.theta)
		r.info = info
		step, ok := solveStep(info, score)
		if !ok {
			return r
		}
		if small(step, r.theta) {
			r.converged = true
			r.add(l, step)
			_, r.info = l.derivatives(r.theta)
			return r
		}
		before := r.loglik
		if !r.add(l, step) {
			return r
		}
		if largest(step) > 0.1 && r.loglik-before < 1e-8*(1+math.Abs(r.loglik)) {
			r.recession = step
		}
	}
	return r
}

// add takes the step, halved until the likelihood does not fall; false if no step helps.
func (r *newtonResult) add(l likelihood, step []float64) bool {
	scale := 1.0
	for half := 0; half < 30; half++ {
		next := make([]float64, len(r.theta))
		for j := range next {
			next[j] = r.theta[j] + scale*step[j]
		}
		v := l.value(next)
		if !math.IsNaN(v) && v >= r.loglik-1e-9*(1+math.Abs(r.loglik)) {
			r.theta, r.loglik = next, v
			return true
		}
		scale /= 2
	}
	return false
}

func solveStep(info *mat.SymDense, score []float64) ([]float64, bool) {
	k := len(score)
	b := mat.NewVecDense(k, append([]float64(nil), score...))
	ridge := 0.0
	for try := 0; try < 12; try++ {
		a := mat.NewSymDense(k, nil)
		a.CopySym(info)
		for j := 0; j < k; j++ {
			a.SetSym(j, j, a.At(j, j)+ridge*(1e-8+math.Abs(info.At(j, j))))
		}
		var c mat.Cholesky
		var x mat.VecDense
		if c.Factorize(a) {
			err := c.SolveVecTo(&x, b)
			if _, illConditioned := err.(mat.Condition); err == nil || illConditioned {
				return append([]float64(nil), x.RawVector().Data...), finite(x.RawVector().Data)
			}
		}
		if ridge == 0 {
			ridge = 1e-10
		} else {
			ridge *= 30
		}
	}
	return nil, false
}

func small(step, theta []float64) bool {
	for j := range step {
		if math.Abs(step[j]) > newtonTolerance*(1+math.Abs(theta[j])) {
			return false
		}
	}
	return true
}

func finite(v []float64) bool {
	for _, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// logisticCDF is 1/(1+exp(-x)) without overflow.
func logisticCDF(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}
