// Package operator finds out which party runs the network platform on which the dispute arose (平台经营者), what
// kind of subject each company is there, and what service the platform gives (doctrine.md 2.1, 3.1; the paper's
// sections 2.1 and 3.1).
//
// What it knows stands in tables/: brands and the companies behind them, statements that say what a company does,
// and words of services. The text beats the brand table. It never reads the operative part, and a company is no
// operator because it is famous: somebody else must trade or speak on its platform in this dispute.
// Imported by features; a report may ask it for candidates, the operators that the brand table lacks.
package operator

import (
	"regexp"

	"caipan/model/judgment"
	"caipan/model/text"
)

// The values of SubjectKind (doctrine.md 3.1).
const (
	KindPlatform     = "platform"
	KindSelfOperated = "self_operated"
	KindOtherNSP     = "nsp_other"
	KindMerchant     = "user_or_merchant"
	KindUnknown      = "unknown"
)

// Tables is the knowledge of the package, loaded once and shared read-only.
type Tables struct {
	brands     *brandTable
	statements []statement
	services   []service
	disputes   disputes
	words      words
	groups     groups
	gate       *gate
	counts     *counter       // of the words of services
	negated    *regexp.Regexp // a negation before the party
	quoted     *regexp.Regexp // a quoted name beside a word for a platform
}

// Mark reads the case and sets IsPlatformOperator, SubjectKind, Brand and ServiceType on the organisations among
// the parties, in place. It returns the findings that carry the evidence (variables platform_operator,
// subject_kind, service_type). Where no company of the case has to do with a platform, nothing is set; of the others
// those for whom nothing is said keep SubjectKind "unknown".
func (t *Tables) Mark(canonical string, secs []judgment.Section, parties []judgment.Party, h judgment.Header) []judgment.Finding {
	read := t.read(canonical, secs, parties, h)
	if read == nil {
		return nil
	}
	var out []judgment.Finding
	for i := range parties {
		p := &parties[i]
		if !candidate(*p) {
			continue
		}
		c := read.companies[i]
		st := read.serviceOf(i, canonical, secs, h)
		v := read.judge(i, h, st.typ)
		p.SubjectKind, p.Brand, p.IsPlatformOperator, p.ServiceType = v.kind, c.name(), v.operator, ""
		if v.kind == KindUnknown {
			continue
		}
		p.ServiceType = st.typ
		out = append(out, finding(p.No, "subject_kind", v.kind, v.best)...)
		if v.operator {
			out = append(out, finding(p.No, "platform_operator", "yes", v.best)...)
		}
		out = append(out, serviceFinding(p.No, st, canonical, secs)...)
	}
	return out
}

// PossibleText reports whether a document can have a platform operator as party: its canonical text holds a word of
// platform_places, without which Mark marks nobody. The text may be canonical or raw: entities and invisible characters may split a
// word, and only where some stand is the canonical text made. It may only over-select; `--select platform` relies on that.
func (t *Tables) PossibleText(raw string) bool {
	at := t.words.placeOrEscape.Next(raw, 0)
	return at >= 0 && (t.words.anyPlace.In(raw[at:]) || t.words.anyPlace.In(text.Canonical(raw)))
}

func finding(party int, variable, value string, h *hit) []judgment.Finding {
	if h == nil {
		return nil
	}
	return []judgment.Finding{{
		PartyNo: party, Variable: variable, Value: value, Status: "affirmed", Level: h.level, Holder: h.holder,
		Adoption: h.adoption(), SectionNo: h.section, Span: h.span, Quote: h.quote, CueID: h.statement.ID,
	}}
}
