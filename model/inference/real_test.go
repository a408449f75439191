package inference

import (
	"testing"

	"caipan/model/judgment"
)

func TestRealPartiesFallIntoGapsConflictsAndRules(t *testing.T) {
	base := [][2]string{{"procedure", "merits"}, {"subject_kind", "platform"}, {"infringement_established", "yes"}, {"third_party", "identified_party"},
		{"own_act", "no"}, {"carrier", "no"}, {"breach_found", "yes"}, {"platform_state", "negligence"}, {"notice", "none"}, {"timely", "no"}, {"statutory_joint", "no"}, {"M1a", "performed"},
		{"M6", "performed"}, {"M7", "performed"}, {"merchant_info", "provided"}, {"platform_promise", "none"}, {"consumer_found", "no"}, {"claimant_kind", "other"}, {"harm_source", "third_party"}, {"victim_fault", "none"}, {"direct_cause", "no"}}
	literal := engine(t, "he2024", "paper_literal")
	standard := engine(t, "he2024", "")
	day := judgment.Dates{ActTo: "2022-01-01"}
	with := func(e *Engine, more ...[2]string) judgment.Decision {
		return e.Decide(Facts{Facts: facts(append(append([][2]string{}, base...), more...)), Dates: day})
	}
	list := []judgment.Decision{
		with(standard, [2]string{"third_party_state", "intent"}, [2]string{"causation", "third_sufficient"}),
		with(standard, [2]string{"third_party_state", "no_fault"}, [2]string{"causation", "third_sufficient"}), // the paper is silent
		with(standard, [2]string{"third_party_state", "no_fault"}),                                             // causation could still decide
		with(literal, [2]string{"third_party_state", "intent"}, [2]string{"causation", "third_sufficient"}),
	}
	r := CountReal(list)
	if r.Parties != 4 || r.Gaps != 1 || r.Open != 1 || r.Decides["R7"] != 1 || r.Conflicts["R6L.beside R7.cc"] != 1 {
		t.Errorf("%+v", r)
		for _, d := range list {
			t.Log(String(d), d.Missing)
		}
	}
}
