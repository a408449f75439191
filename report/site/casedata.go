package site

import (
	"slices"

	"caipan/model/judgment"
)

// caseJSON is a case as the page reads it. Spans are [start, end] in UTF-16 units.
type caseJSON struct {
	ID        string         `json:"id"`
	Key       string         `json:"key"`
	Citation  string         `json:"citation"`
	Header    headerJSON     `json:"header"`
	Source    Line           `json:"source"`
	Text      string         `json:"text"`
	Sections  []sectionJSON  `json:"sections"`
	Parties   []partyJSON    `json:"parties"`
	Findings  []findingJSON  `json:"findings"`
	Rulings   []rulingJSON   `json:"rulings"`
	Citations []citationJSON `json:"citations"`
	Facts     []factJSON     `json:"facts"`
	Decisions []decisionJSON `json:"decisions"`
	Compare   []compareJSON  `json:"compare"`

	Corrections []correctionJSON `json:"corrections,omitempty"`
}

type correctionJSON struct {
	ID     string `json:"id"`
	Party  int    `json:"party"`
	Kind   string `json:"kind"`
	Field  string `json:"field"`
	Value  string `json:"value"`
	Was    string `json:"was,omitempty"`
	Status string `json:"status"`
	Coder  string `json:"coder"`
	Date   string `json:"date,omitempty"`
	Reason string `json:"reason,omitempty"`
	At     []int  `json:"at,omitempty"`
	Quote  string `json:"quote,omitempty"`
}

type headerJSON struct {
	Title    string   `json:"title"`
	Number   string   `json:"number"`
	Court    string   `json:"court"`
	Date     string   `json:"date"`
	Cause    string   `json:"cause"`
	Instance string   `json:"instance"`
	DocType  string   `json:"doc_type"`
	Outcome  string   `json:"outcome"`
	Cited    []string `json:"cited,omitempty"`
}

type sectionJSON struct {
	Kind    string `json:"kind"`
	Holder  string `json:"holder"`
	Speaker string `json:"speaker,omitempty"`
	Quoted  bool   `json:"quoted,omitempty"`
	At      []int  `json:"at"`
}

type partyJSON struct {
	No       int    `json:"no"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	RoleText string `json:"role_text,omitempty"`
	Operator bool   `json:"operator,omitempty"`
	Subject  string `json:"subject,omitempty"`
	Service  string `json:"service,omitempty"`
	Brand    string `json:"brand,omitempty"`
}

type findingJSON struct {
	ID       string `json:"id"`
	Party    int    `json:"party"`
	Variable string `json:"variable"`
	Value    string `json:"value"`
	Status   string `json:"status"`
	Level    int    `json:"level"`
	Holder   string `json:"holder"`
	Adoption string `json:"adoption,omitempty"`
	At       []int  `json:"at"`
	Quote    string `json:"quote"`
	Cue      string `json:"cue,omitempty"`
	Negation string `json:"negation,omitempty"`
	End      string `json:"end,omitempty"`
}

type rulingJSON struct {
	Party    int      `json:"party"`
	Name     string   `json:"name"`
	Head     int      `json:"head"`
	HeadKind string   `json:"head_kind,omitempty"`
	Label    string   `json:"label"`
	Also     []string `json:"also,omitempty"`
	Via      string   `json:"via,omitempty"`
	Amount   *float64 `json:"amount,omitempty"`
	Claimed  *float64 `json:"claimed,omitempty"`
	Fraction *float64 `json:"fraction,omitempty"`
	Basis    string   `json:"basis,omitempty"`
	CapSum   *float64 `json:"cap_amount,omitempty"`
	CapShare *float64 `json:"cap_fraction,omitempty"`
	Scope    string   `json:"scope,omitempty"`
	Recourse string   `json:"recourse,omitempty"`
	Items    []int    `json:"items,omitempty"`
	Nonmoney []string `json:"nonmoney,omitempty"`
	Implicit bool     `json:"implicit,omitempty"`
	At       []int    `json:"at"`
	Quote    string   `json:"quote,omitempty"`
	Rule     string   `json:"rule,omitempty"`
	Why      string   `json:"why,omitempty"`
	Hand     []string `json:"hand,omitempty"`
}

type citationJSON struct {
	Law       string `json:"law"`
	Article   int    `json:"article,omitempty"`
	Paragraph int    `json:"paragraph,omitempty"`
	Item      int    `json:"item,omitempty"`
	Role      string `json:"role"`
	Holder    string `json:"holder,omitempty"`
	InForce   string `json:"in_force,omitempty"`
	At        []int  `json:"at"`
}

type factJSON struct {
	Party    int      `json:"party"`
	Policy   string   `json:"policy"`
	Variable string   `json:"variable"`
	Value    string   `json:"value"`
	Level    int      `json:"level"`
	Status   string   `json:"status"`
	Findings []string `json:"findings,omitempty"`
	Reason   string   `json:"reason,omitempty"`
}

type decisionJSON struct {
	Party     int        `json:"party"`
	Name      string     `json:"name"`
	Doctrine  string     `json:"doctrine"`
	Variant   string     `json:"variant"`
	Policy    string     `json:"policy"`
	Outcome   string     `json:"outcome"`
	Liability string     `json:"liability,omitempty"`
	Scope     string     `json:"scope,omitempty"`
	Cap       *float64   `json:"cap,omitempty"`
	Order     string     `json:"order,omitempty"`
	Recourse  string     `json:"recourse,omitempty"`
	Intensity string     `json:"intensity,omitempty"`
	Breach    string     `json:"breach,omitempty"`
	Rule      string     `json:"rule,omitempty"`
	Missing   []string   `json:"missing,omitempty"`
	Decisive  []string   `json:"decisive,omitempty"`
	Law       string     `json:"law,omitempty"`
	Steps     []stepJSON `json:"steps,omitempty"`
}

type stepJSON struct {
	No        int      `json:"no"`
	Parent    int      `json:"parent"`
	Kind      string   `json:"kind"`
	Rule      string   `json:"rule,omitempty"`
	Norm      string   `json:"norm,omitempty"`
	Condition string   `json:"condition,omitempty"`
	Truth     string   `json:"truth,omitempty"`
	Result    string   `json:"result,omitempty"`
	Findings  []string `json:"findings,omitempty"`
	Status    string   `json:"status,omitempty"` // hand, else not written
}

type compareJSON struct {
	Party        int    `json:"party"`
	Doctrine     string `json:"doctrine"`
	Variant      string `json:"variant"`
	Policy       string `json:"policy"`
	Stage        string `json:"stage"`
	Predicted    string `json:"predicted"`
	Actual       string `json:"actual"`
	Compared     bool   `json:"compared"`
	Agree        bool   `json:"agree"`
	Compatible   bool   `json:"compatible"`
	Disagreement string `json:"disagreement,omitempty"`
}

// brief is a case of which only what was concluded under one evidence policy is shown.
func brief(x Case, rung string) Case {
	c := judgment.Case{CaseID: x.Case.CaseID, CaseKey: x.Case.CaseKey, Source: x.Case.Source, Header: x.Case.Header, Parties: x.Case.Parties, Rulings: x.Case.Rulings}
	out := Case{Case: &c, Citation: x.Citation}
	for _, f := range x.Facts {
		if f.EvidencePolicy == rung && f.Value != judgment.LabelUnknown && f.Value != "" {
			f.FindingIDs, f.Reason = nil, ""
			out.Facts = append(out.Facts, f)
		}
	}
	for _, d := range x.Decisions {
		if d.EvidencePolicy == rung {
			out.Decisions = append(out.Decisions, d)
		}
	}
	for _, c := range x.Comparisons {
		if c.EvidencePolicy == rung {
			out.Comparisons = append(out.Comparisons, c)
		}
	}
	return out
}

func withoutSteps(x Case) Case {
	x.Decisions = slices.Clone(x.Decisions)
	for i := range x.Decisions {
		x.Decisions[i].Steps = nil
	}
	return x
}

func toJSON(x Case) caseJSON {
	c := x.Case
	o := offsetsOf(c)
	h := &c.Header
	out := caseJSON{ID: c.CaseID, Key: c.CaseKey, Citation: x.Citation, Source: Line{c.Source.Path, c.Source.ID},
		Header: headerJSON{h.Title, h.CaseNumber, h.Court, h.JudgmentDate, h.Cause, h.Instance, h.DocType, h.Outcome, h.CitedNumbers}}
	out.Text = c.Text
	for _, s := range c.Sections {
		out.Sections = append(out.Sections, sectionJSON{s.Kind, s.Holder, s.Speaker, s.Quoted, o.place(s.Span)})
	}
	for _, p := range c.Parties {
		out.Parties = append(out.Parties, partyJSON{p.No, p.Name, p.Role, p.RoleText, p.IsPlatformOperator, p.SubjectKind, p.ServiceType, p.Brand})
	}
	for _, f := range c.Findings {
		out.Findings = append(out.Findings, findingJSON{f.ID, f.PartyNo, f.Variable, f.Value, f.Status, f.Level, f.Holder, f.Adoption, o.place(f.Span), f.Quote, f.CueID, f.NegationCue, f.ScopeEndReason})
	}
	for _, r := range c.Rulings {
		out.Rulings = append(out.Rulings, rulingJSON{r.PartyNo, r.PartyName, r.HeadNo, r.HeadKind, r.Label, r.Also, r.Via, r.Amount, r.ClaimedAmount, r.Fraction,
			r.ShareBasis, r.CapAmount, r.CapFraction, r.Scope, r.Recourse, r.Items, r.Nonmoney, r.Implicit, o.place(r.Span), r.Quote, r.Rule, r.Why, r.Hand})
	}
	for _, z := range c.Citations {
		out.Citations = append(out.Citations, citationJSON{z.Law, z.Article, z.Paragraph, z.Item, z.Role, z.Holder, z.InForce, o.place(z.Span)})
	}
	for _, k := range c.Corrections {
		out.Corrections = append(out.Corrections, correctionJSON{k.ID, k.PartyNo, k.Kind, k.Field, k.Value, k.Was, k.Status, k.Coder, k.Date, k.Reason, o.place(k.Span), k.Quote})
	}
	addConclusions(&out, x)
	return out
}

// byHand keeps the status of a hand value; that a fact was read goes without saying.
func byHand(status string) string {
	if status != "hand" {
		return ""
	}
	return status
}

func addConclusions(out *caseJSON, x Case) {
	for _, f := range x.Facts {
		if f.Status != "hand" && (f.Value == judgment.LabelUnknown || f.Value == "") {
			continue // nobody said: shown as missing where a decision needs it
		}
		out.Facts = append(out.Facts, factJSON{f.PartyNo, f.EvidencePolicy, f.Variable, f.Value, f.Level, f.Status, f.FindingIDs, f.Reason})
	}
	for _, d := range x.Decisions {
		j := decisionJSON{d.PartyNo, d.PartyName, d.Doctrine, d.Variant, d.EvidencePolicy, d.Outcome, d.Liability, d.Scope, d.CapFraction, d.Order, d.Recourse,
			d.DutyIntensity, d.BreachDerived, d.RuleID, d.Missing, d.Decisive, d.LawAssumed, nil}
		for _, s := range d.Steps {
			j.Steps = append(j.Steps, stepJSON{s.No, s.Parent, s.Kind, s.RuleID, s.Norm, s.Condition, s.Truth, s.Result, s.FindingIDs, byHand(s.Status)})
		}
		out.Decisions = append(out.Decisions, j)
	}
	for _, c := range x.Comparisons {
		out.Compare = append(out.Compare, compareJSON{c.PartyNo, c.Doctrine, c.Variant, c.EvidencePolicy, c.Stage, c.Predicted, c.Actual, c.Compared, c.Agree, c.Compatible, c.Disagreement})
	}
}
