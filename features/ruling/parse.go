package ruling

import (
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/features/party"
)

// parse reads one item: first what kind it is, then its orders.
func (r *reader) parse(it *Item) {
	r.scan(it)
	if r.higher(it) {
		return
	}
	r.orders(it)
}

// scan finds the words of an item.
func (r *reader) scan(it *Item) {
	r.scanned = r.t.all.scan(it.text, r.scanned[:0])
	r.plain.arrange(it.text, r.scanned)
}

// orders reads an item of orders and dismissals.
func (r *reader) orders(it *Item) {
	it.mentions = r.res.Find(it.text)
	it.masked = r.mask(it.text, it.mentions)
	r.shown.arrange(it.masked, r.scanned)
	p := &itemParser{r: r, it: it, words: &r.shown}
	p.run()
	r.work += r.shown.asked
	if it.Kind == "" {
		it.Kind = KindUnknown
		if len(it.Orders) > 0 {
			it.Kind = KindOrder
		}
	}
}

// hide marks the bytes of names, and those inside brackets and quotations that do not belong to a name.
func hide(d []bool, s string, mentions []party.Mention) {
	m, round, quote, opened, closing := 0, 0, false, 0, closer{s: s}
	for i := 0; i < len(s); {
		for m < len(mentions) && mentions[m].End <= i {
			m++
		}
		if m < len(mentions) && i >= mentions[m].Start {
			for ; i < mentions[m].End; i++ {
				d[i] = true
			}
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		switch c {
		case '(', '[', '{', '［':
			if round == 0 {
				opened = i
			}
			round++
		case '“':
			if closing.within(i, 3000) >= 0 {
				quote, opened = true, i
			}
		}
		inside := round > 0 || quote
		for k := range n {
			d[i+k] = inside
		}
		switch c {
		case ')', ']', '}', '］':
			round = max(0, round-1)
		case '”':
			quote = false
		case '。', '\n':
			if round > 0 && i-opened > 600 {
				round = 0
			}
		}
		i += n
	}
}

const blank = '\x00'

// mask blanks names, brackets and quotations so that words are only found outside them.
func (r *reader) mask(s string, mentions []party.Mention) string {
	r.hidden = slices.Grow(r.hidden[:0], len(s))[:len(s)]
	hide(r.hidden, s, mentions)
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		k := i
		for k < len(s) && !r.hidden[k] {
			k++
		}
		b.WriteString(s[i:k])
		for i = k; i < len(s) && r.hidden[i]; i++ {
			b.WriteByte(blank)
		}
	}
	return b.String()
}

// itemParser walks through the clauses of an item and keeps who is ordered.
type itemParser struct {
	r     *reader
	it    *Item
	subj  []int
	name  string
	hasSu bool // a subject was named in this item
	cur   *Order
	pend  int    // where the words not yet claimed by a verb begin
	aside bool   // 其中: details follow
	words *words // of the item's masked text
}

// run walks sentence by sentence, clause by clause.
func (p *itemParser) run() {
	s := p.it.masked
	for from := 0; from < len(s); {
		end := clauseEnd(s, from)
		piece := s[from:end]
		if p.r.beginsCosts(piece) && (from == 0 || p.pend == from) && len(p.it.Orders) > 0 || p.words.has(wFees, from, end) && p.feesHere(from, end) || p.words.has(wDelay, from, end) {
			if p.it.Kind == "" && len(p.it.Orders) == 0 {
				p.it.Kind = KindFees
			}
			return
		}
		if end-p.pend > pendMax {
			p.pend = from
		}
		if len(p.it.Orders) < ordersMax {
			p.clause(from, end)
		}
		c, n := utf8.DecodeRuneInString(s[end:])
		from = end + n
		if n == 0 {
			return
		}
		if p.pend == end {
			p.pend = from
		}
		if c != ',' && c != ':' {
			p.pend, p.aside = from, false
		}
	}
}

const (
	pendMax   = 3000 // bytes that a clause may look back within its sentence
	clauseMax = 6000
	ordersMax = 300 // orders of one item
)

// feesHere reports whether the words of costs in a clause are the court's costs, not a sum awarded.
func (p *itemParser) feesHere(from, end int) bool {
	s := p.it.masked
	h, _ := p.words.find(wFees, from, end, from)
	if p.words.has(wJoint, from, end) && p.words.has(wLiable, from, end) && !strings.Contains(s[from:end], "负担") {
		return false
	}
	if h.at > from+40 && !strings.Contains(s[h.at:end], "负担") {
		return false
	}
	return !p.words.has(wPay, from, h.at) || strings.Contains(s[from:end], "受理费") && !strings.Contains(s[from:h.at], "支付")
}

// clauseEnd returns the end of the clause that begins at from: before the next comma, colon or stop. A comma inside a number is none.
func clauseEnd(s string, from int) int {
	for i := from; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		switch c {
		case '。', ';', '\n', ':':
			return i
		case ',':
			if !(i > from && isDigit(s[i-1]) && threeDigits(s, i+1)) {
				return i
			}
		}
		i += n
		if i-from > clauseMax {
			return i
		}
	}
	return len(s)
}

// clause reads one clause.
func (p *itemParser) clause(from, end int) {
	w := p.words
	p.r.work += end - from
	piece := p.it.masked[from:end]
	if strings.TrimSpace(strings.Trim(piece, "\x00")) == "" && len(p.between(from, end)) == 0 {
		return
	}
	if w.has(wDismiss, from, end) {
		p.dismiss(from, end)
		p.pend = end
		return
	}
	if h, ok := w.find(wFree, from, end, from); ok {
		p.free(from, end, h.at)
		p.pend = end
		return
	}
	if w.has(wRecourse, from, end) && p.cur != nil {
		p.cur.recourse = p.r.recourseIn(piece)
		p.pend = end
		return
	}
	if h, ok := w.find(wPriority, from, end, from); ok {
		p.priority(from, end, h.at)
		p.pend = end
		return
	}
	if h, ok := w.find(wMutual, from, end, from); ok && strings.Contains(piece, "责任") && !p.ordersBehind(h.end, end) {
		p.mutual(from, end, h.at)
		p.pend = end
		return
	}
	form, h := p.mainVerb(from, end)
	if form == "pay" && p.objectClause(h.at, end) {
		return // 乙对甲应支付的N元，承担连带责任: the verb comes later in the sentence
	}
	if form == "" {
		p.elliptic(from, end)
		return
	}
	p.verb(form, h, from, end)
	p.pend = end
}

// ordersBehind reports whether a sum is ordered behind the words in the same clause.
func (p *itemParser) ordersBehind(from, end int) bool {
	_, ok := p.paysBehind(from, end)
	return ok
}

// mainVerb finds the verb that carries the clause.
func (p *itemParser) mainVerb(from, end int) (string, hit) {
	w := p.words
	if h, ok := w.last(wLiable, from, end); ok && (w.has(wJoint, p.pend, end) || w.has(wSupplementary, p.pend, end) || w.has(wGuarantee, from, end)) {
		if pay, ok := w.find(wPay, from, end, from); !ok || pay.at >= h.at || p.objectBefore(from, pay.at) {
			if at, ok := p.paysBehind(h.end, end); ok {
				return "pay", at // 互负连带责任赔偿原告N元
			}
			return "liable", h
		}
	}
	best, form := hit{at: end, end: from}, ""
	for _, kind := range []wordKind{wPay, wHold, wAct, wDeclare, wPerform} {
		if h, ok := w.find(kind, from, end, from); ok && (h.at < best.at || h.at == best.at && h.end > best.end) {
			best, form = h, kindNames[kind]
		}
	}
	if form == "pay" && p.r.t.at(wPerform, p.it.masked[from:end], best.at-from) > 0 {
		form = "perform"
	}
	if form == "" && p.owes(from, end) {
		if at, word := p.r.t.raw(wPay, p.it.masked[from:end]); word > 0 {
			return "pay", hit{from + at, from + at + word}
		}
	}
	return form, best
}

// paysBehind finds a verb of payment with a sum behind a phrase of liability.
func (p *itemParser) paysBehind(from, end int) (hit, bool) {
	h, ok := p.words.find(wPay, from, end, from)
	if !ok || len(p.sumsIn(h.end, end)) == 0 {
		return hit{}, false
	}
	return h, true
}

// owes reports whether a clause without a free verb names a defendant and a sum that was not paid before.
func (p *itemParser) owes(from, end int) bool {
	money, ms := p.sumsIn(from, end), p.between(from, end)
	if len(money) == 0 || len(ms) == 0 || !p.onlyDefendants(ms[0].Nos) || ms[0].Start > money[0].start {
		return false
	}
	return !p.words.has(wPaid, from, end) && !p.words.has(wNegated, from, end) && !p.isObject(ms[0], money[0].start) && p.cur == nil
}

// objectClause reports whether a verb stands in an object phrase (对甲应支付…) whose own verb of liability follows in
// the same sentence.
func (p *itemParser) objectClause(verb, end int) bool {
	lead := p.it.masked[p.pend:verb]
	p.r.work += len(lead)
	if !strings.Contains(lead, "对\x00") && !strings.Contains(lead, "就\x00") {
		return false
	}
	rest := p.it.masked[end:min(len(p.it.masked), end+900)]
	if k := strings.IndexAny(rest, "。;\n"); k >= 0 {
		rest = rest[:k]
	}
	return p.r.t.has(wLiable, rest) && (p.r.t.has(wJoint, rest) || p.r.t.has(wSupplementary, rest))
}

// objectBefore reports whether 对, 就 or 在 opens an object phrase before the verb: 对某乙应支付的款项承担….
func (p *itemParser) objectBefore(from, verb int) bool {
	lead := p.it.masked[min(p.pend, from):verb]
	for _, w := range []string{"对", "就", "在", "以"} {
		if k := strings.LastIndex(lead, w); k >= 0 && !strings.Contains(lead[k:], ",") && !strings.HasPrefix(lead[k:], "在本") && !strings.HasPrefix(lead[k:], "在判决") {
			return true
		}
	}
	return false
}

// elliptic reads a clause without verb: a further sum, a total, a percentage, or another debtor's sum.
func (p *itemParser) elliptic(from, end int) {
	if p.cur == nil {
		return
	}
	all := p.sumsIn(from, end)
	if len(all) == 0 {
		return
	}
	if ms := p.between(from, end); len(ms) > 0 && ms[0].Start < all[0].start && p.onlyDefendants(ms[0].Nos) && !p.isObject(ms[0], all[0].start) && p.cur.Form == "pay" {
		if nos, _, e, ok := p.subject(from, all[0].start); ok && !slices.Equal(nos, p.subj) {
			p.open("pay", nos, "", e, end)
		}
	}
	p.take(from, end, from)
	p.cur.to = max(p.cur.to, end)
}

func (p *itemParser) onlyDefendants(nos []int) bool {
	for _, no := range nos {
		if p.r.parties[no].Role != party.Defendant {
			return false
		}
	}
	return len(nos) > 0
}

// open begins an order.
func (p *itemParser) open(form string, debtors []int, name string, from, to int) *Order {
	o := &Order{Debtors: slices.Clone(debtors), Name: name, Form: form, from: from, to: to, item: p.it}
	p.it.Orders = append(p.it.Orders, o)
	p.cur = o
	return o
}

// verb reads a clause with its verb.
func (p *itemParser) verb(form string, h hit, from, end int) {
	start := p.pend
	nos, name, subjEnd, ok := p.subject(p.pend, h.at)
	switch {
	case ok:
		p.subj, p.name, p.hasSu = nos, name, true
	case form == "perform" && p.cur != nil:
		return
	case form == "declare":
		p.declare(h, from, end)
		return
	case !p.hasSu:
		p.subj = p.impliedSubject(form)
	}
	if form == "perform" && p.cur != nil {
		if ok && len(nos) > 0 {
			p.cur.Debtors = slices.Clone(nos)
			p.cur.to = end
		}
		return
	}
	if subjEnd == 0 {
		subjEnd = p.pend
	}
	if (form == "perform" || form == "pay" && len(p.sumsIn(h.end, end)) == 0) && ok && p.r.t.has(wSupplementary, p.it.masked[start:end]) {
		p.liable(start, subjEnd, h, end)
		return
	}
	if form == "perform" {
		if !strings.Contains(p.it.masked[from:end], "义务") {
			return
		}
		form = "act"
	}
	if p.r.t.has(wNegated, p.it.masked[min(subjEnd, h.at):h.at]) {
		return
	}
	if strings.HasPrefix(p.it.masked[from:], "其中") {
		p.aside = true
	}
	if form == "pay" && p.aside && p.cur != nil && len(p.cur.sums) > 0 {
		p.cur.to = end
		return
	}
	if form == "pay" && ok && p.guardians(nos, h, end) {
		return
	}
	if form == "pay" && p.cur != nil && p.cur.Form == "pay" && len(p.cur.sums) == 0 && sameSet(p.subj, p.cur.Debtors) && strings.HasPrefix(p.it.masked[from:], "即") {
		p.cur.each = p.cur.each || p.r.t.has(wEach, p.it.masked[from:h.at])
		p.take(h.end, end, from)
		p.cur.to = end
		return
	}
	if form == "pay" && p.isNet(h.at) {
		p.cur.to = max(p.cur.to, end)
		return
	}
	switch form {
	case "declare":
		p.declare(h, from, end)
	case "hold":
		p.hold(start, h, end)
	case "liable":
		p.liable(start, subjEnd, h, end)
	default:
		p.pays(form, start, subjEnd, h, end)
	}
}
