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

// table holds the words of each kind.
type table struct {
	entries                            []entry
	roles, brackets, agents, guardians *wordList
	notNames, orgs, aliases, formers   *wordList
	absents, classes                   *wordList
	clauses                            *wordList     // every word that opens a clause about a party: agents, guardians, attributes
	absent                             []text.Needle // of absents
	begins                             runes         // first characters of role words, group words and counts
}

var loaded = sync.OnceValues(func() (*table, error) { return loadTable(partyYAML) })

// Check loads the embedded table and reports its faults; every other function relies on it.
func Check() error { _, err := loaded(); return err }

var kinds = []string{kindRole, kindBracket, kindAgent, kindGuardian, kindAttribute, kindNotName, kindOrg, kindAlias, kindFormer, kindAbsent, kindClass}

func loadTable(src []byte) (*table, error) {
	t := &table{}
	words := map[string][]word{}
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
			if w == "" {
				return nil, fmt.Errorf("party: party.yaml: entry %s: an empty word; remove it", e.ID)
			}
			words[e.Kind] = append(words[e.Kind], word{text.FoldString(w), e.Side, e.Names})
		}
	}
	t.index(words)
	return t, nil
}

// index makes the lists of the kinds and what is derived from them.
func (t *table) index(words map[string][]word) {
	t.clauses = newWordList(slices.Concat(words[kindAgent], words[kindGuardian], words[kindAttribute]))
	t.roles, t.brackets = newWordList(words[kindRole]), newWordList(words[kindBracket])
	t.agents, t.guardians = newWordList(words[kindAgent]), newWordList(words[kindGuardian])
	t.notNames, t.orgs = newWordList(words[kindNotName]), newWordList(words[kindOrg])
	t.aliases, t.formers = newWordList(words[kindAlias]), newWordList(words[kindFormer])
	t.absents, t.classes = newWordList(words[kindAbsent]), newWordList(words[kindClass])
	t.absent = t.absents.Needles()
	for _, w := range slices.Concat([]string{"两", "2", "3", "4", "5", "6", "7", "8", "9"}, groupLeads, numerals) {
		t.begins.add(w)
	}
	for _, w := range t.roles.words {
		t.begins.add(w.text)
	}
}
