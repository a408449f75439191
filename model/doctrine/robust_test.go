package doctrine

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var templateFiles = []string{"pack.yaml", "derived.yaml", "tables/decision.yaml", "compare.yaml", "vignettes.yaml"}

// TestDamagedPacksNeverPanic: every line of every file of the template is taken out, emptied of its value, indented,
// and the file is cut there; the loader answers with a pack or with faults that have a place.
func TestDamagedPacksNeverPanic(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "damaged")
	if err := NewPack(dir); err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, name := range templateFiles {
		path := filepath.Join(dir, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(whole), "\n")
		for i, line := range lines {
			key, _, _ := strings.Cut(line, ":")
			for _, damaged := range []string{"", key + ":", "   " + line, line + " extra", strings.Replace(line, "{", "[", 1)} {
				broken := slices.Clone(lines)
				broken[i] = damaged
				refused += tryLoad(t, dir, path, strings.Join(broken, "\n"))
			}
			refused += tryLoad(t, dir, path, strings.Join(lines[:i], "\n"))
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if refused < 200 {
		t.Errorf("only %d damaged packs were refused", refused)
	}
}

func tryLoad(t *testing.T, dir, path, src string) int {
	t.Helper()
	if err := os.WriteFile(path, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := LoadDir(dir)
	if err == nil {
		if _, err := Auditing(p); err != nil {
			t.Errorf("accepted, but the audit fails: %v", err)
		}
		return 0
	}
	if !strings.Contains(err.Error(), ".yaml") {
		t.Errorf("no place in %v", err)
	}
	return 1
}

// TestMachineFormOfTheDoctrine compares variants, defaults and bundles with the doctrine's own machine form.
func TestMachineFormOfTheDoctrine(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "doctrine", "rules.json"))
	if err != nil {
		t.Skip("../shared/doctrine is not here")
	}
	var form struct {
		Severity []string
		Variants map[string]struct {
			Default string
			Values  []string
			Gap     string
		}
		Bundles map[string]map[string]string
	}
	if err := json.Unmarshal(src, &form); err != nil {
		t.Fatal(err)
	}
	p, err := Shipped("he2024")
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range form.Variants {
		i := slices.IndexFunc(p.Variants, func(v Variant) bool { return v.Key == key })
		if i < 0 {
			t.Errorf("variant %s is missing", key)
			continue
		}
		if v := p.Variants[i]; v.Default != want.Default || !slices.Equal(v.Values, want.Values) || v.Gap != want.Gap {
			t.Errorf("variant %s: %s %v %s, want %s %v %s", key, v.Default, v.Values, v.Gap, want.Default, want.Values, want.Gap)
		}
	}
	for name, want := range form.Bundles {
		choice, _, err := p.Assign(name)
		if err != nil {
			t.Errorf("bundle %s: %v", name, err)
			continue
		}
		for key, v := range form.Variants {
			expect := v.Default
			if w, ok := want[key]; ok {
				expect = w
			}
			if choice[key] != expect {
				t.Errorf("bundle %s: %s=%s, want %s", name, key, choice[key], expect)
			}
		}
	}
}
