// Package context says how the words around a finding change it, in the manner of ConText: negation (否定),
// failure of proof (举证不能), attribution to a party (当事人主张) with the court's adoption or rejection (采信、不予采信),
// hypotheses (假设), questions (是否), statements of norms (法律规定) and modality (可能).
//
// The cues are data (features/lexicon/tables/context.yaml): category, direction, scope, terminators. The package
// decides where a scope begins and why it ends; it knows no variable and no party. Imported by features/finding.
package context

import (
	"strings"
	"unicode/utf8"

	"caipan/features/lexicon"
)

// reach is how many characters a clause-wide cue governs at most: long party names stand behind a failure of proof.
func reach(category string) int {
	if category == "burden" || category == "attribution" {
		return 80
	}
	return 40
}

// Scope is the stretch of a sentence that one cue governs.
type Scope struct {
	Cue      *lexicon.Cue
	At       int // where the cue stands
	End      int // behind the cue
	From, To int // what it governs
	Why      string
}

// Sentence is one sentence with the scopes of its context cues. Offsets are bytes of the folded sentence.
type Sentence struct {
	Text   string
	Scopes []Scope // in order of their cues
}

// Read computes the scopes of a sentence from the cues found in it. Matches of finding cues are passed over.
func Read(folded string, matches []lexicon.Match) *Sentence {
	s := &Sentence{Text: folded}
	for _, m := range matches {
		switch m.Cue.Category {
		case "finding", "helper", "pseudo":
			continue
		}
		if !covered(m, matches) {
			s.Scopes = append(s.Scopes, s.scope(m))
		}
	}
	s.closeAttributions()
	return s
}

// closeAttributions ends a party's words where the court answers them: behind 不予采信 the court speaks again.
func (s *Sentence) closeAttributions() {
	for i := range s.Scopes {
		sc := &s.Scopes[i]
		if sc.Cue.Category != "attribution" || sc.Cue.Direction != "forward" {
			continue
		}
		for k := range s.Scopes {
			a := &s.Scopes[k]
			if c := a.Cue.Category; (c == "adoption" || c == "rejection") && a.At >= sc.From && a.At < sc.To {
				sc.To, sc.Why = a.At, "answer "+a.Cue.ID
			}
		}
	}
}

// covered: a pseudo cue takes the words of the cue.
func covered(m lexicon.Match, all []lexicon.Match) bool {
	for _, p := range all {
		if p.Cue.Category == "pseudo" && p.Start <= m.Start && m.End <= p.End {
			return true
		}
	}
	return false
}

func (s *Sentence) scope(m lexicon.Match) Scope {
	sc := Scope{Cue: m.Cue, At: m.Start, End: m.End, From: m.Start, To: m.End, Why: "cue"}
	switch m.Cue.Direction {
	case "forward", "both":
		sc.From = m.End
		sc.To, sc.Why = s.forward(m)
	}
	switch m.Cue.Direction {
	case "backward", "both":
		sc.From = s.backward(m)
		if m.Cue.Direction == "backward" {
			sc.To, sc.Why = m.Start, "cue"
		}
	}
	return sc
}

// forward finds the end of a scope behind its cue and says what ended it.
func (s *Sentence) forward(m lexicon.Match) (to int, why string) {
	rest := s.Text[m.End:]
	to, why = len(rest), "sentence"
	if m.Cue.Scope == "clause" {
		if i := strings.IndexAny(rest, ",:"); i >= 0 {
			to, why = i, "clause"
		}
		if n := bytesOf(rest, reach(m.Cue.Category)); n < to {
			to, why = n, "reach"
		}
	}
	for _, t := range m.Cue.Terminators {
		if i := strings.Index(rest[:to], t); i >= 0 {
			to, why = i, "terminator "+strings.Trim(t, ",")
		}
	}
	return m.End + to, why
}

func (s *Sentence) backward(m lexicon.Match) int {
	if m.Cue.Scope == "sentence" {
		return 0
	}
	return strings.LastIndexAny(s.Text[:m.Start], ",:") + 1
}

// bytesOf is the number of bytes of the first n characters.
func bytesOf(s string, n int) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	return i
}

// State is what the context makes of one stretch of a sentence. A nil scope: no such cue governs it.
type State struct {
	Negation    *Scope // an odd number of negations governs it (the nearest)
	Double      bool   // an even number, two or more: negation nil
	Burden      *Scope
	Hypothesis  *Scope
	Question    *Scope
	Norm        *Scope
	Modality    *Scope
	Attribution *Scope
	Answer      *Scope // adoption, rejection or burden that answers the attribution in the same sentence
}

// Factual reports whether nothing but polarity touches the stretch: no hypothesis, question or norm.
func (st State) Factual() bool { return st.Hypothesis == nil && st.Question == nil && st.Norm == nil }

// At gives the state of the stretch [start, end) of the sentence.
func (s *Sentence) At(start, end int) State {
	var st State
	negations := 0
	for i := range s.Scopes {
		sc := &s.Scopes[i]
		if !sc.governs(start, end) {
			continue
		}
		switch sc.Cue.Category {
		case "negation":
			negations++
			st.Negation = sc
		case "affirmation":
			st.Double = true
		case "burden":
			if sc.Cue.Direction != "backward" {
				st.Burden = sc
			}
		case "hypothesis":
			st.Hypothesis = sc
		case "question":
			st.Question = sc
		case "norm":
			st.Norm = sc
		case "modality":
			st.Modality = sc
		case "attribution":
			if st.Attribution == nil || sc.To > st.Attribution.To {
				st.Attribution = sc
			}
		}
	}
	if negations > 0 && negations%2 == 0 {
		st.Negation, st.Double = nil, true
	}
	if st.Attribution != nil {
		st.Answer = s.AnswerFrom(max(end, st.Attribution.End))
		s.release(&st, start)
	}
	return st
}

// release: negations and failures of proof that stand before the attribution do not reach into it.
func (s *Sentence) release(st *State, start int) {
	if st.Question != nil && st.Question.At < st.Attribution.At {
		st.Question = nil
	}
}

func (sc *Scope) governs(start, end int) bool {
	if sc.Cue.Direction == "inside" {
		return sc.From <= start && end <= sc.To
	}
	if sc.Cue.Category == "question" && start < sc.At && sc.From < end { // begun within the words
		return true
	}
	return sc.From <= start && start < sc.To
}

// AnswerFrom finds the first word of adoption, rejection or missing proof at or behind an offset; nil if there is none.
func (s *Sentence) AnswerFrom(at int) *Scope {
	for i := range s.Scopes {
		sc := &s.Scopes[i]
		if sc.At < at {
			continue
		}
		switch sc.Cue.Category {
		case "adoption", "rejection", "burden":
			return sc
		}
	}
	return nil
}

// Attributed reports whether the sentence holds words of a party before the offset.
func (s *Sentence) Attributed(before int) bool {
	for i := range s.Scopes {
		if sc := &s.Scopes[i]; sc.Cue.Category == "attribution" && sc.At < before {
			return true
		}
	}
	return false
}
