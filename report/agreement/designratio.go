package agreement

import (
	"fmt"
	"math"
)

// DSLRatio is the ratio of two design-based means, such as agreement among those that can be compared: both pseudo
// outcomes come from one sample, the error is linearised and summed by the clusters of numerator. Undefined where the
// corrected denominator is not positive.
func DSLRatio(numerator, denominator Coded, level float64) (Estimate, error) {
	if err := numerator.Check(); err != nil {
		return Estimate{}, fmt.Errorf("DSL ratio: %w", err)
	}
	if err := denominator.Check(); err != nil || len(denominator.Predicted) != len(numerator.Predicted) {
		return Estimate{}, fmt.Errorf("DSL ratio: the denominator does not fit the numerator")
	}
	n := len(numerator.Predicted)
	below := meanOf(denominator.PseudoOutcome())
	if below <= 0 {
		return undefined(n, "DSL ratio", "the corrected denominator is not positive: too few hand-coded rows"), nil
	}
	ratio := meanOf(numerator.PseudoOutcome()) / below
	rest := Coded{Sampled: numerator.Sampled, Chance: numerator.Chance, Cluster: numerator.Cluster, Predicted: make([]float64, n), Truth: make([]float64, n)}
	for i := range rest.Predicted {
		rest.Predicted[i] = numerator.Predicted[i] - ratio*denominator.Predicted[i]
		rest.Truth[i] = numerator.Truth[i] - ratio*denominator.Truth[i]
	}
	m, err := DSLMean(rest, level)
	if err != nil {
		return Estimate{}, err
	}
	e := normalEstimate(ratio, m.SE/below, level, n, "DSL ratio"+m.Method[len("DSL mean"):])
	e.Clusters = m.Clusters
	return e, nil
}

func meanOf(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	return sumFloats(x) / float64(len(x))
}

// Further is how many more units of the same design have to be coded until the interval of a corrected share is
// ± half wide: the part of the variance that coding takes away shrinks with n, the rest (the corpus itself is a draw)
// does not. ok is false where even coding everything would not reach it. n is the number coded now.
func Further(c Coded, n int, half, level float64) (more int, ok bool) {
	e, err := DSLMean(c, level)
	if err != nil || n == 0 || e.Undefined || half <= 0 {
		return 0, false
	}
	var coding float64
	total := float64(len(c.Predicted))
	for i, s := range c.Sampled {
		if d := c.Truth[i] - c.Predicted[i]; s {
			coding += (1 - c.Chance[i]) * d * d / (c.Chance[i] * c.Chance[i] * total * total)
		}
	}
	z := zTwoSided(level)
	target := half * half / (z * z)
	switch rest := math.Max(0, e.SE*e.SE-coding); {
	case e.SE*e.SE <= target:
		return 0, true
	case rest >= target || coding == 0:
		return 0, false
	default:
		need := math.Ceil(float64(n) * coding / (target - rest))
		return int(math.Min(need, total)) - n, need <= total
	}
}
