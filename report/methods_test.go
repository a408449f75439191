package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryStatisticIsDescribed: what results.json names, a methods document names.
func TestEveryStatisticIsDescribed(t *testing.T) {
	paths, err := filepath.Glob("../docs/METHODS*.md")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no methods documents: %v", err)
	}
	var docs strings.Builder
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		docs.Write(raw)
	}
	s := corpus(t, 8)
	other := s.doctrines[0]
	other.Variant = "other"
	s.doctrines = append(s.doctrines, other)
	for i := range s.entries {
		e := &s.entries[i]
		for _, d := range slices.Clone(e.Decisions) {
			d.Variant = "other"
			e.Decisions = append(e.Decisions, d)
		}
	}
	sum, _ := runInto(t, s, "en")
	seen := map[string]bool{}
	for _, x := range sum.Results.All() {
		name, _, _ := strings.Cut(x.Metric, ".") // what follows a point is the dimension of the group
		if seen[name] {
			continue
		}
		seen[name] = true
		if !strings.Contains(docs.String(), "`"+name+"`") {
			t.Errorf("%s: no methods document describes `%s`", x.Key, name)
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d statistics", len(seen))
	}
}
