package corpus

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"caipan/model/text"
)

// shared finds the folder of real judgments beside the project; tests are skipped without it.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	dir, _ := os.Getwd()
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	p := filepath.Join(append([]string{dir, "..", "shared"}, elem...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("%s is not there: the real judgments lie beside the project and not in it", filepath.Join(elem...))
	}
	return p
}

// readAll reads a plan in order.
func readAll(t testing.TB, p *Plan) (recs []*Record, faults []*RecordError) {
	t.Helper()
	for _, u := range p.Units {
		err := p.Read(context.Background(), u, 0, func(r *Record, e *RecordError) error {
			if e != nil {
				faults = append(faults, e)
			} else {
				recs = append(recs, r)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return recs, faults
}

// TestRealJudgments reads everything beside the project: no record is lost, few are rejected, and the zip's texts are
// those of the JSON Lines.
func TestRealJudgments(t *testing.T) {
	p, err := MakePlan([]string{shared(t, "judgments")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.HandPicked {
		t.Error("dumps are taken for hand-picked documents")
	}
	recs, faults := readAll(t, p)
	counts, distinct := map[string]int{}, map[string]bool{}
	for _, r := range recs {
		counts[r.SourcePath]++
		id, _ := text.CaseID(text.Canonical(r.Text))
		distinct[id] = true
	}
	for path, want := range map[string]int{"civil.jsonl.zst": 2862, "other.jsonl.zst": 4831, "macrodata_layout.zip!裁判文书全文_2018.csv": 2565, "macrodata_layout.zip!裁判文书全文_2019.csv": 2564,
		"macrodata_layout.zip!裁判文书全文_2020.csv": 2589, "formats/openlaw_export.xlsx": 76, "formats/crawl_s_keys.json": 1, "formats/crawl_title_html.json": 1, "formats/wenshu_createcontent.js": 1, "formats/txt/1000.txt": 1} {
		if got := counts["judgments/"+path]; got != want {
			t.Errorf("%s: %d records, want %d", path, got, want)
		}
	}
	t.Logf("%d records, %d distinct, %d rejects", len(recs), len(distinct), len(faults))
	if len(distinct) < 7600 || len(distinct) > 7900 {
		t.Errorf("%d distinct judgments, want 7600 to 7900", len(distinct))
	}
	if len(faults) >= 200 {
		t.Errorf("%d rejects, want fewer than 200; the first: %v", len(faults), faults[0])
	}
}
