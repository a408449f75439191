package site

import (
	"cmp"
	"slices"
	"strings"

	"caipan/model/judgment"
)

// Limits of the page of findings in context.
const (
	maxContexts  = 2000 // findings of a variable; the first in the order of the tables
	contextRunes = 30   // characters on either side
)

// contextJSON is a finding with the words around it.
type contextJSON struct {
	Case     int    `json:"c"` // number in the index
	ID       string `json:"id"`
	Value    string `json:"v"`
	Status   string `json:"s,omitempty"`
	Holder   string `json:"h"`
	Adoption string `json:"a,omitempty"`
	Before   string `json:"b"`
	Quote    string `json:"q"`
	After    string `json:"e"`
}

// contextList is a variable with its findings: how many there are, and the file of those that are shown.
type contextList struct {
	Variable string `json:"variable"`
	Findings int    `json:"findings"`
	Shown    int    `json:"shown"`
	File     string `json:"file"`
	lines    []contextJSON
}

type contexts struct{ by map[string]*contextList }

func newContexts() *contexts { return &contexts{map[string]*contextList{}} }

// add keeps the findings of a case whose text is at hand.
func (c *contexts) add(x *judgment.Case, no int) {
	for _, f := range x.Findings {
		l := c.by[f.Variable]
		if l == nil {
			l = &contextList{Variable: f.Variable}
			c.by[f.Variable] = l
		}
		l.Findings++
		if s := f.Span; len(l.lines) < maxContexts && s.Start >= 0 && s.Start < s.End && s.End <= len(x.Text) {
			l.lines = append(l.lines, contextJSON{no, f.ID, f.Value, f.Status, f.Holder, f.Adoption, before(x.Text[:s.Start]), flat(x.Text[s.Start:s.End]), after(x.Text[s.End:])})
		}
	}
}

// list is sorted by variable; each has the name of its file.
func (c *contexts) list() []*contextList {
	out := []*contextList{}
	for _, l := range c.by {
		l.Shown = len(l.lines)
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b *contextList) int { return cmp.Compare(a.Variable, b.Variable) })
	return out
}

// before is the end of a text, after its beginning.
func before(s string) string {
	runes := []rune(s[max(0, len(s)-4*contextRunes):]) // a character cut in two at the front is cut off with the rest
	return flat(string(runes[max(0, len(runes)-contextRunes):]))
}

func after(s string) string {
	runes := []rune(s[:min(len(s), 4*contextRunes)])
	return flat(string(runes[:min(len(runes), contextRunes)]))
}

// flat puts a text on one line.
func flat(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}
