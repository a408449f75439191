package sample

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"caipan/pipeline/coding"
	"caipan/pipeline/dataset"
)

// Names of what code-check writes.
const (
	AdjudicationBook = "adjudication.xlsx"
	AdjudicationCSV  = "adjudication.csv"
)

// States of a coding of one unit and variable.
const (
	agreed    = "agreed"
	disagreed = "disagreed"
	single    = "single" // one coder only
	uncoded   = "uncoded"
)

// Coding is what was coded for one unit and variable, and what it comes to.
type Coding struct {
	Unit        int // position in the frame
	Variable    string
	Codes       []string // by coder, in the order of the design
	State       string
	Adjudicated string
}

// Final is the code that counts: the adjudicated one, else that on which all agree; "" while coders differ.
func (c *Coding) Final() string {
	if c.Adjudicated != "" || c.State == disagreed {
		return c.Adjudicated
	}
	for _, code := range c.Codes {
		if code != "" {
			return code
		}
	}
	return ""
}

// Codings puts the coders side by side for every drawn unit and variable: what they differ on first, then what nobody
// coded, then what one coded, then what they agree on.
func (s *Sample) Codings(f *Filled) []Coding {
	var out []Coding
	for _, i := range s.Drawn() {
		for _, v := range s.Variables {
			c := Coding{Unit: i, Variable: v}
			for _, coder := range s.Coders {
				c.Codes = append(c.Codes, f.Codes[coder][i][v])
			}
			c.State = stateOf(c.Codes)
			out = append(out, c)
		}
	}
	rank := []string{disagreed, uncoded, single, agreed}
	slices.SortStableFunc(out, func(a, b Coding) int {
		return cmp.Compare(slices.Index(rank, a.State), slices.Index(rank, b.State))
	})
	return out
}

// adjudicationHead are the columns of the adjudication list; the coders' names stand between before and after.
var adjudicationHead = struct{ before, after []string }{
	[]string{"unit", "case_number", "party", "variable"}, []string{"state", "adjudicated", "adjudicator", "reason"}}

func (s *Sample) adjudicationRow(c *Coding) []string {
	u := &s.Frame.Units[c.Unit]
	row := append([]string{s.Chances[c.Unit].Number, u.CaseNumber, u.Party, c.Variable}, c.Codes...)
	return append(row, c.State, c.Adjudicated, "", "")
}

func (s *Sample) adjudicationColumns() []string {
	head := slices.Clone(adjudicationHead.before)
	for _, c := range s.Coders {
		head = append(head, "coder "+c)
	}
	return append(head, adjudicationHead.after...)
}

// WriteAdjudication writes the list as CSV and as a workbook in which the column adjudicated has a drop-down list. The
// coders' own codes stay beside it and are never overwritten.
func (s *Sample) WriteAdjudication(write Writer, list []Coding, lang string) error {
	book, err := NewCodebook(s.Variables)
	if err != nil {
		return err
	}
	if err := write(AdjudicationCSV, func(w io.Writer) error { return s.adjudicationCSV(w, list) }); err != nil {
		return err
	}
	return write(AdjudicationBook, func(w io.Writer) error { return s.adjudicationBook(w, list, book, lang) })
}

func (s *Sample) adjudicationCSV(w io.Writer, list []Coding) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	rows := [][]string{s.adjudicationColumns()}
	for i := range list {
		rows = append(rows, s.adjudicationRow(&list[i]))
	}
	for _, row := range rows {
		for k := range row {
			row[k] = dataset.SafeCell(row[k])
		}
	}
	return c.WriteAll(rows)
}

func (s *Sample) adjudicationBook(w io.Writer, list []Coding, book *Codebook, lang string) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &builder{f: f, lang: lang}
	if b.err = f.SetSheetName("Sheet1", codesSheet); b.err == nil {
		_, b.err = f.NewSheet(bookSheet)
	}
	b.styles()
	ranges := b.codebook(book)
	head := s.adjudicationColumns()
	b.row(codesSheet, 1, head, b.head)
	column, err := excelize.ColumnNumberToName(slices.Index(head, "adjudicated") + 1)
	b.do(err)
	cells := map[string][]string{} // variable -> cells of its adjudication
	for i := range list {
		b.row(codesSheet, i+2, s.adjudicationRow(&list[i]), b.text)
		cells[list[i].Variable] = append(cells[list[i].Variable], fmt.Sprintf("%s%d", column, i+2))
	}
	for k := range book.Variables {
		for part := range slices.Chunk(cells[book.Variables[k].ID], 200) {
			dv := excelize.NewDataValidation(true)
			dv.Sqref = strings.Join(part, " ")
			dv.SetSqrefDropList(ranges[k])
			dv.SetError(excelize.DataValidationErrorStyleStop, "adjudicated", Words{"Choose a value from the list.", "请从列表中选择。"}.In(lang))
			b.do(f.AddDataValidation(codesSheet, dv))
		}
	}
	b.do(f.SetColWidth(codesSheet, "B", "D", 26))
	b.do(f.SetColWidth(codesSheet, "E", column, 22))
	b.do(f.SetPanes(codesSheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	if b.err != nil {
		return fmt.Errorf("adjudication list: %w", b.err)
	}
	_, err = f.WriteTo(w)
	return err
}

// ReadAdjudication reads the adjudicated list (CSV or xlsx) of this sample. Every drawn unit and variable must stand in
// it once; the error (coding.Faults) names what is unknown, twice there, changed or missing. The codings come in the
// order of the frame.
func (s *Sample) ReadAdjudication(file string) ([]Coding, error) {
	book, err := NewCodebook(s.Variables)
	if err != nil {
		return nil, err
	}
	table := fixedHeadings + "\nvariable\t变量\nstate\t状态\nadjudicated\t裁定 裁定值\nadjudicator\t裁定人\nreason\t理由"
	for i, c := range s.Coders {
		table += fmt.Sprintf("\n%s\tcoder%s", codeField(i), c)
	}
	records, _, err := coding.Records(file, coding.ParseColumns(table), "unit", "variable", "adjudicated")
	if err != nil {
		return nil, err
	}
	r := &adjudicationReader{sheetReader: sheetReader{s: s, book: book, units: s.index(), cases: s.cases()}, seen: map[string]coding.Place{}}
	for _, rec := range records {
		r.row(rec)
	}
	for _, i := range s.Drawn() {
		for _, v := range s.Variables {
			if _, ok := r.seen[s.Chances[i].Number+" "+v]; !ok {
				r.faults = append(r.faults, coding.Fault{Place: coding.Place{File: file}, Message: fmt.Sprintf("unit %s, variable %s has no row", s.Chances[i].Number, v),
					Remedy: "put the row back from the list that code-check wrote; leave it uncoded if need be"})
			}
		}
	}
	slices.SortFunc(r.list, func(a, b Coding) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(slices.Index(s.Variables, a.Variable), slices.Index(s.Variables, b.Variable)))
	})
	r.faults.Sort()
	return r.list, r.faults.Err()
}

// codeField is the field of the i-th coder's code.
func codeField(i int) string { return fmt.Sprintf("code%d", i) }

type adjudicationReader struct {
	sheetReader
	seen map[string]coding.Place
	list []Coding
}

func (r *adjudicationReader) row(rec coding.Record) {
	i, ok := r.unit(rec)
	if !ok {
		return
	}
	v := r.book.Variable(rec.Get("variable"))
	if v == nil {
		r.faults = append(r.faults, rec.Fault("variable", "write one of: "+strings.Join(r.s.Variables, ", "), "%q was not coded in this sample", rec.Get("variable")))
		return
	}
	key := r.s.Chances[i].Number + " " + v.ID
	if first, twice := r.seen[key]; twice {
		r.faults = append(r.faults, rec.Fault("variable", "delete one of the two rows", "unit %s has variable %s twice, first at %s", r.s.Chances[i].Number, v.ID, first))
		return
	}
	r.seen[key] = rec.Place("variable")
	c := Coding{Unit: i, Variable: v.ID, Adjudicated: r.code(rec, "adjudicated", v)}
	for k := range r.s.Coders {
		c.Codes = append(c.Codes, r.code(rec, codeField(k), v))
	}
	c.State = stateOf(c.Codes)
	if c.State == disagreed && c.Adjudicated == "" {
		r.faults = append(r.faults, rec.Fault("adjudicated", "choose one of: "+v.allowed(), "the coders differ and nobody has adjudicated"))
	}
	r.list = append(r.list, c)
}

func (r *adjudicationReader) code(rec coding.Record, field string, v *Variable) string {
	cell := rec.Get(field)
	if cell == "" {
		return ""
	}
	code, ok := v.Code(cell)
	if !ok {
		r.faults = append(r.faults, rec.Fault(field, "choose one of: "+v.allowed(), "%q is no value of %s", cell, v.ID))
	}
	return code
}

// stateOf says how the codes of one unit and variable relate.
func stateOf(codes []string) string {
	first, state := "", uncoded
	for _, code := range codes {
		switch {
		case code == "":
		case first == "":
			first, state = code, single
		case code != first:
			return disagreed
		case state == single:
			state = agreed
		}
	}
	return state
}
