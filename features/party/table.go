package party

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

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
	agents  []string // every word that opens a clause about a party: agents, guardians, attributes
}

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
	return t, nil
}

// prefix returns the longest word of the kind at the beginning of s, nil if there is none.
func (t *table) prefix(kind, s string) *word {
	list := t.words[kind]
	for i := range list {
		if strings.HasPrefix(s, list[i].text) {
			return &list[i]
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
