package operator

import "caipan/features/literal"

// counter counts the words of services.
type counter struct {
	words []string
	auto  *literal.Automaton
}

// newCounter numbers the services' words; a word of two services has one number.
func newCounter(services []service) *counter {
	c := &counter{}
	number := map[string]int{}
	add := func(words []string) (out []int) {
		for _, w := range words {
			n, ok := number[w]
			if !ok {
				n = len(c.words)
				number[w] = n
				c.words = append(c.words, w)
			}
			out = append(out, n)
		}
		return out
	}
	for i := range services {
		services[i].strong, services[i].weak = add(services[i].Strong), add(services[i].Weak)
	}
	c.auto = literal.NewAutomaton(c.words)
	return c
}

// tally counts words over pieces of text as if they were one, no occurrence of a word overlapping the one before.
type tally struct {
	of    *counter
	count []int // by the word's number
	end   []int // of the last one counted
	state literal.State
	read  int // length of the pieces before
}

func (c *counter) tally() *tally {
	return &tally{of: c, count: make([]int, len(c.words)), end: make([]int, len(c.words))}
}

func (t *tally) add(piece string) {
	t.state = t.of.auto.Scan(t.state, piece, func(w, end int) {
		if end += t.read; end-len(t.of.words[w]) >= t.end[w] {
			t.count[w]++
			t.end[w] = end
		}
	})
	t.read += len(piece)
}
