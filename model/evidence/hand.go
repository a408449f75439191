package evidence

import (
	"fmt"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

const statusHand = "hand"

// byHand puts a correction in the place of what was read. A correction whose level is known (the coder stated it, or
// its quote stands at it) holds like a finding of that level that nothing read outweighs: on every rung that
// reads the level, and on no other. One without level carries on each rung the level of the value that it overrides; where
// nothing was read there is nothing to override, and it holds on the richest rung alone. What holds of a party as
// such (kind of subject, service, procedure) holds on every rung.
func (r *resolver) byHand(v *vocabulary.Variable, f *judgment.Fact) {
	var win *judgment.Correction
	level := -1
	for i := range r.c.Corrections {
		x := &r.c.Corrections[i]
		if x.Kind != judgment.CorrectsFact || x.Status != judgment.CorrectionApplied || x.Field != v.ID || x.PartyNo != r.no {
			continue
		}
		if n, ok := r.reaches(v, f, x); ok && n > level {
			win, level = x, n
		}
	}
	if win == nil {
		return
	}
	was := win.Was // the attributes of the party are corrected already
	if was == "" {
		was = f.Value
	}
	f.Value, f.Level, f.Status = win.Value, level, statusHand
	f.FindingIDs = append([]string{win.ID}, f.FindingIDs...)
	f.Reason = fmt.Sprintf("by hand (%s", win.Coder)
	if win.Date != "" {
		f.Reason += ", " + win.Date
	}
	if f.Reason += ")"; win.Reason != "" {
		f.Reason += ": " + win.Reason
	}
	f.Reason += "; read as " + was
}

// reaches reports whether the correction holds on the rung, and at which level.
func (r *resolver) reaches(v *vocabulary.Variable, f *judgment.Fact, x *judgment.Correction) (level int, ok bool) {
	lv := r.levels(v)
	whole := v.ID == "subject_kind" || v.ID == "service_type" || v.ID == "procedure"
	read := f.Value != vocabulary.Unknown
	switch {
	case whole:
		return max(f.Level, x.Level, 0), true
	case x.Level >= 0:
		return x.Level, lv[0] <= x.Level && x.Level <= lv[1]
	case r.policy == "pleadings":
		return f.Level, read && v.Floor == 0
	case read:
		return f.Level, true
	}
	return lv[1], r.policy == Policies[len(Policies)-1]
}
