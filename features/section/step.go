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
		case h.m.Event == evFacts && lower && w.mayQuote() && !w.past(h.m.Court):
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
