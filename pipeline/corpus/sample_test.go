package corpus

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"
	"github.com/xuri/excelize/v2"

	"caipan/model/text"
)

var sampleDir = filepath.Join("..", "..", "data", "sample")

// sampleText reads a constructed judgment of the sample by the beginning of its file name.
func sampleText(t *testing.T, id string) string {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join(sampleDir, "judgments", id+"-*.txt"))
	if len(names) != 1 {
		t.Fatalf("sample %s: %d files", id, len(names))
	}
	b, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(b))
}

func lines(s string) []string { return strings.Split(s, "\n") }

func number(s string) string { return lines(s)[2] }

// sampleFile is one file of data/sample/formats: how it is made, and which judgments of the sample it repeats, in order.
type sampleFile struct {
	name  string
	make  func(t *testing.T, texts []string) []byte
	holds []string
}

var bigHead = "原始链接,案号,案件名称,法院,所属地区,案件类型,案件类型编码,来源,审理程序,裁判日期,公开日期,当事人,案由,法律依据,全文"

// bigRow is a row of the 15-column layout: the text is one paragraph, with entities and an advertisement.
func bigRow(s string) []string {
	one := strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), "“", "&ldquo;")
	return []string{"https://example.invalid/" + number(s), number(s), "某某与某某网络侵权责任纠纷一审民事判决书", lines(s)[0], "", "民事案件", "1", "www.example.invalid",
		"一审", "2022-08-16", "2022-09-01", "", "网络侵权责任纠纷", "", "文书内容 " + one + " 微信公众号“马克 数据网”"}
}

func bigTable(t *testing.T, comma rune, texts []string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	w.Write(strings.Split(bigHead, ","))
	for _, s := range texts {
		w.Write(bigRow(s))
	}
	w.Flush()
	return b.Bytes()
}

func jsonLines(t *testing.T, texts []string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for i, s := range texts {
		enc.Encode(map[string]any{"id": fmt.Sprintf("sample-%d", i), "case_number": number(s), "court": lines(s)[0], "date": "2022-08-16", "text": s})
	}
	return b.Bytes()
}

func utf16le(b []byte) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(string(b))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func divs(s string) string {
	var b strings.Builder
	for _, l := range lines(s) {
		fmt.Fprintf(&b, "<div style='TEXT-ALIGN: left;'>%s</div>", html.EscapeString(l))
	}
	return b.String()
}

func webPage(s string) string {
	return "<!DOCTYPE html><html><head><meta charset=utf-8><title>民事判决书</title><style>p{}</style></head><body><nav>首页 登录</nav><form id=aspnet>" +
		divs(s) + "</form><script>document.write('<p>广告</p>')</script></body></html>"
}

func wordML(s string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, l := range lines(s) {
		half := len([]rune(l)) / 2
		r := []rune(l)
		fmt.Fprintf(&b, `<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t>%s</w:t></w:r><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
			html.EscapeString(string(r[:half])), html.EscapeString(string(r[half:])))
	}
	b.WriteString("</w:body></w:document>")
	return b.String()
}

// gbkZip is a zip whose names are GBK without saying so, as old Chinese archivers write it.
func gbkZip(t *testing.T, members ...member) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: string(gbk(t, m.name)), NonUTF8: true, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(m.content))
	}
	w.Close()
	return b.Bytes()
}

func docxOf(t *testing.T, s string) string {
	return string(zipped(t, member{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		member{"word/document.xml", wordML(s)}))
}

func rtfOf(t *testing.T, s string) []byte {
	var b strings.Builder
	b.WriteString(`{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}{\*\generator x;}{\info{\title y}}\uc1 `)
	for i, l := range lines(s) {
		for _, r := range l {
			switch g := gbk(t, string(r)); {
			case len(g) == 1:
				b.WriteRune(r)
			case i%2 == 0 && len(g) == 2:
				fmt.Fprintf(&b, `\'%02x\'%02x`, g[0], g[1])
			default:
				fmt.Fprintf(&b, `\u%d?`, int16(r))
			}
		}
		b.WriteString("\\par\r\n")
	}
	b.WriteString("}")
	return []byte(b.String())
}

func mhtmlOf(s string) []byte {
	body := base64.StdEncoding.EncodeToString([]byte(webPage(s)))
	var b strings.Builder
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"=_x\"\r\n\r\n--=_x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for len(body) > 76 {
		b.WriteString(body[:76] + "\r\n")
		body = body[76:]
	}
	b.WriteString(body + "\r\n--=_x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--=_x--\r\n")
	return []byte(b.String())
}

func openLaw(t *testing.T, texts []string) []byte {
	f := excelize.NewFile()
	defer f.Close()
	heads := []string{"标题", "案号", "案件类型", "法院", "判决日期", "头部", "当事人", "结尾", "附录"}
	for i, h := range heads {
		cell, _ := excelize.CoordinatesToCellName(i+1, 1)
		f.SetCellStr("Sheet1", cell, h)
	}
	for n, s := range texts {
		l := lines(s)
		end := len(l) - 1 // the last line says that the judgment is constructed
		for end > 3 && !strings.ContainsAny(l[end-1][len(l[end-1])-3:], "。；：") {
			end--
		}
		row := []string{"某某与某某合同纠纷一审民事判决书", number(s), "民事", l[0], "2022年08月16日",
			strings.Join(l[:3], "、"), strings.Join(l[3:end], "、"), strings.Join(l[end:len(l)-1], "、"), l[len(l)-1]}
		for i, v := range row {
			cell, _ := excelize.CoordinatesToCellName(i+1, n+2)
			f.SetCellStr("Sheet1", cell, v)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func quoted(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(v)
	return strings.TrimSpace(b.String())
}

func sKeys(s string) []byte {
	inner := quoted(map[string]any{"s1": "某某与某某网络服务合同纠纷一审民事判决书", "s2": lines(s)[0], "s5": "sample-s", "s7": number(s), "s9": "民事一审", "s31": "2022-08-16", "s41": "2022-09-30",
		"s22": strings.Join(lines(s)[:3], "\n"), "qwContent": divs(s)})
	return []byte(quoted(map[string]any{"id": "1", "doc_id": "sample-s", "source": inner}) + "\n")
}

func titleHTML(s string) []byte {
	inner := quoted(map[string]any{"Title": "某某与某某网络服务合同纠纷一审民事判决书", "PubDate": "2022-09-30", "Html": strings.ReplaceAll(divs(s), "'", "01lydyh01")})
	return []byte("{\n    \"doc_id\": \"sample-t\",\n    \"source\": " + quoted(inner) + ",\n    \"status\": \"0\"\n}\n")
}

func createContent(s string) []byte {
	caseInfo := quoted(map[string]any{"文书ID": "sample-w", "案号": number(s), "法院名称": lines(s)[0], "裁判日期": nil, "DocContent": "", "上传日期": "/Date(1662000000000)/"})
	page := quoted(map[string]any{"Title": "某某与某某纠纷一审民事判决书", "PubDate": "2022-09-01", "Html": divs(s)})
	return []byte("$(function(){var caseinfo=JSON.stringify(" + caseInfo + ");$(\"#hidCaseInfo\").val(caseinfo);});\n$(function() {\n    var jsonHtmlData = " + quoted(page) +
		";\n    var jsonData = eval(\"(\" + jsonHtmlData + \")\");\n});\n")
}

var sampleFiles = []sampleFile{
	{"裁判文书全文_样本.zip", func(t *testing.T, s []string) []byte {
		return gbkZip(t, member{"样本/裁判文书全文_2022.csv", "\ufeff" + string(bigTable(t, ',', s))})
	}, []string{"S01", "S02", "S03"}},
	{"dump-gb18030.csv", func(t *testing.T, s []string) []byte { return gbk(t, string(bigTable(t, ',', s))) }, []string{"S04", "S05"}},
	{"dump-utf16.tsv", func(t *testing.T, s []string) []byte { return utf16le(bigTable(t, '\t', s)) }, []string{"S06", "S07"}},
	{"lines.jsonl.gz", func(t *testing.T, s []string) []byte { return gzipped(t, string(jsonLines(t, s))) }, []string{"S08", "S09"}},
	{"lines.jsonl.zst", func(t *testing.T, s []string) []byte {
		w, _ := zstd.NewWriter(nil)
		return w.EncodeAll(jsonLines(t, s), nil)
	}, []string{"S10"}},
	{"array.json", func(t *testing.T, s []string) []byte {
		return []byte("[\n" + strings.ReplaceAll(strings.TrimSpace(string(jsonLines(t, s))), "\n", ",\n") + "\n]\n")
	}, []string{"S11", "S12"}},
	{"wenshu-s-keys.json", func(t *testing.T, s []string) []byte { return sKeys(s[0]) }, []string{"S13"}},
	{"crawl-title-html.json", func(t *testing.T, s []string) []byte { return titleHTML(s[0]) }, []string{"S14"}},
	{"wenshu-createcontent.js", func(t *testing.T, s []string) []byte { return createContent(s[0]) }, []string{"S15"}},
	{"openlaw.xlsx", openLaw, []string{"S16", "S17"}},
	{"page.html", func(t *testing.T, s []string) []byte { return []byte(webPage(s[0])) }, []string{"S18"}},
	{"crawl.txt", func(t *testing.T, s []string) []byte {
		return []byte("category:民事\ntitle:某某与某某纠纷一审民事判决书\npublictime:2022-09-01\ncontent:" + s[0] + "\n")
	}, []string{"S19"}},
	{"北大法宝 下载.zip", func(t *testing.T, s []string) []byte {
		block := "某某与某某网络侵权责任纠纷案\n【法宝引证码】CLI.C.0\n【案由】网络侵权责任纠纷\n【案号】" + number(s[0]) + "\n【审理法院】" + lines(s[0])[0] + "\n【审结日期】2022.08.16\n【审理程序】一审\n"
		return gbkZip(t, member{"判决/一 号.docx", docxOf(t, block+s[0])}, member{"判决/" + number(s[1]) + "民事判决书.docx", docxOf(t, s[1])})
	}, []string{"S20", "S21"}},
	{"网页存为.doc", func(t *testing.T, s []string) []byte { return []byte(webPage(s[0])) }, []string{"S22"}},
	{"web-archive.doc", func(t *testing.T, s []string) []byte { return mhtmlOf(s[0]) }, []string{"S23"}},
	{"rich-text.doc", func(t *testing.T, s []string) []byte { return rtfOf(t, s[0]) }, []string{"S24"}},
	{"word2003.doc", func(t *testing.T, s []string) []byte {
		ml := strings.Replace(wordML(s[0]), "<w:document ", `<?mso-application progid="Word.Document"?><w:wordDocument `, 1)
		return []byte(strings.Replace(ml, "</w:document>", "</w:wordDocument>", 1))
	}, []string{"S25"}},
}

// TestSampleFormats reads every file of data/sample/formats and finds the judgments of the sample in it, whatever the format.
func TestSampleFormats(t *testing.T) {
	dir := filepath.Join(sampleDir, "formats")
	for _, f := range sampleFiles {
		t.Run(f.name, func(t *testing.T) {
			var texts []string
			for _, id := range f.holds {
				texts = append(texts, sampleText(t, id))
			}
			name := filepath.Join(dir, f.name)
			if *rebuild {
				if err := os.WriteFile(name, f.make(t, texts), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			p, err := MakePlan([]string{name}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			recs, faults := readAll(t, p)
			if len(recs) != len(texts) || len(faults) > 0 {
				t.Fatalf("%d records, errors %v", len(recs), faults)
			}
			for i, r := range recs {
				sameIdentity(t, r, texts[i])
			}
		})
	}
}

func sameIdentity(t *testing.T, r *Record, want string) {
	t.Helper()
	a, b := text.Identity(text.Canonical(r.Text)), text.Identity(text.Canonical(want))
	if a != b {
		i := 0
		for i < len(a) && i < len(b) && a[i] == b[i] {
			i++
		}
		t.Errorf("%s: the text differs at byte %d of the identity text: %q, want %q", r.SourcePath, i, a[max(0, i-30):min(len(a), i+60)], b[max(0, i-30):min(len(b), i+60)])
	}
	if strings.HasSuffix(r.Text, "广告") || strings.Contains(r.Text, "document.write") || strings.Contains(r.Text, "马克") || strings.HasPrefix(r.Text, "文书内容") {
		t.Errorf("%s: site words are left: %.60q", r.SourcePath, r.Text)
	}
}

// TestMetadata: columns, header block and file name give the fields, in this order of precedence.
func TestMetadata(t *testing.T) {
	p, err := MakePlan([]string{filepath.Join(sampleDir, "formats")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	recs, _ := readAll(t, p)
	byPath := map[string]*Record{}
	for _, r := range recs {
		if byPath[r.SourcePath] == nil {
			byPath[r.SourcePath] = r
		}
	}
	for _, c := range []struct{ path, field, want string }{
		{"裁判文书全文_样本.zip!样本/裁判文书全文_2022.csv", "case_number", "（2022）某0105民初3316号"},
		{"裁判文书全文_样本.zip!样本/裁判文书全文_2022.csv", "date", "2022-08-16"},
		{"裁判文书全文_样本.zip!样本/裁判文书全文_2022.csv", "pub_date", "2022-09-01"},
		{"裁判文书全文_样本.zip!样本/裁判文书全文_2022.csv", "cause", "网络侵权责任纠纷"},
		{"北大法宝 下载.zip!判决/一 号.docx", "title", "某某与某某网络侵权责任纠纷案"},
		{"北大法宝 下载.zip!判决/一 号.docx", "date", "2022.08.16"},
		{"北大法宝 下载.zip!判决/一 号.docx", "procedure", "一审"},
		{"wenshu-s-keys.json", "date", "2022-08-16"},
		{"wenshu-s-keys.json", "pub_date", "2022-09-30"},
		{"crawl-title-html.json", "date", ""}, // a date of publication is no date of judgment
		{"crawl-title-html.json", "pub_date", "2022-09-30"},
		{"wenshu-createcontent.js", "pub_date", "2022-09-01"},
		{"crawl.txt", "case_type", "民事"},
		{"crawl.txt", "pub_date", "2022-09-01"},
		{"openlaw.xlsx", "date", "2022年08月16日"},
	} {
		r := byPath["formats/"+c.path]
		if r == nil {
			t.Errorf("no record from %s", c.path)
			continue
		}
		if got := *r.Fields.at(c.field); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.path, c.field, got, c.want)
		}
	}
	named := byPath["formats/北大法宝 下载.zip!判决/"+number(sampleText(t, "S21"))+"民事判决书.docx"]
	if named == nil || named.Fields.CaseNumber != number(sampleText(t, "S21")) {
		t.Errorf("the file's name gave no case number: %+v", named)
	}
}
