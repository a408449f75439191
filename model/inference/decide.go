package inference

import (
	"sort"
	"strconv"
	"strings"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

// Facts is everything Decide needs to know of one party.
type Facts struct {
	CaseID         string
	PartyNo        int
	PartyName      string
	EvidencePolicy string
	Facts          []judgment.Fact // of this policy, about the party and about the case
	Dates          judgment.Dates
}

// Session is one goroutine's way to decide many parties: it keeps the working memory.
type Session struct {
	engine *Engine
	m      Machine
	in     Input
	probe  Input
	key    []byte
}

// Session makes the working memory for one goroutine.
func (e *Engine) Session() *Session { return &Session{engine: e} }

// Decide decides one party with a session of its own.
func (e *Engine) Decide(f Facts) judgment.Decision { return e.Session().Decide(f) }

// Decide applies the program to facts of the day it was resolved for.
func (g *Program) Decide(facts []judgment.Fact) judgment.Decision {
	e := &Engine{Pack: g.Pack, Variant: g.Variant, enc: g.enc, starts: []string{""}, programs: []*Program{g}}
	e.reads = e.readSlots()
	f := Facts{Facts: facts}
	if len(facts) > 0 {
		f.CaseID, f.PartyNo, f.EvidencePolicy = facts[0].CaseID, facts[0].PartyNo, facts[0].EvidencePolicy
	}
	return e.Decide(f)
}

// Day says which day's law governs and, where the pack's date is unknown, on what basis that was assumed.
// An unknown date is never filled: the basis is assumed, listed, and the date stands among the missing facts
// if the law of another time would have decided otherwise.
func (e *Engine) Day(d judgment.Dates) (day, assumed string) {
	if e.Options.AsIf != "" {
		return e.Options.AsIf, "as if " + e.Options.AsIf
	}
	wanted := d.ActTo
	switch e.lawTime {
	case "filing":
		wanted = d.Filing
	case "judgment":
		wanted = d.Judgment
	}
	if wanted != "" {
		return wanted, ""
	}
	for _, alt := range []struct{ name, day string }{{"first day of the act", d.ActFrom}, {"filing", d.Filing}, {"judgment", d.Judgment}} {
		if alt.day != "" {
			return alt.day, "date of " + e.lawTime + " unknown, law of the day of " + alt.name + " " + alt.day + " assumed"
		}
	}
	last := e.starts[len(e.starts)-1]
	return last, "no date known, the newest law is assumed"
}

// Decide gives the decision with its steps, missing and decisive facts.
func (s *Session) Decide(f Facts) judgment.Decision {
	d, _ := s.Replayed(f)
	return d
}

// Replayed is Decide with the replay of the trace. The error says that the steps come to another decision, which is a
// fault of the program.
func (s *Session) Replayed(f Facts) (judgment.Decision, error) {
	e := s.engine
	e.enc.Encode(f.Facts, &s.in)
	day, assumed := e.Day(f.Dates)
	at := e.regime(day)
	l := s.learn(at)
	d := l.decision
	d.CaseID, d.PartyNo, d.PartyName, d.EvidencePolicy, d.LawAssumed = f.CaseID, f.PartyNo, f.PartyName, f.EvidencePolicy, assumed
	d.Steps = l.steps(s.in.facts, f.Facts)
	if assumed != "" && e.Options.AsIf == "" && l.timeMatters(e, f.Dates) {
		d.Missing = append(append([]string{}, d.Missing...), e.dateVariable())
	}
	return d, l.fault
}

// dateVariable names the fact that holds the date by which the law is chosen.
func (e *Engine) dateVariable() string {
	switch e.lawTime {
	case "filing":
		return "filing_date"
	case "judgment":
		return "judgment_date"
	}
	return "act_to"
}

func (g *Program) output(m *Machine, name string) string {
	slot, ok := g.outs[name]
	if !ok {
		return "unknown"
	}
	return g.value(m, slot)
}

func (g *Program) describeOutcome(d *judgment.Decision, out Outcome) {
	d.Outcome = [...]string{"undetermined", "decided", "out_of_scope", "conflict"}[out.Kind]
	if out.Row < 0 {
		return
	}
	r := g.main.rows[out.Row].src
	d.RuleID = r.Rule
	if out.Kind == kindDecided {
		t := r.Then
		d.Liability, d.Scope, d.Order, d.Recourse, d.CapFraction = t.Liability, t.Scope, t.Order, t.Recourse, fraction(t.Cap)
	}
}

func fraction(s string) *float64 {
	if s == "" {
		return nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil
	}
	return &f
}

// insight is what a decision rests on.
type insight struct{ missing, decisive []string }

// inquire finds the missing facts (unknown ones on which the decision rests, those that alone would change it first)
// and the decisive ones (smallest sets of known facts whose change flips it: single ones or, if there are none, pairs).
func (s *Session) inquire(g *Program) insight {
	s.probe.code = append(s.probe.code[:0], s.in.code...)
	was := g.Eval(&s.m, &s.probe)
	read := s.m.read
	var alone, together []string
	was.needs.each(func(slot int) {
		if s.flips(g, slot, was) {
			alone = append(alone, g.names[slot])
		} else {
			together = append(together, g.names[slot])
		}
	})
	return insight{missing: append(alone, together...), decisive: s.decisive(g, was, read)}
}

// flips reports whether another value of the one variable changes the decision; it leaves the probe as it was.
func (s *Session) flips(g *Program, slot int, was Outcome) bool {
	old := s.probe.code[slot]
	defer func() { s.probe.code[slot] = old }()
	for _, code := range g.reps[slot] {
		if code == old {
			continue
		}
		s.probe.code[slot] = code
		if o := g.Quick(&s.m, &s.probe); o.Kind != was.Kind || o.result != was.result {
			return true
		}
	}
	return false
}

// decisive looks only at variables that were read: another value of any other cannot be noticed.
func (s *Session) decisive(g *Program, was Outcome, read set) []string {
	var single []string
	var known, seen []int
	for slot := 0; slot < g.nbase; slot++ {
		if s.probe.code[slot] < codeFirst {
			continue
		}
		known = append(known, slot)
		if !read.has(slot) {
			continue
		}
		if s.flips(g, slot, was) {
			single = append(single, g.names[slot])
		}
		seen = append(seen, slot)
	}
	if len(single) > 0 {
		sort.Strings(single)
		return single
	}
	return s.pairs(g, was, seen, known)
}

// pairs finds pairs of known facts, one of them read, that flip the decision only together.
func (s *Session) pairs(g *Program, was Outcome, seen, known []int) []string {
	var out []string
	done := set{}
	for _, a := range seen {
		done.put(a)
		for _, b := range known {
			if !done.has(b) && s.pairFlips(g, a, b, was) {
				x, y := min(a, b), max(a, b)
				out = append(out, g.names[x]+"+"+g.names[y])
			}
		}
	}
	sort.Strings(out)
	return out
}

func (s *Session) pairFlips(g *Program, a, b int, was Outcome) bool {
	old := s.probe.code[a]
	defer func() { s.probe.code[a] = old }()
	for _, code := range g.reps[a] {
		if code == old {
			continue
		}
		s.probe.code[a] = code
		if s.flips(g, b, was) {
			return true
		}
	}
	return false
}

// DerivedFact gives the breach that a pack derives from measures alone as a fact, so that it stands beside breach_found
// in the facts table; ok is false where the pack derives none.
func DerivedFact(p *doctrine.Pack, d judgment.Decision) (f judgment.Fact, ok bool) {
	variable, ok := p.Outputs["breach"]
	if !ok {
		return f, false
	}
	return judgment.Fact{CaseID: d.CaseID, PartyNo: d.PartyNo, EvidencePolicy: d.EvidencePolicy, Variable: variable, Value: d.BreachDerived,
		Status: "derived", Reason: "pack " + d.Doctrine + " " + d.Variant}, true
}

// String writes a decision in short, for logs and tests.
func String(d judgment.Decision) string {
	parts := []string{d.Outcome, d.Liability, d.RuleID, d.Scope, d.Recourse}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
