package doctrine

import (
	"fmt"
	"sort"
	"strings"

	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

// check looks at the pack as a whole, once every file could be read.
func (l *loader) check() {
	p := l.pack
	if p.Main() == nil {
		l.faults.AddFile("tables", "no table is for the decision", "add a table with `for: decision` and `kind: decide`")
		return
	}
	if t := p.Main(); t.Kind != Decide {
		l.faults.Add(l.lines["table "+t.ID], "the table for the decision must be of kind decide", "set kind: decide")
	}
	for _, t := range p.Tables {
		l.checkTable(t)
	}
	for _, d := range p.Derived {
		if d.Table == nil {
			l.faults.Add(l.lines["derived "+d.ID], fmt.Sprintf("no table is for derived variable %q", d.ID), fmt.Sprintf("add a table with `for: %s`", d.ID))
		}
	}
	l.checkRules()
	if l.faults.Err() == nil {
		l.order()
	}
	if l.faults.Err() == nil {
		l.checkVignettes()
		l.checkStatements()
	}
	for _, o := range sortedPairs(p.Outputs) {
		if p.ValuesOf(o[1]) == nil {
			l.faults.Add(l.lines["outputs"], fmt.Sprintf("output %q shows %q, which is no variable", o[0], o[1]), "name a variable of the vocabulary or of derived.yaml")
		}
	}
	for _, s := range p.Severity {
		if !contains(liabilities, s) {
			l.faults.Add(l.lines["severity"], fmt.Sprintf("severity names %q, which is no liability", s), "use: "+strings.Join(liabilities, ", "))
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (l *loader) checkTable(t *Table) {
	var values []vocabulary.Value
	if t.For != Decision {
		d := l.pack.DerivedVariable(t.For)
		if d == nil {
			l.faults.Add(l.lines["table "+t.ID], fmt.Sprintf("table %q is for %q, which derived.yaml does not declare", t.ID, t.For), "declare the variable or mend its name")
			return
		}
		d.Table, values = t, d.Values
	}
	if t.Kind == Any && !(len(values) == 2 && has(values, "yes") && has(values, "no")) {
		l.faults.Add(l.lines["table "+t.ID], fmt.Sprintf("table %q of kind any is for %q, whose values are not yes and no", t.ID, t.For), "leave out `values` of the variable")
	}
	for _, b := range t.Bands {
		if !has(values, b.Value) {
			l.faults.Add(l.lines["table "+t.ID], fmt.Sprintf("a band of %q gives %q, which is not a value of %q", t.ID, b.Value, t.For), "use a declared value")
		}
	}
	for _, r := range t.Rows {
		if t.Kind == Decide && t.For != Decision && !has(values, r.Value) {
			l.faults.Add(l.lines["then "+r.ID], fmt.Sprintf("row %q gives %q, which is not a value of %q", r.ID, r.Value, t.For), "use one of: "+ids(values))
		}
		l.checkRow(r)
	}
}

func has(values []vocabulary.Value, id string) bool {
	for _, v := range values {
		if v.ID == id {
			return true
		}
	}
	return false
}

func ids(values []vocabulary.Value) string {
	var out []string
	for _, v := range values {
		out = append(out, v.ID)
	}
	return strings.Join(out, ", ")
}

func (l *loader) checkRow(r *Row) {
	for _, c := range r.If {
		l.checkCondition(r, c)
	}
	for _, a := range r.OnUnknown {
		found := false
		for _, c := range r.If {
			found = found || c.Variable == a.Variable
		}
		if !found {
			l.faults.Add(l.lines["on_unknown "+r.ID], fmt.Sprintf("on_unknown of %q speaks of %q, on which the row has no condition", r.ID, a.Variable), "name a variable of the row's conditions")
		}
		l.checkNorms(r, a.Norms, false)
	}
	l.checkNorms(r, r.Norms, true)
}

func (l *loader) checkCondition(r *Row, c Condition) {
	at := l.lines["if "+r.ID+" "+c.Variable]
	values := l.pack.ValuesOf(c.Variable)
	if values == nil {
		remedy := "use a variable of the vocabulary or declare it in derived.yaml"
		if near := yamltree.Nearest(c.Variable, l.allVariables()); near != "" {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
		l.faults.Add(at, fmt.Sprintf("row %q has a condition on %q, which is no variable with values", r.ID, c.Variable), remedy)
		return
	}
	for _, v := range c.Values {
		if v == vocabulary.Unknown || v == vocabulary.Conflict {
			l.faults.Add(at, fmt.Sprintf("row %q asks whether %q is %s", r.ID, c.Variable, v), "say in on_unknown, with its ground, how an unknown value counts")
		} else if !has(values, v) && v != vocabulary.NotProved {
			l.faults.Add(at, fmt.Sprintf("%q has no value %q (row %q)", c.Variable, v, r.ID), "use one of: "+ids(values))
		}
	}
	if !c.Not && len(c.Values) >= len(values) {
		l.faults.Add(at, fmt.Sprintf("the condition of %q on %q lists every value and excludes nothing", r.ID, c.Variable), "remove the condition or list fewer values")
	}
}

func (l *loader) allVariables() []string {
	var out []string
	for _, x := range l.pack.Vocabulary.Variables {
		out = append(out, x.ID)
	}
	for _, d := range l.pack.Derived {
		out = append(out, d.ID)
	}
	return out
}

// checkNorms demands that norms exist, and that one of them is in force on the first and the last day of a dated row.
func (l *loader) checkNorms(r *Row, norms []string, dated bool) {
	if len(norms) == 0 {
		return
	}
	okFrom, okTo := r.From == "", r.To == ""
	for _, id := range norms {
		n := l.pack.Vocabulary.Norm(id)
		if n == nil {
			l.faults.Add(l.lines["norms "+r.ID], fmt.Sprintf("row %q names norm %q, which the vocabulary does not list", r.ID, id), "write the law's code, the article and, in brackets, a paragraph that exists: CC1198(2)")
			return
		}
		okFrom = okFrom || n.InForce(r.From)
		okTo = okTo || n.InForce(r.To)
	}
	if dated && (!okFrom || !okTo) {
		l.faults.Add(l.lines["from "+r.ID], fmt.Sprintf("row %q holds from %q to %q, when none of its norms %s is in force", r.ID, r.From, r.To, strings.Join(norms, ", ")), "mend from and to, or name the norm of that time")
	}
}

// checkRules looks at ranks and at who displaces whom.
func (l *loader) checkRules() {
	byRule := map[string][]*Row{}
	for _, r := range l.pack.Main().Rows {
		byRule[r.Rule] = append(byRule[r.Rule], r)
	}
	for _, r := range l.pack.Main().Rows {
		for _, o := range r.Over {
			others := byRule[o.Rule]
			if len(others) == 0 {
				l.faults.Add(l.lines["over "+r.ID], fmt.Sprintf("row %q displaces rule %q, which does not exist", r.ID, o.Rule), "name a rule of the decision table")
			}
			for _, other := range others {
				l.checkOver(r, o, other)
			}
		}
	}
}

func (l *loader) checkOver(r *Row, o Over, other *Row) {
	if other.Rule == r.Rule && other != r {
		return // said once, at the row itself
	}
	if other == r {
		l.faults.Add(l.lines["over "+r.ID], fmt.Sprintf("row %q displaces its own rule", r.ID), "name another rule")
		return
	}
	if other.Rank != r.Rank {
		l.faults.Add(l.lines["over "+r.ID], fmt.Sprintf("row %q (rank %d) displaces %q (rank %d)", r.ID, r.Rank, other.ID, other.Rank), "`over` settles rows of one rank; otherwise the rank decides")
	}
	for _, back := range other.Over {
		if back.Rule == r.Rule && !exclusive(o.Variant, back.Variant) && !exclusive(r.Variant, other.Variant) {
			l.faults.Add(l.lines["over "+r.ID], fmt.Sprintf("rules %q and %q displace each other", r.Rule, other.Rule), "let one give way, or bind each to a variant")
		}
	}
}

// exclusive reports whether two variant conditions can never hold together.
func exclusive(a, b []VariantCond) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Key != y.Key {
				continue
			}
			shared := false
			for _, v := range x.Values {
				shared = shared || contains(y.Values, v)
			}
			if !shared {
				return true
			}
		}
	}
	return false
}

// order sorts the derived variables so that each stands after what it reads; a circle is a fault.
func (l *loader) order() {
	state := map[string]int{} // 1: being visited, 2: done
	var sorted []*Derived
	var visit func(d *Derived, way []string, at *yamltree.Node)
	visit = func(d *Derived, way []string, at *yamltree.Node) {
		if state[d.ID] == 2 {
			return
		}
		if state[d.ID] == 1 {
			l.faults.Add(at, "derived variables form a circle: "+strings.Join(append(way, d.ID), " -> "), "let one of them stop reading the others")
			return
		}
		state[d.ID] = 1
		for _, id := range inputs(d.Table) {
			if next := l.pack.DerivedVariable(id); next != nil {
				visit(next, append(way, d.ID), l.reading(d.Table, id))
			}
		}
		state[d.ID] = 2
		sorted = append(sorted, d)
	}
	byID := append([]*Derived(nil), l.pack.Derived...)
	sort.Slice(byID, func(i, j int) bool { return byID[i].ID < byID[j].ID })
	for _, d := range byID {
		visit(d, nil, nil)
	}
	l.pack.Derived = sorted
}

// reading is the place of the first condition of a table on a variable.
func (l *loader) reading(t *Table, id string) *yamltree.Node {
	for _, r := range t.Rows {
		if at := l.lines["if "+r.ID+" "+id]; at != nil {
			return at
		}
	}
	return l.lines["table "+t.ID]
}

// inputs are the variables a table reads, in alphabetical order.
func inputs(t *Table) []string {
	set := map[string]bool{}
	for _, r := range t.Rows {
		for _, c := range r.If {
			set[c.Variable] = true
		}
	}
	var out []string
	for v := range set {
		out = append(out, v)
	}
	sort.Strings(out)
	return out
}
