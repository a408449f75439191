package agreement

import "math"

// EffectiveN is how many independent rows the clustered share is worth: n divided by the
// design effect, the between-cluster (linearised) variance over that of independent rows, p(1-p)/(n-1) (Kish 1965, Survey
// Sampling, section 8.2). Where the share is 0 or 1 it is (Σm)²/Σm², Kish's bound for rows
// that repeat their cluster. Undefined for no rows or one cluster.
func EffectiveN(cluster []string, hit []bool) Estimate {
	cells := make([][]int, len(hit))
	for i, h := range hit {
		cells[i] = []int{bit(h)}
	}
	s, err := NewClusterSums(cluster, cells, 2)
	if err != nil || s.Rows == 0 {
		return undefined(0, effectiveMethod, "no rows")
	}
	return s.EffectiveN()
}

const effectiveMethod = "effective n (Kish design effect)"

// EffectiveN is that of the share of cell 1 among cells 0 and 1.
func (s *ClusterSums) EffectiveN() Estimate {
	total := s.Total()
	n, g := total[0]+total[1], float64(s.Clusters)
	if g < 2 {
		return undefined(s.Rows, effectiveMethod, "one cluster only")
	}
	p := total[1] / n
	var v, m2 float64
	for i, cells := range s.cells {
		var c [2]float64
		for _, x := range cells {
			c[x.cell] = float64(x.count)
		}
		size, times := c[0]+c[1], float64(s.times[i])
		d := c[1] - p*size
		v, m2 = v+times*d*d, m2+times*size*size
	}
	e := pointOnly(n*n/m2, s.Rows, effectiveMethod+", rows of a cluster taken as copies")
	if p > 0 && p < 1 && v > 0 {
		deff := v * g / (g - 1) / (n * n / (n - 1) * p * (1 - p))
		e = pointOnly(math.Min(n, n/deff), s.Rows, effectiveMethod)
	}
	e.Clusters = s.Clusters
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
