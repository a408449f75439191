package report

import (
	"slices"

	"caipan/model/judgment"
)

// Stages of comparison (doctrine.md 5.8).
const (
	StageLiable = "liable" // liable or not
	StageType   = "type"   // the type, given that both sides say liable
	StageScope  = "scope"  // reach and limit, given the type
	StageBreach = "breach" // breach derived beside breach found
)

// Words that stand for a side that is not compared.
const (
	outside = "outside" // class of compare.yaml: not compared
	liable  = "liable"
)

// Disagreement classes: where a difference comes from, as far as the data show.
const (
	FromExtraction  = "extraction"      // a fact that decided is contradictory as read
	FromMissing     = "missing_fact"    // the prediction hangs on a fact that nobody stated
	FromOutcome     = "outcome_reading" // the operative part was not, or doubtfully, understood
	FromGap         = "rule_gap"        // the rules conflict or do not reach the case
	FromUnexplained = "unexplained"     // none of these; a person has to read the case
)

var disagreements = []string{FromExtraction, FromMissing, FromOutcome, FromGap, FromUnexplained}

// varBreachFound is the vocabulary id of the court's own finding; policyFull the policy that reads it.
const (
	varBreachFound = "breach_found"
	policyFull     = "reasoning"
)

// side is one side of a comparison: the class of compare.yaml and what to show where it has none.
type side struct {
	class string // none, share, supplementary, joint; "" if not compared
	show  string // the class, or own, nonmoney, undetermined, out_of_scope, …
}

// Compare sets each decision of a case beside the actual ruling, in stages (doctrine.md 5.8, 8a, 9): rows "liable"
// and "type" for every decision, "scope" where both sides give one liable class, "breach" where the pack derived
// one or the court found one. A row with Compared false is outside the comparison or abstained and says on which
// side. A decision without its Doctrine among ds is passed over.
func Compare(e *Entry, ds []Doctrine) []judgment.Comparison {
	var out []judgment.Comparison
	for i := range e.Decisions {
		d := &e.Decisions[i]
		k := slices.IndexFunc(ds, func(x Doctrine) bool { return x.ID == d.Doctrine && x.Variant == d.Variant })
		if k < 0 {
			continue
		}
		if out == nil {
			out = make([]judgment.Comparison, 0, 3*len(e.Decisions))
		}
		out = compareOne(out, e, d, &ds[k])
	}
	return out
}

// compareOne appends the rows of a decision to out.
func compareOne(out []judgment.Comparison, e *Entry, d *judgment.Decision, doc *Doctrine) []judgment.Comparison {
	r := ruling(e.Case, d.PartyNo)
	pred, act := predictedSide(d, doc), actualSide(r, doc)
	base := judgment.Comparison{CaseID: d.CaseID, PartyNo: d.PartyNo, Doctrine: d.Doctrine, Variant: d.Variant, EvidencePolicy: d.EvidencePolicy, Hand: handOf(e, d, r)}
	compatible := compatibleSides(e, d, r, doc)

	first := base
	first.Stage, first.Predicted, first.Actual = StageLiable, bySide(pred), bySide(act)
	first.Compared = pred.class != "" && act.class != ""
	first.Agree = first.Compared && (pred.class == judgment.LabelNone) == (act.class == judgment.LabelNone)
	first.Compatible = first.Agree || compatible

	second := base
	second.Stage, second.Predicted, second.Actual = StageType, pred.show, act.show
	second.Compared = isLiable(pred) && isLiable(act)
	second.Agree = second.Compared && pred.class == act.class
	second.Compatible = second.Agree || compatible
	if first.Compared {
		second.Distance = doc.distance(pred.class, act.class)
		first.Distance = second.Distance
	}
	first.Disagreement = disagreement(e, d, r, doc, first, first.Agree)
	second.Disagreement = first.Disagreement
	if second.Compared {
		second.Disagreement = disagreement(e, d, r, doc, second, second.Agree)
	}
	out = append(out, first, second)
	if second.Agree {
		out = append(out, scopeRow(base, d, r))
	}
	if row, ok := breachRow(base, e, d); ok {
		out = append(out, row)
	}
	return out
}

func isLiable(s side) bool { return s.class != "" && s.class != judgment.LabelNone }

func bySide(s side) string {
	if isLiable(s) {
		return liable
	}
	return s.show
}

func predictedSide(d *judgment.Decision, doc *Doctrine) side {
	if d.Outcome != "decided" {
		return side{show: d.Outcome}
	}
	return sideOf(doc.Compare.OfPrediction(d.Liability, doc.Choice))(d.Liability)
}

func actualSide(r *judgment.Ruling, doc *Doctrine) side {
	if r == nil {
		return side{show: judgment.LabelUnknown}
	}
	return sideOf(doc.Compare.OfRuling(r.Label, r.ShareBasis, doc.Choice))(r.Label)
}

func sideOf(class, flag string) func(label string) side {
	return func(label string) side {
		switch {
		case class != outside:
			return side{class, class}
		case flag != "":
			return side{show: flag}
		}
		return side{show: label}
	}
}

// distance is the number of steps between two classes in the pack's order of severity, nil if one is not in it.
func (doc *Doctrine) distance(a, b string) *int {
	i, j := doc.rank(a), doc.rank(b)
	if i < 0 || j < 0 {
		return nil
	}
	n := max(i-j, j-i)
	return &n
}

// rank is the place of a class in Classes, -1 for none.
func (doc *Doctrine) rank(class string) int {
	n := 0
	for k, l := range doc.Severity {
		if !doc.compares(l) || slices.Contains(doc.Severity[:k], l) {
			continue
		}
		if l == class {
			return n
		}
		n++
	}
	return -1
}

func (doc *Doctrine) compares(class string) bool {
	for i := range doc.Compare.Predictions {
		if doc.Compare.Predictions[i].Class == class {
			return true
		}
	}
	return false
}

// Classes are the classes of comparison in the pack's order of severity, "none" first.
func (doc *Doctrine) Classes() []string {
	var out []string
	for _, l := range doc.Severity {
		if doc.compares(l) && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// compatibleSides reports whether the pack names the pair as one that does not contradict although it differs.
func compatibleSides(e *Entry, d *judgment.Decision, r *judgment.Ruling, doc *Doctrine) bool {
	if d.Outcome != "decided" || r == nil {
		return false
	}
	actual := r.Label
	if class, flag := doc.Compare.OfRuling(r.Label, r.ShareBasis, doc.Choice); class == outside && flag == judgment.LabelOwn {
		actual = flag // a share reduced for the victim's fault alone is compared as own
	}
	for _, c := range doc.Compare.Compatible {
		if c.Predicted == d.Liability && c.Actual == actual && (c.Condition == "" || thirdPartyNotSued(e.Case)) {
			return true
		}
	}
	return false
}

// thirdPartyNotSued reports whether nobody but platform operators stands on the debtors' side.
func thirdPartyNotSued(c *judgment.Case) bool {
	return !slices.ContainsFunc(c.Parties, func(p judgment.Party) bool {
		return !p.IsPlatformOperator && (p.Role == "defendant" || p.Role == "third_party")
	})
}
