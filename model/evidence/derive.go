package evidence

import (
	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// derive fills what follows from other facts by the coding conventions (CODEBOOK_PLATFORM 1, 2), marked as derived.
func (r *resolver) derive() {
	if r.policy == "pleadings" {
		return
	}
	r.breachFromPerformance()
}

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
	if b.Value != vocabulary.Unknown {
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
