package segment

import (
	"unicode"
	"unicode/utf8"
)

// unknownCost is what gse charges for a character, or a run of Latin letters and digits, that is no word.
const unknownCost = 32

// path is one goroutine's working memory: the cheapest way through a text, as gse's Segment finds it. Its unit is the
// character, but a run of letters and digits of at most two bytes each (Latin, Greek, Cyrillic) is never cut.
type path struct {
	t     *trie
	code  []uint16
	off   []int32 // byte at which each character begins, and the end of the text
	cut   []bool  // a unit begins at the character
	cost  []float32
	from  []int32 // first character of the token that ends here
	word  []int32 // its number, -1: no word
	count []int32 // of each word, in the section at hand
	seen  []int32 // words that have a count
	other []string
}

// walk finds the cheapest way through the text. The sums are made in gse's order and precision, so that ties fall alike.
func (p *path) walk(text string) {
	p.read(text)
	n := len(p.code)
	p.cost = append(p.cost[:0], make([]float32, n)...)
	p.from, p.word = sized(p.from, n), sized(p.word, n)
	nodes := p.t.nodes
	for i := 0; i < n; i++ {
		if !p.cut[i] {
			continue
		}
		before := float32(0)
		if i > 0 {
			before = p.cost[i-1]
		}
		unit := true // still in the first unit
		known := false
		for j, s := i, int32(0); j < n; j++ {
			at := nodes[s].base + int32(p.code[j])
			if p.code[j] == 0 || uint(at) >= uint(len(nodes)) || nodes[at].check != s {
				break
			}
			s = at
			if !p.cut[j+1] {
				continue
			}
			if nodes[at].word >= 0 {
				p.reach(j, i, before+nodes[at].cost, nodes[at].word)
				known = known || unit
			}
			unit = false
		}
		if !known {
			end := i
			for !p.cut[end+1] {
				end++
			}
			p.reach(end, i, before+unknownCost, -1)
		}
	}
}

func (p *path) reach(end, from int, cost float32, word int32) {
	if p.cost[end] == 0 || p.cost[end] > cost {
		p.cost[end], p.from[end], p.word[end] = cost, int32(from), word
	}
}

// read finds the characters and units of the text.
func (p *path) read(text string) {
	p.code, p.off, p.cut = p.code[:0], p.off[:0], p.cut[:0]
	run := false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		code := uint16(0)
		if r != utf8.RuneError || size > 1 {
			code = p.t.code(r)
		}
		joins := size <= 2 && (unicode.IsLetter(r) || unicode.IsNumber(r))
		p.code, p.off, p.cut = append(p.code, code), append(p.off, int32(i)), append(p.cut, !run || !joins)
		run = joins
		i += size
	}
	p.off, p.cut = append(p.off, int32(len(text))), append(p.cut, true)
}

// back goes the way from the last token to the first: bytes [start, end) and the number of the word.
func (p *path) back(token func(start, end, word int32)) {
	for end := int32(len(p.code) - 1); end >= 0; end = p.from[end] - 1 {
		token(p.off[p.from[end]], p.off[end+1], p.word[end])
	}
}

func sized(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n+n/4)[:n]
	}
	return s[:n]
}
