package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"caipan/model/judgment"
)

// modelled gives n parties whose chance of liability grows with a failed measure and with direct profit.
func modelled(t testing.TB, n int, classes bool) *observations {
	r := rand.New(rand.NewPCG(1, 2))
	return observed(t, n, func(i int) map[string]string {
		failed, life := r.Float64() < 0.4, r.Float64() < 0.5
		p := 0.1
		if failed {
			p += 0.4
		}
		row := map[string]string{"facts.M1a": map[bool]string{true: "not_performed", false: "performed"}[failed], "facts.goods_life_health": yesNo(life),
			"facts.claim": []string{"joint", "own", "supplementary"}[i%3], "case.instance": []string{"first", "second"}[i%2], "case.law_2021": []string{"before", "after"}[r.IntN(2)],
			"case.law_2019": "after", "reasoning.breach_found": yesNo(failed), "reasoning.platform_state": []string{"no_fault", "negligence", "knew"}[r.IntN(3)]}
		liable := r.Float64() < p
		row["ruling.liable"], row["ruling.class"] = yesNo(liable), "none"
		if liable {
			row["ruling.class"] = "joint"
			if classes {
				row["ruling.class"] = []string{"supplementary", "share", "joint"}[r.IntN(3)]
			}
		}
		return row
	})
}

func tablesOf(t testing.TB) []ModelTable {
	t.Helper()
	tables, err := loadModels()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

var severity = []string{"none", "supplementary", "share", "joint"}

func TestNothingFromTheReasoningPredicts(t *testing.T) {
	tables := tablesOf(t)
	if tables[0].ID != "before" || tables[1].ID != "descriptive" {
		t.Fatalf("tables %v, %v", tables[0].ID, tables[1].ID)
	}
	for _, p := range tables[0].Predictors {
		attribute := p.Column == "service_type" || strings.HasPrefix(p.Column, "case.")
		if !attribute && !strings.HasPrefix(p.Column, policyFacts+".") {
			t.Errorf("predictor %s reads %s, which the reasoning says", p.ID, p.Column)
		}
	}
}

func TestBinaryModelFindsTheEffect(t *testing.T) {
	fits := modelled(t, 1200, true).fitModels(&tablesOf(t)[0], severity)
	if len(fits) != 3 {
		t.Fatalf("%d models", len(fits))
	}
	for _, m := range fits {
		if m.Refused != "" || m.Firth || m.Clusters < 100 || m.Courts != 7 {
			t.Fatalf("%s refused %q %q, G %d, courts %d", m.Kind, m.Refused, m.Detail, m.Clusters, m.Courts)
		}
	}
	for _, l := range fits[0].Lines {
		switch l.Term.name() {
		case "review=failed": // 0.5 against 0.1: log odds 2.2, marginal 0.4
			if math.Abs(l.Logit.Value-2.2) > 0.4 || l.Logit.Lo < 1 || math.Abs(l.Marginal.Value-0.4) > 0.06 || l.ByCourt.Undefined || l.ByCourt.Value != l.Logit.Value {
				t.Errorf("review failed: %v, by court %v, marginal %v", l.Logit, l.ByCourt, l.Marginal)
			}
		case "goods=yes":
			if l.Logit.Lo > 0 || l.Logit.Hi < 0 {
				t.Errorf("goods have no effect but %v", l.Logit)
			}
		}
	}
	if len(fits[1].Lines) < 6 || fits[1].Lines[0].Outcome != "supplementary" || fits[2].Odds.Name == "" {
		t.Errorf("multinomial %d lines, ordinal odds %v", len(fits[1].Lines), fits[2].Odds)
	}
}

func TestModelsAreRefused(t *testing.T) {
	few := observed(t, 300, func(i int) map[string]string {
		return map[string]string{"ruling.class": map[bool]string{true: "joint", false: "none"}[i < 19], "ruling.liable": yesNo(i < 19), "facts.M1a": "performed"}
	})
	for name, o := range map[string]*observations{"nobody": observed(t, 0, nil), "19 liable": few} {
		for _, table := range tablesOf(t) {
			fits := o.fitModels(&table, severity)
			if len(fits) != 1 || fits[0].Refused != "few_liable" {
				t.Errorf("%s: %+v", name, fits)
			}
			w := &modelWriter{lang: "en", voc: vocabularyOf(t)}
			if text := fmt.Sprint(w.table(table.ID, fits, nil, false).Rows); !strings.Contains(text, "fewer than 20") {
				t.Errorf("%s: the table says %s", name, text)
			}
		}
	}
	if two := modelled(t, 800, false).fitModels(&tablesOf(t)[0], severity); two[1].Refused != "few_classes" || two[2].Refused != "few_classes" {
		t.Errorf("models of one type: %q %q", two[1].Refused, two[2].Refused)
	}
}

func TestSeparationFallsBackToFirth(t *testing.T) {
	o := observed(t, 200, func(i int) map[string]string {
		liable := i%4 == 0 // only where the breach was found, and there mostly
		found := liable || i%7 == 1
		return map[string]string{"ruling.class": map[bool]string{true: "joint", false: "none"}[liable], "ruling.liable": yesNo(liable), "reasoning.breach_found": yesNo(found)}
	})
	m := o.fitModels(&tablesOf(t)[1], severity)[0]
	if m.Refused != "" || !m.Firth || len(m.Lines) != 1 {
		t.Fatalf("refused %q, Firth %v, %d lines", m.Refused, m.Firth, len(m.Lines))
	}
	l := m.Lines[0]
	if l.Logit.Undefined || math.IsInf(l.Logit.Value, 0) || l.Logit.Lo <= 0 || !l.Marginal.Undefined {
		t.Errorf("breach: %v, marginal %v", l.Logit, l.Marginal)
	}
}

func TestLargeCorporaLeaveSeparatingPredictorsOut(t *testing.T) {
	if testing.Short() {
		t.Skip("20,001 parties")
	}
	o := observed(t, firthRows+1, func(i int) map[string]string {
		found := i%5 == 0
		row := map[string]string{"reasoning.breach_found": yesNo(found), "reasoning.profit_mode": []string{"direct", "indirect", "free"}[i%3], "ruling.class": "none", "ruling.liable": "no"}
		if found && i%2 == 0 { // nobody is liable without a breach
			row["ruling.class"], row["ruling.liable"] = "joint", "yes"
		}
		return row
	})
	m := o.fitModels(&tablesOf(t)[1], severity)[0]
	if m.Refused != "" || m.Firth || m.N != firthRows+1 || len(m.Lines) != 1 || m.Lines[0].Term.name() != "profit=direct" {
		t.Fatalf("refused %q %s, Firth %v, lines %+v", m.Refused, m.Detail, m.Firth, m.Lines)
	}
	if x := m.Out[len(m.Out)-1]; x.Predictor.ID != "breach" || x.Why != "separates" {
		t.Errorf("left out: %s, %s", x.Predictor.ID, x.Why)
	}
	if e := m.Lines[0].Logit; e.Undefined || e.Lo > 0 || e.Hi < 0 {
		t.Errorf("profit has no effect but %v", e)
	}
}

func TestFirthOfManyRowsHasLimitsFromTheInformation(t *testing.T) {
	o := observed(t, 3000, func(i int) map[string]string {
		liable := i%5 == 0
		return map[string]string{"ruling.class": map[bool]string{true: "joint", false: "none"}[liable], "ruling.liable": yesNo(liable), "reasoning.breach_found": yesNo(liable || i%7 == 1),
			"reasoning.profit_mode": []string{"direct", "indirect", "free"}[i%3], "reasoning.harm_type": []string{"property", "ip", "life_health"}[i/5%3], "reasoning.supervision_cost": []string{"low", "high"}[i/3%2]}
	})
	m := o.fitModels(&tablesOf(t)[1], severity)[0]
	if !m.Firth || !m.Wald || len(m.Lines) == 0 {
		t.Fatalf("refused %q, Firth %v, limits from the information %v", m.Refused, m.Firth, m.Wald)
	}
	for _, l := range m.Lines {
		if l.Logit.Undefined || l.Logit.NoInterval || math.IsInf(l.Logit.Hi, 0) {
			t.Errorf("%s: %v", l.Term.name(), l.Logit)
		}
	}
}

func TestReforms(t *testing.T) {
	o := observed(t, 120, func(i int) map[string]string {
		side := []string{"before", "after", "after", "mixed"}[i%4]
		return map[string]string{"case.law_2019": side, "case.law_2021": map[bool]string{true: "before", false: "after"}[i < 19], "ruling.liable": yesNo(i%3 == 0), "ruling.class": map[bool]string{true: "share", false: "none"}[i%3 == 0]}
	})
	lines := o.reformLines(severity, 40)
	if x := lines[0]; x.After != [2]int{20, 60} || x.Before != [2]int{10, 30} || x.Mixed != 30 || x.Difference.Undefined {
		t.Errorf("2019: %+v", x)
	}
	for _, x := range lines {
		if x.Reform == "2021-01-01" && x.Outcome == "liable" && (!x.Difference.Undefined || x.Before[1] != 19) {
			t.Errorf("19 before are compared: %+v", x)
		}
	}
	r := newResults()
	addReformResults(r, lines, true)
	addReformResults(newResults(), nil, true)
	if x, ok := r.Get("reform.2021-01-01.liable"); !ok || !x.Estimate.Undefined || x.Estimate.Reason == "" {
		t.Errorf("%+v", x)
	}
}

func TestLawApplied(t *testing.T) {
	law := func(names ...string) (out []judgment.Citation) {
		for _, n := range names {
			out = append(out, judgment.Citation{Law: n, Article: 1, Role: "basis"})
		}
		return out
	}
	const code, tort, commerce = "中华人民共和国民法典", "中华人民共和国侵权责任法", "中华人民共和国电子商务法"
	for _, c := range []struct {
		cited          []judgment.Citation
		day, actTo     string
		in2019, in2021 string
	}{
		{law(code), "2022-05-05", "", "after", "after"},
		{law(tort), "2021-05-05", "", "", "before"},
		{law(tort, code), "2021-05-05", "", "after", "mixed"},
		{law(commerce), "2020-02-02", "", "after", "before"},
		{nil, "2018-03-03", "", "before", "before"},
		{nil, "2022-03-03", "", "", ""},
		{nil, "2022-03-03", "2018-11-11", "before", "before"},
		{law("中华人民共和国消费者权益保护法"), "2022-03-03", "2020-11-11", "after", "before"},
	} {
		x := &judgment.Case{Citations: c.cited, Header: judgment.Header{JudgmentDate: c.day}}
		v := vocabularyOf(t)
		if a, b := lawSide(v, x, c.actTo, "2019-01-01"), lawSide(v, x, c.actTo, "2021-01-01"); a != c.in2019 || b != c.in2021 {
			t.Errorf("%v of %s, act to %q: %q, %q, want %q, %q", c.cited, c.day, c.actTo, a, b, c.in2019, c.in2021)
		}
	}
}

func TestModelTablesReadWell(t *testing.T) {
	o := modelled(t, 900, true)
	for _, lang := range []string{"en", "zh"} {
		w := &modelWriter{lang: lang, voc: vocabularyOf(t)}
		for _, table := range tablesOf(t) {
			fits := o.fitModels(&table, severity)
			tab := w.table(table.ID, fits, nil, true)
			for _, row := range tab.Rows {
				if len(row) != len(tab.Head) || strings.Contains(strings.Join(row, " "), "NaN") {
					t.Errorf("%q", row)
				}
			}
			a, b := newResults(), newResults()
			addModelResults(a, fits, true)
			addModelResults(b, o.fitModels(&table, severity), true)
			if fmt.Sprint(a.All()) != fmt.Sprint(b.All()) {
				t.Errorf("%s: two fits differ", table.ID)
			}
		}
	}
}
