package coding

import (
	"slices"
	"strconv"
	"strings"

	"caipan/model/judgment"
)

// Apply gives the case its corrections and sets what they say of rulings and parties, keeping what was read in Was.
// Variables are left to model/evidence, which reads Corrections. It is called once on a case as ingest read it.
//
// A ruling whose label says that nothing is owed (none, not_claimed, out_of_scope, unknown) loses the sums, limits and reach that
// were read for another label, unless they are corrected too.
func Apply(c *judgment.Case, list []judgment.Correction) {
	c.Corrections = slices.Clone(list)
	for i := range c.Corrections {
		x := &c.Corrections[i]
		if x.Status != judgment.CorrectionApplied {
			continue
		}
		switch x.Kind {
		case judgment.CorrectsRuling:
			r := mainRuling(c, x.PartyNo)
			if x.Was = rulingValue(r, x.Field); x.Field == "label" && owesNothing(x.Value) {
				empty(r)
			}
		case judgment.CorrectsParty:
			if p := partyAt(c, x.PartyNo); p != nil {
				x.Was = setParty(p, x.Field, x.Value)
			}
		case judgment.CorrectsFact:
			setAttribute(c, x)
		}
	}
	for i := range c.Corrections {
		if x := &c.Corrections[i]; x.Status == judgment.CorrectionApplied && x.Kind == judgment.CorrectsRuling {
			set(mainRuling(c, x.PartyNo), x, c.Text)
		}
	}
}

func partyAt(c *judgment.Case, no int) *judgment.Party {
	for i := range c.Parties {
		if c.Parties[i].No == no {
			return &c.Parties[i]
		}
	}
	return nil
}

// mainRuling finds the party's main row, or adds one where nothing was read.
func mainRuling(c *judgment.Case, no int) *judgment.Ruling {
	for i := range c.Rulings {
		if r := &c.Rulings[i]; r.PartyNo == no && r.HeadNo == 0 {
			return r
		}
	}
	r := judgment.Ruling{PartyNo: no, Label: judgment.LabelUnknown}
	if p := partyAt(c, no); p != nil {
		r.PartyName, r.Role = p.Name, p.Role
	}
	c.Rulings = append(c.Rulings, r)
	return &c.Rulings[len(c.Rulings)-1]
}

func owesNothing(label string) bool {
	switch label {
	case judgment.LabelNone, judgment.LabelNotClaimed, judgment.LabelOutOfScope, judgment.LabelUnknown:
		return true
	}
	return false
}

func empty(r *judgment.Ruling) {
	r.Also, r.Amount, r.Fraction, r.CapAmount, r.CapFraction = nil, nil, nil, nil, nil
	r.ShareBasis, r.Scope, r.Recourse, r.Items, r.Nonmoney = "", "", "", nil, nil
}

// texts and numbers are the plain fields of a ruling by name.
func texts(r *judgment.Ruling, field string) *string {
	switch field {
	case "label":
		return &r.Label
	case "via":
		return &r.Via
	case "share_basis":
		return &r.ShareBasis
	case "scope":
		return &r.Scope
	case "recourse":
		return &r.Recourse
	}
	return nil
}

func numbers(r *judgment.Ruling, field string) **float64 {
	switch field {
	case "amount":
		return &r.Amount
	case "claimed_amount":
		return &r.ClaimedAmount
	case "fraction":
		return &r.Fraction
	case "cap_amount":
		return &r.CapAmount
	case "cap_fraction":
		return &r.CapFraction
	}
	return nil
}

func rulingValue(r *judgment.Ruling, field string) string {
	if p := texts(r, field); p != nil {
		return *p
	}
	if p := numbers(r, field); p != nil {
		if *p == nil {
			return ""
		}
		return strconv.FormatFloat(**p, 'f', -1, 64)
	}
	switch field {
	case "also":
		return strings.Join(r.Also, "; ")
	case "nonmoney":
		return strings.Join(r.Nonmoney, "; ")
	case "implicit":
		return yes(r.Implicit)
	}
	var out []string
	for _, n := range r.Items {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, "; ")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// set writes a value, already checked by Field.Parse, into the ruling.
func set(r *judgment.Ruling, x *judgment.Correction, text string) {
	var list []string
	if x.Value != "" {
		list = strings.Split(x.Value, "; ")
	}
	if p := texts(r, x.Field); p != nil {
		*p = x.Value
	} else if p := numbers(r, x.Field); p != nil {
		*p = nil
		if n, err := strconv.ParseFloat(x.Value, 64); err == nil {
			*p = &n
		}
	}
	switch x.Field {
	case "also":
		r.Also = list
	case "nonmoney":
		r.Nonmoney = list
	case "implicit":
		r.Implicit = x.Value == "yes"
	case "items":
		r.Items = nil
		for _, s := range list {
			if n, err := strconv.Atoi(s); err == nil {
				r.Items = append(r.Items, n)
			}
		}
	case "label":
		r.Why, r.Rule, r.Span, r.Quote = "by hand: "+x.Coder, "", x.Span, x.Span.Of(text)
	}
	r.Hand = append(r.Hand, x.Field)
	slices.Sort(r.Hand)
}

func setParty(p *judgment.Party, field, value string) (was string) {
	switch field {
	case "is_platform_operator":
		was, p.IsPlatformOperator = yes(p.IsPlatformOperator), value == "yes"
		if p.IsPlatformOperator && (p.SubjectKind == "" || p.SubjectKind == "unknown") {
			p.SubjectKind = "platform"
		}
	case "role":
		was, p.Role = p.Role, value
	case "kind":
		was, p.Kind = p.Kind, value
	case "brand":
		was, p.Brand = p.Brand, value
	}
	return was
}

// setAttribute sets what is a variable and an attribute of the party or the case at once: the days choose the law.
func setAttribute(c *judgment.Case, x *judgment.Correction) {
	p := partyAt(c, x.PartyNo)
	switch x.Field {
	case "subject_kind":
		p.SubjectKind = x.Value
	case "service_type":
		p.ServiceType = x.Value
	case "judgment_date":
		c.Header.JudgmentDate = known(x.Value)
	case "filing_date":
		c.Header.FilingDate = known(x.Value)
	}
}

func known(value string) string {
	if value == "unknown" {
		return ""
	}
	return value
}
