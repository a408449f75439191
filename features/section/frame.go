package section

import (
	"strings"

	"caipan/model/judgment"
)

// frame holds the fixed points of a document between which the grammar walks. Sentence numbers are indices of
// document.sentences; -1 means that the text has no such point.
type frame struct {
	parties   int // first party line
	process   int // how the case came to court
	reasoning int // the deciding court's main reasoning
	operative int // sentence that opens the deciding court's operative part
	basis     int // offset where its legal basis begins
	order     int // offset behind the opener: the first item
	own       string
}

// newFrame finds the fixed points.
func newFrame(d *document, h judgment.Header) frame {
	f := frame{parties: -1, process: -1, reasoning: -1, operative: -1, own: ownInstance(d, h)}
	f.findStart(d)
	f.findOperative(d)
	f.findReasoning(d)
	return f
}

// ownInstance is the instance of the deciding court; the header knows it, else the parties' roles tell.
func ownInstance(d *document, h judgment.Header) string {
	switch h.Instance {
	case instFirst, instSecond, instRetrial:
		return h.Instance
	}
	for i := range d.sentences {
		for _, x := range d.sentences[i].hits {
			if x.m.Event == evProcess {
				return instFirst
			}
			if x.m.Event != evParty {
				continue
			}
			switch word := d.text[x.at:x.end]; {
			case strings.Contains(word, "再审") || strings.Contains(word, "申诉"):
				return instRetrial
			case strings.Contains(word, "上诉"):
				return instSecond
			}
		}
	}
	return instFirst
}

func (s *sentence) has(event string) *hit {
	for i := range s.hits {
		if s.hits[i].m.Event == event {
			return &s.hits[i]
		}
	}
	return nil
}

// findStart finds the first party line and the sentence that tells how the case came to court.
func (f *frame) findStart(d *document) {
	for i := range d.sentences {
		s := &d.sentences[i]
		party, process := s.has(evParty), s.has(evProcess)
		if i < 4 && f.parties < 0 && titles(d.text[s.start:s.end]) {
			continue
		}
		if f.parties < 0 && party != nil && process == nil {
			f.parties = i
		}
		if process != nil && (party != nil || f.parties >= 0 || s.start > 60) {
			f.process = i
			return
		}
		if opensBody(s) && i > 2 {
			f.process = i
			return
		}
	}
}

// titles reports whether a line of the head is the document's title though it begins with a role.
func titles(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasSuffix(line, "判决书") || strings.HasSuffix(line, "裁定书") || strings.HasSuffix(line, "调解书") || strings.HasSuffix(line, "决定书")
}

// opensBody reports whether a sentence already belongs to the body: a document without a process part.
func opensBody(s *sentence) bool {
	for i := range s.hits {
		switch s.hits[i].m.Event {
		case evClaims, evAnswer, evFacts, evReasoning, evOperative:
			return true
		}
	}
	return false
}

// findOperative finds the opener of the last operative part. Openers behind the closing formulas (judges, appended
// articles) do not count; a short opener (判决:) counts only where no full one (判决如下) stands.
func (f *frame) findOperative(d *document) {
	full, short := -1, -1
	closed := -1
	for i := range d.sentences {
		s := &d.sentences[i]
		if s.has(evAppendix) != nil && closed >= 0 {
			break
		}
		if s.has(evBench) != nil && full >= 0 {
			closed = i
		}
		h := s.has(evOperative)
		if h == nil || closed >= 0 {
			continue
		}
		if strings.Contains(d.text[h.at:h.end], "如下") || strings.Contains(d.text[h.at:h.end], "协议") {
			full = i
		} else {
			short = i
		}
	}
	f.operative = full
	if full < 0 {
		f.operative = short
	}
	if f.operative < 0 {
		return
	}
	s := &d.sentences[f.operative]
	h := lastOperative(s)
	f.order = skipOpener(d.text, h.end, s.end)
	f.basis = basisStart(d, f.operative, h)
}

func lastOperative(s *sentence) *hit {
	for i := len(s.hits) - 1; i >= 0; i-- {
		if s.hits[i].m.Event == evOperative {
			return &s.hits[i]
		}
	}
	return nil
}

// skipOpener moves over the colon and white space behind 判决如下.
func skipOpener(t string, i, end int) int {
	if i >= len(t) {
		return i
	}
	if r, n := decode(t, i); r == ':' || r == ',' || r == ';' || r == '。' {
		i += n
	}
	return skipBlank(t, i, len(t))
}

// basisStart is where the sentence 依照《…》…判决如下 begins: at the sentence if only a lead-in stands before 依照,
// else at the word 依照. If the opener's sentence has no 依照, sentences before it may: a law's own words quoted
// between 依照 and 判决如下 have full stops.
func basisStart(d *document, at int, op *hit) int {
	quote := strings.Count(d.text[d.sentences[at].start:op.at], "”") - strings.Count(d.text[d.sentences[at].start:op.at], "“")
	for k := at; k >= 0 && (k >= at-2 || quote > 0 && k >= at-maxQuoted); k-- {
		s := &d.sentences[k]
		stop := s.end
		if k == at {
			stop = op.at
		}
		for i := range s.hits {
			b := &s.hits[i]
			if b.m.Event != evBasis || b.at >= stop || !namesLaw(d.text[b.at:stop]) {
				continue
			}
			if leadOnly(d.text[s.start:b.at]) {
				return s.start
			}
			return b.at
		}
		if k < at {
			quote += strings.Count(d.text[s.start:s.end], "”") - strings.Count(d.text[s.start:s.end], "“")
			if quote <= 0 && !namesLaw(d.text[s.start:s.end]) {
				break
			}
		} else if quote <= 0 && !openEnded(d.text[s.start:op.at]) {
			break
		}
	}
	return d.sentences[at].start
}

const maxQuoted = 20 // sentences of a law quoted inside the basis

// openEnded reports whether words before 判决如下 cannot stand alone: the end of a list of articles, a title cut in two.
func openEnded(s string) bool {
	return s == "" || strings.Contains(s, "条") || strings.Contains(s, "》") || len([]rune(s)) < 12
}

// namesLaw reports whether the words name an article or a law.
func namesLaw(s string) bool {
	return strings.Contains(s, "《") || strings.Contains(s, "条") || strings.Contains(s, "法律")
}

// leadOnly reports whether the words before 依照 are a mere lead-in (综上所述, 据此, 因此, 为此 …).
func leadOnly(s string) bool {
	return len([]rune(strings.Trim(s, "，,：: 　"))) <= 6
}

// findReasoning finds where the deciding court's main reasoning begins: the first 本院认为 behind its last finding
// of facts. Earlier ones weigh evidence.
func (f *frame) findReasoning(d *document) {
	end := len(d.sentences)
	if f.operative >= 0 {
		end = f.operative + 1
	}
	var strong, weak []int
	facts, below := -1, -1
	for i := max(f.process, 0); i < end; i++ {
		for k := range d.sentences[i].hits {
			h := &d.sentences[i].hits[k]
			switch {
			case h.m.Event == evReasoning && h.m.Court == courtOwn && !h.weak:
				strong = append(strong, i)
			case h.m.Event == evReasoning && h.m.Court == courtOwn:
				weak = append(weak, i)
			case h.m.Event == evFacts && h.m.Court != courtLower && h.m.Court != instSecond && !h.weak:
				facts = i
			case h.m.Event == evFactsClose && facts >= 0:
				facts = i
			case h.m.Event == evOperative && i < f.operative:
				below = i
			}
		}
	}
	for _, list := range [][]int{strong, weak} {
		for _, after := range []int{max(facts, below), below, -1} {
			for _, i := range list {
				if i >= after {
					f.reasoning = i
					return
				}
			}
		}
	}
}
