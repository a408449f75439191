package doctrine

import (
	"fmt"
	"sort"
	"strings"

	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

// Vignette (虚拟案情) is a named pattern of facts with what the doctrine must say about it on one or more days.
type Vignette struct {
	ID      string
	About   Label
	Variant string
	Facts   [][2]string // variable and value, in order of variable; values under "common" included
	Cases   []VignetteCase
}

// VignetteCase is the expectation on one day.
type VignetteCase struct {
	On     string // day of the act
	Gives  string // a liability, or undetermined, conflict, out_of_scope
	Rule   string // "" is not checked
	Fires  []string
	Fails  []string
	Expect [][2]string // scope, order, recourse, cap, intensity, breach_derived and any derived variable; in order
}

func (l *loader) readVignettes(r *yamltree.Reader) {
	common := map[string]string{}
	if n := r.Get("common"); n != nil {
		l.pairs(n, "common facts", common)
	}
	seen := map[string]bool{}
	for _, n := range r.Items("vignettes") {
		v := l.readVignette(n, common)
		if seen[v.ID] {
			l.faults.Add(n, fmt.Sprintf("vignette %q stands twice", v.ID), "give each an id of its own")
		}
		seen[v.ID] = true
		l.lines["vignette "+v.ID] = n
		l.pack.Vignettes = append(l.pack.Vignettes, v)
	}
}

func (l *loader) readVignette(n *yamltree.Node, common map[string]string) Vignette {
	r := yamltree.Read(n, "a vignette", &l.faults)
	v := Vignette{ID: r.Text("id")}
	r.Name(fmt.Sprintf("vignette %q", v.ID))
	v.About, v.Variant = l.label(r, "about"), r.Maybe("variant")
	l.lines["variant of "+v.ID] = r.At("variant")
	facts := map[string]string{}
	for k, val := range common {
		facts[k] = val
	}
	if f := r.Need("facts"); f != nil {
		l.pairs(f, "facts of "+v.ID, facts)
	}
	v.Facts = sortedPairs(facts)
	for _, it := range r.Items("cases") {
		c := yamltree.Read(it, "a case of "+v.ID, &l.faults)
		c.Need("on")
		one := VignetteCase{On: c.Date("on"), Gives: c.Text("gives"), Rule: c.Maybe("rule"), Fires: c.Words("fires"), Fails: c.Words("fails")}
		if e := c.Get("expect"); e != nil {
			m := map[string]string{}
			l.pairs(e, "expect of "+v.ID, m)
			one.Expect = sortedPairs(m)
		}
		c.Done()
		l.lines[fmt.Sprintf("case %s %d", v.ID, len(v.Cases))] = it
		if !contains(liabilities, one.Gives) && one.Gives != "undetermined" && one.Gives != "conflict" && one.Gives != "out_of_scope" {
			l.faults.Add(it, fmt.Sprintf("vignette %q gives %q", v.ID, one.Gives), "use a liability, undetermined, conflict or out_of_scope")
		}
		v.Cases = append(v.Cases, one)
	}
	r.Done()
	return v
}

func (l *loader) pairs(n *yamltree.Node, what string, into map[string]string) {
	if n.Kind != yamltree.Map {
		l.faults.Add(n, what+" must be a mapping, found "+n.Kind.String(), "write {variable: value}")
		return
	}
	for _, e := range n.Entries {
		if e.Value.Kind != yamltree.Scalar {
			l.faults.Add(e.Value, fmt.Sprintf("%s: %q must be a single value", what, e.Key), "write one value")
			continue
		}
		into[e.Key] = e.Value.Text
		l.lines[what+" "+e.Key] = &yamltree.Node{File: n.File, Line: e.Line}
	}
}

func sortedPairs(m map[string]string) [][2]string {
	var out [][2]string
	for k, v := range m {
		out = append(out, [2]string{k, v})
	}
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	return out
}

// checkVignettes looks at the words of the vignettes; whether they come true is a matter for model/inference.
func (l *loader) checkVignettes() {
	rules := map[string]bool{}
	for _, r := range l.pack.Main().Rows {
		rules[r.ID], rules[r.Rule] = true, true
	}
	for _, v := range l.pack.Vignettes {
		at := l.lines["vignette "+v.ID]
		if _, _, err := l.pack.Assign(v.Variant); err != nil {
			l.faults.Add(l.lines["variant of "+v.ID], fmt.Sprintf("vignette %q: %v", v.ID, err), "name a bundle or key=value of this pack")
		}
		for _, f := range v.Facts {
			at := at
			if own := l.lines["facts of "+v.ID+" "+f[0]]; own != nil {
				at = own
			} else if common := l.lines["common facts "+f[0]]; common != nil {
				at = common
			}
			x := l.pack.Vocabulary.Variable(f[0])
			if x == nil || x.Kind != "enum" {
				l.faults.Add(at, fmt.Sprintf("vignette %q gives a fact on %q, which is no base variable with values", v.ID, f[0]), "use a variable of the vocabulary; derived ones are computed")
			} else if !x.Has(f[1]) && f[1] != vocabulary.Unknown && f[1] != vocabulary.NotProved && f[1] != vocabulary.Conflict {
				l.faults.Add(at, fmt.Sprintf("vignette %q: %q has no value %q", v.ID, f[0], f[1]), "use one of: "+ids(x.Values))
			}
		}
		for i, c := range v.Cases {
			at := l.lines[fmt.Sprintf("case %s %d", v.ID, i)]
			for _, name := range append(append([]string{}, c.Fires...), c.Fails...) {
				if !rules[name] {
					l.faults.Add(at, fmt.Sprintf("vignette %q names rule %q, which the decision table does not have", v.ID, name), "name a rule or row of the decision table")
				}
			}
			if c.Rule != "" && !rules[c.Rule] {
				l.faults.Add(at, fmt.Sprintf("vignette %q expects rule %q, which the decision table does not have", v.ID, c.Rule), "name a rule of the decision table")
			}
		}
	}
}

// Compare says how labels become classes that can be compared.
type Compare struct {
	Rulings     []Class
	Predictions []Class
	Compatible  []Compatible
}

// Class is one line of the mapping. Class "outside" means: not compared.
type Class struct {
	Label      string
	ShareBasis string // only for this basis of a share; "" any
	Variant    []VariantCond
	Class      string
	Flag       string // reported apart under this name; "" not
	Reason     Label
}

// Compatible names a predicted and an actual class that do not contradict each other although they differ.
type Compatible struct {
	Predicted, Actual string // Actual is a ruling label
	Condition         string // third_party_not_sued
	Reason            Label
	Source            string
}

func (l *loader) readCompare(r *yamltree.Reader) {
	l.pack.Compare.Rulings = l.readClasses(r, "rulings")
	l.pack.Compare.Predictions = l.readClasses(r, "predictions")
	if n := r.Get("compatible"); n != nil {
		for _, it := range n.Items {
			c := yamltree.Read(it, "a line of compatible", &l.faults)
			l.pack.Compare.Compatible = append(l.pack.Compare.Compatible, Compatible{Predicted: c.Text("predicted"),
				Actual: c.Text("actual"), Condition: c.OneOf("condition", "third_party_not_sued"), Reason: l.label(c, "reason"), Source: c.Text("source")})
			c.Done()
		}
	}
}

func (l *loader) readClasses(r *yamltree.Reader, key string) []Class {
	var out []Class
	for _, n := range r.Items(key) {
		c := yamltree.Read(n, "a line of "+key, &l.faults)
		one := Class{Label: c.Text("label"), ShareBasis: c.Maybe("share_basis"), Class: c.OneOf("class", "joint", "supplementary", "share", "none", "outside"),
			Flag: c.Maybe("flag"), Variant: l.variantConds(c.Get("variant"), key), Reason: l.label(c, "reason")}
		c.Done()
		for _, o := range out {
			if o.Label == one.Label && o.ShareBasis == one.ShareBasis && !exclusive(o.Variant, one.Variant) {
				l.faults.Add(n, fmt.Sprintf("label %q stands twice in %s", one.Label, key), "keep one line, or bind the lines to different variants or share bases")
			}
		}
		out = append(out, one)
	}
	return out
}

// OfRuling gives the class and the flag of an actual label under a choice of variants; the most specific line wins
// (a line with a share basis before one without). A label nobody listed is "outside".
func (c Compare) OfRuling(label, shareBasis string, choice map[string]string) (class, flag string) {
	return pick(c.Rulings, label, shareBasis, choice)
}

// OfPrediction gives the class and the flag of a predicted liability.
func (c Compare) OfPrediction(liability string, choice map[string]string) (class, flag string) {
	return pick(c.Predictions, liability, "", choice)
}

func pick(lines []Class, label, basis string, choice map[string]string) (string, string) {
	best := -1
	class, flag := "outside", ""
	for _, one := range lines {
		if one.Label != label || (one.ShareBasis != "" && one.ShareBasis != basis) || !AllChosen(one.Variant, choice) {
			continue
		}
		weight := 2*min(1, len(one.ShareBasis)) + min(1, len(one.Variant))
		if weight > best {
			best, class, flag = weight, one.Class, one.Flag
		}
	}
	return class, flag
}

// Statement is one sentence of the text that the pack follows, and where the pack answers it.
type Statement struct {
	ID        string
	Section   string
	About     Label
	Rules     []string // rules of the decision table
	Variables []string // base or derived
	Rows      []string // rows of other tables
	Variants  []string
	Direction []string // variables whose direction a property test checks
	Untested  Label    // why it cannot be tested empirically
}

func (l *loader) readStatements(r *yamltree.Reader) {
	for _, n := range r.Items("statements") {
		s := yamltree.Read(n, "a statement", &l.faults)
		one := Statement{ID: s.Text("id"), Section: s.Text("section"), About: l.label(s, "about"), Rules: s.Words("rules"), Variables: s.Words("variables"),
			Rows: s.Words("rows"), Variants: s.Words("variants"), Direction: s.Words("direction")}
		if u := s.Get("untested"); u != nil {
			one.Untested = l.labelNode(u, "untested of "+one.ID)
		}
		s.Done()
		for _, key := range []string{"rules", "rows", "variables", "variants", "direction"} {
			l.lines["statement "+one.ID+" "+key] = s.At(key)
		}
		l.lines["statement "+one.ID] = n
		l.pack.Statements = append(l.pack.Statements, one)
	}
}

func (l *loader) checkStatements() {
	for _, s := range l.pack.Statements {
		at := l.lines["statement "+s.ID]
		if len(s.Rules)+len(s.Variables)+len(s.Rows)+len(s.Variants)+len(s.Direction) == 0 && s.Untested.En == "" {
			l.faults.Add(at, fmt.Sprintf("statement %q is answered by nothing", s.ID), "name rules, variables, rows, variants or a direction, or say why it is untested")
		}
		for _, kind := range []struct {
			words []string
			known func(string) bool
			what  string
			key   string
		}{
			{s.Rules, l.isRule, "rule", "rules"},
			{s.Rows, func(id string) bool { return l.lines["row "+id] != nil }, "row", "rows"},
			{s.Variables, func(id string) bool { return l.pack.ValuesOf(id) != nil || l.pack.Vocabulary.Variable(id) != nil }, "variable", "variables"},
			{s.Variants, func(id string) bool { _, ok := l.defaults()[id]; return ok }, "variant", "variants"},
			{s.Direction, l.isSummed, "variable of a sum table", "direction"},
		} {
			for _, w := range kind.words {
				if !kind.known(w) {
					l.faults.Add(l.lines["statement "+s.ID+" "+kind.key], fmt.Sprintf("statement %q names %q, which is no %s of the pack", s.ID, w, kind.what), "mend the name or add what is missing")
				}
			}
		}
	}
}

func (l *loader) defaults() map[string]string {
	out := map[string]string{}
	for _, v := range l.pack.Variants {
		out[v.Key] = v.Default
	}
	return out
}

func (l *loader) isRule(id string) bool {
	for _, r := range l.pack.Main().Rows {
		if r.Rule == id {
			return true
		}
	}
	return false
}

func (l *loader) isSummed(id string) bool {
	for _, t := range l.pack.Tables {
		if t.Kind == Sum && strings.Contains(" "+strings.Join(inputs(t), " ")+" ", " "+id+" ") {
			return true
		}
	}
	return false
}
