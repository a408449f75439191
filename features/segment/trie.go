package segment

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// trie holds the dictionary's words character by character as a double array: the child of state s by the character
// with code c is at base[s]+c if that place's check is s. It is read-only once built.
type trie struct {
	near  [1 << 16]uint16 // character -> code; 0: in no word
	far   map[rune]uint16 // the same beyond the basic plane
	nodes []node
	words []string // sorted; a word's number is its rank
}

// node is one state; 16 bytes, so that one memory access tells all.
type node struct {
	base, check int32
	word        int32   // number of the word that ends here, -1: none
	cost        float32 // of that word: log2 of 1/probability
}

const noChild = -1 << 30

// entry is a word with its cost.
type entry struct {
	text string
	cost float32
}

func newTrie(entries []entry) *trie {
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.text, b.text) })
	t := &trie{far: map[rune]uint16{}}
	t.number(entries)
	b := &builder{nodes: []branch{{word: -1}}}
	for i, e := range entries {
		t.words = append(t.words, e.text)
		b.add(t, e.text, int32(i))
	}
	t.nodes = b.pack(entries)
	return t
}

// number gives small codes to frequent characters, which keeps the array dense.
func (t *trie) number(entries []entry) {
	count := map[rune]int{}
	for _, e := range entries {
		for _, r := range e.text {
			count[r]++
		}
	}
	chars := make([]rune, 0, len(count))
	for r := range count {
		chars = append(chars, r)
	}
	slices.SortFunc(chars, func(a, b rune) int { return cmp.Or(count[b]-count[a], int(a-b)) })
	for i, r := range chars[:min(len(chars), 1<<16-1)] {
		if r < 1<<16 {
			t.near[r] = uint16(i + 1)
		} else {
			t.far[r] = uint16(i + 1)
		}
	}
}

func (t *trie) code(r rune) uint16 {
	if r < 1<<16 {
		return t.near[r]
	}
	return t.far[r]
}

// builder is the trie with lists of children, before it is packed.
type builder struct{ nodes []branch }

type branch struct {
	code        uint16
	kids        int32 // how many
	child, next int32 // first child, next sibling; 0: none
	word        int32
}

// add inserts a word; words come sorted, so that a child that is there already is the one added last.
func (b *builder) add(t *trie, word string, n int32) {
	at := int32(0)
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRuneInString(word[i:])
		i += size
		code := t.code(r)
		child := b.nodes[at].child
		if child == 0 || b.nodes[child].code != code {
			b.nodes = append(b.nodes, branch{code: code, next: child, word: -1})
			child = int32(len(b.nodes) - 1)
			b.nodes[at].child = child
			b.nodes[at].kids++
		}
		at = child
	}
	b.nodes[at].word = n
}

// pack lays the nodes out, those with many children first, and single children into the gaps.
func (b *builder) pack(entries []entry) []node {
	order := make([]int32, 0, len(b.nodes))
	for i := range b.nodes {
		if b.nodes[i].kids > 0 {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(x, y int32) int { return cmp.Or(cmp.Compare(b.nodes[y].kids, b.nodes[x].kids), cmp.Compare(x, y)) })
	base := make([]int32, len(b.nodes))
	f := &floor{used: []bool{true}} // place 0 is the root's
	var codes []int
	for _, n := range order {
		codes = codes[:0]
		for k := b.nodes[n].child; k != 0; k = b.nodes[k].next {
			codes = append(codes, int(b.nodes[k].code))
		}
		slices.Sort(codes)
		base[n] = int32(f.put(codes))
	}
	return b.lay(base, len(f.used), entries)
}

// floor says which places are taken.
type floor struct {
	used  []bool
	first int // no free place before it
	from  int // where the search for more than one place begins
}

// tries is how many free places are tried in vain before the next search begins behind them.
const tries = 16

// put takes the places of all codes (ascending) and gives their base.
func (f *floor) put(codes []int) (base int) {
	for f.first < len(f.used) && f.used[f.first] {
		f.first++
	}
	at := f.first
	if len(codes) > 1 {
		at = f.search(codes)
	}
	base = at - codes[0]
	if top := base + codes[len(codes)-1]; top >= len(f.used) {
		f.used = append(f.used, make([]bool, top+1-len(f.used))...)
	}
	for _, c := range codes {
		f.used[base+c] = true
	}
	return base
}

// search finds a place for the first code at which the others are free too.
func (f *floor) search(codes []int) int {
	f.from = max(f.from, f.first)
	for at, left := f.from, tries; ; at++ {
		if at < len(f.used) && f.used[at] {
			continue
		}
		if left--; left == 0 {
			f.from, left = at, tries
		}
		if !slices.ContainsFunc(codes, func(c int) bool { p := at - codes[0] + c; return p < len(f.used) && f.used[p] }) {
			return at
		}
	}
}

func (b *builder) lay(base []int32, size int, entries []entry) []node {
	out := make([]node, size)
	for i := range out {
		out[i] = node{base: noChild, check: -1, word: -1}
	}
	where := make([]int32, len(b.nodes))
	for n := range b.nodes { // parents stand before their children
		at := where[n]
		if out[at].word = b.nodes[n].word; out[at].word >= 0 {
			out[at].cost = entries[out[at].word].cost
		}
		if b.nodes[n].kids == 0 {
			continue
		}
		out[at].base = base[n]
		for k := b.nodes[n].child; k != 0; k = b.nodes[k].next {
			where[k] = base[n] + int32(b.nodes[k].code)
			out[where[k]].check = at
		}
	}
	return out
}
