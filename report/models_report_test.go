package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheReportHoldsTheExtras(t *testing.T) {
	sum, dir := runInto(t, corpus(t, 6), "en")
	for _, key := range []string{"model.before.binary", "model.descriptive.binary", "reform.2019-01-01.liable", "reform.2021-01-01.breach", "keyness.pleadings.liable", "proposition.R-7.1", "he2024.paper_default.reasoning.decided"} {
		found := false
		for _, x := range sum.Results.All() {
			found = found || x.Key == key || strings.HasPrefix(x.Key, key+".")
		}
		if !found {
			t.Errorf("no result under %s", key)
		}
	}
	for _, name := range []string{"model_before", "model_descriptive", "reforms", "keyness", "abstention", "propositions"} {
		b, err := os.ReadFile(filepath.Join(dir, "tables", name+".md"))
		if err != nil || len(b) < 200 || strings.Contains(string(b), "NaN") {
			t.Errorf("%s: %v, %d bytes", name, err, len(b))
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "tables", "keyness.md"))
	if err != nil || !strings.Contains(string(b), "terms of the judgments were not read") {
		t.Errorf("a corpus without terms is not said to have none: %v", err)
	}
}

func TestSeveralDoctrinesHaveTheirCases(t *testing.T) {
	s := corpus(t, 3)
	second := s.doctrines[0]
	second.Variant = "other"
	s.doctrines = append(s.doctrines, second)
	for i := range s.entries {
		e := &s.entries[i]
		for _, d := range e.Decisions {
			d.Variant = "other"
			if d.Liability == "supplementary" {
				d.Liability = "none"
			}
			e.Decisions = append(e.Decisions, d)
		}
	}
	sum, dir := runInto(t, s, "zh")
	if x, ok := sum.Results.Get("he2024.paper_default.reasoning.classes.rival_agreement.he2024.other"); !ok || x.Estimate.Undefined {
		t.Errorf("rivals on types: %+v", x)
	}
	b, err := os.ReadFile(filepath.Join(dir, "tables", "rival_cases.md"))
	if err != nil || strings.Count(string(b), "甲平台公司") == 0 {
		t.Errorf("rival_cases: %v\n%s", err, b)
	}
}
