package evidence

import (
	"strings"
	"testing"

	"caipan/model/judgment"
)

// c makes a case with one operator (party 1), a seller (party 2) and the findings, each "variable=value@level", with
// optional suffixes /p2 (about party 2), /nobody and /uncertain.
func c(findings ...string) *judgment.Case {
	out := &judgment.Case{CaseID: "c1", Text: strings.Repeat("文", 400), Parties: []judgment.Party{
		{No: 0, Name: "原告", Role: "plaintiff"}, {No: 1, Name: "平台公司", Role: "defendant", IsPlatformOperator: true}, {No: 2, Name: "乙店", Role: "defendant"}}}
	for i, s := range findings {
		f := judgment.Finding{ID: "f" + string(rune('0'+i)), PartyNo: 1, Status: "affirmed", Holder: "this_court", Span: judgment.Span{Start: 30 * i, End: 30*i + 3}}
		parts := strings.Split(s, "/")
		head, level, _ := strings.Cut(parts[0], "@")
		f.Variable, f.Value, _ = strings.Cut(head, "=")
		f.Level = int(level[0] - '0')
		for _, p := range parts[1:] {
			switch p {
			case "p2":
				f.PartyNo = 2
			case "nobody":
				f.PartyNo = -1
			case "uncertain":
				f.Status = "uncertain"
			case "defendant":
				f.Holder = "defendant"
			case "rejected":
				f.Status, f.Adoption = "denied", "rejected"
			}
		}
		out.Findings = append(out.Findings, f)
	}
	return out
}

func value(t *testing.T, cs *judgment.Case, policy, variable string) judgment.Fact {
	t.Helper()
	for _, f := range Resolve(cs) {
		if f.EvidencePolicy == policy && f.Variable == variable {
			return f
		}
	}
	t.Fatalf("no fact for %s under %s", variable, policy)
	return judgment.Fact{}
}

func TestOneValueOutOfMany(t *testing.T) {
	for _, x := range []struct {
		name             string
		c                *judgment.Case
		policy, variable string
		want             string
	}{
		{"nobody spoke", c(), "reasoning", "platform_state", "unknown"},
		{"the strongest of the highest level", c("platform_state=not_proved@3", "platform_state=negligence@3"), "reasoning", "platform_state", "negligence"},
		{"a higher level before a stronger value", c("platform_state=knew@2", "platform_state=negligence@3"), "reasoning", "platform_state", "negligence"},
		{"an allegation is no finding", c("platform_state=knew@0"), "reasoning", "platform_state", "unknown"},
		{"but it is the pleadings", c("platform_state=knew@0"), "pleadings", "platform_state", "knew"},
		{"the defendant's denial is not the claimant's story", c("platform_state=no_fault@0/defendant"), "pleadings", "platform_state", "unknown"},
		{"an admission counts below the facts", c("M7=performed@1"), "undisputed", "M7", "performed"},
		{"and under reasoning", c("M7=performed@1"), "reasoning", "M7", "performed"},
		{"facts do not read reasoning", c("platform_state=knew@3"), "facts", "platform_state", "unknown"},
		{"uncertain words decide nothing", c("platform_state=negligence@3/uncertain"), "reasoning", "platform_state", "unknown"},
		{"one breach is enough", c("breach_found=no@3", "breach_found=yes@3", "breach_found=no@3"), "reasoning", "breach_found", "yes"},
		{"late is closer than not performed", c("M6=not_performed@3", "M6=late@3"), "reasoning", "M6", "late"},
		{"a failure outweighs performance", c("M1a=not_performed@3", "M1a=performed@3"), "reasoning", "M1a", "not_performed"},
		{"equal rank, different values", c("profit_mode=direct@2", "profit_mode=free@2"), "reasoning", "profit_mode", "conflict"},
		{"the seller's state is the third party's", c("third_party_state=intent@3/p2"), "reasoning", "third_party_state", "intent"},
		{"the seller's fault is not the platform's", c("platform_state=negligence@3/p2"), "reasoning", "platform_state", "unknown"},
		{"case findings reach the operator", c("harm_type=property@2/nobody"), "reasoning", "harm_type", "property"},
		{"strict gives way to a word on fault", c("third_party_state=strict@3/nobody", "third_party_state=no_fault@3/p2"), "reasoning", "third_party_state", "no_fault"},
		{"strict needs a wrong", c("third_party_state=strict@3/nobody"), "reasoning", "third_party_state", "unknown"},
		{"strict with a wrong", c("third_party_state=strict@3/nobody", "infringement_established=yes@3/nobody"), "reasoning", "third_party_state", "strict"},
		{"fault of the third party is a wrong", c("third_party_state=intent@3/p2"), "reasoning", "infringement_established", "yes"},
		{"performance without failure: no breach", c("M7=performed@3"), "reasoning", "breach_found", "no"},
		{"performance in the facts alone decides nothing", c("M7=performed@2"), "reasoning", "breach_found", "unknown"},
		{"fault and failure: breach", c("platform_state=knew@3", "M4=not_performed@3"), "reasoning", "breach_found", "yes"},
		{"failure without fault decides nothing", c("M4=not_performed@3"), "reasoning", "breach_found", "unknown"},
		{"the merchant's data withheld need no fault", c("M7=not_performed@3"), "reasoning", "breach_found", "yes"},
		{"a removal after notice is M6", c("M4=performed@2", "notice=effective@3"), "reasoning", "M6", "performed"},
		{"and not M4 too", c("M4=performed@2", "notice=effective@3"), "reasoning", "M4", "unknown"},
		{"direct and indirect profit are mixed", c("profit_mode=direct@2", "profit_mode=indirect@2"), "reasoning", "profit_mode", "mixed"},
		{"free for users, paid by advertising", c("profit_mode=free@2", "profit_mode=indirect@2"), "reasoning", "profit_mode", "indirect"},
		{"a rejected claim of knowledge gives way to not proved", c("platform_state=no_fault@3/rejected", "platform_state=not_proved@3"), "reasoning", "platform_state", "not_proved"},
		{"without it the rejected claim stands", c("platform_state=no_fault@3/rejected"), "reasoning", "platform_state", "no_fault"},
		{"the gravest fault of the victim", c("victim_fault=gross@3/nobody", "victim_fault=ordinary@3/nobody"), "reasoning", "victim_fault", "gross"},
		{"a finer measure counts for its measure", c("M4b=performed@3"), "reasoning", "M4", "performed"},
	} {
		if got := value(t, x.c, x.policy, x.variable); got.Value != x.want {
			t.Errorf("%s: %s under %s is %q (%s), want %q", x.name, x.variable, x.policy, got.Value, got.Reason, x.want)
		}
	}
}

func TestWinnerStandsFirstAndLosersAreNamed(t *testing.T) {
	f := value(t, c("platform_state=not_proved@3", "platform_state=negligence@3", "platform_state=knew@2"), "reasoning", "platform_state")
	if strings.Join(f.FindingIDs, ",") != "f1,f0,f2" || f.Level != 3 || !strings.Contains(f.Reason, "strongest") {
		t.Errorf("findings %v, level %d, reason %q", f.FindingIDs, f.Level, f.Reason)
	}
}

func TestTheSentenceThatSumsUpWins(t *testing.T) {
	cs := c("notice=effective@3", "notice=defective@3")
	cs.Text = "该函件构成有效通知。综上，该函件不构成有效通知。"
	cs.Findings[0].Span = judgment.Span{Start: strings.Index(cs.Text, "构成"), End: strings.Index(cs.Text, "构成") + 6}
	cs.Findings[1].Span = judgment.Span{Start: strings.Index(cs.Text, "不构成"), End: strings.Index(cs.Text, "不构成") + 9}
	if f := value(t, cs, "reasoning", "notice"); f.Value != "defective" {
		t.Errorf("notice is %q (%s), want defective", f.Value, f.Reason)
	}
}

func TestOnlyOperatorsHaveFacts(t *testing.T) {
	cs := c("platform_state=knew@3")
	cs.Parties[1].IsPlatformOperator = false
	if fs := Resolve(cs); fs != nil {
		t.Errorf("%d facts for a case without an operator", len(fs))
	}
}

func TestOrderOfFindingsOfOneLevelChangesNoStrongestValue(t *testing.T) {
	a := value(t, c("platform_state=knew@3", "platform_state=negligence@3", "platform_state=no_fault@3"), "reasoning", "platform_state")
	b := value(t, c("platform_state=no_fault@3", "platform_state=knew@3", "platform_state=negligence@3"), "reasoning", "platform_state")
	if a.Value != b.Value {
		t.Errorf("%q and %q", a.Value, b.Value)
	}
}

func TestWhatThePartyIsWasSettledBefore(t *testing.T) {
	cs := c("service_type=social@3", "service_type=shopping@2")
	cs.Parties[1].ServiceType, cs.Parties[1].SubjectKind = "shopping", "platform"
	for _, policy := range Policies {
		if f := value(t, cs, policy, "service_type"); f.Value != "shopping" {
			t.Errorf("%s: service_type is %q", policy, f.Value)
		}
		if f := value(t, cs, policy, "subject_kind"); f.Value != "platform" {
			t.Errorf("%s: subject_kind is %q", policy, f.Value)
		}
	}
}
