package lexicon

// automaton is a dense Aho-Corasick automaton over byte classes: one table look-up a byte, all words in one pass.
type automaton struct {
	class   [256]uint8
	classes int
	next    []int32   // state*classes+class
	out     [][]int32 // literals that end in the state, longest first
}

func newAutomaton(words []string) *automaton {
	a := &automaton{classes: 1} // class 0: bytes in no word
	for _, w := range words {
		for i := range len(w) {
			if a.class[w[i]] == 0 {
				a.class[w[i]] = uint8(a.classes)
				a.classes++
			}
		}
	}
	a.addState()
	for n, w := range words {
		s := int32(0)
		for i := range len(w) {
			at := int(s)*a.classes + int(a.class[w[i]])
			if a.next[at] == 0 {
				a.next[at] = a.addState()
			}
			s = a.next[at]
		}
		a.out[s] = append(a.out[s], int32(n))
	}
	a.link()
	return a
}

func (a *automaton) addState() int32 {
	a.next = append(a.next, make([]int32, a.classes)...)
	a.out = append(a.out, nil)
	return int32(len(a.out) - 1)
}

// link fills the missing transitions breadth first, so that matching never follows a failure link.
func (a *automaton) link() {
	fail := make([]int32, len(a.out))
	queue := make([]int32, 0, len(a.out))
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
}

// scan reports every word in s with the offset behind it.
func (a *automaton) scan(s string, emit func(word int32, end int)) {
	state := int32(0)
	for i := range len(s) {
		state = a.next[int(state)*a.classes+int(a.class[s[i]])]
		for _, w := range a.out[state] {
			emit(w, i+1)
		}
	}
}
