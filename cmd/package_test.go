package cmd_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPackageGivesNothingAway packs the sample's report: no sentence of a judgment and no natural person is in the archive,
// twice gives the same bytes, verify accepts it and names a changed file.
func TestPackageGivesNothingAway(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	run := func(want int, args ...string) string {
		t.Helper()
		c := exec.Command(filepath.Join(binaries, args[0]), args[1:]...)
		out, _ := c.CombinedOutput()
		if c.ProcessState.ExitCode() != want {
			t.Fatalf("%v exits %d:\n%s", args, c.ProcessState.ExitCode(), out)
		}
		return string(out)
	}
	run(0, "ingest", "-q", "--csv", "--no-terms", "--out", at("i"), "../data/sample/judgments")
	run(0, "classify", "-q", "--in", at("i"), "--out", at("c"))
	run(0, "report", "-q", "--in", at("c"), "--out", at("r"))
	run(0, "report", "package", "--in", at("r"), "--out", at("a.zip"), "--author", "何某, Y.")
	run(0, "report", "package", "--in", at("r"), "--out", at("b.zip"), "--author", "何某, Y.")
	run(1, "report", "package", "--in", at("r"), "--out", at("b.zip"))
	a, b := read(t, at("a.zip")), read(t, at("b.zip"))
	if !bytes.Equal(a, b) {
		t.Error("two archives of one report differ")
	}
	names := columnOf(t, at("i/csv/parties.csv"), "name", func(row map[string]string) bool { return row["kind"] == "person" })
	quotes := columnOf(t, at("i/csv/findings.csv"), "quote", func(row map[string]string) bool {
		return len([]rune(row["quote"])) > 12 && !strings.HasPrefix(row["cue_id"], "structure.") // those quote the name of a party
	})
	if len(names) < 20 || len(quotes) < 60 {
		t.Fatalf("%d names, %d quotes: nothing to look for", len(names), len(quotes))
	}
	for name, content := range unzip(t, a, at("out")) {
		if strings.Contains(name, "/packs/") {
			continue // examples of the pack, not of a judgment
		}
		for _, secret := range append(names, quotes...) {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
	if out := run(0, "report", "verify", at("out/replication")); !strings.Contains(out, "counted again") {
		t.Errorf("verify says %s", out)
	}
	if err := os.WriteFile(at("out/replication/results/results.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := run(1, "report", "verify", at("out/replication")); !strings.Contains(out, "results/results.json") {
		t.Errorf("a changed file is not named: %s", out)
	}
	run(0, "report", "package", "--with-texts", "--in", at("r"), "--out", at("t.zip"))
	if whole := unzip(t, read(t, at("t.zip")), at("whole")); whole["replication/report/index.html"] == nil {
		t.Error("--with-texts leaves the HTML report out")
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// columnOf lists the distinct values of a column in the rows that keep lets through.
func columnOf(t *testing.T, path, column string, keep func(map[string]string) bool) (out []string) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(read(t, path), []byte("\xef\xbb\xbf")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, name := range rows[0] {
			named[name] = row[i]
		}
		if v := named[column]; keep(named) && len([]rune(v)) > 1 && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// unzip writes the archive under dir and returns its members.
func unzip(t *testing.T, archive []byte, dir string) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, out[f.Name], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
