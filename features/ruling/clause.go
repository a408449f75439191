package ruling

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/features/party"
)

// pays reads an order to pay or to do: its debtors' connective, its sums, and further debtors in the same clause.
func (p *itemParser) pays(form string, start, subjEnd int, h hit, end int) {
	t, s := p.r.t, p.it.masked
	o := p.open(form, p.subj, p.name, start, end)
	lead := s[min(subjEnd, h.at):h.end]
	o.common = t.has("common", lead) || strings.HasSuffix(s[:h.at], "共同")
	o.joint = t.has("joint", lead) || t.has("joint", s[h.at:min(end, h.end+40)]) && strings.Contains(s[h.at:end], "连带") && !strings.Contains(s[h.at:end], "连带责任保证")
	o.each = t.has("each", lead) || p.eachBehind(h.end, end)
	o.equitable = t.at("equitable", s, h.at) > 0 && !strings.Contains(s[h.at:end], "赔偿")
	o.supplementary = t.has("supplementary", s[start:end])
	o.ranged = t.has("range", s[start:end])
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
		if h, ok := p.r.t.find("pay", p.it.masked[m.End:end], 0); ok && len(sums(p.it.text[m.End:m.End+h.at])) == 0 {
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
	return p.r.t.has("each", p.it.masked[from:money[0].start])
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

// sumsIn returns the sums outside brackets in [from, end).
func (p *itemParser) sumsIn(from, end int) []money {
	if from >= end {
		return nil
	}
	var out []money
	for _, m := range sums(p.it.masked[from:end]) {
		m.start, m.end = m.start+from, m.end+from
		out = append(out, m)
	}
	return out
}

const window = 42 // bytes before a sum that say what it is

// take adds the sums of [from, end) to the current order.
func (p *itemParser) take(from, end, clauseStart int) {
	o, t := p.cur, p.r.t
	if o == nil || from >= end {
		return
	}
	last := from
	if t.has("interest", p.it.masked[from:end]) || strings.ContainsAny(p.it.masked[from:end], "元款金") {
		o.debt = true
	}
	for _, m := range p.sumsIn(from, end) {
		w := p.it.masked[max(last, m.start-window):m.start]
		near := w[max(0, len(w)-27):]
		last = m.end
		if h, ok := t.last("aside", w); ok {
			if strings.HasPrefix(w[h.at:], "其中") {
				p.aside = true
			}
			if len(w)-h.end <= 24 && !t.has("total", w[h.end:]) {
				continue
			}
		}
		if p.paid(from, m) || strings.HasSuffix(w, "所欠") || isMultiple(p.it.masked[m.end:end]) || t.at("base_after", p.it.masked[:end], m.end) > 0 {
			continue
		}
		if p.aside && !t.has("total", near) {
			continue
		}
		if part, ok := p.portion(m.end, end); ok {
			base, f := m.value, part
			o.base, o.fraction = &base, &f
			if m.masked {
				o.masked = true
			}
			continue
		}
		p.add(o, m, w, near)
	}
}

// isMultiple reports 的10倍 behind a price: the multiple is what is owed.
func isMultiple(s string) bool {
	rest, ok := strings.CutPrefix(s, "的")
	if !ok {
		return false
	}
	_, end, _ := numberAt(rest, 0)
	return end > 0 && strings.HasPrefix(rest[end:], "倍")
}

// paid reports whether the clause tells that the sum was paid before: 因已支付原告共计N元.
func (p *itemParser) paid(from int, m money) bool {
	h, ok := p.r.t.last("paid", p.it.masked[from:m.start])
	return ok && m.start-from-h.end < 60
}

// add adds one sum to an order by the words before it.
func (p *itemParser) add(o *Order, m money, w, near string) {
	t := p.r.t
	v := m.value
	switch {
	case m.masked:
		o.masked = true
	case t.has("total", near) && p.coversItem(o, near):
		p.itemTotal(o, v)
	case t.has("total", near):
		if len(o.sums) == 1 && o.each {
			o.single = o.sums[0]
		}
		o.sums, o.interest, o.costs, o.masked, o.base = []float64{v}, 0, 0, false, nil
		o.total = &v
	case endsWith(t, "thus", w) && p.sumOfAll(o, v):
		p.itemTotal(o, v)
	case endsWith(t, "thus", w) && (len(o.sums) > 0 || o.base != nil || o.costs > 0 || o.interest > 0):
		o.sums, o.base, o.interest, o.costs = []float64{v}, nil, 0, 0
	case endsWith(t, "interest", near):
		o.interest += v
	case endsWith(t, "costs", near):
		o.costs += v
	default:
		if o.head == "" {
			o.head = p.headOf(w)
		}
		o.sums = append(o.sums, v)
	}
}

// sumOfAll reports whether a sum is the total of several orders of the item against the same debtors.
func (p *itemParser) sumOfAll(o *Order, v float64) bool {
	n, sum := 0, 0.0
	for _, x := range p.it.Orders {
		if x.Form == "pay" && sameSet(x.Debtors, o.Debtors) && len(x.sums) > 0 {
			n++
			for _, y := range x.sums {
				sum += y
			}
		}
	}
	return n > 1 && math.Abs(sum-v) < 0.011*v
}

// endsWith reports whether the last word of the kind stands at most three characters before the end.
func endsWith(t *table, kind, s string) bool {
	h, ok := t.last(kind, s)
	return ok && len(s)-h.end <= 9
}

// coversItem reports whether a total is of all orders of the item so far, not of one: it begins a clause, and its
// debtors have several orders.
func (p *itemParser) coversItem(o *Order, near string) bool {
	n := 0
	for _, x := range p.it.Orders {
		if x.Form == "pay" && slices.Equal(x.Debtors, o.Debtors) && len(x.sums) > 0 {
			n++
		}
	}
	h, _ := p.r.t.last("total", near)
	lead := strings.Trim(near[:h.at], "\x00")
	return n > 1 && len(o.sums) > 0 && (strings.HasSuffix(lead, ",") || lead == "" || strings.HasSuffix(lead, "以上") || strings.HasSuffix(lead, "上述") || strings.HasSuffix(lead, "两项"))
}

// itemTotal puts the total on the last order and takes the parts from the others.
func (p *itemParser) itemTotal(o *Order, v float64) {
	sum := 0.0
	for _, x := range p.it.Orders {
		if slices.Equal(x.Debtors, o.Debtors) {
			for _, y := range x.sums {
				sum += y
			}
		}
	}
	if v < sum*0.5 {
		return // a total of something else
	}
	for _, x := range p.it.Orders {
		if x != o && slices.Equal(x.Debtors, o.Debtors) {
			x.sums, x.interest, x.costs, x.base = nil, 0, 0, nil
		}
	}
	o.sums = []float64{v}
}

// portion reads 的70% or ×70% right behind a sum.
func (p *itemParser) portion(at, end int) (float64, bool) {
	s := p.it.masked[at:min(end, at+24)]
	trimmed := strings.TrimLeft(s, "\x00")
	if trimmed != s {
		return 0, false
	}
	for _, w := range []string{"的", "×", "*", "x", "按", "损失的"} {
		s = strings.TrimPrefix(s, w)
	}
	for _, x := range percents(s) {
		if x.start == 0 && !followed(s[x.end:], "的利", "计息", "年利", "的年") {
			return x.value, true
		}
	}
	return 0, false
}

// headOf names the head of claim by the words before a sum.
func (p *itemParser) headOf(w string) string {
	for _, k := range []struct{ kind, head string }{{"head_moral", "moral"}, {"head_punitive", "punitive"}, {"head_refund", "refund"}, {"head_costs", "costs"}, {"head_compensation", "compensation"}} {
		if p.r.t.has(k.kind, w) {
			return k.head
		}
	}
	return ""
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
	if k := strings.IndexAny(after, "。;,"); k >= 0 {
		after = after[:k]
	}
	if followed(after, "×", "÷", "*") { // a rate inside a formula
		return 0, false
	}
	if r.t.has("not_part", before) || r.t.has("not_part", after) || x.value <= 0 || x.value > 1 {
		return 0, false
	}
	for _, w := range []string{"×", "*"} {
		if lead, ok := strings.CutSuffix(before, w); ok {
			r, _ := utf8.DecodeLastRuneInString(lead)
			return x.value, strings.ContainsRune("元)]}失计款额0123456789", r) // not 年×10%: a coefficient
		}
	}
	if strings.HasSuffix(before, "元的") {
		return x.value, true
	}
	return x.value, r.t.has("part", before) || r.t.has("part", after)
}

// hold reads 甲对乙享有债权N元: the debtor is the defendant named.
func (p *itemParser) hold(start int, h hit, end int) {
	if !strings.Contains(p.it.masked[h.at:end], "债权") && !strings.Contains(p.it.masked[start:end], "债权") {
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
	o := p.open("declare", who, "", h.at, end)
	if p.r.t.has("hold", p.it.masked) && strings.Contains(p.it.masked, "债权") {
		p.it.Orders = p.it.Orders[:0]
		p.hold(min(from, p.pend), h, end)
		o = p.cur
	}
	_ = o
}

// liable reads 对…承担连带责任 and its kin.
func (p *itemParser) liable(start, subjEnd int, h hit, end int) {
	t := p.r.t
	o := p.open("liable", p.subj, p.name, start, end)
	scope := p.it.masked[subjEnd:end]
	o.joint = t.has("joint", scope)
	o.supplementary = t.has("supplementary", p.it.masked[start:end])
	o.guarantee = t.has("guarantee", scope)
	o.enlarged = t.has("enlarged", scope)
	o.ranged = t.has("range", scope)
	o.each = t.has("each", p.it.masked[subjEnd:min(end, subjEnd+12)])
	o.refs = itemRefs(scope)
	if len(o.refs) == 0 {
		o.refs = itemRefs(p.it.masked[start:end])
	}
	o.refAll = t.has("reference", scope)
	o.objects = p.objects(subjEnd, h.at)
	o.refSelf = strings.Contains(scope, "其所") || strings.Contains(scope, "各自")
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
		case limits(t, after, before):
			o.cap = &v
		case t.has("aside", before) && !t.has("total", before):
		case endsWith(t, "interest", before) || endsWith(t, "costs", before):
		case o.explicit == nil || t.has("total", before):
			o.explicit = &v
		default:
			sum := *o.explicit + v
			o.explicit = &sum
		}
	}
	text := p.it.text[from:end]
	for _, x := range percents(text) {
		if v, ok := p.r.isPart(text, x); ok || followed(text[x.end:], "的范围", "范围", "的部分", "部分", ")") && !p.r.t.has("not_part", text[max(0, x.start-18):x.start]) {
			f := v
			o.fraction = &f
		}
	}
}

// limits reports whether a sum is a limit: 在N元范围内, 以N元为限, 最高额N元.
func limits(t *table, after, before string) bool {
	k := strings.IndexAny(after, ",。;")
	if k < 0 {
		k = len(after)
	}
	h, ok := t.find("range", after[:k], 0)
	return ok && utf8.RuneCountInString(strings.Trim(after[:h.at], "\x00")) <= 12 || strings.HasSuffix(before, "最高额") || strings.HasSuffix(before, "最高限额")
}

// mutual makes the orders of the item joint: 互负连带责任.
func (p *itemParser) mutual(from, end, at int) {
	who, _, _, ok := p.subject(p.pend, at)
	scope := p.it.Orders
	if len(scope) == 0 {
		p.mutualItems(who)
		return
	}
	if refs := itemRefs(p.it.masked[p.pend:end]); len(refs) > 0 {
		scope = nil
		for _, it := range p.it.op.items {
			if slices.Contains(refs, it.No) {
				scope = append(scope, it.Orders...)
			}
		}
	}
	for _, o := range scope {
		if o.Form != "pay" && o.Form != "liable" {
			continue
		}
		if ok && len(who) > 0 && !overlaps(who, o.Debtors) {
			continue
		}
		o.mutual, o.to = true, max(o.to, end)
	}
	if p.cur != nil {
		p.take(from, end, from)
	}
}

// mutualItems makes orders of the items before mutually joint: 甲、乙对上述两项互负连带责任.
func (p *itemParser) mutualItems(who []int) {
	refs := itemRefs(p.it.masked)
	var scope []*Order
	all := slices.Clone(who)
	for _, it := range p.it.op.items[:p.it.No-1] {
		if len(refs) > 0 && !slices.Contains(refs, it.No) {
			continue
		}
		for _, o := range it.Orders {
			if o.Form == "pay" && (len(who) == 0 || overlaps(who, o.Debtors)) && p.onlyDefendants(o.Debtors) {
				scope = append(scope, o)
				all = append(all, others(o.Debtors, all)...)
			}
		}
	}
	p.it.Kind = KindOrder
	for _, o := range scope {
		o.mutual, o.Debtors = true, all
	}
	if len(scope) > 0 {
		o := p.open("liable", all, "", 0, len(p.it.text))
		o.joint, o.empty = true, true
	}
}

func overlaps(a, b []int) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// itemRefs reads the item numbers that a clause names: 第一、二项, 第一项至第三项, 第1项.
func itemRefs(s string) []int {
	var out []int
	add := func(n int) {
		if n > 0 && n < 100 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for i := 0; i < len(s); {
		k := strings.Index(s[i:], "项")
		if k < 0 {
			return out
		}
		end := i + k
		i = end + len("项")
		from := end
		for from > 0 {
			r, n := utf8.DecodeLastRuneInString(s[:from])
			if !strings.ContainsRune("一二三四五六七八九十0123456789、,和及与至到—-第条判项", r) {
				break
			}
			from -= n
		}
		run := s[from:end]
		if strings.Contains(run, "条") {
			continue
		}
		prev, through := 0, false
		for j := 0; j < len(run); {
			v, e, _ := numberAt(run, j)
			if e == 0 {
				r, n := utf8.DecodeRuneInString(run[j:])
				through = through || strings.ContainsRune("至到—-", r)
				j += n
				continue
			}
			if through && prev > 0 && int(v) > prev && int(v)-prev < 40 {
				for x := prev + 1; x < int(v); x++ {
					add(x)
				}
			}
			add(int(v))
			prev, through, j = int(v), false, e
		}
		if prev > 0 && (strings.HasPrefix(s[i:], "至第") || strings.HasPrefix(s[i:], "到第")) {
			if v, e, _ := numberAt(s, i+len("至第")); e > 0 && int(v)-prev < 40 {
				for x := prev + 1; x <= int(v); x++ {
					add(x)
				}
			}
		}
	}
	return out
}

// free reads 某丙不承担责任: an express none.
func (p *itemParser) free(from, end, at int) {
	nos, name, _, ok := p.subject(p.pend, at)
	if !ok {
		return
	}
	cur := p.cur
	p.open("free", nos, name, p.pend, end)
	p.cur = cur
}

// dismiss reads 驳回…诉讼请求.
func (p *itemParser) dismiss(from, end int) {
	t, s := p.r.t, p.it.masked[from:end]
	h, _ := t.find("dismiss", s, 0)
	if len(p.it.Orders) == 0 || p.it.Kind == "" {
		p.it.Kind = KindDismiss
	}
	d := &Order{Form: "dismiss", from: from, to: end, item: p.it}
	for _, m := range p.between(from, end) {
		before := p.it.masked[from:m.Start]
		if strings.HasSuffix(before, "对") || strings.HasSuffix(before, "要求") || strings.HasSuffix(before, "判令") || strings.HasSuffix(before, "请求") || len(d.Debtors) > 0 && isList(p.it.masked[prevEnd(p.it.mentions, m):m.Start]) || strings.HasSuffix(before, "对于") || strings.HasSuffix(before, "针对") {
			for _, no := range m.Nos {
				if p.r.parties[no].Role != party.Plaintiff {
					d.Debtors = append(d.Debtors, no)
				}
			}
		}
	}
	tail := s[h.end:]
	d.Rule = "dismiss-all"
	if t.has("rest", tail) || t.has("rest", s) {
		d.Rule = "dismiss-rest"
	}
	if len(d.Debtors) > 0 && d.Rule == "dismiss-all" {
		d.Rule = "dismiss-against"
	}
	if c, ok := t.find("counterclaim", s, 0); ok {
		if plain := strings.Contains(s[:c.at], "诉讼请求"); !plain {
			d.Rule = strings.Replace(d.Rule, "dismiss", "dismiss-counter", 1)
		} else {
			p.it.Orders = append(p.it.Orders, &Order{Form: "dismiss", Rule: "dismiss-counter-all", from: from, to: end, item: p.it})
		}
	} else if p.byDefendant(from+h.end, end) {
		d.Rule = strings.Replace(d.Rule, "dismiss", "dismiss-counter", 1)
	}
	p.it.Orders = append(p.it.Orders, d)
}

// byDefendant reports whether the dismissed claim is a defendant's: a defendant stands first behind 驳回.
func (p *itemParser) byDefendant(from, end int) bool {
	ms := p.between(from, end)
	return len(ms) > 0 && p.r.counter && p.onlyDefendants(ms[0].Nos) && !strings.HasSuffix(p.it.masked[:ms[0].Start], "对")
}

func prevEnd(ms []party.Mention, m party.Mention) int {
	i, _ := slices.BinarySearchFunc(ms, m.Start, func(x party.Mention, at int) int { return x.Start - at })
	if i > 0 {
		return ms[i-1].End
	}
	return m.Start
}

// priority reads a security: its owner only tolerates realisation.
func (p *itemParser) priority(from, end, at int) {
	var who []int
	for _, m := range p.between(p.pend, end) {
		after := p.it.masked[m.End:min(len(p.it.masked), m.End+12)]
		if !followed(after, "名下", "所有", "提供", "持有", "的", "抵押", "质押", "位于", "坐落", "登记") {
			continue
		}
		for _, no := range m.Nos {
			if p.r.parties[no].Role != party.Plaintiff && !slices.Contains(who, no) {
				who = append(who, no)
			}
		}
	}
	if len(who) == 0 {
		return
	}
	cur := p.cur
	p.open("priority", who, "", p.pend, end)
	if cur != nil {
		p.cur = cur
	}
}
