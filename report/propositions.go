package report

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"caipan/model/doctrine"
	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

//go:embed propositions.yaml
var propositionsYAML []byte

// Proposition (命题) is one statement of the text that a pack follows, with its tests on judgments.
type Proposition struct {
	ID, Section, Kind string
	About, Untested   doctrine.Label
	Tests             []PropositionTest
}

// PropositionTest is one way to test a proposition: see propositions.yaml for what the fields mean.
type PropositionTest struct {
	How                         string
	Where, Of, Against, Outcome []Condition
	Variable, Result            string
	Expects                     string
	Bound                       float64
	SilentMiss                  bool
}

// Condition holds for a party whose value in the column is one of Values.
type Condition struct {
	Column string
	Values []string
}

// Words that stand for values in a condition.
const (
	anyKnown = "known"
	notKnown = "-"
)

// test is a condition made ready for one set of observations: the column and the codes that satisfy it.
type test struct {
	of    *codes
	allow [256]bool
}

// ready resolves conditions once, so that a row costs one look-up each.
func (o *observations) ready(cs []Condition) []test {
	out := make([]test, len(cs))
	for i, c := range cs {
		x := &out[i]
		x.of = o.column(columnName(c.Column))
		x.allow[0] = slices.Contains(c.Values, notKnown)
		if x.of == nil {
			continue
		}
		for k, word := range x.of.words {
			x.allow[k+1] = slices.Contains(c.Values, word) || slices.Contains(c.Values, anyKnown)
		}
	}
	return out
}

// holds reports whether the row satisfies the condition.
func (x *test) holds(row int) bool { return x.allow[x.of.code(row)] }

func allHold(list []test, row int) bool {
	for i := range list {
		if !list[i].holds(row) {
			return false
		}
	}
	return true
}

// columnName turns a bare variable into the column of the reasoning.
func columnName(s string) string {
	if strings.Contains(s, ".") {
		return s
	}
	return policyFull + "." + s
}

// propositionColumn is a column that is no variable of the vocabulary.
type propositionColumn struct {
	ID     string
	Name   doctrine.Label
	Values []string
	Norms  []string
}

// propositionSet is what propositions.yaml says.
type propositionSet struct {
	Pack       string
	Columns    []propositionColumn
	Statements []Proposition
}

var loadPropositions = sync.OnceValues(func() (*propositionSet, error) {
	v, err := vocabulary.Load()
	if err != nil {
		return nil, err
	}
	return readPropositions("propositions.yaml", propositionsYAML, v)
})

// Propositions are the statements with their tests, in the order of the text.
func Propositions() ([]Proposition, error) {
	s, err := loadPropositions()
	if err != nil {
		return nil, err
	}
	return s.Statements, nil
}

// bases are the columns that say whether one of their norms is the basis of the judgment.
func (s *propositionSet) bases() map[string][]string {
	out := map[string][]string{}
	for _, c := range s.Columns {
		if len(c.Norms) > 0 {
			out[c.ID] = c.Norms
		}
	}
	return out
}

func (s *propositionSet) column(id string) *propositionColumn {
	for i := range s.Columns {
		if s.Columns[i].ID == id {
			return &s.Columns[i]
		}
	}
	return nil
}

type propositionReader struct {
	set    *propositionSet
	voc    *vocabulary.Vocabulary
	faults yamltree.Faults
}

// readPropositions reads the file; its error names every fault with its line and the remedy.
func readPropositions(file string, src []byte, v *vocabulary.Vocabulary) (*propositionSet, error) {
	p := &propositionReader{set: &propositionSet{}, voc: v}
	if n := yamltree.Parse(file, src, &p.faults); n != nil {
		r := yamltree.Read(n, "the file", &p.faults)
		p.set.Pack = r.Text("pack")
		for _, c := range r.Items("columns") {
			p.readColumn(c)
		}
		for _, s := range r.Items("statements") {
			p.readStatement(s)
		}
		r.Done()
	}
	if err := p.faults.Err(); err != nil {
		return nil, fmt.Errorf("propositions: %w", err)
	}
	return p.set, nil
}

func (p *propositionReader) readColumn(n *yamltree.Node) {
	r := yamltree.Read(n, "a column", &p.faults)
	c := propositionColumn{ID: r.Text("id"), Name: doctrine.Label{En: r.Text("en"), Zh: r.Text("zh")}, Values: r.Words("values"), Norms: r.Words("norms")}
	for _, norm := range c.Norms {
		if p.voc.Norm(norm) == nil {
			p.faults.Add(n, fmt.Sprintf("column %q names norm %q, which norms.yaml does not list", c.ID, norm), "write an id of norms.yaml")
		}
	}
	r.Done()
	p.set.Columns = append(p.set.Columns, c)
}

func (p *propositionReader) readStatement(n *yamltree.Node) {
	r := yamltree.Read(n, "a statement", &p.faults)
	s := Proposition{ID: r.Text("id"), Section: r.Text("section"), Kind: r.OneOf("kind", "RULE", "DIR", "DEF", "LAW", "CTX", "REC"), About: doctrine.Label{En: r.Text("en"), Zh: r.Text("zh")}}
	if u := r.Get("untested"); u != nil {
		x := yamltree.Read(u, "untested of "+s.ID, &p.faults)
		s.Untested = doctrine.Label{En: x.Text("en"), Zh: x.Text("zh")}
		x.Done()
	}
	if r.Get("tests") != nil {
		for _, t := range r.Items("tests") {
			s.Tests = append(s.Tests, p.readTest(s.ID, t))
		}
	}
	r.Done()
	if (len(s.Tests) == 0) == (s.Untested.En == "") {
		p.faults.Add(n, fmt.Sprintf("statement %q must have either tests or a reason why it is untested", s.ID), "write `tests:` or `untested:`")
	}
	if slices.ContainsFunc(p.set.Statements, func(x Proposition) bool { return x.ID == s.ID }) {
		p.faults.Add(n, fmt.Sprintf("statement %q is written twice", s.ID), "keep one")
	}
	p.set.Statements = append(p.set.Statements, s)
}

func (p *propositionReader) readTest(id string, n *yamltree.Node) PropositionTest {
	r := yamltree.Read(n, "a test of "+id, &p.faults)
	t := PropositionTest{How: r.OneOf("how", "difference", "share", "association", "result"), Where: p.conditions(r, "where"), Expects: r.Maybe("expects")}
	allowed := []string{"none"}
	switch t.How {
	case "difference":
		t.Of, t.Against, t.Outcome = p.needed(r, "of"), p.needed(r, "against"), p.needed(r, "outcome")
		allowed = []string{"more", "less", "same", "none"}
	case "share":
		t.Outcome = p.needed(r, "outcome")
		allowed = []string{"above", "below", "some", "never", "none"}
	case "association":
		t.Outcome, t.Variable = p.needed(r, "outcome"), r.Text("variable")
		p.checkColumn(r.Node(), t.Variable, nil)
	case "result":
		t.Result = r.Text("result")
	}
	if silent := r.Maybe("silent"); silent != "" {
		t.SilentMiss = silent == "miss"
	}
	if t.Expects == "above" || t.Expects == "below" {
		b, err := strconv.ParseFloat(r.Text("bound"), 64)
		if err != nil || b <= 0 || b >= 1 {
			p.faults.Add(n, "a bound of "+id+" must lie between 0 and 1", "write for instance 0.5")
		}
		t.Bound = b
	}
	if t.Expects != "" && !slices.Contains(allowed, t.Expects) {
		p.faults.Add(n, fmt.Sprintf("%q of a test of %s cannot be expected of a %s", t.Expects, id, t.How), "use one of: "+strings.Join(allowed, ", "))
	}
	r.Done()
	return t
}

func (p *propositionReader) needed(r *yamltree.Reader, key string) []Condition {
	if r.Need(key) == nil {
		return nil
	}
	return p.conditions(r, key)
}

func (p *propositionReader) conditions(r *yamltree.Reader, key string) []Condition {
	n := r.Get(key)
	if n == nil {
		return nil
	}
	var out []Condition
	for i := range n.Entries {
		c := Condition{Column: n.Entries[i].Key, Values: yamltree.Words(n.Entries[i].Value, "condition "+n.Entries[i].Key, &p.faults)}
		p.checkColumn(n.Entries[i].Value, c.Column, c.Values)
		out = append(out, c)
	}
	if len(out) == 0 {
		p.faults.Add(n, fmt.Sprintf("%q holds no condition", key), "write {column: values}")
	}
	return out
}

// checkColumn notes columns and values that nobody declared.
func (p *propositionReader) checkColumn(n *yamltree.Node, column string, values []string) {
	has := func(string) bool { return false }
	if c := p.set.column(column); c != nil {
		has = func(v string) bool { return slices.Contains(c.Values, v) }
	} else if x := p.voc.Variable(strings.TrimPrefix(column, policyFacts+".")); x != nil && x.Kind == "enum" && x.PartOf == "" {
		has = x.Has
	} else {
		p.faults.Add(n, fmt.Sprintf("column %q is neither declared nor a variable of the vocabulary", column), "declare it under columns, or write a variable's id")
		return
	}
	for _, v := range values {
		if v != anyKnown && v != notKnown && v != vocabulary.NotProved && !has(v) {
			p.faults.Add(n, fmt.Sprintf("column %q has no value %q", column, v), "write one of its values, known or -")
		}
	}
}
