package inference

import (
	"fmt"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

// CheckVignette lets one case of a vignette speak and lists what came out otherwise than expected, empty if nothing.
// The trace is replayed too.
func CheckVignette(e *Engine, v doctrine.Vignette, c doctrine.VignetteCase) []string {
	var bad []string
	d := e.Decide(Facts{Facts: handFacts(v.Facts), Dates: judgment.Dates{ActTo: c.On}})
	got := d.Liability
	if d.Outcome != "decided" {
		got = d.Outcome
	}
	if got != c.Gives {
		bad = append(bad, fmt.Sprintf("gives %s by rule %q, expected %s; missing %v", got, d.RuleID, c.Gives, d.Missing))
	}
	if c.Rule != "" && d.RuleID != c.Rule {
		bad = append(bad, fmt.Sprintf("rule %q decides, expected %q", d.RuleID, c.Rule))
	}
	truths := e.truths(v, c)
	for _, r := range c.Fires {
		if truths[r] != "true" {
			bad = append(bad, fmt.Sprintf("rule %s is %s, expected to fire", r, truths[r]))
		}
	}
	for _, r := range c.Fails {
		if truths[r] == "true" {
			bad = append(bad, fmt.Sprintf("rule %s fires, expected to fail", r))
		}
	}
	for _, x := range c.Expect {
		if g := e.shown(d, v, c, x[0]); g != x[1] {
			bad = append(bad, fmt.Sprintf("%s is %q, expected %q", x[0], g, x[1]))
		}
	}
	if again, err := Replay(d.Steps); err != nil || !SameDecision(again, d) {
		bad = append(bad, fmt.Sprintf("replay gives %s, %v", String(again), err))
	}
	return bad
}

func handFacts(pairs [][2]string) []judgment.Fact {
	var out []judgment.Fact
	for _, p := range pairs {
		out = append(out, judgment.Fact{Variable: p[0], Value: p[1], Status: "hand"})
	}
	return out
}

// truths gives the truth of every row and rule of the main table; a rule is true if one of its rows is.
func (e *Engine) truths(v doctrine.Vignette, c doctrine.VignetteCase) map[string]string {
	g, m := e.evaluated(v, c)
	out := map[string]string{}
	for i := range g.main.rows {
		truth, _ := g.evalRow(m, &g.main.rows[i])
		r := g.main.rows[i].src
		out[r.ID] = truthText[truth]
		if out[r.Rule] != "true" {
			out[r.Rule] = truthText[truth]
		}
	}
	return out
}

func (e *Engine) evaluated(v doctrine.Vignette, c doctrine.VignetteCase) (*Program, *Machine) {
	var in Input
	var m Machine
	e.enc.Encode(handFacts(v.Facts), &in)
	g := e.At(c.On)
	g.Eval(&m, &in)
	return g, &m
}

func (e *Engine) shown(d judgment.Decision, v doctrine.Vignette, c doctrine.VignetteCase, name string) string {
	switch name {
	case "scope":
		return d.Scope
	case "order":
		return d.Order
	case "recourse":
		return d.Recourse
	case "cap":
		if d.CapFraction == nil {
			return "none"
		}
		return fmt.Sprint(*d.CapFraction)
	}
	g, m := e.evaluated(v, c)
	for slot, n := range g.names {
		if n == name {
			return g.value(m, slot)
		}
	}
	return "(no such variable)"
}
