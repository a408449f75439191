package agreement

import "math"

// SampleSizeShare is the number of units for a share p within ± half at the level (Cochran 1977, Sampling Techniques, ch. 4); not rounded.
func SampleSizeShare(p, half, level float64) float64 {
	z := zTwoSided(level)
	return z * z * p * (1 - p) / (half * half)
}

// FinitePopulation corrects a sample size n for a population of size total (Cochran 1977, eq. 4.2).
func FinitePopulation(n, total float64) float64 { return n / (1 + (n-1)/total) }

// SampleSizeTwoShares is the units a group to find p1 against p2 with the power, two-sided at alpha, the opposite tail neglected (Fleiss, Levin and Paik 2003, ch. 4).
func SampleSizeTwoShares(p1, p2, alpha, power float64) float64 {
	bar := (p1 + p2) / 2
	s := NormalQuantile(1-alpha/2)*math.Sqrt(2*bar*(1-bar)) + NormalQuantile(power)*math.Sqrt(p1*(1-p1)+p2*(1-p2))
	return s * s / ((p1 - p2) * (p1 - p2))
}

// PowerTwoShares is the power of n units a group, the opposite tail neglected.
func PowerTwoShares(n, p1, p2, alpha float64) float64 {
	bar := (p1 + p2) / 2
	z := (math.Sqrt(n)*math.Abs(p1-p2) - NormalQuantile(1-alpha/2)*math.Sqrt(2*bar*(1-bar))) / math.Sqrt(p1*(1-p1)+p2*(1-p2))
	return normalCDF(z)
}

// NeymanAllocation spreads n over strata by size times standard deviation (Neyman 1934, JRSS
// 97:558-625), not rounded; by size alone where all standard deviations are 0. nil if the
// slices differ in length.
func NeymanAllocation(n float64, size, sd []float64) []float64 {
	if len(size) != len(sd) {
		return nil
	}
	out := make([]float64, len(size))
	sum := 0.0
	for h := range size {
		out[h] = size[h] * sd[h]
		sum += out[h]
	}
	if sum == 0 {
		copy(out, size)
		sum = sumFloats(size)
	}
	for h := range out {
		if sum > 0 {
			out[h] *= n / sum
		}
	}
	return out
}

// SampleSizeKappa is the number of units for a kappa within ± half when two coders share the
// margins given and kappa is as expected (Fleiss-Cohen-Everitt variance; disagreements spread
// as under independence).
func SampleSizeKappa(kappa float64, margins []float64, half, level float64) float64 {
	k := len(margins)
	p := make([][]float64, k)
	for i := range p {
		p[i] = make([]float64, k)
		for j := range p[i] {
			p[i][j] = (1 - kappa) * margins[i] * margins[j]
		}
		p[i][i] += kappa * margins[i]
	}
	one := kappaFromProbabilities(p, 1, IdentityWeights(k), level)
	if one.Undefined {
		return 0
	}
	z := zTwoSided(level)
	return z * z * one.SE * one.SE / (half * half)
}
