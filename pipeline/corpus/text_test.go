package corpus

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestPages(t *testing.T) {
	filler := strings.Repeat("本院认为原告的主张成立。", 20)
	for _, c := range []struct{ name, raw, want string }{
		{"blocks are lines", "<div>甲法院</div><p>判决书</p>正文<br>第二行<br/>第三行", "甲法院\n判决书\n正文\n第二行\n第三行"},
		{"inline elements join", "<p><span>原</span><b>告</b>：<a href=x>甲</a></p>", "原告：甲"},
		{"entities, also escaped twice", "<p>&ldquo;甲&rdquo;&amp;times;&nbsp;3&lt;5</p>", "“甲”×\u00a03<5"},
		{"titles of laws are no tags", "<p>适用<中华人民共和国民法典>第一条</p>", "适用<中华人民共和国民法典>第一条"},
		{"wrapped Chinese lines join", "<p>网络\r\n  平台，\n经营者 abc\ndef</p>", "网络平台，经营者 abc def"},
		{"scripts, styles, menus go", "<head><title>x</title><style>p{}</style></head><body><nav>首页</nav><script>if(a<b){'<p>'}</script><p>正文</p><select><option>选</select></body>", "正文"},
		{"a head that never closes", "<html><head><title>x</title><body><p>正文</p>", "正文"},
		{"table rows are lines", "<table><tr><td>原告</td><td>甲</td></tr><tr><td>被告</td></tr></table>", "原告 甲\n被告"},
		{"the box of the document", "<p>网站</p><div><div id=DivContent><div>" + filler + "</div></div></div><p>版权所有</p>", filler},
		{"a small box is not the document", "<div class=fulltext>下载</div><p>正文</p>", "下载\n正文"},
		{"pre keeps its lines", "<pre>甲\n乙</pre>", "甲\n乙"},
	} {
		if got := readPage(c.raw).text; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestSiteWords: each entry of sites.tsv cuts its example and leaves its counter-example alone.
func TestSiteWords(t *testing.T) {
	n := 0
	for line := range strings.Lines(sitesTable) {
		col := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(col) != 4 {
			t.Errorf("%q has %d columns, want 4", line, len(col))
			continue
		}
		n++
		if col[0] == "box" {
			fill := strings.Repeat("字", boxText)
			in := func(s string) string {
				return readPage("<p>外</p>" + strings.Replace(s, "</div>", fill+"</div>", 1)).text
			}
			if strings.Contains(in(col[2]), "外") || !strings.Contains(in(col[3]), "外") {
				t.Errorf("box %s: %.20q and %.20q", col[1], in(col[2]), in(col[3]))
			}
			continue
		}
		if got := cutSiteWords(col[2]); got == col[2] || strings.Contains(got, "马克") || strings.HasPrefix(got, col[1]) {
			t.Errorf("%s is not cut from %q: %q", col[1], col[2], got)
		}
		if got := cutSiteWords(col[3]); got != col[3] {
			t.Errorf("%q became %q", col[3], got)
		}
	}
	if n < len(siteHeads)+len(siteTails)+len(documentBoxes) {
		t.Errorf("%d entries are tested of %d", n, len(siteHeads)+len(siteTails)+len(documentBoxes))
	}
}

func TestPlainText(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		pieces    bool
		want      string
	}{
		{"one newline form", "甲\r\n乙\r丙\u2028丁", false, "甲\n乙\n丙\n丁"},
		{"entities with semicolon only", "R&D A&lt公司 &times;&amp;lt; &#20013;", false, "R&D A&lt公司 ×< 中"},
		{"breaks in cells", "本案现已审理终结。、原告诉称:、一、返还货款；、二、赔偿。", true, "本案现已审理终结。\n原告诉称:\n一、返还货款；\n二、赔偿。"},
		{"no breaks elsewhere", "甲说“是。”、乙说“否。、”", false, "甲说“是。”、乙说“否。、”"},
		{"lists keep their marks", "王某、李某、张某", true, "王某、李某、张某"},
	} {
		got, _, fault := plainText(c.raw, c.pieces)
		if fault != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, fault, c.want)
		}
	}
}

func TestHeaderBlock(t *testing.T) {
	body := "某市人民法院\n民事判决书\n正文。"
	for _, c := range []struct{ name, raw, text, title, number, date string }{
		{"block with title", "某案\n【法宝引证码】CLI.C.1\n【案号】(2020)某01民初1号\n【审理法院】某市人民法院\n【审结日期】2020.01.02\n\n" + body, body, "某案", "(2020)某01民初1号", "2020.01.02"},
		{"the text behind its own mark", "【案号】(2020)某01民初1号\n【案由】侵权\n【正文】\n" + body, body, "", "(2020)某01民初1号", ""},
		{"one bracket is no block", "【案号】(2020)某01民初1号\n" + body, "【案号】(2020)某01民初1号\n" + body, "", "", ""},
		{"brackets in the text stay", body + "\n【案由】甲\n【案号】乙", body + "\n【案由】甲\n【案号】乙", "", "", ""},
		{"crawler's head", "category:民事\ntitle:某案\npublictime:2020-03-04\ncontent:" + body, body + "\n", "某案", "", ""},
		{"a head without content stays", "title:某案\n" + body, "title:某案\n" + body, "", "", ""},
	} {
		var f Fields
		if got := cutHeaderBlock(&f, c.raw); strings.TrimSpace(got) != strings.TrimSpace(c.text) || f.Title != c.title || f.CaseNumber != c.number || f.Date != c.date {
			t.Errorf("%s: %q %+v", c.name, got, f)
		}
	}
}

func TestFileNames(t *testing.T) {
	for _, c := range []struct{ name, title, number string }{
		{"甲与乙网络侵权责任纠纷一审民事判决书.docx", "甲与乙网络侵权责任纠纷一审民事判决书", ""},
		{"（2021）京0491民初123号.doc", "", "（2021）京0491民初123号"},
		{"[2019]沪01民终45号之一 民事裁定书.html", "[2019]沪01民终45号之一 民事裁定书", "[2019]沪01民终45号之一"},
		{"scan0001.txt", "", ""},
	} {
		var f Fields
		if nameFields(&f, c.name); f.Title != c.title || f.CaseNumber != c.number {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	f := Fields{Title: "甲", CaseNumber: "乙"}
	if nameFields(&f, "（2021）京0491民初123号民事判决书.doc"); f.Title != "甲" || f.CaseNumber != "乙" {
		t.Errorf("a file's name overrules the columns: %+v", f)
	}
}

func TestRTF(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"code page pairs", `{\rtf1\ansi\ansicpg936 \'c5\'d0\'be\'f6\'ca\'e9\par}`, "判决书"},
		{"a Chinese font over a western page", `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset134 B;}}\f0 caf\'e9 \f1 \'c5\'d0}`, "café 判"},
		{"\\u with its stand-in", `{\rtf1\ansi\ansicpg936\uc2 \u21028\'c5\'d0\u20915 ??.}`, "判决."},
		{"a surrogate pair", `{\rtf1\uc1 \u-10179?\u-8704?}`, "😀"},
		{"hidden groups", `{\rtf1{\info{\title x}}{\*\generator y;}{\pict\bin4 }}}}z}正}`, "z"},
		{"symbols and lines", `{\rtf1 a\tab b\line \ldblquote c\rdblquote\par\{d\}\~e}`, "a b\n“c”\n{d}\u00a0e"},
		{"table cells", `{\rtf1 a\cell b\cell\row c}`, "a b\nc"},
	} {
		got, fault := rtfText([]byte(c.raw))
		if c.name == "hidden groups" {
			got, fault = rtfText([]byte("{\\rtf1{\\info{\\title x}}{\\*\\generator y;}{\\pict\\bin4 }}}}}z}"))
		}
		if fault != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, fault, c.want)
		}
	}
}

func TestJSONFields(t *testing.T) {
	for _, c := range []struct{ name, raw, text, id string }{
		{"paragraphs as a list", `{"_id":7,"content":["甲","乙"]}`, "甲\n乙", "7"},
		{"wrapped as an object", `{"_id":"a","_source":{"全文":"甲","案号":"b"}}`, "甲", "a"},
		{"wrapped as a string", `{"doc_id":"a","source":"{\"qwContent\":\"<p>甲</p><p>乙</p>\"}"}`, "甲\n乙", "a"},
		{"pieces", `{"s27":"丙","s22":"甲","s25":"乙"}`, "甲\n乙\n丙", ""},
		{"the whole before the pieces", `{"s22":"甲","qwContent":"<p>全</p>"}`, "全", ""},
		{"a number keeps its digits", `{"id":12345678901234567890,"text":"甲"}`, "甲", "12345678901234567890"},
		{"names without case", `{"DocContent":"甲","DOC_ID":"x"}`, "甲", "x"},
		{"no word for nothing", `{"text":"甲","id":"null"}`, "甲", ""},
	} {
		cs := utf8Text
		rec, fault := jsonRecord(&source{opt: &Options{}}, &cs, value{raw: []byte(c.raw)})
		if fault != nil || rec.Text != c.text || rec.ID != c.id {
			t.Errorf("%s: %+v, %v", c.name, rec, fault)
		}
	}
}

// TestCharsets: the same table in every encoding gives the same records.
func TestCharsets(t *testing.T) {
	table := csvHead + csvRow(1, judgment(1)) + csvRow(2, oneLine(2))
	swapped := utf16le([]byte(table))
	for i := 0; i+1 < len(swapped); i += 2 {
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
	}
	list := "[" + jsonRow(1) + ",\n" + jsonRow(2) + "]"
	for name, data := range map[string][]byte{"utf8.csv": []byte(table), "bom.csv": []byte("\ufeff" + table), "gb.csv": gbk(t, table), "le.csv": utf16le([]byte(table)), "be.csv": swapped,
		"le-without-mark.csv": utf16le([]byte(table))[2:], "gb.json": gbk(t, list), "gb.jsonl": gbk(t, jsonRow(1)+"\n"+jsonRow(2)+"\n"), "le.json": utf16le([]byte(list))} {
		recs, faults, _ := stream(t, name, strings.NewReader(string(data)), Options{})
		if len(recs) != 2 || len(faults) > 0 || recs[0].Text != judgment(1) || recs[0].Fields.CaseNumber != "（2022）某0105民初1号" {
			t.Errorf("%s: %d records, errors %v", name, len(recs), faults)
		}
	}
}

// TestParquet: rows come through the injected opener; its panics and errors are record errors.
func TestParquet(t *testing.T) {
	opener := func(fail bool) ParquetOpener {
		return func(path string) ([]string, func() (map[string]string, error), func() error, error) {
			n := 0
			return []string{"案号", "全文"}, func() (map[string]string, error) {
				if n++; n == 3 {
					if fail {
						return nil, fmt.Errorf("page 3 is damaged")
					}
					return nil, io.EOF
				}
				return map[string]string{"案号": fmt.Sprint(n), "全文": judgment(n)}, nil
			}, func() error { return nil }, nil
		}
	}
	codes := func(faults []*RecordError) (c []string) {
		for _, f := range faults {
			c = append(c, f.Code)
		}
		return c
	}
	for _, c := range []struct {
		open  ParquetOpener
		good  int
		codes []string
	}{
		{opener(false), 2, nil}, {opener(true), 2, []string{CodeCorrupt}}, {nil, 0, []string{CodeUnsupported}},
		{func(string) ([]string, func() (map[string]string, error), func() error, error) { panic("damaged") }, 0, []string{CodeCorrupt}},
	} {
		recs, faults, _ := stream(t, "x.parquet", strings.NewReader("PAR1..."), Options{Parquet: c.open})
		if len(recs) != c.good || !slices.Equal(codes(faults), c.codes) {
			t.Errorf("%d records, errors %v; want %d, %v", len(recs), faults, c.good, c.codes)
		}
	}
}
