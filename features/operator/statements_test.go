package operator

import (
	"testing"

	"caipan/model/judgment"
)

// Every statement matches its own example and leaves its counter-example alone.
func TestStatementsMatchTheirExamples(t *testing.T) {
	tables, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	parties := []judgment.Party{
		{Name: "甲公司有限公司", ShortNames: []string{"甲公司", "映圈公司"}, Role: "defendant"},
		{Name: "乙公司有限公司", ShortNames: []string{"乙公司"}, Role: "defendant"},
		{Name: "原告王某", Role: "plaintiff"},
	}
	m := newMarker(&tables.words, parties)
	said := func(s *statement, sentence string) bool {
		marked, _ := m.mark(sentence, 0, -1)
		c := newChances(tables.gate)
		c.look(&marked)
		found := false
		tables.scan(&marked, tables.groups.all, c, func(got *statement, party, _, _ int) { found = found || got.ID == s.ID })
		return found
	}
	for i := range tables.statements {
		s := &tables.statements[i]
		if !said(s, s.Yes) {
			t.Errorf("%s does not match its example %s", s.ID, s.Yes)
		}
		if said(s, s.No) {
			t.Errorf("%s matches its counter-example %s", s.ID, s.No)
		}
	}
}

func TestBrandTable(t *testing.T) {
	tables, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"北京京东叁佰陆拾度电子商务有限公司":      roleOperator,
		"北京京东叁伯陆拾度电子商务有限公司":      roleOperator, // misspelt in real headings
		"天津京东海荣贸易有限公司":           roleOwnSales,
		"支付宝(中国)网络技术有限公司":        roleOperator,
		"北京三快在线科技有限公司上海分公司":      roleOperator,
		"北京东方雨虹防水技术股份有限公司":       "",
		"北京京东叁佰陆拾度电子商务有限公司与他人公司": "",
	} {
		if got := tables.brands.company(name, "").role(); got != want {
			t.Errorf("%s: role %q, want %q", name, got, want)
		}
	}
}
