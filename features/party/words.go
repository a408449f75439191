package party

import (
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

// word is one word of a kind with the side its entry gives.
type word struct {
	text  string
	side  string
	names []string
}

// wordList holds the words of one kind, longest first, and finds them by one byte of their first or last character.
type wordList struct {
	words  []word
	begins [64][]*word // by the third byte of the word
	ends   [64][]*word // by the last byte
	first  uint64      // the buckets of begins that are not empty
	plain  bool        // no word holds a character that folding makes: they may be sought in unfolded text
}

// newWordList sorts the words.
func newWordList(words []word) *wordList {
	l := &wordList{words: words, plain: true}
	slices.SortStableFunc(l.words, func(a, b word) int { return len(b.text) - len(a.text) })
	for i := range l.words {
		w := &l.words[i]
		for k := range l.begins {
			if len(w.text) < 3 || int(w.text[2]&63) == k {
				l.begins[k] = append(l.begins[k], w)
				l.first |= 1 << k
			}
		}
		k := w.text[len(w.text)-1] & 63
		l.ends[k] = append(l.ends[k], w)
		l.plain = l.plain && strings.IndexFunc(w.text, func(r rune) bool { return r < 0x4E00 || r > 0x9FFF }) < 0
	}
	return l
}

func listOf(texts ...string) *wordList {
	words := make([]word, len(texts))
	for i, w := range texts {
		words[i].text = w
	}
	return newWordList(words)
}

// prefix returns the longest word at the beginning of s, nil if there is none.
func (l *wordList) prefix(s string) *word {
	if len(s) < 3 {
		for i := range l.words {
			if strings.HasPrefix(s, l.words[i].text) {
				return &l.words[i]
			}
		}
		return nil
	}
	for _, w := range l.begins[s[2]&63] {
		if strings.HasPrefix(s, w.text) {
			return w
		}
	}
	return nil
}

// is reports whether s is a word of the list.
func (l *wordList) is(s string) bool {
	if s == "" {
		return false
	}
	for _, w := range l.ends[s[len(s)-1]&63] {
		if s == w.text {
			return true
		}
	}
	return false
}

// suffix reports whether s ends with a word of the list.
func (l *wordList) suffix(s string) bool {
	if s == "" {
		return false
	}
	for _, w := range l.ends[s[len(s)-1]&63] {
		if strings.HasSuffix(s, w.text) {
			return true
		}
	}
	return false
}

// in reports whether a word of the list stands in s.
func (l *wordList) in(s string) bool {
	i := 0
	for i+2 < len(s) {
		if l.first>>(s[i+2]&63)&1 != 0 && l.prefix(s[i:]) != nil {
			return true
		}
		if s[i] >= 0xE0 && s[i] < 0xF0 {
			i += 2
		}
		i++
	}
	for ; i < len(s); i++ {
		if l.prefix(s[i:]) != nil {
			return true
		}
	}
	return false
}

// needles look for any word of the list in a long text: words that hold another word are left out.
func (l *wordList) needles() (out []text.Needle) {
	for i, w := range l.words {
		holds := false
		for k := range l.words {
			holds = holds || k != i && len(l.words[k].text) < len(w.text) && strings.Contains(w.text, l.words[k].text)
		}
		if !holds {
			out = append(out, text.NewNeedle(w.text))
		}
	}
	return out
}

// runes is a set of characters by their low ten bits: it holds every character added, and few others.
type runes [16]uint64

func (s *runes) add(word string) {
	c, _ := utf8.DecodeRuneInString(word)
	s[c>>6&15] |= 1 << (c & 63)
}

func (s *runes) may(c rune) bool { return s[c>>6&15]>>(c&63)&1 != 0 }
