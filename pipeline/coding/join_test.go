package coding

import (
	"strings"
	"testing"
)

func listIndex() *Index {
	return NewIndex([]*CaseRef{
		{ID: "c1", Key: "甲法院|（2019）京0105民初1号|judgment", Number: "（2019）京0105民初1号", Parties: []PartyRef{{1, "张三", nil, false}, {2, "某平台公司", []string{"某平台"}, true}}},
		{ID: "c2", Key: "甲法院|（2019）京0105民初2号|judgment", Number: "（2019）京0105民初2号", Parties: []PartyRef{{1, "李四", nil, false}, {2, "另一公司", nil, true}}},
		{ID: "c3", Key: "乙法院|（2019）京0105民初2号|judgment", Number: "（2019）京0105民初2号"},
	})
}

func TestListCarriesOwnColumns(t *testing.T) {
	l, err := ReadList(file(t, "名单.csv", []byte("编号,案号,当事人,地区 类别,标的(万元)\n007,(2019)京0105民初1,,东部,12.5\n008,(2019)京0105民初1号,某平台,中部,3\n009,c2,,西部,\n")))
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Columns) != 3 || l.Columns[0] != (ListColumn{"编号", false}) || l.Columns[2] != (ListColumn{"标的(万元)", true}) {
		t.Errorf("columns %+v", l.Columns)
	}
	j, faults := l.Find(listIndex())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, c := range []struct {
		id    string
		party int
		want  string
	}{{"c1", 2, "008 中部 3"}, {"c1", 1, "007 东部 12.5"}, {"c2", 2, "009 西部 "}, {"c3", 1, ""}} {
		if got := strings.Join(j.Of(c.id, c.party), " "); got != c.want {
			t.Errorf("%s, party %d: %q, want %q", c.id, c.party, got, c.want)
		}
	}
}

func TestListTellsEveryRowThatMatchesNotOnce(t *testing.T) {
	l, err := ReadList(file(t, "list.csv", []byte("案号,区域\n（2019）京0105民初1号,东\n(2019)京0105民初1号,西\n(2019)京0105民初2号,南\n(2019)京0105民初9号,北\n,中\n")))
	if err != nil {
		t.Fatal(err)
	}
	_, faults := l.Find(listIndex())
	text := faults.Error()
	for _, want := range []string{"line 3, column 1 (案号): the case is named a second time; list.csv, line 2", "line 4, column 1 (案号): 2 cases are called", "line 5, column 1 (案号): no case", "line 6, column 1 (案号): the row names no case"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if len(faults) != 4 {
		t.Errorf("%d faults, want 4:\n%s", len(faults), text)
	}
}

func TestListRefusesWhatIsNone(t *testing.T) {
	for content, want := range map[string]string{
		"a,b\n1,2\n":       "lacks case",
		"案号\nc1\n":         "no column but those",
		"案号,区,区\nc1,东,西\n": "same heading",
	} {
		if _, err := ReadList(file(t, "x.csv", []byte(content))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", content, err, want)
		}
	}
}
