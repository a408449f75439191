package literal

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var alphabet = []rune("平台网站购物&a”P\u200b\ue001𠮷\ufffd")

func text(t *rapid.T, name string, least, most int) string {
	return string(rapid.SliceOfN(rapid.SampledFrom(alphabet), least, most).Draw(t, name))
}

func drawWords(t *rapid.T) (out []string) {
	for range rapid.IntRange(0, 6).Draw(t, "words") {
		out = append(out, text(t, "word", 1, 4))
	}
	return out
}

// Set and Automaton find what a search for every word by itself finds, also in broken UTF-8.
func TestLikeOneSearchPerWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words, s := drawWords(t), text(t, "text", 0, 40)
		if n := rapid.IntRange(0, len(s)).Draw(t, "broken"); n < len(s) {
			s = s[:n] + rapid.SampledFrom([]string{"\xE5", "\xB9", "\xC2", "\xF0"}).Draw(t, "byte") + s[n+rapid.IntRange(0, 1).Draw(t, "drop"):]
		}
		wantAt, wantHits := -1, [][2]int{}
		for i := range len(s) {
			for n, w := range words {
				if strings.HasPrefix(s[i:], w) {
					wantHits = append(wantHits, [2]int{n, i + len(w)})
					if wantAt < 0 {
						wantAt = i
					}
				}
			}
		}
		set := NewSet(words...)
		if got := set.Next(s, 0); got != wantAt || set.In(s) != (wantAt >= 0) {
			t.Fatalf("%q in %q: at %d, want %d", words, s, got, wantAt)
		}
		var got [][2]int
		a := NewAutomaton(words)
		cut := rapid.IntRange(0, len(s)).Draw(t, "piece")
		state := a.Scan(0, s[:cut], func(w, end int) { got = append(got, [2]int{w, end}) })
		a.Scan(state, s[cut:], func(w, end int) { got = append(got, [2]int{w, cut + end}) })
		order := func(x, y [2]int) int { return slices.Compare(x[:], y[:]) }
		slices.SortFunc(got, order)
		slices.SortFunc(wantHits, order)
		if !slices.Equal(got, wantHits) {
			t.Fatalf("%q in %q: %v, want %v", words, s, got, wantHits)
		}
	})
}

func TestNextGoesOn(t *testing.T) {
	set := NewSet("平台", "网站", "")
	var at []int
	for i := set.Next("某网站即平台。网络平台", 0); i >= 0; i = set.Next("某网站即平台。网络平台", i+1) {
		at = append(at, i)
	}
	if !slices.Equal(at, []int{3, 12, 27}) {
		t.Errorf("places %v", at)
	}
	if at, w := set.Find("在平台", 0); at != 3 || w != "平台" {
		t.Errorf("found %q at %d", w, at)
	}
	if NewSet().In("平台") {
		t.Error("the empty set finds something")
	}
}

func BenchmarkSet(b *testing.B) {
	s := strings.Repeat("本院认为，当事人对自己提出的诉讼请求所依据的事实有责任提供证据加以证明。", 1000)
	set := NewSet("平台", "网站", "商城", "应用程序", "系统", "经营场所、交易")
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		if set.In(s) {
			b.Fatal("found")
		}
	}
}

func BenchmarkAutomaton(b *testing.B) {
	s := strings.Repeat("本院认为，当事人对自己提出的诉讼请求所依据的事实有责任提供证据加以证明。", 1000)
	a := NewAutomaton([]string{"平台", "网站", "商城", "应用程序", "系统", "经营场所、交易"})
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		a.Scan(0, s, func(int, int) { b.Fatal("found") })
	}
}
