package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Coded is a corpus in which every row has a rule label and a known chance of having been
// hand-coded. It is what design-based supervised learning needs.
type Coded struct {
	Predicted []float64 // rule labels, every row
	Truth     []float64 // hand labels; read only where Sampled
	Sampled   []bool    // hand-coded
	Chance    []float64 // inclusion probability π > 0, every row
	Cluster   []string  // or nil
	// Within restricts a regression to the rows that belong to its population where that too is read by rule (a ruling
	// that was understood): 1 or 0 by the rule label, and by hand. nil: every row belongs.
	Within *Membership
}

// Membership says by rule label and, where hand-coded, by hand whether a row belongs.
type Membership struct{ Predicted, Truth []float64 }

// membership is what a row counts: 1 or 0 by rule label, corrected where hand-coded.
func (c Coded) membership() []float64 {
	if c.Within == nil {
		out := make([]float64, len(c.Predicted))
		for i := range out {
			out[i] = 1
		}
		return out
	}
	return Coded{Predicted: c.Within.Predicted, Truth: c.Within.Truth, Sampled: c.Sampled, Chance: c.Chance}.PseudoOutcome()
}

// Check says what makes the coding unfit: lengths, a chance outside (0, 1], nothing sampled.
func (c Coded) Check() error {
	n := len(c.Predicted)
	if c.Within != nil && (len(c.Within.Predicted) != n || len(c.Within.Truth) != n) {
		return fmt.Errorf("coded sample: membership must have one value a row")
	}
	if n == 0 || len(c.Truth) != n || len(c.Sampled) != n || len(c.Chance) != n || (c.Cluster != nil && len(c.Cluster) != n) {
		return fmt.Errorf("coded sample: predicted, truth, sampled, chance and cluster must have one value a row")
	}
	any := false
	for i, p := range c.Chance {
		if !(p > 0 && p <= 1) {
			return fmt.Errorf("coded sample: row %d has inclusion probability %v: it must lie in (0, 1]", i, p)
		}
		if c.Sampled[i] && math.IsNaN(c.Truth[i]) {
			return fmt.Errorf("coded sample: row %d is sampled but has no hand label", i)
		}
		any = any || c.Sampled[i]
	}
	if !any {
		return fmt.Errorf("coded sample: no row is hand-coded")
	}
	return nil
}

// PseudoOutcome is Ŷ + (R/π)(Y - Ŷ), unbiased for Y whatever the errors of the rule labels.
func (c Coded) PseudoOutcome() []float64 {
	out := append([]float64(nil), c.Predicted...)
	for i, s := range c.Sampled {
		if s {
			out[i] += (c.Truth[i] - c.Predicted[i]) / c.Chance[i]
		}
	}
	return out
}

// DSLMean is the design-based supervised learning mean (Egami, Hinck, Stewart and Wei 2023,
// NeurIPS 36; 2024, Using LLM annotations): the mean of the pseudo outcome with its sandwich,
// summed by cluster where clusters are given.
func DSLMean(c Coded, level float64) (Estimate, error) {
	n := len(c.Predicted)
	d := Design{Names: []string{"mean"}, Cluster: c.Cluster, X: make([][]float64, n)}
	for i := range d.X {
		d.X[i] = []float64{1}
	}
	f, err := DSLLinear(d, c)
	if err != nil {
		return Estimate{}, err
	}
	se, err := f.SE(f.DefaultVariance())
	if err != nil {
		return Estimate{}, err
	}
	e := normalEstimate(f.Coef[0], se[0], level, n, fmt.Sprintf("DSL mean, %s errors", f.DefaultVariance()))
	e.Clusters = f.Clusters
	return e, nil
}

// DSLFit is a regression on pseudo outcomes; its errors are sandwiches without small-sample
// factor (HC0, or CR0 with clusters).
type DSLFit struct{ Fit }

// DefaultVariance is CR0 with clusters, else HC0.
func (f *DSLFit) DefaultVariance() Variance {
	if f.Clusters >= 2 {
		return ClusterCR0
	}
	return HC0
}

// DSLLinear is least squares of the pseudo outcome on the design.
func DSLLinear(d Design, c Coded) (*DSLFit, error) {
	return dslFit("DSL linear", d, c, func(eta float64) (float64, float64) { return eta, 1 })
}

// DSLLogit solves Σ x(Ỹ - d̃·logistic(xβ)) = 0, d̃ = 1 unless c restricts the rows (an outcome must then be 0 where the
// row does not belong). The pseudo outcome is not 0 or 1; the equation still has its root where the true labels' logit has.
func DSLLogit(d Design, c Coded) (*DSLFit, error) {
	return dslFit("DSL logit", d, c, func(eta float64) (float64, float64) {
		p := logisticCDF(eta)
		return p, p * (1 - p)
	})
}

func dslFit(model string, d Design, c Coded, mean func(eta float64) (mu, slope float64)) (*DSLFit, error) {
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", model, err)
	}
	if d.Cluster == nil {
		d.Cluster = c.Cluster
	}
	if err := d.Check(len(c.Predicted)); err != nil {
		return nil, fmt.Errorf("%s: %w", model, err)
	}
	y, in := c.PseudoOutcome(), c.membership()
	theta := make([]float64, len(d.Names))
	f := &DSLFit{Fit{Model: model, Names: d.Names, N: len(y), Reference: d.Reference}}
	var jac *mat.SymDense
	for f.Iterations = 0; f.Iterations < newtonSteps && !f.Converged; f.Iterations++ {
		score := make([]float64, len(theta))
		jac, f.scores = mat.NewSymDense(len(theta), nil), make([][]float64, len(y))
		for i, x := range d.X {
			mu, slope := mean(dot(x, theta))
			addOuter(jac, in[i]*slope, x)
			f.scores[i] = make([]float64, len(x))
			for j := range x {
				f.scores[i][j] = x[j] * (y[i] - in[i]*mu)
				score[j] += f.scores[i][j]
			}
		}
		step, ok := solveStep(jac, score)
		if !ok || largest(step) > 1e6 {
			break
		}
		f.Converged = small(step, theta)
		for j := range theta {
			theta[j] += step[j]
		}
	}
	inv, ok := inverse(jac)
	if !ok || !f.Converged {
		return nil, fmt.Errorf("%s: the estimating equation has no root here: too few hand-coded rows or separation", model)
	}
	f.Coef, f.bread, f.model = theta, inv, inv
	f.cluster, f.Clusters = d.clusterIndex()
	return f, nil
}

// Estimates are the coefficients with normal limits under DefaultVariance.
func (f *DSLFit) Estimates(level float64) ([]Estimate, error) {
	return f.Fit.Estimates(f.DefaultVariance(), level)
}
