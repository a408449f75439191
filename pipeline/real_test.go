package pipeline

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"caipan/features"
	"caipan/model/evidence"
	"caipan/model/inference"
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
		for _, p := range tab.Parts {
			if _, err := columnar.Verify(filepath.Join(out, p.Path), def); err != nil {
				t.Error(err)
			}
		}
	}
	knownValues(t, out, run)
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

// TestConstructedJudgmentsThroughTheChain runs ingest and classify over whole constructed judgments and checks, for every
// case, the values of enumerations, the quotes, and that each decision follows from its steps alone.
func TestConstructedJudgmentsThroughTheChain(t *testing.T) {
	src, err := OpenCorpus([]string{shared(t, "../gold/full_dev.jsonl")}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	reader, err := features.New(features.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := t.TempDir()
	ingest(t, IngestOptions{Source: src, Reader: reader, Out: in, Select: SelectAll, Jobs: 2, Flags: map[string]string{"no_terms": "true"}})
	o := classifyOptions(t, in, 2)
	o.Resolve, o.CSV = evidence.Resolve, nil
	s := classify(t, o)
	if s.Counts["operators"] < 38 {
		t.Errorf("%d operators in 38 cases", s.Counts["operators"])
	}
	first, err := runinfo.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	second, err := runinfo.Read(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	knownValues(t, in, first)
	knownValues(t, o.Out, second)
	checkQuotes(t, in, first)
	cases, err := runinfo.OpenDecided(o.Out, second, in, first, true)
	if err != nil {
		t.Fatal(err)
	}
	defer cases.Close()
	n := 0
	for {
		d, err := cases.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, have := range d.Decisions {
			n++
			again, err := inference.Replay(have.Steps)
			if err != nil || !inference.SameDecision(have, again) {
				t.Errorf("%s %s %s: the trace replays to %s %s (%v), the decision is %s %s", d.Case.CaseID, have.Doctrine, have.EvidencePolicy, again.Outcome, again.Liability, err, have.Outcome, have.Liability)
			}
		}
	}
	if int64(n) != s.Tables["predictions"] {
		t.Errorf("%d decisions read back, %d written", n, s.Tables["predictions"])
	}
}

// knownValues reads every table and names values that the contract does not have.
func knownValues(t *testing.T, dir string, run *runinfo.Run) {
	t.Helper()
	for _, tab := range run.Tables {
		rd, err := run.Open(dir, tab.Name)
		if err != nil {
			t.Fatal(err)
		}
		unknown := map[string]bool{}
		err = rd.Each(func(b *dataset.Batch) error {
			for _, u := range b.Unknown() {
				unknown[u] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(unknown) > 0 {
			t.Errorf("values that the contract does not name: %v", unknown)
		}
	}
}
