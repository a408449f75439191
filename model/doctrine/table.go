package doctrine

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

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
		row.Rank = r.Int("rank")
		row.Then = l.result(r, row)
		row.Over = l.overs(r, row)
	case t.Kind == Decide:
		row.Rank = r.Int("rank")
		row.Value = r.Text("then")
	case t.Kind == Sum:
		row.Points = r.Int("points")
		l.sign(r, row, n)
	}
	r.Done()
	if row.From != "" && row.To != "" && row.From > row.To {
		l.faults.Add(n, fmt.Sprintf("row %q ends on %s before it begins on %s", row.ID, row.To, row.From), "exchange or mend the dates")
	}
	if prev := l.lines["row "+row.ID]; prev != nil {
		l.faults.Add(n, fmt.Sprintf("row %q stands twice, first in %s:%d", row.ID, prev.File, prev.Line), "give each row an id of its own; versions of one rule share `rule`")
	}
	l.lines["row "+row.ID] = n
	return row
}

// sign demands that points raise or lower as declared: the signs are what makes a sum monotone.
func (l *loader) sign(r *yamltree.Reader, row *Row, n *yamltree.Node) {
	dir := r.OneOf("direction", "raises", "lowers")
	if (dir == "raises" && row.Points <= 0) || (dir == "lowers" && row.Points >= 0) {
		l.faults.Add(n, fmt.Sprintf("row %q %s the sum but has %d points", row.ID, dir, row.Points), "give points the sign of the direction, not zero")
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
	r.Done()
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
			l.faults.AddFile("pack.yaml", fmt.Sprintf("severity names %q, which is no liability", s), "use: "+strings.Join(liabilities, ", "))
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
			l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("row %q gives %q, which is not a value of %q", r.ID, r.Value, t.For), "use one of: "+ids(values))
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
			l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("on_unknown of %q speaks of %q, on which the row has no condition", r.ID, a.Variable), "name a variable of the row's conditions")
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
			l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("row %q names norm %q, which the vocabulary does not list", r.ID, id), "write the law's code, the article and, in brackets, a paragraph that exists: CC1198(2)")
			return
		}
		okFrom = okFrom || n.InForce(r.From)
		okTo = okTo || n.InForce(r.To)
	}
	if dated && (!okFrom || !okTo) {
		l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("row %q holds from %q to %q, when none of its norms %s is in force", r.ID, r.From, r.To, strings.Join(norms, ", ")), "mend from and to, or name the norm of that time")
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
				l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("row %q displaces rule %q, which does not exist", r.ID, o.Rule), "name a rule of the decision table")
			}
			for _, other := range others {
				l.checkOver(r, o, other)
			}
		}
	}
}

func (l *loader) checkOver(r *Row, o Over, other *Row) {
	if other.Rule == r.Rule {
		l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("row %q displaces its own rule", r.ID), "name another rule")
		return
	}
	if other.Rank != r.Rank {
		l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("row %q (rank %d) displaces %q (rank %d)", r.ID, r.Rank, other.ID, other.Rank), "`over` settles rows of one rank; otherwise the rank decides")
	}
	for _, back := range other.Over {
		if back.Rule == r.Rule && !exclusive(o.Variant, back.Variant) && !exclusive(r.Variant, other.Variant) {
			l.faults.Add(l.lines["row "+r.ID], fmt.Sprintf("rules %q and %q displace each other", r.Rule, other.Rule), "let one give way, or bind each to a variant")
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
	var visit func(d *Derived, way []string)
	visit = func(d *Derived, way []string) {
		if state[d.ID] == 2 {
			return
		}
		if state[d.ID] == 1 {
			l.faults.Add(l.lines["derived "+d.ID], "derived variables form a circle: "+strings.Join(append(way, d.ID), " -> "), "let one of them stop reading the others")
			return
		}
		state[d.ID] = 1
		for _, id := range inputs(d.Table) {
			if next := l.pack.DerivedVariable(id); next != nil {
				visit(next, append(way, d.ID))
			}
		}
		state[d.ID] = 2
		sorted = append(sorted, d)
	}
	byID := append([]*Derived(nil), l.pack.Derived...)
	sort.Slice(byID, func(i, j int) bool { return byID[i].ID < byID[j].ID })
	for _, d := range byID {
		visit(d, nil)
	}
	l.pack.Derived = sorted
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
