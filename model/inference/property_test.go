package inference

import (
	"math/rand"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"caipan/model/doctrine"
	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// drawFacts gives each base variable with values one of them, or leaves it unknown half of the time.
func drawFacts(t *rapid.T, voc *vocabulary.Vocabulary) map[string]string {
	out := map[string]string{}
	for _, x := range voc.Variables {
		if x.Kind != "enum" || !rapid.Bool().Draw(t, "known "+x.ID) {
			continue
		}
		values := []string{vocabulary.NotProved, vocabulary.Conflict}
		for _, v := range x.Values {
			values = append(values, v.ID, v.ID, v.ID)
		}
		out[x.ID] = rapid.SampledFrom(values).Draw(t, x.ID)
	}
	if rapid.IntRange(0, 3).Draw(t, "plain") > 0 { // most real parties are platforms with a decision on the merits
		out["procedure"], out["subject_kind"], out["infringement_established"] = "merits", "platform", "yes"
		out["own_act"], out["third_party"], out["carrier"], out["causation"] = "no", "identified_party", "no", rapid.SampledFrom([]string{"unknown", "third_sufficient", "neither_sufficient"}).Draw(t, "c")
	}
	return out
}

func drawEngine(t *rapid.T) (*Engine, *doctrine.Pack) {
	id := rapid.SampledFrom(doctrine.ShippedIDs()).Draw(t, "pack")
	p, err := doctrine.Shipped(id)
	if err != nil {
		t.Fatal(err)
	}
	bundle := rapid.SampledFrom(p.Bundles).Draw(t, "bundle").Name
	e := enginesOf(t, p, bundle)
	return e, p
}

var engineCache = map[string]*Engine{}

func enginesOf(t *rapid.T, p *doctrine.Pack, bundle string) *Engine {
	key := p.ID + ":" + bundle
	if engineCache[key] == nil {
		e, err := New(p, bundle, Options{})
		if err != nil {
			t.Fatal(err)
		}
		engineCache[key] = e
	}
	return engineCache[key]
}

func drawDates(t *rapid.T) judgment.Dates {
	day := rapid.SampledFrom([]string{"2005-01-01", "2012-01-01", "2016-06-01", "2020-06-01", "2023-01-01"}).Draw(t, "day")
	return judgment.Dates{ActTo: day}
}

// A decision changes only if a variable in its missing list becomes known.
func TestOnlyMissingFactsChangeADecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, p := drawEngine(t)
		m := drawFacts(t, p.Vocabulary)
		dates := drawDates(t)
		before := e.Decide(Facts{Facts: facts(pairsOf(m)), Dates: dates})
		missing := map[string]bool{}
		for _, v := range before.Missing {
			missing[v] = true
		}
		for _, x := range p.Vocabulary.Variables { // learn everything that is not missing
			v, known := m[x.ID]
			open := !known || v == vocabulary.Unknown || v == vocabulary.NotProved || v == vocabulary.Conflict
			if x.Kind == "enum" && open && !missing[x.ID] {
				m[x.ID] = rapid.SampledFrom(x.Values).Draw(t, "learn "+x.ID).ID
			}
		}
		after := e.Decide(Facts{Facts: facts(pairsOf(m)), Dates: dates})
		if !SameDecision(before, after) {
			t.Fatalf("%s became %s although none of %v became known", String(before), String(after), before.Missing)
		}
	})
}

// The quick evaluator says what the full one says.
func TestQuickAgreesWithEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, p := drawEngine(t)
		var in Input
		var a, b Machine
		e.enc.Encode(facts(pairsOf(drawFacts(t, p.Vocabulary))), &in)
		for _, g := range e.programs {
			full, quick := g.Eval(&a, &in), g.Quick(&b, &in)
			if full.Kind != quick.Kind || full.Row != quick.Row || full.result != quick.result || full.Dubio != quick.Dubio {
				t.Fatalf("day %s: %+v, quick %+v", g.Day, full, quick)
			}
		}
	})
}

// A trace replayed from its steps alone gives the same decision.
func TestTraceReplays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, p := drawEngine(t)
		d := e.Decide(Facts{Facts: facts(pairsOf(drawFacts(t, p.Vocabulary))), Dates: drawDates(t)})
		again, err := Replay(d.Steps)
		if err != nil {
			t.Fatal(err)
		}
		if !SameDecision(d, again) {
			t.Fatalf("%s replays as %s", String(d), String(again))
		}
	})
}

// A trace of any words is refused or replayed, never a panic.
func TestGarbledTraceNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, p := drawEngine(t)
		d := e.Decide(Facts{Facts: facts(pairsOf(drawFacts(t, p.Vocabulary))), Dates: drawDates(t)})
		steps := append([]judgment.Step(nil), d.Steps...)
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			s := &steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")]
			word := rapid.SampledFrom([]string{"", "x", "a in [b", "rank=x conditions=", "= sum 1:2 *:3", "decided cap=q"}).Draw(t, "word")
			switch rapid.IntRange(0, 4).Draw(t, "field") {
			case 0:
				s.Condition = word
			case 1:
				s.Result = word
			case 2:
				s.Kind = rapid.SampledFrom([]string{"fact", "derived", "rule", "defeat", "in_dubio", "result", ""}).Draw(t, "kind")
			case 3:
				s.Parent = rapid.IntRange(-3, len(steps)).Draw(t, "parent")
			case 4:
				s.Truth = word
			}
		}
		_, _ = Replay(steps[:rapid.IntRange(0, len(steps)).Draw(t, "cut")])
	})
}

// A trace that was tampered with does not replay.
func TestTamperedTraceIsRefused(t *testing.T) {
	e := engine(t, "he2024", "")
	d := e.Decide(Facts{Facts: facts([][2]string{{"procedure", "merits"}, {"subject_kind", "platform"}, {"breach_found", "yes"}, {"platform_state", "negligence"},
		{"third_party_state", "intent"}, {"infringement_established", "yes"}, {"third_party", "identified_party"}}), Dates: judgment.Dates{ActTo: "2022-01-01"}})
	if d.Liability != "supplementary" {
		t.Fatal(String(d))
	}
	for i := range d.Steps {
		for _, change := range []func(*judgment.Step){
			func(s *judgment.Step) {
				s.Truth = map[string]string{"true": "false", "false": "true", "unknown": "true"}[s.Truth]
			},
			func(s *judgment.Step) { s.Result += " tampered" },
		} {
			steps := append([]judgment.Step(nil), d.Steps...)
			change(&steps[i])
			if steps[i].Kind == "defeat" || steps[i].Kind == "in_dubio" || (steps[i].Kind == "derived" && steps[i].Parent < 0) || (steps[i].Kind == "result") {
				continue // truth is not read there; results are covered below
			}
			got, err := Replay(steps)
			if err == nil && SameDecision(got, d) && steps[i].Truth != d.Steps[i].Truth {
				t.Errorf("step %d %+v was changed unnoticed", i, steps[i])
			}
		}
	}
	steps := append([]judgment.Step(nil), d.Steps...)
	steps[len(steps)-1].Result = "decided liability=joint"
	if _, err := Replay(steps); err == nil {
		t.Error("a changed result was not noticed")
	}
}

// The order of facts and of rows never decides.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(doctrine.ShippedIDs()).Draw(t, "pack")
		p, err := doctrine.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		bundle := rapid.SampledFrom(p.Bundles).Draw(t, "bundle").Name
		list := facts(pairsOf(drawFacts(t, p.Vocabulary)))
		dates := drawDates(t)
		a := enginesOf(t, p, bundle).Decide(Facts{Facts: list, Dates: dates})
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		e, err := New(shuffled(p, r), bundle, Options{})
		if err != nil {
			t.Fatal(err)
		}
		b := e.Decide(Facts{Facts: list, Dates: dates})
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%s became %s", String(a), String(b))
		}
	})
}

// shuffled gives a copy of the pack with tables, rows and conditions in another order.
func shuffled(p *doctrine.Pack, r *rand.Rand) *doctrine.Pack {
	out := *p
	tables := map[string]*doctrine.Table{}
	out.Tables = nil
	for _, t := range p.Tables {
		c := *t
		c.Rows = nil
		for _, row := range t.Rows {
			one := *row
			one.If = append([]doctrine.Condition(nil), row.If...)
			c.Rows = append(c.Rows, &one)
		}
		r.Shuffle(len(c.Rows), func(i, j int) { c.Rows[i], c.Rows[j] = c.Rows[j], c.Rows[i] })
		tables[t.ID] = &c
		out.Tables = append(out.Tables, &c)
	}
	r.Shuffle(len(out.Tables), func(i, j int) { out.Tables[i], out.Tables[j] = out.Tables[j], out.Tables[i] })
	out.Derived = nil
	for _, d := range p.Derived {
		c := *d
		c.Table = tables[d.Table.ID]
		out.Derived = append(out.Derived, &c)
	}
	return &out
}

// Raising benefit never lowers the intensity of the duty, raising cost or lowering foresight never raises it.
func TestIntensityIsMonotone(t *testing.T) {
	level := map[string]int{"low": 0, "medium": 1, "high": 2}
	// in each chain the intensity must not fall from left to right
	chains := map[string][]string{
		"profit_mode":      {"free", "indirect", "direct"},
		"profit_link":      {"none", "general", "this_transaction"},
		"profit_size":      {"none", "small", "large"},
		"supervision_cost": {"high", "low"},
		"foreseeability":   {"none", "low", "high"},
		"avoidability":     {"none", "low", "high"},
	}
	rapid.Check(t, func(t *rapid.T) {
		p, err := doctrine.Shipped("he2024")
		if err != nil {
			t.Fatal(err)
		}
		e := enginesOf(t, p, rapid.SampledFrom([]string{"paper_default", "free_profit=zero"}).Draw(t, "variant"))
		m := drawFacts(t, p.Vocabulary)
		variable := rapid.SampledFrom([]string{"profit_mode", "profit_link", "profit_size", "supervision_cost", "foreseeability", "avoidability"}).Draw(t, "variable")
		last := -1
		for _, value := range chains[variable] {
			m[variable] = value
			d := e.Decide(Facts{Facts: facts(pairsOf(m)), Dates: judgment.Dates{ActTo: "2022-01-01"}})
			now, ok := level[d.DutyIntensity]
			if !ok || now < last {
				t.Fatalf("%s=%s gives %q after level %d", variable, value, d.DutyIntensity, last)
			}
			last = now
		}
	})
}
