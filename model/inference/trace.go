package inference

import (
	"fmt"
	"strconv"
	"strings"

	"caipan/model/judgment"
)

// The trace is a list of steps from which Replay makes the decision again:
//
//	derived  parent -1  rule "table", condition "VAR = KIND …", result the value; beneath it its rows (kind rule), beneath them their conditions
//	rule     parent -1  a row of the main table, condition "rank=R conditions=N", result what it gives
//	fact     a condition on a base variable, result the value; derived: a condition on a derived variable
//	defeat   a true row displaced by another; in_dubio: the less severe stands; result: the decision
//
// Of a false row one false condition is shown, of an unknown row one unknown condition, of a true row all.

const assumedMark = "; assumed "

type tracer struct {
	g     *Program
	m     *Machine
	in    *Input
	steps []judgment.Step
	slots []int32 // of each step the base variable that it shows, -1: none
	shown []bool  // derived slots already shown
}

func (g *Program) describe(t table) string {
	switch t.kind {
	case "sum":
		parts := []string{fmt.Sprintf("%s = sum base=%d min=%d max=%d", t.src.For, t.base, t.min, t.max)}
		for _, b := range t.src.Bands {
			limit := "*"
			if !b.Open {
				limit = strconv.Itoa(b.Max)
			}
			parts = append(parts, limit+":"+b.Value)
		}
		return strings.Join(parts, " ")
	default:
		return t.src.For + " = " + t.kind
	}
}

// trace gives the steps, without finding ids, and the base variable of each that shows a fact.
func (g *Program) trace(m *Machine, in *Input, out Outcome) ([]judgment.Step, []int32) {
	t := &tracer{g: g, m: m, in: in, shown: make([]bool, g.slots), steps: make([]judgment.Step, 0, 96)}
	for i := range g.main.rows {
		r := &g.main.rows[i]
		truth, _ := g.evalRow(m, r)
		if truth != isTrue && len(m.true) > 0 && r.rank > out.rank {
			continue
		}
		t.row(r, truth, -1, "rank="+strconv.Itoa(r.rank)+" conditions="+strconv.Itoa(len(r.conds)))
	}
	t.settled(out)
	return t.steps, t.slots
}

func (t *tracer) add(s judgment.Step) int {
	s.No = len(t.steps)
	t.steps, t.slots = append(t.steps, s), append(t.slots, -1)
	return s.No
}

func (t *tracer) row(r *row, truth, parent int, head string) {
	conds := t.conditions(r, truth)
	for _, c := range conds {
		t.derived(int(c.slot))
	}
	no := t.add(judgment.Step{Parent: parent, Kind: "rule", RuleID: r.src.ID, Norm: r.norm, Condition: head, Truth: truthText[truth], Result: r.result})
	for _, c := range conds {
		t.condition(c, no)
	}
}

// conditions picks the conditions of a row that its truth rests on.
func (t *tracer) conditions(r *row, truth int) []*cond {
	var out []*cond
	for i := range r.conds {
		c := &r.conds[i]
		if truth == isTrue {
			out = append(out, c)
			continue
		}
		if got, _ := t.truth(c); got == truth {
			return []*cond{c}
		}
	}
	return out
}

func (t *tracer) truth(c *cond) (truth int, assumed bool) {
	b := t.m.bit[c.slot]
	if b == 0 {
		b = t.g.need(t.m, int(c.slot))
	}
	switch {
	case b&c.holds != 0:
		return isTrue, false
	case b&c.open == 0:
		return isFalse, false
	case c.assume != 0 && b&c.canHold != 0:
		return 1 + int(c.assume), true
	}
	return isUnknown, false
}

func (t *tracer) condition(c *cond, parent int) {
	truth, assumed := t.truth(c)
	s := judgment.Step{Parent: parent, Kind: "derived", Condition: c.text, Truth: truthText[truth], Result: t.g.value(t.m, int(c.slot))}
	base := int(c.slot) < t.g.nbase
	if base {
		s.Kind = "fact"
	}
	if assumed {
		s.Result += assumedMark + s.Truth
		s.Norm = strings.Join(c.assumed.Norms, " ")
	}
	if no := t.add(s); base {
		t.slots[no] = int32(c.slot)
	}
}

// derived shows how a derived variable came to its value, once, with what it rests on before it.
func (t *tracer) derived(slot int) {
	if slot < t.g.nbase || t.shown[slot] {
		return
	}
	t.shown[slot] = true
	tab := &t.g.derived[slot-t.g.nbase]
	rows, truths := t.telling(tab)
	for i, r := range rows {
		for _, c := range t.conditions(r, truths[i]) {
			t.derived(int(c.slot))
		}
	}
	no := t.add(judgment.Step{Parent: -1, Kind: "derived", RuleID: tab.src.ID, Condition: tab.text, Truth: "true", Result: t.g.value(t.m, slot)})
	for i, r := range rows {
		head := "conditions=" + strconv.Itoa(len(r.conds))
		if tab.kind == "decide" {
			head = "rank=" + strconv.Itoa(r.rank) + " " + head
		}
		t.row(r, truths[i], no, head)
	}
}

// telling picks the rows of a table on which its value rests: one true row of any; all rows where none is true and
// none unknown; else the unknown ones about which something is known, or the first.
func (t *tracer) telling(tab *table) ([]*row, []int) {
	var rows []*row
	var truths []int
	take := func(r *row, truth int) { rows, truths = append(rows, r), append(truths, truth) }
	switch tab.kind {
	case "any":
		t.tellingAny(tab, take)
	case "sum":
		for i := range tab.rows {
			if truth, _ := t.g.evalRow(t.m, &tab.rows[i]); truth == isTrue {
				take(&tab.rows[i], truth)
			}
		}
	default:
		rank, done := 0, false
		for i := range tab.rows {
			r := &tab.rows[i]
			if done && r.rank != rank {
				break
			}
			truth, _ := t.g.evalRow(t.m, r)
			take(r, truth)
			if truth == isTrue {
				rank, done = r.rank, true
			}
		}
	}
	return rows, truths
}

func (t *tracer) tellingAny(tab *table, take func(*row, int)) {
	best := t.best(tab)
	var one *row // the true row with the fewest conditions, or the first unknown one
	shown := false
	for i := range tab.rows {
		r := &tab.rows[i]
		truth, _ := t.g.evalRow(t.m, r)
		if truth != best {
			continue
		}
		if one == nil || (best == isTrue && len(r.conds) < len(one.conds)) {
			one = r
		}
		if best == isFalse || (best == isUnknown && t.touched(r)) {
			take(r, truth)
			shown = true
		}
	}
	if !shown && one != nil {
		take(one, best)
	}
}

func (t *tracer) best(tab *table) int {
	best := isFalse
	for i := range tab.rows {
		truth, _ := t.g.evalRow(t.m, &tab.rows[i])
		best = max(best, truth)
	}
	return best
}

// touched reports whether some condition of the row is known to be true.
func (t *tracer) touched(r *row) bool {
	for i := range r.conds {
		if truth, assumed := t.truth(&r.conds[i]); truth == isTrue && !assumed {
			return true
		}
	}
	return false
}

func (t *tracer) settled(out Outcome) {
	rows := t.m.true
	if len(rows) > 1 {
		for _, i := range rows {
			if j := t.g.displacer(rows, i); j >= 0 && len(t.g.undisplaced(rows)) < len(rows) {
				t.add(judgment.Step{Parent: -1, Kind: "defeat", RuleID: t.g.main.rows[i].src.ID, Condition: "displaced by " + t.g.main.rows[j].src.ID, Truth: "true", Result: t.g.main.rows[i].result})
			}
		}
	}
	final := judgment.Step{Parent: -1, Kind: "result", Truth: "true"}
	switch {
	case out.Kind == kindConflict:
		final.Result = "conflict"
		for _, i := range t.g.undisplaced(rows) {
			final.Condition += " " + t.g.main.rows[i].src.ID
		}
		final.Condition = strings.TrimSpace(final.Condition)
	case out.Row < 0:
		final.Result = "undetermined"
	default:
		r := &t.g.main.rows[out.Row]
		if out.Dubio {
			t.add(judgment.Step{Parent: -1, Kind: "in_dubio", RuleID: r.src.ID, Condition: "severity " + strings.Join(t.g.Pack.Severity, "<"), Truth: "true", Result: r.result})
		}
		final.RuleID, final.Norm, final.Result = r.src.Rule, r.norm, r.result
		final.Condition = r.src.ID
	}
	t.add(final)
}
