package inference

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

func TestShippedPacksAreInOrder(t *testing.T) {
	for _, id := range doctrine.ShippedIDs() {
		p, err := doctrine.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		bad, err := CheckPack(p)
		if err != nil || len(bad) > 0 {
			t.Errorf("%s: %v\n%s", id, err, strings.Join(bad, "\n"))
		}
	}
}

func TestCheckPackNamesWhatIsWrong(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mine")
	if err := doctrine.NewPack(dir); err != nil {
		t.Fatal(err)
	}
	p, err := doctrine.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if bad, err := CheckPack(p); err != nil || len(bad) > 0 {
		t.Errorf("the template must be in order: %v %v", bad, err)
	}
	path := filepath.Join(dir, "vignettes.yaml")
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(src), "gives: supplementary, rule: A3", "gives: joint, rule: A2", 1)
	if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	if p, err = doctrine.LoadDir(dir); err != nil {
		t.Fatal(err)
	}
	bad, err := CheckPack(p)
	text := strings.Join(bad, "\n")
	for _, want := range []string{"vignette failed on 2021-01-01: gives supplementary by rule \"A3\", expected joint", "rule \"A3\" decides, expected \"A2\""} {
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("no %q in %v\n%s", want, err, text)
		}
	}
}

func TestChangeReportAsText(t *testing.T) {
	c, err := Against([]judgment.Decision{{CaseID: "c1", EvidencePolicy: "facts", Outcome: "decided", Liability: "joint", RuleID: "R6i"}},
		[]judgment.Decision{{CaseID: "c1", EvidencePolicy: "facts", Outcome: "undetermined"}})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := c.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	want := "compared 1\ngained 0\nlost 1\nchanged 0\nonly_before 0\nonly_after 0\nc1 party 0 facts lost: joint (R6i) -> undetermined (-)\n"
	if b.String() != want {
		t.Errorf("got %q", b.String())
	}
}
