// Package text makes the canonical text of a judgment and folded views of it.
//
// Canonical text is UTF-8 with one newline form and HTML entities resolved; nothing else is changed, so that a
// quote is the court's own characters. A View folds full-width and variant characters for matching and maps
// every offset back. CaseID gives the identity of a text, whatever site it was downloaded from.
//
// The package knows no law, refuses to mend or interpret wording, and imports nothing of ours;
// every package may import it.
package text

import (
	"html"
	"strings"
	"unicode/utf8"
)

// Canonical makes the canonical text (规范文本): valid UTF-8 (bad bytes become U+FFFD), "\n" as the only newline,
// HTML entities resolved (also where they were escaped more than once), byte order marks and zero-width characters dropped.
// It is idempotent. An empty text stays empty.
func Canonical(raw string) string {
	if !utf8.ValidString(raw) {
		raw = strings.ToValidUTF8(raw, "\uFFFD")
	}
	for {
		next := plainBreaks(resolve(raw))
		if next == raw {
			return raw
		}
		raw = next
	}
}

// resolve replaces each entity by its character once. Without a semicolon only numbers and the entities that
// browsers' old exports leave open are taken, so that "R&D" and "A&lt公司" keep their letters.
func resolve(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		n := entityLen(s)
		if n == 0 {
			n = 1
			b.WriteByte('&')
		} else {
			e := s[:n]
			if e[n-1] != ';' {
				e += ";"
			}
			b.WriteString(html.UnescapeString(e))
		}
		s = s[n:]
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

const longestEntity = 34 // "&CounterClockwiseContourIntegral;" and a reserve

// entityLen returns the length of the entity at the start of s, 0 if there is none.
func entityLen(s string) int {
	for i := 1; i < len(s) && i < longestEntity; i++ {
		c := s[i]
		switch {
		case c == ';':
			if i == 1 || html.UnescapeString(s[:i+1]) == s[:i+1] {
				return 0
			}
			return i + 1
		case c == '#' && i == 1, c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
			continue
		}
		return openEntity(s[:i])
	}
	return openEntity(s[:min(len(s), longestEntity)])
}

// openEntity accepts "&nbsp" and "&times" without their semicolon; nothing else is common enough to be safe.
func openEntity(s string) int {
	if s == "&nbsp" || s == "&times" || s == "&middot" {
		return len(s)
	}
	return 0
}

// Escapes are what hides words from a search in a raw text: where none of them stands, Canonical joins no two
// characters that were apart and makes none but line breaks and U+FFFD.
func Escapes() []string {
	out := []string{"&"}
	for r := rune(0); r <= 0xFFFF; r++ {
		if invisible(r) {
			out = append(out, string(r))
		}
	}
	return out
}

// invisible characters are dropped; they come from web pages and word processors and split words.
func invisible(r rune) bool {
	return r == 0xFEFF || (r >= 0x200B && r <= 0x200F) || r == 0x2060 || r == 0x00AD
}

// plainBreaks unifies line breaks and drops invisible characters.
func plainBreaks(s string) string {
	if !hasOddBreaks(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
			return '\n'
		case invisible(r):
			return -1
		}
		return r
	}, s)
}

var byteOrderMark = NewNeedle("\uFEFF")

// hasOddBreaks reports whether a valid UTF-8 text holds what plainBreaks changes. Each of these characters begins with
// a byte that is rare in Chinese.
func hasOddBreaks(s string) bool {
	return strings.IndexByte(s, '\r') >= 0 || hasLatin(s) || hasGeneral(s) || byteOrderMark.In(s)
}

// hasLatin looks for U+0085 and U+00AD.
func hasLatin(s string) bool {
	for {
		k := strings.IndexByte(s, 0xC2)
		if k < 0 || k+1 >= len(s) {
			return false
		}
		if s[k+1] == 0x85 || s[k+1] == 0xAD {
			return true
		}
		s = s[k+2:]
	}
}

// hasGeneral looks for U+200B to U+200F, U+2028, U+2029 and U+2060.
func hasGeneral(s string) bool {
	for {
		k := strings.IndexByte(s, 0xE2)
		if k < 0 || k+2 >= len(s) {
			return false
		}
		if d, e := s[k+1], s[k+2]; d == 0x80 && (e >= 0x8B && e <= 0x8F || e == 0xA8 || e == 0xA9) || d == 0x81 && e == 0xA0 {
			return true
		}
		s = s[k+3:]
	}
}
