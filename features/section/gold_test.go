package section

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"caipan/features/header"
	"caipan/model/judgment"
	"caipan/model/text"

	"caipan/internal/realdata"
)

// record is one real or constructed judgment beside the project.
type record struct{ realdata.Record }

type goldRecord struct {
	ID       string            `json:"id"`
	Sections map[string]string `json:"sections"`
}

// parse reads header and parts as the pipeline does.
func parse(r record) (string, judgment.Header, []judgment.Section) {
	s := text.Canonical(r.Text)
	h := header.Read(s, header.Meta{Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Procedure: r.Procedure})
	return s, h, Split(s, h)
}

var goldKinds = []struct {
	name  string
	kinds []string
}{
	{"claims", []string{judgment.SecClaims}},
	{"answer", []string{judgment.SecAnswer}},
	{"facts", []string{judgment.SecFacts, judgment.SecEvidence, judgment.SecUndisputed}},
	{"reasoning", []string{judgment.SecReasoning}},
	{"disposition", []string{judgment.SecDisposition}},
}

// TestGoldSections compares where the deciding court's own parts begin with the coded first characters. A coded
// facts part may begin with its evidence.
func TestGoldSections(t *testing.T) {
	all := map[string]record{}
	for _, f := range []string{"judgments/civil.jsonl.zst", "gold/full_dev.jsonl"} {
		for _, r := range realdata.Lines[record](t, f) {
			all[r.ID] = r
		}
	}
	got, n := map[string]int{}, map[string]int{}
	for _, f := range []string{"gold/platform_dev.jsonl", "gold/full_dev_platform.jsonl"} {
		for _, g := range realdata.Lines[goldRecord](t, f) {
			s, _, secs := parse(all[g.ID])
			for _, k := range goldKinds {
				want := squeeze(g.Sections[k.name])
				if want == "" {
					continue
				}
				n[k.name]++
				if starts(s, secs, k.kinds, want) {
					got[k.name]++
				} else {
					t.Logf("%s %s: no part begins with %q; it stands in %s", g.ID, k.name, want, where(s, secs, want))
				}
			}
		}
	}
	for _, k := range goldKinds {
		t.Logf("%s: %d of %d begin as coded", k.name, got[k.name], n[k.name])
		if share := float64(got[k.name]) / float64(n[k.name]); share < 0.93 {
			t.Errorf("%s: %.3f begin as coded, want at least 0.93", k.name, share)
		}
	}
}

func squeeze(s string) string { return text.TrimSpaces(s) }

func starts(s string, secs []judgment.Section, kinds []string, want string) bool {
	for _, x := range secs {
		if x.Quoted {
			continue
		}
		for _, k := range kinds {
			if x.Kind == k && strings.HasPrefix(bare(squeeze(trimmed(s, x.Span))), bare(want)) {
				return true
			}
		}
	}
	return false
}

// bare drops a heading in brackets, which the coders took in or left out.
func bare(s string) string {
	if strings.HasPrefix(s, "【") {
		if k := strings.Index(s, "】"); k >= 0 {
			return s[k+len("】"):]
		}
	}
	return s
}

func where(s string, secs []judgment.Section, want string) string {
	for _, x := range secs {
		if body := squeeze(x.Span.Of(s)); strings.Contains(body, want) {
			at := strings.Index(body, want)
			q := ""
			if x.Quoted {
				q = "quoted "
			}
			return q + x.Kind + " after " + body[max(0, at-30):at]
		}
	}
	return "several parts"
}

// TestRealSections checks on all real documents that the parts tile the text, and on civil judgments how many have
// the parts that a judgment has.
func TestRealSections(t *testing.T) {
	for _, f := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst"} {
		n, appeals := 0, 0
		have, quoted := map[string]int{}, map[string]int{}
		for _, r := range realdata.Lines[record](t, f) {
			s, h, secs := parse(r)
			checkTiling(t, r.ID, s, secs)
			if h.DocType != "judgment" || h.Category != "civil" {
				continue
			}
			n++
			seen, below := map[string]bool{}, map[string]bool{}
			for _, x := range secs {
				if x.Quoted {
					below[x.Kind] = true
				} else {
					seen[x.Kind] = true
				}
			}
			for k := range seen {
				have[k]++
			}
			if h.Instance == instSecond {
				appeals++
				for k := range below {
					quoted[k]++
				}
			}
			for _, k := range []string{"parties", "process", "claims", "answer", "facts", "reasoning", "basis", "disposition", "fees", "tail"} {
				if k == "answer" && !strings.Contains(s, "辩称") || k == "claims" && !strings.Contains(s, "诉请求") && !strings.Contains(s, "诉称") {
					continue
				}
				if !seen[k] && os.Getenv("LACK") == k {
					t.Logf("%s lacks %s (%d characters)", r.ID, k, utf8.RuneCountInString(s))
				}
				if h.Instance == instSecond && !below[k] && os.Getenv("LACK") == "q"+k {
					t.Logf("%s lacks quoted %s", r.ID, k)
				}
			}
		}
		if n == 0 {
			continue
		}
		t.Logf("%s: %d civil judgments, %d second instance", f, n, appeals)
		for _, k := range []string{"parties", "process", "claims", "answer", "evidence", "undisputed", "facts", "reasoning", "basis", "disposition", "fees", "tail", "appendix", "other"} {
			t.Logf("  %-12s own %.4f, quoted in second instance %.4f", k, float64(have[k])/float64(n), float64(quoted[k])/float64(max(1, appeals)))
		}
		for _, k := range []string{"parties", "reasoning", "disposition"} {
			if strings.Contains(f, "other") {
				break // invalidation of lost bills and the like: no dispute, no reasoning
			}
			if share := float64(have[k]) / float64(n); share < 0.98 {
				t.Errorf("%s: %.4f of the judgments have %s", f, share, k)
			}
		}
	}
}

// TestPartsDoNotDependOnLineBreaks joins the lines of real judgments, as some dumps do, and compares the parts.
func TestPartsDoNotDependOnLineBreaks(t *testing.T) {
	same, n, shown := 0, 0, 0
	for _, r := range realdata.Lines[record](t, "judgments/civil.jsonl.zst") {
		if n >= 900 {
			break
		}
		n++
		_, _, secs := parse(r)
		joined := r
		joined.Text = strings.ReplaceAll(text.Canonical(r.Text), "\n", " ")
		_, _, again := parse(joined)
		if a, b := shape(secs), shape(again); a == b {
			same++
		} else if shown++; shown <= 12 && os.Getenv("LACK") != "" {
			t.Logf("%s\n  lines  %s\n  joined %s", r.ID, a, b)
		}
	}
	t.Logf("%d of %d judgments have the same parts without line breaks", same, n)
	if float64(same) < 0.9*float64(n) {
		t.Errorf("only %d of %d judgments have the same parts without line breaks", same, n)
	}
}

func shape(secs []judgment.Section) string {
	var b strings.Builder
	for _, x := range secs {
		if x.Quoted {
			b.WriteString("(" + x.Instance + ")")
		}
		b.WriteString(x.Kind + " ")
	}
	return b.String()
}

func checkTiling(t *testing.T, id, s string, secs []judgment.Section) {
	at := 0
	for i, x := range secs {
		if x.No != i || x.Span.Start != at || x.Span.End <= x.Span.Start || !utf8.RuneStart(s[x.Span.Start]) {
			t.Errorf("%s: part %d %+v does not follow offset %d", id, i, x, at)
			return
		}
		at = x.Span.End
	}
	if at != len(s) {
		t.Errorf("%s: the parts end at %d of %d", id, at, len(s))
	}
}

func BenchmarkSplit(b *testing.B) {
	var texts []string
	var heads []judgment.Header
	for _, r := range realdata.Lines[record](b, "judgments/civil.jsonl.zst")[:300] {
		s, h, _ := parse(r)
		texts, heads = append(texts, s), append(heads, h)
	}
	for b.Loop() {
		for i, s := range texts {
			Split(s, heads[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(texts)), "µs/judgment")
}
