package coding

import (
	"errors"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"

	"github.com/xuri/excelize/v2"
)

const correctionHead = "案号,当事人,变量,取值,编码员,日期,理由,引文,层级,裁定,case_id\n"

func voc(t *testing.T) *vocabulary.Vocabulary {
	t.Helper()
	v, err := vocabulary.Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// caseOf makes a constructed case: parts are kind and words, one section each.
func caseOf(number string, parts ...string) *judgment.Case {
	c := &judgment.Case{CaseKey: "甲法院|" + number + "|judgment", Header: judgment.Header{CaseNumber: number, Court: "甲法院"}}
	for i := 0; i < len(parts); i += 2 {
		s := judgment.Section{No: i / 2, Kind: parts[i], Span: judgment.Span{Start: len(c.Text), End: len(c.Text) + len(parts[i+1])}}
		c.Sections = append(c.Sections, s)
		c.Text += parts[i+1]
	}
	c.CaseID, _ = text.CaseID(c.Text)
	c.Parties = []judgment.Party{{No: 0, Name: "张三", Role: "plaintiff"}, {No: 1, Name: "乙商行", Role: "defendant"}, {No: 2, Name: "甲平台公司", ShortNames: []string{"甲公司"}, Role: "defendant", IsPlatformOperator: true, SubjectKind: "platform"}}
	c.Rulings = []judgment.Ruling{{PartyNo: 2, PartyName: "甲平台公司", Label: "joint", Also: []string{"share"}, Scope: "full", Quote: "连带", Rule: "x"}}
	return c
}

func standing() *judgment.Case {
	return caseOf("(2019)京01民初1号", judgment.SecClaims, "张三诉称，甲公司明知乙商行售假。", judgment.SecFacts, "经审理查明，甲公司收到通知后两日内下架。",
		judgment.SecReasoning, "本院认为，甲公司应知而未采取措施，存在过失。", judgment.SecDisposition, "判决如下：一、甲公司承担连带责任。")
}

func resolve(t *testing.T, rows string, cases ...*judgment.Case) (map[string][]judgment.Correction, error) {
	t.Helper()
	read, _, err := ReadCorrections(voc(t), file(t, "a.csv", []byte(correctionHead+rows)))
	if err != nil {
		return nil, err
	}
	out, faults := Resolve(voc(t), read, cases)
	return out, faults.Err()
}

func TestCorrectionsAreFoundAndPlaced(t *testing.T) {
	c := standing()
	for name, x := range map[string]struct{ row, want string }{
		"no quote":                  {"(2019)京01民初1号,甲公司,platform_state,knew,王,,,,,,", "fact platform_state=knew level -1 applied"},
		"quote in the reasoning":    {"（２０１９）京01民初1号,甲平台公司,state,应知,王,2026/1/5,,应知而未采取措施,,,", "fact platform_state=should_know level 3 applied 2026-01-05"},
		"quote in the facts":        {"(2019)京01民初1号,甲公司,M6,performed,王,,,收到通知后 两日内下架,,,", "fact M6=performed level 2 applied"},
		"quote in the claims":       {"(2019)京01民初1号,甲公司,platform_state,knew,王,,,明知乙商行售假,,,", "fact platform_state=knew level 0 applied"},
		"level by the coder":        {"(2019)京01民初1号,甲公司,platform_state,knew,王,,,,查明事实,,", "fact platform_state=knew level 2 applied"},
		"label in Chinese":          {"(2019)京01民初1号,乙商行,裁判结果,连带责任,王,45000,,,,,", "ruling label=joint level -1 applied 2023-03-15"},
		"id and label":              {"(2019)京01民初1号,乙商行,label,joint（连带责任）,王,,,,,,", "ruling label=joint level -1 applied"},
		"percentage":                {"(2019)京01民初1号,甲公司,fraction,30%,王,,,,,,", "ruling fraction=0.3 level -1 applied"},
		"list":                      {"(2019)京01民初1号,甲公司,also,share；补充责任,王,,,,,,", "ruling also=share; supplementary level -1 applied"},
		"emptied":                   {"(2019)京01民初1号,甲公司,scope,空,王,,,,,,", "ruling scope= level -1 applied"},
		"ruling before variable":    {"(2019)京01民初1号,甲公司,claimed_amount,1.5万元,王,,,,,,", "ruling claimed_amount=15000 level -1 applied"},
		"variable outright":         {"(2019)京01民初1号,甲公司,variable.claimed_amount,15000,王,,,,,,", "fact claimed_amount=15000 level -1 applied"},
		"attribute":                 {"(2019)京01民初1号,乙商行,is_platform_operator,是,王,,,,,,", "party is_platform_operator=yes level -1 applied"},
		"quote gone":                {"(2019)京01民初1号,甲公司,platform_state,knew,王,,,甲公司故意为之,,,", "fact platform_state=knew level -1 stale"},
		"other text, no quote":      {"(2019)京01民初1号,甲公司,platform_state,knew,王,,,,,,c0000000000000000", "fact platform_state=knew level -1 stale"},
		"other text, quote stands":  {"(2019)京01民初1号,甲公司,platform_state,should_know,王,,,应知而未采取措施,,,c0000000000000000", "fact platform_state=should_know level 3 applied"},
		"court's words, one spoken": {"(2019)京01民初1号,甲公司,procedure,merits,王,,,甲公司承担连带责任,,,", "fact procedure=merits level -1 applied"},
	} {
		out, err := resolve(t, x.row+"\n", c)
		if err != nil || len(out[c.CaseID]) != 1 {
			t.Errorf("%s: %v %v", name, out, err)
			continue
		}
		k := out[c.CaseID][0]
		got := strings.TrimSpace(strings.Join([]string{k.Kind, k.Field + "=" + k.Value, "level", map[bool]string{true: "-1", false: string(rune('0' + max(k.Level, 0)))}[k.Level < 0], k.Status, k.Date}, " "))
		if got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
		if k.Status == "applied" && k.Quote != "" && text.FoldName(k.Span.Of(c.Text)) != text.FoldName(k.Quote) {
			t.Errorf("%s: the span says %q", name, k.Span.Of(c.Text))
		}
	}
}

func TestFaultsOfCorrections(t *testing.T) {
	const good = "(2019)京01民初1号,甲公司,"
	for name, x := range map[string]struct {
		rows string
		want []string
	}{
		"own label":             {good + "label,差不多连带,王,,,,,,", []string{"line 2, column 4 (取值)", "差不多连带", "joint_limited 限额连带责任", "supplementary"}},
		"unknown variable":      {good + "guilt,yes,王,,,,,,", []string{"column 3 (变量)", "guilt", "platform_state", "cap_fraction"}},
		"finer measure":         {good + "M4a,performed,王,,,,,,", []string{"hold M4"}},
		"no value":              {good + "label,,王,,,,,,", []string{"no value for label"}},
		"no coder":              {good + "label,joint,,,,,,,", []string{"names no coder"}},
		"date as text":          {good + "label,joint,王,去年,,,,,", []string{"column 6 (日期)", "去年", "2021-01-05"}},
		"portion above one":     {good + "fraction,30,王,,,,,,", []string{"out of range", "percentage"}},
		"no number":             {good + "amount,三千,王,,,,,,", []string{"三千"}},
		"bad level":             {good + "platform_state,knew,王,,,,9,,", []string{"column 9 (层级)", "pleadings"}},
		"variable of a seller":  {"(2019)京01民初1号,乙商行,platform_state,knew,王,,,,,,", []string{"is_platform_operator"}},
		"operative part":        {good + "platform_state,knew,王,,,甲公司承担连带责任,,,", []string{"operative part", "label, amount"}},
		"no such case":          {"(2001)京01民初1号,甲公司,label,joint,王,,,,,,", []string{"no case"}},
		"no such party":         {"(2019)京01民初1号,丁,label,joint,王,,,,,,", []string{"no party", "张三, 乙商行, 甲平台公司"}},
		"all faults at once":    {good + "label,x,王,,,,,,\n" + good + "amount,y,王,,,,,,", []string{"line 2", "line 3"}},
		"two coders":            {good + "label,joint,王,,,,,,\n" + good + "label,none,李,,,,,,", []string{"李 writes none", "王 writes joint", "line 2", "line 3", "settles"}},
		"two that settle":       {good + "label,joint,王,,,,,是,\n" + good + "label,none,李,,,,,是,", []string{"李 writes none"}},
		"one coder, two values": {good + "label,joint,王,,,,,,\n" + good + "ruling.label,none,王,,,,,,", []string{"王 writes none"}},
	} {
		_, err := resolve(t, x.rows+"\n", standing())
		var f Faults
		if !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, w := range x.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q lacks %q", name, err, w)
			}
		}
	}
}

func TestMergedValueIsRefusedAndMergedCaseIsRead(t *testing.T) {
	sheet := "案号|当事人|变量|取值|编码员\n(2019)京01民初1号|甲公司|label|joint|王\n|甲公司|via|own|王"
	ok := workbook(t, [][2]string{{"更正", sheet}}, func(f *excelize.File) { f.MergeCell("更正", "A2", "A3") })
	rows, _, err := ReadCorrections(voc(t), ok)
	if err != nil || len(rows) != 2 || rows[1].Get("case") != "(2019)京01民初1号" {
		t.Errorf("a case merged over its rows: %v %v", rows, err)
	}
	bad := workbook(t, [][2]string{{"更正", sheet}}, func(f *excelize.File) { f.MergeCell("更正", "D2", "D3") })
	if _, _, err := ReadCorrections(voc(t), bad); err == nil || !strings.Contains(err.Error(), "D2:D3") || !strings.Contains(err.Error(), "cell D3") {
		t.Errorf("a value merged over rows: %v", err)
	}
}

func TestSettling(t *testing.T) {
	c := standing()
	const row = "(2019)京01民初1号,甲公司,label,"
	out, err := resolve(t, row+"joint,王,,,,,,\n"+row+"none,李,,,,,是,\n"+row+"share,赵,,,,,,\n"+row+"none,钱,,,,,,\n", c)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range out[c.CaseID] {
		got = append(got, k.Coder+k.Value+":"+k.Status)
	}
	if s := strings.Join(got, " "); s != "王joint:overruled 李none:applied 赵share:overruled 钱none:repeated" {
		t.Error(s)
	}
	Apply(c, out[c.CaseID])
	r := c.Rulings[0]
	if r.Label != "none" || len(r.Also) > 0 || r.Scope != "" || r.Quote != "" || strings.Join(r.Hand, ",") != "label" {
		t.Errorf("ruling %+v", r)
	}
	if c.Corrections[1].Was != "joint" {
		t.Errorf("was %q", c.Corrections[1].Was)
	}
}

func TestApply(t *testing.T) {
	c := standing()
	const number = "(2019)京01民初1号,"
	out, err := resolve(t, number+"甲公司,label,补充责任,王,,,甲公司承担连带责任,,,\n"+number+"甲公司,cap_fraction,30%,王,,,,,,\n"+number+"乙商行,amount,500,王,,,,,,\n"+
		number+"乙商行,is_platform_operator,yes,王,,,,,,\n"+number+"乙商行,platform_state,knew,王,,,,,,\n"+number+"甲公司,service_type,外卖,王,,,,,,\n", c)
	if err != nil {
		t.Fatal(err)
	}
	Apply(c, out[c.CaseID])
	r := c.Rulings[0]
	if r.Label != "supplementary" || *r.CapFraction != 0.3 || r.Quote != "甲公司承担连带责任" || r.Span.Of(c.Text) != r.Quote || strings.Join(r.Hand, ",") != "cap_fraction,label" {
		t.Errorf("ruling %+v", r)
	}
	if s := c.Rulings[1]; s.PartyNo != 1 || s.Label != judgment.LabelUnknown || *s.Amount != 500 || s.PartyName != "乙商行" {
		t.Errorf("the ruling that was not read: %+v", s)
	}
	if p := c.Parties[1]; !p.IsPlatformOperator || p.SubjectKind != "platform" {
		t.Errorf("party %+v", p)
	}
	if c.Parties[2].ServiceType != "takeout" {
		t.Error("the service of the party is not corrected")
	}
}

// TestCorrectionsSurviveAnotherDownload: white space, width and marks may change, a sentence may not.
func TestCorrectionsSurviveAnotherDownload(t *testing.T) {
	row := "(2019)京01民初1号,甲公司,platform_state,knew,王,,,应知而未采取措施，存在过失,,," + standing().CaseID + "\n"
	for name, x := range map[string]struct {
		again *judgment.Case
		want  string
	}{
		"white space": {caseOf("（2019）京01民初1号", judgment.SecReasoning, "本院认为，\n　　甲公司应知 而未采取\n措施,存在过失。"), "applied"},
		"elsewhere":   {caseOf("（2019）京01民初1号", judgment.SecFacts, "查明另一事实。", judgment.SecReasoning, "本院认为，甲公司应知而未采取措施，存在过失。"), "applied"},
		"sentence":    {caseOf("（2019）京01民初1号", judgment.SecReasoning, "本院认为，甲公司应知而未及时采取措施，存在过失。"), "stale"},
	} {
		out, err := resolve(t, row, x.again)
		if err != nil || len(out[x.again.CaseID]) != 1 || out[x.again.CaseID][0].Status != x.want {
			t.Errorf("%s: %+v %v", name, out, err)
		}
	}
}
