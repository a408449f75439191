package agreement

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"sort"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// ClusterSums are sufficient counts by cluster: a vector of K counts a cluster, from which
// every statistic of the report (agreement, kappa, AC1, a paired difference) is a function of
// the sum. Clusters with the same counts are held once, so a bootstrap draw costs one random
// number and one addition a distinct pattern, never a pass over clusters or rows.
type ClusterSums struct {
	K        int
	Clusters int
	Rows     int
	cells    [][]cellCount // distinct patterns, sparse, in order of their content
	times    []int         // clusters that show the pattern
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

// CountClusters adds, for row i of cluster cluster[i] (0..clusters-1), one to cell[i] (0..k-1); a row of cell -1 is left
// out, and a cluster without a counted row is none. It is NewClusterSums for codes instead of names: one pass, no maps
// over rows. Errors: slices of different length, a cluster or cell outside its range.
func CountClusters(cluster []int32, cell []int16, clusters, k int) (*ClusterSums, error) {
	if len(cluster) != len(cell) {
		return nil, fmt.Errorf("clusters: %d cluster ids for %d rows", len(cluster), len(cell))
	}
	counts := make([]int32, clusters*k)
	rows := 0
	for i, c := range cell {
		if c < 0 {
			continue
		}
		if g := cluster[i]; int(c) >= k || g < 0 || int(g) >= clusters {
			return nil, fmt.Errorf("clusters: row %d: cell %d of cluster %d is outside 0..%d of 0..%d", i, c, cluster[i], k-1, clusters-1)
		}
		counts[int(cluster[i])*k+int(c)]++
		rows++
	}
	times := map[string]int{}
	key := make([]byte, 0, 8*k)
	n := 0
	for g := range clusters {
		key = key[:0]
		for c, v := range counts[g*k : (g+1)*k] {
			if v > 0 {
				key = binary.BigEndian.AppendUint32(key, uint32(c))
				key = binary.BigEndian.AppendUint32(key, uint32(v))
			}
		}
		if len(key) > 0 {
			times[string(key)]++
			n++
		}
	}
	s := &ClusterSums{K: k, Clusters: n, Rows: rows}
	s.patterns(times)
	return s, nil
}

// index counts the clusters of each pattern.
func (s *ClusterSums) index(byCluster map[string][]int32) {
	times := map[string]int{}
	for _, list := range byCluster {
		times[patternKey(list)]++
	}
	s.patterns(times)
}

// patterns sorts the patterns by content.
func (s *ClusterSums) patterns(times map[string]int) {
	for _, k := range slices.Sorted(maps.Keys(times)) {
		s.cells = append(s.cells, patternCells(k))
		s.times = append(s.times, times[k])
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
				s.draw(rand.NewPCG(seed, uint64(d)), weight, sums)
				for k, st := range stats {
					values[k][d] = st.Of(sums)
				}
			}
		}()
	}
	wg.Wait()
	return s.assemble(stats, values, seed)
}

func (s *ClusterSums) draw(src rand.Source, weight []int32, sums []float64) {
	clear(sums)
	multinomial(src, s.times, weight)
	for i, w := range weight {
		if w == 0 {
			continue
		}
		for _, c := range s.cells[i] {
			sums[c.cell] += float64(w) * float64(c.count)
		}
	}
}

// multinomial draws as many units as times adds up to, with replacement, from units of which times[i] are alike, and
// says in weight how often each kind was drawn: by conditional binomials (Davis 1993, Comput. Statist. Data Anal.
// 16:205-217), or one by one where nearly every unit is of a kind of its own.
func multinomial(src rand.Source, times []int, weight []int32) {
	left := 0
	for _, t := range times {
		left += t
	}
	clear(weight)
	if left < 4*len(times) {
		drawSingly(rand.New(src), times, left, weight)
		return
	}
	draws := left
	for i, t := range times {
		if draws == 0 {
			return
		}
		n := float64(draws)
		if t < left {
			n = distuv.Binomial{N: n, P: float64(t) / float64(left), Src: src}.Rand()
		}
		weight[i] = int32(n)
		draws -= int(n)
		left -= t
	}
}

func drawSingly(rng *rand.Rand, times []int, n int, weight []int32) {
	kind := make([]int32, 0, n)
	for i, t := range times {
		for range t {
			kind = append(kind, int32(i))
		}
	}
	for range n {
		weight[kind[rng.IntN(n)]]++
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
