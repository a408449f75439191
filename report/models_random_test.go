package report

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"caipan/model/judgment"
)

// random gives observations whose columns take the values that the data files name, with very uneven chances.
func random(t testing.TB, seed uint64) *observations {
	t.Helper()
	set, err := loadPropositions()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string][]string{}
	for _, c := range set.Columns {
		values[c.ID] = c.Values
	}
	for _, v := range vocabularyOf(t).Variables {
		if v.Kind == "enum" && v.PartOf == "" {
			for _, x := range v.Values {
				values[policyFacts+"."+v.ID] = append(values[policyFacts+"."+v.ID], x.ID)
				values[policyFull+"."+v.ID] = append(values[policyFull+"."+v.ID], x.ID)
			}
		}
	}
	r := rand.New(rand.NewPCG(seed, 7))
	n := []int{0, 1, 19, 45, 120, 400, 900}[seed%7]
	rare := map[string]float64{}
	columns := make([]string, 0, len(values))
	for _, c := range sortedKeys(values) {
		columns = append(columns, c)
		rare[c] = r.Float64()
	}
	return observed(t, n, func(int) map[string]string {
		row := map[string]string{}
		for _, c := range columns {
			if v := values[c]; r.Float64() < rare[c] {
				row[c] = v[min(len(v)-1, int(r.ExpFloat64()*float64(len(v))*rare[c]))]
			}
		}
		if seed%3 == 0 { // the finding of a breach separates the outcomes
			row["ruling.class"] = map[bool]string{true: "joint", false: "none"}[row["reasoning.breach_found"] == "yes"]
		}
		return row
	})
}

func sortedKeys(m map[string][]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	for i := range out { // insertion sort keeps the test free of further imports
		for k := i; k > 0 && out[k] < out[k-1]; k-- {
			out[k], out[k-1] = out[k-1], out[k]
		}
	}
	return out
}

func TestAnyInputGivesNumbersOrReasons(t *testing.T) {
	set, err := loadPropositions()
	if err != nil {
		t.Fatal(err)
	}
	fitted := map[string]int{}
	for seed := uint64(0); seed < 42; seed++ {
		o := random(t, seed)
		liableN := 0
		for row := range o.n {
			liableN += bitOf(o.column("ruling.liable").at(row) == "yes")
		}
		r := newResults()
		lines := evaluatePropositions(o, set.Statements, liableN, func(string) (Result, bool) { return Result{}, false })
		addPropositionResults(r, lines, true)
		addReformResults(r, o.reformLines(severity, liableN), true)
		for _, table := range tablesOf(t) {
			fits := o.fitModels(&table, severity)
			for _, m := range fits {
				fitted[m.Kind+" "+m.Refused+yesNo(m.Firth)]++
			}
			addModelResults(r, fits, true)
		}
		for _, x := range r.All() {
			e := x.Estimate
			for _, v := range []float64{e.Value, e.Lo, e.Hi, e.SE} {
				if math.IsNaN(v) {
					t.Errorf("seed %d: %s is not a number: %+v", seed, x.Key, e)
				}
			}
			if e.Method == "" || e.Undefined && e.Reason == "" {
				t.Errorf("seed %d: %s has method %q, reason %q", seed, x.Key, e.Method, e.Reason)
			}
			if !e.Undefined && !e.NoInterval && (e.Lo > e.Value+1e-9 || e.Hi < e.Value-1e-9) {
				t.Errorf("seed %d: %s lies outside its interval: %v", seed, x.Key, e)
			}
		}
		var b strings.Builder
		if err := r.WriteJSON(&b); err != nil || strings.Contains(b.String(), "NaN") {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	t.Log(fitted)
}

// termSource hands over terms to whoever asks for them.
type termSource struct{ slice }

func (s termSource) EachWithTerms(ctx context.Context, do func(*Entry) error) error {
	return s.Each(ctx, func(e *Entry) error {
		c := *e.Case
		c.Sections = append(append([]judgment.Section(nil), c.Sections...), judgment.Section{No: 90, Kind: judgment.SecFacts})
		for i := range 6 {
			c.Terms = append(c.Terms, judgment.Term{SectionNo: 90, Term: strings.Repeat("审核", i+1), Count: i + 1})
		}
		if r := ruling(e.Case, 1); r != nil && r.Label == "none" {
			c.Terms = append(c.Terms, judgment.Term{SectionNo: 90, Term: "下架", Count: 3})
		}
		x := *e
		x.Case = &c
		return do(&x)
	})
}

func TestTermsReachTheWords(t *testing.T) {
	sum, err := Run(context.Background(), Options{Out: t.TempDir(), Lang: "en", Plain: true}, termSource{corpus(t, 6)})
	if err != nil {
		t.Fatal(err)
	}
	x, ok := sum.Results.Get("keyness.facts.liable.下架.log_ratio")
	if !ok || x.Estimate.Value > -1 {
		t.Errorf("the word of those not liable: %v %v", ok, fmt.Sprint(x.Estimate))
	}
}
