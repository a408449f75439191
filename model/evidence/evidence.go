// Package evidence turns findings into facts (事实): one value per variable, party and evidence policy, with the
// finding that won, those that lost and the reason.
//
// The policies are the rungs of the leakage ladder (doctrine.md 2.1): pleadings (level 0, the claimant's story),
// undisputed (level 1), facts (levels 1 and 2), reasoning (levels 1 to 3). The package knows levels and how values
// compete; it knows no rule of liability. Unknown stays unknown and conflict stays conflict.
// Imported by pipeline, features and reports.
package evidence

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// Policies in the order of the ladder, weakest first.
var Policies = []string{"pleadings", "undisputed", "facts", "reasoning"}

// levels that a policy reads, inclusive.
var levels = map[string][2]int{"pleadings": {0, 0}, "undisputed": {1, 1}, "facts": {1, 2}, "reasoning": {1, 3}}

// Resolve gives the facts of every platform operator among the parties, policy by policy in the order of Policies and
// the vocabulary's variables. Variables that nobody spoke of are unknown. A case without an operator has none.
func Resolve(c *judgment.Case) []judgment.Fact {
	voc, err := vocabulary.Load()
	if err != nil {
		return nil
	}
	return ResolveWith(voc, c)
}

// ResolveWith is Resolve for a vocabulary of one's own.
func ResolveWith(voc *vocabulary.Vocabulary, c *judgment.Case) []judgment.Fact {
	nos := subjects(c)
	if len(nos) == 0 {
		return nil
	}
	out := make([]judgment.Fact, 0, len(nos)*len(Policies)*len(voc.Variables))
	about := findingsAbout(voc, c)
	for _, no := range nos {
		for _, policy := range Policies {
			r := &resolver{voc: voc, c: c, about: about, no: no, policy: policy, at: make(map[string]int, len(voc.Variables))}
			r.facts = make([]judgment.Fact, 0, len(voc.Variables))
			for _, v := range voc.Variables {
				if v.PartOf == "" {
					r.add(v)
				}
			}
			r.derive()
			out = append(out, r.facts...)
		}
	}
	return out
}

func subjects(c *judgment.Case) []int {
	var nos []int
	for i := range c.Parties {
		if c.Parties[i].IsPlatformOperator {
			nos = append(nos, i)
		}
	}
	return nos
}

// findingsAbout sorts the findings by the variable for which they may speak: their own, and the one it is part of.
func findingsAbout(voc *vocabulary.Vocabulary, c *judgment.Case) map[string][]*judgment.Finding {
	out := map[string][]*judgment.Finding{}
	for i := range c.Findings {
		f := &c.Findings[i]
		out[f.Variable] = append(out[f.Variable], f)
		if v := voc.Variable(f.Variable); v != nil && v.PartOf != "" && v.PartOf != f.Variable {
			out[v.PartOf] = append(out[v.PartOf], f)
		}
	}
	return out
}

type resolver struct {
	voc    *vocabulary.Vocabulary
	c      *judgment.Case
	about  map[string][]*judgment.Finding
	no     int
	policy string
	facts  []judgment.Fact
	at     map[string]int // variable -> place in facts
}

func (r *resolver) add(v *vocabulary.Variable) {
	f := judgment.Fact{CaseID: r.c.CaseID, PartyNo: r.no, EvidencePolicy: r.policy, Variable: v.ID, Status: "read"}
	fs := r.findings(v)
	w := decide(v, fs, r.c.Text)
	if settled := r.settled(v.ID); settled != "" {
		w.value, w.reason = settled, "as the party was read: statements weighed together"
	}
	f.Value, f.Level, f.Reason = w.value, w.level, w.reason
	if x, why := r.attribute(v.ID); x != "" && x != "unknown" {
		f.Value, f.Reason = x, why
	}
	for _, x := range w.findings {
		f.FindingIDs = append(f.FindingIDs, x.ID)
	}
	r.byHand(v, &f)
	r.at[v.ID] = len(r.facts)
	r.facts = append(r.facts, f)
}

// attribute gives the values that no finding carries. What kind of subject a party is and what its platform serves for
// decide who is examined at all; features/operator weighs them over the whole text, and they hold on every rung.
// procedure is the one bit that may come from the operative part: whether this party got a decision on the merits.
func (r *resolver) attribute(variable string) (value, why string) {
	p := &r.c.Parties[r.no]
	switch variable {
	case "subject_kind":
		return p.SubjectKind, "attribute of the party"
	case "service_type":
		return p.ServiceType, "attribute of the party"
	case "procedure":
		for i := range r.c.Rulings {
			x := &r.c.Rulings[i]
			if x.PartyNo != p.No || x.HeadNo != 0 {
				continue
			}
			switch x.Label {
			case judgment.LabelNotClaimed, judgment.LabelOutOfScope:
				return "none", "no decision on the merits for this party"
			case judgment.LabelUnknown:
				return "", ""
			}
			return "merits", "decided on the merits for this party"
		}
	}
	return "", ""
}

// settled gives what features/operator has already settled for the party from all statements together.
func (r *resolver) settled(variable string) string {
	switch p := &r.c.Parties[r.no]; variable {
	case "subject_kind":
		return p.SubjectKind
	case "service_type":
		return p.ServiceType
	}
	return ""
}

// findings that may speak for the variable under the policy: about this party or the case; third parties' for
// variables about third parties; finer measures count for their measure.
func (r *resolver) findings(v *vocabulary.Variable) []*judgment.Finding {
	lv := r.levels(v)
	var out []*judgment.Finding
	for _, f := range r.about[v.ID] {
		if f.Level < lv[0] || f.Level > lv[1] || f.Status == "uncertain" {
			continue
		}
		if r.policy == "pleadings" && f.Holder == "defendant" && v.Floor > 0 {
			continue
		}
		if r.concerns(v, f) {
			out = append(out, f)
		}
	}
	return out
}

// levels are the evidence levels that may speak for the variable under the policy, inclusive.
func (r *resolver) levels(v *vocabulary.Variable) [2]int {
	lv := levels[r.policy]
	if r.policy != "pleadings" && v.Floor > lv[0] {
		lv[0] = min(v.Floor, lv[1])
	}
	if v.Floor == 0 {
		lv[0] = 0
	}
	return lv
}

func (r *resolver) concerns(v *vocabulary.Variable, f *judgment.Finding) bool {
	if f.PartyNo < 0 || f.PartyNo == r.no {
		return true
	}
	return v.About == "third_party" && f.PartyNo < len(r.c.Parties) && !r.c.Parties[f.PartyNo].IsPlatformOperator
}

// verdict is the value that won and why.
type verdict struct {
	value    string
	level    int
	reason   string
	findings []*judgment.Finding // winner first, then the losers
}

func decide(v *vocabulary.Variable, fs []*judgment.Finding, text string) verdict {
	if len(fs) == 0 {
		return verdict{value: vocabulary.Unknown, reason: "no finding"}
	}
	switch v.ID {
	case "third_party_state":
		fs = withoutStrict(fs)
	case "platform_state":
		fs = withoutInferences(fs)
	}
	top := 0
	for _, f := range fs {
		top = max(top, f.Level)
	}
	var best, rest []*judgment.Finding
	for _, f := range fs {
		if f.Level == top {
			best = append(best, f)
		} else {
			rest = append(rest, f)
		}
	}
	var w verdict
	switch {
	case v.Resolve.Policy == "latest":
		w = last(best)
	case v.Resolve.Policy == "max":
		w = strongest(v.Resolve.Rank, best, "the strongest found")
	case v.IsMeasure():
		w = strongest(failing, best, "a failure of the measure outweighs its performance, and the closer word the general one")
	case v.ID == "merchant_info":
		w = strongest(withheld, best, "data once withheld were not provided")
	case v.ID == "breach_found" || v.ID == "infringement_established":
		w = strongest(affirming, best, "one breach is enough")
	default:
		w = summing(best, text)
	}
	if v.ID == "profit_mode" && w.value == vocabulary.Conflict {
		w = profits(best, w)
	}
	w.level = top
	w.findings = append(w.findings, rest...)
	if len(rest) > 0 {
		w.reason += fmt.Sprintf("; level %d before lower ones", top)
	}
	return w
}

// withoutStrict drops strict where anything is said about the third party's fault: it means unlawful without a word on it.
func withoutStrict(fs []*judgment.Finding) []*judgment.Finding {
	var out []*judgment.Finding
	for _, f := range fs {
		if f.Value != "strict" {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		return fs
	}
	return out
}

// withoutInferences drops no_fault that is only a party's rejected claim of fault where the court says that fault was not
// proved: who fails to prove knowledge has not proved its absence.
func withoutInferences(fs []*judgment.Finding) []*judgment.Finding {
	unproved := 0
	for _, f := range fs {
		if f.Value == vocabulary.NotProved {
			unproved = max(unproved, f.Level)
		}
	}
	return slices.DeleteFunc(slices.Clone(fs), func(f *judgment.Finding) bool {
		return f.Value == "no_fault" && f.Status == "denied" && f.Adoption == "rejected" && f.Level <= unproved
	})
}

// profits puts ways of profit together: direct and indirect are mixed; free of charge for those who pay in another way
// is that other way (doctrine.md 3.2, R-3).
func profits(fs []*judgment.Finding, w verdict) verdict {
	seen := map[string]*judgment.Finding{}
	for _, f := range fs {
		seen[f.Value] = f
	}
	switch {
	case seen["direct"] != nil && seen["indirect"] != nil:
		return verdict{value: "mixed", reason: "direct and indirect", findings: winnerFirst(seen["direct"], fs)}
	case seen["free"] != nil && seen["indirect"] != nil && seen["direct"] == nil:
		return verdict{value: "indirect", reason: "free of charge, paid for in another way", findings: winnerFirst(seen["indirect"], fs)}
	}
	return w
}

func failing(value string) int {
	return map[string]int{"performed": 1, "not_required": 2, "not_performed": 3, "partly": 4, "late": 5}[value]
}

func withheld(value string) int { return map[string]int{"provided": 1, "not_provided": 2}[value] }

func affirming(value string) int { return map[string]int{"no": 1, "yes": 2}[value] }

// strongest takes the value of the highest rank; the last finding of that value wins.
func strongest(rank func(string) int, fs []*judgment.Finding, reason string) verdict {
	win := fs[0]
	for _, f := range fs[1:] {
		if rank(f.Value) >= rank(win.Value) {
			win = f
		}
	}
	w := verdict{value: win.Value, reason: reason}
	if same(fs) {
		w.reason = agree(fs)
	}
	w.findings = winnerFirst(win, fs)
	return w
}

func last(fs []*judgment.Finding) verdict {
	win := fs[len(fs)-1]
	return verdict{value: win.Value, reason: "the last of its level", findings: winnerFirst(win, fs)}
}

// summing: equal values agree; otherwise the later sentence that sums up (综上, 故, 因此) wins, else they conflict.
func summing(fs []*judgment.Finding, text string) verdict {
	if same(fs) {
		return verdict{value: fs[0].Value, reason: agree(fs), findings: winnerFirst(fs[len(fs)-1], fs)}
	}
	for i := len(fs) - 1; i >= 0; i-- {
		if sumsUp(text, fs[i].Span.Start) {
			return verdict{value: fs[i].Value, reason: "the sentence that sums up", findings: winnerFirst(fs[i], fs)}
		}
	}
	var names []string
	seen := map[string]bool{}
	for _, f := range fs {
		if !seen[f.Value] {
			seen[f.Value] = true
			names = append(names, f.Value)
		}
	}
	sort.Strings(names)
	return verdict{value: vocabulary.Conflict, reason: "one level says " + strings.Join(names, " and "), findings: fs}
}

func sumsUp(text string, at int) bool {
	if at <= 0 || at > len(text) {
		return false
	}
	from := max(0, at-180)
	s := text[from:at]
	if i := strings.LastIndexAny(s, "\n"); i >= 0 {
		s = s[i:]
	}
	if i := strings.LastIndex(s, "。"); i >= 0 {
		s = s[i:]
	}
	return summers().in(s)
}

func same(fs []*judgment.Finding) bool {
	for _, f := range fs {
		if f.Value != fs[0].Value {
			return false
		}
	}
	return true
}

func agree(fs []*judgment.Finding) string {
	if len(fs) == 1 {
		return "one finding"
	}
	return fmt.Sprintf("%d findings agree", len(fs))
}

func winnerFirst(win *judgment.Finding, fs []*judgment.Finding) []*judgment.Finding {
	out := []*judgment.Finding{win}
	for _, f := range fs {
		if f != win {
			out = append(out, f)
		}
	}
	return out
}
