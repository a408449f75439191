package doctrine

import (
	"fmt"
	"sort"
	"strconv"

	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

func (l *loader) readTables(file string, r *yamltree.Reader) {
	for _, n := range r.Items("tables") {
		t := l.readTable(file, n)
		for _, o := range l.pack.Tables {
			if o.ID == t.ID {
				l.faults.Add(n, fmt.Sprintf("table %q stands twice, first in %s", t.ID, o.File), "give each table an id of its own")
			}
			if o.For == t.For && t.For != "" {
				l.faults.Add(n, fmt.Sprintf("tables %q and %q are both for %q", o.ID, t.ID, t.For), "put their rows into one table")
			}
		}
		l.pack.Tables = append(l.pack.Tables, t)
	}
	sort.SliceStable(l.pack.Tables, func(i, j int) bool { return l.pack.Tables[i].ID < l.pack.Tables[j].ID })
}

func (l *loader) readTable(file string, n *yamltree.Node) *Table {
	r := yamltree.Read(n, "a table", &l.faults)
	t := &Table{File: file, Line: n.Line, For: r.Text("for")}
	t.ID = r.Maybe("id")
	if t.ID == "" {
		t.ID = t.For
	}
	r.Name(fmt.Sprintf("table %q", t.ID))
	t.Kind, t.About = r.OneOf("kind", Decide, Any, Sum), l.label(r, "about")
	if t.Kind == Sum {
		t.Base, t.Min, t.Max = r.Int("base"), r.Int("min"), r.Int("max")
		t.Bands = l.readBands(r, t)
		if t.Min >= t.Max {
			l.faults.Add(r.At("min"), fmt.Sprintf("table %q is clipped to %d and %d", t.ID, t.Min, t.Max), "let min be below max")
		}
	}
	for _, it := range r.Items("rows") {
		t.Rows = append(t.Rows, l.readRow(file, it, t))
	}
	r.Done()
	l.lines["table "+t.ID] = n
	sortRows(t.Rows)
	return t
}

// sortRows puts rows into the order of rank and id, in which every table is read.
func sortRows(rows []*Row) {
	sort.SliceStable(rows, func(i, j int) bool {
		if rows[i].Rank != rows[j].Rank {
			return rows[i].Rank < rows[j].Rank
		}
		return rows[i].ID < rows[j].ID
	})
}

func (l *loader) readBands(r *yamltree.Reader, t *Table) []Band {
	var out []Band
	for _, n := range r.Items("bands") {
		b := yamltree.Read(n, "a band", &l.faults)
		band := Band{Value: b.Text("value"), Open: b.Get("up_to") == nil}
		if !band.Open {
			band.Max = b.Int("up_to")
		}
		b.Done()
		if k := len(out); k > 0 && (out[k-1].Open || (!band.Open && band.Max <= out[k-1].Max)) {
			l.faults.Add(n, fmt.Sprintf("bands of %q do not rise", t.ID), "order them by up_to and leave up_to out of the last one only")
		}
		out = append(out, band)
	}
	if len(out) > 0 && !out[len(out)-1].Open {
		l.faults.Add(r.Node(), fmt.Sprintf("the last band of %q has an up_to, so high sums get no value", t.ID), "leave up_to out of the last band")
	}
	return out
}

func (l *loader) readRow(file string, n *yamltree.Node, t *Table) *Row {
	r := yamltree.Read(n, "a row", &l.faults)
	row := &Row{ID: r.Text("id"), File: file, Line: n.Line}
	r.Name(fmt.Sprintf("row %q", row.ID))
	if row.Rule = r.Maybe("rule"); row.Rule == "" {
		row.Rule = row.ID
	}
	row.Source, row.Norms = r.Text("source"), r.Words("norms")
	for _, key := range []string{"norms", "from", "over", "on_unknown", "points", "then", "rank"} {
		l.lines[key+" "+row.ID] = r.At(key)
	}
	row.From, row.To = r.Date("from"), r.Date("to")
	row.Variant = l.variantConds(r.Get("variant"), "row "+row.ID)
	row.Reason = l.label(r, "reason")
	row.If = l.conditions(r, row)
	if u := r.Get("on_unknown"); u != nil {
		for _, it := range u.Items {
			row.OnUnknown = append(row.OnUnknown, l.assumption(it, row))
		}
	}
	switch {
	case t.For == Decision:
		row.Rank = l.rank(r, row)
		row.Then = l.result(r, row)
		row.Over = l.overs(r, row)
	case t.Kind == Decide:
		row.Rank = l.rank(r, row)
		row.Value = r.Text("then")
	case t.Kind == Sum:
		row.Points = r.Int("points")
		l.sign(r, row)
	}
	r.Done()
	if row.From != "" && row.To != "" && row.From > row.To {
		l.faults.Add(r.At("from"), fmt.Sprintf("row %q ends on %s before it begins on %s", row.ID, row.To, row.From), "exchange or mend the dates")
	}
	if prev := l.lines["row "+row.ID]; prev != nil {
		l.faults.Add(n, fmt.Sprintf("row %q stands twice, first in %s:%d", row.ID, prev.File, prev.Line), "give each row an id of its own; versions of one rule share `rule`")
	}
	l.lines["row "+row.ID] = n
	return row
}

func (l *loader) rank(r *yamltree.Reader, row *Row) int {
	n := r.Int("rank")
	if n < 0 {
		l.faults.Add(r.At("rank"), fmt.Sprintf("rank of row %q is %d", row.ID, n), "write a number from 0 on; the lowest decides first")
	}
	return n
}

// sign demands that points raise or lower as declared: the signs are what makes a sum monotone.
func (l *loader) sign(r *yamltree.Reader, row *Row) {
	dir := r.OneOf("direction", "raises", "lowers")
	if (dir == "raises" && row.Points <= 0) || (dir == "lowers" && row.Points >= 0) {
		l.faults.Add(r.At("points"), fmt.Sprintf("row %q %s the sum but has %d points", row.ID, dir, row.Points), "give points the sign of the direction, not zero")
	}
}

func (l *loader) conditions(r *yamltree.Reader, row *Row) []Condition {
	n := r.Need("if")
	if n == nil {
		return nil
	}
	if n.Kind != yamltree.Map {
		l.faults.Add(n, fmt.Sprintf("conditions of %q must be a mapping, found %s", row.ID, n.Kind), "write `variable: value` or `variable: [value, value]`")
		return nil
	}
	var out []Condition
	for _, e := range n.Entries {
		c := Condition{Variable: e.Key}
		value := e.Value
		if value.Kind == yamltree.Map {
			v := yamltree.Read(value, fmt.Sprintf("condition on %q", e.Key), &l.faults)
			c.Not = true
			value = v.Need("not")
			v.Done()
		}
		if value != nil {
			c.Values = yamltree.Words(value, fmt.Sprintf("condition on %q", e.Key), &l.faults)
		}
		out = append(out, c)
		l.lines["if "+row.ID+" "+e.Key] = &yamltree.Node{File: n.File, Line: e.Line}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Variable < out[j].Variable })
	return out
}

func (l *loader) assumption(n *yamltree.Node, row *Row) Assumption {
	r := yamltree.Read(n, fmt.Sprintf("on_unknown of %q", row.ID), &l.faults)
	a := Assumption{Variable: r.Text("variable"), Norms: r.Words("norms")}
	a.Holds = r.OneOf("then", "holds", "fails") == "holds"
	a.Ground = l.label(r, "ground")
	a.Covers = r.Words("covers")
	r.Done()
	if a.Covers == nil {
		a.Covers = []string{vocabulary.Unknown, vocabulary.NotProved}
	}
	for _, c := range a.Covers {
		if c != vocabulary.Unknown && c != vocabulary.NotProved && c != vocabulary.Conflict {
			l.faults.Add(n, fmt.Sprintf("on_unknown of %q covers %q", row.ID, c), "use unknown, not_proved or conflict")
		}
	}
	return a
}

func (l *loader) overs(r *yamltree.Reader, row *Row) []Over {
	n := r.Get("over")
	if n == nil {
		return nil
	}
	if n.Kind != yamltree.List {
		l.faults.Add(n, fmt.Sprintf("over of %q must be a list, found %s", row.ID, n.Kind), "write - {rule: R8, variant: {…}}")
		return nil
	}
	var out []Over
	for _, it := range n.Items {
		o := yamltree.Read(it, fmt.Sprintf("over of %q", row.ID), &l.faults)
		out = append(out, Over{Rule: o.Text("rule"), Variant: l.variantConds(o.Get("variant"), "over of "+row.ID)})
		o.Done()
	}
	return out
}

// Words a result may use.
var (
	outcomes    = []string{"decided", "out_of_scope", "undetermined"}
	liabilities = []string{"joint", "joint_limited", "supplementary", "share", "own", "none"}
)

func (l *loader) result(r *yamltree.Reader, row *Row) Result {
	n := r.Need("then")
	if n == nil {
		return Result{}
	}
	t := yamltree.Read(n, fmt.Sprintf("then of %q", row.ID), &l.faults)
	out := Result{Outcome: t.OneOf("outcome", outcomes...)}
	optional := func(key string, words ...string) string {
		if t.Get(key) == nil {
			return ""
		}
		return t.OneOf(key, words...)
	}
	out.Liability = optional("liability", liabilities...)
	out.Scope = optional("scope", "full", "duty", "enlarged")
	out.Order = optional("order", "none", "third_party_first")
	out.Recourse = optional("recourse", "full", "internal", "none")
	out.Nature = optional("nature", "unreal", "burden", "promise", "accident")
	out.Cap = t.Maybe("cap")
	t.Done()
	if f, err := strconv.ParseFloat(out.Cap, 64); out.Cap != "" && (err != nil || f <= 0 || f > 1) {
		l.faults.Add(n, fmt.Sprintf("cap of %q is %q", row.ID, out.Cap), "write a fraction above 0 and up to 1")
	}
	if (out.Outcome == "decided") != (out.Liability != "") {
		l.faults.Add(n, fmt.Sprintf("row %q is %q with liability %q", row.ID, out.Outcome, out.Liability), "a decided result names a liability, any other none")
	}
	return out
}
