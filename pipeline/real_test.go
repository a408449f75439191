package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"caipan/features"
	"caipan/pipeline/columnar"
	"caipan/pipeline/corpus"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// shared finds the folder of real judgments beside the project; a user's clone has none.
func shared(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "judgments", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no real judgments beside the project (%v)", err)
	}
	return path
}

// TestRealJudgments reads real dumps whole, without terms, and checks what the tables promise on every row.
func TestRealJudgments(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 2,862 judgments")
	}
	src, err := OpenCorpus([]string{shared(t, "civil.jsonl.zst"), shared(t, "formats")}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	reader, err := features.New(features.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	s, err := Ingest(context.Background(), IngestOptions{Source: src, Reader: reader, Out: out, Select: SelectAll, Jobs: 2, Flags: map[string]string{"no_terms": "true"}, CSV: []string{"judgments", "parties"}})
	if err != nil {
		t.Fatal(err)
	}
	if s.Counts["written"] < 2500 || s.Codes["internal"] > 0 {
		t.Errorf("counts %v, codes %v", s.Counts, s.Codes)
	}
	run, err := runinfo.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, tab := range run.Tables {
		def := dataset.Named(tab.Name)
		rd, err := run.Open(out, tab.Name)
		if err != nil {
			t.Fatal(err)
		}
		unknown := map[string]bool{}
		if err := rd.Each(func(b *dataset.Batch) error {
			for _, u := range b.Unknown() {
				unknown[u] = true
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if len(unknown) > 0 {
			t.Errorf("values that the contract does not name: %v", unknown)
		}
		for _, p := range tab.Parts {
			if err := columnar.Verify(filepath.Join(out, p.Path), def); err != nil {
				t.Error(err)
			}
		}
	}
	checkQuotes(t, out, run)
}

// checkQuotes: quote == text[start:end] for every finding, ruling and citation.
func checkQuotes(t *testing.T, dir string, run *runinfo.Run) {
	t.Helper()
	cases, err := runinfo.OpenCases(dir, run, runinfo.Tables...)
	if err != nil {
		t.Fatal(err)
	}
	defer cases.Close()
	n := 0
	for {
		c, err := cases.Next()
		if err != nil {
			break
		}
		for _, f := range c.Findings {
			if n++; f.Span.Of(c.Text) != f.Quote {
				t.Errorf("%s: finding %s quotes %q, the text has %q", c.CaseID, f.ID, f.Quote, f.Span.Of(c.Text))
			}
		}
		for _, x := range c.Citations {
			if n++; x.Span.Of(c.Text) != x.Quote {
				t.Errorf("%s: citation quotes %q, the text has %q", c.CaseID, x.Quote, x.Span.Of(c.Text))
			}
		}
		for _, r := range c.Rulings {
			if n++; r.Span.Of(c.Text) != r.Quote {
				t.Errorf("%s: ruling quotes %q, the text has %q", c.CaseID, r.Quote, r.Span.Of(c.Text))
			}
		}
	}
	t.Logf("%d quotes compared", n)
}
