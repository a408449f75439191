package text

import (
	"slices"
	"strings"
)

// Words is a list of words, the longest first, that tells by one byte whether one of them can begin or end at a place.
// It compares bytes: words and text must be both folded or both not. Empty words are dropped.
type Words struct {
	list   []string
	begins [64][]int32 // words by their third byte; words shorter than that are in all
	ends   [64][]int32 // words by their last byte
	first  uint64      // the parts of begins that are not empty
}

// NewWords makes the list; of equal words the first counts.
func NewWords(words ...string) *Words {
	l := &Words{}
	for _, w := range words {
		if w != "" {
			l.list = append(l.list, w)
		}
	}
	slices.SortStableFunc(l.list, func(a, b string) int { return len(b) - len(a) })
	for i, w := range l.list {
		for k := range l.begins {
			if len(w) < 3 || int(w[2]&63) == k {
				l.begins[k] = append(l.begins[k], int32(i))
				l.first |= 1 << k
			}
		}
		k := w[len(w)-1] & 63
		l.ends[k] = append(l.ends[k], int32(i))
	}
	return l
}

// List gives the words, the longest first; words of one length keep their order.
func (l *Words) List() []string { return l.list }

// Prefix returns the number in List of the longest word at the beginning of s, -1 if there is none.
func (l *Words) Prefix(s string) int {
	if len(s) < 3 {
		return slices.IndexFunc(l.list, func(w string) bool { return strings.HasPrefix(s, w) })
	}
	if l.first>>(s[2]&63)&1 == 0 {
		return -1
	}
	for _, i := range l.begins[s[2]&63] {
		if strings.HasPrefix(s, l.list[i]) {
			return int(i)
		}
	}
	return -1
}

// Suffix returns the number in List of the longest word at the end of s, -1 if there is none.
func (l *Words) Suffix(s string) int {
	if s == "" {
		return -1
	}
	for _, i := range l.ends[s[len(s)-1]&63] {
		if strings.HasSuffix(s, l.list[i]) {
			return int(i)
		}
	}
	return -1
}

// Begins reports whether s begins with one of the words.
func (l *Words) Begins(s string) bool { return l.Prefix(s) >= 0 }

// Ends reports whether s ends with one of the words.
func (l *Words) Ends(s string) bool { return l.Suffix(s) >= 0 }

// Is reports whether s is one of the words.
func (l *Words) Is(s string) bool {
	if s == "" {
		return false
	}
	return slices.ContainsFunc(l.ends[s[len(s)-1]&63], func(i int32) bool { return l.list[i] == s })
}

// In reports whether one of the words stands in s. For long texts AnyIn over Needles is faster.
func (l *Words) In(s string) bool {
	i := 0
	for i+2 < len(s) {
		if l.first>>(s[i+2]&63)&1 != 0 && l.Prefix(s[i:]) >= 0 {
			return true
		}
		if s[i] >= 0xE0 && s[i] < 0xF0 {
			i += 2
		}
		i++
	}
	for ; i < len(s); i++ {
		if l.Prefix(s[i:]) >= 0 {
			return true
		}
	}
	return false
}

// Needles look for any word of the list: words that hold another word are left out.
func (l *Words) Needles() (out []Needle) {
	for i, w := range l.list {
		holds := slices.ContainsFunc(l.list, func(x string) bool { return len(x) < len(w) && strings.Contains(w, x) })
		if !holds && !slices.Contains(l.list[:i], w) {
			out = append(out, NewNeedle(w))
		}
	}
	return out
}

// Ideographs reports whether the words are of Chinese characters alone, which no folding makes: they stand in a
// text as often as in its folded view.
func (l *Words) Ideographs() bool {
	return !slices.ContainsFunc(l.list, func(w string) bool {
		return strings.IndexFunc(w, func(r rune) bool { return r < 0x4E00 || r > 0x9FFF }) >= 0
	})
}
