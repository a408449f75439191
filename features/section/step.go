package section

import (
	"strings"

	"caipan/model/judgment"
)

// step lets one sentence of the body open a part. The order of the tests is the order of trust: what the lower
// court's name marks, then the remedy, then what the words of the deciding court mark.
func (w *walker) step(i int, s *sentence) {
	if len(s.hits) == 0 {
		return
	}
	if w.below(s) || w.remedy(s) {
		return
	}
	if w.argues(s) {
		return
	}
	for k := range s.hits {
		h := &s.hits[k]
		switch h.m.Event {
		case evClaims:
			w.claims(s, spoken(s, h))
		case evAnswer:
			w.answer(s, spoken(s, h))
		case evEvidence:
			w.evidence(s, h)
		case evUndisputed:
			w.undisputed(s)
		case evFacts:
			w.facts(s, h)
		case evFactsChecked:
			if kind := w.cur().kind; w.paragraph(s) && (kind == judgment.SecAnswer || kind == judgment.SecClaims) {
				w.facts(s, h)
			}
		case evReasoning:
			w.weighs(s, h)
		default:
			continue
		}
		return
	}
}

// spoken prefers, of the sentence's hits of one event, one that names its speaker to a bare heading.
func spoken(s *sentence, h *hit) *hit {
	for k := range s.hits {
		if x := &s.hits[k]; x.m.Event == h.m.Event && x.speaker != "" && h.speaker == "" && x.at < h.end+maxNameBytes {
			return x
		}
	}
	return h
}

func (w *walker) sideOr(speaker, otherwise string) string {
	if side := w.c.side(speaker); side != "" {
		return side
	}
	return otherwise
}

// claims opens a claims part. In a higher court's document plain 诉称 is the first-instance claim, reported.
func (w *walker) claims(s *sentence, h *hit) {
	c := w.cur()
	p := part{at: s.start, kind: judgment.SecClaims, speaker: h.speaker, holder: w.sideOr(h.speaker, holderClaim)}
	words := w.d.text[h.at:h.end]
	own := strings.Contains(words, "再审") || strings.Contains(words, "申诉") || strings.Contains(words, "抗诉")
	if c.quoted && c.kind == judgment.SecClaims && p.speaker == "" || !w.speaks(h.speaker) && c.kind != judgment.SecProcess {
		return // a further item of the same claims, or nobody who is a party
	}
	if w.higher() && !own {
		lead := w.d.text[s.start:h.at]
		below := (strings.Contains(lead, "一审") || strings.Contains(lead, "原审中") || strings.Contains(lead, "原审期间")) && w.mayReport()
		if !below && !w.mayClaim() {
			return
		}
		if c.kind == judgment.SecClaims && !c.quoted && w.claimed && !below {
			return // 请求 inside the appellant's grounds
		}
		p.instance, p.quoted = instFirst, true
	}
	if !p.quoted {
		if c.kind == judgment.SecClaims && (p.speaker == "" || p.speaker == c.speaker) || c.kind == judgment.SecReasoning {
			return
		}
		if w.claimed && !own && !strings.Contains(words, "反诉") && (c.kind == judgment.SecFacts || c.kind == judgment.SecUndisputed || c.kind == judgment.SecAnswer && w.itemised(s) || c.kind == judgment.SecClaims && p.holder == c.holder || !strings.Contains(words, "称")) {
			return // the same claims go on, or the other side speaks about them
		}
		w.claimed = true
	}
	w.open(p)
}

// itemised reports whether a sentence is an item of a list: part of what somebody is saying.
func (w *walker) itemised(s *sentence) bool {
	for _, o := range []string{"首先", "其次", "再次", "最后", "此外", "另外"} {
		if strings.HasPrefix(w.d.text[s.start:s.end], o) {
			return true
		}
	}
	return skipListMark(w.d.text, s.start, s.end) > s.start
}

// speaks reports whether the words before a verb can be a speaker: nobody named, or a party.
func (w *walker) speaks(speaker string) bool {
	return speaker == "" || w.c.side(speaker) != "" || len(w.c.names) == 0
}

// mayReport reports whether a claim that names the lower court may be reported here: not in that court's reasoning.
func (w *walker) mayReport() bool {
	c := w.cur()
	return !c.quoted || c.kind != judgment.SecReasoning && c.kind != judgment.SecBasis && c.kind != judgment.SecDisposition
}

// mayClaim reports whether a plain 诉称 can be the first-instance claim reported here: nothing of the lower court's
// own has been reported yet, and the deciding court's parties have not begun to speak.
func (w *walker) mayClaim() bool {
	switch c := w.cur(); c.kind {
	case judgment.SecHead, judgment.SecParties, judgment.SecProcess:
		return true
	case judgment.SecClaims, judgment.SecAnswer, judgment.SecEvidence:
		return c.quoted
	}
	return false
}

// answer opens an answer; inside a quotation of the lower court's record it is quoted too.
func (w *walker) answer(s *sentence, h *hit) {
	c := w.cur()
	switch c.kind {
	case judgment.SecReasoning, judgment.SecFacts, judgment.SecUndisputed, judgment.SecBasis:
		return
	case judgment.SecProcess:
		if strings.Contains(w.d.text[h.at:h.end], "到庭") || strings.Contains(w.d.text[s.start:s.end], "开庭") {
			return // who came to the hearing
		}
	}
	if !w.speaks(h.speaker) && (c.kind != judgment.SecClaims && c.kind != judgment.SecAnswer || !strings.Contains(w.d.text[h.at:h.end], "称")) {
		return
	}
	if word, _ := roleAt(h.speaker); c.kind == judgment.SecAnswer && word == "" && w.itemised(s) {
		return // 第四，某甲述称…: what the speaker says of another
	}
	p := part{at: s.start, kind: judgment.SecAnswer, speaker: h.speaker, holder: w.sideOr(h.speaker, holderDefend)}
	if strings.Contains(w.d.text[h.at:h.end], "述") && w.c.side(h.speaker) == "" {
		p.holder = holderThird
	}
	if w.higher() && c.quoted && (c.kind == judgment.SecClaims || c.kind == judgment.SecAnswer) && !strings.Contains(w.d.text[s.start:h.at], "上诉") {
		p.quoted, p.instance = true, c.instance
	}
	over := c.kind == judgment.SecDisposition || c.kind == judgment.SecFees || c.kind == judgment.SecTail
	if c.quoted && !p.quoted && !w.claimed && w.higher() && !over {
		p.quoted, p.instance = true, c.instance
	}
	w.open(p)
}

// evidence opens the evidence part once the parties have spoken.
func (w *walker) evidence(s *sentence, h *hit) {
	c := w.cur()
	switch c.kind {
	case judgment.SecClaims, judgment.SecAnswer, judgment.SecDisposition, judgment.SecFees, judgment.SecTail:
		if w.f.own == instRetrial && h.m.Court == courtOwn && !strings.Contains(w.d.text[h.at:h.end], "再审") && !strings.Contains(w.d.text[h.at:h.end], "本院") {
			return // 二审期间 tells of the court below
		}
	case judgment.SecFacts, judgment.SecReasoning, judgment.SecBasis:
		if !c.quoted || h.m.Court != courtOwn {
			return
		}
	case judgment.SecEvidence:
		if c.quoted != (h.m.Court != courtOwn && c.quoted) {
			break
		}
		return
	default:
		return
	}
	if h.m.Place == placeSpeaker && (!w.speaks(h.speaker) || c.kind == judgment.SecClaims && w.itemised(s)) {
		return
	}
	if h.m.Place == placeStart && h.m.Court == "" && !mentionsEvidence(w.d.text[s.start:s.end]) {
		return
	}
	if w.higher() && c.quoted && h.m.Court != courtOwn {
		if c.kind == judgment.SecDisposition || c.kind == judgment.SecFees || c.kind == judgment.SecTail {
			return
		}
		w.open(part{at: s.start, kind: judgment.SecEvidence, instance: c.instance, quoted: true, holder: w.sideOr(h.speaker, holderBoth), speaker: h.speaker})
		return
	}
	w.open(part{at: s.start, kind: judgment.SecEvidence, holder: w.sideOr(h.speaker, holderBoth), speaker: h.speaker})
}

func mentionsEvidence(s string) bool {
	return strings.Contains(s, "证据") || strings.Contains(s, "质证") || strings.Contains(s, "举证")
}

// undisputed opens what the parties agree on. A sentence that only says so, without the facts behind a colon, stays
// where it is; in a higher court it adopts the facts found below.
func (w *walker) undisputed(s *sentence) {
	c := w.cur()
	if c.quoted || c.kind == judgment.SecReasoning || c.kind == judgment.SecFacts || c.kind == judgment.SecProcess {
		return
	}
	words := w.d.text[s.start:s.end]
	if w.higher() && (strings.Contains(words, "一审") || strings.Contains(words, "原审") || strings.Contains(words, "原判")) {
		w.open(part{at: s.start, kind: judgment.SecFacts, holder: holderCourt})
		return
	}
	if strings.ContainsAny(words, "：:") || strings.Contains(words, "如下") {
		w.open(part{at: s.start, kind: judgment.SecUndisputed, holder: holderBoth})
	}
}

// facts opens the court's finding of facts. Words that do not name the court stay with a quoted record.
func (w *walker) facts(s *sentence, h *hit) {
	c := w.cur()
	if w.higher() && c.quoted && h.m.Court == "" {
		switch c.kind {
		case judgment.SecClaims, judgment.SecAnswer, judgment.SecEvidence, judgment.SecFacts:
			w.open(part{at: s.start, kind: judgment.SecFacts, instance: c.instance, holder: holderLower, quoted: true})
			return
		}
	}
	if h.weak && c.kind == judgment.SecClaims || c.quoted && c.kind == judgment.SecReasoning && h.m.Court == "" && !strings.Contains(w.d.text[h.at:h.end], "查明") {
		return // the lower court goes on to weigh: 根据当事人的陈述，可以认定
	}
	w.open(part{at: s.start, kind: judgment.SecFacts, holder: holderCourt})
}

// paragraph reports whether the sentence begins a paragraph: a party may say 经查 within his own.
func (w *walker) paragraph(s *sentence) bool {
	lead := strings.TrimRight(w.d.text[:s.start+skipBlank(w.d.text[s.start:s.end], 0, s.end-s.start)], " \t　")
	return lead == "" || strings.HasSuffix(lead, "\n")
}

// weighs handles 本院认为 before the main reasoning: the court weighs evidence.
func (w *walker) weighs(s *sentence, h *hit) {
	c := w.cur()
	if h.m.Court != courtOwn || c.quoted {
		return
	}
	if c.kind == judgment.SecAnswer || c.kind == judgment.SecClaims {
		w.open(part{at: s.start, kind: judgment.SecEvidence, holder: holderCourt})
	}
}
