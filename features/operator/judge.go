package operator

import (
	"slices"
	"strings"

	"caipan/model/judgment"
)

// reading is what the sentences of one case say about its parties.
type reading struct {
	tables    *Tables
	parties   []judgment.Party
	marker    *marker
	chances   *chances
	hits      [][]*hit          // by index of the party
	companies []*company        // by index of the party, nil: not in the brand table
	about     [][]judgment.Span // by index of the party: the sentences that name it
	story     *tally            // service words outside the parts that are skipped
	others    bool              // somebody else trades, works or speaks on the platform
	dealer    bool              // the plaintiff himself has a shop there: a quarrel between merchant and platform
}

// read goes through every section that may speak of the parties; never the operative part, fees or appendix. A first
// look at the sentences that name a platform decides whether the case is read at all; nil: it is not.
func (t *Tables) read(text string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) *reading {
	if !slices.ContainsFunc(parties, candidate) {
		return nil
	}
	at := t.words.places(text)
	if len(at) == 0 { // as PossibleText says, so that a scan for platforms finds what a full read finds
		return nil
	}
	r := &reading{tables: t, parties: parties, marker: newMarker(&t.words, parties), chances: newChances(t.gate),
		hits: make([][]*hit, len(parties)), companies: make([]*company, len(parties)), about: make([][]judgment.Span, len(parties))}
	known := false
	for i := range parties {
		if candidate(parties[i]) {
			r.companies[i] = t.brands.company(parties[i].Name, day(h))
			known = known || r.companies[i] != nil
		}
	}
	if !known && !r.firstLook(text, secs, at) {
		return nil
	}
	clear(r.hits)
	for i := range secs {
		if !skipped(secs[i].Kind) {
			r.readSection(text, &secs[i], at)
		}
	}
	r.namesakes(text, secs)
	r.others = r.thirdParties(text)
	r.dealer = r.merchantQuarrel(text, h)
	return r
}

// day decides which rows of the brand table apply: that of the filing, which is nearest to the act, or else that of the
// judgment; "" if neither is known.
func day(h judgment.Header) string {
	if h.FilingDate != "" {
		return h.FilingDate
	}
	return h.JudgmentDate
}

// readSection collects every statement of a section; where no platform word stands only what somebody sells or orders.
func (r *reading) readSection(text string, sec *judgment.Section, at []int) {
	speaker := r.speaker(sec)
	last := speaker
	eachSentence(text, sec.Span, func(sp judgment.Span) {
		var s marked
		s, last = r.marker.mark(sp.Of(text), speaker, last)
		for who := range r.parties {
			if s.names(who) {
				r.about[who] = append(r.about[who], sp)
			}
		}
		group := r.tables.groups.all
		if !within(at, sp) {
			group = r.tables.groups.elsewhere
		}
		r.collect(text, sec, speaker, sp, &s, group)
	})
}

// firstLook reports whether any company is said to run something.
func (r *reading) firstLook(text string, secs []judgment.Section, at []int) bool {
	for i := range secs {
		sec := &secs[i]
		if skipped(sec.Kind) || !within(at, sec.Span) {
			continue
		}
		speaker := r.speaker(sec)
		before := judgment.Span{}
		eachSentence(text, sec.Span, func(sp judgment.Span) {
			if within(at, sp) {
				_, last := r.marker.mark(before.Of(text), speaker, speaker)
				s, _ := r.marker.mark(sp.Of(text), speaker, last)
				r.collect(text, sec, speaker, sp, &s, r.tables.groups.onPlatform)
			}
			before = sp
		})
	}
	r.namesakes(text, secs)
	for i := range r.parties {
		if candidate(r.parties[i]) && len(r.hits[i]) > 0 {
			return true
		}
	}
	return false
}

// collect adds the statements of one sentence to the parties they are about.
func (r *reading) collect(text string, sec *judgment.Section, speaker int, sp judgment.Span, s *marked, group []int) {
	if len(s.marks) == 0 {
		return
	}
	r.chances.look(s)
	level, holder := level(sec)
	r.tables.scan(s, group, r.chances, func(st *statement, party, start, end int) {
		span := judgment.Span{Start: sp.Start + s.source(start), End: sp.Start + s.source(end)}
		for _, who := range r.marker.meant(party) {
			if st.Says == "operator" && r.tables.brands.foreign(s.without(who, start, end, sp.Of(text)), r.companies[who], r.tables.words.nameFollower) {
				continue
			}
			r.hits[who] = append(r.hits[who], &hit{statement: st, party: who, level: level, holder: holder,
				own: who == speaker, section: sec.No, span: span, quote: span.Of(text)})
		}
	})
}

func skipped(kind string) bool {
	switch kind {
	case judgment.SecDisposition, judgment.SecFees, judgment.SecTail, judgment.SecAppendix, judgment.SecHead, judgment.SecParties:
		return true
	}
	return false
}

// level of a section as evidence (doctrine.md 2).
func level(sec *judgment.Section) (int, string) {
	switch sec.Kind {
	case judgment.SecReasoning, judgment.SecBasis:
		if sec.Quoted {
			return 2, "lower_court"
		}
		return 3, "this_court"
	case judgment.SecFacts, judgment.SecProcess:
		if sec.Quoted {
			return 2, "lower_court"
		}
		return 2, "this_court"
	case judgment.SecUndisputed:
		return 1, "both"
	}
	if sec.Holder == "" || sec.Holder == "court" {
		return 0, "plaintiff"
	}
	return 0, sec.Holder
}

// speaker is the index of the party whose words the section reports, -1 if none or several.
func (r *reading) speaker(sec *judgment.Section) int {
	if sec.Speaker != "" {
		for i := range r.parties {
			if strings.Contains(sec.Speaker, r.parties[i].Name) {
				return i
			}
			for _, s := range r.parties[i].ShortNames {
				if s != "" && strings.Contains(sec.Speaker, s) {
					return i
				}
			}
		}
	}
	if sec.Kind != judgment.SecAnswer {
		return -1
	}
	return r.marker.soleDefendant
}

// eachSentence yields what ends in 。；; or a line's end, and what is left behind the last of them.
func eachSentence(text string, span judgment.Span, f func(judgment.Span)) {
	start := span.Start
	for i := span.Start; i < span.End; {
		n := 1
		switch c := text[i]; {
		case c == '\n' || c == ';':
		case c >= 0xE0 && i+3 <= span.End:
			n = 3
			if w := text[i : i+3]; w == "。" || w == "；" {
				break
			}
			i += n
			continue
		default:
			i++
			continue
		}
		if i += n; i-start > n {
			f(judgment.Span{Start: start, End: i})
		}
		start = i
	}
	if start < span.End {
		f(judgment.Span{Start: start, End: span.End})
	}
}

// thirdParties: somebody other than the platform acts there: words say so (disputes.yaml), or a person or the
// platform's merchant is a party beside a company that is said to run something.
func (r *reading) thirdParties(text string) bool {
	said := false
	for i := range r.parties {
		said = said || candidate(r.parties[i]) && r.points(i, "operator", 0) > 0
	}
	for i := 0; said && i < len(r.parties); i++ {
		p := &r.parties[i]
		if p.Role != "defendant" && p.Role != "third_party" {
			continue
		}
		if p.Kind != "organization" || r.points(i, "merchant", 0) > r.points(i, "operator", 0) || r.bought(i) {
			return true
		}
	}
	return r.tables.disputes.anyThirdParty.In(text)
}

// bought: the court says that the thing was bought from party i, of whom nothing says that it runs a platform.
func (r *reading) bought(i int) bool {
	for _, h := range r.hits[i] {
		if h.statement.ID == "seller.bought_from" && h.level >= 2 && r.points(i, "operator", 0) == 0 {
			return true
		}
	}
	return false
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// merchantQuarrel: the claimant is the platform's own merchant and only the platform's companies are sued, so the
// platform is a contracting party in this dispute and no intermediary.
func (r *reading) merchantQuarrel(text string, h judgment.Header) bool {
	for i := range r.parties {
		p := &r.parties[i]
		known := r.companies[i] != nil
		if p.Role == "defendant" && !known && r.points(i, "operator", 0) == 0 {
			return false // somebody else is sued too
		}
	}
	for i := range r.parties {
		if r.parties[i].Role == "plaintiff" && r.points(i, "merchant", 0) >= 6 {
			return true
		}
	}
	q := r.tables.disputes.MerchantQuarrel
	return containsAny(h.Cause, q.Causes) && h.Cause != "" && q.anyWord.In(text)
}

// candidate: an organisation that is not the claimant.
func candidate(p judgment.Party) bool {
	return p.Kind == "organization" && (p.Role == "defendant" || p.Role == "third_party")
}

// points adds up what is said about party i in one sense at a level not below min.
func (r *reading) points(i int, says string, min int) int {
	sum := 0
	for _, h := range r.hits[i] {
		if h.statement.Says == says && h.level >= min {
			sum += h.points()
		}
	}
	return sum
}

func (r *reading) best(i int, says ...string) *hit {
	var best *hit
	for _, h := range r.hits[i] {
		for _, s := range says {
			if h.statement.Says == s && (best == nil || h.points() > best.points()) {
				best = h
			}
		}
	}
	return best
}

type verdict struct {
	kind     string
	operator bool
	brand    *company
	best     *hit
}

// judge weighs what is said with what the brand table knows. service is the kind of service read for party i.
func (r *reading) judge(i int, h judgment.Header, service string) verdict {
	c := r.companies[i]
	v := verdict{kind: KindUnknown, brand: c}
	runs, sells := r.points(i, "operator", 0), r.points(i, "seller", 0)
	shop, other, client := r.points(i, "merchant", 0), r.points(i, "nsp_other", 0), r.points(i, "client", 0)
	switch c.role() {
	case roleOperator:
		runs += 8
	case roleAffiliate:
		runs += 3
	case roleOwnSales:
		// The group's selling company is often called the shop's operator; only a statement of what it is counts.
		sells += 10
		runs = 0
		if b := r.best(i, "operator"); b != nil && b.statement.ID == "operator.is" {
			runs = b.points()
		}
	}
	if c.role() != roleOperator && r.points(i, "denial", 2) > 0 {
		runs = 0 // the court says that another runs the platform
	}
	unknownHere := c == nil && !r.intermediary(i, service)
	contract := c == nil && h.Cause != "" && containsAny(h.Cause, r.tables.disputes.ContractCauses)
	switch {
	case contract, client > 0 && !r.others && client*2 >= runs:
		return v
	case runs == 0 && sells == 0 && shop == 0 && other == 0:
		return v
	case other > 0 && other*2 >= runs:
		v.kind, v.best = KindOtherNSP, r.best(i, "nsp_other")
	case shop > runs && shop > sells:
		v.kind, v.best = KindMerchant, r.best(i, "merchant")
	case runs >= r.least(i, sells+shop) && runs*2 >= sells && r.others && !unknownHere && !(c == nil && sells+shop >= runs):
		v.kind, v.operator, v.best = KindPlatform, !r.dealer, r.best(i, "operator")
	case sells > 0:
		v.kind, v.best = KindSelfOperated, r.best(i, "seller")
	case shop > 0:
		v.kind, v.best = KindMerchant, r.best(i, "merchant")
	case runs >= 4:
		v.kind, v.best = KindSelfOperated, r.best(i, "operator")
	}
	return v
}

// least is what must be said of a company before it counts: less where a merchant of the platform is sued beside it
// and nothing else is said of the company.
func (r *reading) least(i, otherwise int) int {
	if otherwise == 0 {
		for j := range r.parties {
			if j != i && r.parties[j].Role == "defendant" && r.points(j, "merchant", 1) > 0 {
				return 3
			}
		}
	}
	return 4
}

// intermediary: somebody else is sued beside the company, or its service is one that nobody runs for himself alone,
// or a statement says that it stands between others.
func (r *reading) intermediary(i int, service string) bool {
	for j := range r.parties {
		other := &r.parties[j]
		if j != i && (other.Role == "defendant" || other.Role == "third_party") &&
			r.points(j, "operator", 0) <= r.points(j, "seller", 0)+r.points(j, "merchant", 0) {
			return true
		}
	}
	if !slices.Contains(r.tables.disputes.OwnShopServices, service) {
		return true
	}
	for _, h := range r.hits[i] {
		if h.statement.Says == "operator" && (h.level >= 1 || h.own) && r.tables.disputes.anyIntermediary.In(h.quote) {
			return true
		}
	}
	return false
}
