package lexicon

import (
	"sort"
	"strings"

	"caipan/features/literal"
)

// compile numbers the words and word sets and builds the automaton.
func (l *Lexicon) compile(patterns map[*Cue][][]element) {
	sets := map[string]int{}
	lits := map[string]*word{}
	var members [][]string
	for i, c := range l.Cues {
		c.index = i
		for _, els := range patterns[c] {
			ch := &chain{cue: c, el: els}
			for _, e := range els {
				key := strings.Join(e.words, "|")
				id, ok := sets[key]
				if !ok {
					id = len(members)
					sets[key] = id
					members = append(members, e.words)
				}
				ch.atoms = append(ch.atoms, id)
			}
			for len(l.byHead) < len(members) {
				l.byHead = append(l.byHead, nil)
			}
			l.byHead[ch.atoms[0]] = append(l.byHead[ch.atoms[0]], ch)
		}
	}
	l.atoms = len(members)
	for id, words := range members {
		for _, w := range words {
			if lits[w] == nil {
				lits[w] = &word{text: w}
			}
			lits[w].atoms = append(lits[w].atoms, id)
		}
	}
	for _, w := range l.class["whole"] {
		if lits[w] == nil {
			lits[w] = &word{text: w}
		}
		lits[w].whole = true
	}
	names := make([]string, 0, len(lits))
	for w := range lits {
		names = append(names, w)
	}
	sort.Strings(names)
	for _, w := range names {
		l.words = append(l.words, *lits[w])
	}
	l.auto = literal.NewAutomaton(names)
}
