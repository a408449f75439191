package runinfo

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caipan/pipeline/columnar"

	"github.com/google/go-cmp/cmp"
)

func TestIDDependsOnMeaningAlone(t *testing.T) {
	a := ID("ingest", map[string]string{"select": "all", "plan": "p"})
	if b := ID("ingest", map[string]string{"plan": "p", "select": "all"}); a != b {
		t.Error("the order of the map decides")
	}
	for _, other := range []map[string]string{{"select": "civil", "plan": "p"}, {"select": "all", "plan": "q"}, {"select": "all"}, {"select": "all\nplan=p"}} {
		if ID("ingest", other) == a {
			t.Errorf("%v has the same id", other)
		}
	}
	if ID("classify", map[string]string{"select": "all", "plan": "p"}) == a {
		t.Error("the command does not count")
	}
}

func write(t *testing.T, dir string, r *Run) {
	t.Helper()
	if err := r.Write(filepath.Join(dir, Name)); err != nil {
		t.Fatal(err)
	}
}

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	r := &Run{Command: "ingest", RunID: "r1", Version: "v", Flags: map[string]string{"select": "all"}, Counts: map[string]int64{"read": 3},
		Plan: &Plan{Digest: "d", Inputs: []string{"a.zip"}, Units: 1}, Tables: []Table{{"parties", 3, []columnar.Part{{Path: "parties/part-00000.parquet", Rows: 3}}}}}
	write(t, dir, r)
	got, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, got); diff != "" {
		t.Error(diff)
	}
	if got.Table("parties") == nil || got.Table("nothing") != nil {
		t.Error("Table finds the wrong ones")
	}
	if _, err := got.Open(dir, "facts"); err == nil {
		t.Error("a table that the run did not write opens")
	}
}

func TestChain(t *testing.T) {
	base := t.TempDir()
	first, second, third := filepath.Join(base, "a"), filepath.Join(base, "b", "deep"), filepath.Join(base, "c")
	write(t, first, &Run{Command: "ingest", RunID: "r1"})
	_, link, err := LinkTo(second, first)
	if err != nil || link.Path != "../../a" {
		t.Fatalf("link %+v, %v", link, err)
	}
	write(t, second, &Run{Command: "classify", RunID: "r2", Predecessor: link})
	_, link, err = LinkTo(third, second)
	if err != nil {
		t.Fatal(err)
	}
	write(t, third, &Run{Command: "report", RunID: "r3", Predecessor: link})
	dir, r, err := Ingest(third, "")
	if err != nil || r.RunID != "r1" || filepath.Base(dir) != "a" {
		t.Errorf("the chain ends at %s, %v", dir, err)
	}
	moved := filepath.Join(base, "moved")
	if err := os.Rename(first, moved); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Ingest(second, ""); err == nil || !strings.Contains(err.Error(), "--cases") {
		t.Errorf("moved predecessor: %v", err)
	}
	if _, r, err := Ingest(second, moved); err != nil || r.RunID != "r1" {
		t.Errorf("with --cases: %v", err)
	}
	write(t, moved, &Run{Command: "ingest", RunID: "r9"})
	if _, _, err := Ingest(second, moved); err == nil || !strings.Contains(err.Error(), "r9") {
		t.Errorf("changed predecessor: %v", err)
	}
}

func TestUnfinishedAndForeignFolders(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(dir); !errors.Is(err, ErrNoRun) || !strings.Contains(err.Error(), "--resume") {
		t.Errorf("no run.json: %v", err)
	}
	for text, want := range map[string]string{"{": "no run record", `{"format":1,"schema_version":"0"}`: "another version", `{"format":7}`: "another version"} {
		os.WriteFile(filepath.Join(dir, Name), []byte(text), 0o644)
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
