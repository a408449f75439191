package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"caipan/model/vocabulary"
)

func vocabularyOf(t testing.TB) *vocabulary.Vocabulary {
	t.Helper()
	v, err := vocabulary.Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEveryStatementOfThePaperHasItsLine(t *testing.T) {
	list, err := Propositions()
	if err != nil {
		t.Fatal(err)
	}
	p, err := loadPaper()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 80 || len(p.Statements) != 80 {
		t.Fatalf("%d propositions for %d statements of the pack, want 80", len(list), len(p.Statements))
	}
	for i, s := range p.Statements {
		if list[i].ID != s.ID || list[i].Section != s.Section {
			t.Errorf("line %d is %s (%s), the pack has %s (%s)", i, list[i].ID, list[i].Section, s.ID, s.Section)
		}
	}
	for _, s := range list {
		if kind := s.Kind; (kind == "CTX") && len(s.Tests) > 0 {
			t.Errorf("%s is context and has a test", s.ID)
		}
	}
}

func TestFaultsOfPropositionsAreNamed(t *testing.T) {
	const head = "pack: x\ncolumns:\n  - {id: ruling.liable, en: a, zh: b, values: [\"yes\", \"no\"]}\nstatements:\n"
	for name, c := range map[string]struct{ yaml, want string }{
		"unknown column": {"  - {id: A, section: s, kind: DIR, en: a, zh: b, tests: [{how: share, outcome: {profit_mod: direct}}]}\n", `column "profit_mod" is neither declared`},
		"unknown value":  {"  - {id: A, section: s, kind: DIR, en: a, zh: b, tests: [{how: share, outcome: {profit_mode: dirct}}]}\n", `column "profit_mode" has no value "dirct"`},
		"no test":        {"  - {id: A, section: s, kind: DIR, en: a, zh: b}\n", "either tests or a reason"},
		"both":           {"  - {id: A, section: s, kind: DIR, en: a, zh: b, untested: {en: a, zh: b}, tests: [{how: share, outcome: {ruling.liable: \"yes\"}}]}\n", "either tests or a reason"},
		"bound":          {"  - {id: A, section: s, kind: DIR, en: a, zh: b, tests: [{how: share, outcome: {ruling.liable: \"yes\"}, expects: below, bound: 2}]}\n", "between 0 and 1"},
		"claim":          {"  - {id: A, section: s, kind: DIR, en: a, zh: b, tests: [{how: share, outcome: {ruling.liable: \"yes\"}, expects: more}]}\n", "cannot be expected of a share"},
		"twice":          {strings.Repeat("  - {id: A, section: s, kind: CTX, en: a, zh: b, untested: {en: a, zh: b}}\n", 2), "written twice"},
		"unknown key":    {"  - {id: A, section: s, kind: CTX, en: a, zh: b, untested: {en: a, zh: b}, tets: 1}\n", `did you mean "tests"?`},
	} {
		_, err := readPropositions("p.yaml", []byte(head+c.yaml), vocabularyOf(t))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "p.yaml:") {
			t.Errorf("%s: %v, want a place and %q", name, err, c.want)
		}
	}
}

// observed gives observations of n parties made by hand: every row maps columns to values.
func observed(t testing.TB, n int, row func(i int) map[string]string) *observations {
	t.Helper()
	o := newObservations(vocabularyOf(t), nil)
	for i := range n {
		o.cluster.append(fmt.Sprint("s", i/2))
		o.court.append(fmt.Sprint("court", i%7))
		for column, value := range row(i) {
			rung, variable, ok := strings.Cut(column, ".")
			if of := o.facts[rung]; ok && of != nil {
				if of[variable] == nil {
					of[variable] = &codes{}
				}
				of[variable].set(o.n, value)
				continue
			}
			o.put(column, value)
		}
		o.party = append(o.party, partyRef{CaseID: fmt.Sprint("c", i), Citation: fmt.Sprint("case ", i), Party: "甲平台公司"})
		o.n++
	}
	return o
}

func TestDirectProfitAgainstIndirect(t *testing.T) {
	// of 60 parties with direct profit 45 are liable, of 40 with indirect profit 10
	o := observed(t, 120, func(i int) map[string]string {
		switch {
		case i < 60:
			return map[string]string{"reasoning.profit_mode": "direct", "ruling.liable": yesNo(i < 45)}
		case i < 100:
			return map[string]string{"reasoning.profit_mode": "indirect", "ruling.liable": yesNo(i < 70)}
		}
		return map[string]string{"ruling.liable": "no"}
	})
	list, err := Propositions()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range evaluatePropositions(o, list, 55, func(string) (Result, bool) { return Result{}, false }) {
		if l.Statement.ID != "R-7" {
			continue
		}
		if l.Counts != "45/60 − 10/40" || math.Abs(l.Estimate.Value-0.5) > 1e-12 || l.Verdict != verdictFor || l.HolmP > 0.001 {
			t.Errorf("R-7: %s %v %s p %v", l.Counts, l.Estimate, l.Verdict, l.HolmP)
		}
		return
	}
	t.Error("no line for R-7")
}

func TestTypesAreNotJudgedWithFewLiable(t *testing.T) {
	o := observed(t, 200, func(i int) map[string]string {
		return map[string]string{"ruling.liable": yesNo(i < 19), "ruling.class": map[bool]string{true: "supplementary", false: "none"}[i < 19], "reasoning.third_party_state": "intent", "ruling.portion": "below_half"}
	})
	list, _ := Propositions()
	for _, l := range evaluatePropositions(o, list, 19, func(string) (Result, bool) { return Result{}, false }) {
		switch l.Statement.ID {
		case "S1", "S4", "P7", "J0", "G-2", "K4":
			if l.WhyNot != "few_liable" || !l.Estimate.Undefined {
				t.Errorf("%s says %v with 19 liable", l.Statement.ID, l.Estimate)
			}
		case "B0":
			if l.Verdict != verdictNone { // procedure is unknown of all
				t.Errorf("B0: %v %s", l.Estimate, l.Verdict)
			}
		}
	}
}

func TestVerdicts(t *testing.T) {
	o := observed(t, 100, func(i int) map[string]string {
		return map[string]string{"ruling.class": map[bool]string{true: "supplementary", false: "joint"}[i < 40], "ruling.liable": "yes", "ruling.portion": map[bool]string{true: "half", false: "above_half"}[i < 36]}
	})
	share := func(expects string, bound float64) string {
		x := o.share(&PropositionTest{How: "share", Where: []Condition{{"ruling.class", []string{"supplementary"}}}, Outcome: []Condition{{"ruling.portion", []string{"below_half", "half"}}}, Expects: expects, Bound: bound})
		return x.Verdict
	}
	for _, c := range []struct {
		expects string
		bound   float64
		want    string
	}{{"above", 0.5, verdictFor}, {"below", 0.5, verdictAgainst}, {"above", 0.9, verdictOpen}, {"some", 0, verdictFor}, {"never", 0, verdictAgainst}, {"none", 0, verdictShown}} {
		if got := share(c.expects, c.bound); got != c.want {
			t.Errorf("36 of 40, %s %v: %s, want %s", c.expects, c.bound, got, c.want)
		}
	}
}

func TestPropositionTableOfNothing(t *testing.T) {
	o := observed(t, 0, nil)
	set, err := loadPropositions()
	if err != nil {
		t.Fatal(err)
	}
	lines := evaluatePropositions(o, set.Statements, 0, func(string) (Result, bool) { return Result{}, false })
	r := newResults()
	addPropositionResults(r, lines, true)
	for _, x := range r.All() {
		if !x.Estimate.Undefined || x.Estimate.Method == "" {
			t.Errorf("%s of nothing is %v (%q)", x.Key, x.Estimate, x.Estimate.Method)
		}
	}
	for _, lang := range []string{"en", "zh"} {
		w := &propositionWriter{lang: lang, set: set, voc: vocabularyOf(t)}
		tab := w.table(lines, "caption", nil)
		if len(tab.Rows) != len(lines) {
			t.Errorf("%d rows for %d lines", len(tab.Rows), len(lines))
		}
		for _, row := range tab.Rows {
			if len(row) != len(tab.Head) || strings.Contains(strings.Join(row, " "), "NaN") {
				t.Errorf("row %q", row)
			}
		}
	}
}
