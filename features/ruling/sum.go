package ruling

import (
	"math"
	"slices"
	"strings"
)

// sumsIn returns the sums outside brackets in [from, end).
func (p *itemParser) sumsIn(from, end int) []money {
	if from >= end {
		return nil
	}
	p.r.work += end - from
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
	if t.has(wInterest, p.it.masked[from:end]) || strings.ContainsAny(p.it.masked[from:end], "元款金") {
		o.debt = true
	}
	for _, m := range p.sumsIn(from, end) {
		w := p.it.masked[max(last, m.start-window):m.start]
		near := w[max(0, len(w)-27):]
		last = m.end
		if h, ok := t.last(wAside, w); ok {
			if strings.HasPrefix(w[h.at:], "其中") {
				p.aside = true
			}
			if len(w)-h.end <= 24 && !t.has(wTotal, w[h.end:]) {
				continue
			}
		}
		if p.paid(from, m) || strings.HasSuffix(w, "所欠") || isMultiple(p.it.masked[m.end:end]) || t.at(wBaseAfter, p.it.masked[:end], m.end) > 0 {
			continue
		}
		if p.aside && !t.has(wTotal, near) {
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
	h, ok := p.r.t.last(wPaid, p.it.masked[from:m.start])
	return ok && m.start-from-h.end < 60
}

// add adds one sum to an order by the words before it.
func (p *itemParser) add(o *Order, m money, w, near string) {
	t := p.r.t
	v := m.value
	switch {
	case m.masked:
		o.masked = true
	case t.has(wTotal, near) && p.coversItem(o, near):
		p.itemTotal(o, v)
	case t.has(wTotal, near):
		if len(o.sums) == 1 && o.each {
			o.single = o.sums[0]
		}
		o.sums, o.interest, o.costs, o.masked, o.base = []float64{v}, 0, 0, false, nil
		o.total = &v
	case endsWith(t, wThus, w) && p.sumOfAll(o, v):
		p.itemTotal(o, v)
	case endsWith(t, wThus, w) && (len(o.sums) > 0 || o.base != nil || o.costs > 0 || o.interest > 0):
		o.sums, o.base, o.interest, o.costs = []float64{v}, nil, 0, 0
	case endsWith(t, wInterest, near):
		o.interest += v
	case endsWith(t, wCosts, near):
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
func endsWith(t *table, kind wordKind, s string) bool {
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
	h, _ := p.r.t.last(wTotal, near)
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

// heads are the kinds of claim, the more special first.
var heads = []struct {
	kind wordKind
	head string
}{{wHeadMoral, "moral"}, {wHeadPunitive, "punitive"}, {wHeadRefund, "refund"}, {wHeadCosts, "costs"}, {wHeadCompensation, "compensation"}}

// headOf names the head of claim by the words before a sum.
func (p *itemParser) headOf(w string) string {
	for _, k := range heads {
		if p.r.t.has(k.kind, w) {
			return k.head
		}
	}
	return ""
}
