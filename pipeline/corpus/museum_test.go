package corpus

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var rebuild = flag.Bool("museum", false, "write testdata/broken anew")

// judgment is a short constructed judgment.
func judgment(n int) string {
	return fmt.Sprintf("江临市云浦区人民法院\n民事判决书\n（2022）某0105民初%d号\n原告：甲某。\n被告：乙某。\n本院认为，原告的主张缺乏证据，本院不予支持。判决如下：\n驳回原告甲某的诉讼请求。\n审判员丙某\n二〇二二年八月十六日\n（本文书系虚构样本）", n)
}

func oneLine(n int) string { return strings.ReplaceAll(judgment(n), "\n", "") }

func csvRow(n int, text string) string {
	return fmt.Sprintf("（2022）某0105民初%d号,江临市云浦区人民法院,\"%s\"\n", n, text)
}

const csvHead = "案号,法院,全文\n"

func jsonRow(n int) string {
	return fmt.Sprintf(`{"案号":"（2022）某0105民初%d号","text":%q}`, n, judgment(n))
}

// exhibit is one broken file: what it holds, how many good records survive in it, and the codes of its errors in order.
type exhibit struct {
	name  string
	bytes func(t *testing.T) []byte
	good  int
	codes []string
}

func asBytes(s string) func(*testing.T) []byte { return func(*testing.T) []byte { return []byte(s) } }

func gbk(t *testing.T, s string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

type member struct{ name, content string }

func zipped(t *testing.T, members ...member) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(m.content))
	}
	w.Close()
	return b.Bytes()
}

func gzipped(t *testing.T, s string) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.NoCompression)
	w.Write([]byte(s))
	w.Close()
	return b.Bytes()
}

func formulaBook(t *testing.T) []byte {
	f := excelize.NewFile()
	defer f.Close()
	for i, h := range []string{"案号", "法院", "正文"} {
		f.SetCellValue("Sheet1", fmt.Sprintf("%c1", 'A'+i), h)
	}
	for row := 2; row <= 4; row++ {
		f.SetCellValue("Sheet1", fmt.Sprintf("A%d", row), fmt.Sprintf("（2022）某0105民初%d号", row))
		f.SetCellValue("Sheet1", fmt.Sprintf("C%d", row), judgment(row))
	}
	f.SetCellFormula("Sheet1", "C3", `=CONCATENATE(C2,"！")`)
	f.SetCellFormula("Sheet1", "B4", `=UPPER("a")`)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var museum = []exhibit{
	{"截断.zip", func(t *testing.T) []byte { b := zipped(t, member{"a.txt", judgment(1)}); return b[:len(b)-30] }, 0, []string{CodeTruncated}},
	{"torn.jsonl.gz", func(t *testing.T) []byte {
		b := gzipped(t, jsonRow(1)+"\n"+jsonRow(2)+"\n"+jsonRow(3)+"\n")
		return b[:len(b)-200]
	}, 2, []string{CodeTruncated}},
	{"badcrc.zip", func(t *testing.T) []byte {
		b := zipped(t, member{"good.txt", judgment(1)}, member{"bad.txt", judgment(2)}, member{"后面.txt", judgment(3)})
		return bytes.Replace(b, []byte("民初2号"), []byte("民初9号"), 1)
	}, 2, []string{CodeChecksum}},
	{"paths.zip", func(t *testing.T) []byte {
		return zipped(t, member{"../../etc/x.txt", judgment(1)}, member{"好 的.txt", judgment(2)}, member{"/abs.txt", judgment(3)}, member{`..\w.txt`, judgment(4)})
	}, 1, []string{CodeUnsafePath, CodeUnsafePath, CodeUnsafePath}},
	{"nested3.zip", func(t *testing.T) []byte {
		three := zipped(t, member{"d.txt", judgment(3)})
		two := zipped(t, member{"c.zip", string(three)}, member{"b.txt", judgment(2)})
		return zipped(t, member{"a.txt", judgment(1)}, member{"two.zip", string(two)})
	}, 2, []string{CodeNested}},
	{"encrypted.zip", func(t *testing.T) []byte {
		b := zipped(t, member{"a.txt", judgment(1)}, member{"b.txt", judgment(2)})
		at := bytes.Index(b, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint16(b[at+8:], binary.LittleEndian.Uint16(b[at+8:])|1)
		return b
	}, 1, []string{CodeEncrypted}},
	{"nul.txt", asBytes("江临市云浦区人民法院\x00民事判决书（本文书系虚构样本）"), 0, []string{CodeNUL}},
	{"nul.csv", asBytes(csvHead + csvRow(1, oneLine(1)) + csvRow(2, "江临\x00市（本文书系虚构样本）") + csvRow(3, oneLine(3))), 2, []string{CodeNUL}},
	{"未闭合引号.csv", asBytes(csvHead + csvRow(1, judgment(1)) + "（2022）某0105民初2号,某法院,\"引号没有闭合\n" + csvRow(3, judgment(3)) + csvRow(4, oneLine(4))), 3, []string{CodeUnclosed}},
	{"unclosed-plain-rows.csv", asBytes(csvHead + "1,某法院,\"没有闭合\n2,某法院," + oneLine(2) + "\n3,某法院," + oneLine(3) + "\n"), 2, []string{CodeUnclosed}},
	{"unclosed-at-end.csv", asBytes(csvHead + csvRow(1, oneLine(1)) + "2,某法院,\"没有闭合"), 1, []string{CodeUnclosed}},
	{"columns.csv", asBytes(csvHead + csvRow(1, oneLine(1)) + "2,某法院,a,b,c\n" + "3\n" + csvRow(4, oneLine(4))), 2, []string{CodeColumns, CodeColumns}},
	{"unknown-columns.csv", asBytes("甲,乙,丙\n1,2,3\n"), 0, []string{CodeNoText}},
	{"cut.jsonl", asBytes(jsonRow(1) + "\n" + jsonRow(2)[:200] + "\n" + jsonRow(3) + "\n"), 2, []string{CodeJSON}},
	{"cut-array.json", asBytes("[\n" + jsonRow(1) + ",\n" + jsonRow(2)[:200] + "\n" + jsonRow(3) + "\n]\n"), 2, []string{CodeJSON}},
	{"types.jsonl", asBytes(jsonRow(1) + "\n{\"text\":5}\n[1,2]\n\"text\"\n{\"text\":{\"a\":1}}\n{\"text\":null}\n{\"title\":\"无正文\"}\n" + jsonRow(2) + "\n"), 2,
		[]string{CodeJSONType, CodeJSONType, CodeJSONType, CodeJSONType, CodeEmpty, CodeNoText}},
	{"surrogates.jsonl", asBytes(jsonRow(1) + "\n" + `{"text":"半个\ud83d字（本文书系虚构样本）"}` + "\n" + `{"text":"整个\ud83d\ude00字（本文书系虚构样本）"}` + "\n" + `{"text":"反了\ude00\ud83d（本文书系虚构样本）"}` + "\n" + `{"text":"路径\\ud83d（本文书系虚构样本）"}` + "\n"), 3,
		[]string{CodeSurrogate, CodeSurrogate}},
	{"login.html", asBytes("<html><head><title>登录</title></head><body><form action=/login>用户名<input name=u>密码<input type='password' name=p><button>登录</button></form></body></html>"), 0, []string{CodeLogin}},
	{"empty-page.html", asBytes("<html><head><title>判决书</title><script>var x='<p>内容</p>'</script></head><body><div></div></body></html>"), 0, []string{CodeEmpty}},
	{"bad-utf8.txt", asBytes(judgment(1) + "\xe6\xb1"), 0, []string{CodeEncoding}},
	{"bad-utf8.csv", asBytes(csvHead + csvRow(1, oneLine(1)) + csvRow(2, "江临市\xff\xfe云浦区（本文书系虚构样本）") + csvRow(3, oneLine(3))), 2, []string{CodeEncoding}},
	{"utf8-then-gbk.csv", func(t *testing.T) []byte {
		return slices.Concat([]byte(csvHead+csvRow(1, oneLine(1))+csvRow(2, oneLine(2))+csvRow(4, oneLine(4))), gbk(t, csvRow(3, oneLine(3))))
	}, 3, []string{CodeMixed}},
	{"gbk-then-utf8.csv", func(t *testing.T) []byte {
		return slices.Concat(gbk(t, csvHead+csvRow(1, oneLine(1))+csvRow(2, oneLine(2))+csvRow(4, oneLine(4))), []byte(csvRow(3, oneLine(3))))
	}, 3, []string{CodeMixed}},
	{"bad-gbk.csv", func(t *testing.T) []byte {
		return slices.Concat(gbk(t, csvHead+csvRow(1, oneLine(1))), []byte("2,a,\"\xbd\xad\xff\xc1\xd9\"\n"), gbk(t, csvRow(3, oneLine(3))))
	}, 2, []string{CodeEncoding}},
	{"formulas.xlsx", formulaBook, 2, []string{CodeFormula}},
	{"旧版.doc", asBytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), 0, []string{CodeUnsupported}},
	{"扫描 件.pdf", asBytes("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), 0, []string{CodeUnsupported}},
	{"noise.bin", asBytes("\x01\x02\x00\x03\x00\x00\x07\x08\x00\xff\xfe"), 0, []string{CodeUnknown}},
	{"torn.rtf", asBytes(`{\rtf1\ansi\ansicpg936 \'bd\'ad`), 0, []string{CodeTruncated}},
	{"half.rtf", asBytes(`{\rtf1\ansi\uc1 \u-10179?x}`), 0, []string{CodeSurrogate}},
	{"torn.docx", func(t *testing.T) []byte {
		return zipped(t, member{"[Content_Types].xml", "<Types/>"}, member{"word/document.xml", "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>江临市"})
	}, 0, []string{CodeCorrupt}},
	{"empty.csv", asBytes(""), 0, nil},
	{"good.txt", asBytes(judgment(77)), 1, nil},
}

// TestMuseum reads every exhibit, all in one folder, from the committed files: each is rejected with code, place and
// remedy, and every good record beside the fault survives.
func TestMuseum(t *testing.T) {
	dir := filepath.Join("testdata", "broken")
	if *rebuild {
		for _, e := range museum {
			if err := os.WriteFile(filepath.Join(dir, e.name), e.bytes(t), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	p, err := MakePlan([]string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	recs, faults := readAll(t, p)
	good, codes := map[string]int{}, map[string][]string{}
	exhibitOf := func(path string) string {
		name, _, _ := strings.Cut(strings.TrimPrefix(path, "broken/"), "!")
		return name
	}
	for _, r := range recs {
		good[exhibitOf(r.SourcePath)]++
		if !strings.Contains(r.Text, "虚构样本") {
			t.Errorf("%s record %d: the text is not whole: %q", r.SourcePath, r.Index, r.Text)
		}
	}
	for _, e := range faults {
		name := exhibitOf(e.SourcePath)
		codes[name] = append(codes[name], e.Code)
		if e.Message == "" || e.Remedy == "" {
			t.Errorf("%s lacks a message or a remedy", e.Error())
		}
	}
	for _, e := range museum {
		if good[e.name] != e.good || !slices.Equal(codes[e.name], e.codes) {
			t.Errorf("%s: %d good records, errors %v; want %d and %v", e.name, good[e.name], codes[e.name], e.good, e.codes)
			for _, f := range faults {
				if exhibitOf(f.SourcePath) == e.name {
					t.Log("  ", f.Error(), "|", f.Excerpt)
				}
			}
		}
	}
	if len(p.Skipped) != 1 || p.Skipped[0] != (Skipped{"broken/empty.csv", "empty"}) {
		t.Errorf("skipped: %v, want the empty file only", p.Skipped)
	}
}
