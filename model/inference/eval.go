package inference

import (
	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// Truth values of strong Kleene logic.
const (
	isFalse = iota
	isUnknown
	isTrue
)

var truthText = [...]string{"false", "unknown", "true"}

// Input is one party's facts in numbers: a code per base variable.
type Input struct {
	code  []uint8
	facts []int32 // slot -> index into the facts it was made from, -1 none
}

// Encode turns facts into numbers. Facts on dates, amounts and variables that no vocabulary knows are left out;
// a value that its variable does not know counts as unknown, and an unknown fact says nothing. Of two facts on one variable the one about the party
// wins over the one about the case; two unlike ones of a kind are a conflict.
func (e *Encoding) Encode(facts []judgment.Fact, into *Input) {
	if into.code == nil {
		into.code, into.facts = make([]uint8, len(e.Variables)), make([]int32, len(e.Variables))
	}
	for i := range into.code {
		into.code[i], into.facts[i] = codeUnknown, -1
	}
	next := 0
	for i := range facts {
		s, ok := e.slotOf(facts[i].Variable, next)
		if !ok {
			continue
		}
		next = s + 1
		if facts[i].Value == vocabulary.Unknown {
			continue
		}
		c := e.code[s][facts[i].Value]
		if c == codeUnknown {
			continue
		}
		if old := into.facts[s]; old >= 0 {
			if facts[old].PartyNo >= 0 && facts[i].PartyNo < 0 {
				continue
			}
			if (facts[old].PartyNo < 0) == (facts[i].PartyNo < 0) && into.code[s] != c {
				c = codeConflict
			}
		}
		into.code[s], into.facts[s] = c, int32(i)
	}
}

// slotOf finds a variable's slot; facts come mostly in the vocabulary's order, so the likely one is looked at first.
func (e *Encoding) slotOf(variable string, likely int) (int, bool) {
	if likely < len(e.Variables) && e.Variables[likely].ID == variable {
		return likely, true
	}
	s, ok := e.slot[variable]
	return s, ok
}

// Machine is the working memory of one goroutine.
type Machine struct {
	bit  []uint32
	dep  []set
	true []int // true rows of the deciding rank
	read set   // base variables looked at since the last fill
}

// Outcome is a decision in numbers.
type Outcome struct {
	Kind   uint8 // decided, outOfScope, undetermined, conflict
	Row    int16 // deciding row of the main table, -1 none
	Dubio  bool  // settled by the in-dubio rule
	needs  set   // unknown base variables on which the decision rests
	rank   int
	result string
}

// Kinds of outcome.
const (
	kindUndetermined = iota
	kindDecided
	kindOutOfScope
	kindConflict
)

func (g *Program) fill(m *Machine, code []uint8) {
	if len(m.bit) < g.slots {
		m.bit, m.dep = make([]uint32, g.slots), make([]set, g.slots)
	}
	m.read = set{}
	for i := 0; i < g.nbase; i++ {
		m.bit[i] = 1 << code[i]
	}
	clear(m.bit[g.nbase:]) // no bit: not computed yet
}

// Eval decides one input; m is the caller's working memory and is overwritten. Derived variables are computed when
// a condition first asks for them.
func (g *Program) Eval(m *Machine, in *Input) Outcome {
	g.fill(m, in.code)
	return g.evalMain(m)
}

// need computes a derived variable that was not asked for before.
func (g *Program) need(m *Machine, slot int) uint32 {
	if m.bit[slot] == 0 {
		g.evalTable(m, &g.derived[slot-g.nbase])
	}
	return m.bit[slot]
}

// evalRow gives the truth of a row and the unknown base variables on which it rests. A condition that is false
// whatever becomes known ends it at once; base variables stand first.
func (g *Program) evalRow(m *Machine, r *row) (truth int, dep set) {
	truth = isTrue
	for i := range r.conds {
		c := &r.conds[i]
		slot := int(c.slot)
		b := m.bit[slot]
		base := slot < g.nbase
		if base {
			m.read.put(slot)
		} else if b == 0 {
			b = g.need(m, slot)
		}
		if b&c.holds != 0 {
			if !base {
				dep.add(m.dep[slot])
			} else if b&openBits != 0 {
				dep.put(slot)
			}
			continue
		}
		t := isFalse
		if b&c.open != 0 {
			t = isUnknown
			if c.assume != 0 && b&c.canHold != 0 {
				t = 1 + int(c.assume)
			}
		}
		switch {
		case !base && !m.dep[slot].empty():
			dep.add(m.dep[slot])
		case base && b&openBits != 0:
			dep.put(slot)
		case t == isFalse:
			return isFalse, set{}
		}
		truth = min(truth, t)
	}
	return truth, dep
}

// failsAtOnce reports whether the first condition of a row is on a known base variable and false; it spares most rows.
func failsAtOnce(m *Machine, r *row) bool {
	if r.first < 0 || m.bit[r.first]&r.may != 0 {
		return false
	}
	m.read.put(r.first)
	return true
}

func (g *Program) evalTable(m *Machine, t *table) {
	switch t.kind {
	case "any":
		g.evalAny(m, t)
	case "sum":
		g.evalSum(m, t)
	default:
		g.evalDecide(m, t)
	}
}

func (g *Program) evalAny(m *Machine, t *table) {
	best, all := isFalse, set{}
	for i := range t.rows {
		if failsAtOnce(m, &t.rows[i]) {
			continue
		}
		truth, dep := g.evalRow(m, &t.rows[i])
		if truth == isTrue && dep.empty() {
			m.bit[t.slot], m.dep[t.slot] = 1<<t.yes, set{}
			return
		}
		best = max(best, truth)
		all.add(dep)
	}
	code := [...]uint8{t.no, codeUnknown, t.yes}[best]
	m.bit[t.slot], m.dep[t.slot] = 1<<code, all
}

func (g *Program) evalSum(m *Machine, t *table) {
	sum, all := t.base, set{}
	for i := range t.rows {
		if failsAtOnce(m, &t.rows[i]) {
			continue
		}
		truth, dep := g.evalRow(m, &t.rows[i])
		if truth == isTrue {
			sum += t.rows[i].points
		}
		all.add(dep)
	}
	m.bit[t.slot], m.dep[t.slot] = 1<<t.cut(sum), all
}

func (t *table) cut(sum int) uint8 {
	sum = max(t.min, min(t.max, sum))
	for _, b := range t.bands {
		if b.open || sum <= b.max {
			return b.code
		}
	}
	return codeUnknown
}

func (g *Program) evalDecide(m *Machine, t *table) {
	all := set{}
	code := uint8(codeUnknown)
	for i := range t.rows {
		if code != codeUnknown && t.rows[i].rank != t.rows[i-1].rank {
			break
		}
		if failsAtOnce(m, &t.rows[i]) {
			continue
		}
		truth, dep := g.evalRow(m, &t.rows[i])
		all.add(dep)
		if truth != isTrue {
			continue
		}
		if code != codeUnknown && code != t.rows[i].value {
			code = codeConflict
			continue
		}
		code = t.rows[i].value
	}
	m.bit[t.slot], m.dep[t.slot] = 1<<code, all
}

func (g *Program) evalMain(m *Machine) Outcome {
	out := Outcome{Row: -1}
	m.true = m.true[:0]
	rows := g.main.rows
	for i := range rows {
		if len(m.true) > 0 && rows[i].rank != rows[i-1].rank {
			break
		}
		if failsAtOnce(m, &rows[i]) {
			continue
		}
		truth, dep := g.evalRow(m, &rows[i])
		out.needs.add(dep)
		if truth == isTrue {
			m.true = append(m.true, i)
			out.rank = rows[i].rank
		}
	}
	g.settle(m, &out)
	return out
}

// settle picks among the true rows of the deciding rank: displaced rules drop out; equal results agree;
// unlike ones are a conflict, unless the pack's in-dubio rule lets the less severe stand.
func (g *Program) settle(m *Machine, out *Outcome) {
	if len(m.true) == 0 {
		return
	}
	left := g.undisplaced(m.true)
	first := &g.main.rows[left[0]]
	same := true
	for _, i := range left[1:] {
		same = same && g.main.rows[i].src.Then == first.src.Then
	}
	if !same {
		if !g.dubio {
			out.Kind = kindConflict
			return
		}
		out.Dubio = true
		first = &g.main.rows[g.mildest(left)]
	}
	for _, i := range left {
		if &g.main.rows[i] == first {
			out.Row = int16(i)
		}
	}
	out.result = first.result
	switch first.src.Then.Outcome {
	case "decided":
		out.Kind = kindDecided
	case "out_of_scope":
		out.Kind = kindOutOfScope
	}
}

func (g *Program) undisplaced(rows []int) []int {
	if len(rows) == 1 {
		return rows
	}
	var left []int
	for _, i := range rows {
		if g.displacer(rows, i) < 0 {
			left = append(left, i)
		}
	}
	if len(left) == 0 {
		return rows
	}
	return left
}

// displacer gives the true row that displaces row i, -1 if none does.
func (g *Program) displacer(rows []int, i int) int {
	for _, j := range rows {
		for _, o := range g.main.rows[j].over {
			if o == g.main.rows[i].src.Rule {
				return j
			}
		}
	}
	return -1
}

// mildest gives the row with the least severe liability; a liability outside the order of severity counts as the mildest.
func (g *Program) mildest(rows []int) int {
	best := rows[0]
	for _, i := range rows[1:] {
		a, b := g.severe[g.main.rows[i].src.Then.Liability], g.severe[g.main.rows[best].src.Then.Liability]
		if a < b {
			best = i
		}
	}
	return best
}

// value reads a slot after Eval.
func (g *Program) value(m *Machine, slot int) string {
	if slot >= g.nbase {
		g.need(m, slot)
	}
	for code, name := range g.values[slot] {
		if m.bit[slot] == 1<<code {
			return name
		}
	}
	return vocabulary.Unknown
}
