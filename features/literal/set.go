// Package literal finds fixed words in a text in one pass, however many words there are: a Set answers whether and
// where any of them stands, an Automaton which ones. It knows no law and no patterns and folds nothing; words are
// compared byte by byte. Every package of features may import it.
package literal

import (
	"strings"
	"unicode/utf8"
)

// Set finds the places of any of its words. It reads a text character by character, and all but a few characters
// are passed over by one bit of a table; so it is fast where the words' first two characters are rare together.
// It is read-only after NewSet.
type Set struct {
	first, second runeBits
	lone          runeBits          // words of one character
	words         map[rune][]string // by first character
}

// NewSet makes a set; empty words are left out. An empty set finds nothing.
func NewSet(words ...string) *Set {
	s := &Set{words: map[rune][]string{}}
	for _, w := range words {
		if w == "" {
			continue
		}
		r, n := decode(w, 0)
		s.first.add(r)
		s.words[r] = append(s.words[r], w)
		if n == len(w) {
			s.lone.add(r)
		} else {
			r, _ = decode(w, n)
			s.second.add(r)
		}
	}
	return s
}

// In reports whether the text holds one of the words.
func (s *Set) In(text string) bool { return s.Next(text, 0) >= 0 }

// Next returns the first offset, not below from, at which a word begins; -1 if there is none.
func (s *Set) Next(text string, from int) int {
	at, _ := s.Find(text, from)
	return at
}

// Find is Next together with the first word of the set, in the order of NewSet, that begins there.
func (s *Set) Find(text string, from int) (at int, word string) {
	for i := from; i < len(text); {
		var r rune
		n := 1
		switch c := text[i]; {
		case c >= 0xE0 && c < 0xF0 && i+2 < len(text) && (text[i+1]^0x80|text[i+2]^0x80) < 0x40:
			r, n = rune(c&0xF)<<12|rune(text[i+1]&0x3F)<<6|rune(text[i+2]&0x3F), 3
		case c < utf8.RuneSelf:
			r = rune(c)
		default:
			r, n = decode(text, i)
		}
		if s.first.has(r) && (s.lone.has(r) || s.follows(text, i+n)) {
			for _, w := range s.words[r] {
				if strings.HasPrefix(text[i:], w) {
					return i, w
				}
			}
		}
		i += n
	}
	return -1, ""
}

// follows: the character at i is the second one of a word.
func (s *Set) follows(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	r, _ := decode(text, i)
	return s.second.has(r)
}

// decode is the character at i and its length; bytes that are no character count as U+FFFD and one byte.
func decode(s string, i int) (rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

// runeBits is a set of characters; characters above U+FFFF share their bits with those below.
type runeBits [1 << 10]uint64

func (b *runeBits) add(r rune)      { b[r>>6&1023] |= 1 << (r & 63) }
func (b *runeBits) has(r rune) bool { return b[r>>6&1023]>>(r&63)&1 != 0 }
