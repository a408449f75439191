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
	if k.first == nil {
		k.first = map[rune][]cue{}
	}
	r, _ := utf8.DecodeRuneInString(c.word)
	k.first[r] = append(k.first[r], c)
	k.may[r>>6&15] |= 1 << (r & 63)
}

// begins reports whether a word may begin with the character.
func (k *cues) begins(r rune) bool { return k.may[r>>6&15]>>(r&63)&1 != 0 }

type table struct {
	entries []entry
	kinds   [wordKinds]cues
	all     *scanner
	prayer  *scanner // how a prayer begins and changes
	leaves  *scanner // that an action was withdrawn
	told    *scanner // who may claim back
}

var loaded = sync.OnceValues(func() (*table, error) { return loadTable(rulingYAML) })

// Check loads the embedded table and reports its faults; every other function relies on it.
func Check() error { _, err := loaded(); return err }

func loadTable(src []byte) (*table, error) {
	t := &table{}
	if err := yaml.UnmarshalWithOptions(src, &t.entries, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("ruling: ruling.yaml: %w", err)
	}
	seen := map[string]bool{}
	for i, e := range t.entries {
		if e.ID == "" || e.Kind == "" || seen[e.ID] || len(e.Words) == 0 || e.Example == "" || e.Counter == "" {
			return nil, fmt.Errorf("ruling: ruling.yaml: entry %d (%q): give an id of its own, kind, words, example and counter", i+1, e.ID)
		}
		seen[e.ID] = true
		kind := slices.Index(kindNames[:], e.Kind)
		if kind < 0 {
			return nil, fmt.Errorf("ruling: ruling.yaml: entry %s: no kind %q; write one of %s", e.ID, e.Kind, strings.Join(kindNames[:], ", "))
		}
		before, after := foldAll(e.Before), foldAll(e.After)
		for _, w := range e.Words {
			t.kinds[kind].add(cue{text.FoldString(w), before, after})
		}
	}
	for kind := range t.kinds {
		if t.kinds[kind].first == nil {
			return nil, fmt.Errorf("ruling: ruling.yaml: no entry of kind %s; the grammar needs one", kindNames[kind])
		}
		for _, list := range t.kinds[kind].first {
			slices.SortStableFunc(list, func(a, b cue) int { return len(b.word) - len(a.word) })
		}
	}
	all := make([]wordKind, wordKinds)
	for k := range all {
		all[k] = wordKind(k)
	}
	t.all, t.prayer = newScanner(t, all...), newScanner(t, wPrayerChanged, wPrayerStart, wPrayerPlea, wPrayerOpen)
	t.leaves, t.told = newScanner(t, wWithdrawn), newScanner(t, wRecourseTold)
	return t, nil
}

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
func (t *table) at(kind wordKind, s string, i int) int {
	r, _ := utf8.DecodeRuneInString(s[i:])
	if k := &t.kinds[kind]; k.begins(r) {
		return k.at(r, s, i)
	}
	return 0
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
func (t *table) find(kind wordKind, s string, from int) (hit, bool) {
	k := &t.kinds[kind]
	for i := from; i < len(s); {
		c, n := rune(s[i]), 1
		if isHan(s, i) {
			c, n = hanAt(s, i), 3
		} else if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(s[i:])
		}
		if k.begins(c) {
			if end := k.at(c, s, i); end > 0 {
				return hit{i, end}, true
			}
		}
		i += n
	}
	return hit{}, false
}

// isHan reports whether the character at i of a valid text is of three bytes, as Han characters are.
func isHan(s string, i int) bool { return s[i]>>4 == 0xE && i+2 < len(s) }

// hanAt decodes such a character.
func hanAt(s string, i int) rune {
	return rune(s[i]&0xF)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
}

// raw returns the place and length of the first word of the kind, guards aside; length 0 if there is none.
func (t *table) raw(kind wordKind, s string) (at, size int) {
	k := &t.kinds[kind]
	for i, c := range s {
		if !k.begins(c) {
			continue
		}
		for _, w := range k.first[c] {
			if strings.HasPrefix(s[i:], w.word) {
				return i, len(w.word)
			}
		}
	}
	return 0, 0
}

// last returns the last word of the kind in s.
func (t *table) last(kind wordKind, s string) (hit, bool) {
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
func (t *table) has(kind wordKind, s string) bool {
	_, ok := t.find(kind, s, 0)
	return ok
}
