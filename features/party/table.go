package party

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

//go:embed party.yaml
var partyYAML []byte

// Kinds of table entries.
const (
	kindRole      = "role"
	kindBracket   = "bracket"
	kindAgent     = "agent"
	kindGuardian  = "guardian"
	kindAttribute = "attribute"
	kindNotName   = "not_name"
	kindOrg       = "organization"
	kindAlias     = "alias"
	kindFormer    = "former"
	kindAbsent    = "absent"
	kindClass     = "class"
)

// entry is one row of party.yaml.
type entry struct {
	ID      string   `yaml:"id"`
	Kind    string   `yaml:"kind"`
	Side    string   `yaml:"side"`
	Words   []string `yaml:"words"`
	Names   []string `yaml:"names"`
	Example string   `yaml:"example"`
	Counter string   `yaml:"counter"`
}

// word is one word of a kind with the side its entry gives.
type word struct {
	text  string
	side  string
	names []string
}

// table holds the words of each kind, longest first.
type table struct {
	entries []entry
	words   map[string][]word
	begins  map[string]map[rune][]*word // the same by first character
	agents  []string                    // every word that opens a clause about a party: agents, guardians, attributes
	roles   runes                       // first characters of role words, group words and counts
}

// runes is a set of characters by their low ten bits: it holds every character added, and few others.
type runes [16]uint64

func (s *runes) add(word string) {
	c, _ := utf8.DecodeRuneInString(word)
	s[c>>6&15] |= 1 << (c & 63)
}

func (s *runes) may(c rune) bool { return s[c>>6&15]>>(c&63)&1 != 0 }

var loaded = sync.OnceValues(func() (*table, error) { return loadTable(partyYAML) })

// Check loads the embedded table and reports its faults; every other function relies on it.
func Check() error { _, err := loaded(); return err }

var kinds = []string{kindRole, kindBracket, kindAgent, kindGuardian, kindAttribute, kindNotName, kindOrg, kindAlias, kindFormer, kindAbsent, kindClass}

func loadTable(src []byte) (*table, error) {
	t := &table{words: map[string][]word{}}
	if err := yaml.UnmarshalWithOptions(src, &t.entries, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("party: party.yaml: %w", err)
	}
	seen := map[string]bool{}
	for i, e := range t.entries {
		if e.ID == "" || seen[e.ID] || len(e.Words) == 0 || e.Example == "" || e.Counter == "" {
			return nil, fmt.Errorf("party: party.yaml: entry %d (%q): give an id of its own, words, example and counter", i+1, e.ID)
		}
		if !slices.Contains(kinds, e.Kind) {
			return nil, fmt.Errorf("party: party.yaml: entry %s: kind %q; write one of %s", e.ID, e.Kind, strings.Join(kinds, ", "))
		}
		seen[e.ID] = true
		for _, w := range e.Words {
			t.words[e.Kind] = append(t.words[e.Kind], word{text.FoldString(w), e.Side, e.Names})
		}
	}
	for _, k := range kinds {
		slices.SortStableFunc(t.words[k], func(a, b word) int { return len(b.text) - len(a.text) })
	}
	for _, k := range []string{kindAgent, kindGuardian, kindAttribute} {
		for _, w := range t.words[k] {
			t.agents = append(t.agents, w.text)
		}
	}
	slices.SortStableFunc(t.agents, func(a, b string) int { return len(b) - len(a) })
	t.index()
	return t, nil
}

// index orders the words by first character and collects the characters that may begin a role.
func (t *table) index() {
	t.begins = map[string]map[rune][]*word{}
	for kind, list := range t.words {
		by := map[rune][]*word{}
		for i := range list {
			c, _ := utf8.DecodeRuneInString(list[i].text)
			by[c] = append(by[c], &list[i])
		}
		t.begins[kind] = by
	}
	for _, list := range [][]string{{"两", "2", "3", "4", "5", "6", "7", "8", "9"}, groupLeads, numerals} {
		for _, w := range list {
			t.roles.add(w)
		}
	}
	for _, w := range t.words[kindRole] {
		t.roles.add(w.text)
	}
}

// prefix returns the longest word of the kind at the beginning of s, nil if there is none.
func (t *table) prefix(kind, s string) *word {
	c, _ := utf8.DecodeRuneInString(s)
	for _, w := range t.begins[kind][c] {
		if strings.HasPrefix(s, w.text) {
			return w
		}
	}
	return nil
}

// suffix reports whether s ends with a word of the kind.
func (t *table) suffix(kind, s string) bool {
	for _, w := range t.words[kind] {
		if strings.HasSuffix(s, w.text) {
			return true
		}
	}
	return false
}
