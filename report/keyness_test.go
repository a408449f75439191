package report

import (
	"fmt"
	"strings"
	"testing"

	"caipan/model/judgment"
)

func withTerms(i int, words ...string) *judgment.Case {
	c := &judgment.Case{CaseID: fmt.Sprint("c", i), Sections: []judgment.Section{{No: 0, Kind: judgment.SecClaims}, {No: 1, Kind: judgment.SecFacts},
		{No: 2, Kind: judgment.SecReasoning}, {No: 3, Kind: judgment.SecFacts, Quoted: true}}}
	for s := range c.Sections {
		for _, w := range append([]string{"平台", "商品", "，", "2021", "的"}, words...) {
			c.Terms = append(c.Terms, judgment.Term{SectionNo: s, Term: w, Count: 2})
		}
	}
	return c
}

func TestKeynessFindsTheWordOfTheLiable(t *testing.T) {
	k := newKeynessTally(severity)
	for i := range 60 {
		class, word := "none", "审核"
		if i < 30 {
			class, word = "joint", "放任"
		}
		if i < 12 {
			class = "share"
		}
		if err := k.add(withTerms(i, word), []string{"", class}); err != nil {
			t.Fatal(err)
		}
	}
	list := k.contrasts(30)
	if len(list) != 8 {
		t.Fatalf("%d contrasts, want liable and three types in two parts", len(list))
	}
	x := list[0]
	if x.Refused != "" || x.Docs != [2]int{30, 30} || x.Tested != 4 {
		t.Fatalf("%+v", x)
	}
	// 放任 and 审核 tie; each stands in all judgments of one side
	for _, w := range x.Terms[:2] {
		if w.Term != "放任" && w.Term != "审核" || w.HolmDocP > 1e-6 || w.Dispersion < 0.4 {
			t.Errorf("%+v", w)
		}
	}
	if w := list[1]; w.Target != "supplementary" || w.Refused != "few_docs" {
		t.Errorf("a type that nobody got: %+v", w)
	}
	if w := list[3]; w.Target != "joint" || w.Refused != "" || w.Docs != [2]int{18, 12} {
		t.Errorf("joint: %+v", w)
	}
}

func TestKeynessSaysWhatIsMissing(t *testing.T) {
	k := newKeynessTally(severity)
	for i := range 40 {
		c := withTerms(i)
		c.Terms = nil
		if err := k.add(c, []string{map[bool]string{true: "joint", false: "none"}[i < 25]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.add(withTerms(99), []string{"joint", "none"}); err != nil || k.mixed != 1 {
		t.Errorf("two classes in one judgment: %v, %d", err, k.mixed)
	}
	for _, c := range k.contrasts(25) {
		if c.Refused != "no_terms" {
			t.Errorf("%+v", c)
		}
	}
	for _, lang := range []string{"en", "zh"} {
		tab := keynessTable(lang, k, k.contrasts(5), nil, true)
		if len(tab.Rows) != 2 || !strings.Contains(fmt.Sprint(tab.Rows), "terms") {
			t.Errorf("%v", tab.Rows)
		}
	}
	r := newResults()
	addKeynessResults(r, k.contrasts(5), true)
	if x, ok := r.Get("keyness.pleadings.liable"); !ok || !x.Estimate.Undefined {
		t.Errorf("%+v", x)
	}
	empty := newKeynessTally(severity)
	if c := empty.contrasts(0); len(c) != 2 || c[0].Refused != "few_docs" {
		t.Errorf("%+v", c)
	}
}
