package agreement

import "sort"

// Adjustment names a correction of the p-values of one declared family.
type Adjustment string

const (
	Bonferroni        Adjustment = "bonferroni"
	Holm              Adjustment = "holm"     // Holm 1979, Scand. J. Stat. 6:65-70
	Hochberg          Adjustment = "hochberg" // Hochberg 1988, Biometrika 75:800-802
	BenjaminiHochberg Adjustment = "BH"       // 1995, JRSS B 57:289-300
	BenjaminiYekuteli Adjustment = "BY"       // 2001, Ann. Stat. 29:1165-1188
)

// Adjust corrects the p-values for multiple testing and keeps their order. An unknown
// method or an empty family gives nil; the caller passes only tests that were made.
func Adjust(p []float64, method Adjustment) []float64 {
	m := len(p)
	order := make([]int, m)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return p[order[a]] < p[order[b]] })
	factor := adjustmentFactor(method, m)
	if factor == nil || m == 0 {
		return nil
	}
	out := make([]float64, m)
	running := 0.0
	stepDown := method == Holm || method == Bonferroni
	if !stepDown {
		running = 1
	}
	for step := 0; step < m; step++ {
		rank := step // ascending for step-down, descending for step-up
		if !stepDown {
			rank = m - 1 - step
		}
		v := min(1, factor(rank+1)*p[order[rank]])
		if stepDown {
			running = max(running, v)
		} else {
			running = min(running, v)
		}
		out[order[rank]] = running
	}
	return out
}

func adjustmentFactor(method Adjustment, m int) func(rank int) float64 {
	mm := float64(m)
	switch method {
	case Bonferroni:
		return func(int) float64 { return mm }
	case Holm, Hochberg:
		return func(rank int) float64 { return mm - float64(rank) + 1 }
	case BenjaminiHochberg:
		return func(rank int) float64 { return mm / float64(rank) }
	case BenjaminiYekuteli:
		c := 0.0
		for i := 1; i <= m; i++ {
			c += 1 / float64(i)
		}
		return func(rank int) float64 { return c * mm / float64(rank) }
	}
	return nil
}

// AdjustTests returns the adjusted p-values of tests, 1 for those undefined, which do not
// count in the family.
func AdjustTests(tests []Test, method Adjustment) []float64 {
	var p []float64
	for _, t := range tests {
		if !t.Undefined {
			p = append(p, t.P)
		}
	}
	adjusted := Adjust(p, method)
	out := make([]float64, len(tests))
	k := 0
	for i, t := range tests {
		out[i] = 1
		if !t.Undefined && k < len(adjusted) {
			out[i] = adjusted[k]
			k++
		}
	}
	return out
}
