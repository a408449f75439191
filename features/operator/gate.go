package operator

import "caipan/features/literal"

// gate tells which statements have a chance in a sentence: those of whose needs every one stands there, each behind
// the one before.
type gate struct {
	auto  *literal.Automaton
	words []string
	asks  [][]ask // by word
	needs []int   // by statement: how many
}

// ask says of which statement's needs a word fulfils which.
type ask struct{ statement, need int }

func newGate(of []needs) *gate {
	g := &gate{needs: make([]int, len(of))}
	number := map[string]int{}
	for i, list := range of {
		g.needs[i] = len(list)
		for k, need := range list {
			for _, w := range need {
				n, ok := number[w]
				if !ok {
					n = len(g.words)
					number[w] = n
					g.words, g.asks = append(g.words, w), append(g.asks, nil)
				}
				g.asks[n] = append(g.asks[n], ask{i, k})
			}
		}
	}
	g.auto = literal.NewAutomaton(g.words)
	return g
}

// chances says how far each statement's needs are fulfilled in one sentence.
type chances struct {
	gate *gate
	met  []int // by statement: how many of its needs
	end  []int // and where the last of them ends
}

func newChances(g *gate) *chances {
	return &chances{gate: g, met: make([]int, len(g.needs)), end: make([]int, len(g.needs))}
}

// look reads a sentence with marks. Taking each need where it first ends leaves most room for those behind it.
func (c *chances) look(s *marked) {
	clear(c.met)
	clear(c.end)
	base := 0
	hit := func(word, end int) {
		end += base
		for _, a := range c.gate.asks[word] {
			if c.met[a.statement] == a.need && end-len(c.gate.words[word]) >= c.end[a.statement] {
				c.met[a.statement], c.end[a.statement] = a.need+1, end
			}
		}
	}
	state, from := literal.State(0), 0
	for _, m := range s.marks {
		state = c.gate.auto.Scan(state, s.text[from:m.at], hit)
		base += m.at - from
		state = c.gate.auto.Scan(state, markWord, hit)
		base += len(markWord)
		from = m.at + markLen
	}
	c.gate.auto.Scan(state, s.text[from:], hit)
}

// has reports whether the statement of that number has a chance in the sentence.
func (c *chances) has(statement int) bool { return c.met[statement] == c.gate.needs[statement] }
