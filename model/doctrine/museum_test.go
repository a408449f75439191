package doctrine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestMuseumOfBrokenPacks: every exhibit is the template pack with one or more edits, and the words that the report
// must contain, with file and line. An exhibit is a txtar file: "edit" holds file, old text, "=>", new text.
func TestMuseumOfBrokenPacks(t *testing.T) {
	exhibits, err := filepath.Glob("testdata/museum/*.txtar")
	if err != nil || len(exhibits) < 25 {
		t.Fatalf("%d exhibits, %v; the museum must hold at least 25", len(exhibits), err)
	}
	for _, path := range exhibits {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "broken")
			if err := NewPack(dir); err != nil {
				t.Fatal(err)
			}
			var wants []string
			for _, f := range a.Files {
				switch f.Name {
				case "edit":
					edit(t, dir, string(f.Data))
				case "want":
					wants = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
				}
			}
			_, err = LoadDir(dir)
			if err == nil {
				t.Fatal("the broken pack was accepted")
			}
			for _, w := range wants {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("no %q in\n%v", w, err)
				}
			}
			for _, line := range strings.Split(err.Error(), "\n") {
				if !strings.Contains(line, "; ") {
					t.Errorf("no remedy in %q", line)
				}
			}
		})
	}
}

func edit(t *testing.T, dir, text string) {
	t.Helper()
	file, rest, _ := strings.Cut(text, "\n")
	old, after, ok := strings.Cut(rest, "\n=>\n")
	if !ok {
		old, after, ok = strings.Cut(rest, "=>\n")
	}
	path := filepath.Join(dir, file)
	after = strings.TrimSuffix(after, "\n")
	src, _ := os.ReadFile(path)
	switch {
	case after == "(remove the file)":
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	case old == "(the whole file)":
		src = []byte(after + "\n")
	case !ok || !strings.Contains(string(src), old):
		t.Fatalf("%s does not hold %q", file, old)
	default:
		src = []byte(strings.Replace(string(src), old, after, 1))
	}
	if err := os.WriteFile(path, src, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestNewPackLoadsAndRefusesBadPlaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "fresh")
	if err := NewPack(dir); err != nil {
		t.Fatal(err)
	}
	p, err := LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.ID != "fresh" {
		t.Errorf("id %q", p.ID)
	}
	if a, err := Auditing(p); err != nil || !a.Clean() {
		t.Errorf("a new pack must pass the audit: %v %+v", err, a)
	}
	if err := NewPack(dir); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a full folder was accepted: %v", err)
	}
	if err := NewPack(filepath.Join(t.TempDir(), "Bad Name")); err == nil {
		t.Error("a bad id was accepted")
	}
}
