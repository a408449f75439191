package party

import (
	"slices"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/text"
)

// Every entry of the table understands its example and leaves its counter-example alone.
func TestTableExamples(t *testing.T) {
	tab, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range tab.entries {
		if !understands(tab, e, e.Example) {
			t.Errorf("%s: the example %q is not understood", e.ID, e.Example)
		}
		if understands(tab, e, e.Counter) {
			t.Errorf("%s: the counter-example %q is taken", e.ID, e.Counter)
		}
	}
}

const lead = "某市某区人民法院\n民事判决书\n（2019）某0101民初1号\n"

func understands(tab *table, e entry, s string) bool {
	read := func(s string) []judgment.Party { return Read(lead+s+"\n", nil, judgment.Header{}) }
	switch e.Kind {
	case kindRole:
		for _, p := range read(s) {
			if tab.roles.prefix(text.FoldString(p.RoleText)) != nil && (e.Side == "" || p.Role == e.Side) && slices.ContainsFunc(e.Words, func(w string) bool { return strings.HasPrefix(p.RoleText, w) }) {
				return true
			}
		}
	case kindBracket:
		for _, p := range read(s) {
			if p.Role == e.Side {
				return true
			}
		}
	case kindAgent:
		return slices.ContainsFunc(read(s), func(p judgment.Party) bool { return p.Represented })
	case kindGuardian:
		return slices.ContainsFunc(read(s), func(p judgment.Party) bool { return p.Role == Guardian })
	case kindAttribute:
		return slices.ContainsFunc(read(s), func(p judgment.Party) bool { return p.Name == "某乙公司" })
	case kindNotName:
		return len(read(s)) == 1
	case kindOrg:
		return isOrganization(tab, s, "")
	case kindAlias, kindFormer:
		ps := read("原告：某甲，男。\n被告：某市某乙商贸有限公司，住所地某市。\n" + s)
		return slices.ContainsFunc(ps, func(p judgment.Party) bool { return len(p.ShortNames) > 0 })
	case kindAbsent:
		ps := read("原告：某甲，男。\n被告：某乙，女。\n原告某甲与被告某乙买卖合同纠纷一案，" + s)
		return slices.ContainsFunc(ps, func(p judgment.Party) bool { return p.Defaulted })
	case kindClass:
		ps := []judgment.Party{{Name: "某甲", Role: Plaintiff, Kind: "person"}, {Name: "某市" + e.Names[0] + "有限公司", Role: Defendant, Kind: "organization"}, {Name: "某丙公司", Role: Defendant, Kind: "organization"}}
		found := NewResolver(ps).Find(s)
		return len(found) > 0 && slices.Contains(found[0].Nos, 1)
	}
	return false
}

func TestReadHeadings(t *testing.T) {
	for _, c := range []struct{ name, heading, want string }{
		{"first instance", "原告：甲一，男。\n委托代理人：某律师。\n被告：乙市丙商贸有限公司，住所地乙市。\n法定代表人：丁，经理。", "甲一=plaintiff/person+R 乙市丙商贸有限公司=defendant/organization"},
		{"appeal", "上诉人（原审被告）：乙二。\n被上诉人（原审原告、反诉被告）甲一，男。\n原审第三人：丙三公司。", "乙二=defendant/person+A 甲一=plaintiff/person 丙三公司=third_party/organization"},
		{"retrial", "再审申请人（一审被告、二审上诉人）：乙二公司。\n被申请人（一审原告、二审被上诉人）：甲一。", "乙二公司=defendant/organization+A 甲一=plaintiff/person"},
		{"list without colon", "原告甲一。\n被告刘某、魏某。", "甲一=plaintiff/person 刘某=defendant/person 魏某=defendant/person"},
		{"list marks for lost line breaks", "原告（反诉被告）甲一、委托代理人丙、被告（反诉原告）乙二、委托代理人丁", "甲一=plaintiff/person+R 乙二=defendant/person+R"},
		{"numbered", "原告：甲一。\n被告一：乙二。\n被告20：丙三。", "甲一=plaintiff/person 乙二=defendant/person 丙三=defendant/person"},
		{"a name that begins with a numeral", "原告：甲一。\n被告三全某食品有限公司，住所地某市。", "甲一=plaintiff/person 三全某食品有限公司=defendant/organization"},
		{"brackets in names", "原告：甲一。\n被告：乙财产保险（中国）有限公司（以下简称乙公司）。\n被告：丙投资中心（有限合伙）。", "甲一=plaintiff/person 乙财产保险（中国）有限公司=defendant/organization 丙投资中心（有限合伙）=defendant/organization"},
		{"guardians", "原告：甲一。\n被告：小二。\n法定代理人：大二，系小二之父。\n被告：小三。\n法定代理人暨被告：大三。", "甲一=plaintiff/person 小二=defendant/person 大二=guardian/person 小三=defendant/person 大三=defendant/person"},
		{"masked", "原告：王×。\n被告：刘※甲，男。\n被告：某公司。", "王×=plaintiff/person 刘※甲=defendant/person 某公司=defendant/organization"},
		{"lost line break", "上诉人（原审被告）：乙二公司。\n委托代理人：李某，系该公司员工被上诉人（原审原告）：甲一，农民。", "乙二公司=defendant/organization+AR 甲一=plaintiff/person"},
	} {
		var got []string
		for _, p := range Read(lead+c.heading+"\n", nil, judgment.Header{}) {
			s := p.Name + "=" + p.Role + "/" + p.Kind
			if p.Appellant || p.Represented {
				s += "+"
			}
			if p.Appellant {
				s += "A"
			}
			if p.Represented {
				s += "R"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, s, c.want)
		}
	}
}

func TestShortNamesAndSpans(t *testing.T) {
	s := lead + "原告：甲一，男。\n被告：乙市丙商贸有限公司（原乙市戊贸易有限公司），住所地乙市。\n原告甲一与被告乙市丙商贸有限公司（以下简称“丙公司”）买卖合同纠纷一案，本院受理后，被告丙公司经传票传唤无正当理由拒不到庭。"
	ps := Read(s, nil, judgment.Header{})
	if len(ps) != 2 || strings.Join(ps[1].ShortNames, ",") != "乙市戊贸易有限公司,丙公司" || !ps[1].Defaulted || ps[0].Defaulted {
		t.Errorf("got %+v", ps)
	}
	for _, p := range ps {
		if p.NameSpan.Of(s) != p.Name {
			t.Errorf("span of %s holds %q", p.Name, p.NameSpan.Of(s))
		}
	}
}

func TestResolve(t *testing.T) {
	ps := []judgment.Party{
		{Name: "甲一", Role: Plaintiff, Kind: "person", RoleText: "被上诉人（原审原告）"},
		{Name: "乙市丙丁商贸有限公司", Role: Defendant, Kind: "organization", ShortNames: []string{"丙公司"}, RoleText: "上诉人（原审被告）"},
		{Name: "李小明", Role: Defendant, Kind: "person", RoleText: "原审被告"},
		{Name: "中国某某财产保险股份有限公司乙市分公司", Role: Defendant, Kind: "organization", RoleText: "原审被告"},
		{Name: "张某", Role: ThirdParty, Kind: "person", RoleText: "原审第三人"},
	}
	r := NewResolver(ps)
	for mention, want := range map[string]string{
		"甲一": "0", "被告丙公司": "1", "原审被告丙公司": "1", "三被告": "1,2,3", "上述被告": "1,2,3", "上列三被告": "1,2,3", "被告": "1,2,3",
		"第三人": "4", "上诉人": "1", "被告李小朋": "2", "被告李某明": "2", "被告丙丁商贸公司": "1", "保险公司": "3", "第二被告": "2",
		"某某财产保险乙市分公司": "3", "被告戊己公司": "", "李某某": "", "张某某": "",
	} {
		nos, _ := r.Resolve(mention)
		var got []string
		for _, n := range nos {
			got = append(got, string(rune('0'+n)))
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s is %v, want %s", mention, nos, want)
		}
	}
}

func TestGroupMeansTheLastNamed(t *testing.T) {
	ps := []judgment.Party{{Name: "甲一", Role: Plaintiff}, {Name: "乙二", Role: Defendant}, {Name: "丙三", Role: Defendant}, {Name: "丁四", Role: Defendant}}
	found := NewResolver(ps).Find("丙三、丁四赔偿甲一1元,二被告互负连带责任")
	last := found[len(found)-1]
	if last.Kind != ByGroup || !slices.Equal(last.Nos, []int{2, 3}) {
		t.Errorf("got %+v", found)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(lead + "原告：甲一，男。\n被告一：乙（以下简称丙）、被告丁（原戊公司）一案，被告拒不到庭。")
	f.Fuzz(func(t *testing.T, s string) {
		c := text.Canonical(s)
		ps := Read(c, nil, judgment.Header{})
		for _, p := range ps {
			if p.NameSpan.Of(c) != p.Name {
				t.Errorf("span of %q holds %q", p.Name, p.NameSpan.Of(c))
			}
		}
		for _, m := range NewResolver(ps).Find(text.FoldString(c)) {
			if m.End <= m.Start {
				t.Errorf("empty mention %+v", m)
			}
		}
	})
}
