package inference

import (
	"fmt"
	"sort"

	"caipan/model/judgment"
)

// Change is one party on which two runs say something else.
type Change struct {
	CaseID         string
	PartyNo        int
	EvidencePolicy string
	Kind           string // gained | lost | changed | only_before | only_after
	Before, After  string // liability, or the outcome where nothing was decided; "" if absent
	RuleBefore     string
	RuleAfter      string
}

// Changes is the report of what a change of pack, version or variant did.
type Changes struct {
	Compared int // parties in both runs
	Counts   map[string]int
	Changes  []Change // in order of case, party and policy
}

// Kinds of change in the order of a report.
var ChangeKinds = []string{"gained", "lost", "changed", "only_before", "only_after"}

// Against sets two runs over the same parties beside each other, joined by case, party and evidence policy: decisions
// gained (undetermined or conflict before), lost, and changed. Doctrine and variant are not compared, so that two
// packs can be; each run must hold at most one decision for a party and policy.
func Against(before, after []judgment.Decision) (Changes, error) {
	out := Changes{Counts: map[string]int{}}
	old, err := byParty(before, "first")
	if err != nil {
		return out, err
	}
	now, err := byParty(after, "second")
	if err != nil {
		return out, err
	}
	for key, a := range old {
		b, both := now[key]
		if !both {
			out.note(a, judgment.Decision{}, "only_before")
			continue
		}
		out.Compared++
		if kind := kindOfChange(a, b); kind != "" {
			out.note(a, b, kind)
		}
	}
	for key, b := range now {
		if _, both := old[key]; !both {
			out.note(judgment.Decision{}, b, "only_after")
		}
	}
	sort.Slice(out.Changes, func(i, j int) bool {
		a, b := out.Changes[i], out.Changes[j]
		if a.CaseID != b.CaseID {
			return a.CaseID < b.CaseID
		}
		if a.PartyNo != b.PartyNo {
			return a.PartyNo < b.PartyNo
		}
		return a.EvidencePolicy < b.EvidencePolicy
	})
	return out, nil
}

func byParty(list []judgment.Decision, which string) (map[string]judgment.Decision, error) {
	out := map[string]judgment.Decision{}
	for _, d := range list {
		key := fmt.Sprintf("%s\x00%d\x00%s", d.CaseID, d.PartyNo, d.EvidencePolicy)
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("the %s run holds two decisions for party %d of case %s under %s; choose one doctrine and variant", which, d.PartyNo, d.CaseID, d.EvidencePolicy)
		}
		out[key] = d
	}
	return out, nil
}

func kindOfChange(a, b judgment.Decision) string {
	open := func(d judgment.Decision) bool { return d.Outcome == "undetermined" || d.Outcome == "conflict" }
	switch {
	case said(a) == said(b) && a.Scope == b.Scope:
		return ""
	case open(a) && !open(b):
		return "gained"
	case !open(a) && open(b):
		return "lost"
	}
	return "changed"
}

func said(d judgment.Decision) string {
	if d.Outcome == "decided" {
		return d.Liability
	}
	return d.Outcome
}

func (c *Changes) note(a, b judgment.Decision, kind string) {
	at := a
	if kind == "only_after" {
		at = b
	}
	c.Counts[kind]++
	c.Changes = append(c.Changes, Change{CaseID: at.CaseID, PartyNo: at.PartyNo, EvidencePolicy: at.EvidencePolicy, Kind: kind,
		Before: said(a), After: said(b), RuleBefore: a.RuleID, RuleAfter: b.RuleID})
}
