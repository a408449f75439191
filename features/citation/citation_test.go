package citation

import (
	"fmt"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/text"
)

// cites reads the words as the basis of a judgment of 2019 and writes each citation as law#article.paragraph.item.
func cites(t *testing.T, words string) string {
	t.Helper()
	secs := []judgment.Section{{Kind: judgment.SecBasis, Holder: "court", Span: judgment.Span{End: len(words)}}}
	var out []string
	for _, c := range Read(words, secs, judgment.Header{JudgmentDate: "2019-05-06"}) {
		s := fmt.Sprintf("%s#%d", c.Law, c.Article)
		if c.Paragraph+c.Item > 0 {
			s += fmt.Sprintf(".%d", c.Paragraph)
		}
		if c.Item > 0 {
			s += fmt.Sprintf(".%d", c.Item)
		}
		if c.Role != "basis" || c.Quote == "" {
			t.Errorf("%q: %+v", words, c)
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestArticles(t *testing.T) {
	const cpl, ctl = "中华人民共和国民事诉讼法", "中华人民共和国合同法"
	for _, c := range []struct{ words, want string }{
		{"依照《中华人民共和国民事诉讼法》第一百四十四条、第一百五十三条第一款第（一）项的规定", cpl + "#144 " + cpl + "#153.1.1"},
		{"依照《中华人民共和国合同法》第六十条、第一百零七条，《中华人民共和国民事诉讼法》第六十四条第一款之规定", ctl + "#60 " + ctl + "#107 " + cpl + "#64.1"},
		{"依照《合同法》第116条至第118条", ctl + "#116 " + ctl + "#117 " + ctl + "#118"},
		{"依照《合同法》第一百一十六条至第一百一十八条和第八条", ctl + "#116 " + ctl + "#117 " + ctl + "#118 " + ctl + "#8"},
		{"依照合同法第八条、民事诉讼法第六十四条", ctl + "#8 " + cpl + "#64"},
		{"根据《中华人民共和国合同法》第八条，该法第九条第二款", ctl + "#8 " + ctl + "#9.2"},
		{"依照《中华人民共和国合同法》第五十二条第（一）、（五）项", ctl + "#52.0.1 " + ctl + "#52.0.5"},
		{"依照《中华人民共和国合同法》第二条第一、二款", ctl + "#2.1 " + ctl + "#2.2"},
		{"依照《中华人民共和国合同法》第六十、一百零七条", ctl + "#60 " + ctl + "#107"},
		{"依照《中华人民共和国合同法》第６０条", ctl + "#60"},
		{"依照《中华人民共和国民事诉讼法（2017年修正）》第六十四条", cpl + "#64"},
		{"依照《中华人民共和国民事诉讼法》（2017年修正）第六十四条", cpl + "#64"},
		{"依照《中华人民共和国民事诉讼法》第一百七十五之规定", cpl + "#175"},
		{"依照《中华人民共和国民事诉讼法》第十三条第二款、第一百四十五条第一款", cpl + "#13.2 " + cpl + "#145.1"},
		{"依照《中国人民共和国合同法》第八条", ctl + "#8"},
		{"依照《某某市某某条例》第八条", "某某市某某条例#8"},
		{"依照《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第九十条", "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释#90"},
		{"依照《最高人民法院关于适用《中华人民共和国民事诉讼法》的解释》第九十条", "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释#90"},
		{"依照《最高人民法院《关于民事诉讼证据的若干规定》第二条", "最高人民法院关于民事诉讼证据的若干规定#2"},
		{"依照《最高人民法院关于民事诉讼证据的若干规定》（以下简称《证据》）第二条、《证据》第七条", "最高人民法院关于民事诉讼证据的若干规定#2 最高人民法院关于民事诉讼证据的若干规定#7"},
		{"双方签订的《购销合同》第三条、《平台服务协议》第五条", ""},
		{"第三人第八条、该公司第九条", ""},
	} {
		if got := cites(t, c.words); got != c.want {
			t.Errorf("%q:\n read %s\n want %s", c.words, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	if err := Check(); err != nil {
		t.Fatal(err)
	}
	tab, _ := loaded()
	for _, f := range tab.Flattened {
		if got := cites(t, f.Example); !strings.HasPrefix(got, f.Title+"#") {
			t.Errorf("%s: example %q is read as %q", f.Printed, f.Example, got)
		}
		if got := cites(t, f.Counter); strings.HasPrefix(got, f.Title+"#") {
			t.Errorf("%s: counter-example %q is read as %q", f.Printed, f.Counter, got)
		}
	}
}

func TestRoleHolderAndForce(t *testing.T) {
	parts := []struct{ kind, holder, words string }{
		{judgment.SecAnswer, "defendant", "被告辩称，依《中华人民共和国电子商务法》第三十八条不承担责任。"},
		{judgment.SecBasis, "lower_court", "依照《中华人民共和国民法典》第一条，判决："},
		{judgment.SecBasis, "court", "依照《中华人民共和国侵权责任法》第三十六条，判决如下："},
		{judgment.SecAppendix, "none", "附：《中华人民共和国合同法》第八条 依法成立的合同受法律保护。"},
	}
	s, secs := "", []judgment.Section{}
	for i, p := range parts {
		secs = append(secs, judgment.Section{No: i, Kind: p.kind, Holder: p.holder, Quoted: i == 1, Span: judgment.Span{Start: len(s), End: len(s) + len(p.words)}})
		s += p.words
	}
	got := Read(s, secs, judgment.Header{JudgmentDate: "2019-05-06"})
	want := []judgment.Citation{
		{Law: "中华人民共和国电子商务法", Article: 38, Role: "cited", Holder: "defendant", InForce: "yes"},
		{Law: "中华人民共和国民法典", Article: 1, Role: "cited", Holder: "lower_court", InForce: "no"},
		{Law: "中华人民共和国侵权责任法", Article: 36, Role: "basis", Holder: "this_court", InForce: "yes"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d citations, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		g := got[i]
		if g.Law != w.Law || g.Article != w.Article || g.Role != w.Role || g.Holder != w.Holder || g.InForce != w.InForce || g.Quote != g.Span.Of(s) {
			t.Errorf("read %+v, want %+v", g, w)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("依照《中华人民共和国民事诉讼法》第一百四十四条、第一款第（一）项至第九条")
	f.Add("《《》》第条第第")
	f.Fuzz(func(t *testing.T, s string) {
		s = text.Canonical(s)
		for _, c := range Read(s, nil, judgment.Header{}) {
			if c.Quote == "" || c.Quote != c.Span.Of(s) || c.Article < 0 {
				t.Fatalf("%q: %+v", s, c)
			}
		}
	})
}
