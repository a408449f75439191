// Package section cuts a judgment into its parts: head, parties, what the parties say, evidence, facts, reasoning,
// legal basis, operative part, fees, tail and appendix, of first instance, appeal and retrial, in the old style
// (one paragraph, no headings) and the new. A lower court's judgment quoted by a higher court becomes sections of
// its own, marked as quoted and with that court's instance.
//
// The words that open a part are data (markers.yaml); the order in which parts may follow each other is the
// grammar in Go. The package reads no meaning: it does not say what was found, claimed or ordered, and it refuses
// to guess a part that no words announce. Imported by features and by its rooms.
package section

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"caipan/model/text"
)

//go:embed markers.yaml
var markersYAML []byte

// Events that marker words announce.
const (
	evParty        = "party"
	evProcess      = "process"
	evClaims       = "claims"
	evAppealed     = "appealed" // the lower court's judgment is over, the remedy begins
	evAnswer       = "answer"
	evEvidence     = "evidence"
	evUndisputed   = "undisputed"
	evFacts        = "facts"
	evFactsMore    = "facts_more"
	evFactsClose   = "facts_close"   // 以上事实，有…佐证
	evFactsChecked = "facts_checked" // a bare 经查 at the head of a paragraph
	evReasoning    = "reasoning"
	evOperative    = "operative"
	evOrderBare    = "operative_bare" // 判决驳回…: no colon between 判决 and the order
	evBasis        = "basis"
	evDelay        = "delay" // interest for late payment
	evFees         = "fees"
	evAdvice       = "advice" // how to appeal, finality
	evBench        = "bench"  // judges and clerk
	evAppendix     = "appendix"
	evShort        = "short" // 以下简称
	placeStart     = "start"
	placeSpeaker   = "speaker"
	placeWithin    = "within"
	courtOwn       = "own"
	courtLower     = "lower"
	instFirst      = "first"
	instSecond     = "second"
	instRetrial    = "retrial"
	holderCourt    = "court"
	holderLower    = "lower_court"
	holderClaim    = "plaintiff"
	holderDefend   = "defendant"
	holderThird    = "third_party"
	holderBoth     = "both"
	holderNone     = "none"
	maxLeadBytes   = 400 // a speaker with all its brackets
	maxNameBytes   = 150
	headScanBytes  = 600 // the own number stands before
)

// marker is one row of markers.yaml.
type marker struct {
	ID      string   `yaml:"id"`
	Event   string   `yaml:"event"`
	Court   string   `yaml:"court"`
	Place   string   `yaml:"place"`
	Words   []string `yaml:"words"`
	Unless  []string `yaml:"unless"`
	Before  []string `yaml:"before"`
	Needs   []string `yaml:"needs"`
	With    []string `yaml:"with"`
	Near    int      `yaml:"near"` // place within: at most so many bytes behind the sentence's beginning
	with    *trie    // the words of With
	Example string   `yaml:"example"`
	Counter string   `yaml:"counter"`
}

type table struct {
	Leadins     []string `yaml:"leadins"`
	NotSpeakers []string `yaml:"not_speakers"`
	Markers     []marker `yaml:"markers"`
	notSpeakers *text.Words
	starts      *trie // words that count at the beginning of a sentence
	anywhere    *trie // words that count behind a speaker or within a sentence
	leads       *trie // lead-ins
}

var loaded = sync.OnceValues(func() (*table, error) { return loadTable(markersYAML) })

// Check loads the embedded marker table and reports its faults; every other function relies on it.
func Check() error { _, err := loaded(); return err }

func loadTable(src []byte) (*table, error) {
	t := &table{}
	if err := yaml.UnmarshalWithOptions(src, t, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("section: markers.yaml: %w", err)
	}
	t.starts, t.anywhere = newTrie(), newTrie()
	seen := map[string]bool{}
	for i := range t.Markers {
		m := &t.Markers[i]
		if m.ID == "" || m.Event == "" || len(m.Words) == 0 || m.Example == "" || m.Counter == "" || seen[m.ID] {
			return nil, fmt.Errorf("section: markers.yaml: marker %d (%q): give an id of its own, event, place, words, example and counter", i+1, m.ID)
		}
		if m.Place != placeStart && m.Place != placeSpeaker && m.Place != placeWithin {
			return nil, fmt.Errorf("section: markers.yaml: marker %s: place %q; write start, speaker or within", m.ID, m.Place)
		}
		seen[m.ID] = true
		m.Unless, m.Before = foldAll(m.Unless), foldAll(m.Before)
		if len(m.With) > 0 {
			m.with = newTrie()
			for _, w := range m.With {
				m.with.add(text.FoldString(w), 0)
			}
		}
		for _, w := range m.Words {
			into := t.anywhere
			if m.Place == placeStart {
				into = t.starts
			}
			into.add(strings.ReplaceAll(text.FoldString(w), " ", ""), int16(i))
		}
	}
	t.notSpeakers = text.NewWords(t.NotSpeakers...)
	t.starts.spread()
	t.anywhere.spread()
	t.leads = newTrie()
	for _, l := range t.Leadins {
		t.leads.add(text.FoldString(l), 0)
	}
	return t, nil
}

func foldAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text.FoldString(w)
	}
	return out
}

// trie finds the longest marker word at a place. Spaces between the characters of a word are skipped.
type trie struct {
	first [1 << 13]uint8 // bit set: a word begins with this character
	pairs [1 << 13]uint8 // bit set: a word may begin with this pair of characters
	nodes []node
	root  []int32 // children of the root by character, 0 for none; nil in a small trie
}

type node struct {
	runes []rune // in order
	next  []int32
	ids   []int16 // markers whose word ends here
}

func newTrie() *trie { return &trie{nodes: make([]node, 1)} }

func (t *trie) add(word string, id int16) {
	r0, _ := utf8.DecodeRuneInString(word)
	if r0 < 1<<16 {
		t.first[r0>>3] |= 1 << (r0 & 7)
	}
	r1, _ := utf8.DecodeRuneInString(word[utf8.RuneLen(r0):])
	k := pairOf(r0, r1)
	t.pairs[k>>3] |= 1 << (k & 7)
	at := int32(0)
	for _, r := range word {
		k, known := slices.BinarySearch(t.nodes[at].runes, r)
		if !known {
			t.nodes[at].runes = slices.Insert(t.nodes[at].runes, k, r)
			t.nodes[at].next = slices.Insert(t.nodes[at].next, k, int32(len(t.nodes)))
			t.nodes = append(t.nodes, node{})
		}
		at = t.nodes[at].next[k]
	}
	t.nodes[at].ids = append(t.nodes[at].ids, id)
}

func pairOf(a, b rune) uint16 { return uint16(a*31 ^ b) }

// startsAt is a cheap test whether a word can begin with the character at i.
func (t *trie) startsAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := decode(s, i)
	return r < 1<<16 && t.first[r>>3]&(1<<(r&7)) != 0
}

// begins is a cheap test whether a word can begin with the character r whose end is at next.
func (t *trie) begins(s string, r rune, next int) bool {
	if r >= 1<<16 || t.first[r>>3]&(1<<(r&7)) == 0 {
		return false
	}
	if next >= len(s) {
		return true
	}
	r1, _ := decode(s, next)
	k := pairOf(r, r1)
	return r1 == ' ' || t.pairs[k>>3]&(1<<(k&7)) != 0
}

const fewChildren = 8 // up to here a loop is faster than halving

// spread gives a large trie its table of first characters; no word may be added afterwards.
func (t *trie) spread() {
	t.root = make([]int32, 1<<16)
	for i, r := range t.nodes[0].runes {
		if r < 1<<16 {
			t.root[r] = t.nodes[0].next[i]
		}
	}
}

func (t *trie) child(at int32, r rune) int32 {
	if at == 0 && t.root != nil {
		if r < 1<<16 && t.root[r] != 0 {
			return t.root[r]
		}
		return -1
	}
	n := &t.nodes[at]
	if len(n.runes) > fewChildren {
		if i, ok := slices.BinarySearch(n.runes, r); ok {
			return n.next[i]
		}
		return -1
	}
	for i, x := range n.runes {
		if x == r {
			return n.next[i]
		}
	}
	return -1
}

// in reports whether a word stands anywhere in s.
func (t *trie) in(s string) bool {
	for i := 0; i < len(s); {
		r, n := decode(s, i)
		if r < 1<<16 && t.first[r>>3]&(1<<(r&7)) != 0 && t.begins(s, r, i+n) {
			if _, end := t.longest(s, i); end > 0 {
				return true
			}
		}
		i += n
	}
	return false
}

// words calls found for each word at s[i:], shorter ones first.
func (t *trie) words(s string, i int, found func(id int16, end int)) {
	if !t.startsAt(s, i) {
		return
	}
	at := int32(0)
	for i < len(s) {
		r, n := decode(s, i)
		if r == ' ' && at != 0 {
			i += n
			continue
		}
		if at = t.child(at, r); at < 0 {
			return
		}
		i += n
		for _, id := range t.nodes[at].ids {
			found(id, i)
		}
	}
}

// longest returns the markers of the longest word at s[i:] and the word's end, or nil.
func (t *trie) longest(s string, i int) (ids []int16, end int) {
	at := int32(0)
	for i < len(s) {
		r, n := decode(s, i)
		if r == ' ' && at != 0 {
			i += n
			continue
		}
		if at = t.child(at, r); at < 0 {
			return ids, end
		}
		i += n
		if len(t.nodes[at].ids) > 0 {
			ids, end = t.nodes[at].ids, i
		}
	}
	return ids, end
}

// decode reads one character in folded form. Han characters do not fold and are put together here.
func decode(s string, i int) (rune, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		return rune(c), 1
	}
	if c >= 0xE4 && c <= 0xE9 && i+2 < len(s) {
		return rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F), 3
	}
	return text.FoldedAt(s, i)
}
