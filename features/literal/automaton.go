package literal

import "slices"

// Automaton reports every occurrence of every word in one pass: a dense Aho-Corasick automaton over byte classes, one
// table look-up a byte. It is read-only after NewAutomaton.
type Automaton struct {
	class   [256]uint16
	classes int
	next    []uint32  // (state*classes)<<1, and 1 if words end there; index: state*classes + class
	out     [][]int32 // by state: the words that end there, longest first
	words   []string
}

// State is how far the words have been read; the zero value is the beginning.
type State uint32

// NewAutomaton makes an automaton; empty words are never reported.
func NewAutomaton(words []string) *Automaton {
	a := &Automaton{classes: 1, words: words} // class 0: bytes in no word
	for _, w := range words {
		for i := range len(w) {
			if a.class[w[i]] == 0 {
				a.class[w[i]] = uint16(a.classes)
				a.classes++
			}
		}
	}
	states := countStates(words)
	a.next, a.out = make([]uint32, 0, states*a.classes), make([][]int32, 0, states)
	a.addState()
	for n, w := range words {
		s := uint32(0)
		for i := range len(w) {
			at := int(s)*a.classes + int(a.class[w[i]])
			if a.next[at] == 0 {
				s = a.addState()
				a.next[at] = s
			}
			s = a.next[at]
		}
		if s != 0 {
			a.out[s] = append(a.out[s], int32(n))
		}
	}
	a.link()
	return a
}

// countStates is one for the beginning and one for every beginning of a word.
func countStates(words []string) int {
	n, before := 1, ""
	for _, w := range slices.Sorted(slices.Values(words)) {
		same := 0
		for same < len(w) && same < len(before) && w[same] == before[same] {
			same++
		}
		n += len(w) - same
		before = w
	}
	return n
}

func (a *Automaton) addState() uint32 {
	a.next = a.next[:len(a.next)+a.classes]
	a.out = append(a.out, nil)
	return uint32(len(a.out) - 1)
}

// link fills the missing transitions breadth first, so that matching never follows a failure link, and then turns
// states into offsets of the table.
func (a *Automaton) link() {
	fail := make([]uint32, len(a.out))
	queue := make([]uint32, 0, len(a.out))
	for c := range a.classes {
		if s := a.next[c]; s != 0 {
			queue = append(queue, s)
		}
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		a.out[s] = append(a.out[s], a.out[fail[s]]...)
		for c := range a.classes {
			at := int(s)*a.classes + c
			fallback := a.next[int(fail[s])*a.classes+c]
			if t := a.next[at]; t != 0 {
				fail[t] = fallback
				queue = append(queue, t)
			} else {
				a.next[at] = fallback
			}
		}
	}
	for i, s := range a.next {
		a.next[i] = s * uint32(a.classes) << 1
		if len(a.out[s]) > 0 {
			a.next[i] |= 1
		}
	}
}

// Scan goes on from state through the text and calls hit for every word that ends in it, with the word's number and
// the offset in text behind it (a word that began in an earlier piece ends here all the same).
func (a *Automaton) Scan(state State, text string, hit func(word, end int)) State {
	s := uint32(state)
	for i := range len(text) {
		s = a.next[s>>1+uint32(a.class[text[i]])]
		if s&1 != 0 {
			for _, w := range a.out[s>>1/uint32(a.classes)] {
				hit(int(w), i+1)
			}
		}
	}
	return State(s)
}
