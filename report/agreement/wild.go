package agreement

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// WildClusterTest tests that one coefficient is 0 by a wild cluster bootstrap with the null
// imposed, for few clusters (courts under about 40), two-sided.
//
// Least squares: y* = Xβ̃ + v_g ũ, refitted, t with CR1 (Cameron, Gelbach and Miller 2008, Rev.
// Econ. Stat. 90:414-427). Binary logit: the scores of the restricted fit are perturbed instead
// (Kline and Santos 2012, J. Econom. Methods 1:23-41). Signs v_g are Rademacher, from 12
// clusters down Webb's six points. Draw d uses PCG(seed, d). Undefined without clusters, or
// where the restricted model has no maximum.
func WildClusterTest(d Design, column string, y []float64, binary bool, draws int, seed uint64) Test {
	name := fmt.Sprintf("%s = 0, wild cluster bootstrap", column)
	col := -1
	for j, n := range d.Names {
		if n == column {
			col = j
		}
	}
	cluster, g := d.clusterIndex()
	switch {
	case col < 0 || len(d.Names) < 2:
		return undefinedTest(name, len(y), "the column is not in the design, or is the only one")
	case g < 5:
		return undefinedTest(name, len(y), "fewer than five clusters")
	case d.Check(len(y)) != nil:
		return undefinedTest(name, len(y), d.Check(len(y)).Error())
	}
	w := &wildTest{d: d, cluster: cluster, g: g, col: col}
	if !w.restricted(y, binary) {
		return undefinedTest(name, len(y), "the model without the column has no maximum here")
	}
	ones := make([]float64, g)
	for i := range ones {
		ones[i] = 1
	}
	observed := w.statistic(ones, binary)
	hits, made := 0, 0
	for b := 0; b < draws; b++ {
		v := wildSigns(rand.New(rand.NewPCG(seed, uint64(b))), g)
		t := w.statistic(v, binary)
		if math.IsNaN(t) {
			continue
		}
		made++
		hits += bit(t >= observed*(1-1e-12))
	}
	if math.IsNaN(observed) || made == 0 {
		return undefinedTest(name, len(y), "the statistic does not exist")
	}
	kind := "least squares, restricted residuals"
	if binary {
		kind = "binary logit, restricted scores"
	}
	return Test{Name: name, P: float64(hits) / float64(made), N: len(y),
		Method: fmt.Sprintf("wild cluster bootstrap (%s), %d clusters, %d draws, seed %d", kind, g, made, seed)}
}

// wildTest holds, a cluster, the score of the restricted fit and the information.
type wildTest struct {
	d       Design
	cluster []int
	g, col  int
	bread   *mat.SymDense
	scores  [][]float64
	info    []*mat.SymDense
}

func (w *wildTest) restricted(y []float64, binary bool) bool {
	r := Design{X: make([][]float64, len(y))}
	for j, n := range w.d.Names {
		if j != w.col {
			r.Names = append(r.Names, n)
		}
	}
	for i, row := range w.d.X {
		r.X[i] = append(append([]float64(nil), row[:w.col]...), row[w.col+1:]...)
	}
	coef, ok := restrictedFit(r, y, binary)
	if !ok {
		return false
	}
	k := len(w.d.Names)
	total := mat.NewSymDense(k, nil)
	for c := 0; c < w.g; c++ {
		w.scores, w.info = append(w.scores, make([]float64, k)), append(w.info, mat.NewSymDense(k, nil))
	}
	for i, x := range w.d.X {
		mu, slope := dot(r.X[i], coef), 1.0
		if binary {
			mu = logisticCDF(mu)
			slope = mu * (1 - mu)
		}
		for j := range x {
			w.scores[w.cluster[i]][j] += x[j] * (y[i] - mu)
		}
		addOuter(w.info[w.cluster[i]], slope, x)
		addOuter(total, slope, x)
	}
	w.bread, ok = inverse(total)
	return ok
}

func restrictedFit(r Design, y []float64, binary bool) ([]float64, bool) {
	if !binary {
		f, err := FitLeastSquares(r, y, nil)
		if err != nil {
			return nil, false
		}
		return f.Coef, true
	}
	yes := make([]bool, len(y))
	for i, v := range y {
		yes[i] = v > 0.5
	}
	f, err := FitLogit(r, yes)
	if err != nil || !f.Converged {
		return nil, false
	}
	return f.Coef, true
}

// statistic is |t| of the column for cluster signs v; the step δ = A⁻¹ Σ v_g s_g is the
// coefficient's departure from the null, and for least squares the refitted scores are v_g s_g - A_g δ.
func (w *wildTest) statistic(v []float64, binary bool) float64 {
	k := len(w.d.Names)
	sum := mat.NewVecDense(k, nil)
	for g, s := range w.scores {
		for j := range s {
			sum.SetVec(j, sum.AtVec(j)+v[g]*s[j])
		}
	}
	var delta mat.VecDense
	delta.MulVec(w.bread, sum)
	row := mat.NewVecDense(k, nil)
	for j := 0; j < k; j++ {
		row.SetVec(j, w.bread.At(w.col, j))
	}
	variance := 0.0
	for g, s := range w.scores {
		c := v[g] * dot(row.RawVector().Data, s)
		if !binary {
			c -= mat.Inner(row, w.info[g], &delta)
		}
		variance += c * c
	}
	if variance == 0 {
		return math.NaN()
	}
	return math.Abs(delta.AtVec(w.col)) / math.Sqrt(variance)
}

// wildSigns are Rademacher signs, or Webb's (2014) six points for 12 clusters and fewer, where
// signs alone give too few different draws.
func wildSigns(rng *rand.Rand, g int) []float64 {
	v := make([]float64, g)
	for i := range v {
		if g > 12 {
			v[i] = 2*float64(rng.IntN(2)) - 1
			continue
		}
		v[i] = [...]float64{-math.Sqrt(1.5), -1, -math.Sqrt(0.5), math.Sqrt(0.5), 1, math.Sqrt(1.5)}[rng.IntN(6)]
	}
	return v
}
