package segment

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/go-ego/gse"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"caipan/internal/realdata"
	"caipan/model/judgment"
)

var update = flag.Bool("update", false, "write gse.zst anew from the dictionary embedded in gse")

// reference is gse with the same dictionaries. The legal words go in first: of two entries for a word gse keeps the
// earlier one's frequency.
var reference = sync.OnceValues(func() (*gse.Segmenter, error) {
	words, err := Words(legal)
	if err != nil {
		return nil, err
	}
	gse.ToLower = false
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	var own strings.Builder
	for _, w := range words {
		fmt.Fprintf(&own, "%s %g %s\n", w.Text, w.Frequency, w.Class)
	}
	return seg, errors.Join(seg.LoadDictStr(own.String()), seg.LoadDictEmbed("zh_s"))
})

// TestDictionaryIsGSEs: gse.zst holds the words and frequencies of gse's embedded dictionary, and every word has the cost
// that gse gives it beside the legal words. After a new version of gse run this test with -update.
func TestDictionaryIsGSEs(t *testing.T) {
	gse.ToLower = false
	plain := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := plain.LoadDictEmbed("zh_s"); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i := range plain.Dict.Tokens {
		w := &plain.Dict.Tokens[i]
		lines = append(lines, w.Text()+" "+strconv.FormatFloat(w.Freq(), 'g', -1, 64)+"\n")
	}
	slices.Sort(lines)
	want := strings.Join(lines, "")
	if *update {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
		if err != nil {
			t.Fatal(err)
		}
		if packed = e.EncodeAll([]byte(want), nil); os.WriteFile("gse.zst", packed, 0o644) != nil {
			t.Fatal("gse.zst cannot be written")
		}
	}
	words, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, w := range words {
		got.WriteString(w.Text + " " + strconv.FormatFloat(w.Frequency, 'g', -1, 64) + "\n")
	}
	if got.String() != want {
		t.Fatal("gse.zst is not the dictionary of this version of gse; run the test with -update")
	}
	seg, err := reference()
	if err != nil {
		t.Fatal(err)
	}
	own, err := Words(legal)
	if err != nil {
		t.Fatal(err)
	}
	s := compile(own, words)
	if len(s.trie.words) != seg.Dict.NumTokens() {
		t.Fatalf("%d words, gse has %d", len(s.trie.words), seg.Dict.NumTokens())
	}
	total := float32(math.Log2(seg.Dict.TotalFreq()))
	for i := range seg.Dict.Tokens {
		w := &seg.Dict.Tokens[i]
		if cost, ok := s.cost(w.Text()); !ok || cost != total-float32(math.Log2(w.Freq())) {
			t.Fatalf("%s costs %v (%v)", w.Text(), cost, ok)
		}
	}
}

// cost is the cost of a word, false if it is none.
func (s *Segmenter) cost(word string) (float32, bool) {
	at := int32(0)
	for _, r := range word {
		next := s.trie.nodes[at].base + int32(s.trie.code(r))
		if uint(next) >= uint(len(s.trie.nodes)) || s.trie.nodes[next].check != at {
			return 0, false
		}
		at = next
	}
	return s.trie.nodes[at].cost, s.trie.nodes[at].word >= 0
}

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

// BenchmarkLoad is the start of a run that counts words.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(); err != nil {
			b.Fatal(err)
		}
	}
}
