package operator

import (
	"strings"

	"caipan/features/literal"
)

// gate tells which statements have a chance in a sentence: those of whose needs every one stands there.
type gate struct {
	auto  *literal.Automaton
	asks  [][]int // by word: the needs that it fulfils
	needs [][]int // by statement
	count int     // of all needs
}

// newGate makes the gate of the statements' needs; needs that several statements share are one.
func newGate(of []needs) *gate {
	g := &gate{needs: make([][]int, len(of))}
	var words []string
	number, known := map[string]int{}, map[string]int{}
	for i, list := range of {
		for _, need := range list {
			key := strings.Join(need, "\n")
			n, old := known[key]
			if !old {
				n = g.count
				known[key] = n
				g.count++
				for _, w := range need {
					if _, ok := number[w]; !ok {
						number[w] = len(words)
						words, g.asks = append(words, w), append(g.asks, nil)
					}
					g.asks[number[w]] = append(g.asks[number[w]], n)
				}
			}
			g.needs[i] = append(g.needs[i], n)
		}
	}
	g.auto = literal.NewAutomaton(words)
	return g
}

// chances marks what stands in one sentence.
type chances struct {
	gate  *gate
	found []bool // by need
}

func newChances(g *gate) *chances { return &chances{gate: g, found: make([]bool, g.count)} }

// look reads a sentence with marks.
func (c *chances) look(s *marked) {
	clear(c.found)
	hit := func(word, _ int) {
		for _, n := range c.gate.asks[word] {
			c.found[n] = true
		}
	}
	state, from := literal.State(0), 0
	for _, m := range s.marks {
		state = c.gate.auto.Scan(state, s.text[from:m.at], hit)
		state = c.gate.auto.Scan(state, markWord, hit)
		from = m.at + markLen
	}
	c.gate.auto.Scan(state, s.text[from:], hit)
}

// has reports whether the statement of that number has a chance in the sentence.
func (c *chances) has(statement int) bool {
	for _, n := range c.gate.needs[statement] {
		if !c.found[n] {
			return false
		}
	}
	return true
}
