package sample

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Names inside a coder's folder.
const (
	textsFolder = "texts"
	codesSheet  = "codes"
	bookSheet   = "codebook"
)

// fixed are the columns of a coder's sheet before the variables.
var fixed = []string{"coder", "unit", "case_number", "court", "date", "party", "text"}

// remark is the last column.
const remark = "remark"

// sheetName is the file of a coder's sheet.
func sheetName(coder string) string { return "coders/" + coder + "/" + coder + ".xlsx" }

// WriteSheets writes for each coder a folder with a blind sheet and, with texts, a page for each case: what to read and
// which party to code, and nothing that the machine read about a variable. lang chooses the words of headings and lists.
func (s *Sample) WriteSheets(write Writer, lang string) error {
	book, err := NewCodebook(s.Variables)
	if err != nil {
		return err
	}
	for _, coder := range s.Coders {
		err := write(sheetName(coder), func(w io.Writer) error { return s.sheet(w, coder, book, lang) })
		if err != nil {
			return err
		}
	}
	return nil
}

// order is the coder's own order of the drawn units: cases shuffled, the parties of a case together.
func (s *Sample) order(coder string) []int {
	drawn := s.Drawn()
	var cases []string
	of := map[string][]int{}
	for _, i := range drawn {
		id := s.Frame.Units[i].CaseID
		if of[id] == nil {
			cases = append(cases, id)
		}
		of[id] = append(of[id], i)
	}
	var out []int
	for _, k := range permutation(s.Seed, "coder "+coder, len(cases)) {
		out = append(out, of[cases[k]]...)
	}
	return out
}

func (s *Sample) sheet(w io.Writer, coder string, book *Codebook, lang string) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &builder{f: f, lang: lang}
	if b.err = f.SetSheetName("Sheet1", codesSheet); b.err == nil {
		_, b.err = f.NewSheet(bookSheet)
	}
	b.styles()
	lists := b.codebook(book)
	b.row(codesSheet, 1, b.headings(book), b.head)
	for n, i := range s.order(coder) {
		u, c := &s.Frame.Units[i], &s.Chances[i]
		page := pageName(s.pageOf(i))
		b.row(codesSheet, n+2, []string{coder, c.Number, u.CaseNumber, u.Court, u.Date, u.Party, page}, b.text)
		b.do(f.SetCellHyperLink(codesSheet, fmt.Sprintf("G%d", n+2), page, "External"))
	}
	last := len(s.Drawn()) + 1
	for k := range book.Variables {
		column, err := excelize.ColumnNumberToName(len(fixed) + k + 1)
		b.do(err)
		b.dropDown(&book.Variables[k], column, last, lists[k])
		b.do(f.SetColWidth(codesSheet, column, column, 24))
	}
	end, err := excelize.ColumnNumberToName(len(fixed) + len(book.Variables) + 1)
	b.do(err)
	b.do(f.SetCellStyle(codesSheet, "H2", fmt.Sprintf("%s%d", end, last), b.text))
	b.do(f.SetColWidth(codesSheet, "C", "F", 26))
	b.do(f.SetColWidth(codesSheet, end, end, 40))
	b.do(f.SetPanes(codesSheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}))
	if b.err != nil {
		return fmt.Errorf("sheet of coder %s: %w", coder, b.err)
	}
	_, err = f.WriteTo(w)
	return err
}

// builder fills a workbook and keeps the first error.
type builder struct {
	f          *excelize.File
	lang       string
	head, text int
	err        error
}

func (b *builder) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// styles: cells are text, so that a spreadsheet turns no case number into a date.
func (b *builder) styles() {
	var err error
	b.text, err = b.f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	b.do(err)
	b.head, err = b.f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	b.do(err)
}

func (b *builder) row(sheet string, row int, cells []string, style int) {
	for i, c := range cells {
		name, err := excelize.CoordinatesToCellName(i+1, row)
		b.do(err)
		b.do(b.f.SetCellStr(sheet, name, c))
		b.do(b.f.SetCellStyle(sheet, name, name, style))
	}
}

func (b *builder) headings(book *Codebook) []string {
	out := append([]string(nil), fixed...)
	for i := range book.Variables {
		out = append(out, book.Variables[i].heading(b.lang))
	}
	return append(out, remark)
}

// dropDown lets a cell of the column be chosen from the list on the codebook sheet, and refuses anything else.
func (b *builder) dropDown(v *Variable, column string, last int, list string) {
	dv := excelize.NewDataValidation(true)
	dv.Sqref = fmt.Sprintf("%s2:%s%d", column, column, last)
	dv.SetSqrefDropList(list)
	dv.SetError(excelize.DataValidationErrorStyleStop, v.ID, strings.TrimSpace(Words{"Choose a value from the list.", "请从列表中选择。"}.In(b.lang)))
	b.do(b.f.AddDataValidation(codesSheet, dv))
}

// codebook writes the second sheet and gives, for each variable, the range that holds its list.
func (b *builder) codebook(book *Codebook) (lists []string) {
	row := 1
	for _, g := range book.General {
		b.row(bookSheet, row, []string{g.In(b.lang)}, b.text)
		row++
	}
	for i := range book.Variables {
		v := &book.Variables[i]
		row++
		b.row(bookSheet, row, []string{v.heading(b.lang), v.Rule.In(b.lang)}, b.head)
		lists = append(lists, fmt.Sprintf("%s!$A$%d:$A$%d", bookSheet, row+1, row+len(v.Values)))
		for k := range v.Values {
			row++
			b.row(bookSheet, row, []string{v.Values[k].entry(b.lang), v.Values[k].Rule.In(b.lang)}, b.text)
		}
		row++
	}
	b.do(b.f.SetColWidth(bookSheet, "A", "A", 44))
	b.do(b.f.SetColWidth(bookSheet, "B", "B", 90))
	return lists
}
