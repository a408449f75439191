package operator

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
)

// statement is one row of tables/statements.yaml.
type statement struct {
	ID      string `yaml:"id"`
	Says    string `yaml:"says"`
	Weight  int    `yaml:"weight"`
	Pattern string `yaml:"pattern"`
	Yes     string `yaml:"yes"`
	No      string `yaml:"no"`
	re      *regexp.Regexp
}

// A party's mention is replaced by one private-use rune, so that a pattern sees who is meant.
const (
	firstMark = rune(0xE000)
	lastMark  = rune(0xEFFF)
)

// macros of the pattern language (see the head of statements.yaml); the nouns come from words.yaml.
func macros(w words) *strings.Replacer {
	return strings.NewReplacer(
		"{P}", `([\x{E000}-\x{EFFF}])`,
		"{N}", anyOf(w.PlatformNouns),
		"{A}", anyOf(w.OperatorNouns),
		"{g}", `[^。；！？\n\x{E000}-\x{EFFF}]{0,30}?`,
		"{c}", `[^，。；！？\n\x{E000}-\x{EFFF}]{0,24}?`,
	)
}

// anyOf is the alternation of words; one in /…/ is a regular expression itself.
func anyOf(list []string) string {
	out := make([]string, len(list))
	for i, w := range list {
		if len(w) > 2 && w[0] == '/' && w[len(w)-1] == '/' {
			out[i] = w[1 : len(w)-1]
		} else {
			out[i] = regexp.QuoteMeta(w)
		}
	}
	return "(?:" + strings.Join(out, "|") + ")"
}

// places lists where platform words begin in the text, in order.
func (w *words) places(text string) (at []int) {
	for i := w.anyPlace.Next(text, 0); i >= 0; i = w.anyPlace.Next(text, i+1) {
		at = append(at, i)
	}
	return at
}

// within reports whether one of the sorted places lies in the span.
func within(at []int, sp judgment.Span) bool {
	i, _ := slices.BinarySearch(at, sp.Start)
	return i < len(at) && at[i] < sp.End
}

// hit is one statement found.
type hit struct {
	statement *statement
	party     int
	level     int
	holder    string
	own       bool // the party says it of itself
	section   int
	span      judgment.Span
	quote     string
}

func (h *hit) adoption() string {
	if h.level >= 2 {
		return ""
	}
	return "open"
}

// points: the court's words count three times, the party's own twice, the other side's once.
func (h *hit) points() int {
	switch {
	case h.level >= 1:
		return 3 * h.statement.Weight
	case h.own:
		return 2 * h.statement.Weight
	}
	return h.statement.Weight
}

// scan finds the statements of a group in one sentence, in the order of the table. The sentence has been looked at.
func (t *Tables) scan(s *marked, group []int, c *chances, emit func(st *statement, party int, start, end int)) {
	for _, i := range group {
		if !c.has(i) {
			continue
		}
		st := &t.statements[i]
		for _, m := range st.re.FindAllStringSubmatchIndex(s.text, 3) {
			g := m[2:4]
			if g[0] < 0 { // the other branch of an alternation holds the party
				g = m[4:6]
			}
			r, _ := utf8.DecodeRuneInString(s.text[g[0]:g[1]])
			if st.Says != "denial" && (t.negated.MatchString(s.text[:g[0]]) || t.words.negation.In(s.text[m[0]:m[1]])) {
				continue
			}
			emit(st, int(r-firstMark), m[0], m[1])
		}
	}
}

// groups of statements, by their numbers.
type groups struct {
	all        []int
	onPlatform []int // those that take a platform word; the first look reads only these
	elsewhere  []int // those that count in sentences without a platform word
}

func groupsOf(statements []statement) (g groups) {
	for i := range statements {
		g.all = append(g.all, i)
		switch statements[i].Says {
		case "operator", "nsp_other":
			g.onPlatform = append(g.onPlatform, i)
		case "seller", "client":
			g.elsewhere = append(g.elsewhere, i)
		}
	}
	return g
}

func isMark(r rune) bool { return r >= firstMark && r <= lastMark }
