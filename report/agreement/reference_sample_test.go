package agreement

import (
	"math"
	"testing"
)

func init() {
	computers["sample_size"] = func(t *testing.T) func(string) any {
		return func(key string) any {
			switch key {
			case "prop_e05_p50":
				return SampleSizeShare(0.5, 0.05, 0.95)
			case "prop_e03_p20":
				return SampleSizeShare(0.2, 0.03, 0.95)
			case "fpc_N2000":
				return FinitePopulation(SampleSizeShare(0.5, 0.05, 0.95), 2000)
			case "power_two_prop_n":
				return SampleSizeTwoShares(0.3, 0.4, 0.05, 0.8)
			case "R:power_two_prop_at_200":
				return PowerTwoShares(200, 0.3, 0.4, 0.05)
			case "Python:kappa_ci_n":
				return map[string]any{"n": SampleSizeKappa(0.8, []float64{0.5, 0.5}, 0.1, 0.95)}
			}
			return map[string]any{"alloc": NeymanAllocation(200, []float64{1200, 500, 100}, []float64{0.3, 0.45, 0.5})}
		}
	}
	computers["bootstrap"] = bootstrapComputer
}

func bootstrapComputer(t *testing.T) func(string) any {
	d := readCSV(t, "measurement.csv")
	y, h := floats(t, d["y"]), floats(t, d["yhat"])
	var pairs [][2]int
	for i := range y {
		if !math.IsNaN(y[i]) && len(pairs) < 60 {
			pairs = append(pairs, [2]int{int(y[i]), int(h[i])})
		}
	}
	var idx struct {
		Index [][]int `json:"index"`
	}
	readJSON(t, "data/bootstrap_index.json", &idx)
	kappa := func(pick func(i int) int, n int) float64 {
		c := squareInts(2)
		for i := 0; i < n; i++ {
			p := pairs[pick(i)]
			c[p[0]][p[1]]++
		}
		return (&Confusion{Labels: []string{"0", "1"}, Counts: c}).CohenKappa(IdentityWeights(2), 0.95).Value
	}
	var draws, jack []float64
	for _, row := range idx.Index {
		draws = append(draws, kappa(func(i int) int { return row[i] - 1 }, len(row)))
	}
	for out := range pairs {
		jack = append(jack, kappa(func(i int) int {
			if i >= out {
				return i + 1
			}
			return i
		}, len(pairs)-1))
	}
	t0 := kappa(func(i int) int { return i }, len(pairs))
	b := NewBootstrap("kappa", pointOnly(t0, len(pairs), "kappa"), draws, jack, 0)
	return func(key string) any {
		switch key {
		case "t0":
			return b.Original.Value
		case "t_first10":
			return b.Draws[:10]
		case "t_mean":
			return b.Mean()
		case "t_sd":
			return b.SD()
		case "normal":
			return limits(b.Interval(NormalBootstrap, 0.95))
		case "basic":
			return limits(b.Interval(Basic, 0.95))
		case "percentile_boot_norm_inter":
			return limits(b.Interval(Percentile, 0.95))
		case "percentile_type7":
			return []float64{Quantile(b.Draws, 0.025, Type7), Quantile(b.Draws, 0.975, Type7)}
		case "percentile_type6":
			return []float64{Quantile(b.Draws, 0.025, Type6), Quantile(b.Draws, 0.975, Type6)}
		case "Python:z0":
			return b.Bias()
		case "Python:acceleration_jackknife":
			return b.Acceleration
		case "bca(boot.ci) vs regression acceleration":
			return limits(regressionBCa(b, idx.Index))
		}
		return limits(b.Interval(BCa, 0.95))
	}
}

func regressionBCa(b *Bootstrap, index [][]int) Estimate {
	frequency := make([][]int, len(index))
	for d, row := range index {
		frequency[d] = make([]int, len(row))
		for _, i := range row {
			frequency[d][i-1]++
		}
	}
	c := *b
	c.Acceleration = must(RegressionAcceleration(b.Draws, frequency))
	return c.Interval(BCa, 0.95)
}
