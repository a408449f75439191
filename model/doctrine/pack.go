// Package doctrine holds doctrines of platform liability (平台责任学说) as data: rule packs that a lawyer can read
// and change, loaded strictly, and audited exactly.
//
// A pack is a folder: pack.yaml, derived.yaml, tables/*.yaml, compare.yaml, vignettes.yaml and, where it follows a
// text, statements.yaml. Three kinds of table say everything: decide, any and sum; there is no expression, no
// regular expression and no call-back. The package knows no law itself, decides no case (model/inference does) and
// reads no judgment. model/inference, pipeline, report and the commands may import it.
package doctrine

import (
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"caipan/model/vocabulary"
)

// Decision is what the main table of a pack is for.
const Decision = "decision"

// Kinds of table.
const (
	Decide = "decide" // the lowest true rank gives the value
	Any    = "any"    // yes if one row is true
	Sum    = "sum"    // points, clipped, cut into bands
)

// Label is a text in English and Chinese.
type Label struct{ En, Zh string }

// In gives the Chinese text for "zh", else the English one.
func (l Label) In(lang string) string {
	if lang == "zh" {
		return l.Zh
	}
	return l.En
}

// Pack (规则包) is one version of one doctrine.
type Pack struct {
	ID, Version string
	files       fs.FS // the pack's folder
	Title       Label
	Authority   string // the text or article the doctrine follows
	LawTime     string // act | filing | judgment: the date that chooses the norm, unless the variant law_time says otherwise
	Severity    []string
	InDubio     *InDubio
	Variants    []Variant
	Bundles     []Bundle
	Derived     []*Derived        // in an order in which each stands after what it reads
	Tables      []*Table          // in order of id; the one for Decision included
	Outputs     map[string]string // breach, intensity, service: the variables shown beside the decision
	OpenPoints  []OpenPoint       // what the text leaves open beyond its variants
	Compare     Compare
	Vignettes   []Vignette
	Statements  []Statement
	Digest      string // SHA-256 of all files
	Vocabulary  *vocabulary.Vocabulary
}

// OpenPoint is a question that the text leaves open, found by the audit or in writing the pack.
type OpenPoint struct {
	ID    string
	About Label
}

// InDubio says how different results of one rank are settled: the least severe stands.
type InDubio struct {
	Variant []VariantCond // holds only under these; empty: always
	Ground  Label
	Source  string
}

// Variant (解释选项) is a point on which the doctrine can be read in several ways.
type Variant struct {
	Key     string
	Default string
	Values  []string
	Gap     string // the gap it answers
	About   Label
}

// Bundle is a named choice of variants.
type Bundle struct {
	Name   string
	About  Label
	Choice map[string]string
}

// VariantCond is true if the variant Key has one of the values.
type VariantCond struct {
	Key    string
	Values []string
}

// Derived is a variable of the pack's own, computed by one table.
type Derived struct {
	ID     string
	Name   Label
	Values []vocabulary.Value
	Source string
	Table  *Table
}

// Table is a set of rows that gives one value.
type Table struct {
	ID, Kind, For string
	About         Label
	Rows          []*Row
	Base          int // sum
	Min, Max      int // sum: clip
	Bands         []Band
	File          string
	Line          int
}

// Band gives a value to sums up to Max; the last band has no limit.
type Band struct {
	Max   int
	Open  bool
	Value string
}

// Condition is true if the variable has one of the values (or none of them, with Not).
// A variable that is unknown, not proved or in conflict makes it unknown, unless that very word is listed.
type Condition struct {
	Variable string
	Values   []string
	Not      bool
}

// String writes the condition as a trace shows it: "breach in [yes]", "platform_state not in [intent]".
func (c Condition) String() string {
	op := " in ["
	if c.Not {
		op = " not in ["
	}
	return c.Variable + op + strings.Join(c.Values, " ") + "]"
}

// Assumption (推定) says how a condition counts while its variable is unknown or not proved (or whatever open values
// Covers names), and on what ground.
type Assumption struct {
	Variable string
	Holds    bool
	Covers   []string // of unknown, not_proved, conflict
	Ground   Label
	Norms    []string
}

// Over names a rule of the same rank that a row displaces, under the given variants (none: always).
type Over struct {
	Rule    string
	Variant []VariantCond
}

// Result is what a row of the main table decides.
type Result struct {
	Outcome   string // decided | out_of_scope | undetermined
	Liability string // "" unless decided
	Scope     string // full | duty | enlarged | ""
	Order     string // none | third_party_first | ""
	Recourse  string // full | internal | none | ""
	Cap       string // fraction as written, "" for none
	Nature    string // unreal (不真正连带) | burden | promise | ""
}

// String writes the result as a trace shows it.
func (r Result) String() string {
	parts := []string{r.Outcome}
	for _, p := range [][2]string{{"liability", r.Liability}, {"scope", r.Scope}, {"order", r.Order}, {"recourse", r.Recourse}, {"cap", r.Cap}, {"nature", r.Nature}} {
		if p[1] != "" {
			parts = append(parts, p[0]+"="+p[1])
		}
	}
	return strings.Join(parts, " ")
}

// Row is one line of a table.
type Row struct {
	ID        string
	Rule      string // rule the row belongs to; several rows may be versions of one rule
	Rank      int    // decide: the lowest true rank decides
	Source    string
	Norms     []string // named in the trace while in force
	From, To  string   // days between which the row holds; "" is open
	Variant   []VariantCond
	If        []Condition
	OnUnknown []Assumption
	Over      []Over
	Then      Result // rows of the main table
	Value     string // rows of other decide tables
	Points    int    // rows of sum tables
	Reason    Label
	File      string
	Line      int
}

// Holds reports whether the row is part of the doctrine on the day under the assignment of variants.
// Without a day ("") only the variants are asked.
func (r *Row) Holds(day string, choice map[string]string) bool {
	if day != "" && (day < r.From || (r.To != "" && day > r.To)) {
		return false
	}
	return AllChosen(r.Variant, choice)
}

// AllChosen reports whether every variant condition is true under the assignment.
func AllChosen(conds []VariantCond, choice map[string]string) bool {
	for _, c := range conds {
		hit := false
		for _, v := range c.Values {
			hit = hit || choice[c.Key] == v
		}
		if !hit {
			return false
		}
	}
	return true
}

// Main is the table that decides cases.
func (p *Pack) Main() *Table {
	for _, t := range p.Tables {
		if t.For == Decision {
			return t
		}
	}
	return nil
}

// DerivedVariable finds a derived variable by id; nil if there is none.
func (p *Pack) DerivedVariable(id string) *Derived {
	for _, d := range p.Derived {
		if d.ID == id {
			return d
		}
	}
	return nil
}

// ValuesOf gives the values of a variable, base or derived; nil if there is no such enum variable.
func (p *Pack) ValuesOf(id string) []vocabulary.Value {
	if d := p.DerivedVariable(id); d != nil {
		return d.Values
	}
	if x := p.Vocabulary.Variable(id); x != nil {
		return x.Values
	}
	return nil
}

// Assign turns a variant, written as a bundle's name or as sorted key=value pairs joined by ";" (also "+"),
// into a choice for every variant of the pack, and gives its canonical name. "" is the first bundle.
func (p *Pack) Assign(variant string) (choice map[string]string, name string, err error) {
	choice = map[string]string{}
	for _, v := range p.Variants {
		choice[v.Key] = v.Default
	}
	if variant == "" && len(p.Bundles) > 0 {
		variant = p.Bundles[0].Name
	}
	for _, b := range p.Bundles {
		if b.Name == variant {
			for k, v := range b.Choice {
				choice[k] = v
			}
			return choice, b.Name, nil
		}
	}
	var set []string
	for _, pair := range strings.FieldsFunc(variant, func(r rune) bool { return r == ';' || r == '+' }) {
		k, v, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok {
			return nil, "", fmt.Errorf("pack %s has no bundle %q; use one of %s, or key=value", p.ID, pair, strings.Join(p.bundleNames(), ", "))
		}
		if err := p.knows(k, v); err != nil {
			return nil, "", err
		}
		choice[k] = v
		set = append(set, k+"="+v)
	}
	sort.Strings(set)
	return choice, strings.Join(set, ";"), nil
}

func (p *Pack) bundleNames() []string {
	var out []string
	for _, b := range p.Bundles {
		out = append(out, b.Name)
	}
	return out
}

func (p *Pack) knows(key, value string) error {
	for _, v := range p.Variants {
		if v.Key != key {
			continue
		}
		for _, one := range v.Values {
			if one == value {
				return nil
			}
		}
		return fmt.Errorf("variant %q of pack %s has no value %q; use one of %s", key, p.ID, value, strings.Join(v.Values, ", "))
	}
	return fmt.Errorf("pack %s has no variant %q; docs/DOCTRINE.md lists them", p.ID, key)
}

// Boundaries are the days on which some row begins, or the day after one ends, in order; the doctrine is constant between them.
func (p *Pack) Boundaries() []string {
	set := map[string]bool{}
	for _, t := range p.Tables {
		for _, r := range t.Rows {
			if r.From != "" {
				set[r.From] = true
			}
			if r.To != "" {
				set[nextDay(r.To)] = true
			}
		}
	}
	var out []string
	for d := range set {
		out = append(out, d)
	}
	sort.Strings(out)
	return out
}
