package agreement

import (
	"fmt"
	"math"
	"sort"
)

// PPIMean is prediction-powered inference for a mean (Angelopoulos, Bates, Fannjiang, Jordan
// and Zrnic 2023, Science 382:669-674): truth and predicted on a labelled simple random sample,
// other predictions on a disjoint unlabelled one. With unequal chances of labelling use DSL.
func PPIMean(truth, predicted, unlabelled []float64, level float64) Estimate {
	return ppi(truth, predicted, unlabelled, 1, level, "PPI mean")
}

// PPIPlusMean is PPI++ with the power-tuned λ (Angelopoulos, Duchi and Zrnic 2023, arXiv
// 2311.01453), and that λ.
func PPIPlusMean(truth, predicted, unlabelled []float64, level float64) (Estimate, float64) {
	lambda := ppiLambda(truth, predicted, unlabelled)
	return ppi(truth, predicted, unlabelled, lambda, level, fmt.Sprintf("PPI++ mean, λ = %.4f", lambda)), lambda
}

// ClassicalMean is the mean of the labelled alone, with divisor n.
func ClassicalMean(truth []float64, level float64) Estimate {
	return ppi(truth, make([]float64, len(truth)), []float64{0}, 0, level, "mean of the hand-coded alone")
}

func ppi(truth, predicted, unlabelled []float64, lambda, level float64, method string) Estimate {
	n, m := float64(len(truth)), float64(len(unlabelled))
	if n == 0 || m == 0 || len(predicted) != len(truth) {
		return undefined(len(truth), method, "no labelled or no unlabelled rows, or labels that do not pair")
	}
	rest := make([]float64, len(truth))
	for i := range truth {
		rest[i] = truth[i] - lambda*predicted[i]
	}
	mu, vu := meanVariance(unlabelled)
	mr, vr := meanVariance(rest)
	return normalEstimate(lambda*mu+mr, math.Sqrt(lambda*lambda*vu/m+vr/n), level, len(truth)+len(unlabelled), method)
}

// ppiLambda is cov(Y, Ŷ) (divisor n) over (1 + n/N) var(Ŷ pooled) (divisor n+N-1), in [0, 1].
func ppiLambda(truth, predicted, unlabelled []float64) float64 {
	if len(truth) == 0 || len(truth) != len(predicted) || len(unlabelled) == 0 {
		return 0
	}
	my, _ := meanVariance(truth)
	mp, _ := meanVariance(predicted)
	cov := 0.0
	for i := range truth {
		cov += (truth[i] - my) * (predicted[i] - mp) / float64(len(truth))
	}
	pooled := append(append([]float64(nil), predicted...), unlabelled...)
	_, v := meanVariance(pooled)
	k := float64(len(pooled))
	v *= k / (k - 1)
	if v == 0 {
		return 0
	}
	return clip01(cov / ((1 + float64(len(truth))/float64(len(unlabelled))) * v))
}

// meanVariance has divisor n.
func meanVariance(x []float64) (mean, variance float64) {
	n := float64(len(x))
	mean = sumFloats(x) / n
	for _, v := range x {
		variance += (v - mean) * (v - mean) / n
	}
	return mean, variance
}

// StratifiedDifference is the difference estimator of a finite corpus: rule labels everywhere,
// corrected in each stratum by the mean error of its hand-coded sample, with finite-population
// correction (Särndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, ch. 6).
// Undefined where a stratum has fewer than two hand-coded rows.
func StratifiedDifference(stratum []string, c Coded, level float64) Estimate {
	method := "stratified difference estimator with finite-population correction"
	n := len(c.Predicted)
	if n == 0 || len(stratum) != n || len(c.Truth) != n || len(c.Sampled) != n {
		return undefined(n, method, "no rows, or a stratum missing")
	}
	size, hat, errs := map[string]float64{}, map[string]float64{}, map[string][]float64{}
	for i, h := range stratum {
		size[h]++
		hat[h] += c.Predicted[i]
		if c.Sampled[i] {
			errs[h] = append(errs[h], c.Truth[i]-c.Predicted[i])
		}
	}
	names := make([]string, 0, len(size))
	for h := range size {
		names = append(names, h)
	}
	sort.Strings(names)
	var value, variance float64
	for _, h := range names {
		k := float64(len(errs[h]))
		if k < 2 && k < size[h] {
			return undefined(n, method, "stratum "+h+" has fewer than two hand-coded rows")
		}
		w := size[h] / float64(n)
		m, v := meanVariance(errs[h])
		value += w * (hat[h]/size[h] + m)
		if k >= 2 {
			variance += w * w * (1 - k/size[h]) * v / (k - 1)
		}
	}
	return normalEstimate(value, math.Sqrt(variance), level, n, method)
}

// SensitivitySpecificity are the shares of true positives and true negatives the rule labels
// (0 or 1) find, each hand-coded row weighted by 1/π (Hájek), errors linearised. Undefined
// where no hand-coded positive (negative) exists or the coding is unfit.
func SensitivitySpecificity(c Coded, level float64) (sensitivity, specificity Estimate) {
	if err := c.Check(); err != nil {
		e := undefined(len(c.Predicted), "design-weighted share", err.Error())
		return e, e
	}
	return weightedHit(c, 1, level, "sensitivity"), weightedHit(c, 0, level, "specificity")
}

func weightedHit(c Coded, class, level float64, name string) Estimate {
	var w, hits, square float64
	n := 0
	for i, s := range c.Sampled {
		if s && c.Truth[i] == class {
			w, hits, n = w+1/c.Chance[i], hits+indicator(c.Predicted[i] == class)/c.Chance[i], n+1
		}
	}
	if n == 0 {
		return undefined(0, name+", weighted by 1/π", "no hand-coded row of the class")
	}
	share := hits / w
	for i, s := range c.Sampled {
		if s && c.Truth[i] == class {
			d := (indicator(c.Predicted[i] == class) - share) / c.Chance[i]
			square += d * d
		}
	}
	e := normalEstimate(share, math.Sqrt(square)/w, level, n, name+", weighted by 1/π, linearised errors")
	e.Lo, e.Hi = clip01(e.Lo), clip01(e.Hi)
	return e
}

// RoganGladen corrects an apparent share (apparent of n rows) for the sensitivity and
// specificity of the labels, delta method over all three (Rogan and Gladen 1978, Am. J.
// Epidemiol. 107:71-76), clipped to [0, 1]. Undefined where sensitivity + specificity is not
// above 1. It assumes errors that do not depend on covariates; DSL does not.
func RoganGladen(apparent, n int, sensitivity, specificity Estimate, level float64) Estimate {
	method := "Rogan-Gladen share, delta method"
	if n <= 0 || sensitivity.Undefined || specificity.Undefined {
		return undefined(max(0, n), method, "no rows, or no hand-coded positives or negatives")
	}
	a, se, sp := float64(apparent)/float64(n), sensitivity.Value, specificity.Value
	j := se + sp - 1
	if j <= 0 {
		return undefined(n, method, "the labels are no better than chance")
	}
	p := (a + sp - 1) / j
	v := a*(1-a)/float64(n) + sensitivity.SE*sensitivity.SE*p*p + specificity.SE*specificity.SE*(1-p)*(1-p)
	e := normalEstimate(p, math.Sqrt(v)/j, level, n, method)
	if p < 0 || p > 1 {
		e = e.warn("outside [0, 1] before clipping: %.3f", p)
	}
	e.Value, e.Lo, e.Hi = clip01(p), clip01(e.Lo), clip01(e.Hi)
	return e
}
