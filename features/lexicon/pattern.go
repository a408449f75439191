package lexicon

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"caipan/model/text"
)

// The pattern language: elements separated by spaces, each a choice of words `未|没有|{class}`. Between two elements may
// stand a gap: `~8` is at most 8 characters inside one clause, `~~20` at most 20 inside one sentence (commas may
// be crossed). `~8!已|曾` is a gap in which the words after the ! do not stand. Without a gap the elements touch.

// element is one choice of words with the gap before it.
type element struct {
	words  []string // sorted, distinct
	gap    int      // most characters between the element before and this one
	across bool     // the gap may cross commas
	not    []string // words that do not stand in the gap
}

// chain is a compiled pattern.
type chain struct {
	cue   *Cue
	atoms []int // by element
	el    []element
}

func parsePattern(p string, classes map[string][]string) ([]element, error) {
	var out []element
	var gap element
	open := false
	for _, tok := range strings.Fields(p) {
		if strings.HasPrefix(tok, "~") {
			if open || len(out) == 0 {
				return nil, fmt.Errorf("pattern %q: the gap %q has no words before it; begin with words, one gap between two elements", p, tok)
			}
			g, err := parseGap(tok, classes)
			if err != nil {
				return nil, fmt.Errorf("pattern %q: %w", p, err)
			}
			gap, open = g, true
			continue
		}
		words, err := choice(tok, classes)
		if err != nil {
			return nil, fmt.Errorf("pattern %q: %w", p, err)
		}
		gap.words = words
		out = append(out, gap)
		gap, open = element{}, false
	}
	if len(out) == 0 || open {
		return nil, fmt.Errorf("pattern %q ends without words; write words|words ~8 words", p)
	}
	return out, nil
}

func parseGap(tok string, classes map[string][]string) (element, error) {
	e := element{}
	body := strings.TrimPrefix(tok, "~")
	if e.across = strings.HasPrefix(body, "~"); e.across {
		body = body[1:]
	}
	num, not, has := strings.Cut(body, "!")
	n, err := strconv.Atoi(num)
	if err != nil || n < 0 || n > 120 {
		return e, fmt.Errorf("gap %q is no number of characters from 0 to 120; write ~8 or ~~20", tok)
	}
	e.gap = n
	if has {
		e.not, err = choice(not, classes)
	}
	return e, err
}

func choice(tok string, classes map[string][]string) ([]string, error) {
	seen := map[string]bool{}
	var out []string
	add := func(w string) {
		if w = text.FoldString(w); !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	for _, w := range strings.Split(tok, "|") {
		name, isClass := strings.CutPrefix(w, "{")
		switch {
		case w == "":
			return nil, fmt.Errorf("%q has an empty choice; remove a |", tok)
		case !isClass:
			add(w)
			continue
		}
		words, ok := classes[strings.TrimSuffix(name, "}")]
		if !ok {
			return nil, fmt.Errorf("class %s is not defined; define it under classes: in any table", w)
		}
		for _, c := range words {
			add(c)
		}
	}
	sort.Strings(out)
	return out, nil
}
