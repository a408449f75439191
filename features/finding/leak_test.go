package finding

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"caipan/features/header"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"
)

// blank overwrites the operative part, fees, tail and appendix with filler of the same length in bytes.
func blank(body string, secs []judgment.Section) string {
	b := []byte(body)
	for _, s := range secs {
		switch s.Kind {
		case judgment.SecDisposition, judgment.SecFees, judgment.SecAppendix:
			for i := s.Span.Start; i < s.Span.End; i++ {
				if b[i] != '\n' {
					b[i] = 'x'
				}
			}
		}
	}
	return string(b)
}

// The ruling cannot leak: with the operative part overwritten every finding is the same.
func TestOverwritingTheOperativePartChangesNoFinding(t *testing.T) {
	n, found := 0, 0
	for _, f := range [][2]string{{"judgments/civil.jsonl.zst", "gold/platform_dev.jsonl"}, {"gold/full_dev.jsonl", "gold/full_dev_platform.jsonl"}} {
		docs := records(t, f[0])
		ids, of := golds(t, f[1])
		for _, id := range ids {
			ops := map[string]bool{}
			for _, p := range of[id] {
				ops[squeeze(p.Name)] = p.IsOperator
			}
			c := readCase(docs[id], ops)
			other := blank(c.Text, c.Sections)
			again, err := Read(other, c.Sections, c.Parties, c.Header)
			if err != nil {
				t.Fatal(err)
			}
			for i := range again {
				again[i].ID = c.Findings[min(i, len(c.Findings)-1)].ID
			}
			if d := cmp.Diff(c.Findings, again); d != "" {
				t.Errorf("%s: the operative part changes findings:\n%s", id, d)
			}
			n++
			found += len(again)
		}
	}
	t.Logf("%d judgments, %d findings", n, found)
}

// Every finding points at its words.
func TestQuotesStandWhereTheySay(t *testing.T) {
	docs := records(t, "gold/full_dev.jsonl")
	ids, of := golds(t, "gold/full_dev_platform.jsonl")
	for _, id := range ids {
		ops := map[string]bool{}
		for _, p := range of[id] {
			ops[squeeze(p.Name)] = p.IsOperator
		}
		c := readCase(docs[id], ops)
		for _, f := range c.Findings {
			if f.Span.IsZero() || f.Quote != c.Text[f.Span.Start:f.Span.End] {
				t.Errorf("%s: %s=%s quotes %q at %v", id, f.Variable, f.Value, f.Quote, f.Span)
			}
			if f.Level == 3 && f.Adoption == "open" {
				t.Errorf("%s: an open allegation at level 3: %+v", id, f)
			}
		}
	}
}

func BenchmarkReadRealJudgments(b *testing.B) {
	type job struct {
		body string
		secs []judgment.Section
		ps   []judgment.Party
		h    judgment.Header
	}
	docs := records(b, "judgments/civil.jsonl.zst")
	ids, of := golds(b, "gold/platform_dev.jsonl")
	var jobs []job
	size := 0
	for _, id := range ids {
		ops := map[string]bool{}
		for _, p := range of[id] {
			ops[squeeze(p.Name)] = true
		}
		r := docs[id]
		body := text.Canonical(r.Text)
		h := header.Read(body, header.Meta{Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Cause: r.Cause})
		secs := section.Split(body, h)
		ps := party.Read(body, secs, h)
		for i := range ps {
			ps[i].IsPlatformOperator = ops[squeeze(ps[i].Name)]
		}
		jobs = append(jobs, job{body, secs, ps, h})
		size += len(body)
	}
	if _, err := Read("", nil, nil, judgment.Header{}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	b.ResetTimer()
	for range b.N {
		for _, j := range jobs {
			if _, err := Read(j.body, j.secs, j.ps, j.h); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// A case without an operator of a platform gives nothing and costs nothing.
func TestCasesWithoutAnOperatorGiveNothing(t *testing.T) {
	body := "原告诉称：甲公司明知。\n本院认为，甲公司明知侵权。"
	ps := []judgment.Party{{No: 0, Name: "乙", Role: "plaintiff"}, {No: 1, Name: "甲公司", Role: "defendant"}}
	fs, err := Read(body, []judgment.Section{{Kind: judgment.SecReasoning, Span: judgment.Span{End: len(body)}}}, ps, judgment.Header{})
	if err != nil || fs != nil {
		t.Errorf("findings %v, error %v; want none", fs, err)
	}
}
