package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

const (
	ClusterCR2 Variance = "cluster CR2" // residuals times (I - H_gg)^-1/2, unbiased under the working model
	ClusterCR3 Variance = "cluster CR3" // residuals times (I - H_gg)^-1, close to the cluster jackknife
)

// leverageMeat is the sum over clusters of X_gᵀ A_g e_g and its transpose, A_g a power of I - H_gg,
// with H = W^½ X (XᵀWX)⁻¹ Xᵀ W^½ (Bell and McCaffrey 2002, Survey Methodology 28:169-181).
func (f *Fit) leverageMeat(power float64) (*mat.SymDense, error) {
	if f.rows == nil {
		return nil, fmt.Errorf("%s: leverage-corrected clusters are defined here for least squares and the binary logit", f.Model)
	}
	members := make([][]int, f.Clusters)
	for i, g := range f.cluster {
		members[g] = append(members[g], i)
	}
	k := len(f.Coef)
	meat := mat.NewSymDense(k, nil)
	for g, list := range members {
		if len(list) > maxClusterRows {
			return nil, fmt.Errorf("%s: cluster %d has %d rows: the leverage correction holds an n x n matrix a cluster, use CR1", f.Model, g, len(list))
		}
		s, err := f.correctedScore(list, power)
		if err != nil {
			return nil, err
		}
		addOuter(meat, 1, s)
	}
	return meat, nil
}

const maxClusterRows = 2000

func (f *Fit) correctedScore(list []int, power float64) ([]float64, error) {
	m, k := len(list), len(f.Coef)
	x := mat.NewDense(m, k, nil)
	e := make([]float64, m)
	for a, i := range list {
		w := math.Sqrt(f.weights[i])
		for j, v := range f.rows[i] {
			x.Set(a, j, w*v)
		}
		e[a] = f.errors[i] / w
	}
	var t, h mat.Dense
	t.Mul(x, f.bread)
	h.Mul(&t, x.T())
	free := mat.NewSymDense(m, nil)
	for a := 0; a < m; a++ {
		for b := a; b < m; b++ {
			free.SetSym(a, b, indicator(a == b)-(h.At(a, b)+h.At(b, a))/2)
		}
	}
	var eig mat.EigenSym
	if !eig.Factorize(free, true) {
		return nil, fmt.Errorf("%s: no eigenvalues of a cluster's leverage", f.Model)
	}
	var v mat.Dense
	eig.VectorsTo(&v)
	adjusted := make([]float64, m)
	for c, lambda := range eig.Values(nil) {
		if lambda < 1e-10 {
			continue // the cluster alone determines a coefficient: its direction carries no error
		}
		proj := 0.0
		for a := range e {
			proj += v.At(a, c) * e[a]
		}
		for a := range e {
			adjusted[a] += math.Pow(lambda, power) * proj * v.At(a, c)
		}
	}
	s := make([]float64, k)
	for a := range adjusted {
		for j := range s {
			s[j] += x.At(a, j) * adjusted[a]
		}
	}
	return s, nil
}
