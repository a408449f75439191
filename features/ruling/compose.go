package ruling

// state is what stands after the last instance.
type state struct {
	standing []*Item
	replaced map[*Item]*Item
	remanded bool
	reject   []*Order
	quashed  bool // a whole judgment fell
	changed  bool // something was changed, added or partly quashed
	kept     bool // something was maintained by name
}

// compose lets each instance act on what the one below left standing.
func (r *reader) compose() *state {
	st := &state{}
	for i, o := range r.parts {
		if i == 0 {
			st.first(o, len(r.parts) == 1 && !o.quoted && o.instance != instFirst)
			continue
		}
		st.apply(o)
	}
	return st
}

// first takes the lowest operative part; alone and of a higher court it acts on a judgment that the text does not quote.
func (st *state) first(o *operative, alone bool) {
	if alone {
		st.apply(o)
		return
	}
	for _, it := range o.items {
		st.scopeEnds(it)
		if it.Kind == KindOrder || it.Kind == KindDismiss || it.Kind == KindUnknown || it.Kind == KindReject {
			it.Via = "own"
			st.standing = append(st.standing, it)
		} else if len(it.Orders) > 0 {
			it.Via = "own"
			st.standing = append(st.standing, it)
		}
	}
}

func (st *state) scopeEnds(it *Item) {
	switch it.Kind {
	case KindRemand:
		st.remanded = true
	case KindReject:
		st.reject = append(st.reject, it.Orders...)
	}
}

// apply lets one operative part act on the standing items.
func (st *state) apply(o *operative) {
	st.quashed, st.changed, st.kept = false, false, false
	fallen := map[*Item]bool{}
	var fresh []*Item
	for _, it := range o.items {
		st.scopeEnds(it)
		for _, a := range it.actions {
			st.act(a, it, o, fallen)
		}
		switch {
		case it.Kind == KindChange && len(it.Orders) > 0:
			fresh = append(fresh, it)
		case it.Kind == KindAffirm && len(it.Orders) > 0 && !st.holds(it.actions, o):
			it.Via = "affirmed"
			st.standing = append(st.standing, it)
		case it.Kind == KindAffirm, it.Kind == KindRemand, it.Kind == KindReject, it.Kind == KindFees:
		case len(it.Orders) > 0:
			fresh = append(fresh, it)
		}
	}
	var kept []*Item
	for _, it := range st.standing {
		if fallen[it] {
			it.Via = ""
			continue
		}
		if it.op != o {
			it.Via = "affirmed"
		}
		kept = append(kept, it)
	}
	via := "patched"
	if st.quashed && len(kept) == 0 {
		via = "reversed"
	}
	for _, it := range fresh {
		it.Via = via
		if it.Kind != KindDismiss {
			st.changed = true
		}
	}
	st.standing = append(kept, fresh...)
}

// holds reports whether the standing items have what an action maintains.
func (st *state) holds(actions []action, o *operative) bool {
	for _, a := range actions {
		for _, it := range st.standing {
			if it.op != o && (a.whole || contains(a.refs, it.No)) {
				return true
			}
		}
	}
	return false
}

// act marks what falls by one action.
func (st *state) act(a action, by *Item, o *operative, fallen map[*Item]bool) {
	switch a.kind {
	case "affirm":
		st.kept = st.kept || !a.whole
		return
	case "quash":
		st.quashed = st.quashed || a.whole
		st.changed = st.changed || !a.whole
	case "change":
		st.changed = true
	}
	for _, it := range st.standing {
		if it.op == o || !st.meant(a, it, o) {
			continue
		}
		if a.whole || contains(a.refs, it.No) {
			fallen[it] = true
			if a.kind == "change" && len(by.Orders) > 0 {
				if st.replaced == nil {
					st.replaced = map[*Item]*Item{}
				}
				st.replaced[it] = by
			}
		}
	}
}

// meant reports whether an action's judgment is the one an item comes from.
func (st *state) meant(a action, it *Item, o *operative) bool {
	switch a.target {
	case "both":
		return true
	case "":
		return a.whole || it.Instance == st.below(o)
	case instSecond:
		if a.whole {
			return it.Instance == instSecond || !st.has(instSecond)
		}
	}
	return it.Instance == a.target || !st.has(a.target)
}

func (st *state) has(instance string) bool {
	for _, it := range st.standing {
		if it.Instance == instance {
			return true
		}
	}
	return false
}

// below is the instance right below the deciding one that still has items.
func (st *state) below(o *operative) string {
	if o.instance == instRetrial && st.has(instSecond) {
		return instSecond
	}
	return instFirst
}

func contains(list []int, n int) bool {
	for _, x := range list {
		if x == n {
			return true
		}
	}
	return false
}
