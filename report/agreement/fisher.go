package agreement

import (
	"encoding/binary"
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
		sub, ok := f.lastTwo(s.left, f.cols[len(f.cols)-2], 20*f.limit-work)
		if !ok {
			return 0, false
		}
		work += len(sub)
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
			key := stateKey(left)
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

// lastTwo gives the log weights of every filling of the last two columns; false beyond the limit.
func (f *fisherNetwork) lastTwo(left []int, c, limit int) ([]float64, bool) {
	var out []float64
	ok := f.fill(left, c, func(rest []int, log float64) bool {
		for _, v := range rest {
			log -= f.lf[v]
		}
		out = append(out, log)
		return len(out) <= limit
	})
	return out, ok
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

func stateKey(left []int) string {
	b := make([]byte, 0, 4*len(left))
	for _, v := range left {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	return string(b)
}

// monteCarlo draws tables with the margins cell by cell from the conditional hypergeometric
// distributions (Patefield 1981, Appl. Stat. 30:91-97); p = (1+hits)/(1+draws) (Davison and
// Hinkley 1997, section 4.2).
func (f *fisherNetwork) monteCarlo(observed float64, o FisherOptions, n int) Test {
	draws := o.Draws
	if draws == 0 {
		draws = 99_999
	}
	rng := rand.New(rand.NewPCG(o.Seed, 0))
	left := make([]int, len(f.rows))
	hits := 1
	for d := 0; d < draws; d++ {
		if f.constant-f.drawTable(rng, left) <= observed+tieSlack {
			hits++
		}
	}
	t := Test{Name: "Fisher exact", P: float64(hits) / float64(draws+1), N: n,
		Method: fmt.Sprintf("Fisher-Freeman-Halton, Monte-Carlo with %d tables, seed %d", draws, o.Seed)}
	t.Warnings = []string{"too many tables for the exact sum: Monte-Carlo"}
	return t
}

// drawTable draws one table and gives the sum of the log factorials of its cells.
func (f *fisherNetwork) drawTable(rng *rand.Rand, left []int) float64 {
	copy(left, f.rows)
	units := sumInts(left)
	logs := 0.0
	for _, c := range f.cols {
		rest, need := units, c
		for i, r := range left {
			v := need
			if i < len(left)-1 {
				v = f.drawHypergeometric(rng, r, rest-r, need)
			}
			rest -= r
			left[i] -= v
			need -= v
			logs += f.lf[v]
		}
		units -= c
	}
	return logs
}

// drawHypergeometric draws how many of k units taken come from the r of r+s, by inversion outward from the mode.
func (f *fisherNetwork) drawHypergeometric(rng *rand.Rand, r, s, k int) int {
	lo, hi := max(0, k-s), min(r, k)
	if lo == hi {
		return lo
	}
	mode := min(hi, max(lo, int(float64(k+1)*float64(r+1)/float64(r+s+2))))
	lf := f.lf
	top := math.Exp(lf[r] - lf[mode] - lf[r-mode] + lf[s] - lf[k-mode] - lf[s-k+mode] - (lf[r+s] - lf[k] - lf[r+s-k]))
	u := rng.Float64() - top
	up, down, pu, pd := mode, mode, top, top
	for u > 0 && (up < hi || down > lo) {
		if up < hi {
			pu *= float64(r-up) * float64(k-up) / (float64(up+1) * float64(s-k+up+1))
			up++
			if u -= pu; u <= 0 {
				return up
			}
		}
		if down > lo {
			pd *= float64(down) * float64(s-k+down) / (float64(r-down+1) * float64(k-down+1))
			down--
			if u -= pd; u <= 0 {
				return down
			}
		}
	}
	return mode
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
