package report

import (
	"slices"

	"caipan/model/judgment"
)

// Values of a scope: joint liability in full or for a part, supplementary liability within or above the limit.
const (
	scopeFull    = "full"
	scopeLimited = "limited"
	capWithin    = "within_cap"
	capAbove     = "above_cap"
	capNone      = "uncapped"
)

// scopeRow compares reach (joint) or limit (supplementary) of two equal liabilities. A share has no predicted
// portion: its row carries the actual fraction and is not compared.
func scopeRow(base judgment.Comparison, d *judgment.Decision, r *judgment.Ruling) judgment.Comparison {
	c := base
	c.Stage, c.Predicted, c.Actual = StageScope, d.Liability, r.Label
	c.PredictedScope, c.ActualScope = d.Scope, r.Scope
	c.Cap = r.CapFraction
	switch r.Label {
	case judgment.LabelJoint, judgment.LabelJointPlain, judgment.LabelJointLimited:
		c.Predicted, c.Actual = reach(d.Scope), scopeFull
		if r.Label == judgment.LabelJointLimited {
			c.Actual = scopeLimited
		}
		c.Compared = d.Scope != ""
		c.Agree = c.Compared && c.Predicted == c.Actual
	case judgment.LabelSupplementary:
		c.Predicted, c.Actual = capNone, capNone
		if d.CapFraction != nil {
			c.Predicted = capWithin
		}
		if f := capOf(r); f != nil {
			c.Cap, c.Actual = f, capWithin
			if d.CapFraction != nil && *f > *d.CapFraction {
				c.Actual = capAbove
			}
		}
		c.Compared = d.CapFraction != nil
		c.Agree = c.Compared && c.Actual == capWithin
	case judgment.LabelShare:
		c.Cap = r.Fraction
	}
	c.Compatible = c.Agree
	return c
}

func reach(scope string) string {
	if scope == scopeFull || scope == "" {
		return scope
	}
	return scopeLimited
}

// capOf is the limit of a supplementary liability as a portion: as stated, or the stated amount over the claim.
func capOf(r *judgment.Ruling) *float64 {
	if r.CapFraction != nil {
		return r.CapFraction
	}
	if r.Fraction != nil {
		return r.Fraction
	}
	if r.CapAmount != nil && r.ClaimedAmount != nil && *r.ClaimedAmount > 0 {
		f := *r.CapAmount / *r.ClaimedAmount
		return &f
	}
	return nil
}

// breachRow sets the breach that the pack derived under the decision's evidence beside the breach that the court
// found (always read from the reasoning). ok is false where neither side says anything.
func breachRow(base judgment.Comparison, e *Entry, d *judgment.Decision) (judgment.Comparison, bool) {
	c := base
	c.Stage, c.Predicted, c.Actual = StageBreach, d.BreachDerived, e.fact(d.PartyNo, policyFull, varBreachFound)
	known := func(v string) bool { return v == "yes" || v == "no" }
	if !known(c.Predicted) && !known(c.Actual) {
		return c, false
	}
	if c.Predicted == "" {
		c.Predicted = judgment.LabelUnknown
	}
	if c.Actual == "" {
		c.Actual = judgment.LabelUnknown
	}
	c.Compared = known(c.Predicted) && known(c.Actual)
	c.Agree = c.Compared && c.Predicted == c.Actual
	c.Compatible = c.Agree
	return c, true
}

// disagreement names where a difference or an abstention comes from; "" where the sides agree, or where the case
// lies outside the comparison for a reason that both sides know (no merits decision, own liability).
func disagreement(e *Entry, d *judgment.Decision, r *judgment.Ruling, doc *Doctrine, c judgment.Comparison, agree bool) string {
	if agree || c.Compatible {
		return ""
	}
	if r == nil || r.Label == judgment.LabelUnknown || r.Label == "undetermined" {
		return FromOutcome
	}
	switch d.Outcome {
	case "conflict":
		return FromGap
	case "undetermined":
		if hasConflict(e, d) {
			return FromExtraction
		}
		if len(d.Missing) > 0 {
			return FromMissing
		}
		return FromGap
	}
	if !c.Compared {
		return ""
	}
	class, _ := doc.Compare.OfPrediction(d.Liability, doc.Choice)
	if slices.ContainsFunc(r.Also, func(also string) bool {
		other, _ := doc.Compare.OfRuling(also, r.ShareBasis, doc.Choice)
		return other == class
	}) {
		return FromOutcome
	}
	if hasConflict(e, d) {
		return FromExtraction
	}
	if len(d.Missing) > 0 {
		return FromMissing
	}
	return FromUnexplained
}

// hasConflict reports whether a fact that carried the decision, or that it misses, is contradictory as read.
func hasConflict(e *Entry, d *judgment.Decision) bool {
	contradictory := func(v string) bool { return e.fact(d.PartyNo, d.EvidencePolicy, v) == "conflict" }
	return slices.ContainsFunc(d.Decisive, contradictory) || slices.ContainsFunc(d.Missing, contradictory)
}
