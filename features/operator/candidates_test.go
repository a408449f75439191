package operator_test

import (
	"strings"
	"testing"

	"caipan/features/operator"
	"caipan/model/judgment"
)

func TestCandidates(t *testing.T) {
	finding := func(level int, quote string) judgment.Finding {
		return judgment.Finding{PartyNo: 1, Variable: "platform_operator", Value: "yes", Level: level, Quote: quote}
	}
	party := func(name, brand string, runs bool) []judgment.Party {
		return []judgment.Party{{No: 0, Name: "张某"}, {No: 1, Name: name, Brand: brand, IsPlatformOperator: runs}}
	}
	var c operator.Candidates
	for _, x := range []judgment.Case{
		{CaseID: "c1", Parties: party("甲(某市)网络有限公司", "", true), Findings: []judgment.Finding{finding(0, "甲公司的平台")}},
		{CaseID: "c2", Parties: party("乙网络有限公司", "", true), Findings: []judgment.Finding{finding(3, "乙公司系平台经营者")}},
		{CaseID: "c3", Parties: party("甲（某市）网络有限公司", "", true), Findings: []judgment.Finding{finding(3, "甲公司系平台经营者"), finding(3, "后来")}},
		{CaseID: "c4", Parties: party("丙网络有限公司", "丙网", true), Findings: []judgment.Finding{finding(3, "丙公司系平台经营者")}},
		{CaseID: "c5", Parties: party("丁网络有限公司", "", false)},
		{CaseID: "c6", Parties: party("某某公司", "", true), Header: judgment.Header{NameMasked: true}},
	} {
		c.Add(&x)
	}
	var got []string
	for _, x := range c.List() {
		got = append(got, x.Name+" "+strings.Join(x.Cases, ",")+" "+x.CaseID+" "+x.Evidence.Quote)
	}
	want := "甲(某市)网络有限公司 c1,c3 c3 甲公司系平台经营者\n乙网络有限公司 c2 c2 乙公司系平台经营者"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("candidates\n%s\nwant\n%s", s, want)
	}
}
