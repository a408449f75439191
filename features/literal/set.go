// Package literal finds fixed words in a text in one pass, however many words there are: a Set answers whether and
// where any of them stands, an Automaton which ones. It knows no law and no patterns and folds nothing; words are
// compared byte by byte. Every package of features may import it.
package literal

import (
	"strings"
	"unicode/utf8"
)

// Set finds the places of any of its words. It reads a text character by character, and all but a few characters are
// passed over by a look into a table; so it is fast where the words' first two characters are rare together. It is
// read-only after NewSet.
type Set struct {
	kinds [1 << 16]uint8    // by character; those above U+FFFF share with those below
	words map[rune][]string // by first character
}

// Kinds of characters.
const (
	second = 1 << iota // the second of a word
	first              // the first of a word of two or more
	lone               // a word
)

// NewSet makes a set; empty words are left out. An empty set finds nothing.
func NewSet(words ...string) *Set {
	s := &Set{words: map[rune][]string{}}
	for _, w := range words {
		if w == "" {
			continue
		}
		r, n := decode(w, 0)
		s.words[r] = append(s.words[r], w)
		if n == len(w) {
			s.kinds[uint16(r)] |= lone
			continue
		}
		s.kinds[uint16(r)] |= first
		r, _ = decode(w, n)
		s.kinds[uint16(r)] |= second
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
	before, kind := from, uint8(0) // of the character before
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
		now := s.kinds[uint16(r)]
		if kind>>1&now|now>>2 != 0 { // the first of a word and the second of one, or a word
			for _, at := range [2]int{before, i} {
				if w := s.at(text[at:]); w != "" {
					return at, w
				}
			}
		}
		before, kind = i, now&^lone
		i += n
	}
	return -1, ""
}

// at is the first word that the text begins with, "" if there is none.
func (s *Set) at(text string) string {
	r, _ := decode(text, 0)
	for _, w := range s.words[r] {
		if strings.HasPrefix(text, w) {
			return w
		}
	}
	return ""
}

// decode is the character at i and its length; bytes that are no character count as U+FFFD and one byte.
func decode(s string, i int) (rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}
