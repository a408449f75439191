package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTable runs every measurement once on little input: the table is whole; what it says is not judged.
func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the commands")
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin, "caipan/cmd/ingest", "caipan/cmd/classify", "caipan/cmd/report", "caipan/internal/bench").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := exec.Command(filepath.Join(bin, "bench"), "-bin", bin, "-script", "plain.py", "-parties", "300", "-mb", "1", "-j", "2", filepath.Join("..", "..", "data", "sample", "judgments")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"| inflate -j 1 |", "| segment -j 2 |", "| ingest --select all -j 2 |", "all with terms to Segment alone", "all steps written", "| ingest --version | 0.2 |"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// TestPlainScriptFinds: the script that Caipan is measured against does what it says.
func TestPlainScriptFinds(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	dir := t.TempDir()
	zip, err := asZip(filepath.Join("..", "..", "data", "sample", "judgments"), dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	csv := filepath.Join(dir, "out.csv")
	if out, err := exec.Command(python, "plain.py", zip, csv).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	head, err := exec.Command("head", "-c", "200000", csv).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"人民法院", "民初", "连带", "年"} {
		if !strings.Contains(string(head), want) {
			t.Errorf("the script found no %s", want)
		}
	}
}
