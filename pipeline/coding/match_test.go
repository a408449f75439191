package coding

import (
	"strings"
	"testing"
)

var testIndex = NewIndex([]*CaseRef{
	{ID: "c01", Key: "甲法院|(2019)京01民初1号|judgment", Number: "(2019)京01民初1号", Parties: []PartyRef{
		{0, "张三", nil, false}, {1, "北京甲（科技）有限公司", []string{"甲公司"}, true}, {2, "乙公司", []string{"甲公司"}, false}}},
	{ID: "c02", Key: "甲法院|(2019)京01民初1号|order", Number: "(2019)京01民初1号", Parties: []PartyRef{{0, "张三", nil, false}, {1, "丙公司", nil, true}}},
	{ID: "c03", Key: "k3", Number: "(2020)沪02民终9号", Parties: []PartyRef{{0, "李四", nil, false}, {1, "李四", nil, false}}},
	{ID: "c04", Key: "k4", Number: "", Parties: []PartyRef{{0, "丁公司", []string{"丁"}, true}}},
	{ID: "c05", Key: "k4", Number: "", Parties: []PartyRef{{0, "丁公司", []string{"丁"}, true}}},
})

func TestFind(t *testing.T) {
	for name, c := range map[string]struct {
		row  string // case, case_key, case_id, party
		want string // case id and party, or words of the fault
	}{
		"by number and name":        {"（２０２０）沪02民终9号,,,李四", "2 parties of"},
		"number of two documents":   {"〔2019〕京01民初1号,,,丙公司", "c02 1"},
		"brackets of the name":      {"(2019)京01民初1号,,,北京甲(科技) 有限公司", "c01 1"},
		"short name of two":         {"(2019)京01民初1号,,,甲公司", "2 parties"},
		"party in both documents":   {"(2019)京01民初1号,,,张三", "name the case by its case_key or case_id: 甲法院|(2019)京01民初1号|judgment (c01)"},
		"key":                       {",甲法院|（2019）京01民初1号|order,,张三", "c02 0"},
		"id alone":                  {",,c01,张三", "c01 0"},
		"id in the column case":     {"c01,,,张三", "c01 0"},
		"id chooses among two":      {",k4,c05,丁", "c05 0"},
		"id of an earlier download": {"(2020)沪02民终9号,,c99,李", "no party"},
		"two downloads":             {",k4,c99,丁", "2 cases"},
		"names that disagree":       {"(2020)沪02民终9号,k4,,丁", "no case"},
		"nothing":                   {"(2001)京01民初1号,,,张三", "no case"},
		"no case":                   {",,,张三", "names no case"},
		"no party":                  {"c01,,,", "write one of: 张三"},
		"in neither document":       {"(2019)京01民初1号,,,王五", "write one of: 张三, 北京甲（科技）有限公司, 乙公司, 丙公司"},
		"another party":             {"c01,,,王五", "no party of c01 is called"},
	} {
		records, _, err := Records(file(t, "a.csv", []byte("case,case_key,case_id,party,variable\n"+c.row+",x\n")), testColumns, "case")
		if err != nil || len(records) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		h, faults := testIndex.Find(records[0], true)
		got := faults.Error()
		if len(faults) == 0 {
			got = h.Case.ID + " " + string(rune('0'+h.Party))
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
