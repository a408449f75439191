package report

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestOneRowAFamilyItsLastInstance(t *testing.T) {
	s := corpus(t, 1)
	second := entryOf(77, constructed{actual: "joint", outcome: "decided", predicted: "joint", scope: "full", service: "shopping", thirdSued: true})
	second.Case.Header.Instance = "second"
	second.Group.Family = s.entries[0].Group.Family
	for _, entries := range [][]Entry{append(slices.Clone(s.entries), second), append([]Entry{second}, s.entries...)} {
		s.entries = entries
		f, err := findFamilies(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.replaced) != 1 || !f.replaced["c0000000000000001"] {
			t.Errorf("replaced %v, want the first instance alone", f.replaced)
		}
		sum, _ := runInto(t, s, "en")
		if sum.Parties != 10 || sum.Liable != 5 {
			t.Errorf("%d parties, %d liable; want the appeal in the place of the first instance", sum.Parties, sum.Liable)
		}
	}
}

func TestFamilyDoesNotDependOnOrder(t *testing.T) {
	a := Outline{CaseID: "c1", Family: "f", Instance: "second", JudgmentDate: "2020-01-01"}
	b := Outline{CaseID: "c2", Family: "f", Instance: "second", JudgmentDate: "2020-01-01"}
	for _, order := range [][]Outline{{a, b}, {b, a}} {
		f := &families{last: map[string]familyCase{}, replaced: map[string]bool{}}
		for _, c := range order {
			f.add(c)
		}
		if !f.replaced["c1"] || f.replaced["c2"] {
			t.Errorf("order %s first: replaced %v", order[0].CaseID, f.replaced)
		}
	}
}

func TestRivalsOnCommonParties(t *testing.T) {
	s := corpus(t, 3)
	other := s.doctrines[0]
	other.Variant = "other"
	s.doctrines = append(s.doctrines, other)
	for i := range s.entries {
		e := &s.entries[i]
		for _, d := range slices.Clone(e.Decisions) {
			d.Variant = "other"
			if d.Outcome == "decided" {
				d.Liability = "none" // a doctrine that frees everybody
			}
			e.Decisions = append(e.Decisions, d)
		}
	}
	sum, _ := runInto(t, s, "en")
	x, ok := sum.Results.Get("he2024.paper_default.reasoning.liable.rival_difference.he2024.other")
	if !ok || x.Estimate.N != 21 {
		t.Fatalf("rivals: %+v", x)
	}
	// of 7 in 10 compared, the paper's doctrine hits 6, freeing all hits 3
	if d := x.Estimate.Value - 3.0/7; d > 1e-9 || d < -1e-9 {
		t.Errorf("difference %v, want 3/7", x.Estimate.Value)
	}
}

func TestLadderLeavesOutRungsThatDecideNobody(t *testing.T) {
	sum, _ := runInto(t, corpus(t, 2), "en")
	if _, ok := sum.Results.Get("he2024.paper_default.pleadings.liable.agreement_common"); ok {
		t.Error("pleadings decide nobody and empty the common set")
	}
	x, _ := sum.Results.Get("he2024.paper_default.facts.liable.difference_common")
	if x.Estimate.Undefined || x.Estimate.Value != 0 || x.Estimate.N != 14 {
		t.Errorf("facts against reasoning: %+v", x.Estimate)
	}
}

func TestNothingIsNaNInPrint(t *testing.T) {
	for _, n := range []int{1, 3} {
		sum, _ := runInto(t, corpus(t, n), "en")
		for _, x := range sum.Results.All() {
			if s := x.Value() + x.Interval(); strings.Contains(s, "NaN") {
				t.Errorf("%s prints %s", x.Key, s)
			}
		}
	}
}
