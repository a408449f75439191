package ruling

import (
	"slices"
	"strings"

	"caipan/features/party"
	"caipan/model/judgment"
)

// shares turns bare sums into shares where the item or the reasoning says that the debtor bears a portion only.
func (r *reader) shares(st *state, w *witness) {
	sole := r.soleGroup(st)
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form != "pay" || len(o.Debtors) == 0 || r.parties[o.Debtors[0]].Role == party.Plaintiff && !r.hasCounterClaim() {
				continue
			}
			if o.Label != judgment.LabelOwn || o.head == "refund" && o.fraction == nil && !r.tort() && !w.splits(o.Debtors[0]) {
				continue
			}
			if f, why := r.portionOf(o, w, sole); f != nil && *f < 0.9995 {
				o.Label, o.Rule = judgment.LabelShare, why
			}
		}
	}
	r.bareSums(st, w)
}

// splits reports whether the reasoning divides the loss and names the debtor's portion.
func (w *witness) splits(no int) bool {
	_, ok := w.parts[no]
	return ok && len(w.parts) > 1 && w.says(wSeveral)
}

// portionOf finds the portion of an order: in the item, by its sum in the reasoning, by the debtor's name there, or
// as the rest of what the plaintiff bears himself.
func (r *reader) portionOf(o *Order, w *witness, sole bool) (*float64, string) {
	if o.fraction != nil {
		return o.fraction, "share-item"
	}
	if o.Amount != nil && len(w.lines) > 0 && (r.tort() || w.says(wSeveral) || w.says(wOwnFault)) {
		for _, no := range o.Debtors {
			if v := o.amountFor(no); v != nil {
				if f := w.bySum(r, no, *v); f != nil {
					return f, "share-sum-in-reasoning"
				}
			}
		}
	}
	if f, ok := w.parts[o.Debtors[0]]; ok {
		return &f, "share-reasoning"
	}
	if w.plaintiff != nil && sole && *w.plaintiff < 1 {
		f := roundPart(1 - *w.plaintiff)
		return &f, "share-own-fault"
	}
	return nil, ""
}

// soleGroup reports whether all money orders bind the same debtors, insurers aside.
func (r *reader) soleGroup(st *state) bool {
	var who []int
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form != "pay" || o.Label == judgment.LabelInsurer || len(o.Debtors) == 0 || r.parties[o.Debtors[0]].Role == party.Plaintiff {
				continue
			}
			if who != nil && !sameSet(who, o.Debtors) {
				return false
			}
			who = o.Debtors
		}
	}
	return who != nil
}

// bareSums makes two or more own sums for one loss shares where the reasoning speaks of portions without numbers or
// one of the debtors is known to bear a portion.
func (r *reader) bareSums(st *state, w *witness) {
	split := false
	var own []*Order
	seen := map[int]bool{}
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form == "pay" && (o.Label == judgment.LabelOwn || o.Label == judgment.LabelShare) && o.head == "compensation" && len(o.Debtors) > 0 && r.parties[o.Debtors[0]].Role != party.Plaintiff {
				own = append(own, o)
				split = split || o.Label == judgment.LabelShare
				seen[o.Debtors[0]] = true
			}
		}
	}
	if len(seen) < 2 || !r.tort() || !split && !w.says(wSeveral) {
		return
	}
	for _, o := range own {
		if o.Label == judgment.LabelOwn {
			o.Label, o.Rule = judgment.LabelShare, "share-several-words"
		}
	}
}

// tort reports whether the cause of action is one of harm rather than of contract.
func (r *reader) tort() bool {
	for _, w := range []string{"权纠纷", "责任纠纷", "损害", "侵权", "人身", "事故", "健康", "生命"} {
		if strings.Contains(r.h.Cause, w) {
			return true
		}
	}
	return r.h.Cause == ""
}

// fractionOf is the portion coded beside a label.
func (r *reader) fractionOf(o *Order, w *witness, no int) *float64 {
	if o.fraction != nil {
		return o.fraction
	}
	switch o.Label {
	case judgment.LabelNonmoney, judgment.LabelEquitable:
		return nil
	case judgment.LabelSupplementary, judgment.LabelJointLimited:
		return w.limitOf(no)
	}
	if o.parts > 0 {
		f := roundPart(r.sumOfParts(o, w))
		if f > 0 {
			return &f
		}
	}
	if v := o.amountFor(no); v != nil {
		if f := w.bySum(r, no, *v); f != nil && *f <= 1 {
			return f
		}
	}
	if f, ok := w.parts[no]; ok {
		return &f
	}
	if f, ok := w.behindOf[no]; ok && o.Label == judgment.LabelShare {
		return &f
	}
	if o.Label == judgment.LabelShare && w.plaintiff != nil && *w.plaintiff < 1 {
		f := roundPart(1 - *w.plaintiff)
		return &f
	}
	return nil
}

// basis says who bears the other portions: others or the victim only.
func (r *reader) basis(o *Order, no int) string {
	for _, op := range r.parts {
		for _, it := range op.items {
			if it.Via == "" {
				continue
			}
			for _, x := range it.Orders {
				if x.Form != "pay" && x.Form != "liable" {
					continue
				}
				for _, d := range x.Debtors {
					if d != no && !slices.Contains(o.Debtors, d) && r.parties[d].Role != party.Plaintiff && !r.isInsurer(d) {
						return "others"
					}
				}
			}
		}
	}
	return "victim_only"
}

// withdrawnAgainst reports whether the action against a defendant was withdrawn.
func (r *reader) withdrawnAgainst(no int) bool {
	if r.withdrawn == nil {
		r.withdrawn = map[int]bool{}
		for _, s := range r.secs {
			if s.Kind != judgment.SecDisposition && s.Kind != judgment.SecHead && s.Kind != judgment.SecParties {
				r.readWithdrawn(s.Span.Of(r.canonical))
			}
		}
	}
	return r.withdrawn[no]
}

// readWithdrawn notes the defendants against whom a section says the action was withdrawn.
func (r *reader) readWithdrawn(body string) {
	r.scanned = r.t.leaves.scan(body, r.scanned[:0])
	r.plain.arrange(body, r.scanned)
	for from := 0; len(r.scanned) > 0; {
		h, ok := r.plain.find(wWithdrawn, 0, len(body), from)
		if !ok {
			return
		}
		from = h.end
		end := min(len(body), h.end+300)
		if k := strings.IndexAny(body[h.end:end], "。；，,"); k >= 0 {
			end = h.end + k
		}
		words := body[h.end:end]
		if !strings.Contains(words, "起诉") && !strings.Contains(words, "诉讼") && !strings.Contains(words, "要求") {
			continue
		}
		for _, m := range r.res.Find(foldPlain(words)) {
			if m.Kind != party.ByName && m.Kind != party.ByNear {
				continue
			}
			for _, no := range m.Nos {
				r.withdrawn[no] = true
			}
		}
	}
}

// sumOfParts adds the portions of debtors whose own portions a joint clause took up.
func (r *reader) sumOfParts(o *Order, w *witness) float64 {
	sum := 0.0
	for _, no := range o.Debtors {
		f, ok := w.parts[no]
		if !ok {
			return 0
		}
		sum += f
	}
	if sum > 1 {
		return 0
	}
	return sum
}
