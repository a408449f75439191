// Package party reads who is before the court: names exactly as the heading prints them, the role at first
// instance behind every later role, short and former names, guardians, who came with a lawyer and who stayed away;
// and it resolves the ways in which a text later calls them (Resolver).
//
// It does not say who operates a platform (features/operator does) nor what anybody must pay (features/ruling).
// A name that it cannot assign to exactly one party stays unresolved. The words are data (party.yaml). Imported by
// features and its rooms.
package party

import (
	"strings"

	"caipan/model/judgment"
	"caipan/model/text"
)

// Roles of parties as in the tables, at first instance.
const (
	Plaintiff  = "plaintiff"
	Defendant  = "defendant"
	ThirdParty = "third_party"
	Guardian   = "guardian"
	Other      = "other"
)

// Read reads the parties (当事人) of a canonical text in the order of the heading. Sections may be nil; the heading
// is then found by its words. A text without party lines gives none. Spans are bytes of the canonical text.
func Read(canonical string, secs []judgment.Section, h judgment.Header) []judgment.Party {
	t, err := loaded()
	if err != nil {
		return nil
	}
	from, to := headingSpan(canonical, secs, h)
	r := readHeading(t, canonical, from, to)
	if !r.has(Defendant) {
		if at := strings.Index(canonical, h.CaseNumber); h.CaseNumber != "" && at >= 0 {
			f, e := ownHeading(canonical, at+len(h.CaseNumber))
			if again := readHeading(t, canonical, f, e); again.has(Defendant) {
				r, to = again, e
			}
		}
	}
	if !r.has(Defendant) {
		r.fromProcess(runeStart(canonical, min(len(canonical), to+processBytes)), h.Cause)
	}
	r.sides(canonical)
	addAliases(t, canonical, r.parties)
	markAbsent(t, canonical, to, r.parties)
	for i := range r.parties {
		r.parties[i].No = i
	}
	return r.parties
}

func readHeading(t *table, canonical string, from, to int) *reader {
	r := &reader{t: t, v: text.Fold(canonical[from:to]), base: from, canonical: canonical, seen: map[string][]int{}}
	r.heading()
	return r
}

func (r *reader) has(role string) bool {
	for i := range r.parties {
		if r.parties[i].Role == role || r.parties[i].Role == "" {
			return true
		}
	}
	return false
}

const processBytes = 3000 // the sentence that names the parties again stands right behind the heading

const headingMax = 60_000 // bytes: no heading is longer, even with hundreds of plaintiffs

// headingSpan returns the part of the text that holds the party lines.
func headingSpan(s string, secs []judgment.Section, h judgment.Header) (from, to int) {
	for _, sec := range secs {
		switch {
		case sec.Kind == judgment.SecHead:
			from = sec.Span.Start
			if at := strings.Index(sec.Span.Of(s), h.CaseNumber); h.CaseNumber != "" && at >= 0 {
				from += at + len(h.CaseNumber)
			} else if sec.Span.Len() > 0 {
				from = max(sec.Span.Start, sec.Span.End-3*120)
				from = runeStart(s, from)
			}
		case sec.Kind == judgment.SecParties && !sec.Quoted:
			if sec.Span.Len() > 30 {
				return from, min(sec.Span.End, from+headingMax)
			}
		}
	}
	return ownHeading(s, 0)
}

// processWords end a heading where no sections are given.
var processWords = text.Needles("一案", "二案", "三案", "纠纷案", "本院于", "本院受理", "本院依法", "现已审理终结", "诉称", "诉讼请求")

// ownHeading cuts the heading from an offset on without sections: up to the beginning of the line that tells the case's way to court.
func ownHeading(s string, from int) (start, to int) {
	to = runeStart(s, min(len(s), from+headingMax))
	for i := range processWords {
		if at := processWords[i].Index(s[from:to]); at >= 0 && strings.Contains(s[from:from+at], "告") {
			to = from + at
		}
	}
	for _, mark := range []string{"\n", "。"} {
		if at := strings.LastIndex(s[from:to], mark); at > 0 {
			return from, from + at
		}
	}
	return from, to
}

func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && s[i]&0xC0 == 0x80 {
		i--
	}
	return i
}
