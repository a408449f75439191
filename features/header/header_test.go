package header

import (
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/text"
)

func TestTablesLoad(t *testing.T) {
	if err := Check(); err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string][]row{"doc_types": data().DocTypes, "categories": data().Categories, "defaults": data().Defaults,
		"number_categories": data().NumberCategories, "number_instances": data().NumberInstances, "procedures": data().Procedures, "levels": data().Levels} {
		if len(rows) < 4 {
			t.Errorf("%s: %d rows", name, len(rows))
		}
		for _, r := range rows {
			if r.Word == "" || r.Example == "" || r.Counter == "" {
				t.Errorf("%s %q: give word, example and counter-example", name, r.Word)
			}
			ex, co := r.Example, r.Counter
			if strings.HasPrefix(name, "number_") {
				ex, co = numberLetters(ex), numberLetters(co)
			}
			if !strings.Contains(ex, r.Word) || strings.Contains(co, r.Word) {
				t.Errorf("%s %q: example %q must hold it, counter-example %q must not", name, r.Word, r.Example, r.Counter)
			}
		}
	}
}

// heading puts a case number into a short judgment.
func heading(number string) string {
	return "某省甲市乙区人民法院\n民事判决书\n" + number + "\n原告：丙，男。\n被告：丁公司。\n原告丙与被告丁公司买卖合同纠纷一案，本院于2019年1月2日立案后，依法适用简易程序审理。\n"
}

func TestCaseNumberSpellings(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"new style", "（2019）京0491民初1853号", "（2019）京0491民初1853号"},
		{"half width", "(2016)京0108民初2332号", "(2016)京0108民初2332号"},
		{"tortoise brackets", "〔2012〕黑知终字第59号", "〔2012〕黑知终字第59号"},
		{"square brackets", "[2007]沈民四知初字第76号", "[2007]沈民四知初字第76号"},
		{"department in brackets", "（2013）徐民三（知）初字第69号", "（2013）徐民三（知）初字第69号"},
		{"no brackets", "2015年海民初字第40768号", "2015年海民初字第40768号"},
		{"no brackets, no 年", "2012朝民初字第19466号", "2012朝民初字第19466号"},
		{"no year", "龙民二初字第866号", "龙民二初字第866号"},
		{"range", "（2018）粤0307民初19330-19332号", "（2018）粤0307民初19330-19332号"},
		{"list", "（2018）冀0903民初391、392号", "（2018）冀0903民初391、392号"},
		{"list broken into lines", "（2018）粤0303民初24622-24625\n24628\n24629号", "（2018）粤0303民初24622-24625、24628、24629号"},
		{"sub-number", "（2014）巩民初字第148-3号", "（2014）巩民初字第148-3号"},
		{"of one", "（2016）豫0106民初1791号之一", "（2016）豫0106民初1791号之一"},
		{"spaces", "（2018）陕05民终 1375 号", "（2018）陕05民终1375号"},
		{"full-width digits", "（２０１９）京０４９１民初１号", "（２０１９）京０４９１民初１号"},
		{"lost bracket", "（2017川07民终170号", "（2017川07民终170号"},
		{"place with 日", "（2014）日民三初字第9号", "（2014）日民三初字第9号"},
		{"court code like a year", "（2019）粤2071民初9646号", "（2019）粤2071民初9646号"},
	} {
		if got := Read(heading(c.line), Meta{}).CaseNumber; got != c.want {
			t.Errorf("%s: read %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNotACaseNumber(t *testing.T) {
	for _, line := range []string{"住所地乙区丙路8号", "统一社会信用代码91号", "甲检刑诉（2018）2号", ""} {
		if got := Read(heading(line), Meta{}).CaseNumber; got != "" {
			t.Errorf("%q was read as the case number %q", line, got)
		}
	}
	if got := Read(heading(""), Meta{CaseNumber: "（2019）京0491民初1号"}).CaseNumber; got != "（2019）京0491民初1号" {
		t.Errorf("the dump's number did not complete the text: %q", got)
	}
}

func TestJudgmentDateSpellings(t *testing.T) {
	for in, want := range map[string]string{
		"二〇一七年九月九日": "2017-09-09", "二○一七年十月十日": "2017-10-10", "二０一七年十二月三十一日": "2017-12-31", "二0一七年一月二十日": "2017-01-20",
		"二Ｏ一七年二月廿八日": "2017-02-28", "二O一一年三月十五日": "2011-03-15", "二Ο一一年三月十五日": "2011-03-15", "二零一一年三月十五日": "2011-03-15",
		"一九九八年六月一日": "1998-06-01", "一、二〇一八年十二月二十六日": "2018-12-26", "２０１９年５月６日": "2019-05-06", "2019年5月6日": "2019-05-06",
		"二?一三年六月十八日": "2013-06-18", "二O一?年四月二十八日": "", "二〇一七年十二月××日": "", "二Ｏ一二年九月日": "", "二 〇 一 八 年 三 月 一 日": "2018-03-01",
		"二〇二一年元月五日": "2021-01-05", "二〇一八年一〇月三〇日": "2018-10-30",
	} {
		s := heading("（2019）京0491民初1号") + "本院认为，2016年1月1日生效的合同有效。判决如下：\n驳回。\n审判员　戊\n" + in + "\n书记员　己\n附：《某法》\n第一条本法自二〇〇〇年一月一日起施行。"
		if got := Read(s, Meta{}).JudgmentDate; got != want {
			t.Errorf("%s: read %q, want %q", in, got, want)
		}
	}
}

func TestMaskedDayIsCompletedOnlyWithinItsMonth(t *testing.T) {
	s := heading("") + "审判员　戊\n二〇一七年十二月××日\n书记员　己"
	for dump, want := range map[string]string{"2017-12-05": "2017-12-05", "2017-11-05": "", "": ""} {
		if got := Read(s, Meta{Date: dump}).JudgmentDate; got != want {
			t.Errorf("dump %q: %q, want %q", dump, got, want)
		}
	}
}

func TestFields(t *testing.T) {
	h := Read(text.Canonical("　上海市浦东新区人民法院\n民 事 判 决 书\n（2019）沪0115民初1号\n原告：丙，男。\n被告：某某科技有限公司。\n"+
		"原告丙与被告某某科技有限公司（以下简称某公司）网络服务合同纠纷一案，本院于2019年1月2日立案受理后，依法适用普通程序审理。被告经传票传唤无正当理由拒不到庭。\n"+
		"原告提及（2018）沪01民终77号判决。\n判决如下：\n驳回。\n审判员戊\n二〇一九年五月六日"), Meta{Court: "上海市静安区人民法院", Procedure: "二审"})
	want := judgment.Header{Title: "民事判决书", Court: "上海市浦东新区人民法院", CourtLevel: "basic", Province: "上海市", CaseNumber: "（2019）沪0115民初1号",
		JudgmentDate: "2019-05-06", FilingDate: "2019-01-02", Cause: "网络服务合同纠纷", Instance: "first", TrialProcedure: "ordinary", DocType: "judgment",
		Category: "civil", Default: true, NameMasked: true, Contradictions: 2}
	if len(h.CitedNumbers) != 1 || h.CitedNumbers[0] != "（2018）沪01民终77号" {
		t.Errorf("cited numbers %q", h.CitedNumbers)
	}
	h.CitedNumbers = nil
	if got := Citation(h); got != "上海市浦东新区人民法院（2019）沪0115民初1号民事判决书" {
		t.Errorf("citation %q", got)
	}
	if got, is := h, want; got.Title != is.Title || got.Court != is.Court || got.CourtLevel != is.CourtLevel || got.Province != is.Province || got.CaseNumber != is.CaseNumber ||
		got.JudgmentDate != is.JudgmentDate || got.FilingDate != is.FilingDate || got.Cause != is.Cause || got.Instance != is.Instance || got.TrialProcedure != is.TrialProcedure ||
		got.DocType != is.DocType || got.Category != is.Category || got.Default != is.Default || got.NameMasked != is.NameMasked || got.Contradictions != is.Contradictions {
		t.Errorf("read %+v\nwant %+v", got, is)
	}
}

func TestKeyStaysOverDownloads(t *testing.T) {
	a := Key(judgment.Header{Court: "中华人民共和国最高人民法院", CaseNumber: "（2012）民提字第007号", DocType: "judgment"})
	b := Key(judgment.Header{Court: "最高人民法院", CaseNumber: "[2012] 民提字第7号", DocType: "judgment"})
	if a != b || a == "" {
		t.Errorf("%q and %q", a, b)
	}
	if a == Key(judgment.Header{Court: "最高人民法院", CaseNumber: "（2012）民提字第7号", DocType: "order"}) {
		t.Error("judgment and order share a key")
	}
	if Key(judgment.Header{Court: "最高人民法院", DocType: "order"}) != "" {
		t.Error("a document without number has a key")
	}
}

func TestInstance(t *testing.T) {
	for _, c := range []struct{ number, first, want string }{
		{"（2019）京0491民初1号", "原告：丙", "first"}, {"（2019）京01民终1号", "上诉人（原审被告）：丙", "second"},
		{"（2014）某民再字第7号", "上诉人（原审被告）：丙", "second"}, {"（2019）最高法民再1号", "再审申请人（一审被告、二审上诉人）：丙", "retrial"},
		{"（2019）最高法民申1号", "再审申请人（一审被告）：丙", "retrial"}, {"（2006）静民二（商）重字第6号", "原告步某", "first"},
		{"（2019）京0105执1号", "申请执行人：丙", "other"},
	} {
		s := "某市中级人民法院\n民事判决书\n" + c.number + "\n" + c.first + "，男。\n被告：丁。\n"
		if got := Read(s, Meta{}).Instance; got != c.want {
			t.Errorf("%s %s: %s, want %s", c.number, c.first, got, c.want)
		}
	}
}

func TestOddTextsDoNotBreak(t *testing.T) {
	for _, s := range []string{"", "号", "法院", "（2019", "日", "年月日", strings.Repeat("第号日法院", 3000), "原告", "\n\n", "一案", "（）号之"} {
		_ = Read(s, Meta{Title: s, CaseNumber: s, Court: s, Date: s, FileName: s})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(heading("（2019）京0491民初1号"), "2019-01-01")
	f.Fuzz(func(t *testing.T, s, meta string) {
		s = text.Canonical(s)
		h := Read(s, Meta{Title: meta, CaseNumber: meta, Date: meta, FileName: meta})
		if h.Instance == "" || h.DocType == "" || h.Category == "" {
			t.Errorf("an enumeration is empty: %+v", h)
		}
	})
}
