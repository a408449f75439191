package agreement

import (
	"encoding/binary"
	"fmt"
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
