package header

import (
	"os"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/text"

	"caipan/internal/realdata"
)

// record is one real or constructed judgment beside the project.
type record struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	CaseNumber string `json:"case_number"`
	Court      string `json:"court"`
	Date       string `json:"date"`
	Cause      string `json:"cause"`
	Procedure  string `json:"procedure"`
	Instance   string `json:"instance"`
	Text       string `json:"text"`
	Unclear    bool   `json:"unclear"`
}

func corpus(t testing.TB) map[string]record {
	all := map[string]record{}
	for _, f := range []string{"judgments/civil.jsonl.zst", "gold/full_dev.jsonl"} {
		for _, r := range realdata.Lines[record](t, f) {
			all[r.ID] = r
		}
	}
	return all
}

// norm compares as gold/evaluate.py does: white space and the width of brackets aside.
func norm(s string) string {
	return strings.NewReplacer("(", "（", ")", "）", "＊", "*").Replace(text.TrimSpaces(s))
}

// TestGoldHeaders compares number, court, date and instance with the coded judgments, once with the dump's columns
// and once from the text alone.
func TestGoldHeaders(t *testing.T) {
	all := corpus(t)
	for _, useMeta := range []bool{true, false} {
		got, n := map[string]int{}, map[string]int{}
		for _, f := range []string{"gold/platform_dev.jsonl", "gold/ruling_dev.jsonl", "gold/full_dev_platform.jsonl"} {
			for _, g := range realdata.Lines[record](t, f) {
				r, ok := all[g.ID]
				if !ok || g.Unclear {
					continue
				}
				m := Meta{}
				if useMeta {
					m = Meta{Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Cause: r.Cause, Procedure: r.Procedure}
				}
				h := Read(text.Canonical(r.Text), m)
				for what, pair := range map[string][2]string{"number": {g.CaseNumber, h.CaseNumber}, "court": {g.Court, h.Court},
					"date": {g.Date, h.JudgmentDate}, "instance": {g.Instance, h.Instance}} {
					if pair[0] == "" {
						continue
					}
					n[what]++
					if norm(pair[0]) == norm(pair[1]) {
						got[what]++
					} else {
						t.Logf("%s %s: gold %q, read %q (columns %v)", g.ID, what, pair[0], pair[1], useMeta)
					}
				}
			}
		}
		for what := range n {
			share := float64(got[what]) / float64(n[what])
			t.Logf("columns %v: %s %d of %d", useMeta, what, got[what], n[what])
			if share < 0.97 {
				t.Errorf("columns %v: %s agrees in %.3f, want at least 0.97", useMeta, what, share)
			}
		}
	}
}

// TestRealHeaders reads all real judgments from the text alone and compares with the dump's columns.
func TestRealHeaders(t *testing.T) {
	for _, f := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst"} {
		recs := realdata.Lines[record](t, f)
		have, same, shown := map[string]int{}, map[string]int{}, map[string]int{}
		for _, r := range recs {
			h := Read(text.Canonical(r.Text), Meta{})
			check := func(what, dump, read string, equal bool) {
				if read != "" {
					have[what]++
				}
				if equal {
					same[what]++
				} else if shown[what]++; shown[what] <= showMisses {
					t.Logf("%s %s: dump %q, read %q", r.ID, what, dump, read)
				}
			}
			check("number", r.CaseNumber, h.CaseNumber, sameNumber(r.CaseNumber, h.CaseNumber))
			check("court", r.Court, h.Court, h.Court != "" && sameCourt(r.Court, h.Court))
			check("date", r.Date, h.JudgmentDate, r.Date == h.JudgmentDate || r.Date == "")
			check("cause", r.Cause, h.Cause, r.Cause == h.Cause)
			check("instance", r.Procedure, h.Instance, procedureInstance(r.Procedure) == h.Instance || procedureInstance(r.Procedure) == "")
			check("province", h.Court, h.Province, h.Province != "")
			check("type", r.Title, h.DocType, h.DocType != "other")
			check("category", r.Title, h.Category, h.Category != "other")
			check("filing", "", h.FilingDate, h.FilingDate != "")
			check("procedure", "", h.TrialProcedure, h.TrialProcedure != "")
		}
		if strings.Contains(f, "civil") {
			for what, floor := range map[string]float64{"number": 0.995, "court": 0.995, "date": 0.985, "cause": 0.97, "instance": 0.999, "type": 0.999, "category": 0.999, "province": 0.985} {
				if share := float64(have[what]) / float64(len(recs)); share < floor {
					t.Errorf("%s is read in %.4f of the civil judgments from the text alone, want %.3f", what, share, floor)
				}
			}
		}
		for what := range have {
			t.Logf("%s: %s read in %d, like the dump in %d of %d", f, what, have[what], same[what], len(recs))
		}
	}
}

var showMisses = func() int {
	if os.Getenv("SHOW") != "" {
		return 40
	}
	return 0
}()

func BenchmarkRead(b *testing.B) {
	recs := realdata.Lines[record](b, "judgments/civil.jsonl.zst")[:300]
	for i := range recs {
		recs[i].Text = text.Canonical(recs[i].Text)
	}
	var h judgment.Header
	for b.Loop() {
		for _, r := range recs {
			h = Read(r.Text, Meta{Title: r.Title})
		}
	}
	_ = h
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(recs)), "µs/judgment")
}
