package ruling

import (
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/features/literal"
)

// scanner finds the words of several kinds in one pass over a text.
type scanner struct {
	set   *literal.Set
	first map[rune][]ref
}

// ref is one word with its kind.
type ref struct {
	*cue
	kind wordKind
}

// placed is a word at its place, guards aside.
type placed struct {
	ref
	at int32
}

// newScanner makes a scanner for the kinds.
func newScanner(t *table, kinds ...wordKind) *scanner {
	x := &scanner{first: map[rune][]ref{}}
	var all []string
	for _, kind := range kinds {
		for c, list := range t.kinds[kind].first {
			for i := range list {
				x.first[c] = append(x.first[c], ref{&list[i], kind})
				all = append(all, list[i].word)
			}
		}
	}
	x.set = literal.NewSet(all...)
	for _, list := range x.first {
		slices.SortStableFunc(list, func(a, b ref) int { return len(b.word) - len(a.word) })
	}
	return x
}

// scan appends the words in s to list, by their places, the longer first.
func (x *scanner) scan(s string, list []placed) []placed {
	for i := x.set.Next(s, 0); i >= 0; {
		c, n := utf8.DecodeRuneInString(s[i:])
		for _, w := range x.first[c] {
			if strings.HasPrefix(s[i:], w.word) {
				list = append(list, placed{w, int32(i)})
			}
		}
		i = x.set.Next(s, i+n)
	}
	return list
}

// words are the words of a text by kind, so that many questions about its clauses cost one pass.
type words struct {
	s    string
	list []placed             // by kind, then place, the longer first
	from [wordKinds + 1]int32 // where each kind begins in the list

	asked int // words looked at since they were arranged
}

// arrange takes those of the words that stand in s: scanned there, or in the same text before parts were blanked.
func (w *words) arrange(s string, scanned []placed) {
	var n [wordKinds]int32
	stands := func(p *placed) bool { return strings.HasPrefix(s[p.at:], p.word) }
	for i := range scanned {
		if stands(&scanned[i]) {
			n[scanned[i].kind]++
		}
	}
	w.s, w.from[0], w.asked = s, 0, 0
	for k := range n {
		w.from[k+1] = w.from[k] + n[k]
		n[k] = w.from[k]
	}
	w.list = slices.Grow(w.list[:0], int(w.from[wordKinds]))[:w.from[wordKinds]]
	for i := range scanned {
		if p := &scanned[i]; stands(p) {
			w.list[n[p.kind]] = *p
			n[p.kind]++
		}
	}
}

// find returns the first word of the kind at or behind from in [lo, hi), as if the text were no more than that.
func (w *words) find(kind wordKind, lo, hi, from int) (hit, bool) {
	list := w.list[w.from[kind]:w.from[kind+1]]
	if len(list) > 8 {
		k, _ := slices.BinarySearchFunc(list, int32(from), func(p placed, at int32) int { return int(p.at - at) })
		list = list[k:]
	}
	for i := range list {
		w.asked++
		p := &list[i]
		at, end := int(p.at), int(p.at)+len(p.word)
		if at >= hi {
			break
		}
		if at >= from && end <= hi && p.allowed(w.s[lo:hi], at-lo) {
			return hit{at, end}, true
		}
	}
	return hit{}, false
}

// last returns the last word of the kind in [lo, hi).
func (w *words) last(kind wordKind, lo, hi int) (out hit, found bool) {
	for from := lo; ; {
		h, ok := w.find(kind, lo, hi, from)
		if !ok {
			return out, found
		}
		out, found, from = h, true, h.end
	}
}

// has reports whether a word of the kind stands in [lo, hi).
func (w *words) has(kind wordKind, lo, hi int) bool {
	_, ok := w.find(kind, lo, hi, lo)
	return ok
}
