package text

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A word list finds what a loop over its words finds.
func TestPropertyWords(t *testing.T) {
	draw := rapid.StringOfN(rapid.SampledFrom([]rune("原告被公司a(男")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		var words []string
		for _, w := range rapid.SliceOfN(draw, 1, 5).Draw(t, "words") {
			if w != "" {
				words = append(words, w)
			}
		}
		l, s := NewWords(words...), draw.Draw(t, "s")
		any := func(f func(s, w string) bool) bool {
			return slices.ContainsFunc(words, func(w string) bool { return f(s, w) })
		}
		if l.In(s) != any(strings.Contains) || l.Ends(s) != any(strings.HasSuffix) || l.Is(s) != slices.Contains(words, s) {
			t.Fatalf("in %v, suffix %v, is %v of %q in %q", l.In(s), l.Ends(s), l.Is(s), words, s)
		}
		longest := ""
		for _, w := range words {
			if strings.HasPrefix(s, w) && len(w) > len(longest) {
				longest = w
			}
		}
		got := ""
		if i := l.Prefix(s); i >= 0 {
			got = l.List()[i]
		}
		if got != longest {
			t.Fatalf("prefix %q of %q in %q, want %q", got, words, s, longest)
		}
		if AnyIn(l.Needles(), s) != l.In(s) {
			t.Fatalf("needles of %q in %q", words, s)
		}
	})
}
