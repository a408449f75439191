package lexicon

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Matcher finds cues in sentence after sentence and keeps its buffers. One goroutine each.
type Matcher struct {
	l       *Lexicon
	at      [][]span // atom -> where its words stand, by start
	touched []int
	whole   []span // words of the class "whole"
	found   []Match
}

type span struct{ start, end int }

// Matcher gives a matcher of its own to a goroutine.
func (l *Lexicon) Matcher() *Matcher { return &Matcher{l: l, at: make([][]span, l.atoms)} }

// Match is Matcher().Match for a single text.
func (l *Lexicon) Match(folded string) []Match { return l.Matcher().Match(folded) }

// Match finds the cues of one sentence or short text (folded). For each cue the matches do not overlap, leftmost and
// longest first; matches of different cues may overlap. They come in order of their start, then of the tables.
// The slice is valid until the next call.
func (m *Matcher) Match(folded string) []Match {
	for _, a := range m.touched {
		m.at[a] = m.at[a][:0]
	}
	m.touched, m.found, m.whole = m.touched[:0], m.found[:0], m.whole[:0]
	m.l.auto.Scan(0, folded, func(n, end int) {
		lit := &m.l.words[n]
		if lit.whole {
			m.whole = append(m.whole, span{end - len(lit.text), end})
		}
		for _, a := range lit.atoms {
			if len(m.at[a]) == 0 {
				m.touched = append(m.touched, a)
			}
			m.at[a] = append(m.at[a], span{end - len(lit.text), end})
		}
	})
	if len(m.whole) > 0 {
		for _, a := range m.touched {
			m.at[a] = slices.DeleteFunc(m.at[a], m.inWhole)
		}
	}
	for _, a := range m.touched {
		for _, ch := range m.l.byHead[a] {
			m.chain(ch, folded)
		}
	}
	return m.settle()
}

// inWhole reports whether a word stands inside a longer one that is a word of its own: 未 in 未成年人.
func (m *Matcher) inWhole(p span) bool {
	for _, w := range m.whole {
		if w.start <= p.start && p.end <= w.end && p.end-p.start < w.end-w.start {
			return true
		}
	}
	return false
}

// holds reports whether a word stands between two offsets, not only inside a longer word of its own.
func (m *Matcher) holds(s string, from, to int, word string) bool {
	for at := from; at < to; {
		i := strings.Index(s[at:to], word)
		if i < 0 {
			return false
		}
		if at += i; len(m.whole) == 0 || !m.inWhole(span{at, at + len(word)}) {
			return true
		}
		at += len(word)
	}
	return false
}

// chain tries a pattern at every place of its first element.
func (m *Matcher) chain(ch *chain, s string) {
	for _, a := range ch.atoms[1:] {
		if len(m.at[a]) == 0 {
			return
		}
	}
	for _, head := range m.at[ch.atoms[0]] {
		end := m.follow(ch, 1, head.end, s)
		if end < 0 || !m.fits(ch.cue, s, head.start, end) {
			continue
		}
		m.found = append(m.found, Match{ch.cue, head.start, end})
	}
}

// follow looks for the rest of the pattern behind an offset and returns the nearest end, -1 if there is none.
func (m *Matcher) follow(ch *chain, k, from int, s string) int {
	if k == len(ch.atoms) {
		return from
	}
	best := -1
	e := &ch.el[k]
	for _, p := range m.at[ch.atoms[k]] {
		if p.start < from {
			continue
		}
		if p.start-from > 4*e.gap {
			break
		}
		if !m.bridges(e, s, from, p.start) {
			continue
		}
		if end := m.follow(ch, k+1, p.end, s); end >= 0 && (best < 0 || end > best && k == len(ch.atoms)-1 && p.start <= from) {
			best = end
			if p.start > from {
				break
			}
		}
	}
	return best
}

// bridges reports whether the words between two elements are a gap the element allows.
func (m *Matcher) bridges(e *element, s string, from, to int) bool {
	gap := s[from:to]
	if utf8.RuneCountInString(gap) > e.gap {
		return false
	}
	for i := range len(gap) {
		switch gap[i] {
		case ';', '!', '?', '\n':
			return false
		case ',', ':':
			if !e.across {
				return false
			}
		}
	}
	if strings.Contains(gap, "。") {
		return false
	}
	for _, w := range e.not {
		if m.holds(s, from, to, w) {
			return false
		}
	}
	return true
}

// fits checks the neighbours and the words of the clause that make the cue void.
func (m *Matcher) fits(c *Cue, s string, start, end int) bool {
	for _, w := range c.NotBefore {
		if strings.HasSuffix(s[:start], w) {
			return false
		}
	}
	for _, w := range c.NotAfter {
		if strings.HasPrefix(s[end:], w) {
			return false
		}
	}
	if len(c.Unless) == 0 {
		return true
	}
	from, to := clauseAround(s, start, end)
	for _, w := range c.Unless {
		if m.holds(s, from, to, w) {
			return false
		}
	}
	return true
}

func clauseAround(s string, start, end int) (from, to int) {
	from = strings.LastIndexAny(s[:start], ",。;:!?\n") + 1
	if from > 0 && s[from-1] >= utf8.RuneSelf {
		from += 2
	}
	for from < start && !utf8.RuneStart(s[from]) {
		from++
	}
	if to = strings.IndexAny(s[end:], ",。;:!?\n"); to < 0 {
		return from, len(s)
	}
	return from, end + to
}

// settle orders the matches and drops those of a cue that overlap an earlier or longer one of the same cue.
func (m *Matcher) settle() []Match {
	f := m.found
	sort.SliceStable(f, func(i, j int) bool {
		if f[i].Start != f[j].Start {
			return f[i].Start < f[j].Start
		}
		if f[i].End != f[j].End {
			return f[i].End > f[j].End
		}
		return f[i].Cue.index < f[j].Cue.index
	})
	out := f[:0]
next:
	for _, x := range f {
		for k := len(out) - 1; k >= 0; k-- {
			if out[k].Cue == x.Cue && out[k].End > x.Start {
				continue next
			}
		}
		out = append(out, x)
	}
	m.found = out
	return out
}
