package segment

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"caipan/internal/realdata"
	"caipan/model/judgment"
)

// reference is gse with the same dictionaries.
var reference = sync.OnceValues(dictionary)

func byGSE(t testing.TB, text string) (out []judgment.Span) {
	t.Helper()
	seg, err := reference()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range seg.Segment([]byte(text)) {
		out = append(out, judgment.Span{Start: s.Start(), End: s.End()})
	}
	return out
}

func sameAsGSE(t testing.TB, s *Segmenter, text string) bool {
	t.Helper()
	got, want := s.Spans(text), byGSE(t, text)
	if slices.Equal(got, want) {
		return true
	}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Errorf("token %d is %v, gse says %v (%q)", i, got[min(i, len(got)-1)], want[i], text[want[i].Start:min(len(text), want[i].Start+60)])
			return false
		}
	}
	t.Errorf("%d tokens, gse says %d", len(got), len(want))
	return false
}

func TestCutsAsGSEOnRealText(t *testing.T) {
	s := shareOrFail(t)
	for _, name := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst"} {
		for i, r := range realdata.Lines[realdata.Record](t, name) {
			if i%10 == 0 && !sameAsGSE(t, s, r.Text) {
				t.Fatalf("%s, record %d", name, i)
			}
		}
	}
}

func TestCutsAsGSEOnAnyText(t *testing.T) {
	s := shareOrFail(t)
	pieces := []string{"原告", "京东", "连带赔偿责任", "A", "ok9", "é", "я", "１２", "①", "〇", "\n", " ", "，", "\u200b", "𠮷", "\uFFFD", "\xff", "\xe5\x8e", "T恤", "卡拉OK"}
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 4, 8), rapid.SampledFrom(s.trie.words)), 0, 40).Draw(r, "text"), "")
		if !slices.Equal(s.Spans(text), byGSE(t, text)) {
			r.Fatalf("%q: %v, gse says %v", text, s.Spans(text), byGSE(t, text))
		}
	})
}

// TestTermsCountTheTokens: the terms of a section are its tokens with a letter, counted and sorted.
func TestTermsCountTheTokens(t *testing.T) {
	s := shareOrFail(t)
	text := "原告ZQX在京东商城购买ZQX手机2部，㐂。原告要求平台承担连带责任。"
	cut := strings.Index(text, "原告要求")
	sections := []judgment.Section{{No: 3, Span: judgment.Span{Start: 0, End: cut}}, {No: 4, Span: judgment.Span{Start: cut, End: len(text)}}}
	got, tokens := s.Terms(text, sections)
	var want []judgment.Term
	n := 0
	for _, sec := range sections {
		count := map[string]int{}
		part := sec.Span.Of(text)
		for _, sp := range byGSE(t, part) {
			n++
			if w := sp.Of(part); isTerm(w) {
				count[w]++
			}
		}
		var sorted []string
		for w := range count {
			sorted = append(sorted, w)
		}
		slices.Sort(sorted)
		for _, w := range sorted {
			want = append(want, judgment.Term{SectionNo: sec.No, Term: w, Count: count[w]})
		}
	}
	if tokens != n || !slices.Equal(got, want) {
		t.Errorf("%d tokens %v, want %d %v", tokens, got, n, want)
	}
}

// BenchmarkSegment sets this package's walk and its terms beside gse's Segment over the same real text.
func BenchmarkSegment(b *testing.B) {
	s := shareOrFail(b)
	var texts []string
	size := int64(0)
	for _, r := range realdata.Lines[realdata.Record](b, "judgments/civil.jsonl.zst")[:300] {
		texts, size = append(texts, r.Text), size+int64(len(r.Text))
	}
	seg, err := reference()
	if err != nil {
		b.Fatal(err)
	}
	run := func(name string, do func(string)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, t := range texts {
					do(t)
				}
			}
		})
	}
	run("gse", func(t string) { seg.Segment([]byte(t)) })
	p := s.paths.Get().(*path)
	run("walk", p.walk)
	run("terms", func(t string) { s.Terms(t, []judgment.Section{{Span: judgment.Span{End: len(t)}}}) })
}

// BenchmarkCompile is what is added to gse's own loading.
func BenchmarkCompile(b *testing.B) {
	seg, err := reference()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		compile(seg)
	}
}
