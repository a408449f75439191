package ruling

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

//go:embed ruling.yaml
var rulingYAML []byte

// entry is one row of ruling.yaml.
type entry struct {
	ID      string   `yaml:"id"`
	Kind    string   `yaml:"kind"`
	Words   []string `yaml:"words"`
	Before  []string `yaml:"before"`
	After   []string `yaml:"after"`
	Example string   `yaml:"example"`
	Counter string   `yaml:"counter"`
}

// hit is a word of the table at its place.
type hit struct{ at, end int }

// cue is one word with the guards of its entry.
type cue struct {
	word          string
	before, after []string
}

// cues are all words of one kind, by first character, longest first.
type cues struct {
	first map[rune][]cue
	may   [16]uint64 // the low ten bits of the first characters: most characters begin no word
}

func (k *cues) add(c cue) {
	r, _ := utf8.DecodeRuneInString(c.word)
	k.first[r] = append(k.first[r], c)
	k.may[r>>6&15] |= 1 << (r & 63)
}

// begins reports whether a word may begin with the character.
func (k *cues) begins(r rune) bool { return k.may[r>>6&15]>>(r&63)&1 != 0 }

type table struct {
	entries []entry
	kinds   map[string]*cues
}

var loaded = sync.OnceValues(func() (*table, error) { return loadTable(rulingYAML) })

// Check loads the embedded table and reports its faults; every other function relies on it.
func Check() error { _, err := loaded(); return err }

func loadTable(src []byte) (*table, error) {
	t := &table{kinds: map[string]*cues{}}
	if err := yaml.UnmarshalWithOptions(src, &t.entries, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("ruling: ruling.yaml: %w", err)
	}
	seen := map[string]bool{}
	for i, e := range t.entries {
		if e.ID == "" || e.Kind == "" || seen[e.ID] || len(e.Words) == 0 || e.Example == "" || e.Counter == "" {
			return nil, fmt.Errorf("ruling: ruling.yaml: entry %d (%q): give an id of its own, kind, words, example and counter", i+1, e.ID)
		}
		seen[e.ID] = true
		k := t.kinds[e.Kind]
		if k == nil {
			k = &cues{first: map[rune][]cue{}}
			t.kinds[e.Kind] = k
		}
		before, after := foldAll(e.Before), foldAll(e.After)
		for _, w := range e.Words {
			k.add(cue{text.FoldString(w), before, after})
		}
	}
	for _, k := range t.kinds {
		for r := range k.first {
			slices.SortStableFunc(k.first[r], func(a, b cue) int { return len(b.word) - len(a.word) })
		}
	}
	for _, kind := range usedKinds {
		if t.kinds[kind] == nil {
			return nil, fmt.Errorf("ruling: ruling.yaml: no entry of kind %s; the grammar needs one", kind)
		}
	}
	return t, nil
}

var usedKinds = []string{"pay", "hold", "act", "liable", "declare", "perform", "joint", "mutual", "common", "each", "supplementary", "guarantee",
	"range", "enlarged", "equitable", "dismiss", "rest", "free", "affirm", "affirm_whole", "quash", "change", "remand", "reject", "judgment",
	"counterclaim", "interest", "costs", "aside", "negated", "net", "paid", "base_after", "total", "thus", "reference", "insurer_name", "insurer_words", "insurer_strong", "insurer_ordinary", "priority",
	"security", "recourse", "withdrawn", "fees", "delay", "closing", "closing_lower", "part", "not_part", "not_court", "own_fault", "several",
	"head_moral", "head_punitive", "head_refund", "head_costs", "head_compensation", "prayer_changed", "prayer_start", "prayer_open", "prayer_stop", "prayer_running", "prayer_declared", "scope_duty"}

func foldAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text.FoldString(w)
	}
	return out
}

// allowed reports whether neither guard stands beside the word at i.
func (c *cue) allowed(s string, i int) bool {
	for _, w := range c.before {
		if strings.HasSuffix(s[:i], w) {
			return false
		}
	}
	for _, w := range c.after {
		if strings.HasPrefix(s[i+len(c.word):], w) {
			return false
		}
	}
	return true
}

// at returns the end of the longest word of the kind at i, 0 if there is none.
func (t *table) at(kind, s string, i int) int {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return t.kinds[kind].at(r, s, i)
}

func (k *cues) at(r rune, s string, i int) int {
	for n := range k.first[r] {
		if c := &k.first[r][n]; strings.HasPrefix(s[i:], c.word) && c.allowed(s, i) {
			return i + len(c.word)
		}
	}
	return 0
}

// find returns the first word of the kind in s at or behind from.
func (t *table) find(kind, s string, from int) (hit, bool) {
	k := t.kinds[kind]
	for i, r := range s[from:] {
		if k.begins(r) {
			if end := k.at(r, s, from+i); end > 0 {
				return hit{from + i, end}, true
			}
		}
	}
	return hit{}, false
}

// raw returns the place and length of the first word of the kind, guards aside; length 0 if there is none.
func (t *table) raw(kind, s string) (at, size int) {
	k := t.kinds[kind]
	for i, r := range s {
		if !k.begins(r) {
			continue
		}
		for n := range k.first[r] {
			if w := k.first[r][n].word; strings.HasPrefix(s[i:], w) {
				return i, len(w)
			}
		}
	}
	return 0, 0
}

// last returns the last word of the kind in s.
func (t *table) last(kind, s string) (hit, bool) {
	var out hit
	found := false
	for from := 0; ; {
		h, ok := t.find(kind, s, from)
		if !ok {
			return out, found
		}
		out, found, from = h, true, h.end
	}
}

// has reports whether s holds a word of the kind.
func (t *table) has(kind, s string) bool {
	_, ok := t.find(kind, s, 0)
	return ok
}
