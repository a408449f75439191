package report

import (
	"fmt"
	"strings"
	"testing"

	"caipan/report/agreement"
)

func TestRivalsOnTypesUseTheCommonlyDecided(t *testing.T) {
	o := observed(t, 50, func(i int) map[string]string {
		row := map[string]string{"predicted.a.x": "joint", "predicted.b.y": "joint"}
		if i < 10 {
			row["predicted.b.y"] = "supplementary"
		}
		if i >= 40 {
			delete(row, "predicted.a.x") // the first abstains
		}
		return row
	})
	ds := []Doctrine{{ID: "a", Variant: "x"}, {ID: "b", Variant: "y"}}
	list, common := o.rivalsOnTypes(ds, severity)
	if common != 40 || len(list) != 1 || list[0].Agreement.Value != 0.75 || list[0].Agreement.N != 40 {
		t.Fatalf("%d common, %+v", common, list)
	}
	r := newResults()
	addRivalResults(r, ds, list, true)
	if _, ok := r.Get("a.x.reasoning.classes.rival_agreement.b.y"); !ok {
		t.Error("no result under its key")
	}
	if tab := rivalTypeTable("zh", ds, list, common, nil); len(tab.Rows) != 1 || len(tab.Rows[0]) != len(tab.Head) {
		t.Errorf("%v", tab.Rows)
	}
	none, common := observed(t, 0, nil).rivalsOnTypes(ds, severity)
	if common != 0 || !none[0].Agreement.Undefined || !none[0].Kappa.Undefined {
		t.Errorf("of nobody: %+v", none)
	}
}

func TestCasesThatSeparateAreNamed(t *testing.T) {
	o := observed(t, 60, func(int) map[string]string { return nil })
	tal := newTally(vocabularyOf(t))
	a, b := choice{"a", "x", policyFull}, choice{"b", "y", policyFull}
	var separating []int
	for u := range 60 {
		of := int16(bothNone)
		if u%2 == 0 {
			of = onlyPredict
			separating = append(separating, u)
		}
		tal.codes[a], tal.codes[b] = append(tal.codes[a], bothNone), append(tal.codes[b], of)
	}
	poor := choice{"a", "x", "pleadings"}
	tab := rivalCases("en", tal, o, []rival{{First: poor, Second: b, Pair: agreement.RivalPair{Separating: separating}}, {First: a, Second: b, Common: 60, Pair: agreement.RivalPair{Separating: separating}}}, nil)
	if len(tab.Rows) != rivalCaseLines || fmt.Sprint(tab.Rows[1]) != "[a · x b · y case 2 甲平台公司 none none liable]" {
		t.Errorf("%d rows, second %v", len(tab.Rows), tab.Rows[1])
	}
}

func TestAbstentionIsReported(t *testing.T) {
	tal := newTally(vocabularyOf(t))
	c := choice{"a", "x", policyFull}
	tal.choices = []choice{c}
	tal.classes[c] = counts{{"none", "none"}: 6, {"none", "undetermined"}: 3, {"joint", "conflict"}: 1}
	tal.missing[c] = map[string]int{"notice": 2, "causation": 3}
	r := newResults()
	addAbstentionResults(r, tal, false)
	x, _ := r.Get("a.x.reasoning.decided")
	y, _ := r.Get("a.x.reasoning.missing_share.causation")
	if x.Estimate.Value != 0.6 || x.Estimate.N != 10 || y.Estimate.Value != 1 || y.Estimate.N != 3 {
		t.Errorf("decided %v, causation %v", x.Estimate, y.Estimate)
	}
	tab := abstention("en", tal, r, nil)
	if got := strings.Join(tab.Rows[0][3:], " "); !strings.HasPrefix(got, "10 6 0.600 [") || !strings.HasSuffix(got, "3 1 0") {
		t.Errorf("row %q", got)
	}
}
