package inference

// The quick evaluator gives the outcome alone, without the facts on which it rests: it stops at the first false
// condition and at the first true row, and decides many parties under many packs. A test holds it to Eval.

// Quick decides one input; m is the caller's working memory and is overwritten.
func (g *Program) Quick(m *Machine, in *Input) Outcome {
	if len(m.bit) < g.slots {
		m.bit, m.dep = make([]uint32, g.slots), make([]set, g.slots)
	}
	for i, c := range in.code {
		m.bit[i] = 1 << c
	}
	clear(m.bit[g.nbase:])
	out := Outcome{Row: -1}
	m.true = m.true[:0]
	rows := g.main.rows
	for i := range rows {
		if len(m.true) > 0 && rows[i].rank != out.rank {
			break
		}
		if g.quickRow(m, &rows[i]) == isTrue {
			m.true = append(m.true, i)
			out.rank = rows[i].rank
		}
	}
	g.settle(m, &out)
	return out
}

func (g *Program) quickRow(m *Machine, r *row) int {
	truth := isTrue
	for i := range r.conds {
		c := &r.conds[i]
		b := m.bit[c.slot]
		if b == 0 {
			b = g.quickTable(m, &g.derived[int(c.slot)-g.nbase])
		}
		if b&c.holds != 0 {
			continue
		}
		if b&c.open == 0 {
			return isFalse
		}
		if c.assume == 0 || b&c.canHold == 0 {
			truth = isUnknown
		} else if c.assume < 0 {
			return isFalse
		}
	}
	return truth
}

func (g *Program) quickTable(m *Machine, t *table) uint32 {
	code := uint8(codeUnknown)
	switch t.kind {
	case "any":
		best := isFalse
		for i := range t.rows {
			if best = max(best, g.quickRow(m, &t.rows[i])); best == isTrue {
				break
			}
		}
		code = [...]uint8{t.no, codeUnknown, t.yes}[best]
	case "sum":
		sum := t.base
		for i := range t.rows {
			if g.quickRow(m, &t.rows[i]) == isTrue {
				sum += t.rows[i].points
			}
		}
		code = t.cut(sum)
	default:
		code = g.quickDecide(m, t)
	}
	m.bit[t.slot] = 1 << code
	return 1 << code
}

func (g *Program) quickDecide(m *Machine, t *table) uint8 {
	code := uint8(codeUnknown)
	for i := range t.rows {
		r := &t.rows[i]
		if code != codeUnknown && r.rank != t.rows[i-1].rank {
			break
		}
		if g.quickRow(m, r) != isTrue {
			continue
		}
		if code != codeUnknown && code != r.value {
			code = codeConflict
			continue
		}
		code = r.value
	}
	return code
}
