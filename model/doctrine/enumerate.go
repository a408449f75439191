package doctrine

import (
	"math/big"
	"sort"
	"strings"

	"caipan/model/vocabulary"
)

// The space of a table is every combination of values of the variables it reads. It is far too large to list, so it is
// walked variable by variable, and combinations under which the same rows are still possible are counted together: the
// walk is exact. A small derived variable is worked out from its own inputs on the way; a large one (the boundary of
// the duty) counts as an input of its own, with every value possible.

// inlineLimit is the most inputs that a derived table may have to be worked out on the way.
const inlineLimit = 4

// status of a row for the values chosen so far.
const (
	rowFalse   = '0'
	rowUnknown = '1'
	rowTrue    = '2'
)

type space struct {
	pack   *Pack
	table  *Table
	rows   []*Row // rows in force under the choice on the day
	inline map[string]*Table
	inRows map[string][]*Row
	steps  []stepVar
	known  bool              // only declared values
	fixed  map[string]string // values that are given
	last   map[*Row]int      // step after which a row's truth is settled
	gapped bool              // follow only combinations that may still be gaps
}

// stepVar is one variable of the walk; derived ones are worked out, others take each class of their values.
type stepVar struct {
	id      string
	derived *Table
	classes []class
	effects map[string]effect // value -> what it says to each row
}

// effect is the truth of each row's condition on one variable for one value, rows without such a condition true.
type effect struct{ main, pending string }

// class is a set of values that no condition of the walk tells apart; value is the first of them.
type class struct {
	value string
	size  int64
}

func newSpace(p *Pack, t *Table, choice map[string]string, day string, known bool) *space {
	s := &space{pack: p, table: t, known: known, inline: map[string]*Table{}, inRows: map[string][]*Row{}, last: map[*Row]int{}}
	s.rows = inForce(t, day, choice)
	s.plan(choice, day)
	return s
}

func inForce(t *Table, day string, choice map[string]string) []*Row {
	var out []*Row
	for _, r := range t.Rows {
		if r.Holds(day, choice) {
			out = append(out, r)
		}
	}
	return out
}

// plan puts the variables into the order in which the rows need them, inputs of a derived variable before it.
func (s *space) plan(choice map[string]string, day string) {
	placed := map[string]bool{}
	var place func(id string)
	place = func(id string) {
		if placed[id] {
			return
		}
		placed[id] = true
		d := s.pack.DerivedVariable(id)
		if d != nil && d.Table.Kind == Any {
			rows := inForce(d.Table, day, choice)
			in := map[string]bool{}
			for _, r := range rows {
				for _, c := range r.If {
					in[c.Variable] = true
				}
			}
			if len(in) <= inlineLimit {
				s.inline[id], s.inRows[id] = d.Table, rows
				for _, v := range sortedKeys(in) {
					place(v)
				}
				s.steps = append(s.steps, stepVar{id: id, derived: d.Table})
				return
			}
		}
		s.steps = append(s.steps, stepVar{id: id})
	}
	for _, r := range s.rows {
		for _, c := range r.If {
			place(c.Variable)
		}
	}
	at := map[string]int{}
	for i := range s.steps { // rows of main and inline tables are known from here on
		at[s.steps[i].id] = i
		if s.steps[i].derived == nil {
			s.steps[i].classes = s.classes(s.steps[i].id)
		}
	}
	for _, r := range s.rows {
		for _, c := range r.If {
			s.last[r] = max(s.last[r], at[c.Variable])
		}
	}
}

func sortedKeys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// classes groups the values of a variable by what the conditions say to them.
func (s *space) classes(id string) []class {
	var values []string
	for _, v := range s.pack.ValuesOf(id) {
		if v.ID != vocabulary.NotProved || !s.known {
			values = append(values, v.ID)
		}
	}
	if !s.known {
		values = append(values, vocabulary.Unknown, vocabulary.Conflict)
		if s.pack.DerivedVariable(id) == nil && !contains(values, vocabulary.NotProved) {
			values = append(values, vocabulary.NotProved)
		}
	}
	var out []class
	seen := map[string]int{}
	for _, v := range values {
		key := s.signature(id, v)
		if i, ok := seen[key]; ok {
			out[i].size++
			continue
		}
		seen[key] = len(out)
		out = append(out, class{value: v, size: 1})
	}
	return out
}

func (s *space) signature(id, value string) string {
	var b strings.Builder
	note := func(rows []*Row) {
		for _, r := range rows {
			for _, c := range r.If {
				if c.Variable == id {
					b.WriteByte(truthOf(r, c, value))
				}
			}
		}
	}
	note(s.rows)
	for _, k := range s.steps {
		if k.derived != nil {
			note(s.inRows[k.id])
		}
	}
	return b.String()
}

// truthOf is strong Kleene with the row's assumptions, as model/inference evaluates it.
func truthOf(r *Row, c Condition, value string) byte {
	listed := contains(c.Values, value)
	if listed && !c.Not {
		return rowTrue
	}
	if value == vocabulary.Unknown || value == vocabulary.Conflict || value == vocabulary.NotProved {
		for _, a := range r.OnUnknown {
			if a.Variable == c.Variable && contains(a.Covers, value) {
				return map[bool]byte{true: rowTrue, false: rowFalse}[a.Holds]
			}
		}
		return rowUnknown
	}
	if listed != c.Not {
		return rowTrue
	}
	return rowFalse
}

// point is a set of combinations that left the same rows possible.
type point struct {
	main    string // status of each main row: '0' or '2'
	pending string // status of the rows of derived tables not worked out yet, table by table
	count   *big.Int
	way     []string // one combination, value by step
}

// walk counts all combinations; each end has the true rows of the lowest true rank (none: a gap).
func (s *space) walk(visit func(rows []*Row, count *big.Int, way []string)) {
	first := point{main: strings.Repeat(string(rowTrue), len(s.rows)), pending: s.fresh(), count: big.NewInt(1)}
	now := map[string]point{first.main + "|" + first.pending: first}
	for i := range s.steps {
		next := map[string]point{}
		for _, key := range sortedPoints(now) {
			s.advance(now[key], i, next)
		}
		now = next
	}
	for _, key := range sortedPoints(now) {
		p := now[key]
		visit(s.trueRows(p.main), p.count, p.way)
	}
}

func sortedPoints(m map[string]point) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func (s *space) fresh() string {
	var b strings.Builder
	for _, k := range s.steps {
		if k.derived != nil {
			b.WriteString(strings.Repeat(string(rowTrue), len(s.inRows[k.id])))
		}
	}
	return b.String()
}

func (s *space) advance(p point, i int, into map[string]point) {
	k := s.steps[i]
	classes := k.classes
	if k.derived != nil {
		v, rest := s.work(p.pending, k.id)
		p.pending = rest
		classes = []class{{value: v, size: 1}}
	}
	for _, c := range classes {
		if want, ok := s.fixed[k.id]; ok && k.derived == nil {
			if want != c.value {
				continue
			}
			c.size = 1
		}
		e := s.effectOf(i, c.value)
		main, settled := s.prune(weaker(p.main, e.main), i)
		if settled && s.gapped {
			continue
		}
		q := point{main: main, pending: weaker(p.pending, e.pending)}
		key := q.main + "|" + q.pending
		n := new(big.Int).Mul(p.count, big.NewInt(c.size))
		if old, ok := into[key]; ok {
			old.count.Add(old.count, n)
			continue
		}
		q.count, q.way = n, append(append(make([]string, 0, i+1), p.way...), c.value)
		into[key] = q
	}
}

// work gives the value of a derived variable from the rows at the head of pending, and the rest.
func (s *space) work(pending, id string) (value, rest string) {
	n := len(s.inRows[id])
	head := pending[:n]
	switch {
	case strings.Contains(head, string(rowTrue)):
		value = "yes"
	case strings.Contains(head, string(rowUnknown)):
		value = vocabulary.Unknown
	default:
		value = "no"
	}
	return value, pending[n:]
}

// effectOf is computed once for a step and value: on the main rows, and on the rows of derived tables still pending.
func (s *space) effectOf(i int, value string) effect {
	k := &s.steps[i]
	if e, ok := k.effects[value]; ok {
		return e
	}
	e := effect{main: said(s.rows, k.id, value, true)}
	for j := i + 1; j < len(s.steps); j++ {
		if s.steps[j].derived != nil {
			e.pending += said(s.inRows[s.steps[j].id], k.id, value, false)
		}
	}
	if k.effects == nil {
		k.effects = map[string]effect{}
	}
	k.effects[value] = e
	return e
}

func said(rows []*Row, id, value string, two bool) string {
	out := make([]byte, len(rows))
	for j, r := range rows {
		out[j] = rowTrue
		for _, c := range r.If {
			if c.Variable == id {
				out[j] = truthOf(r, c, value)
			}
		}
		if two && out[j] == rowUnknown {
			out[j] = rowFalse
		}
	}
	return string(out)
}

// weaker is the lesser of two truths, row by row.
func weaker(a, b string) string {
	if !strings.ContainsAny(b, "01") {
		return a
	}
	out := []byte(a)
	for i := range out {
		out[i] = min(out[i], b[i])
	}
	return string(out)
}

// prune drops rows that can no longer decide because a row of lower rank is settled and true; settled tells whether there is one.
func (s *space) prune(main string, i int) (pruned string, settled bool) {
	rank, found := 0, false
	for j, r := range s.rows {
		if main[j] == rowTrue && s.last[r] <= i && (!found || r.Rank < rank) {
			rank, found = r.Rank, true
		}
	}
	if !found {
		return main, false
	}
	out := []byte(main)
	for j, r := range s.rows {
		if r.Rank > rank {
			out[j] = rowFalse
		}
	}
	return string(out), true
}

func (s *space) trueRows(main string) []*Row {
	var out []*Row
	for j, r := range s.rows {
		if main[j] != rowTrue || (len(out) > 0 && r.Rank > out[0].Rank) {
			continue
		}
		if len(out) > 0 && r.Rank < out[0].Rank {
			out = out[:0]
		}
		out = append(out, r)
	}
	return out
}
