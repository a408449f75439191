package report

import (
	"cmp"
	"slices"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// choice is one doctrine, variant and evidence policy: what every number of agreement is about.
type choice struct{ Doctrine, Variant, Policy string }

// key is the first part of the keys of its results.
func (c choice) key() string { return c.Doctrine + "." + c.Variant + "." + c.Policy }

// pair is an actual and a predicted label.
type pair struct{ Actual, Predicted string }

// counts counts pairs.
type counts map[pair]int

func (c counts) total() (n int) {
	for _, v := range c {
		n += v
	}
	return n
}

// labels of one side, sorted.
func (c counts) labels(of func(pair) string) []string {
	var out []string
	for p := range c {
		if !slices.Contains(out, of(p)) {
			out = append(out, of(p))
		}
	}
	slices.Sort(out)
	return out
}

// grouped are the counts of one stage in one group (a service type, a profit mode, a year).
type grouped struct {
	choice
	Stage, By, Group string
}

// tally counts. What it keeps of a party is a few bytes a choice; settle turns these into the tables.
type tally struct {
	open         map[choice]*choiceTally
	last         *choiceTally // of lastChoice
	lastChoice   choice
	series       interned    // plaintiff and platform, of the units
	courts       interned    // of the units
	groupNames   [3]interned // of the units, by dimension
	choices      []choice
	classes      map[choice]counts  // stage type: every decision, all labels
	stages       map[grouped]counts // compared pairs by stage and group; By "" is the whole
	compatible   map[choice]int
	disagreement map[choice]map[string]int
	rules        map[choice]map[string]int
	missing      map[choice]map[string]int
	measures     map[measureKey]int

	cases, parties  int
	liable, own     int                       // of the parties, by the first doctrine's mapping
	labels          map[string]int            // of the parties' main rows
	byGroup         map[[2]string]*groupCount // by, group
	predictedLiable map[grouped]int
	laws            map[string]int // code of a law -> cases whose basis names it
	vocabulary      *vocabulary.Vocabulary

	cited    []cited
	observed *observations             // what propositions need of each party counted
	keyness  *keynessTally             // words by liability
	failed   error                     // of a case that could not be counted
	units    []unit                    // the parties counted, in order
	codes    map[choice][]int16        // outcome of each unit at the stage liable
	byFact   map[[2]string]*groupCount // variable, value: under the richest evidence
	decisive map[choice]map[string]int
	replaced int // cases that a later instance of the same dispute replaces
}

// groupCount counts parties of a group.
type groupCount struct{ Parties, Liable, Own int }

// measureKey is a measure of the duty with its value among the parties, under one evidence policy.
type measureKey struct{ Policy, Measure, Value string }

func newTally(v *vocabulary.Vocabulary) *tally {
	return &tally{vocabulary: v, laws: map[string]int{}, open: map[choice]*choiceTally{}, codes: map[choice][]int16{}, byFact: map[[2]string]*groupCount{}, decisive: map[choice]map[string]int{},
		classes: map[choice]counts{}, stages: map[grouped]counts{}, compatible: map[choice]int{},
		disagreement: map[choice]map[string]int{}, rules: map[choice]map[string]int{}, missing: map[choice]map[string]int{},
		measures: map[measureKey]int{}, labels: map[string]int{}, byGroup: map[[2]string]*groupCount{},
		predictedLiable: map[grouped]int{}}
}

// Dimensions by which the stages are split.
const (
	byService = "service_type"
	byProfit  = "profit_mode"
	byYear    = "year"
)

var dimensions = []string{byService, byProfit, byYear}

func (t *tally) add(e *Entry, rows []judgment.Comparison, ds []Doctrine) {
	operators := operatorsOf(e)
	if len(operators) == 0 {
		return
	}
	t.cases++
	t.addLaws(e.Case)
	t.cite(e, rows, ds[0])
	unitOf := map[int]int{}
	for _, p := range operators {
		unitOf[p] = len(t.units)
		t.units = append(t.units, unit{series: t.series.id(cmp.Or(e.Group.Series, e.Case.CaseID)), court: t.courts.id(cmp.Or(e.Case.Header.Court, e.Case.CaseID))})
		t.addParty(e, p, ds)
		t.observed.add(e, p, &ds[0])
		t.observed.addRivals(e, p, ds)
	}
	t.addExtras(e, operators, ds)
	for i := range rows {
		t.addRow(&rows[i], unitOf[rows[i].PartyNo])
	}
	for i := range e.Decisions {
		t.addDecision(&e.Decisions[i], unitOf[e.Decisions[i].PartyNo])
	}
}

// addLaws counts the laws that the court named as the basis of its judgment, each once a case.
func (t *tally) addLaws(c *judgment.Case) {
	seen := map[string]bool{}
	for _, x := range c.Citations {
		if x.Role != "basis" {
			continue
		}
		if law, ok := t.vocabulary.LawAt(x.Law, c.Header.JudgmentDate); ok && !seen[law.Code] {
			seen[law.Code] = true
			t.laws[law.Code]++
		}
	}
}

// operatorsOf are the parties that the decisions are about, in order.
func operatorsOf(e *Entry) []int {
	var out []int
	for i := range e.Decisions {
		if n := e.Decisions[i].PartyNo; !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

func (t *tally) addParty(e *Entry, party int, ds []Doctrine) {
	t.parties++
	r := ruling(e.Case, party)
	act := actualSide(r, &ds[0])
	t.labels[act.show]++
	isOwn := act.show == judgment.LabelOwn
	if isLiable(act) {
		t.liable++
		t.units[len(t.units)-1].liable = true
	}
	if isOwn {
		t.own++
	}
	for dim, by := range dimensions {
		name := groupOf(e, party, policyFull, by)
		t.units[len(t.units)-1].group[dim] = int16(t.groupNames[dim].id(name))
		g := t.byGroup[[2]string{by, name}]
		if g == nil {
			g = &groupCount{}
			t.byGroup[[2]string{by, name}] = g
		}
		g.Parties++
		if isLiable(act) {
			g.Liable++
		}
		if isOwn {
			g.Own++
		}
	}
	for i := range e.Facts {
		f := &e.Facts[i]
		if f.PartyNo == party && f.EvidencePolicy == policyFull {
			t.addFact(f, isLiable(act), isOwn)
		}
		if f.PartyNo == party && isMeasure(f.Variable) {
			t.measures[measureKey{f.EvidencePolicy, f.Variable, f.Value}]++
		}
	}
}

// stated stands for every value of a variable whose values are no categories (days, amounts).
const stated = "stated"

// addFact counts a party under the value of a variable; what nobody stated is counted as unknown.
func (t *tally) addFact(f *judgment.Fact, liable, own bool) {
	k := [2]string{f.Variable, cmp.Or(f.Value, vocabulary.Unknown)}
	if v := t.vocabulary.Variable(f.Variable); v != nil && v.Kind != "enum" && !isSilent(k[1]) {
		k[1] = stated
	}
	g := t.byFact[k]
	if g == nil {
		g = &groupCount{}
		t.byFact[k] = g
	}
	g.Parties++
	if liable {
		g.Liable++
	}
	if own {
		g.Own++
	}
}

func isMeasure(variable string) bool {
	return len(variable) >= 2 && variable[0] == 'M' && variable[1] >= '0' && variable[1] <= '9'
}

// groupOf names the group of a party; "unknown" where the text does not say.
func groupOf(e *Entry, party int, policy, by string) string {
	value := ""
	switch by {
	case byService:
		for _, p := range e.Case.Parties {
			if p.No == party {
				value = p.ServiceType
			}
		}
	case byYear:
		value = yearOf(e.Case)
	default:
		value = e.fact(party, policy, by)
	}
	return cmp.Or(value, judgment.LabelUnknown)
}

func yearOf(c *judgment.Case) string {
	if len(c.Header.JudgmentDate) >= 4 {
		return c.Header.JudgmentDate[:4]
	}
	return ""
}

// Policies are the rungs of the leakage ladder from the poorest evidence to the richest.
var Policies = []string{"pleadings", "undisputed", "facts", "reasoning"}
