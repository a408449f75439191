package doctrine

import (
	"slices"
	"strconv"
	"testing"
)

func TestShippedPacksLoad(t *testing.T) {
	for _, id := range ShippedIDs() {
		p, err := Shipped(id)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if p.ID != id {
			t.Errorf("folder %s holds pack %s", id, p.ID)
		}
		if p.Digest == "" || len(p.Bundles) == 0 || p.Main() == nil {
			t.Errorf("%s: digest, bundles or main table missing", id)
		}
	}
}

// TestEveryStatementOfThePaperIsReached: the inventory of the paper has 80 statements; each leads to a rule, a row, a
// variable, a variant, a tested direction, or says why it cannot be tested (the loader checks that the names exist).
func TestEveryStatementOfThePaperIsReached(t *testing.T) {
	p, err := Shipped("he2024")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"A": 6, "I": 2, "D": 5, "L": 6, "B0": 1, "T": 6, "R-": 7, "C": 5, "E": 10, "F": 6, "G-": 8, "K": 4, "J": 3, "S": 4, "P": 7}
	total := 0
	for prefix, n := range want {
		first := 1
		if prefix == "E" || prefix == "J" {
			first = 0
		}
		for i := first; i < first+n; i++ {
			id := prefix + strconv.Itoa(i)
			if prefix == "B0" {
				id = prefix
			}
			if !slices.ContainsFunc(p.Statements, func(s Statement) bool { return s.ID == id }) {
				t.Errorf("statement %s of the paper is not in statements.yaml", id)
			}
			total++
		}
	}
	if total != 80 || len(p.Statements) != 80 {
		t.Errorf("%d expected, %d listed; the inventory has 80", total, len(p.Statements))
	}
	untested := 0
	for _, s := range p.Statements {
		if s.Untested.En != "" {
			untested++
		}
	}
	t.Logf("%d of 80 statements are wholly or partly untestable", untested)
}

// TestVariantsAndBundlesOfThePaper: every choice that the doctrine's machine form names exists with its default.
func TestVariantsAndBundlesOfThePaper(t *testing.T) {
	p, err := Shipped("he2024")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []string{"paper_default", "paper_literal", "supp_first", "statute_first", "share_first", "joint_minimal"} {
		if _, name, err := p.Assign(b); err != nil || name != b {
			t.Errorf("bundle %s: %s, %v", b, name, err)
		}
	}
	choice, name, err := p.Assign("should_know=supplementary;joint2=statutory_only")
	if err != nil || name != "joint2=statutory_only;should_know=supplementary" || choice["joint2"] != "statutory_only" || choice["cap"] != "soft" {
		t.Errorf("%s %v %v", name, choice, err)
	}
	for _, bad := range []string{"nonsense", "joint2=nonsense", "nonsense=1"} {
		if _, _, err := p.Assign(bad); err == nil {
			t.Errorf("variant %q was accepted", bad)
		}
	}
	if len(p.Variants) < 27 {
		t.Errorf("%d variants", len(p.Variants))
	}
}

func TestClassesOfComparison(t *testing.T) {
	p, err := Shipped("he2024")
	if err != nil {
		t.Fatal(err)
	}
	joint, _, _ := p.Assign("")
	share, _, _ := p.Assign("gongtong=share")
	for _, c := range []struct {
		label, basis string
		choice       map[string]string
		class, flag  string
	}{
		{"joint_limited", "", joint, "joint", "limited"},
		{"joint_plain", "", joint, "joint", "plain"},
		{"joint_plain", "", share, "share", "plain"},
		{"share", "others", joint, "share", ""},
		{"share", "victim_only", joint, "outside", "own"},
		{"equitable", "", joint, "outside", "equitable"},
		{"none", "", joint, "none", ""},
		{"not a label", "", joint, "outside", ""},
	} {
		if class, flag := p.Compare.OfRuling(c.label, c.basis, c.choice); class != c.class || flag != c.flag {
			t.Errorf("%s/%s: %s %s, want %s %s", c.label, c.basis, class, flag, c.class, c.flag)
		}
	}
}
