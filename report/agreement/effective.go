package agreement

import (
	"math"
	"sort"
)

// EffectiveN is how many independent rows the clustered share is worth: n divided by the
// design effect, the between-cluster (linearised) variance over p(1-p)/n (Kish 1965, Survey
// Sampling, section 8.2). Where the share is 0 or 1 it is (Σm)²/Σm², Kish's bound for rows
// that repeat their cluster. Undefined for no rows or one cluster.
func EffectiveN(cluster []string, hit []bool) Estimate {
	method := "effective n (Kish design effect)"
	if len(cluster) == 0 || len(cluster) != len(hit) {
		return undefined(0, method, "no rows")
	}
	size, hits := map[string]float64{}, map[string]float64{}
	x := 0.0
	for i, id := range cluster {
		size[id]++
		if hit[i] {
			hits[id]++
			x++
		}
	}
	n, g := float64(len(cluster)), float64(len(size))
	if g < 2 {
		return undefined(len(cluster), method, "one cluster only")
	}
	ids := make([]string, 0, len(size))
	for id := range size {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	p := x / n
	var v, m2 float64
	for _, id := range ids {
		d := hits[id] - p*size[id]
		v, m2 = v+d*d, m2+size[id]*size[id]
	}
	e := pointOnly(n*n/m2, len(cluster), method+", rows of a cluster taken as copies")
	if p > 0 && p < 1 && v > 0 {
		deff := v * g / (g - 1) / (n * p * (1 - p))
		e = pointOnly(math.Min(n, n/deff), len(cluster), method)
	}
	e.Clusters = len(size)
	return e
}

// ClusteredShare is the share of hits with Wilson's interval for the effective n (Korn and
// Graubard 1998, Surv. Methodol. 24:193-201): the interval of rows that repeat their cluster.
func ClusteredShare(cluster []string, hit []bool, level float64) Estimate {
	method := "share, Wilson score interval for the effective n"
	n := EffectiveN(cluster, hit)
	if n.Undefined {
		return undefined(len(hit), method, n.Reason)
	}
	x := 0
	for _, h := range hit {
		x += bit(h)
	}
	e := Estimate{Value: float64(x) / float64(len(hit)), N: len(hit), Clusters: n.Clusters, Level: level, Method: method}
	e.Lo, e.Hi = wilsonLimits(e.Value, n.Value, level)
	e = snapEnds(e, x, len(hit))
	return e.warn("effective n %.1f of %d", n.Value, len(hit))
}
