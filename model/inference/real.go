package inference

import "caipan/model/judgment"

// Real says how many real parties fall into what the audit of a pack found.
type Real struct {
	Parties   int
	Gaps      int            // no rule fires and nothing that is unknown could change it: a gap of the doctrine
	Open      int            // no rule fires for want of facts
	Conflicts map[string]int // by the rows that disagree
	Decides   map[string]int // by rule
}

// CountReal sorts decisions of one pack, variant and evidence policy.
func CountReal(list []judgment.Decision) Real {
	out := Real{Parties: len(list), Conflicts: map[string]int{}, Decides: map[string]int{}}
	for _, d := range list {
		switch {
		case d.Outcome == "conflict":
			rows := ""
			if n := len(d.Steps); n > 0 {
				rows = d.Steps[n-1].Condition
			}
			out.Conflicts[rows]++
		case d.Outcome == "undetermined" && len(d.Missing) == 0:
			out.Gaps++
		case d.Outcome == "undetermined":
			out.Open++
		default:
			out.Decides[d.RuleID]++
		}
	}
	return out
}
