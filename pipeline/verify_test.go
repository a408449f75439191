package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caipan/features"
	"caipan/model/doctrine"
	"caipan/model/evidence"
	"caipan/model/inference"
	"caipan/pipeline/columnar"
	"caipan/pipeline/corpus"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// sampleReport runs the three stages over the sample.
func sampleReport(t *testing.T) (dir string) {
	t.Helper()
	base := t.TempDir()
	reader, err := features.New(features.Options{})
	if err != nil {
		t.Fatal(err)
	}
	source, err := OpenCorpus([]string{filepath.Join("..", "data", "sample", "judgments")}, corpus.Options{Parquet: columnar.OpenRows})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	in, classified, out := filepath.Join(base, "i"), filepath.Join(base, "c"), filepath.Join(base, "r")
	if _, err := Ingest(context.Background(), IngestOptions{Source: source, Reader: reader, Out: in, Select: SelectAll, Flags: map[string]string{"no_terms": "true"}, Jobs: 2}); err != nil {
		t.Fatal(err)
	}
	p, err := doctrine.Shipped("he2024")
	if err != nil {
		t.Fatal(err)
	}
	e, err := inference.New(p, "", inference.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Classify(context.Background(), ClassifyOptions{In: in, Out: classified, Resolve: evidence.Resolve, Engines: []*inference.Engine{e}, Jobs: 2}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Report(context.Background(), ReportOptions{In: classified, Out: out, Lang: "en"}); err != nil {
		t.Fatal(err)
	}
	return out
}

// forge changes a file of the run and its hash in run.json, as somebody would who wants a change to stay unseen.
func forge(t *testing.T, dir, path string, change func([]byte) []byte) {
	t.Helper()
	file := filepath.Join(dir, path)
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := change(bytes.Clone(old))
	if bytes.Equal(old, changed) {
		t.Fatalf("%s: nothing to forge", path)
	}
	if err := os.WriteFile(file, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := runinfo.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(changed)
	for i := range r.Files {
		if r.Files[i].Path == path {
			r.Files[i].SHA256, r.Files[i].Bytes = hex.EncodeToString(sum[:]), int64(len(changed))
		}
	}
	if err := r.Write(filepath.Join(dir, runinfo.Name)); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyNamesEveryDifference(t *testing.T) {
	dir := sampleReport(t)
	verify := func() *Verdict {
		t.Helper()
		v, err := Verify(context.Background(), VerifyOptions{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := verify()
	if len(v.Differences) > 0 || len(v.Notes) > 0 || len(v.Checked) != 6 {
		t.Fatalf("an untouched run: %+v", v)
	}
	const key = "he2024.paper_default.reasoning.liable.agreement"
	forge(t, dir, "results.json", func(b []byte) []byte { return bytes.Replace(b, []byte(key+`","value":`), []byte(key+`","value":9`), 1) })
	forge(t, dir, "tables/stages.csv", func(b []byte) []byte { return bytes.Replace(b, []byte("pleadings"), []byte("readings"), 1) })
	forge(t, dir, "metrics.parquet", func([]byte) []byte { return otherMetrics(t, dir, key) })
	wants := []string{key + ": is {", "tables/stages.csv: row ", "readings", "metrics " + key + ": is 0.123", "metrics.parquet: row "}
	text := strings.Join(verify().Differences, "\n")
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not named in\n%s", want, text)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "numbers.tex"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if v := verify(); len(v.Notes) == 0 || !strings.Contains(strings.Join(v.Differences, "\n"), "numbers.tex") {
		t.Errorf("an emptied file: %+v", v)
	}
}

// otherMetrics is the metrics table with another value under the key.
func otherMetrics(t *testing.T, dir, key string) []byte {
	table := dataset.Named("metrics")
	rd, err := columnar.OpenFile(filepath.Join(dir, "metrics.parquet"), table)
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	w := columnar.NewWriter(tmp, table, nil)
	err = rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if b.Text("key", i) == key {
				b.Cols[table.Column("value")].Floats[i] = 0.123
			}
		}
		return w.Write(b, 0, b.N)
	})
	if err != nil {
		t.Fatal(err)
	}
	parts, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(tmp, parts[0].Path))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
