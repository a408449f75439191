package ruling

import (
	"slices"
	"strings"

	"caipan/model/judgment"
)

// listedCap is a party's own limit where an order lists one per debtor in order: 甲、乙分别在100万元、50万元范围内;
// nil where the clause lists none, or not as many as debtors.
func (r *reader) listedCap(o *Order, no int) *float64 {
	if o.Label != judgment.LabelJointLimited && o.Label != judgment.LabelSupplementary || len(o.Debtors) < 2 || o.from >= o.to {
		return nil
	}
	s := o.item.text[o.from:min(o.to, len(o.item.text))]
	at := strings.Index(s, "分别")
	if at < 0 {
		return nil
	}
	h, ok := r.t.find(wRange, s, at)
	if !ok {
		return nil
	}
	caps := sums(s[at:h.at])
	k := slices.Index(o.Debtors, no)
	if len(caps) != len(o.Debtors) || k < 0 || caps[k].masked {
		return nil
	}
	return &caps[k].value
}
