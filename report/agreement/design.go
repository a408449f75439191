package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Design is the matrix of predictors of a regression with the clusters of its rows.
type Design struct {
	Names   []string    // one a column; the intercept is a column of ones
	X       [][]float64 // rows
	Cluster []string    // one a row, or nil: every row its own
	// Reference names the reference category of each set of indicator columns, for the note.
	Reference string
}

// Check says what makes the design unfit: no rows, rows of wrong length, values that are not
// finite, or columns that the others determine (the error names the column to drop).
func (d Design) Check(n int) error {
	switch {
	case len(d.X) == 0:
		return fmt.Errorf("design: no rows")
	case n >= 0 && len(d.X) != n:
		return fmt.Errorf("design: %d rows of predictors for %d outcomes", len(d.X), n)
	case d.Cluster != nil && len(d.Cluster) != len(d.X):
		return fmt.Errorf("design: %d cluster ids for %d rows", len(d.Cluster), len(d.X))
	}
	for i, row := range d.X {
		if len(row) != len(d.Names) {
			return fmt.Errorf("design: row %d has %d values for %d columns", i, len(row), len(d.Names))
		}
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("design: row %d, column %s is not finite: leave the row out or code it as unknown", i, d.Names[j])
			}
		}
	}
	if j := d.determined(); j >= 0 {
		return fmt.Errorf("design: column %s is determined by the columns before it: drop it or merge its categories", d.Names[j])
	}
	return nil
}

// determined is the first column that is a linear combination of those before it, -1 if none
// (Gram-Schmidt with re-orthogonalisation; a residue under 1e-9 of the column's length).
func (d Design) determined() int {
	var basis [][]float64
	for j := range d.Names {
		v := make([]float64, len(d.X))
		for i := range d.X {
			v[i] = d.X[i][j]
		}
		before := math.Sqrt(dot(v, v))
		for pass := 0; pass < 2; pass++ {
			for _, b := range basis {
				c := dot(b, v)
				for i := range v {
					v[i] -= c * b[i]
				}
			}
		}
		after := math.Sqrt(dot(v, v))
		if before == 0 || after < 1e-9*before {
			return j
		}
		for i := range v {
			v[i] /= after
		}
		basis = append(basis, v)
	}
	return -1
}

// scaled is the design with every column divided by its largest absolute value, and those
// values: iterations and the search for separation then do not depend on units of measurement.
func (d Design) scaled() (Design, []float64) {
	scale := make([]float64, len(d.Names))
	for _, row := range d.X {
		for j, v := range row {
			scale[j] = math.Max(scale[j], math.Abs(v))
		}
	}
	out := d
	out.X = make([][]float64, len(d.X))
	for i, row := range d.X {
		out.X[i] = make([]float64, len(row))
		for j, v := range row {
			out.X[i][j] = v / scale[j]
		}
	}
	return out, scale
}

// clusterIndex numbers the clusters in order of first appearance.
func (d Design) clusterIndex() (index []int, clusters int) {
	if d.Cluster == nil {
		return nil, 0
	}
	seen := map[string]int{}
	index = make([]int, len(d.Cluster))
	for i, id := range d.Cluster {
		g, ok := seen[id]
		if !ok {
			g = len(seen)
			seen[id] = g
		}
		index[i] = g
	}
	return index, len(seen)
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

// inverse of a symmetric positive definite matrix; false if it is not (numerically).
func inverse(a *mat.SymDense) (*mat.SymDense, bool) {
	var c mat.Cholesky
	if !c.Factorize(a) {
		return nil, false
	}
	var inv mat.SymDense
	if err := c.InverseTo(&inv); err != nil {
		if _, bad := err.(mat.Condition); !bad {
			return nil, false
		}
	}
	return &inv, true
}

// addOuter adds w·v·vᵀ to a (upper triangle, as SymDense stores it).
func addOuter(a *mat.SymDense, w float64, v []float64) {
	raw := a.RawSymmetric()
	for i, vi := range v {
		if vi == 0 {
			continue
		}
		row := raw.Data[i*raw.Stride : i*raw.Stride+len(v)]
		for j := i; j < len(v); j++ {
			row[j] += w * vi * v[j]
		}
	}
}

// sandwich is bread·meat·bread.
func sandwich(bread, meat *mat.SymDense) *mat.SymDense {
	k := bread.SymmetricDim()
	var t, v mat.Dense
	t.Mul(bread, meat)
	v.Mul(&t, bread)
	out := mat.NewSymDense(k, nil)
	for i := 0; i < k; i++ {
		for j := i; j < k; j++ {
			out.SetSym(i, j, (v.At(i, j)+v.At(j, i))/2)
		}
	}
	return out
}
