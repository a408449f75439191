package inference

import (
	"strings"
	"testing"

	"caipan/model/judgment"
)

func TestExplanationNamesRuleProvisionWordsAndWhatIsMissing(t *testing.T) {
	e := engine(t, "he2024", "")
	list := facts([][2]string{{"procedure", "merits"}, {"subject_kind", "platform"}, {"breach_found", "yes"}, {"platform_state", "negligence"},
		{"third_party_state", "intent"}, {"infringement_established", "yes"}, {"third_party", "identified_party"}})
	for i := range list {
		if list[i].Variable == "platform_state" {
			list[i].FindingIDs = []string{"c1f7"}
		}
	}
	d := e.Decide(Facts{Facts: list, Dates: judgment.Dates{Judgment: "2022-03-01"}})
	quote := func(id string) string { return "「存在过失」 (reasoning, this court) " + id }
	for lang, wants := range map[string][]string{
		"en": {"supplementary", "rule R7", "《民法典》第1198条第2款 (in force from 2021-01-01)", "state of mind of the platform: negligence", "「存在过失」", "R5.intent does not hold", "R6ii stays open", "assumed", "Not known, and able to change the result: ", "Another value would change the result: "},
		"zh": {"补充责任", "规则R7", "《民法典》第1198条第2款（自2021-01-01施行）", "平台主观状态：过失", "「存在过失」", "R5.intent 不成立", "R6ii 未定", "行为日不明，推定适用裁判日2022-03-01的法律", "尚不明且可能改变结果的事实："},
	} {
		text := Text(Explain(e.Pack, d, lang, quote))
		for _, w := range wants {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, text)
			}
		}
	}
	if d.LawAssumed == "" {
		t.Error("the act's date is unknown, the assumed basis must be listed")
	}
}

func TestLaterRulesThatHoldAreNamed(t *testing.T) {
	e := engine(t, "he2024", "")
	d := e.Decide(Facts{Facts: facts([][2]string{{"procedure", "merits"}, {"breach_found", "yes"}, {"platform_state", "negligence"}, {"third_party_state", "intent"},
		{"notice", "effective"}, {"M6", "late"}}), Dates: judgment.Dates{ActTo: "2022-01-01"}})
	text := Text(Explain(e.Pack, d, "en", nil))
	if d.RuleID != "R6ii" || !strings.Contains(text, "R7.cc would hold too, but stands behind") || strings.Contains(text, "  R7.cc: ") {
		t.Errorf("%s\n%s", String(d), text)
	}
}

func TestUnknownDateOfTheActIsListedAndNamedWhereItMatters(t *testing.T) {
	e := engine(t, "he2024", "")
	late := facts([][2]string{{"procedure", "merits"}, {"subject_kind", "platform"}, {"own_act", "no"}, {"third_party", "identified_party"}, {"infringement_established", "yes"},
		{"breach_found", "yes"}, {"platform_state", "negligence"}, {"third_party_state", "intent"}, {"merchant_info", "not_provided"}, {"consumer_found", "yes"}})
	for _, c := range []struct {
		dates   judgment.Dates
		gives   string
		matters bool
	}{
		{judgment.Dates{ActTo: "2013-01-01", Judgment: "2016-01-01"}, "supplementary", false},
		{judgment.Dates{ActTo: "2015-01-01", Judgment: "2016-01-01"}, "joint", false},
		{judgment.Dates{Judgment: "2016-01-01"}, "joint", true}, // before 2014 it would be supplementary
	} {
		d := e.Decide(Facts{Facts: late, Dates: c.dates})
		named := strings.Contains(strings.Join(d.Missing, " "), "act_to")
		if d.Liability != c.gives || named != c.matters || (d.LawAssumed != "") != c.matters {
			t.Errorf("%+v: %s, act_to named %v, assumed %q", c.dates, String(d), named, d.LawAssumed)
		}
	}
	asIf, err := New(e.Pack, "", Options{AsIf: "2013-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	if d := asIf.Decide(Facts{Facts: late, Dates: judgment.Dates{ActTo: "2022-01-01"}}); d.Liability != "supplementary" || d.LawAssumed != "as if 2013-01-01" {
		t.Errorf("as if 2013: %s %q", String(d), d.LawAssumed)
	}
	filing, err := New(e.Pack, "law_time=filing", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := filing.Decide(Facts{Facts: late, Dates: judgment.Dates{ActTo: "2013-01-01", Filing: "2015-01-01"}}); d.Liability != "joint" {
		t.Errorf("law of the filing date: %s", String(d))
	}
}

func TestDecisiveFactsFlipTheResult(t *testing.T) {
	e := engine(t, "he2024", "")
	d := e.Decide(Facts{Facts: facts([][2]string{{"procedure", "merits"}, {"subject_kind", "platform"}, {"breach_found", "yes"}, {"platform_state", "negligence"}, {"own_act", "no"},
		{"third_party_state", "intent"}, {"infringement_established", "yes"}, {"third_party", "identified_party"}, {"harm_type", "property"}}), Dates: judgment.Dates{ActTo: "2022-01-01"}})
	got := " " + strings.Join(d.Decisive, " ") + " "
	for _, want := range []string{"breach_found", "platform_state", "third_party_state", "procedure"} {
		if !strings.Contains(got, " "+want+" ") {
			t.Errorf("%s is decisive, got %v", want, d.Decisive)
		}
	}
	if strings.Contains(got, "harm_type") {
		t.Errorf("harm_type changes nothing here, got %v", d.Decisive)
	}
}

func TestAgainstListsWhatAChangeDid(t *testing.T) {
	d := func(id, outcome, liability string) judgment.Decision {
		return judgment.Decision{CaseID: id, EvidencePolicy: "reasoning", Outcome: outcome, Liability: liability}
	}
	before := []judgment.Decision{d("c1", "decided", "joint"), d("c2", "undetermined", ""), d("c3", "decided", "none"), d("c4", "decided", "share"), d("c5", "decided", "none")}
	after := []judgment.Decision{d("c4", "decided", "supplementary"), d("c3", "conflict", ""), d("c2", "decided", "share"), d("c1", "decided", "joint"), d("c6", "decided", "own")}
	got, err := Against(before, after)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"c2 gained -> share", "c3 lost none -> conflict", "c4 changed share -> supplementary", "c5 only_before none ->", "c6 only_after -> own"}
	for i, c := range got.Changes {
		line := strings.Join(strings.Fields(c.CaseID+" "+c.Kind+" "+strings.Replace(c.Before, "undetermined", "", 1)+" -> "+c.After), " ")
		if i >= len(want) || line != want[i] {
			t.Errorf("change %d: %q, want %q", i, line, want[min(i, len(want)-1)])
		}
	}
	if got.Compared != 4 || got.Counts["gained"] != 1 || len(got.Changes) != 5 {
		t.Errorf("%+v", got)
	}
	if _, err := Against(append(before, before[0]), after); err == nil {
		t.Error("two decisions for one party were accepted")
	}
}

// The shared parts of an engine may be used from many goroutines.
func TestSessionsShareAnEngine(t *testing.T) {
	e := engine(t, "he2024", "")
	list := parties(t, 20)
	want := make([]judgment.Decision, len(list))
	for i := range list {
		want[i] = e.Decide(Facts{Facts: list[i], Dates: judgment.Dates{ActTo: "2022-01-01"}})
	}
	fresh := engine(t, "he2024", "")
	done := make(chan string, 4)
	for w := 0; w < 4; w++ {
		go func() {
			s := fresh.Session()
			for i := range list {
				if d := s.Decide(Facts{Facts: list[i], Dates: judgment.Dates{ActTo: "2022-01-01"}}); !SameDecision(d, want[i]) || len(d.Steps) != len(want[i].Steps) {
					done <- String(d)
					return
				}
			}
			done <- ""
		}()
	}
	for w := 0; w < 4; w++ {
		if bad := <-done; bad != "" {
			t.Error("another goroutine decided ", bad)
		}
	}
}
