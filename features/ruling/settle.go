package ruling

import (
	"math"
	"slices"
	"strings"

	"caipan/features/party"
	"caipan/model/judgment"
)

// settle gives the orders of one operative part their labels and amounts, in the order of the items, so that a
// reference (上述第一项) finds what it refers to.
func (r *reader) settle(o *operative) {
	for _, it := range o.items {
		for _, x := range it.Orders {
			x.Span = o.v.span(r.canonical, it.at+x.from, it.at+min(max(x.to, x.from), len(it.text)))
			switch x.Form {
			case "pay", "act":
				r.settlePay(x)
			case "liable":
				r.settleLiable(o, it, x)
			case "declare":
				x.Label, x.Rule = judgment.LabelNonmoney, "declare"
			case "priority":
				x.Label, x.Rule = judgment.LabelNonmoney, "security"
			}
		}
		r.mutuals(it)
	}
}

// settlePay decides label and amount of an order to pay or do.
func (r *reader) settlePay(o *Order) {
	n := len(o.Debtors)
	rule := ""
	switch {
	case o.Form == "act":
		o.Label, rule = judgment.LabelNonmoney, "act"
	case o.supplementary:
		o.Label, rule = judgment.LabelSupplementary, "pay-supplementary"
	case o.joint || o.mutual:
		o.Label, rule = judgment.LabelJoint, "pay-joint"
	case o.equitable:
		o.Label, rule = judgment.LabelEquitable, "pay-equitable"
	case r.insurers(o):
		o.Label, rule = judgment.LabelInsurer, "pay-insurer"
	case n > 1 && !o.each:
		o.Label, rule = judgment.LabelJointPlain, "pay-side-by-side"
		if o.common {
			rule = "pay-common"
		}
	case n > 1 && o.each || o.graded():
		o.Label, rule = judgment.LabelShare, "pay-each"
	default:
		o.Label, rule = judgment.LabelOwn, "pay-own"
	}
	if o.Rule == "" {
		o.Rule = rule
	}
	o.Amount = o.mainSum()
	if o.Amount != nil && o.cases > 1 {
		all := *o.Amount * float64(o.cases)
		o.Amount = &all
	}
	r.eachSum(o)
}

// graded reports whether the order names the debtor's degree of liability: 承担次要责任.
func (o *Order) graded() bool {
	words := o.item.text[o.from:min(o.to, len(o.item.text))]
	for _, w := range []string{"承担主要责任", "承担次要责任", "承担同等责任", "承担按份责任"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// mainSum is the main sum of an order: its sums, else the portion of a base, else interest alone.
func (o *Order) mainSum() *float64 {
	v := 0.0
	for _, s := range o.sums {
		v += s
	}
	switch {
	case o.masked && o.total == nil:
		return nil
	case len(o.sums) > 0:
	case o.base != nil && o.fraction != nil:
		v = *o.base * *o.fraction
	default:
		return nil
	}
	if len(o.sums) > 0 && o.costs > 0 && !strings.Contains(o.item.text[o.from:min(o.to, len(o.item.text))], "借款") && !strings.Contains(o.item.text[o.from:min(o.to, len(o.item.text))], "本金") {
		v += o.costs // costs named beside damages in one order belong to it; an item of its own does not
	}
	v = math.Round(v*100) / 100
	return &v
}

// eachSum spreads sums that each debtor pays or each creditor gets.
func (r *reader) eachSum(o *Order) {
	n := len(o.Debtors)
	if !o.each || o.Amount == nil {
		return
	}
	switch {
	case n > 1 && len(o.sums) == n && o.total == nil:
		o.Each = map[int]float64{}
		for i, no := range o.Debtors {
			o.Each[no] = o.sums[i]
		}
	case n > 1 && o.total != nil && (o.single > 0 || *o.Amount > 0):
		one := *o.Amount / float64(n)
		if o.single > 0 {
			one = o.single
		}
		o.Each = map[int]float64{}
		for _, no := range o.Debtors {
			o.Each[no] = one
		}
	case n > 1:
		o.Each = map[int]float64{}
		for _, no := range o.Debtors {
			o.Each[no] = *o.Amount
		}
		all := *o.Amount * float64(n)
		o.Amount = &all
	case n == 1 && len(o.creditors) > 1 && len(o.sums) == 1 && o.total == nil:
		all := *o.Amount * float64(len(o.creditors))
		o.Amount = &all
	}
}

// insurers reports whether all debtors are insurers who pay as such.
func (r *reader) insurers(o *Order) bool {
	if len(o.Debtors) == 0 {
		return false
	}
	for _, no := range o.Debtors {
		if !r.isInsurer(no) {
			return false
		}
	}
	words := o.item.text[o.from:min(o.to, len(o.item.text))]
	if dissolvesPolicy(o.item.op) && !strings.Contains(words, "保险金") {
		return false
	}
	if r.t.has(wInsurerStrong, words) {
		return true
	}
	return r.t.has(wInsurerWords, words) && !r.t.has(wInsurerOrdinary, words) || !r.t.has(wInsurerOrdinary, words) && r.t.has(wInsurerName, r.h.Cause)
}

// dissolvesPolicy reports whether the operative part ends the insurance contract: what the insurer then pays is a refund.
func dissolvesPolicy(op *operative) bool {
	s := op.v.s
	return strings.Contains(s, "保险合同") && (strings.Contains(s, "予以解除") || strings.Contains(s, "解除原告") || strings.Contains(s, "一、解除"))
}

func (r *reader) isInsurer(no int) bool {
	p := &r.parties[no]
	return p.Kind == "organization" && r.t.has(wInsurerName, p.Name)
}

// settleLiable decides label, limit and amount of 对…承担…责任.
func (r *reader) settleLiable(op *operative, it *Item, o *Order) {
	base := r.referred(op, it, o)
	if !o.joint && !o.supplementary && r.t.has(wSecurity, it.text[o.from:min(o.to, len(it.text))]) {
		o.Label, o.Rule = judgment.LabelNonmoney, "security"
		return
	}
	switch {
	case o.joint && (o.cap != nil || o.fraction != nil || o.enlarged || o.ranged && o.explicit == nil):
		o.Label, o.Rule = judgment.LabelJointLimited, "liable-joint-limited"
	case o.joint && o.explicit != nil && base != nil && *o.explicit < *base-0.5 && (len(o.refs) > 0 || len(o.objects) > 0):
		o.Label, o.Rule, o.cap = judgment.LabelJointLimited, "liable-joint-less", o.explicit
	case o.joint:
		o.Label, o.Rule = judgment.LabelJoint, "liable-joint"
	case o.supplementary:
		o.Label, o.Rule = judgment.LabelSupplementary, "liable-supplementary"
	case len(o.Debtors) > 1 && !o.each:
		o.Label, o.Rule = judgment.LabelJointPlain, "liable-side-by-side"
	default:
		o.Label, o.Rule = judgment.LabelOwn, "liable-own"
	}
	if o.empty {
		return
	}
	o.Amount = r.liableSum(o, base)
	if o.Amount == nil && !o.masked && base == nil {
		o.Amount = quoted(it, o)
	}
	if o.Label == judgment.LabelJoint {
		r.absorb(it, o)
	}
}

// liableSum is the sum for which a party stands: the sum named, else the sums referred to, cut by the limit.
func (r *reader) liableSum(o *Order, base *float64) *float64 {
	if o.masked {
		return nil
	}
	v := base
	if o.explicit != nil {
		v = o.explicit
	}
	if o.fraction != nil && o.cap == nil && o.explicit == nil && v != nil {
		x := math.Round(*v**o.fraction*100) / 100
		return &x
	}
	if o.cap != nil && (v == nil || *o.cap < *v || o.explicit != nil && base == nil) {
		return o.cap
	}
	return v
}

// referred sums what the clause refers to: the items named, the debts of the parties named, or all before it.
func (r *reader) referred(op *operative, it *Item, o *Order) *float64 {
	var from []*Item
	for _, n := range o.refs {
		from = append(from, r.lowerItems(op, n, it)...)
	}
	if len(from) == 0 && !o.refAll && len(o.objects) == 0 && r.owedInItem(it, o) {
		from = append(from, it) // A赔偿…，B承担补充责任: the item's own order is meant
	}
	if len(from) == 0 && (o.refAll || len(o.objects) > 0 || o.joint || o.supplementary) {
		for _, x := range op.items[:it.No] {
			from = append(from, x)
			for _, a := range x.actions {
				if a.kind != "affirm" {
					continue
				}
				for _, ref := range a.refs {
					if low := r.lowerItems(op, x.No, x); len(low) > 0 && ref > 0 {
						from = append(from, low...)
						break
					}
				}
			}
		}
	}
	total, found := 0.0, false
	for _, x := range from {
		if fresh := r.replaced[x]; fresh != nil {
			x = fresh
		}
		for _, y := range x.Orders {
			if y != o && y.Form == "pay" && y.masked && y.Amount == nil && (len(o.objects) == 0 || overlaps(y.Debtors, o.objects)) {
				return nil
			}
			if y == o || y.Form != "pay" && !(y.Form == "liable" && len(o.refs) > 0 && len(x.Orders) == 1) || y.Amount == nil {
				continue
			}
			if sameSet(y.Debtors, o.Debtors) && len(o.refs) == 0 || !overlaps(y.Debtors, others(y.Debtors, o.Debtors)) && len(y.Debtors) > 0 && len(o.refs) == 0 {
				continue
			}
			if overlapsOnly(o.Debtors, y.Debtors) {
				continue // the debtor owes that order himself: it counts there
			}
			if len(o.objects) > 0 && len(o.refs) == 0 && !overlaps(y.Debtors, o.objects) && !(len(y.Debtors) == 0) {
				continue
			}
			if len(y.Debtors) == 1 && r.parties[y.Debtors[0]].Role == party.Plaintiff {
				continue
			}
			if len(o.refs) > 0 && len(o.objects) > 0 && overlapsOnly(y.Debtors, o.Debtors) {
				continue
			}
			total, found = total+*y.Amount, true
		}
	}
	if !found {
		return nil
	}
	total = math.Round(total*100) / 100
	return &total
}

// owedInItem reports whether an order of another debtor stands in the same item.
func (r *reader) owedInItem(it *Item, o *Order) bool {
	for _, x := range it.Orders {
		if x != o && x.Form == "pay" && x.Amount != nil && len(others(x.Debtors, o.Debtors)) > 0 {
			return true
		}
	}
	return false
}

// others are the debtors of an order who are not in set.
func others(debtors, set []int) []int {
	var out []int
	for _, d := range debtors {
		if !slices.Contains(set, d) {
			out = append(out, d)
		}
	}
	return out
}

func overlapsOnly(a, set []int) bool { return len(a) > 0 && len(others(a, set)) == 0 }

func sameSet(a, b []int) bool {
	return len(a) == len(b) && len(others(a, b)) == 0
}

// absorb takes up own portions that a joint clause of the same item covers: 甲赔1元，乙赔2元，甲、乙对共计3元承担连带责任.
func (r *reader) absorb(it *Item, o *Order) {
	total := 0.0
	var own []*Order
	for _, x := range it.Orders {
		if x == o {
			break
		}
		if x.Form == "pay" && x.Amount != nil && overlapsOnly(x.Debtors, o.Debtors) {
			own = append(own, x)
			total += *x.Amount
		}
	}
	if len(own) == 0 || o.explicit != nil && math.Abs(*o.explicit-total) > 0.01*total || o.explicit == nil && !o.refSelf {
		return
	}
	for _, x := range own {
		x.absorbed = true
	}
	o.parts = len(own)
	o.Amount = &total
}

// mutuals makes the sums of mutually joint orders of one item one sum for all.
func (r *reader) mutuals(it *Item) {
	var group []*Order
	total := 0.0
	var who []int
	for _, o := range it.Orders {
		if o.mutual && o.Form == "pay" && o.Amount != nil {
			group = append(group, o)
			total += *o.Amount
			who = append(who, others(o.Debtors, who)...)
		}
	}
	if len(group) == 0 {
		return
	}
	total = math.Round(total*100) / 100
	for i, o := range group {
		o.Label, o.Rule, o.Each = judgment.LabelJoint, "mutual", nil
		if i == 0 {
			o.Debtors, o.Amount = who, &total
		} else {
			o.absorbed = true
		}
	}
}

// quoted is the first sum that the clause quotes of another judgment whose debt it means.
func quoted(it *Item, o *Order) *float64 {
	words := it.text[o.from:min(o.to, len(it.text))]
	k := strings.Index(words, "“")
	if k < 0 {
		return nil
	}
	for _, m := range sums(words[k:]) {
		if !m.masked {
			v := m.value
			return &v
		}
	}
	return nil
}
