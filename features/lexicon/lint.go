package lexicon

import (
	"fmt"
	"sort"
	"strings"

	"caipan/model/text"
)

// Problem is one thing that lint reports about a cue; it does not keep the tables from loading.
type Problem struct {
	File string
	Line int
	Cue  string
	Kind string // silent | fires | folded | duplicate | cut
	What string // with the remedy
}

func (p Problem) String() string {
	return fmt.Sprintf("%s:%d: cue %q: %s", p.File, p.Line, p.Cue, p.What)
}

// Lint reports cues that never fire on their own example or fire on their counter-example, words written with
// variant characters, patterns that stand twice, and, where cut is given, words that the segmenter cuts apart at a
// place where a longer word may begin. cut returns the words of a text; nil skips that check.
func Lint(l *Lexicon, cut func(string) []string) []Problem {
	var out []Problem
	seen := map[string]*Cue{}
	for _, c := range l.Cues {
		out = append(out, c.examples(l)...)
		for _, p := range c.Patterns {
			if f := text.FoldString(p); f != p {
				out = append(out, c.problem("folded", fmt.Sprintf("pattern %q holds variant characters and is matched as %q; write the latter", p, f)))
			}
			key := fmt.Sprint(c.Category, c.Says, c.Value, c.About, p)
			if old := seen[key]; old != nil && old != c {
				out = append(out, c.problem("duplicate", fmt.Sprintf("pattern %q stands in cue %q too; remove one", p, old.ID)))
			}
			seen[key] = c
		}
		if cut != nil {
			out = append(out, c.cuts(cut)...)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].File != out[j].File {
			return out[i].File < out[j].File
		}
		return out[i].Line < out[j].Line
	})
	return out
}

func (c *Cue) problem(kind, what string) Problem {
	return Problem{File: c.File, Line: c.Line, Cue: c.ID, Kind: kind, What: what}
}

// Fires reports whether the cue itself matches somewhere in the text (any form of characters).
func (l *Lexicon) Fires(c *Cue, s string) bool {
	for _, m := range l.Match(text.FoldString(s)) {
		if m.Cue == c {
			return true
		}
	}
	return false
}

func (c *Cue) examples(l *Lexicon) []Problem {
	var out []Problem
	for _, e := range c.Example {
		if !l.Fires(c, e) {
			out = append(out, c.problem("silent", fmt.Sprintf("does not fire on its own example %q; mend the pattern or the example", e)))
		}
	}
	for _, e := range c.Counter {
		if l.Fires(c, e) {
			out = append(out, c.problem("fires", fmt.Sprintf("fires on its counter-example %q; narrow the pattern", e)))
		}
	}
	return out
}

// cuts: in its own example a cue that begins or ends inside a word of the segmenter may stand inside a longer word.
func (c *Cue) cuts(cut func(string) []string) []Problem {
	var out []Problem
	for _, p := range c.Patterns {
		if strings.ContainsAny(p, " |{~") || len(p) > 12 {
			continue
		}
		for _, e := range c.Example {
			if w := longerWord(cut(e), e, p); w != "" {
				out = append(out, c.problem("cut", fmt.Sprintf("%q stands inside the longer word %q in its own example; check not_before and not_after", p, w)))
			}
		}
	}
	return out
}

func longerWord(words []string, s, p string) string {
	at, off := strings.Index(s, p), 0
	for _, w := range words {
		if at >= off && at < off+len(w) && (at > off || at+len(p) < off+len(w)) && len(w) > len(p) {
			return w
		}
		off += len(w)
	}
	return ""
}
