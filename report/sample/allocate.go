package sample

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"caipan/report/agreement"
)

// minimum is how many elements a stratum gives at least, so that its variance can be estimated.
const minimum = 2

// allocate spreads n over the strata: by the design's allocation, oversampled kinds weighted by the factor, at least
// two (or all) of each stratum and never more than it has. One element after another goes to the stratum furthest below its share, ties by order.
func allocate(d *Design, strata [][]element, n int) ([]int, error) {
	size, floor, all := make([]float64, len(strata)), 0, 0
	for h := range strata {
		size[h], floor, all = float64(len(strata[h])), floor+min(minimum, len(strata[h])), all+len(strata[h])
	}
	if n > all {
		return nil, fmt.Errorf("sample: %d wanted and only %d there; draw all with --n %d", n, all, all)
	}
	if floor > n {
		return nil, fmt.Errorf("sample: %d strata need at least %d units (two each) and --n is %d; draw more, or name fewer strata", len(strata), floor, n)
	}
	weight := weights(d, strata, size)
	out := make([]int, len(strata))
	for h := range out {
		out[h] = min(minimum, len(strata[h]))
	}
	for range n - floor {
		out[furthestBelow(out, weight, strata, n)]++
	}
	return out, nil
}

// weights are what each stratum's share of the sample is proportional to.
func weights(d *Design, strata [][]element, size []float64) []float64 {
	var w []float64
	switch d.Allocation {
	case Equal:
		w = slices.Repeat([]float64{1}, len(strata))
	case Neyman:
		sd := make([]float64, len(strata))
		for h := range strata {
			held := 0.0
			for i := range strata[h] {
				if strata[h][i].held {
					held++
				}
			}
			p := (held + 1) / (size[h] + 2)
			sd[h] = math.Sqrt(p * (1 - p))
		}
		w = agreement.NeymanAllocation(1, size, sd)
	default:
		w = slices.Clone(size)
	}
	for h := range strata {
		if len(d.Oversample) > 0 && !strings.HasPrefix(strata[h][0].stratum, ordinary) {
			w[h] *= d.Factor
		}
	}
	return w
}

// furthestBelow is the stratum that lies furthest below its share of n and has elements left; one always does, since
// n is not more than there are.
func furthestBelow(out []int, weight []float64, strata [][]element, n int) int {
	best, most, total := 0, math.Inf(-1), 0.0
	for _, w := range weight {
		total += w
	}
	for h := range out {
		if short := float64(n)*weight[h]/total - float64(out[h]); out[h] < len(strata[h]) && short > most {
			best, most = h, short
		}
	}
	return best
}
