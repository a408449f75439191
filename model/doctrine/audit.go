package doctrine

import (
	"fmt"
	"io"
	"math/big"
	"sort"
	"strings"
	"sync"
)

// Audit is what an exact walk through the fact space of a pack shows.
type Audit struct {
	Pack, Version, Digest string
	Readings              []Reading
	Dead                  []string // rows that can never be true, with the reason
	NeverDecisive         []string // rows that can be true but never decide, with those that stand before them
	Tables                []TableAudit
}

// Reading is the audit of the decision table under one bundle, by the newest law.
type Reading struct {
	Bundle    string
	Day       string
	Patterns  *big.Int // combinations of known values
	Gaps      *big.Int // no rule fires although everything is known
	Conflicts *big.Int // rules of one rank disagree and nothing settles it
	Dubio     *big.Int // settled by the in-dubio rule
	Pairs     []Count  // which rules disagree
	Decides   []Count  // patterns decided by each rule
	GapCases  []string // gaps in their most general form
	Open      Share    // with unknown values allowed: patterns left undetermined, of all
}

// Count is a number of patterns under a name.
type Count struct {
	Name string
	N    *big.Int
}

// Share is a part of a whole.
type Share struct{ Part, Whole *big.Int }

// String writes the share in per cent.
func (s Share) String() string {
	if s.Whole == nil || s.Whole.Sign() == 0 {
		return "0 %"
	}
	f, _ := new(big.Rat).SetFrac(s.Part, s.Whole).Float64()
	return fmt.Sprintf("%.2f %%", 100*f)
}

// TableAudit is the audit of a derived table of kind decide.
type TableAudit struct {
	Table     string
	Patterns  *big.Int
	Gaps      *big.Int
	Conflicts *big.Int
}

var audited sync.Map // digest -> Audit

// Auditing walks the fact space of the pack exactly; the paper's pack, the largest, takes a few seconds.
// The result is kept by the pack's digest and must not be changed.
func Auditing(p *Pack) (Audit, error) {
	if a, ok := audited.Load(p.Digest); ok && p.Digest != "" {
		return a.(Audit), nil
	}
	a, err := walkPack(p)
	if err == nil {
		audited.Store(p.Digest, a)
	}
	return a, err
}

func walkPack(p *Pack) (Audit, error) {
	a := Audit{Pack: p.ID, Version: p.Version, Digest: p.Digest}
	day := p.newest()
	deciders := map[*Row]bool{}
	for _, b := range p.Bundles {
		choice, name, err := p.Assign(b.Name)
		if err != nil {
			return a, err
		}
		a.Readings = append(a.Readings, p.reading(name, choice, day, deciders))
	}
	for _, r := range p.Main().Rows {
		if dead := contradiction(p, r); dead != "" {
			a.Dead = append(a.Dead, r.ID+": "+dead)
		} else if before := p.neverDecides(r, deciders); before != "" {
			a.NeverDecisive = append(a.NeverDecisive, r.ID+": "+before)
		}
	}
	choice, _, err := p.Assign("")
	if err != nil {
		return a, err
	}
	for _, t := range p.Tables {
		if t.Kind == Decide && t.For != Decision {
			a.Tables = append(a.Tables, p.auditTable(t, choice, day))
		}
	}
	return a, nil
}

// newest is the last day on which some row begins or ends; from then on the doctrine is constant.
func (p *Pack) newest() string {
	if b := p.Boundaries(); len(b) > 0 {
		return b[len(b)-1]
	}
	return "2021-01-01"
}

func (p *Pack) reading(name string, choice map[string]string, day string, deciders map[*Row]bool) Reading {
	out := Reading{Bundle: name, Day: day, Patterns: new(big.Int), Gaps: new(big.Int), Conflicts: new(big.Int), Dubio: new(big.Int)}
	pairs, decides := map[string]*big.Int{}, map[string]*big.Int{}
	s := newSpace(p, p.Main(), choice, day, true)
	s.walk(func(rows []*Row, n *big.Int, way []string) {
		out.Patterns.Add(out.Patterns, n)
		left := Undisplaced(rows, choice)
		switch {
		case len(left) == 0:
			out.Gaps.Add(out.Gaps, n)
		case agree(left):
			tally(decides, left[0].Rule, n)
		default:
			tally(pairs, ruleNames(left), n)
			if p.InDubio != nil && AllChosen(p.InDubio.Variant, choice) {
				out.Dubio.Add(out.Dubio, n)
			} else {
				out.Conflicts.Add(out.Conflicts, n)
			}
		}
	})
	out.Pairs, out.Decides = counts(pairs), counts(decides)
	out.GapCases = s.gaps()
	open := newSpace(p, p.Main(), choice, day, false)
	out.Open = Share{new(big.Int), new(big.Int)}
	open.walk(func(rows []*Row, n *big.Int, way []string) {
		out.Open.Whole.Add(out.Open.Whole, n)
		if len(rows) == 0 {
			out.Open.Part.Add(out.Open.Part, n)
			return
		}
		for _, r := range Undisplaced(rows, choice) {
			deciders[r] = true
		}
	})
	return out
}

func tally(m map[string]*big.Int, key string, n *big.Int) {
	if m[key] == nil {
		m[key] = new(big.Int)
	}
	m[key].Add(m[key], n)
}

func counts(m map[string]*big.Int) []Count {
	var out []Count
	for k, n := range m {
		out = append(out, Count{k, n})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

func ruleNames(rows []*Row) string {
	set := map[string]bool{}
	for _, r := range rows {
		set[r.Rule] = true
	}
	return strings.Join(sortedKeys(set), " against ")
}

func agree(rows []*Row) bool {
	for _, r := range rows[1:] {
		if r.Then != rows[0].Then || r.Value != rows[0].Value {
			return false
		}
	}
	return true
}

// Undisplaced drops the rows whose rule another true row of the rank displaces under the choice; if all displace each
// other, none is dropped.
func Undisplaced(rows []*Row, choice map[string]string) []*Row {
	var left []*Row
	for _, r := range rows {
		gone := false
		for _, o := range rows {
			for _, x := range o.Over {
				gone = gone || (x.Rule == r.Rule && AllChosen(x.Variant, choice))
			}
		}
		if !gone {
			left = append(left, r)
		}
	}
	if len(left) == 0 {
		return rows
	}
	return left
}

// gaps finds the gaps in their most general form: for every value of every variable one gap that has it, freed of
// every variable whose value does not matter to it.
func (s *space) gaps() []string {
	set := map[string]bool{}
	s.gapped = true
	defer func() { s.gapped = false }()
	for _, k := range s.steps {
		if k.derived != nil {
			continue
		}
		for _, c := range k.classes {
			s.fixed = map[string]string{k.id: c.value}
			if way := s.firstGap(); way != nil {
				set[s.general(way)] = true
			}
		}
	}
	s.fixed = nil
	return sortedKeys(set)
}

func (s *space) firstGap() []string {
	var found []string
	s.walk(func(rows []*Row, n *big.Int, way []string) {
		if len(rows) == 0 && found == nil {
			found = way
		}
	})
	return found
}

func (s *space) general(way []string) string {
	s.fixed = map[string]string{}
	for i, k := range s.steps {
		if k.derived == nil {
			s.fixed[k.id] = way[i]
		}
	}
	for i := len(s.steps) - 1; i >= 0; i-- {
		k := s.steps[i]
		if k.derived != nil {
			continue
		}
		was := s.fixed[k.id]
		delete(s.fixed, k.id)
		if !s.allGaps() {
			s.fixed[k.id] = was
		}
	}
	var parts []string
	for _, k := range s.steps {
		if v, ok := s.fixed[k.id]; ok {
			parts = append(parts, k.id+"="+s.spoken(k, v))
		}
	}
	return strings.Join(parts, " ")
}

// spoken names all values of the class that a value belongs to.
func (s *space) spoken(k stepVar, value string) string {
	var out []string
	for _, v := range s.pack.ValuesOf(k.id) {
		if s.signature(k.id, v.ID) == s.signature(k.id, value) && !(s.known && v.ID == "not_proved") {
			out = append(out, v.ID)
		}
	}
	return strings.Join(out, "|")
}

// allGaps reports whether every combination with the given values is a gap: as many gaps as combinations.
func (s *space) allGaps() bool {
	all, gaps := big.NewInt(1), new(big.Int)
	for _, k := range s.steps {
		if _, given := s.fixed[k.id]; given || k.derived != nil {
			continue
		}
		n := int64(0)
		for _, c := range k.classes {
			n += c.size
		}
		all.Mul(all, big.NewInt(n))
	}
	s.walk(func(rows []*Row, n *big.Int, way []string) { gaps.Add(gaps, n) })
	return all.Cmp(gaps) == 0
}

// contradiction says why a row can never be true, "" if it can.
func contradiction(p *Pack, r *Row) string {
	for _, c := range r.If {
		possible := false
		for _, v := range p.ValuesOf(c.Variable) {
			possible = possible || truthOf(r, c, v.ID) == rowTrue
		}
		for _, v := range []string{"unknown", "not_proved"} {
			possible = possible || truthOf(r, c, v) == rowTrue
		}
		if !possible {
			return "the condition " + c.String() + " can never hold"
		}
	}
	return ""
}

// neverDecides says which rules always stand before a row, under the default reading with the row's own variants and
// on a day on which it holds; "" if it decides some pattern, unknown values allowed. deciders holds the rows that
// were seen to decide already, and grows.
func (p *Pack) neverDecides(r *Row, deciders map[*Row]bool) string {
	if deciders[r] {
		return ""
	}
	choice, _, err := p.Assign("")
	if err != nil {
		return err.Error()
	}
	for _, v := range r.Variant {
		choice[v.Key] = v.Values[0]
	}
	day := r.From
	if day == "" {
		if day = r.To; day == "" {
			day = p.newest()
		}
	}
	before := map[string]bool{}
	newSpace(p, p.Main(), choice, day, false).walk(func(rows []*Row, n *big.Int, way []string) {
		for _, o := range Undisplaced(rows, choice) {
			deciders[o] = true
			before[o.Rule] = true
		}
	})
	if deciders[r] {
		return ""
	}
	return "never decides; before it stand " + strings.Join(sortedKeys(before), ", ")
}

func (p *Pack) auditTable(t *Table, choice map[string]string, day string) TableAudit {
	out := TableAudit{Table: t.ID, Patterns: new(big.Int), Gaps: new(big.Int), Conflicts: new(big.Int)}
	newSpace(p, t, choice, day, true).walk(func(rows []*Row, n *big.Int, way []string) {
		out.Patterns.Add(out.Patterns, n)
		switch {
		case len(rows) == 0:
			out.Gaps.Add(out.Gaps, n)
		case !agree(rows):
			out.Conflicts.Add(out.Conflicts, n)
		}
	})
	return out
}

// WriteText writes the audit as the command prints it.
func (a Audit) WriteText(w io.Writer) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "pack %s %s\n", a.Pack, a.Version)
	for _, r := range a.Readings {
		fmt.Fprintf(b, "\nreading %s, law of %s\n  patterns of known facts %s\n  gaps %s (%s)\n  conflicts %s (%s)\n  settled in dubio %s (%s)\n  with unknown facts, undetermined %s\n",
			r.Bundle, r.Day, r.Patterns, r.Gaps, Share{r.Gaps, r.Patterns}, r.Conflicts, Share{r.Conflicts, r.Patterns}, r.Dubio, Share{r.Dubio, r.Patterns}, r.Open)
		for _, c := range r.Decides {
			fmt.Fprintf(b, "  decided by %s: %s\n", c.Name, Share{c.N, r.Patterns})
		}
		for _, c := range r.Pairs {
			fmt.Fprintf(b, "  %s: %s patterns\n", c.Name, c.N)
		}
		for _, g := range r.GapCases {
			fmt.Fprintf(b, "  gap: %s\n", g)
		}
	}
	list := func(title string, lines []string) {
		fmt.Fprintf(b, "\n%s: %d\n", title, len(lines))
		for _, l := range lines {
			fmt.Fprintf(b, "  %s\n", l)
		}
	}
	list("dead rows", a.Dead)
	list("rows never decisive", a.NeverDecisive)
	for _, t := range a.Tables {
		fmt.Fprintf(b, "\ntable %s: patterns %s, gaps %s, conflicts %s\n", t.Table, t.Patterns, t.Gaps, t.Conflicts)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Clean reports whether the audit found no conflict that nothing settles, no dead row and no row that never decides.
func (a Audit) Clean() bool {
	for _, r := range a.Readings {
		if r.Conflicts.Sign() > 0 {
			return false
		}
	}
	return len(a.Dead)+len(a.NeverDecisive) == 0
}
