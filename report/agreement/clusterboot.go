package agreement

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"sort"
	"sync"
)

// ClusterSums are sufficient counts by cluster: a vector of K counts a cluster, from which
// every statistic of the report (agreement, kappa, AC1, a paired difference) is a function of
// the sum. Clusters with the same counts are held once, so a bootstrap draw costs one random
// number a cluster and one addition a distinct pattern, never a pass over rows.
type ClusterSums struct {
	K        int
	Clusters int
	Rows     int
	cells    [][]cellCount // distinct patterns, sparse, in order of their content
	times    []int         // clusters that show the pattern
	pattern  []int32       // pattern of each cluster, by sorted cluster id
}

type cellCount struct {
	cell  int32
	count int32
}

// NewClusterSums adds, for row i of cluster cluster[i], one to each of cells[i] (0..k-1).
// Errors: slices of different length, a cell outside 0..k-1.
func NewClusterSums(cluster []string, cells [][]int, k int) (*ClusterSums, error) {
	if len(cluster) != len(cells) {
		return nil, fmt.Errorf("clusters: %d cluster ids for %d rows", len(cluster), len(cells))
	}
	byCluster := map[string][]int32{}
	for i, id := range cluster {
		for _, c := range cells[i] {
			if c < 0 || c >= k {
				return nil, fmt.Errorf("clusters: row %d: cell %d is outside 0..%d", i, c, k-1)
			}
			byCluster[id] = append(byCluster[id], int32(c))
		}
		if len(cells[i]) == 0 && byCluster[id] == nil {
			byCluster[id] = []int32{}
		}
	}
	s := &ClusterSums{K: k, Clusters: len(byCluster), Rows: len(cluster)}
	s.index(byCluster)
	return s, nil
}

// index sorts the patterns by content and gives every cluster, in order of its pattern, its pattern.
func (s *ClusterSums) index(byCluster map[string][]int32) {
	times := map[string]int{}
	for _, list := range byCluster {
		times[patternKey(list)]++
	}
	keys := make([]string, 0, len(times))
	for k := range times {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for i, k := range keys {
		s.cells = append(s.cells, patternCells(k))
		s.times = append(s.times, times[k])
		for n := 0; n < times[k]; n++ {
			s.pattern = append(s.pattern, int32(i))
		}
	}
}

func patternKey(list []int32) string {
	sort.Slice(list, func(a, b int) bool { return list[a] < list[b] })
	var b []byte
	for i := 0; i < len(list); {
		j := i
		for j < len(list) && list[j] == list[i] {
			j++
		}
		b = binary.BigEndian.AppendUint32(b, uint32(list[i]))
		b = binary.BigEndian.AppendUint32(b, uint32(j-i))
		i = j
	}
	return string(b)
}

func patternCells(key string) []cellCount {
	var out []cellCount
	for b := []byte(key); len(b) >= 8; b = b[8:] {
		out = append(out, cellCount{int32(binary.BigEndian.Uint32(b)), int32(binary.BigEndian.Uint32(b[4:]))})
	}
	return out
}

// Total is the vector of counts of the data.
func (s *ClusterSums) Total() []float64 {
	t := make([]float64, s.K)
	for i, p := range s.cells {
		for _, c := range p {
			t[c.cell] += float64(s.times[i]) * float64(c.count)
		}
	}
	return t
}

// Statistic is a named function of the vector of counts; NaN where it does not exist.
type Statistic struct {
	Name string
	Of   func(counts []float64) float64
}

// Bootstrap draws clusters with replacement (cluster bootstrap: Davison and Hinkley 1997,
// section 3.8; Field and Welsh 2007, JRSS B 69:369-390), all statistics from the same draws.
// Draw d uses the generator PCG(seed, d), so that the result depends neither on the number of
// workers nor on the order of rows. One cluster or none gives intervals that do not exist.
func (s *ClusterSums) Bootstrap(stats []Statistic, draws int, seed uint64) []*Bootstrap {
	values := make([][]float64, len(stats))
	for k := range values {
		values[k] = make([]float64, draws)
	}
	workers := max(1, min(runtime.GOMAXPROCS(0), draws))
	var wg sync.WaitGroup
	for w := 0; w < workers; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			weight, sums := make([]int32, len(s.cells)), make([]float64, s.K)
			for d := w; d < draws; d += workers {
				s.draw(rand.New(rand.NewPCG(seed, uint64(d))), weight, sums)
				for k, st := range stats {
					values[k][d] = st.Of(sums)
				}
			}
		}()
	}
	wg.Wait()
	return s.assemble(stats, values, seed)
}

func (s *ClusterSums) draw(rng *rand.Rand, weight []int32, sums []float64) {
	clear(weight)
	clear(sums)
	n := uint32(len(s.pattern))
	for range s.pattern {
		weight[s.pattern[rng.Uint32N(n)]]++
	}
	for i, w := range weight {
		if w == 0 {
			continue
		}
		for _, c := range s.cells[i] {
			sums[c.cell] += float64(w) * float64(c.count)
		}
	}
}

func (s *ClusterSums) assemble(stats []Statistic, values [][]float64, seed uint64) []*Bootstrap {
	total := s.Total()
	out := make([]*Bootstrap, len(stats))
	left, weights := make([]float64, s.K), make([]float64, len(s.times))
	for i, t := range s.times {
		weights[i] = float64(t)
	}
	for k, st := range stats {
		original := pointOnly(st.Of(total), s.Rows, st.Name)
		original.Clusters = s.Clusters
		if s.Clusters < 20 {
			original = original.warn("only %d clusters: the bootstrap over clusters is not to be relied on", s.Clusters)
		}
		b := NewBootstrap(st.Name, original, values[k], nil, seed)
		jack := make([]float64, len(s.cells))
		for i, p := range s.cells {
			copy(left, total)
			for _, c := range p {
				left[c.cell] -= float64(c.count)
			}
			jack[i] = st.Of(left)
		}
		b.Acceleration = acceleration(jack, weights)
		out[k] = b
	}
	return out
}

// PairedTables are the confusion tables of several doctrines on the same rows, by cluster.
type PairedTables struct {
	Labels    []string
	Doctrines int
	Sums      *ClusterSums
}

// NewPairedTables takes the actual label and, a doctrine, the predicted label of each row. A
// row counts for a doctrine only where both labels are among Labels (so "" or an abstention
// that is not a label stays out of that doctrine's table and in the cluster).
func NewPairedTables(cluster, labels, actual []string, predicted [][]string) (*PairedTables, error) {
	k := len(labels)
	index := map[string]int{}
	for i, l := range labels {
		index[l] = i
	}
	cells := make([][]int, len(actual))
	flat := make([]int, 0, len(actual)*len(predicted))
	for i, a := range actual {
		start := len(flat)
		for d := range predicted {
			if len(predicted[d]) != len(actual) {
				return nil, fmt.Errorf("paired tables: doctrine %d has %d predictions for %d rows", d, len(predicted[d]), len(actual))
			}
			ia, oka := index[a]
			ip, okp := index[predicted[d][i]]
			if oka && okp {
				flat = append(flat, (d*k+ia)*k+ip)
			}
		}
		cells[i] = flat[start:len(flat):len(flat)]
	}
	sums, err := NewClusterSums(cluster, cells, k*k*len(predicted))
	if err != nil {
		return nil, err
	}
	return &PairedTables{Labels: labels, Doctrines: len(predicted), Sums: sums}, nil
}

// Table is doctrine d's confusion table.
func (p *PairedTables) Table(d int) *Confusion {
	k := len(p.Labels)
	total := p.Sums.Total()[d*k*k : (d+1)*k*k]
	c := &Confusion{Labels: p.Labels, Counts: squareInts(k)}
	for i, v := range total {
		c.Counts[i/k][i%k] = int(v)
	}
	return c
}

// AgreementStat is doctrine d's raw agreement.
func (p *PairedTables) AgreementStat(name string, d int) Statistic {
	return Statistic{name, p.over(d, func(m [][]float64) float64 {
		v := 0.0
		for i := range m {
			v += m[i][i]
		}
		return v
	})}
}

// KappaStat is doctrine d's (weighted) kappa.
func (p *PairedTables) KappaStat(name string, d int, w Weights) Statistic {
	return Statistic{name, p.over(d, func(m [][]float64) float64 {
		row, col := realMargins(m)
		var po, pe float64
		for i := range m {
			for j := range m {
				po += w.W[i][j] * m[i][j]
				pe += w.W[i][j] * row[i] * col[j]
			}
		}
		return chanceCorrected(po, pe)
	})}
}

// ACStat is doctrine d's AC1 or AC2.
func (p *PairedTables) ACStat(name string, d int, w Weights) Statistic {
	k := float64(len(p.Labels))
	factor := total(w) / (k * (k - 1))
	return Statistic{name, p.over(d, func(m [][]float64) float64 {
		row, col := realMargins(m)
		var po, pe float64
		for i := range m {
			share := (row[i] + col[i]) / 2
			pe += factor * share * (1 - share)
			for j := range m {
				po += w.W[i][j] * m[i][j]
			}
		}
		return chanceCorrected(po, pe)
	})}
}

// Difference is the paired difference of two statistics in the same draws.
func Difference(name string, a, b Statistic) Statistic {
	return Statistic{name, func(c []float64) float64 { return a.Of(c) - b.Of(c) }}
}

func chanceCorrected(po, pe float64) float64 {
	if 1-pe < 1e-14 {
		return math.NaN()
	}
	return (po - pe) / (1 - pe)
}

// over hands f the table of shares of doctrine d; NaN where it is empty.
func (p *PairedTables) over(d int, f func(m [][]float64) float64) func([]float64) float64 {
	k := len(p.Labels)
	return func(counts []float64) float64 {
		part := counts[d*k*k : (d+1)*k*k]
		n := sumFloats(part)
		if n == 0 {
			return math.NaN()
		}
		flat, m := make([]float64, k*k), make([][]float64, k)
		for i := range m {
			m[i] = flat[i*k : (i+1)*k]
			for j := range m[i] {
				m[i][j] = part[i*k+j] / n
			}
		}
		return f(m)
	}
}

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
