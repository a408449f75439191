package coding

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var testColumns = ParseColumns("case\t案号 案件\ncase_key\t案件键\ncase_id\nparty\t当事人 当事人名称\nvariable\t变量 字段\nvalue\t取值 值\ndate\t日期\n")

func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// workbook makes an xlsx file: a sheet a name, a row a line, a cell between bars.
func workbook(t *testing.T, sheets [][2]string, change func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			f.SetSheetName("Sheet1", s[0])
		} else if _, err := f.NewSheet(s[0]); err != nil {
			t.Fatal(err)
		}
		for r, line := range strings.Split(s[1], "\n") {
			for c, cell := range strings.Split(line, "|") {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if err := f.SetCellValue(s[0], at, cell); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return file(t, "sheet.xlsx", b.Bytes())
}

func show(records []Record) string {
	var b strings.Builder
	for _, r := range records {
		for _, f := range r.layout.fields() {
			b.WriteString(f + "=" + r.Get(f) + " ")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestSheetsOfEveryMakeReadAlike(t *testing.T) {
	const bars = "案号|当事人|变量|取值\n（2019）京0105民初1号|甲公司|label|joint\n(2019)京0105民初2号|\"乙\n公司\"|label|\"no, none\"\n"
	const want = "case=（2019）京0105民初1号 party=甲公司 variable=label value=joint \ncase=(2019)京0105民初2号 party=乙\n公司 variable=label value=no, none \n"
	plain, semicolons := strings.ReplaceAll(bars, "|", ","), strings.ReplaceAll(bars, "|", ";")
	for name, content := range map[string][]byte{
		"UTF-8":              []byte(plain),
		"byte order mark":    []byte("\uFEFF" + plain),
		"CRLF":               []byte(strings.ReplaceAll(plain, "\n", "\r\n")),
		"GB18030":            encoded(t, simplifiedchinese.GB18030, plain),
		"UTF-16":             encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), plain),
		"semicolons":         []byte(semicolons),
		"tabs":               []byte(strings.ReplaceAll(bars, "|", "\t")),
		"sep line":           []byte("sep=;\n" + semicolons),
		"a title above":      []byte("更正表,,,\n,,,\n" + plain),
		"blank rows":         []byte(strings.Replace(plain, "\n(2019)", "\n,,,\n(2019)", 1)),
		"full-width heading": []byte(strings.Replace(plain, "案号,当事人", "　案号 ,【当事人】", 1)),
		"English heading":    []byte(strings.Replace(plain, "案号,当事人,变量,取值", "Case,PARTY,variable,Value", 1)),
		"headings with more": []byte(strings.Replace(plain, "案号,当事人,变量", "案号（必填）,Party / 当事人,变量 variable", 1)),
		"heading repeated":   []byte(plain + "案号,当事人,变量,取值\n"),
	} {
		records, notes, err := Records(file(t, "a.csv", content), testColumns, "case", "party", "variable", "value")
		if err != nil || len(notes) > 0 {
			t.Errorf("%s: %v %v", name, err, notes)
			continue
		}
		if got := strings.ReplaceAll(show(records), "\r\n", "\n"); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestBrokenSheets(t *testing.T) {
	heading := "案号|当事人|变量|取值"
	for name, c := range map[string]struct {
		path string
		want []string
	}{
		"renamed column":   {file(t, "a.csv", []byte("案号,主体,变量,取值\n1,2,3,4\n")), []string{"a.csv, line 1", "lacks party", "主体", "party, 当事人"}},
		"empty":            {file(t, "a.csv", nil), []string{"a.csv", "empty"}},
		"no rows":          {file(t, "a.csv", []byte("案号,当事人,变量,取值\n")), []string{"no row under a heading"}},
		"open quote":       {file(t, "a.csv", []byte("案号,当事人,变量,取值\n1,2,3,4\n1,\"2,3,4\n")), []string{"line 3", "quotes"}},
		"binary":           {file(t, "a.csv", []byte("案号,当事人\n\xff\xff\xff\xff\n")), []string{"neither UTF-8"}},
		"comma in a field": {file(t, "a.csv", []byte("案号,当事人,变量,取值\n1,2,3,4,余下的理由\n")), []string{"line 2, column 5", "余下的理由", "quotes"}},
		"column twice":     {file(t, "a.csv", []byte("案号,当事人,变量,取值,值\n1,2,3,4,5\n")), []string{"line 1, column 5 (值)", "same meaning"}},
		"old Excel":        {file(t, "a.xls", []byte("\xD0\xCF\x11\xE0rest")), []string{".xlsx"}},
		"cut workbook":     {file(t, "a.xlsx", []byte("PK\x03\x04rest")), []string{"cannot be read", "save it again"}},
		"merged across": {workbook(t, [][2]string{{"更正", heading + "\n1|甲|label|joint\n2|乙|label|none"}}, func(f *excelize.File) { f.MergeCell("更正", "B3", "C3") }),
			[]string{"sheet 更正, row 3, cell B3", "B3:C3", "unmerge"}},
	} {
		_, _, err := Records(c.path, testColumns, "case", "party", "variable", "value")
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q lacks %q", name, err, w)
			}
		}
	}
}

// TestALongerHeadingYields: a part of a heading counts only where no column has the whole.
func TestALongerHeadingYields(t *testing.T) {
	records, notes, err := Records(file(t, "a.csv", []byte("当事人 地位,案号,当事人,变量,取值\n被告,1,甲,label,none\n")), testColumns, "case", "party")
	if err != nil || len(notes) != 1 || records[0].Get("party") != "甲" {
		t.Errorf("%v %v %v", show(records), notes, err)
	}
}

func TestWorkbook(t *testing.T) {
	path := workbook(t, [][2]string{{"说明", "本表由编码员填写\n见编码手册"}, {"一", "题目\n案号|当事人|变量|取值|日期|心得\n(2019)京0105民初1号|甲|label|joint|44201|x\n|甲|amount|1200||"}, {"二", "案号|当事人|变量|取值\n3|丙|label|none"}},
		func(f *excelize.File) {
			f.MergeCell("一", "A3", "A4")
			f.SetCellValue("一", "E3", 44201)
		})
	records, notes, err := Records(path, testColumns, "case", "party", "variable", "value")
	if err != nil {
		t.Fatal(err)
	}
	want := "case=(2019)京0105民初1号 party=甲 variable=label value=joint date=44201 \ncase=(2019)京0105民初1号 party=甲 variable=amount value=1200 date= \ncase=3 party=丙 variable=label value=none \n"
	if got := show(records); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "心得") {
		t.Errorf("notes %q", notes)
	}
	if p := records[1].Place("value").String(); p != "sheet.xlsx, sheet 一, row 4, cell D4 (取值)" {
		t.Errorf("place %q", p)
	}
	if records[1].Merged("case") != "A3:A4" || records[0].Merged("value") != "" {
		t.Error("merged ranges are not told")
	}
}

func TestDay(t *testing.T) {
	for in, want := range map[string]string{"2021-01-05": "2021-01-05", "2021/1/5": "2021-01-05", "2021年1月5日": "2021-01-05", "２０２１．1．5": "2021-01-05",
		"44201": "2021-01-05", "44201.5": "2021-01-05", "20210105": "2021-01-05", "": "", "2021-01-05 00:00:00": "2021-01-05"} {
		if got, err := Day(in); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"2021-02-30", "gestern", "5/1/2021", "12"} {
		if got, err := Day(in); err == nil {
			t.Errorf("%q is read as %q", in, got)
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]float64{"12,345.60": 12345.6, "１２３": 123, "1.2万元": 12000, "30%": 0.3, "３０％": 0.3, "￥500元": 500, "0": 0, "1e3": 1000} {
		if got, err := Number(in); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "三千", "12元5角", "0x10", "NaN", "inf", "元"} {
		if got, err := Number(in); err == nil {
			t.Errorf("%q is read as %v", in, got)
		}
	}
}
