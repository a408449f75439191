package report

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// runInto runs without figures, which take most of the time; runWith draws them.
func runInto(t *testing.T, s slice, lang string) (Summary, string) {
	t.Helper()
	return runWith(t, s, Options{Lang: lang, Plain: true})
}

func runWith(t *testing.T, s slice, o Options) (Summary, string) {
	t.Helper()
	dir := t.TempDir()
	o.Out, o.CSV, o.Meta = dir, true, columnar.Meta{{"run_id", "constructed"}}
	sum, err := Run(context.Background(), o, s)
	if err != nil {
		t.Fatal(err)
	}
	return sum, dir
}

func TestRunWritesTheSameBytesTwice(t *testing.T) {
	a, _ := runWith(t, corpus(t, 3), Options{Lang: "en"})
	b, _ := runWith(t, corpus(t, 3), Options{Lang: "en"})
	if len(a.Files) == 0 || len(a.Files) != len(b.Files) {
		t.Fatalf("%d and %d files", len(a.Files), len(b.Files))
	}
	for i := range a.Files {
		if a.Files[i] != b.Files[i] {
			t.Errorf("%s differs: %s, %s", a.Files[i].Path, a.Files[i].SHA256, b.Files[i].SHA256)
		}
	}
}

func TestHeadlineWithFewLiable(t *testing.T) {
	sum, dir := runInto(t, corpus(t, 1), "en")
	if sum.Parties != 10 || sum.Liable != 4 || sum.Own != 1 {
		t.Fatalf("parties %d, liable %d, own %d", sum.Parties, sum.Liable, sum.Own)
	}
	for _, want := range []string{"Of 10 platform parties", "4 liable", "nothing can be said about the type"} {
		if !strings.Contains(sum.Headline.First, want) {
			t.Errorf("first sentence lacks %q: %s", want, sum.Headline.First)
		}
	}
	all := sum.Headline.Text()
	for _, want := range []string{"evidence: reasoning", "always guessing none", "None of these", "κ"} {
		if !strings.Contains(all, want) {
			t.Errorf("headline lacks %q: %s", want, all)
		}
	}
	for _, x := range sum.Results.All() {
		if x.Stage == StageType && !x.Estimate.Undefined || x.Stage == "classes" {
			t.Errorf("%s says something about types with %d liable", x.Key, sum.Liable)
		}
		if strings.Contains(x.Value(), "NaN") || x.Estimate.Method == "" {
			t.Errorf("%s: value %q, method %q", x.Key, x.Value(), x.Estimate.Method)
		}
	}
	checkJSON(t, filepath.Join(dir, "results.json"))
}

func TestHeadlineWhereNobodyIsLiable(t *testing.T) {
	s := corpus(t, 2)
	s.entries = slices.DeleteFunc(s.entries, func(e Entry) bool {
		return len(e.Case.Rulings) == 0 || e.Case.Rulings[0].Label != "none" || e.Decisions[3].Liability != "none"
	})
	sum, _ := runInto(t, s, "en")
	if !strings.HasPrefix(sum.Headline.First, "Nobody was held liable") || !strings.Contains(sum.Headline.First, "nothing can be said about the type") {
		t.Error(sum.Headline.First)
	}
	if all := sum.Headline.Text(); !strings.Contains(all, "κ does not exist (") || strings.Contains(all, "—") {
		t.Error(all)
	}
}

func checkJSON(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]struct {
		Value       *float64
		N           *int
		Rung        string
		Method      string
		Unvalidated bool
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	x := m["he2024.paper_default.reasoning.liable.agreement"]
	if x.Value == nil || *x.N != 7 || x.Rung != "reasoning" || !x.Unvalidated {
		t.Errorf("agreement in results.json is %+v", x)
	}
	// seven compared: none-none twice, none-liable once, liable-liable four times
	if got := *x.Value; got < 0.857 || got > 0.858 {
		t.Errorf("agreement %v, want 6/7", got)
	}
	if got := *m["he2024.paper_default.reasoning.liable.always_none"].Value; got < 0.428 || got > 0.429 {
		t.Errorf("always none %v, want 3/7", got)
	}
}

func TestTypesWithEnoughLiable(t *testing.T) {
	sum, _ := runInto(t, corpus(t, 6), "en")
	x, ok := sum.Results.Get("he2024.paper_default.reasoning.type.agreement")
	if !ok || x.Estimate.Undefined || x.Estimate.N != 24 || x.Estimate.Value != 0.75 {
		t.Errorf("type agreement %+v", x)
	}
	if strings.Contains(sum.Headline.First, "nothing can be said") {
		t.Error(sum.Headline.First)
	}
}

func TestTablesAreReadable(t *testing.T) {
	sum, dir := runInto(t, corpus(t, 2), "zh")
	if !strings.Contains(sum.Headline.First, "20 个平台当事人") {
		t.Error(sum.Headline.First)
	}
	for _, f := range sum.Files {
		p := filepath.Join(dir, filepath.FromSlash(f.Path))
		switch filepath.Ext(p) {
		case ".docx":
			checkDocx(t, p)
		case ".parquet":
			name := strings.TrimSuffix(f.Path, ".parquet")
			if _, err := columnar.Verify(p, dataset.Named(name)); err != nil {
				t.Error(err)
			}
		case ".tex":
			b, err := os.ReadFile(p)
			if err != nil || bytes.Count(b, []byte("{tabular}")) == 1 {
				t.Errorf("%s: %v", p, err)
			}
		}
	}
}

func checkDocx(t *testing.T, path string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s in %s: %v", f.Name, path, err)
			}
		}
		r.Close()
	}
}

func TestEmptyCorpus(t *testing.T) {
	s := corpus(t, 1)
	s.entries = nil
	sum, _ := runInto(t, s, "en")
	if !strings.Contains(sum.Headline.First, "nothing is compared") {
		t.Error(sum.Headline.First)
	}
}
