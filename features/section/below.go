package section

import (
	"strings"

	"caipan/model/judgment"
)

// higher reports whether the deciding court sits above another whose judgment it reports.
func (w *walker) higher() bool { return w.f.own != instFirst }

// lowerInstance resolves "the court below" to an instance: in a retrial, what follows the first court's order is the
// second court's.
func (w *walker) lowerInstance(court string) string {
	switch court {
	case instFirst, instSecond:
		return court
	}
	if w.f.own == instRetrial && (w.cur().quoted && w.cur().instance == instSecond || w.ordered && !(w.cur().quoted && w.cur().instance == instFirst)) {
		return instSecond
	}
	return instFirst
}

// below opens the quoted parts of a lower court: its facts, its reasoning, its basis and operative part.
func (w *walker) below(s *sentence) bool {
	if !w.higher() {
		return false
	}
	opened := false
	for k := range s.hits {
		h := &s.hits[k]
		lower := h.m.Court == courtLower || h.m.Court == instFirst || h.m.Court == instSecond
		switch {
		case h.m.Event == evClaims && lower && w.mayReport():
			w.open(part{at: s.start, kind: judgment.SecClaims, instance: instFirst, holder: w.sideOr(h.speaker, holderClaim), speaker: h.speaker, quoted: true})
		case h.m.Event == evFacts && lower && h.m.Court != instSecond && w.adopts(s):
			w.open(part{at: s.start, kind: judgment.SecFacts, holder: holderCourt})
		case h.m.Event == evFacts && lower && w.concludes(h):
			w.open(part{at: s.start, kind: judgment.SecReasoning, instance: w.cur().instance, holder: holderLower, quoted: true})
		case h.m.Event == evFacts && lower && (w.mayQuote() || w.headed(s, h)) && !w.past(h.m.Court):
			w.open(part{at: s.start, kind: judgment.SecFacts, instance: w.lowerInstance(h.m.Court), holder: holderLower, quoted: true})
		case h.m.Event == evReasoning && lower && (w.mayQuote() || w.cur().quoted):
			w.open(part{at: s.start, kind: judgment.SecReasoning, instance: w.lowerInstance(h.m.Court), holder: holderLower, quoted: true})
		case h.m.Event == evOperative && w.quotesOrder(s) && !strings.Contains(w.d.text[h.at:h.end], "协议"):
			w.order(s, h)
		case h.m.Event == evOrderBare && w.cur().quoted && w.cur().kind != judgment.SecDisposition && w.quotesOrder(s) && w.restsOnLaw(s, h):
			w.order(s, h)
		case h.m.Event == evFees && w.cur().quoted && (w.cur().kind == judgment.SecDisposition || w.cur().kind == judgment.SecTail):
			w.open(part{at: s.start, kind: judgment.SecFees, instance: w.cur().instance, holder: holderLower, quoted: true})
		case h.m.Event == evDelay && w.cur().quoted && (w.cur().kind == judgment.SecDisposition || w.cur().kind == judgment.SecFees):
			w.open(part{at: s.start, kind: judgment.SecTail, instance: w.cur().instance, holder: holderLower, quoted: true})
		default:
			continue
		}
		opened = true
	}
	return opened
}

// past reports whether the lower court's facts would go back behind its reasoning already reported.
func (w *walker) past(court string) bool {
	c := w.cur()
	if !c.quoted || w.lowerInstance(court) != c.instance {
		return false
	}
	return c.kind == judgment.SecReasoning || c.kind == judgment.SecBasis || c.kind == judgment.SecDisposition
}

// adopts reports whether a short sentence about the facts found below is the deciding court's: 一审查明事实属实.
func (w *walker) adopts(s *sentence) bool {
	words := w.d.text[s.start:s.end]
	if w.cur().quoted && !w.ordered || !w.claimed || len(words) > 240 {
		return false
	}
	return strings.Contains(words, "属实") || strings.Contains(words, "予以确认") || strings.Contains(words, "一致")
}

// concludes reports whether 判决认定 behind the lower court's facts opens its reasoning.
func (w *walker) concludes(h *hit) bool {
	c := w.cur()
	return c.quoted && c.kind == judgment.SecFacts && strings.Contains(w.d.text[h.at:h.end], "判决认定")
}

// argues reports whether a sentence names the lower court's facts or reasoning inside the appellant's own grounds.
func (w *walker) argues(s *sentence) bool {
	for k := range s.hits {
		h := &s.hits[k]
		if (h.m.Event == evFacts || h.m.Event == evReasoning) && (h.m.Court == courtLower || h.m.Court == instSecond) {
			return true
		}
	}
	return false
}

// mayQuote reports whether a quotation of the lower court may begin here. Inside the appellant's own grounds
// "一审法院认定…" is his argument; the report of the judgment below follows the answer or a quoted claim.
func (w *walker) mayQuote() bool {
	c := w.cur()
	return c.quoted || c.kind != judgment.SecClaims || !w.claimed
}

// headed reports whether the words head a paragraph and end in a colon, 一审法院认定事实：, as no argument does.
func (w *walker) headed(s *sentence, h *hit) bool {
	r, _ := decode(w.d.text, min(h.end, len(w.d.text)-1))
	return r == ':' && w.paragraph(s)
}

// quotesOrder reports whether 判决: in this sentence is the lower court's operative part.
func (w *walker) quotesOrder(s *sentence) bool {
	c := w.cur()
	if op := lastOperative(s); op != nil && (strings.Contains(w.d.text[s.start:op.at], "请求") || strings.Contains(w.d.text[s.start:op.at], "要求")) && !w.restsOnLaw(s, op) {
		return false // what somebody asked for: 起诉请求判令：
	}
	if c.quoted && (c.kind == judgment.SecReasoning || c.kind == judgment.SecFacts || c.kind == judgment.SecBasis || c.kind == judgment.SecDisposition) {
		return true
	}
	if c.kind == judgment.SecClaims && w.claimed && !c.quoted {
		return false
	}
	if op := lastOperative(s); c.kind == judgment.SecProcess && op != nil && w.restsOnLaw(s, op) {
		return true // a text that tells the judgment below in one breath
	}
	head := w.d.text[s.start:min(s.end, s.start+90)]
	return strings.Contains(head, "一审法院") || strings.Contains(head, "原审法院") || strings.Contains(head, "二审法院") || strings.HasPrefix(head, "原审") || strings.HasPrefix(head, "一审")
}

// restsOnLaw reports whether 依照《…》 stands before 判决 in the sentence.
func (w *walker) restsOnLaw(s *sentence, op *hit) bool {
	for k := range s.hits {
		b := &s.hits[k]
		if b.m.Event == evBasis && b.at < op.at && strings.Contains(w.d.text[b.at:op.at], "条") {
			return true
		}
	}
	return false
}

// order opens the lower court's basis and operative part within a sentence.
func (w *walker) order(s *sentence, op *hit) {
	inst := w.lowerInstance("")
	at := -1
	for k := range s.hits {
		b := &s.hits[k]
		if b.m.Event == evBasis && b.at < op.at && namesLaw(w.d.text[b.at:op.at]) {
			at = b.at
			if leadOnly(w.d.text[s.start:b.at]) || startsLower(w.d.text[s.start:b.at]) {
				at = s.start
			}
			break
		}
	}
	if at < 0 {
		at = s.start
	}
	w.open(part{at: at, kind: judgment.SecBasis, instance: inst, holder: holderLower, quoted: true})
	w.ordered = true
	w.open(part{at: skipOpener(w.d.text, op.end, s.end), kind: judgment.SecDisposition, instance: inst, holder: holderLower, quoted: true})
}

func startsLower(s string) bool {
	return len([]rune(s)) <= 16 && (strings.Contains(s, "一审法院") || strings.Contains(s, "原审法院") || strings.Contains(s, "该院"))
}

// remedy opens the appellant's claims where the report of the judgment below ends (宣判后, 不服, 上诉称).
func (w *walker) remedy(s *sentence) bool {
	if !w.higher() {
		return false
	}
	for k := range s.hits {
		h := &s.hits[k]
		if h.m.Event != evAppealed && !(h.m.Event == evClaims && h.m.Court == courtOwn) {
			continue
		}
		if w.cur().kind == judgment.SecProcess && h.m.Event == evAppealed && !speaksOn(w.d.text[s.start:s.end]) {
			return true // the process sentence itself: 不服…判决，向本院提起上诉
		}
		speaker := h.speaker
		if h.m.Event == evAppealed {
			speaker = beforeWord(w.d.text[s.start:s.end], "不服")
			if h.m.Place == placeWithin && (w.c.side(speaker) == "" || w.narrates(s)) {
				continue // somebody in another case
			}
		}
		inst, quoted := w.f.own, false
		if w.f.own == instRetrial && !strings.Contains(w.d.text[s.start:s.end], "再审") && !strings.Contains(w.d.text[s.start:s.end], "申诉") {
			inst, quoted = instSecond, true
		}
		if c := w.cur(); quoted && c.quoted && c.instance == instSecond && c.kind != judgment.SecClaims && c.kind != judgment.SecAnswer {
			return false // the second court speaks of the appeal
		}
		if !quoted {
			w.claimed = true
		}
		w.open(part{at: s.start, kind: judgment.SecClaims, instance: inst, holder: w.sideOr(speaker, holderClaim), speaker: speaker, quoted: quoted})
		return true
	}
	return false
}

// narrates reports whether a discontent inside the lower court's facts belongs to the story told there.
func (w *walker) narrates(s *sentence) bool {
	c := w.cur()
	if !c.quoted || c.kind != judgment.SecFacts && c.kind != judgment.SecReasoning {
		return false
	}
	words := w.d.text[s.start:s.end]
	for _, x := range []string{"一审", "原审", "原判", "上述判决", "上述民事判决", "本院提起", "本院提出", "向本院"} {
		if strings.Contains(words, x) {
			return false
		}
	}
	return true
}

// speaksOn reports whether a sentence of remedy goes on to tell the grounds.
func speaksOn(s string) bool {
	for _, w := range []string{"上诉称", "请求", "称：", "称:", "称，", "认为", "理由"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// beforeWord returns the clause before the word: the speaker of "某甲不服".
func beforeWord(s, word string) string {
	at := strings.Index(s, word)
	if at < 0 {
		return ""
	}
	s = s[:at]
	if k := strings.LastIndexAny(s, "，,：:。"); k >= 0 {
		s = strings.TrimLeft(s[k:], "，,：:。")
	}
	s = strings.TrimSpace(s)
	if len(s) > maxNameBytes {
		return ""
	}
	return s
}
