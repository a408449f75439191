package ruling

import (
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/features/party"
)

// pays reads an order to pay or to do: its debtors' connective, its sums, and further debtors in the same clause.
func (p *itemParser) pays(form string, start, subjEnd int, h hit, end int) {
	w, s := p.words, p.it.masked
	o := p.open(form, p.subj, p.name, start, end)
	lead := min(subjEnd, h.at)
	o.common = w.has(wCommon, lead, h.end) || strings.HasSuffix(s[:h.at], "共同")
	o.joint = w.has(wJoint, lead, h.end) || w.has(wJoint, h.at, min(end, h.end+40)) && strings.Contains(s[h.at:end], "连带") && !strings.Contains(s[h.at:end], "连带责任保证")
	o.each = w.has(wEach, lead, h.end) || p.eachBehind(h.end, end)
	o.equitable = p.r.t.at(wEquitable, s, h.at) > 0 && !strings.Contains(s[h.at:end], "赔偿")
	o.supplementary = w.has(wSupplementary, start, end)
	o.ranged = w.has(wRange, start, end)
	o.creditors = p.creditors(h.end, end)
	o.cases = p.perCase(h.end, end)
	if k, ok := p.secondSubject(h.end, end); ok {
		p.take(h.end, k, start)
		o.to = k
		p.finish(o, start)
		p.pend = k
		p.clause(k, end)
		return
	}
	before := len(p.sumsIn(h.end, end))
	if before == 0 && start < h.at {
		p.take(max(start, p.pend), h.at, start)
	}
	p.take(h.end, end, start)
	p.finish(o, start)
}

// secondSubject finds another debtor with a verb of its own behind a sum: A赔偿甲1元、B赔偿甲2元.
func (p *itemParser) secondSubject(from, end int) (int, bool) {
	ms := p.between(from, end)
	money := p.sumsIn(from, end)
	if len(money) == 0 {
		return 0, false
	}
	for _, m := range ms {
		if m.Start < money[0].end || !p.onlyDefendants(m.Nos) {
			continue
		}
		lead := p.it.masked[:m.Start]
		if !strings.HasSuffix(lead, "、") && !strings.HasSuffix(lead, "由") && !strings.HasSuffix(lead, "和") && !strings.HasSuffix(lead, "及") {
			continue
		}
		if h, ok := p.words.find(wPay, m.End, end, m.End); ok && len(sums(p.it.text[m.End:h.at])) == 0 {
			return m.Start, true
		}
	}
	return 0, false
}

// eachBehind reports 各 behind the creditors or before the sum.
func (p *itemParser) eachBehind(from, end int) bool {
	money := p.sumsIn(from, end)
	if len(money) == 0 {
		return false
	}
	return p.words.has(wEach, from, money[0].start)
}

// perCase is the number of joined cases where the clause orders a sum in each (各案), else 1.
func (p *itemParser) perCase(from, end int) int {
	if !strings.Contains(p.it.masked[from:end], "各案") {
		return 1
	}
	return casesIn(p.r.h.CaseNumber)
}

// casesIn counts the cases of a number such as 19330-19332号.
func casesIn(number string) int {
	s := foldPlain(number)
	k := strings.LastIndexAny(s, "-~")
	if k <= 0 || k+1 >= len(s) {
		return 1
	}
	to, end, _ := numberAt(s, k+1)
	from := k
	for from > 0 && isDigit(s[from-1]) {
		from--
	}
	first, _, _ := numberAt(s, from)
	if end == 0 || to <= first || to-first > 500 {
		return 1
	}
	return int(to-first) + 1
}

// creditors are the parties named behind the verb.
func (p *itemParser) creditors(from, end int) []int {
	var out []int
	for _, m := range p.between(from, end) {
		for _, no := range m.Nos {
			if !slices.Contains(out, no) {
				out = append(out, no)
			}
		}
		if len(p.it.masked) > m.End && !isList(nextGap(p.it.masked[m.End:end])) {
			break
		}
	}
	return out
}

func nextGap(s string) string {
	k := 0
	for k < len(s) && s[k] != blank {
		k++
	}
	return s[:k]
}

// finish reads what stands around the order as a whole: brackets with a percentage, the head of claim.
func (p *itemParser) finish(o *Order, start int) {
	words := p.it.text[start:o.to]
	if o.fraction == nil {
		o.fraction = p.r.partIn(p.it.text[start:bracketEnd(p.it.text, o.to)])
	}
	if o.head == "" {
		o.head = p.headOf(p.it.masked[start:o.to])
	}
	if o.Form == "pay" && !o.debt && len(o.sums) == 0 && !strings.ContainsAny(words, "款费息债金") && !strings.Contains(words, "损失") {
		if !strings.Contains(words, "责任") && !strings.Contains(words, "元") {
			o.Form = "act"
		}
	}
}

// bracketEnd extends an offset over a bracket that opens there.
func bracketEnd(s string, at int) int {
	if at < len(s) && strings.ContainsRune("([{", rune(s[at])) {
		if k := strings.IndexAny(s[at:min(len(s), at+900)], "。\n;"); k > 0 {
			return at + k
		}
		return min(len(s), at+900)
	}
	return at
}

// partIn returns the portion that the words state for liability, nil if none.
func (r *reader) partIn(s string) *float64 {
	var out *float64
	for _, x := range percents(s) {
		if v, ok := r.isPart(s, x); ok {
			f := v
			out = &f
		}
	}
	return out
}

// isPart reports whether a percentage is a portion of liability: words of liability or of the loss stand near it,
// and none of interest, shares or prices.
func (r *reader) isPart(s string, x percent) (float64, bool) {
	lo, hi := max(0, x.start-30), min(len(s), x.end+24)
	for lo > 0 && s[lo]&0xC0 == 0x80 {
		lo--
	}
	for hi < len(s) && s[hi]&0xC0 == 0x80 {
		hi++
	}
	before, after := s[lo:x.start], s[x.end:hi]
	if k := strings.LastIndexAny(before, "。;"); k >= 0 {
		before = before[k:]
	}
	if k := strings.IndexFunc(after, endsClause); k >= 0 {
		after = after[:k]
	}
	if followed(after, "×", "÷", "*") { // a rate inside a formula
		return 0, false
	}
	if r.t.has(wNotPart, before) || r.t.has(wNotPart, after) || x.value <= 0 || x.value > 1 {
		return 0, false
	}
	for _, w := range []string{"×", "*"} {
		if lead, ok := strings.CutSuffix(before, w); ok {
			r, _ := utf8.DecodeLastRuneInString(lead)
			return x.value, strings.ContainsRune("元)]}失计款额0123456789", r) // not 年×10%: a coefficient
		}
	}
	if strings.HasSuffix(before, "元的") || r.limitsRange(s[x.end:]) {
		return x.value, true
	}
	return x.value, r.t.has(wPart, before) || r.t.has(wPart, after)
}

// limitsRange reports whether the words behind a percentage make it the limit of a liability: 在40%即N元的范围内承担….
func (r *reader) limitsRange(after string) bool {
	after = after[:min(len(after), 120)]
	if k := strings.IndexFunc(after, endsClause); k >= 0 {
		after = after[:k]
	}
	h, ok := r.t.find(wRange, after, 0)
	return ok && r.t.has(wLiable, after[h.end:])
}

// hold reads 甲对乙享有债权N元: the debtor is the defendant named.
func (p *itemParser) hold(start int, h hit, end int) {
	if !p.namesClaim(start, h, end) {
		p.declare(h, start, end)
		return
	}
	var debtors []int
	for _, m := range p.between(start, end) {
		for _, no := range m.Nos {
			if p.r.parties[no].Role == party.Defendant && !slices.Contains(debtors, no) {
				debtors = append(debtors, no)
			}
		}
	}
	o := p.open("pay", debtors, "", start, end)
	o.Rule = "confirmed-claim"
	p.take(h.end, end, start)
	p.finish(o, start)
}

// declare reads an order that makes or ends a legal relation: it binds the defendants it names.
func (p *itemParser) declare(h hit, from, end int) {
	var who []int
	for _, m := range p.between(min(from, p.pend), len(p.it.masked)) {
		if m.Start > end+200 {
			break
		}
		for _, no := range m.Nos {
			if p.r.parties[no].Role == party.Defendant && !slices.Contains(who, no) {
				who = append(who, no)
			}
		}
	}
	if len(who) == 0 && len(p.r.defends) == 1 {
		who = p.r.defends
	}
	if len(p.it.Orders) > 0 {
		return
	}
	if start := min(from, p.pend); p.namesClaim(start, h, end) && p.r.t.has(wHold, p.it.masked) {
		p.hold(start, h, end)
		return
	}
	p.open("declare", who, "", h.at, end)
}

// namesClaim reports whether the clause speaks of a claim (债权) that somebody holds.
func (p *itemParser) namesClaim(start int, h hit, end int) bool {
	return strings.Contains(p.it.masked[h.at:end], "债权") || strings.Contains(p.it.masked[start:end], "债权")
}

// liable reads 对…承担连带责任 and its kin.
func (p *itemParser) liable(start, subjEnd int, h hit, end int) {
	w := p.words
	o := p.open("liable", p.subj, p.name, start, end)
	scope := p.it.masked[subjEnd:end]
	o.joint = w.has(wJoint, subjEnd, end)
	o.supplementary = w.has(wSupplementary, start, end)
	o.guarantee = w.has(wGuarantee, subjEnd, end)
	o.enlarged = w.has(wEnlarged, subjEnd, end)
	o.ranged = w.has(wRange, subjEnd, end)
	o.each = w.has(wEach, subjEnd, min(end, subjEnd+12))
	o.refs = itemRefs(scope)
	if len(o.refs) == 0 {
		o.refs = itemRefs(p.it.masked[start:end])
	}
	o.refAll = w.has(wReference, subjEnd, end)
	o.objects = p.objects(subjEnd, h.at)
	o.refSelf = strings.Contains(scope, "其所") || strings.Contains(scope, "各自")
	end = p.limitBehind(end)
	p.scopes(o, subjEnd, end)
}

// objects are the parties whose debt is meant: names behind 对 or 就 before the verb.
func (p *itemParser) objects(from, verb int) []int {
	var out []int
	for _, m := range p.between(from, verb) {
		for _, no := range m.Nos {
			if p.r.parties[no].Role != party.Plaintiff && !slices.Contains(p.subj, no) && !slices.Contains(out, no) {
				out = append(out, no)
			}
		}
	}
	return out
}

// scopes reads sums and percentages of a liability clause: a limit, or the sum owed.
func (p *itemParser) scopes(o *Order, from, end int) {
	t := p.r.t
	for _, m := range p.sumsIn(from, end) {
		v := m.value
		after := p.it.masked[m.end:min(end, m.end+60)]
		before := p.it.masked[max(from, m.start-24):m.start]
		switch {
		case m.masked:
			o.masked = true
		case limits(t, after, before), o.joint && strings.HasSuffix(before, "其中的"), within(before):
			o.cap = &v
		case t.has(wAside, before) && !t.has(wTotal, before):
		case endsWith(t, wInterest, before) || endsWith(t, wCosts, before):
		case o.explicit == nil || t.has(wTotal, before):
			o.explicit = &v
		default:
			sum := *o.explicit + v
			o.explicit = &sum
		}
	}
	text := p.it.text[from:end]
	if (o.ranged || o.supplementary) && o.cap == nil && o.explicit == nil {
		text := p.it.text[from:bracketEnd(p.it.text, end)]
		for _, m := range sums(text) { // the limit may stand in a bracket
			if within(text[:m.start]) || limits(t, text[m.end:], text[:m.start]) {
				v := m.value
				o.cap = &v
			}
		}
	}
	for _, x := range percents(text) {
		if v, ok := p.r.isPart(text, x); ok || followed(text[x.end:], "的范围", "范围", "的部分", "部分", ")") && !p.r.t.has(wNotPart, text[max(0, x.start-18):x.start]) {
			f := v
			o.fraction = &f
		}
	}
}

// limitBehind extends a clause over the limit that follows it: …承担补充责任,以6000元为限.
func (p *itemParser) limitBehind(end int) int {
	rest := p.it.masked[end:]
	for _, lead := range []string{",以", ",但以", ",最高", ",但不超过", ",不超过", ",并以", ",且以", ",但最高"} {
		if !strings.HasPrefix(rest, lead) {
			continue
		}
		k := strings.IndexAny(rest[1:], ",。;\n")
		if k < 0 {
			k = len(rest) - 1
		}
		if strings.Contains(rest[:k+1], "元") {
			return end + k + 1
		}
	}
	return end
}

// within reports whether a sum explains a range before it: 在其过错范围内(即3600元).
func within(before string) bool {
	k := max(strings.LastIndex(before, "范围内"), strings.LastIndex(before, "限额内"), strings.LastIndex(before, "限度内"))
	return k >= 0 && strings.Trim(before[k+len("范围内"):], "(（即计为人民币 \x00") == ""
}

// limits reports whether a sum is a limit: 在N元范围内, 以N元为限, 最高额N元.
func limits(t *table, after, before string) bool {
	k := strings.IndexFunc(after, endsClause)
	if k < 0 {
		k = len(after)
	}
	h, ok := t.find(wRange, after[:k], 0)
	return ok && utf8.RuneCountInString(strings.Trim(after[:h.at], "\x00")) <= 12 || strings.HasSuffix(before, "最高额") || strings.HasSuffix(before, "最高限额") || strings.HasSuffix(before, "不超过") || strings.HasSuffix(before, "最高")
}
