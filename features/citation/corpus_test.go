package citation

import (
	"os"
	"regexp"
	"sort"
	"strconv"
	"testing"

	"caipan/features/header"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"

	"caipan/internal/realdata"
)

type record struct {
	ID         string  `json:"id"`
	Title      string  `json:"title"`
	CaseNumber string  `json:"case_number"`
	Text       string  `json:"text"`
	Statutes   [][]any `json:"statutes"`
}

// aliases and short are those of gold/evaluate.py: the coders' short names.
var aliases = []struct{ pattern, name string }{
	{"食品药品.*(规定|解释)", "食品药品纠纷规定"}, {"民事诉讼法.*解释|民诉法解释", "民诉法解释"}, {"民事诉讼证据|民事证据规定", "民事证据规定"},
	{"民法通则.*意见|民通意见", "民通意见"}, {"互联网法院.*规定", "互联网法院规定"}, {"买卖合同.*解释", "买卖合同解释"},
	{"网络消费纠纷.*(规定|解释)", "网络消费纠纷规定"}, {"时间效力.*规定", "民法典时间效力规定"}, {"侵害人身权益.*(规定|解释)", "网络侵害人身权益规定"},
	{"信息网络传播权.*(规定|解释)", "信息网络传播权规定"}, {"人身损害赔偿.*解释", "人身损害赔偿解释"}, {"侵权责任编.*解释", "侵权责任编解释"},
	{"道路交通事故.*解释", "道路交通事故解释"}, {"精神损害.*解释", "精神损害解释"}, {"民间借贷.*规定", "民间借贷规定"},
}

var dropped = regexp.MustCompile(`中华人民共和国|《|》|（[^）]*）|\([^)]*\)|\s`)

func short(law string) string {
	for _, a := range aliases {
		if regexp.MustCompile(a.pattern).MatchString(law) {
			return a.name
		}
	}
	return dropped.ReplaceAllString(law, "")
}

func read(r record) (judgment.Header, []judgment.Section, []judgment.Citation, string) {
	s := text.Canonical(r.Text)
	h := header.Read(s, header.Meta{Title: r.Title, CaseNumber: r.CaseNumber})
	secs := section.Split(s, h)
	return h, secs, Read(s, secs, h), s
}

// TestGoldCitations compares the norms of the basis sentence with the coded ones.
func TestGoldCitations(t *testing.T) {
	all := map[string]record{}
	for _, f := range []string{"judgments/civil.jsonl.zst", "gold/full_dev.jsonl"} {
		for _, r := range realdata.Lines[record](t, f) {
			all[r.ID] = r
		}
	}
	for _, f := range []string{"gold/platform_dev.jsonl", "gold/full_dev_platform.jsonl"} {
		tp, want, got := 0, 0, 0
		for _, g := range realdata.Lines[record](t, f) {
			r := all[g.ID]
			_, _, cites, _ := read(r)
			gold, run := map[string]bool{}, map[string]bool{}
			for _, s := range g.Statutes {
				gold[short(s[0].(string))+"#"+strconv.Itoa(int(s[1].(float64)))] = true
			}
			for _, c := range cites {
				if c.Role == "basis" {
					run[short(c.Law)+"#"+strconv.Itoa(c.Article)] = true
				}
			}
			var missing, extra []string
			for k := range gold {
				if run[k] {
					tp++
				} else {
					missing = append(missing, k)
				}
			}
			for k := range run {
				if !gold[k] {
					extra = append(extra, k)
				}
			}
			want, got = want+len(gold), got+len(run)
			if len(missing)+len(extra) > 0 {
				sort.Strings(missing)
				sort.Strings(extra)
				t.Logf("%s: missing %v, extra %v", g.ID, missing, extra)
			}
		}
		f1 := 2 * float64(tp) / float64(want+got)
		t.Logf("%s: F1 %.4f (%d right, %d coded, %d read)", f, f1, tp, want, got)
		if f1 < 0.95 {
			t.Errorf("%s: F1 %.4f, want at least 0.95", f, f1)
		}
	}
}

// TestRealCitations reads all real judgments: quotes are the text's words, and most judgments have a basis.
func TestRealCitations(t *testing.T) {
	for _, f := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst"} {
		judgments, based, cites, unknown, printed := 0, 0, 0, 0, map[string]int{}
		for _, r := range realdata.Lines[record](t, f) {
			h, secs, list, s := read(r)
			basis := false
			for _, c := range list {
				if c.Quote != c.Span.Of(s) || c.Quote == "" || c.Law == "" {
					t.Errorf("%s: citation %+v does not quote its place", r.ID, c)
				}
				basis = basis || c.Role == "basis"
				cites++
				if c.InForce == "unknown" {
					unknown++
					printed[c.Law]++
				}
			}
			if h.DocType == "judgment" {
				judgments++
				if basis {
					based++
				} else if os.Getenv("SHOW") != "" {
					for _, x := range secs {
						if x.Kind == judgment.SecBasis && !x.Quoted {
							t.Logf("%s: no basis in %q", r.ID, x.Span.Of(s))
						}
					}
				}
			}
		}
		t.Logf("%s: %d citations, %d of laws not listed; %d of %d judgments have a basis", f, cites, unknown, based, judgments)
		if os.Getenv("SHOW") != "" {
			var names []string
			for n := range printed {
				names = append(names, n)
			}
			sort.Slice(names, func(i, j int) bool { return printed[names[i]] > printed[names[j]] })
			for _, n := range names[:min(len(names), 70)] {
				t.Logf("not listed: %s %d", n, printed[n])
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	recs := realdata.Lines[record](b, "judgments/civil.jsonl.zst")[:300]
	type doc struct {
		s    string
		h    judgment.Header
		secs []judgment.Section
	}
	var docs []doc
	for _, r := range recs {
		h, secs, _, s := read(r)
		docs = append(docs, doc{s, h, secs})
	}
	for b.Loop() {
		for _, d := range docs {
			Read(d.s, d.secs, d.h)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(docs)), "µs/judgment")
}
