package evidence

import (
	"fmt"
	"strings"
	"testing"

	"caipan/model/judgment"
)

// TestHandValuesKeepTheLadder: on which rungs a correction holds, and at which level.
func TestHandValuesKeepTheLadder(t *testing.T) {
	read := func(level int, value string) judgment.Finding {
		return judgment.Finding{ID: fmt.Sprint("f", level), PartyNo: 0, Variable: "platform_state", Value: value, Status: "affirmed", Level: level, Holder: "this_court"}
	}
	for name, x := range map[string]struct {
		read  []judgment.Finding
		level int // of the correction
		want  string
	}{
		"reasoning, one read above":          {[]judgment.Finding{read(3, "knew")}, 3, "unknown unknown unknown hand@3"},
		"facts, another read above":          {[]judgment.Finding{read(3, "knew"), read(2, "knew")}, 2, "unknown unknown hand@2 hand@2"},
		"facts, nothing read":                {nil, 2, "unknown unknown hand@2 hand@2"},
		"agreed":                             {[]judgment.Finding{read(2, "knew")}, 1, "unknown hand@1 hand@1 hand@1"},
		"claimed":                            {[]judgment.Finding{read(3, "knew"), read(0, "intent")}, 0, "hand@0 unknown unknown knew@3"},
		"no level, nothing read":             {nil, -1, "unknown unknown unknown hand@3"},
		"no level, read in the facts":        {[]judgment.Finding{read(2, "knew")}, -1, "unknown unknown hand@2 hand@2"},
		"no level, read everywhere":          {[]judgment.Finding{read(3, "knew"), read(2, "knew"), read(1, "knew"), read(0, "intent")}, -1, "intent@0 hand@1 hand@2 hand@3"},
		"no level, only the claimant's word": {[]judgment.Finding{read(0, "intent")}, -1, "intent@0 unknown unknown hand@3"},
	} {
		c := &judgment.Case{CaseID: "c", Parties: []judgment.Party{{IsPlatformOperator: true, SubjectKind: "platform"}}, Findings: x.read,
			Corrections: []judgment.Correction{{ID: "ch0", Kind: judgment.CorrectsFact, Field: "platform_state", Value: "no_fault", Level: x.level, Status: judgment.CorrectionApplied, Coder: "王"},
				{ID: "ch1", Kind: judgment.CorrectsFact, Field: "platform_state", Value: "gross_negligence", Level: 3, Status: judgment.CorrectionStale}}}
		var got []string
		for _, f := range Resolve(c) {
			if f.Variable != "platform_state" {
				continue
			}
			s := fmt.Sprintf("%s@%d", f.Value, f.Level)
			if f.Status == statusHand {
				s = strings.Replace(s, "no_fault", "hand", 1)
				if f.FindingIDs[0] != "ch0" || !strings.Contains(f.Reason, "王") {
					t.Errorf("%s: %+v does not lead to the correction", name, f)
				}
			}
			got = append(got, strings.TrimSuffix(s, "unknown@0")+map[bool]string{true: "unknown"}[s == "unknown@0"])
		}
		if s := strings.Join(got, " "); s != x.want {
			t.Errorf("%s: %s, want %s", name, s, x.want)
		}
	}
}

// TestNothingDerivesOverAHand: what follows from other facts never replaces a value by hand, and may follow from one.
func TestNothingDerivesOverAHand(t *testing.T) {
	hand := func(variable, value string) judgment.Correction {
		return judgment.Correction{ID: "ch", Kind: judgment.CorrectsFact, Field: variable, Value: value, Level: 3, Status: judgment.CorrectionApplied}
	}
	for name, x := range map[string]struct {
		by   []judgment.Correction
		look string
		want string
	}{
		"follows":    {[]judgment.Correction{hand("platform_state", "knew"), hand("M4", "not_performed")}, "breach_found", "yes derived"},
		"is not set": {[]judgment.Correction{hand("platform_state", "knew"), hand("M4", "not_performed"), hand("breach_found", "unknown")}, "breach_found", "unknown hand"},
		"stays":      {[]judgment.Correction{hand("notice", "effective"), hand("M4", "performed")}, "M4", "performed hand"},
		"strict":     {[]judgment.Correction{hand("third_party_state", "strict")}, "third_party_state", "strict hand"},
	} {
		c := &judgment.Case{Parties: []judgment.Party{{IsPlatformOperator: true}}, Corrections: x.by}
		for _, f := range Resolve(c) {
			if f.EvidencePolicy == "reasoning" && f.Variable == x.look && f.Value+" "+f.Status != x.want {
				t.Errorf("%s: %s %s, want %s", name, f.Value, f.Status, x.want)
			}
		}
	}
}
