package ruling

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"caipan/features/party"
	"caipan/model/judgment"
)

// severity is the codebook's order of labels for a party with several.
var severity = []string{judgment.LabelJoint, judgment.LabelJointPlain, judgment.LabelJointLimited, judgment.LabelShare, judgment.LabelSupplementary,
	judgment.LabelInsurer, judgment.LabelOwn, judgment.LabelEquitable, judgment.LabelNonmoney}

// rows makes the rows of all parties: the main row, then its heads.
func (r *reader) rows(st *state) []judgment.Ruling {
	w := r.hear(st, r.voices(st))
	r.shares(st, w)
	w.recourse = r.recourses(w.heard)
	var out []judgment.Ruling
	for i := range r.parties {
		main, ok := r.row(st, w, i)
		if !ok {
			continue
		}
		out = append(out, main)
		out = append(out, r.heads(st, i, main)...)
	}
	return append(out, r.strangers(st)...)
}

// voices are the instances whose reasoning is heard: the deciding one last, so that it prevails.
func (r *reader) voices(st *state) []string {
	own := r.parts[len(r.parts)-1].instance
	if own == instFirst {
		return []string{own}
	}
	return []string{instFirst, instSecond, own}
}

// orders are the standing orders that bind a party.
func (st *state) orders(no int) []*Order {
	var out []*Order
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form != "dismiss" && o.Form != "free" && o.Form != "reject" && !o.absorbed && slices.Contains(o.Debtors, no) {
				out = append(out, o)
			}
		}
	}
	return out
}

// row makes the main row of a party; false where the party has none: a plaintiff or guardian whom nothing binds.
func (r *reader) row(st *state, w *witness, no int) (judgment.Ruling, bool) {
	p := &r.parties[no]
	row := judgment.Ruling{PartyNo: no, PartyName: p.Name, Role: p.Role, Via: r.via(st)}
	orders := st.orders(no)
	switch p.Role {
	case party.Plaintiff:
		if !r.counterOrdered(st, no, orders) {
			return row, false
		}
		row.Role = "counter_defendant"
	case party.Guardian, party.Other:
		if len(orders) == 0 || !pecuniary(orders) {
			return row, false
		}
	}
	if out := r.outOfScope(st, no); out != nil && len(orders) == 0 {
		row.Label, row.Rule, row.Why = judgment.LabelOutOfScope, "out-of-scope", "no decision on the merits for this party"
		return row, true
	}
	if label, rule, why := r.noMerits(st); label != "" && len(orders) == 0 && (p.Role == party.Defendant || label == judgment.LabelOutOfScope) {
		row.Label, row.Rule, row.Why = label, rule, why
		return row, true
	}
	if len(orders) == 0 {
		r.noneRow(st, no, &row)
		return row, true
	}
	r.fill(&row, orders, w, no)
	return row, true
}

func pecuniary(orders []*Order) bool {
	for _, o := range orders {
		if o.Label != judgment.LabelNonmoney {
			return true
		}
	}
	return false
}

// via is how a party without orders came to its none.
func (r *reader) via(st *state) string {
	switch {
	case len(r.parts) == 1 && r.parts[0].instance == instFirst:
		return "own"
	case st.quashed:
		return "reversed"
	}
	return "affirmed"
}

// counterOrdered reports whether a plaintiff is bound by a counter-claim that was at least partly granted.
func (r *reader) counterOrdered(st *state, no int, orders []*Order) bool {
	if len(orders) == 0 || !r.hasCounterClaim() {
		return false
	}
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Rule == "dismiss-counter-all" || o.Rule == "dismiss-counter-against" {
				return false
			}
		}
	}
	for _, o := range orders {
		if o.Label != judgment.LabelNonmoney || o.Form == "act" {
			return true
		}
	}
	return false
}

// outOfScope returns the reason why there is no decision on the merits, nil if there is one.
func (r *reader) outOfScope(st *state, no int) *Order {
	if st.remanded {
		return &Order{Form: "remand"}
	}
	for _, o := range st.reject {
		if len(o.Debtors) == 0 || slices.Contains(o.Debtors, no) {
			return o
		}
	}
	return nil
}

// noMerits tells where the text decides nothing on the merits (a procedural order) or keeps a judgment that it does
// not quote; label is empty where it decides.
func (r *reader) noMerits(st *state) (label, rule, why string) {
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form != "declare" && (o.Form != "dismiss" || r.h.DocType != "order" || strings.Contains(it.text, "诉讼请求")) {
				return "", "", ""
			}
			if r.h.DocType != "order" {
				return "", "", ""
			}
		}
	}
	own := r.parts[len(r.parts)-1]
	for _, it := range own.items {
		if it.Kind == KindAffirm && (r.h.DocType != "order" || strings.Contains(it.text, "再审") || strings.Contains(it.text, "申诉")) {
			return judgment.LabelUnknown, "not-quoted", "the judgment below is kept but not quoted in the text"
		}
	}
	if r.h.DocType == "order" {
		return judgment.LabelOutOfScope, "procedural", "an order of procedure without decision on the merits"
	}
	return "", "", ""
}

// noneRow fills the row of a party that nothing binds.
func (r *reader) noneRow(st *state, no int, row *judgment.Ruling) {
	p := &r.parties[no]
	if p.Role == party.ThirdParty && !r.everOrdered(no) {
		row.Label, row.Rule, row.Why = judgment.LabelNotClaimed, "third-party-silent", "third party, nothing ordered"
		return
	}
	if p.Role == party.Defendant && r.withdrawnAgainst(no) {
		row.Label, row.Rule, row.Why = judgment.LabelNotClaimed, "withdrawn", "the action against this party was withdrawn"
		return
	}
	row.Label, row.Implicit, row.Rule, row.Why = judgment.LabelNone, true, "none-silent", "no item binds this party"
	for _, it := range st.standing {
		for _, o := range it.Orders {
			express := o.Form == "free" && slices.Contains(o.Debtors, no) || o.Form == "dismiss" && (slices.Contains(o.Debtors, no) || o.Rule == "dismiss-all")
			if !express {
				continue
			}
			row.Implicit, row.Rule, row.Why = false, "none-express", fmt.Sprintf("item %d dismisses the claim against this party", it.No)
			row.Span, row.Quote, row.Via = o.Span, o.Span.Of(r.canonical), it.Via
		}
	}
}

// everOrdered reports whether any instance bound the party.
func (r *reader) everOrdered(no int) bool {
	for _, op := range r.parts {
		for _, it := range op.items {
			for _, o := range it.Orders {
				if (o.Form == "pay" || o.Form == "liable" || o.Form == "act") && slices.Contains(o.Debtors, no) {
					return true
				}
			}
		}
	}
	return false
}

// fill fills the row of a party with orders: the most severe label of money rules, sums add up.
func (r *reader) fill(row *judgment.Ruling, orders []*Order, w *witness, no int) {
	main := orders[0]
	for _, o := range orders[1:] {
		if rank(o) < rank(main) || rank(o) == rank(main) && larger(o.amountFor(no), main.amountFor(no)) {
			main = o
		}
	}
	row.Label, row.Rule, row.Via = main.Label, main.Rule, main.item.Via
	row.Span = main.Span
	row.Quote = main.Span.Of(r.canonical)
	if row.Recourse = main.recourse; row.Recourse == "" && (main.Form == "pay" || main.Form == "liable") {
		row.Recourse = w.recourse[no]
	}
	total, found, masked := 0.0, false, false
	for _, o := range orders {
		if o.Label != main.Label && !slices.Contains(row.Also, o.Label) && o.Form != "declare" {
			row.Also = append(row.Also, o.Label)
		}
		if !slices.Contains(row.Items, o.item.No) {
			row.Items = append(row.Items, o.item.No)
		}
		if o.Form == "act" {
			row.Nonmoney = append(row.Nonmoney, o.Span.Of(r.canonical))
		}
		if v := o.amountFor(no); v != nil && o.Label != judgment.LabelNonmoney {
			total, found = total+*v, true
		}
		masked = masked || o.masked && o.total == nil
	}
	if found && !masked {
		total = math.Round(total*100) / 100
		row.Amount = &total
	}
	if !found && !masked && main.Label != judgment.LabelNonmoney {
		row.Amount = interestOnly(orders)
	}
	slices.Sort(row.Items)
	row.CapAmount, row.Fraction = main.cap, r.fractionOf(main, w, no)
	if v := r.listedCap(main, no); v != nil {
		row.CapAmount = v
		if len(orders) == 1 {
			row.Amount = v
		}
	}
	if main.cap == nil && (main.Label == judgment.LabelSupplementary || main.Label == judgment.LabelJointLimited) {
		row.CapFraction = main.fraction
	}
	if row.Label == judgment.LabelShare || slices.Contains(row.Also, judgment.LabelShare) {
		row.ShareBasis = r.basis(main, no)
	}
	if main.enlarged {
		row.Scope = "enlarged"
	} else if row.Label == judgment.LabelJoint {
		row.Scope = "full"
	} else if row.Label != judgment.LabelOwn && r.t.has(wScopeDuty, foldPlain(row.Quote)) {
		row.Scope = "duty"
	}
	row.Why = fmt.Sprintf("item %d, rule %s", main.item.No, main.Rule)
}

// rank orders labels by the codebook; an order without any sum comes behind one with a sum of the same label.
func rank(o *Order) int {
	n := 2 * slices.Index(severity, o.Label)
	if n < 0 {
		n = 2 * len(severity)
	}
	if o.Form == "declare" {
		n++
	}
	return n
}

func larger(a, b *float64) bool { return a != nil && (b == nil || *a > *b) }

func (o *Order) amountFor(no int) *float64 {
	if v, ok := o.Each[no]; ok {
		return &v
	}
	return o.Amount
}

// interestOnly is the sum of interest or costs where a party owes nothing else.
func interestOnly(orders []*Order) *float64 {
	interest, costs := 0.0, 0.0
	for _, o := range orders {
		interest += o.interest
		costs += o.costs
	}
	switch {
	case interest > 0:
		return &interest
	case costs > 0:
		return &costs
	}
	return nil
}

// heads are the rows of single heads of claim beneath a party's main row.
func (r *reader) heads(st *state, no int, main judgment.Ruling) []judgment.Ruling {
	var out []judgment.Ruling
	for _, o := range st.orders(no) {
		if o.Form == "declare" || o.Form == "priority" {
			continue
		}
		h := judgment.Ruling{PartyNo: no, PartyName: main.PartyName, Role: main.Role, HeadNo: len(out) + 1, HeadKind: o.head, Label: o.Label, Via: o.item.Via,
			Amount: o.amountFor(no), Fraction: o.fraction, CapAmount: o.cap, Items: []int{o.item.No}, Span: o.Span, Quote: o.Span.Of(r.canonical),
			Rule: o.Rule, ShareBasis: main.ShareBasis, Recourse: o.recourse}
		if o.Form == "act" {
			h.HeadKind = "nonmoney"
		}
		out = append(out, h)
	}
	return out
}

// strangers are orders against names that fit no party: rows without a party.
func (r *reader) strangers(st *state) []judgment.Ruling {
	var out []judgment.Ruling
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if len(o.Debtors) > 0 || o.Name == "" || o.Form != "pay" && o.Form != "liable" {
				continue
			}
			out = append(out, judgment.Ruling{PartyNo: -1, PartyName: o.Name, Role: "other", Label: o.Label, Via: it.Via, Amount: o.Amount, Items: []int{it.No},
				Span: o.Span, Quote: o.Span.Of(r.canonical), Rule: "unresolved-debtor", Why: "no party has this name"})
			r.note("order against a name that fits no party: " + o.Name)
		}
	}
	return out
}
