// Package finding reads what a judgment says about the variables of the doctrine (doctrine.md section 3): who says
// it, about whom, whether it is affirmed, denied, not proved or uncertain, with the words that say so.
//
// Cues are data (features/lexicon/tables); features/context decides what governs them; this package finds the subject
// and puts the pieces together. It never reads the operative part, the fee lines, the tail or the appendix, so that
// no ruling can leak into a prediction, and it decides no conflict (model/evidence does). Knowledge of the seller or
// of the plaintiff is never the platform's. Cases without an operator of a platform give nothing.
// Imported by features.
package finding

import (
	"sort"
	"strings"
	"time"

	"caipan/features/context"
	"caipan/features/lexicon"
	"caipan/features/party"
	"caipan/model/judgment"
	"caipan/model/text"
)

// Nobody is the party number of findings about the case or about somebody who is no party.
const Nobody = -1

// Reader reads findings with one lexicon; it is read-only and safe for many goroutines.
type Reader struct {
	lex   *lexicon.Lexicon
	words *words
}

// New makes a reader for a lexicon (with its overlays).
func New(l *lexicon.Lexicon) *Reader { return &Reader{lex: l, words: wordsOf(l)} }

// Read reads the findings with the shipped lexicon. Parties must carry IsPlatformOperator. The findings stand in the
// order of the text and carry no ID (features gives them).
func Read(canonical string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) ([]judgment.Finding, error) {
	l, err := lexicon.Shipped()
	if err != nil {
		return nil, err
	}
	return New(l).Read(canonical, secs, parties, h), nil
}

// Read reads the findings of one case.
func (r *Reader) Read(canonical string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) []judgment.Finding {
	c := r.open(canonical, secs, parties, h)
	if c == nil {
		return nil
	}
	c.read()
	return c.out
}

// open prepares the work on a case; nil where no party operates a platform.
func (r *Reader) open(canonical string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) *reading {
	c := &reading{text: canonical, secs: secs, parties: parties, header: h, lex: r.lex, words: r.words, sole: Nobody}
	for i := range parties {
		if parties[i].IsPlatformOperator {
			c.operators = append(c.operators, i)
		}
	}
	if len(c.operators) == 0 {
		return nil
	}
	if len(c.operators) == 1 {
		c.sole = c.operators[0]
	}
	c.view = text.Fold(canonical)
	c.matcher = r.lex.Matcher()
	c.resolver = party.NewResolver(parties)
	return c
}

func (c *reading) read() {
	c.overruled, c.known = c.overrules(), c.aliases()
	for i := range c.secs {
		if readable(c.secs[i].Kind) {
			c.section(&c.secs[i])
		}
	}
	c.circumstances()
	sort.SliceStable(c.out, func(i, j int) bool { return c.out[i].Span.Start < c.out[j].Span.Start })
}

// readable reports whether findings may come from such a section.
func readable(kind string) bool {
	switch kind {
	case judgment.SecDisposition, judgment.SecFees, judgment.SecTail, judgment.SecAppendix, judgment.SecHead, judgment.SecParties:
		return false
	}
	return true
}

// reading is the work on one case.
type reading struct {
	text      string
	secs      []judgment.Section
	parties   []judgment.Party
	header    judgment.Header
	lex       *lexicon.Lexicon
	words     *words
	matcher   *lexicon.Matcher
	resolver  *party.Resolver
	view      *text.View
	operators []int
	sole      int  // the only operator, Nobody if there are several
	overruled bool // the higher court corrects the lower one's reasoning

	known   []alias     // quoted names of strangers and of the operators' platforms
	past    []*sentence // the sentences before, the nearest last; their actors are read when asked for
	pending []judgment.Finding
	sayings []lexicon.Saying // of the pending findings
	out     []judgment.Finding

	seen tally
	acts []date

	gaveUp  map[int]place // operators against whom nothing is asked any more
	claimed bool          // the sum claimed has been read
	noticed time.Time     // the day on which the platform got the first notice
	reacted bool          // the days to its reaction have been read

	dropped func(s *sentence, m lexicon.Match, why string, who *actor) // for tests; may be nil
}

// sentence is one sentence with all that stands in it. Offsets are bytes of the folded text.
type sentence struct {
	from    int
	text    string
	matches []lexicon.Match
	ctx     *context.Sentence
	actors  []actor // read by actorsOf
	read    bool
}

func (c *reading) section(sec *judgment.Section) {
	c.past = c.past[:0]
	from, to := c.view.Folded(sec.Span.Start), c.view.Folded(sec.Span.End)
	body := c.view.Text[from:to]
	level := c.level(sec)
	c.claimedAmount(body, from, sec)
	context.Each(body, func(a, b int) {
		s := &sentence{from: from + a, text: body[a:b]}
		s.matches = append(s.matches, c.matcher.Match(s.text)...)
		c.count(s, sec)
		c.days(s, sec)
		defer c.remember(s)
		if !speaks(s.matches) && len(c.pending) == 0 {
			return
		}
		s.ctx = context.Read(s.text, s.matches)
		c.answerPending(s, level)
		for _, m := range s.matches {
			if m.Cue.Category == "finding" {
				c.cue(s, sec, level, m)
			} else if strings.HasPrefix(m.Cue.ID, "number.") {
				c.number(s, sec, level, m)
			}
		}
	})
	c.flush()
}

func speaks(ms []lexicon.Match) bool {
	for i := range ms {
		if ms[i].Cue.Category == "finding" || strings.HasPrefix(ms[i].Cue.ID, "number.") {
			return true
		}
	}
	return false
}

// level of a section as evidence (doctrine.md 2): 3 the court's reasoning, 2 facts found, 1 agreed, 0 said by a party.
func (c *reading) level(sec *judgment.Section) int {
	switch sec.Kind {
	case judgment.SecReasoning, judgment.SecBasis:
		switch {
		case sec.Quoted && c.overruled:
			return 0
		case sec.Quoted:
			return 2
		}
		return 3
	case judgment.SecFacts:
		return 2
	case judgment.SecUndisputed:
		return 1
	}
	return 0
}

func holder(sec *judgment.Section) string {
	switch sec.Kind {
	case judgment.SecReasoning, judgment.SecBasis, judgment.SecFacts, judgment.SecUndisputed:
		if sec.Quoted {
			return "lower_court"
		}
		return "this_court"
	}
	switch sec.Holder {
	case "plaintiff", "defendant", "third_party", "lower_court":
		return sec.Holder
	}
	if sec.Kind == judgment.SecAnswer {
		return "defendant"
	}
	return "plaintiff"
}

// overrules reports whether the deciding court's own reasoning corrects the lower court.
func (c *reading) overrules() bool {
	for i := range c.secs {
		sec := &c.secs[i]
		if sec.Quoted || sec.Kind != judgment.SecReasoning || c.header.Instance == "first" {
			continue
		}
		body := c.view.Text[c.view.Folded(sec.Span.Start):c.view.Folded(sec.Span.End)]
		for _, m := range c.matcher.Match(body) {
			if m.Cue.Value == "overrules" && !strings.Contains(body[max(0, m.Start-60):m.Start], "认为") {
				return true
			}
		}
	}
	return false
}
