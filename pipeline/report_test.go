package pipeline

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"caipan/features"
	"caipan/model/evidence"
	"caipan/pipeline/corpus"
	"caipan/pipeline/runinfo"
	"caipan/report"
)

// classified ingests and classifies the judgments at the paths with every shipped pack.
func classified(t *testing.T, selected string, paths ...string) string {
	t.Helper()
	src, err := OpenCorpus(paths, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	reader, err := features.New(features.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := t.TempDir()
	ingest(t, IngestOptions{Source: src, Reader: reader, Out: in, Select: selected, Jobs: 2, Flags: map[string]string{"no_terms": "true"}})
	o := classifyOptions(t, in, 2)
	o.Resolve, o.CSV = evidence.Resolve, nil
	classify(t, o)
	return o.Out
}

// TestReportOfRealJudgmentsDrawsNoConclusionOnTypes: nearly every platform is freed there, and the first sentence says so.
func TestReportOfRealJudgmentsDrawsNoConclusionOnTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 5,000 judgments")
	}
	in := classified(t, SelectPlatform, shared(t, "civil.jsonl.zst"), shared(t, "other.jsonl.zst"))
	_, sum, err := Report(context.Background(), ReportOptions{In: in, Out: filepath.Join(t.TempDir(), "report")})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(sum.Headline.First)
	if first := sum.Headline.First; !strings.HasPrefix(first, "Nobody was held liable") && !strings.HasPrefix(first, "Nearly nobody was held liable") || !strings.Contains(first, "nothing can be said about the type") {
		t.Errorf("the first sentence is %q", first)
	}
	for _, x := range sum.Results.All() {
		if (x.Stage == report.StageType || x.Stage == "classes" && !strings.HasPrefix(x.Metric, "rival_")) && !x.Estimate.Undefined {
			t.Errorf("%s is reported with %d parties liable", x.Key, sum.Liable)
		}
	}
}

// TestReportBytesDependOnNothing lays a synthetic corpus out with one and with two workers; most cases are beyond the
// limit of those shown whole, so that their texts are not even read.
func TestReportBytesDependOnNothing(t *testing.T) {
	in := newSynthetic(t, classified(t, SelectAll, "../data/sample/judgments"), true).write(t, t.TempDir(), 60)
	lay := func(procs int) (files []string) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		out := filepath.Join(t.TempDir(), "report")
		if _, _, err := Report(context.Background(), ReportOptions{In: in, Out: out, Whole: 10}); err != nil {
			t.Fatal(err)
		}
		run, err := runinfo.Read(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range run.Written() {
			files = append(files, f.Path+" "+f.SHA256)
		}
		return files
	}
	one, two := lay(1), lay(2)
	if !slices.Equal(one, two) {
		for i := range one {
			if i < len(two) && one[i] != two[i] {
				t.Errorf("%s with one worker, %s with two", one[i], two[i])
			}
		}
	}
}
