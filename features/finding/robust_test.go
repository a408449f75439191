package finding

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"caipan/features/header"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"
)

// Broken texts, spans and parties never make the reader panic, and every finding keeps its quote.
func TestPropertyNoTextBreaksTheReader(t *testing.T) {
	words := []string{"甲公司", "乙店", "原告", "，", "。", "明知", "未尽到", "审核义务", "存在过错", "不能证明", "主张", "不予采信", "如果", "是否", "\n", "“", "”", "的", "而", "\xff", "Ａ", " ", "被告", "其", "提供", "真实名称", "关于"}
	rapid.Check(t, func(t *rapid.T) {
		body := ""
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, "words") {
			body += w
		}
		at := rapid.IntRange(0, len(body)).Draw(t, "cut")
		secs := []judgment.Section{{No: 0, Kind: judgment.SecFacts, Span: judgment.Span{End: at}}, {No: 1, Kind: judgment.SecReasoning, Span: judgment.Span{Start: at, End: len(body)}}}
		ps := []judgment.Party{{No: 0, Name: "原告张三", Role: "plaintiff"}, {No: 1, Name: "甲公司", Role: "defendant", IsPlatformOperator: true}, {No: 2, Name: "乙店", Role: "defendant"}}
		fs, err := Read(body, secs, ps, judgment.Header{Instance: "second"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fs {
			if f.Quote != f.Span.Of(body) {
				t.Fatalf("quote %q is not the text at %v", f.Quote, f.Span)
			}
		}
	})
}

// Every real judgment is read with every company as if it ran a platform: nothing panics, and the same text gives the
// same findings twice.
func TestAllRealJudgmentsAreReadAlikeTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all real judgments")
	}
	size, found := 0, 0
	spent := time.Duration(0)
	for _, r := range records(t, "judgments/civil.jsonl.zst") {
		body := text.Canonical(r.Text)
		if len(body)%5 != 0 { // a fifth of them
			continue
		}
		h := header.Read(body, header.Meta{Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Cause: r.Cause})
		secs := section.Split(body, h)
		ps := party.Read(body, secs, h)
		for i := range ps {
			ps[i].IsPlatformOperator = ps[i].Role == "defendant" && ps[i].Kind == "organization"
		}
		began := time.Now()
		a, err := Read(body, secs, ps, h)
		spent += time.Since(began)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := Read(body, secs, ps, h)
		if len(a) != len(b) {
			t.Errorf("%s: %d findings, then %d", r.ID, len(a), len(b))
			continue
		}
		for i := range a {
			if a[i] != b[i] {
				t.Errorf("%s: finding %d differs between two readings", r.ID, i)
			}
		}
		size += len(body)
		found += len(a)
	}
	t.Logf("%d MB, %d findings, %.1f MB/s", size>>20, found, float64(size)/1e6/spent.Seconds())
}
