package agreement

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Variance names the covariance of the coefficients and its small-sample factor.
type Variance string

const (
	ModelVariance Variance = "model"         // inverse information
	HC0           Variance = "HC0"           // White 1980
	HC1           Variance = "HC1"           // HC0 · N/(N-K)
	HC3           Variance = "HC3"           // MacKinnon and White 1985; least squares only
	ClusterCR0    Variance = "cluster CR0"   // Liang and Zeger 1986, no factor
	ClusterG      Variance = "cluster CR0·G" // CR0 · G/(G-1), the default for likelihood models
	ClusterCR1    Variance = "cluster CR1"   // CR0 · G/(G-1) · (N-1)/(N-K), the default for least squares
)

func (v Variance) clustered() bool { return strings.HasPrefix(string(v), "cluster") }

// Fit is a fitted regression. Coef and the rows of covariances follow Names.
type Fit struct {
	Model      string
	Names      []string
	Coef       []float64
	N          int
	Clusters   int
	LogLik     float64
	NullLogLik float64 // intercept(s) only; 0 if not computed
	Iterations int
	Converged  bool
	Separated  []string // coefficients without finite estimate
	Reference  string
	Warnings   []string

	bread   *mat.SymDense // inverse information
	model   *mat.SymDense // model covariance
	scores  [][]float64   // per row
	hat     []float64     // leverages, least squares only
	cluster []int
	rows    [][]float64 // predictors, working weights and raw residuals, for CR2 and CR3
	weights []float64
	errors  []float64
	squares bool // least squares: t quantiles, CR1 by default
}

// Covariance is the covariance matrix of the coefficients. Errors: clusters asked for without
// cluster ids or with one cluster, HC3 outside least squares.
func (f *Fit) Covariance(kind Variance) (*mat.SymDense, error) {
	n, k := float64(f.N), float64(len(f.Coef))
	switch kind {
	case ModelVariance:
		return f.model, nil
	case HC0:
		return sandwich(f.bread, f.meat(nil)), nil
	case HC1:
		v := sandwich(f.bread, f.meat(nil))
		v.ScaleSym(n/(n-k), v)
		return v, nil
	case HC3:
		if f.hat == nil {
			return nil, fmt.Errorf("%s: HC3 is defined here for least squares only: use HC1 or clusters", f.Model)
		}
		return sandwich(f.bread, f.meat(f.hat)), nil
	}
	if f.Clusters < 2 {
		return nil, fmt.Errorf("%s: %d clusters: clustered errors need two or more", f.Model, f.Clusters)
	}
	if kind == ClusterCR2 || kind == ClusterCR3 {
		meat, err := f.leverageMeat(map[Variance]float64{ClusterCR2: -0.5, ClusterCR3: -1}[kind])
		if err != nil {
			return nil, err
		}
		return sandwich(f.bread, meat), nil
	}
	v := sandwich(f.bread, f.clusterMeat())
	g := float64(f.Clusters)
	switch kind {
	case ClusterG:
		v.ScaleSym(g/(g-1), v)
	case ClusterCR1:
		v.ScaleSym(g/(g-1)*(n-1)/(n-k), v)
	}
	return v, nil
}

// DefaultVariance is ClusterG for likelihood models and ClusterCR1 for least squares with
// clusters; without, the model's or HC1.
func (f *Fit) DefaultVariance() Variance {
	switch {
	case f.Clusters >= 2 && f.squares:
		return ClusterCR1
	case f.Clusters >= 2:
		return ClusterG
	case f.squares:
		return HC1
	}
	return ModelVariance
}

// SE are the standard errors under the variance.
func (f *Fit) SE(kind Variance) ([]float64, error) {
	v, err := f.Covariance(kind)
	if err != nil {
		return nil, err
	}
	return rootDiagonal(v), nil
}

// Estimates are the coefficients with intervals (normal; t(N-K) for least squares, t(G-1)
// with clusters in least squares). A separated coefficient is undefined, and so are all of a
// fit that did not converge for another reason.
func (f *Fit) Estimates(kind Variance, level float64) ([]Estimate, error) {
	se, err := f.SE(kind)
	if err != nil {
		return nil, err
	}
	q := f.quantile(kind, level)
	out := make([]Estimate, len(f.Coef))
	for i := range f.Coef {
		method := fmt.Sprintf("%s coefficient, %s standard errors", f.Model, kind)
		if contains(f.Separated, f.Names[i]) {
			out[i] = undefined(f.N, method, "separation: no finite maximum likelihood estimate; see Firth")
			continue
		}
		if !f.Converged && len(f.Separated) == 0 {
			out[i] = undefined(f.N, method, "the likelihood has no maximum that was found")
			continue
		}
		e := Estimate{Value: f.Coef[i], SE: se[i], Lo: f.Coef[i] - q*se[i], Hi: f.Coef[i] + q*se[i], Level: level,
			N: f.N, Clusters: f.Clusters, Method: method, Reference: f.Reference}
		out[i] = f.clusterWarning(kind, e)
	}
	return out, nil
}

func (f *Fit) quantile(kind Variance, level float64) float64 {
	p := 1 - (1-level)/2
	switch {
	case f.squares && kind.clustered():
		return StudentQuantile(p, float64(f.Clusters-1))
	case f.squares:
		return StudentQuantile(p, float64(f.N-len(f.Coef)))
	}
	return NormalQuantile(p)
}

func (f *Fit) clusterWarning(kind Variance, e Estimate) Estimate {
	if kind.clustered() && f.Clusters < 40 {
		return e.warn("%d clusters: clustered errors are too small with few clusters", f.Clusters)
	}
	return e
}

// McFadden is 1 - logL/logL0; undefined without a null model.
func (f *Fit) McFadden() Estimate {
	if f.NullLogLik == 0 {
		return undefined(f.N, "McFadden R²", "no null model")
	}
	return pointOnly(1-f.LogLik/f.NullLogLik, f.N, "McFadden R² (1974)")
}

// AIC is 2K - 2 logL.
func (f *Fit) AIC() float64 { return 2*float64(len(f.Coef)) - 2*f.LogLik }

// BIC is K log N - 2 logL.
func (f *Fit) BIC() float64 { return float64(len(f.Coef))*math.Log(float64(f.N)) - 2*f.LogLik }

func (f *Fit) meat(hat []float64) *mat.SymDense {
	m := mat.NewSymDense(len(f.Coef), nil)
	for i, s := range f.scores {
		w := 1.0
		if hat != nil {
			w = 1 / ((1 - hat[i]) * (1 - hat[i]))
		}
		addOuter(m, w, s)
	}
	return m
}

// clusterMeat sums scores by cluster in order of first appearance, never in map order.
func (f *Fit) clusterMeat() *mat.SymDense {
	sums := make([][]float64, f.Clusters)
	for g := range sums {
		sums[g] = make([]float64, len(f.Coef))
	}
	for i, s := range f.scores {
		for j, v := range s {
			sums[f.cluster[i]][j] += v
		}
	}
	m := mat.NewSymDense(len(f.Coef), nil)
	for _, s := range sums {
		addOuter(m, 1, s)
	}
	return m
}

func rootDiagonal(v *mat.SymDense) []float64 {
	out := make([]float64, v.SymmetricDim())
	for i := range out {
		out[i] = math.Sqrt(math.Max(0, v.At(i, i)))
	}
	return out
}

// LikelihoodRatio compares nested fits of the same rows: 2(logL - logL0) on the difference of parameters.
func LikelihoodRatio(name string, full, restricted *Fit) Test {
	df := float64(len(full.Coef) - len(restricted.Coef))
	if df <= 0 || full.N != restricted.N {
		return undefinedTest(name, full.N, "the models are not nested on the same rows")
	}
	return chiSquareTest(name, math.Max(0, 2*(full.LogLik-restricted.LogLik)), df, full.N, "likelihood ratio")
}
