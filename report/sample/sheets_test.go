package sample

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"caipan/model/judgment"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// folder is a Writer into memory.
type folder map[string][]byte

func (f folder) write(path string, do func(io.Writer) error) error {
	var b bytes.Buffer
	err := do(&b)
	f[path] = b.Bytes()
	return err
}

// coders writes what the coders get.
func coders(t *testing.T, s *Sample) folder {
	t.Helper()
	f := folder{}
	if err := s.WriteSheets(f.write, "zh"); err != nil {
		t.Fatal(err)
	}
	for i := range s.Frame.Units {
		if u := &s.Frame.Units[i]; s.Chances[i].Number != "" {
			c := &judgment.Case{CaseID: u.CaseID, Text: "某某法院\n民事判决书\n<script>alert(1)</script>\n" + u.Party, Header: judgment.Header{CaseNumber: u.CaseNumber, Court: u.Court}}
			if err := s.WritePage(f.write, c, WholeText, "zh"); err != nil {
				t.Fatal(err)
			}
		}
	}
	return f
}

// The coders' folders are the same bytes whatever the machine read.
func TestNothingOfTheMachineReachesTheCoders(t *testing.T) {
	units := constructedUnits(120)
	other := constructedUnits(120)
	for i := range other {
		u := &other[i]
		u.Liable, u.Held, u.Disagreement, u.Cause = !u.Liable, !u.Held, !u.Disagreement, "机器所读"
		u.Machine = map[string]string{RulingVariable: "insurer", "breach_found": "yes", "brand": "机器所猜品牌", "service_type": "ride"}
	}
	a, b := coders(t, draw(t, units, designs["simple"])), coders(t, draw(t, other, designs["simple"]))
	if len(a) < 60 || len(a) != len(b) {
		t.Fatalf("%d and %d files", len(a), len(b))
	}
	for name, bytesA := range a {
		if !bytes.Equal(bytesA, b[name]) {
			t.Errorf("%s differs with the machine's reading", name)
		}
	}
	for name, page := range a {
		if filepath.Ext(name) == ".html" && (!bytes.Contains(page, []byte("&lt;script&gt;")) || bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte("<mark"))) {
			t.Errorf("%s is not plain escaped text", name)
		}
	}
}

// Strata, kinds and chances stay out of the sheets also where they decided the draw.
func TestSheetsDoNotTellTheStratum(t *testing.T) {
	for name, raw := range coders(t, draw(t, constructedUnits(240), designs["oversampled"])) {
		if filepath.Ext(name) != ".xlsx" {
			continue
		}
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range z.File {
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			xml, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{OverDisagreement, "rest", "0.5", "stratum"} {
				if part.Name == "xl/sharedStrings.xml" && bytes.Contains(xml, []byte(">"+word)) {
					t.Errorf("%s, %s tells %q", name, part.Name, word)
				}
			}
		}
	}
}

func TestSheetsHaveListsAndAnOrderOfTheirOwn(t *testing.T) {
	s := draw(t, constructedUnits(120), designs["simple"])
	f := coders(t, s)
	var orders [][]string
	for _, coder := range s.Coders {
		book, err := excelize.OpenReader(bytes.NewReader(f[sheetName(coder)]))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(codesSheet)
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for _, r := range rows[1:] {
			order = append(order, r[1])
			if f["coders/"+coder+"/"+r[6]] == nil {
				t.Errorf("coder %s: no page %s", coder, r[6])
			}
		}
		orders = append(orders, order)
		lists, err := book.GetDataValidations(codesSheet)
		if err != nil || len(lists) != len(s.Variables) {
			t.Errorf("coder %s: %d drop-down lists (%v), want %d", coder, len(lists), err, len(s.Variables))
		}
		for _, l := range lists {
			if l.ErrorStyle == nil || *l.ErrorStyle != "stop" || !contains(l.Formula1, bookSheet) {
				t.Errorf("list %+v does not refuse what the codebook lacks", l)
			}
		}
		if sheets := book.GetSheetList(); !slices.Equal(sheets, []string{codesSheet, bookSheet}) {
			t.Errorf("sheets %v", sheets)
		}
	}
	if slices.Equal(orders[0], orders[1]) {
		t.Error("both coders have the same order")
	}
	slices.Sort(orders[0])
	slices.Sort(orders[1])
	if !slices.Equal(orders[0], orders[1]) || len(orders[0]) != 60 {
		t.Error("the coders have different units")
	}
}

// fill codes every cell of a coder's sheet and lets change spoil the workbook.
func fill(t *testing.T, dir string, s *Sample, raw []byte, coder string, code func(unit int, variable string) string, change func(*excelize.File)) string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(codesSheet)
	if err != nil {
		t.Fatal(err)
	}
	at := s.index()
	for n := range rows[1:] {
		for k, v := range s.Variables {
			cell, _ := excelize.CoordinatesToCellName(len(fixed)+k+1, n+2)
			if err := book.SetCellStr(codesSheet, cell, code(at[rows[n+1][1]], v)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(book)
	}
	path := filepath.Join(dir, coder+".xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func machineCode(s *Sample) func(int, string) string {
	return func(unit int, v string) string { return s.Frame.Units[unit].Machine[v] }
}

func set(cell, value string) func(*excelize.File) {
	return func(f *excelize.File) { f.SetCellStr(codesSheet, cell, value) }
}

// The museum of spoilt sheets: what each must say, or "" where it must be read all the same.
func TestSpoiltSheets(t *testing.T) {
	s := draw(t, constructedUnits(120), designs["simple"])
	raw := coders(t, s)[sheetName("a")]
	for name, c := range map[string]struct {
		change func(*excelize.File)
		words  []string
	}{
		"as it is":                {nil, nil},
		"label in Chinese":        {set("I2", "是"), nil},
		"code with label":         {set("I2", "yes · 是"), nil},
		"capitals and full width": {set("I2", " ＹＥＳ "), nil},
		"blank":                   {set("I2", ""), nil},
		"own label":               {set("I4", "perhaps"), []string{"a.xlsx, sheet codes, row 4, cell I4", `"perhaps" is no value of breach_found`, "choose one of: yes, no, not_decided"}},
		"renamed column":          {set("I1", "my column"), []string{"lacks breach_found", "my column"}},
		"column named in Chinese": {set("I1", "法院认定违反义务"), nil},
		"merged codes":            {func(f *excelize.File) { f.MergeCell(codesSheet, "I2", "I5") }, []string{"I2:I5 are merged", "cell I2", "cell I5"}},
		"merged courts":           {func(f *excelize.File) { f.MergeCell(codesSheet, "D2", "D5") }, nil},
		"case number by Excel": {func(f *excelize.File) {
			v, _ := f.GetCellValue(codesSheet, "C2")
			set("C2", strings.NewReplacer("（", "(", "）", ") ").Replace(v))(f)
		}, nil},
		"date as a serial number":  {func(f *excelize.File) { f.SetCellValue(codesSheet, "E2", 44256) }, nil},
		"unit of another row":      {func(f *excelize.File) { v, _ := f.GetCellValue(codesSheet, "B3"); set("B2", v)(f) }, []string{"cell C2", "the row says"}},
		"unit nobody drew":         {set("B2", "U999"), []string{`no unit "U999" was drawn`}},
		"row twice":                {func(f *excelize.File) { f.DuplicateRowTo(codesSheet, 2, 70) }, []string{"has unit", "twice"}},
		"another coder's name":     {set("A2", "c"), []string{`coder is "c"`, "write one of: a, b"}},
		"number gone, case stands": {set("B2", ""), nil},
		"row deleted":              {func(f *excelize.File) { f.RemoveRow(codesSheet, 2) }, nil},
		"title above the heading":  {func(f *excelize.File) { f.InsertRows(codesSheet, 1, 1); set("A1", "编码表")(f) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := fill(t, t.TempDir(), s, raw, "a", machineCode(s), c.change)
			got, err := s.ReadFilled([]string{path})
			if len(c.words) == 0 && err != nil {
				t.Fatalf("refused: %v", err)
			}
			for _, w := range c.words {
				if err == nil || !contains(err.Error(), w) {
					t.Errorf("error %v, want %q", err, w)
				}
			}
			for _, l := range got.Ledger {
				if l.Cells != l.Coded+l.Blank+l.Faulty || l.Cells != l.Rows*len(s.Variables) {
					t.Errorf("the ledger does not balance: %+v", l)
				}
			}
		})
	}
}

func TestAbsentRowsAreNamed(t *testing.T) {
	s := draw(t, constructedUnits(120), designs["simple"])
	path := fill(t, t.TempDir(), s, coders(t, s)[sheetName("a")], "a", machineCode(s), func(f *excelize.File) { f.RemoveRow(codesSheet, 2) })
	got, err := s.ReadFilled([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	if a := got.Absent(s); len(a["a"]) != 1 || len(a["b"]) != 60 {
		t.Errorf("absent %v", a)
	}
}

func TestSampleIsReadBack(t *testing.T) {
	for name, d := range designs {
		s := draw(t, constructedUnits(240), d)
		dir := t.TempDir()
		f := folder{}
		if err := s.Write(f.write); err != nil {
			t.Fatal(err)
		}
		for path, raw := range f {
			if err := os.WriteFile(filepath.Join(dir, path), raw, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := Read(dir)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !slices.Equal(got.Chances, s.Chances) || got.FrameHash != s.FrameHash || fmt.Sprint(got.Design) != fmt.Sprint(s.Design) || !slices.Equal(got.Strata, s.Strata) {
			t.Errorf("%s: another sample is read back", name)
		}
		spoilt := bytes.Replace(f[FrameName], []byte(",all,"), []byte(",al,"), 1)
		os.WriteFile(filepath.Join(dir, FrameName), append(spoilt, '\n'), 0o644)
		if _, err := Read(dir); err == nil || !contains(err.Error(), "changed after the sample was drawn") {
			t.Errorf("%s: a changed frame is read: %v", name, err)
		}
	}
}
