package party

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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
