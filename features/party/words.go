package party

import (
	"slices"
	"unicode/utf8"

	"caipan/model/text"
)

// word is one word of a kind with the side its entry gives.
type word struct {
	text  string
	side  string
	names []string
}

// wordList holds the words of one kind, longest first.
type wordList struct {
	words []word
	text.Words
	plain bool // they may be sought in unfolded text
}

func newWordList(words []word) *wordList {
	l := &wordList{words: words}
	slices.SortStableFunc(l.words, func(a, b word) int { return len(b.text) - len(a.text) })
	texts := make([]string, len(words))
	for i, w := range l.words {
		texts[i] = w.text
	}
	l.Words = *text.NewWords(texts...)
	l.plain = l.Ideographs()
	return l
}

// prefix returns the longest word at the beginning of s, nil if there is none.
func (l *wordList) prefix(s string) *word {
	if i := l.Prefix(s); i >= 0 {
		return &l.words[i]
	}
	return nil
}

// runes is a set of characters by their low ten bits: it holds every character added, and few others.
type runes [16]uint64

func (s *runes) add(word string) {
	c, _ := utf8.DecodeRuneInString(word)
	s[c>>6&15] |= 1 << (c & 63)
}

func (s *runes) may(c rune) bool { return s[c>>6&15]>>(c&63)&1 != 0 }
