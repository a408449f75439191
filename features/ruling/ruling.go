package ruling

import (
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
	defends   []int        // numbers of the defendants
	counter   bool         // the case has a counter-claim
	withdrawn map[int]bool // defendants against whom the action was withdrawn; nil: not read yet
	notes     []string
	parts     []*operative
}

func (r *reader) note(s string) { r.notes = append(r.notes, s) }

// Read reads the rulings of a canonical text. Amounts are yuan; a party without order has a row with label none,
// not_claimed or out_of_scope. A text without operative part gives rows with label unknown and outcome other.
func Read(canonical string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) Result {
	t, err := loaded()
	if err != nil {
		return Result{Outcome: "other", Notes: []string{err.Error()}}
	}
	r := &reader{t: t, canonical: canonical, secs: secs, parties: parties, h: h, res: party.NewResolver(parties)}
	for i := range parties {
		if parties[i].Role == party.Defendant {
			r.defends = append(r.defends, i)
		}
	}
	r.counter = r.hasCounterClaim()
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
	res := Result{Rulings: r.rows(st), Outcome: r.outcome(st), Notes: r.notes}
	for _, o := range r.parts {
		for _, it := range o.items {
			res.Items = append(res.Items, *it)
		}
	}
	return res
}
