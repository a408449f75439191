package lexicon

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheTableInTheManualLoadsAndIsSound reads the example of docs/DATA.md as a user's table.
func TestTheTableInTheManualLoadsAndIsSound(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "DATA.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(b), "## The pattern language of cues")
	_, rest, ok2 := strings.Cut(rest, "```yaml\n")
	table, _, ok3 := strings.Cut(rest, "```")
	if !ok || !ok2 || !ok3 {
		t.Fatal("docs/DATA.md holds no example table under its section on the pattern language")
	}
	l, err := Load(overlay("mine.yaml", table))
	if err != nil {
		t.Fatal(err)
	}
	if l.Cue("mine.licence_checked") == nil || l.Cue("mine.not_yet") == nil {
		t.Error("the cues of the manual are not loaded")
	}
	for _, p := range Lint(l, nil) {
		if p.File == "mine.yaml" {
			t.Error(p)
		}
	}
}
