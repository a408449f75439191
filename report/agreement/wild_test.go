package agreement

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// TestWildClusterTestHoldsItsLevel: 15 clusters of unequal size with a common shock and a
// predictor that varies by cluster only, where the usual clustered test rejects too often.
func TestWildClusterTestHoldsItsLevel(t *testing.T) {
	for _, binary := range []bool{false, true} {
		const runs = 250
		wild, usual := 0, 0
		for run := 0; run < runs; run++ {
			rng := rand.New(rand.NewPCG(uint64(run), 11))
			d := Design{Names: []string{"(intercept)", "x"}}
			var y []float64
			var yes []bool
			for g := 0; g < 15; g++ {
				shock, x := 0.6*rng.NormFloat64(), indicator(g%3 == 0)
				for i := 0; i < 10+4*g; i++ {
					d.X = append(d.X, []float64{1, x})
					d.Cluster = append(d.Cluster, strconv.Itoa(g))
					v := shock + rng.NormFloat64()
					if binary {
						v = indicator(rng.Float64() < logisticCDF(shock))
					}
					y, yes = append(y, v), append(yes, v > 0.5)
				}
			}
			w := WildClusterTest(d, "x", y, binary, 199, 5)
			checkTest(t, w)
			wild += bit(w.P < 0.05)
			var fit *Fit
			if binary {
				fit = &must(FitLogit(d, yes)).Fit
			} else {
				fit = &must(FitLeastSquares(d, y, nil)).Fit
			}
			usual += bit(math.Abs(fit.Coef[1]/must(fit.SE(ClusterCR0))[1]) > 1.96)
		}
		t.Logf("binary %v: wild rejects %d of %d, CR0 with normal limits %d", binary, wild, runs, usual)
		if wild > 22 || wild < 4 || usual <= wild {
			t.Errorf("binary %v: wild rejects %d of %d at 5 %%, CR0 %d", binary, wild, runs, usual)
		}
	}
}

func TestSummaryListsEveryKeyOnce(t *testing.T) {
	c := table(t, []int{22, 2, 3}, []int{3, 14, 4}, []int{1, 3, 18})
	seen := map[string]bool{}
	for _, n := range c.Summary(nil, 0.95).List() {
		checkFinite(t, n.Estimate)
		if seen[n.Key] || n.Estimate.Method == "" {
			t.Errorf("key %q twice, or without method", n.Key)
		}
		seen[n.Key] = true
	}
	if !seen["class.b.recall"] || len(seen) != 15+5*3 {
		t.Errorf("%d keys", len(seen))
	}
	same := c.Summary([]float64{0, 1, 2}, 0.95).KappaSeverity.Value
	if k := c.CohenKappa(LinearWeights(3), 0.95).Value; same != k {
		t.Errorf("severity 0, 1, 2 gives %v, linear weights %v", same, k)
	}
}
