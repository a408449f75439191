package agreement

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
)

// Fisher's tests compare table probabilities with this relative slack, so that ties count as ties.
const tieSlack = 1e-7

// FisherOptions bound the exact r x c test. Zero values mean the defaults.
type FisherOptions struct {
	MaxStates int    // partial tables held at once before falling back (default 3,000,000)
	Draws     int    // Monte-Carlo tables of the fallback (default 99,999)
	Seed      uint64 // seed of the fallback, printed in Method
}

// FisherExact is the test of independence of an r x c table given its margins (Freeman and
// Halton 1951, Biometrika 38:141-149): the summed probability of the tables not more probable
// than the observed. Exact by columns with equal partial products merged (after Mehta and
// Patel 1983, JASA 78:427-434); where that would be too large, Monte-Carlo with the seed.
func FisherExact(counts [][]int, o FisherOptions) Test {
	name := "Fisher exact"
	if err := checkTable(counts); err != nil {
		return undefinedTest(name, 0, err.Error())
	}
	rows, cols := margins(counts)
	n := sumInts(rows)
	rows, cols = nonZero(rows), nonZero(cols)
	if len(rows) < 2 || len(cols) < 2 {
		return undefinedTest(name, n, "fewer than two rows or columns with units")
	}
	if len(rows) > len(cols) {
		rows, cols = cols, rows
	}
	f := newFisherNetwork(rows, cols, o)
	observed := f.constant
	for _, row := range counts {
		for _, v := range row {
			observed -= f.lf[v]
		}
	}
	if p, ok := f.exact(observed); ok {
		return Test{Name: name, P: math.Min(1, p), N: n, Method: "Fisher-Freeman-Halton, exact"}
	}
	return f.monteCarlo(observed, o, n)
}

// fisherNetwork holds margins and log factorials; probabilities are logs relative to the margins.
type fisherNetwork struct {
	rows, cols []int // columns ascending: the two largest are joined at the end
	lf         []float64
	constant   float64
	limit      int
}

func newFisherNetwork(rows, cols []int, o FisherOptions) *fisherNetwork {
	f := &fisherNetwork{rows: rows, cols: append([]int(nil), cols...), limit: o.MaxStates}
	if f.limit == 0 {
		f.limit = 3_000_000
	}
	sort.Ints(f.cols)
	n := sumInts(rows)
	f.lf = make([]float64, n+1)
	for i := 2; i <= n; i++ {
		f.lf[i] = f.lf[i-1] + math.Log(float64(i))
	}
	f.constant = -f.lf[n]
	for _, v := range rows {
		f.constant += f.lf[v]
	}
	for _, v := range cols {
		f.constant += f.lf[v]
	}
	return f
}

// past is a partial table's log weight (minus the log factorials of its cells) and how many
// partial tables share it.
type past struct{ log, times float64 }

type fisherState struct {
	left  []int
	pasts []past
}

// exact sums the probabilities not above the observed one; false if the limit is passed.
func (f *fisherNetwork) exact(observed float64) (float64, bool) {
	states := []fisherState{{left: f.rows, pasts: []past{{0, 1}}}}
	for _, c := range f.cols[:len(f.cols)-2] {
		next, ok := f.advance(states, c)
		if !ok {
			return 0, false
		}
		states = next
	}
	work := 0
	p := 0.0
	for _, s := range states {
		sub := f.lastTwo(s.left, f.cols[len(f.cols)-2])
		if work += len(sub); work > 20*f.limit {
			return 0, false
		}
		p += tail(s.pasts, sub, observed, f.constant)
	}
	return p, true
}

// advance distributes one column over the rows of every state.
func (f *fisherNetwork) advance(states []fisherState, c int) ([]fisherState, bool) {
	index := map[string]int{}
	var out []fisherState
	held := 0
	for _, s := range states {
		ok := f.fill(s.left, c, func(left []int, log float64) bool {
			key := fmt.Sprint(left)
			i, seen := index[key]
			if !seen {
				i = len(out)
				index[key] = i
				out = append(out, fisherState{left: append([]int(nil), left...)})
			}
			for _, p := range s.pasts {
				out[i].pasts = append(out[i].pasts, past{p.log + log, p.times})
			}
			held += len(s.pasts)
			return held <= f.limit
		})
		if !ok {
			return nil, false
		}
	}
	for i := range out {
		out[i].pasts = mergePasts(out[i].pasts)
	}
	return out, true
}

// fill calls visit for every way to put c units into the rows, with what is left of each row
// and the log weight; visit returns false to stop.
func (f *fisherNetwork) fill(rows []int, c int, visit func(left []int, log float64) bool) bool {
	left := append([]int(nil), rows...)
	room := make([]int, len(rows)+1)
	for i := len(rows) - 1; i >= 0; i-- {
		room[i] = room[i+1] + rows[i]
	}
	var step func(i, need int, log float64) bool
	step = func(i, need int, log float64) bool {
		if i == len(rows)-1 {
			left[i] = rows[i] - need
			return visit(left, log-f.lf[need])
		}
		for v := max(0, need-room[i+1]); v <= min(rows[i], need); v++ {
			left[i] = rows[i] - v
			if !step(i+1, need-v, log-f.lf[v]) {
				return false
			}
		}
		return true
	}
	return step(0, c, 0)
}

// lastTwo gives the log weights of every filling of the last two columns.
func (f *fisherNetwork) lastTwo(left []int, c int) []float64 {
	var out []float64
	f.fill(left, c, func(rest []int, log float64) bool {
		for _, v := range rest {
			log -= f.lf[v]
		}
		out = append(out, log)
		return true
	})
	return out
}

// tail sums exp(past + sub + constant) over the pairs not above the observed log probability.
func tail(pasts []past, sub []float64, observed, constant float64) float64 {
	sort.Float64s(sub)
	cumulative := make([]float64, len(sub)+1)
	for i, v := range sub {
		cumulative[i+1] = cumulative[i] + math.Exp(v+constant)
	}
	bound := observed + tieSlack - constant
	p := 0.0
	for _, q := range pasts {
		k := sort.Search(len(sub), func(i int) bool { return sub[i]+q.log > bound })
		p += q.times * math.Exp(q.log) * cumulative[k]
	}
	return p
}

func mergePasts(p []past) []past {
	sort.Slice(p, func(a, b int) bool { return p[a].log < p[b].log })
	out := p[:0]
	for _, q := range p {
		if last := len(out) - 1; last >= 0 && q.log-out[last].log < 1e-10 {
			out[last].times += q.times
			continue
		}
		out = append(out, q)
	}
	return out
}

// monteCarlo draws tables with the margins by shuffling labels; p = (1+hits)/(1+draws)
// (Davison and Hinkley 1997, section 4.2).
func (f *fisherNetwork) monteCarlo(observed float64, o FisherOptions, n int) Test {
	draws := o.Draws
	if draws == 0 {
		draws = 99_999
	}
	rng := rand.New(rand.NewPCG(o.Seed, 0))
	var units []int
	for i, v := range f.rows {
		for ; v > 0; v-- {
			units = append(units, i)
		}
	}
	cell := make([]int, len(f.rows))
	hits := 1
	for d := 0; d < draws; d++ {
		rng.Shuffle(len(units), func(a, b int) { units[a], units[b] = units[b], units[a] })
		log, at := f.constant, 0
		for _, c := range f.cols {
			clear(cell)
			for _, u := range units[at : at+c] {
				cell[u]++
			}
			at += c
			for _, v := range cell {
				log -= f.lf[v]
			}
		}
		if log <= observed+tieSlack {
			hits++
		}
	}
	t := Test{Name: "Fisher exact", P: float64(hits) / float64(draws+1), N: n,
		Method: fmt.Sprintf("Fisher-Freeman-Halton, Monte-Carlo with %d tables, seed %d", draws, o.Seed)}
	t.Warnings = []string{"too many tables for the exact sum: Monte-Carlo"}
	return t
}

func nonZero(v []int) []int {
	var out []int
	for _, x := range v {
		if x > 0 {
			out = append(out, x)
		}
	}
	return out
}
