package agreement

import (
	"fmt"
	"math"
)

// Weights is a k x k matrix of agreement weights: 1 on the diagonal, down to 0.
type Weights struct {
	Name string
	W    [][]float64
}

// IdentityWeights count full agreement only.
func IdentityWeights(k int) Weights {
	return makeWeights("unweighted", k, func(i, j int) float64 {
		if i == j {
			return 1
		}
		return 0
	})
}

// LinearWeights are 1 - |i-j|/(k-1) (Cicchetti and Allison 1971).
func LinearWeights(k int) Weights { return SeverityWeights("linear", ranks(k), 1) }

// QuadraticWeights are 1 - (i-j)²/(k-1)² (Fleiss and Cohen 1973).
func QuadraticWeights(k int) Weights { return SeverityWeights("quadratic", ranks(k), 2) }

// SeverityWeights are 1 - (|s_i-s_j|/range)^power for declared severity scores s (the pack's
// order of liability forms); equal scores agree fully.
func SeverityWeights(name string, scores []float64, power float64) Weights {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, s := range scores {
		lo, hi = math.Min(lo, s), math.Max(hi, s)
	}
	return makeWeights(name, len(scores), func(i, j int) float64 {
		if i == j || hi == lo {
			return 1
		}
		return 1 - math.Pow(math.Abs(scores[i]-scores[j])/(hi-lo), power)
	})
}

// OrdinalWeights are 1 - C(|i-j|+1, 2)/C(k, 2) (Gwet 2014, section 3.5).
func OrdinalWeights(k int) Weights {
	return makeWeights("ordinal", k, func(i, j int) float64 {
		if i == j {
			return 1
		}
		d := math.Abs(float64(i-j)) + 1
		return 1 - (d*(d-1))/(float64(k)*float64(k-1))
	})
}

func makeWeights(name string, k int, f func(i, j int) float64) Weights {
	w := Weights{Name: name, W: make([][]float64, k)}
	for i := range w.W {
		w.W[i] = make([]float64, k)
		for j := range w.W[i] {
			w.W[i][j] = f(i, j)
		}
	}
	return w
}

func ranks(k int) []float64 {
	r := make([]float64, k)
	for i := range r {
		r[i] = float64(i)
	}
	return r
}

// Kappa is Cohen's (weighted) kappa with the standard error of Fleiss, Cohen and Everitt.
type Kappa struct {
	Estimate          // kappa ± z·SE, not truncated
	Observed  float64 // weighted observed agreement
	Expected  float64 // weighted agreement expected by chance
	NullSE    float64 // standard error under kappa = 0
	Null      Test    // z² test of kappa = 0 (Statistic is z)
	Prevalent float64 // largest mean margin: where it nears 1, kappa is unstable whatever the agreement
}

// CohenKappa computes kappa (Cohen 1960, 1968) with the non-null and null standard errors of
// Fleiss, Cohen and Everitt (1969, Psychol. Bull. 72:323-327). Undefined where chance
// agreement is 1 (one class only) or there are no units.
func (c *Confusion) CohenKappa(w Weights, level float64) Kappa {
	p := probabilities(c.Counts)
	return kappaFromProbabilities(p, c.N(), w, level)
}

func kappaFromProbabilities(p [][]float64, n int, w Weights, level float64) Kappa {
	method := fmt.Sprintf("Cohen kappa (%s), Fleiss-Cohen-Everitt SE", w.Name)
	if n == 0 || len(w.W) != len(p) {
		return Kappa{Estimate: undefined(n, method, "no units, or weights of another size"), Null: undefinedTest("kappa = 0", n, "no units")}
	}
	row, col := realMargins(p)
	wr, wc := weightedMargins(w, row, col)
	var po, pe float64
	for i := range p {
		for j := range p {
			po += w.W[i][j] * p[i][j]
			pe += w.W[i][j] * row[i] * col[j]
		}
	}
	k := Kappa{Observed: po, Expected: pe, Prevalent: prevalence(row, col)}
	if 1-pe < 1e-14 {
		k.Estimate = undefined(n, method, "chance agreement is 1: one class only")
		k.Null = undefinedTest("kappa = 0", n, k.Reason)
		return k
	}
	var v, v0 float64
	for i := range p {
		for j := range p {
			a := w.W[i][j]*(1-pe) - (wr[i]+wc[j])*(1-po)
			v += p[i][j] * a * a
			b := w.W[i][j] - (wr[i] + wc[j])
			v0 += row[i] * col[j] * b * b
		}
	}
	d := po*pe - 2*pe + po
	se := math.Sqrt(math.Max(0, v-d*d)/float64(n)) / ((1 - pe) * (1 - pe))
	k.NullSE = math.Sqrt(math.Max(0, v0-pe*pe)/float64(n)) / (1 - pe)
	k.Estimate = normalEstimate((po-pe)/(1-pe), se, level, n, method)
	if po > 1-1e-14 {
		k.Estimate = k.Estimate.warn("perfect agreement: the interval has no width and says nothing about the next sample")
	}
	if k.Prevalent > 0.9 {
		k.Estimate = k.Estimate.warn("one class holds %.1f%% of the codes: read kappa with AC1, raw agreement and the no-information rate", 100*k.Prevalent)
	}
	k.Null = kappaNull(k)
	return k
}

func kappaNull(k Kappa) Test {
	if k.NullSE == 0 {
		return undefinedTest("kappa = 0", k.N, "null standard error is zero")
	}
	z := k.Value / k.NullSE
	return Test{Name: "kappa = 0 (z)", Statistic: z, DF: 1, P: twoSidedNormalP(z), N: k.N, Method: "Fleiss-Cohen-Everitt null SE"}
}

func probabilities(t [][]int) [][]float64 {
	n := 0
	for _, r := range t {
		for _, v := range r {
			n += v
		}
	}
	p := make([][]float64, len(t))
	for i, r := range t {
		p[i] = make([]float64, len(r))
		for j, v := range r {
			if n > 0 {
				p[i][j] = float64(v) / float64(n)
			}
		}
	}
	return p
}

func realMargins(p [][]float64) (row, col []float64) {
	row = make([]float64, len(p))
	if len(p) > 0 {
		col = make([]float64, len(p[0]))
	}
	for i, r := range p {
		for j, v := range r {
			row[i] += v
			col[j] += v
		}
	}
	return row, col
}

// weightedMargins are w̄_i. = Σ_j w_ij p_.j and w̄_.j = Σ_i w_ij p_i. .
func weightedMargins(w Weights, row, col []float64) (wr, wc []float64) {
	wr, wc = make([]float64, len(row)), make([]float64, len(col))
	for i := range row {
		for j := range col {
			wr[i] += w.W[i][j] * col[j]
			wc[j] += w.W[i][j] * row[i]
		}
	}
	return wr, wc
}

func prevalence(row, col []float64) float64 {
	m := 0.0
	for i := range row {
		m = math.Max(m, (row[i]+col[i])/2)
	}
	return m
}
