package evidence

import (
	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// derive fills what follows from other facts by the coding conventions (CODEBOOK_PLATFORM 1, 2), marked as derived.
// What a person set by hand is never filled or changed, but others follow from it.
func (r *resolver) derive() {
	if r.policy == "pleadings" {
		return
	}
	r.removalOnNotice()
	r.wrongFromFault()
	r.breachFromPerformance()
	r.breachFromFailure()
}

// removalOnNotice: after a notice the removal of a post is M6, not M4, and is counted once (convention 5).
func (r *resolver) removalOnNotice() {
	m4, m6, notice := r.fact("M4"), r.fact("M6"), r.fact("notice")
	if m4.Value == vocabulary.Unknown || m4.Value == "not_performed" {
		return
	}
	if open(m6) && (notice.Value == "effective" || notice.Value == "defective") {
		m6.Value, m6.Level, m6.Status, m6.FindingIDs = m4.Value, m4.Level, "derived", m4.FindingIDs
		m6.Reason = "the removal followed a notice"
	}
	if m6.Value != vocabulary.Unknown && m4.Status != statusHand {
		m4.Value, m4.Status, m4.Reason = vocabulary.Unknown, "derived", "counted as M6"
	}
}

// breachFromFailure: a measure failed by the court's reasoning and the platform knew or was at fault, or did not give
// the merchant's data, which needs no fault (CRL 44(1)): a breach.
func (r *resolver) breachFromFailure() {
	b := r.fact("breach_found")
	if !open(b) {
		return
	}
	fault := false
	switch r.fact("platform_state").Value {
	case "intent", "knew", "should_know", "gross_negligence", "negligence":
		fault = true
	}
	for _, v := range r.voc.Measures() {
		if m := r.fact(v.ID); failing(m.Value) > 2 && m.Level == 3 && (fault || v.ID == "M7") {
			b.Value, b.Level, b.Status, b.FindingIDs = "yes", m.Level, "derived", m.FindingIDs
			b.Reason = "a failed measure with fault, or the merchant's data withheld"
			return
		}
	}
}

// open reports whether nobody spoke of the variable, no coder either.
func open(f *judgment.Fact) bool { return f.Value == vocabulary.Unknown && f.Status != statusHand }

func (r *resolver) fact(id string) *judgment.Fact {
	if i, ok := r.at[id]; ok {
		return &r.facts[i]
	}
	return &judgment.Fact{Value: vocabulary.Unknown}
}

// breachFromPerformance: the court affirms in its reasoning that a duty was performed, or that knowledge and fault were
// not shown, and finds no failure: no breach (convention 2).
func (r *resolver) breachFromPerformance() {
	b := r.fact("breach_found")
	if !open(b) {
		return
	}
	state := r.fact("platform_state")
	reason, ids, level := "", []string(nil), 0
	if state.Value == "no_fault" || state.Value == vocabulary.NotProved {
		reason, ids, level = "fault was denied or not proved", state.FindingIDs, state.Level
	}
	for _, v := range r.voc.Measures() {
		m := r.fact(v.ID)
		switch {
		case failing(m.Value) > 2:
			return
		case m.Value == "performed" && m.Level == 3:
			reason, level = "a duty was performed and no failure found", m.Level
			ids = append(ids, m.FindingIDs...)
		}
	}
	if reason != "" {
		b.Value, b.Level, b.Status, b.Reason, b.FindingIDs = "no", level, "derived", reason, ids
	}
}

// wrongFromFault: a third party found to have acted with intent or negligence did wrong; strict liability without a
// wrong is none.
func (r *resolver) wrongFromFault() {
	wrong, state := r.fact("infringement_established"), r.fact("third_party_state")
	switch {
	case open(wrong) && (state.Value == "intent" || state.Value == "negligence"):
		wrong.Value, wrong.Level, wrong.Status, wrong.FindingIDs = "yes", state.Level, "derived", state.FindingIDs
		wrong.Reason = "the third party's fault was found"
	case state.Value == "strict" && wrong.Value != "yes" && state.Status != statusHand:
		state.Value, state.Status, state.Reason = vocabulary.Unknown, "derived", "no wrong was established"
	}
}
