package party

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"caipan/model/text"
)

// The brackets sought in the canonical text are those that fold to a round bracket.
func TestOpenersAreAllThatFoldToABracket(t *testing.T) {
	for r := range rune(utf8.MaxRune) {
		known := slices.ContainsFunc(openers[:], func(n text.Needle) bool { return n.Word() == string(r) })
		if folds := text.FoldRune(r) == '('; folds != known {
			t.Errorf("%U folds to a bracket: %v; listed: %v", r, folds, known)
		}
	}
}

func TestBracketsComeInOrder(t *testing.T) {
	s := "甲（一）乙(二)丙〔三〕丁﹙四﹚（五"
	b := newBrackets(s)
	var got []string
	for at := b.next(); at >= 0; at = b.next() {
		c, _ := utf8.DecodeRuneInString(s[at+b.size:])
		got = append(got, string(c))
	}
	if strings.Join(got, "") != "一二三四五" {
		t.Errorf("brackets before %q", got)
	}
}

// A word list finds what a loop over its words finds.
func TestPropertyWordList(t *testing.T) {
	draw := rapid.StringOfN(rapid.SampledFrom([]rune("原告被公司a(男")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		var words []string
		for _, w := range rapid.SliceOfN(draw, 1, 5).Draw(t, "words") {
			if w != "" {
				words = append(words, w)
			}
		}
		l, s := listOf(words...), draw.Draw(t, "s")
		any := func(f func(s, w string) bool) bool {
			return slices.ContainsFunc(words, func(w string) bool { return f(s, w) })
		}
		if l.in(s) != any(strings.Contains) || l.suffix(s) != any(strings.HasSuffix) || l.is(s) != slices.Contains(words, s) {
			t.Fatalf("in %v, suffix %v, is %v of %q in %q", l.in(s), l.suffix(s), l.is(s), words, s)
		}
		longest := ""
		for _, w := range words {
			if strings.HasPrefix(s, w) && len(w) > len(longest) {
				longest = w
			}
		}
		if w := l.prefix(s); w == nil && longest != "" || w != nil && w.text != longest {
			t.Fatalf("prefix %v of %q in %q, want %q", w, words, s, longest)
		}
		if text.AnyIn(l.needles(), s) != l.in(s) {
			t.Fatalf("needles of %q in %q", words, s)
		}
	})
}
