package ruling

import (
	"slices"
	"sync"

	"caipan/features/party"
	"caipan/model/judgment"
)

// Result is what the operative part says, per party and head, with its parse.
type Result struct {
	Rulings []judgment.Ruling
	Outcome string // granted|partly|dismissed|affirmed|reversed|patched|remanded|withdrawn|other
	Items   []Item // all items of all operative parts in the text, lowest instance first
	Notes   []string
}

// reader holds what one judgment's reading needs.
type reader struct {
	t         *table
	canonical string
	secs      []judgment.Section
	parties   []judgment.Party
	h         judgment.Header
	res       *party.Resolver
	defends   []int           // numbers of the defendants
	counter   *bool           // the case has a counter-claim; nil: not read yet
	withdrawn map[int]bool    // defendants against whom the action was withdrawn; nil: not read yet
	replaced  map[*Item]*Item // items below -> the item of a higher court that changed them
	notes     []string
	parts     []*operative
	work      int // bytes and words that the clauses asked for: what a test bounds
	*scratch
}

// scratch is memory that serves item after item, judgment after judgment.
type scratch struct {
	scanned      []placed
	hidden       []bool
	plain, shown words // of the item at hand: whole; without names, brackets and quotations
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// note adds a remark once.
func (r *reader) note(s string) {
	if !slices.Contains(r.notes, s) {
		r.notes = append(r.notes, s)
	}
}

// Read reads the rulings of a canonical text. Amounts are yuan; a party without order has a row with label none,
// not_claimed or out_of_scope. A text without operative part gives rows with label unknown and outcome other.
func Read(canonical string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) Result {
	t, err := loaded()
	if err != nil {
		return Result{Outcome: "other", Notes: []string{err.Error()}}
	}
	r := newReader(t, canonical, secs, parties, h)
	defer scratches.Put(r.scratch)
	return r.read()
}

func newReader(t *table, canonical string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) *reader {
	r := &reader{t: t, canonical: canonical, secs: secs, parties: parties, h: h, res: party.NewResolver(parties), scratch: scratches.Get().(*scratch)}
	for i := range parties {
		if parties[i].Role == party.Defendant {
			r.defends = append(r.defends, i)
		}
	}
	return r
}

// read reads the operative parts, composes the instances and makes the rows.
func (r *reader) read() Result {
	lower, own := r.operatives()
	if own == nil {
		return r.unread()
	}
	r.parts = chain(lower, own)
	for _, o := range r.parts {
		r.split(o)
		for _, it := range o.items {
			r.parse(it)
		}
		r.settle(o)
	}
	st := r.compose()
	r.resettle(st)
	res := Result{Rulings: r.rows(st), Outcome: r.outcome(st), Notes: r.notes}
	r.claims(res.Rulings)
	for _, o := range r.parts {
		for _, it := range o.items {
			res.Items = append(res.Items, *it)
		}
	}
	return res
}

// resettle sums anew what standing clauses of a lower court refer to where a higher court changed it.
func (r *reader) resettle(st *state) {
	if r.replaced = st.replaced; len(r.replaced) == 0 {
		return
	}
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form == "liable" && it.op.quoted {
				r.settleLiable(it.op, it, o)
			}
		}
	}
}
