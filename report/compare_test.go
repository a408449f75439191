package report

import (
	"testing"

	"caipan/model/judgment"
)

func rowsOf(t *testing.T, p constructed) map[string]judgment.Comparison {
	t.Helper()
	e := entryOf(0, p)
	out := map[string]judgment.Comparison{}
	for _, c := range Compare(&e, []Doctrine{paper(t)}) {
		if c.EvidencePolicy == "reasoning" {
			out[c.Stage] = c
		}
	}
	return out
}

func TestCompare(t *testing.T) {
	decided := func(actual, predicted string, change func(*constructed)) constructed {
		p := constructed{actual: actual, outcome: "decided", predicted: predicted, thirdSued: true, breach: "yes", found: "yes"}
		if change != nil {
			change(&p)
		}
		return p
	}
	for _, x := range []struct {
		name                    string
		in                      constructed
		stage, pred, act        string
		compared, agree, compat bool
		why                     string
	}{
		{"freed as predicted", decided("none", "none", nil), StageLiable, "none", "none", true, true, true, ""},
		{"liable for a part is joint", decided("joint_limited", "joint", nil), StageType, "joint", "joint", true, true, true, ""},
		{"together is joint by default", decided("joint_plain", "joint", nil), StageType, "joint", "joint", true, true, true, ""},
		{"another type agrees on liable", decided("share", "supplementary", nil), StageLiable, "liable", "liable", true, true, true, ""},
		{"and not on the type", decided("share", "supplementary", nil), StageType, "supplementary", "share", true, false, false, FromUnexplained},
		{"types are not compared where one side says none", decided("none", "joint", nil), StageType, "joint", "none", false, false, false, FromUnexplained},
		{"a share for the victim's fault alone is own", decided("share", "none", func(p *constructed) { p.basis = "victim_only" }), StageLiable, "none", "own", false, false, false, ""},
		{"own beside joint is compatible if no third party is sued", decided("own", "joint", func(p *constructed) { p.thirdSued = false }), StageLiable, "liable", "own", false, false, true, ""},
		{"and not if one is", decided("own", "joint", nil), StageLiable, "liable", "own", false, false, false, ""},
		{"equitable payment is outside", decided("equitable", "share", nil), StageLiable, "liable", "equitable", false, false, false, ""},
		{"nothing read", decided("", "none", nil), StageLiable, "none", "unknown", false, false, false, FromOutcome},
		{"the other label also read", decided("share", "supplementary", func(p *constructed) { p.also = []string{"supplementary"} }), StageType, "supplementary", "share", true, false, false, FromOutcome},
		{"a deciding fact in conflict", decided("none", "joint", func(p *constructed) { p.conflict = "platform_state" }), StageLiable, "liable", "none", true, false, false, FromExtraction},
		{"a missing fact", decided("none", "joint", func(p *constructed) { p.missing = []string{"notice"} }), StageLiable, "liable", "none", true, false, false, FromMissing},
		{"abstained for a missing fact", constructed{actual: "none", outcome: "undetermined", missing: []string{"notice"}}, StageLiable, "undetermined", "none", false, false, false, FromMissing},
		{"two rules disagree", constructed{actual: "none", outcome: "conflict"}, StageLiable, "conflict", "none", false, false, false, FromGap},
		{"no merits on both sides", constructed{actual: "out_of_scope", outcome: "out_of_scope"}, StageLiable, "out_of_scope", "out_of_scope", false, false, false, ""},
		{"breach found and derived", decided("none", "none", nil), StageBreach, "yes", "yes", true, true, true, ""},
		{"breach derived alone", decided("none", "none", func(p *constructed) { p.found = "" }), StageBreach, "yes", "unknown", false, false, false, ""},
		{"full beside a part", decided("joint_limited", "joint", func(p *constructed) { p.scope = "full" }), StageScope, "full", "limited", true, false, false, ""},
		{"above one half", decided("supplementary", "supplementary", func(p *constructed) { p.capPredicted, p.capped = number(0.5), number(0.7) }), StageScope, "within_cap", "above_cap", true, false, false, ""},
		{"within one half", decided("supplementary", "supplementary", func(p *constructed) { p.capPredicted, p.capped = number(0.5), number(0.3) }), StageScope, "within_cap", "within_cap", true, true, true, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			c, ok := rowsOf(t, x.in)[x.stage]
			if !ok {
				t.Fatalf("no row of stage %s", x.stage)
			}
			if c.Predicted != x.pred || c.Actual != x.act || c.Compared != x.compared || c.Agree != x.agree || c.Compatible != x.compat || c.Disagreement != x.why {
				t.Errorf("got %+v", c)
			}
		})
	}
}

func TestDistanceFollowsSeverity(t *testing.T) {
	r := rowsOf(t, constructed{actual: "joint", outcome: "decided", predicted: "supplementary", thirdSued: true})
	if d := r[StageType].Distance; d == nil || *d != 2 {
		t.Errorf("supplementary to joint is two steps over share, got %v", d)
	}
	r = rowsOf(t, constructed{actual: "own", outcome: "decided", predicted: "supplementary", thirdSued: true})
	if r[StageType].Distance != nil {
		t.Error("what is outside has no distance")
	}
}

func TestDecisionOfAnUnknownDoctrineIsPassedOver(t *testing.T) {
	e := entryOf(0, constructed{actual: "none", outcome: "decided", predicted: "none"})
	if got := Compare(&e, nil); got != nil {
		t.Errorf("compared by a mapping that nobody gave: %v", got)
	}
}
