// Package inference applies a resolved pack to facts: Resolve compiles the tables of one doctrine, one choice of
// variants and one day into integers; Decide gives the decision with the steps that lead to it, what is missing and
// what is decisive; Replay makes the decision again from the steps alone; Explain writes it for a lawyer.
//
// Conditions are three-valued (strong Kleene): unknown, not proved and contradictory facts make a condition unknown,
// and only an on_unknown line of the pack, with its ground, says how that counts. The package knows no law: every
// rule, value and date comes from the pack. It reads no text and no ruling. pipeline, report and the commands may import it.
package inference

import (
	"fmt"
	"math/bits"
	"sort"

	"caipan/model/doctrine"
	"caipan/model/vocabulary"
)

// Codes of a value; the variable's own values follow from codeFirst on.
const (
	codeUnknown = iota
	codeNotProved
	codeConflict
	codeFirst
)

const openBits = 1<<codeUnknown | 1<<codeNotProved | 1<<codeConflict

// maxBase is how many base variables with values a dependency set can hold.
const maxBase = 128

// set is a set of base variables.
type set [maxBase / 64]uint64

func (s *set) add(o set)       { s[0] |= o[0]; s[1] |= o[1] }
func (s set) empty() bool      { return s[0]|s[1] == 0 }
func (s *set) put(i int)       { s[i>>6] |= 1 << (i & 63) }
func (s set) has(i int) bool   { return s[i>>6]&(1<<(i&63)) != 0 }
func (s set) len() int         { return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) }
func (s set) each(f func(int)) { eachBit(s[0], 0, f); eachBit(s[1], 64, f) }

func eachBit(w uint64, base int, f func(int)) {
	for ; w != 0; w &= w - 1 {
		f(base + bits.TrailingZeros64(w))
	}
}

// Encoding turns values of the vocabulary's variables into small numbers, once for all packs.
type Encoding struct {
	Variables []*vocabulary.Variable // enum variables, in the vocabulary's order; the slot is the index
	slot      map[string]int
	code      []map[string]uint8
	names     [][]string // slot, code -> value
}

// NewEncoding numbers the variables; it fails if there are more than the engine can hold.
func NewEncoding(v *vocabulary.Vocabulary) (*Encoding, error) {
	e := &Encoding{slot: map[string]int{}}
	for _, x := range v.Variables {
		if x.Kind != "enum" {
			continue
		}
		e.slot[x.ID] = len(e.Variables)
		e.Variables = append(e.Variables, x)
		codes, names := numbered(x.Values)
		e.code, e.names = append(e.code, codes), append(e.names, names)
		if len(names) > 32 {
			return nil, fmt.Errorf("variable %q has %d values, the engine holds 29; split the variable", x.ID, len(x.Values))
		}
	}
	if len(e.Variables) > maxBase {
		return nil, fmt.Errorf("the vocabulary has %d variables with values, the engine holds %d; raise maxBase", len(e.Variables), maxBase)
	}
	return e, nil
}

func numbered(values []vocabulary.Value) (map[string]uint8, []string) {
	codes := map[string]uint8{vocabulary.Unknown: codeUnknown, "": codeUnknown, vocabulary.NotProved: codeNotProved, vocabulary.Conflict: codeConflict}
	names := []string{vocabulary.Unknown, vocabulary.NotProved, vocabulary.Conflict}
	for _, v := range values {
		if v.ID == vocabulary.NotProved {
			continue
		}
		codes[v.ID] = uint8(len(names))
		names = append(names, v.ID)
	}
	return codes, names
}

type cond struct {
	slot    uint16
	assume  int8 // 0: unknown stays unknown; 1: holds; -1: fails
	holds   uint32
	open    uint32
	canHold uint32 // values under which an assumption may be made
	src     doctrine.Condition
	text    string
	assumed *doctrine.Assumption
}

type row struct {
	conds  []cond
	first  int    // slot of the first condition if it is a base variable, else -1
	may    uint32 // values of it under which the row is not false at once
	rank   int
	value  uint8 // derived decide
	points int
	result string // text of what the row gives
	src    *doctrine.Row
	over   []string // rules displaced under the chosen variants
	norm   string   // norms in force, joined
}

type table struct {
	slot  int
	kind  string
	rows  []row
	yes   uint8
	no    uint8
	base  int
	min   int
	max   int
	bands []band
	src   *doctrine.Table
	text  string // what the step of the derived variable says about the table
}

type band struct {
	max  int
	open bool
	code uint8
}

// Program is one pack under one choice of variants, as it stands on one day. It is read-only and safe for many goroutines.
type Program struct {
	Pack    *doctrine.Pack
	Variant string // canonical name
	Choice  map[string]string
	Day     string // a day on which it holds; "" before the first boundary

	enc     *Encoding
	nbase   int
	slots   int
	names   []string   // slot -> variable
	values  [][]string // slot -> code -> value
	derived []table
	main    table
	severe  map[string]int
	dubio   bool
	outs    map[string]int // output name -> slot
	reps    [][]uint8      // base slot -> one code of each class of values that no condition tells apart
}

// Resolve compiles a pack for a variant (a bundle's name or sorted key=value) and a day (YYYY-MM-DD, "" for the oldest law).
func Resolve(p *doctrine.Pack, variant, day string) (*Program, error) {
	enc, err := NewEncoding(p.Vocabulary)
	if err != nil {
		return nil, err
	}
	choice, name, err := p.Assign(variant)
	if err != nil {
		return nil, err
	}
	return compile(enc, p, name, choice, day)
}

func compile(enc *Encoding, p *doctrine.Pack, name string, choice map[string]string, day string) (*Program, error) {
	g := &Program{Pack: p, Variant: name, Choice: choice, Day: day, enc: enc, nbase: len(enc.Variables), severe: map[string]int{}, outs: map[string]int{}}
	slots := map[string]int{}
	codes := map[string]map[string]uint8{}
	for i, x := range enc.Variables {
		slots[x.ID], codes[x.ID] = i, enc.code[i]
		g.names, g.values = append(g.names, x.ID), append(g.values, enc.names[i])
	}
	for _, d := range p.Derived {
		slots[d.ID] = len(g.names)
		c, n := numbered(d.Values)
		codes[d.ID] = c
		g.names, g.values = append(g.names, d.ID), append(g.values, n)
		t, err := g.table(d.Table, slots, codes)
		if err != nil {
			return nil, err
		}
		t.slot = slots[d.ID]
		g.derived = append(g.derived, t)
	}
	g.slots = len(g.names)
	for i, s := range p.Severity {
		g.severe[s] = i
	}
	g.dubio = p.InDubio != nil && doctrine.AllChosen(p.InDubio.Variant, choice)
	for out, id := range p.Outputs {
		if s, ok := slots[id]; ok {
			g.outs[out] = s
		}
	}
	var err error
	g.main, err = g.table(p.Main(), slots, codes)
	g.classes()
	return g, err
}

// classes groups the values of each base variable by what the conditions say to them. Contradiction and not proved are
// left out: they are no values that a fact can be changed to.
func (g *Program) classes() {
	sigs := make([]map[string]bool, g.nbase)
	g.reps = make([][]uint8, g.nbase)
	conds := make([][]*cond, g.nbase)
	for _, t := range append(append([]table{}, g.derived...), g.main) {
		for i := range t.rows {
			for k := range t.rows[i].conds {
				if c := &t.rows[i].conds[k]; int(c.slot) < g.nbase {
					conds[c.slot] = append(conds[c.slot], c)
				}
			}
		}
	}
	for slot := range g.reps {
		sigs[slot] = map[string]bool{}
		for code := range g.values[slot] {
			if code == codeConflict || code == codeNotProved {
				continue
			}
			sig := make([]byte, 0, len(conds[slot]))
			for _, c := range conds[slot] {
				sig = append(sig, byte(c.holds>>code&1)<<1|byte(c.open>>code&1))
			}
			if !sigs[slot][string(sig)] {
				sigs[slot][string(sig)] = true
				g.reps[slot] = append(g.reps[slot], uint8(code))
			}
		}
	}
}

func (g *Program) table(src *doctrine.Table, slots map[string]int, codes map[string]map[string]uint8) (table, error) {
	t := table{kind: src.Kind, base: src.Base, min: src.Min, max: src.Max, src: src}
	own := codes[src.For]
	t.yes, t.no = own["yes"], own["no"]
	for _, b := range src.Bands {
		t.bands = append(t.bands, band{max: b.Max, open: b.Open, code: own[b.Value]})
	}
	for _, r := range src.Rows {
		if !held(r, g.Day, g.Choice) {
			continue
		}
		c := row{rank: r.Rank, value: own[r.Value], points: r.Points, src: r, norm: g.normsAt(r.Norms)}
		for _, o := range r.Over {
			if doctrine.AllChosen(o.Variant, g.Choice) {
				c.over = append(c.over, o.Rule)
			}
		}
		for _, one := range r.If {
			c.conds = append(c.conds, g.cond(one, r, slots, codes))
		}
		sort.SliceStable(c.conds, func(i, j int) bool { return c.conds[i].slot < c.conds[j].slot })
		if c.first = -1; len(c.conds) > 0 && int(c.conds[0].slot) < g.nbase {
			c.first, c.may = int(c.conds[0].slot), c.conds[0].holds|c.conds[0].open
		}
		switch {
		case src.For == doctrine.Decision:
			c.result = r.Then.String()
		case src.Kind == doctrine.Decide:
			c.result = r.Value
		case src.Kind == doctrine.Sum:
			c.result = fmt.Sprintf("%+d", r.Points)
		default:
			c.result = "yes"
		}
		t.rows = append(t.rows, c)
	}
	sort.Slice(t.rows, func(i, j int) bool { // file order never decides
		a, b := t.rows[i].src, t.rows[j].src
		return a.Rank < b.Rank || (a.Rank == b.Rank && a.ID < b.ID)
	})
	t.text = g.describe(t)
	return t, nil
}

// held is Row.Holds, except that "" stands for a day before every boundary.
func held(r *doctrine.Row, day string, choice map[string]string) bool {
	if day == "" {
		return r.From == "" && r.Holds("", choice)
	}
	return r.Holds(day, choice)
}

func (g *Program) normsAt(norms []string) string {
	out := ""
	for _, id := range norms {
		n := g.Pack.Vocabulary.Norm(id)
		if n == nil || (g.Day != "" && !n.InForce(g.Day)) || (g.Day == "" && n.From != "") {
			continue
		}
		if out != "" {
			out += " "
		}
		out += id
	}
	return out
}

func (g *Program) cond(c doctrine.Condition, r *doctrine.Row, slots map[string]int, codes map[string]map[string]uint8) cond {
	out := cond{slot: uint16(slots[c.Variable]), src: c, text: c.String()}
	listed := uint32(0)
	for _, v := range c.Values {
		listed |= 1 << codes[c.Variable][v]
	}
	all := uint32(0)
	for _, code := range codes[c.Variable] {
		all |= 1 << code
	}
	out.open = openBits &^ listed
	if out.holds = listed; c.Not {
		out.holds = all &^ listed &^ openBits
	}
	for i, a := range r.OnUnknown {
		if a.Variable != c.Variable {
			continue
		}
		out.assumed = &r.OnUnknown[i]
		for _, v := range a.Covers {
			out.canHold |= 1 << codes[c.Variable][v]
		}
		if out.assume = -1; a.Holds {
			out.assume = 1
		}
	}
	return out
}

// Rows lists the rows of the main table in order of rank, for tests and the audit.
func (g *Program) Rows() []*doctrine.Row {
	var out []*doctrine.Row
	for _, r := range g.main.rows {
		out = append(out, r.src)
	}
	return out
}

// Engine holds one pack and variant for every day.
type Engine struct {
	Pack    *doctrine.Pack
	Variant string
	Options Options

	enc      *Encoding
	starts   []string // starts[0] = "", then the boundaries
	programs []*Program
	lawTime  string
	memo     memo
	reads    []int // base slots that a condition of any day reads
}

// Options change how the law in time is chosen.
type Options struct {
	AsIf string // judge every case as if everything had happened on this day; "" off
}

// New compiles a pack and variant for all days.
func New(p *doctrine.Pack, variant string, o Options) (*Engine, error) {
	enc, err := NewEncoding(p.Vocabulary)
	if err != nil {
		return nil, err
	}
	choice, name, err := p.Assign(variant)
	if err != nil {
		return nil, err
	}
	e := &Engine{Pack: p, Variant: name, Options: o, enc: enc, starts: append([]string{""}, p.Boundaries()...), lawTime: p.LawTime}
	if v, ok := choice["law_time"]; ok {
		e.lawTime = v
	}
	for _, day := range e.starts {
		g, err := compile(enc, p, name, choice, day)
		if err != nil {
			return nil, err
		}
		e.programs = append(e.programs, g)
	}
	e.reads = e.readSlots()
	return e, nil
}

// readSlots lists the base variables that some condition reads; the values of the others leave no mark on a decision.
func (e *Engine) readSlots() (out []int) {
	read := map[int]bool{}
	for _, g := range e.programs {
		for _, t := range append(append([]table{}, g.derived...), g.main) {
			for i := range t.rows {
				for k := range t.rows[i].conds {
					read[int(t.rows[i].conds[k].slot)] = true
				}
			}
		}
		for _, slot := range g.outs {
			read[slot] = true
		}
	}
	for slot := range e.enc.Variables {
		if read[slot] {
			out = append(out, slot)
		}
	}
	return out
}

// At gives the program that holds on a day; "" gives the oldest.
func (e *Engine) At(day string) *Program { return e.programs[e.regime(day)] }

func (e *Engine) regime(day string) int {
	return sort.Search(len(e.starts), func(i int) bool { return e.starts[i] > day }) - 1
}
