package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestConfusionTableInAllForms holds the printed forms of one table to the file that a person has read.
func TestConfusionTableInAllForms(t *testing.T) {
	_, dir := runInto(t, corpus(t, 1), "en")
	var got bytes.Buffer
	for _, name := range []string{"confusion.md", "confusion.tex", "ladder.md", "disagreement.md"} {
		raw, err := os.ReadFile(filepath.Join(dir, "tables", name))
		if err != nil {
			t.Fatal(err)
		}
		got.WriteString("== " + name + "\n")
		got.Write(raw)
	}
	golden := filepath.Join("testdata", "tables.golden")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v; write it with UPDATE_GOLDEN=1 and read it", err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the tables differ from %s; if that is meant, run with UPDATE_GOLDEN=1 and read the difference", golden)
	}
}

func TestLaTeXEscapesEverything(t *testing.T) {
	table := &Table{Name: "x", Caption: `50% of #1 & a_b $c {d} \e ~f ^g`, Head: []string{"a", "b"}, Left: 1, Rows: [][]string{{"x", "[1, 2]"}, {"[y", "−3"}}, Rules: []int{1}}
	var b strings.Builder
	if err := table.WriteLaTeX(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`50\% of \#1 \& a\_b \$c \{d\} \textbackslash{}e \textasciitilde{}f \textasciicircum{}g`, "{[y} & $-$3", "{[1, 2]}", "\\toprule", "\\midrule", "\\bottomrule"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestCSVCarriesNoFormula(t *testing.T) {
	table := &Table{Head: []string{"=cmd"}, Rows: [][]string{{"=1+1"}, {"-0.5"}, {"中文,\"引\""}}}
	var b strings.Builder
	if err := table.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "\uFEFF'=cmd\r\n'=1+1\r\n-0.5\r\n\"中文,\"\"引\"\"\"\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNumbersTeX(t *testing.T) {
	_, dir := runInto(t, corpus(t, 1), "en")
	raw, err := os.ReadFile(filepath.Join(dir, "numbers.tex"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`\expandafter\def\csname caipan@corpus.liable\endcsname{4}`, `\expandafter\def\csname caipanci@he2024.paper_default.reasoning.liable.agreement\endcsname{[0.487, 0.974]}`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("numbers.tex lacks %s", want)
		}
	}
}
