package sample

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"caipan/model/text"
	"caipan/pipeline/coding"
)

// Filled are the codes of all sheets: coder -> position in the frame -> variable -> code. A cell left blank is absent.
type Filled struct {
	Codes   map[string]map[int]map[string]string
	Remarks map[string]map[int]string
	Ledger  []SheetLedger
	Notes   []string
}

// SheetLedger is the account of one coder's rows in one file: Cells = Coded + Blank + Faulty.
type SheetLedger struct {
	File, Coder                       string
	Rows, Cells, Coded, Blank, Faulty int
}

// headings of the columns that are not variables.
const fixedHeadings = `coder	编码员 编码人
unit	编号 单位
case_number	案号
case	案件
case_id	文书编号
case_key
court	法院
date	日期
party	当事人 当事人名称
text	文书 全文
remark	备注 说明`

// columns says under which headings the variables may stand: id, label in either language, or both.
func columns(book *Codebook) coding.Columns {
	var b strings.Builder
	b.WriteString(fixedHeadings)
	for i := range book.Variables {
		v := &book.Variables[i]
		fmt.Fprintf(&b, "\n%s\t", v.ID)
		for _, h := range []string{v.Label.En, v.Label.Zh, v.heading("en"), v.heading("zh")} {
			b.WriteString(strings.Join(strings.Fields(h), "") + " ")
		}
	}
	return coding.ParseColumns(b.String())
}

// ReadFilled reads the coders' sheets. Nothing is passed over: every cell of a variable is coded, blank or a fault, and
// the error (coding.Faults) names all faults with sheet, row, column and the values allowed.
func (s *Sample) ReadFilled(files []string) (*Filled, error) {
	book, err := NewCodebook(s.Variables)
	if err != nil {
		return nil, err
	}
	r := &sheetReader{s: s, book: book, units: s.index(), seen: map[string]coding.Place{}, cases: s.cases(),
		out: &Filled{Codes: map[string]map[int]map[string]string{}, Remarks: map[string]map[int]string{}}}
	for _, file := range files {
		records, notes, err := coding.Records(file, columns(book), s.Variables...)
		r.out.Notes = append(r.out.Notes, notes...)
		if !r.keep(err) {
			return nil, err
		}
		for i := range records {
			r.row(file, records[i])
		}
	}
	r.faults.Sort()
	return r.out, r.faults.Err()
}

// index gives the position in the frame of each drawn unit's number.
func (s *Sample) index() map[string]int {
	out := map[string]int{}
	for _, i := range s.Drawn() {
		out[s.Chances[i].Number] = i
	}
	return out
}

// cases are the drawn cases with their drawn parties, for rows that lost the unit's number.
func (s *Sample) cases() *coding.Index {
	var list []*coding.CaseRef
	for _, i := range s.Drawn() {
		u := &s.Frame.Units[i]
		k := slices.IndexFunc(list, func(c *coding.CaseRef) bool { return c.ID == u.CaseID })
		if k < 0 {
			k = len(list)
			list = append(list, &coding.CaseRef{ID: u.CaseID, Number: u.CaseNumber})
		}
		list[k].Parties = append(list[k].Parties, coding.PartyRef{No: i, Name: u.Party})
	}
	return coding.NewIndex(list)
}

type sheetReader struct {
	s      *Sample
	book   *Codebook
	units  map[string]int
	cases  *coding.Index
	seen   map[string]coding.Place // coder and unit -> where its row stands
	faults coding.Faults
	out    *Filled
}

// keep notes the faults of an error; false for an error of another kind.
func (r *sheetReader) keep(err error) bool {
	if faults, ok := err.(coding.Faults); ok {
		r.faults = append(r.faults, faults...)
		return true
	}
	return err == nil
}

func (r *sheetReader) row(file string, rec coding.Record) {
	coder, ok := r.coder(file, rec)
	if !ok {
		r.account(file, coder, 0, 0, len(r.book.Variables))
		return
	}
	i, ok := r.unit(rec)
	if !ok {
		r.account(file, coder, 0, 0, len(r.book.Variables))
		return
	}
	key := coder + " " + r.s.Chances[i].Number
	if first, twice := r.seen[key]; twice {
		r.faults = append(r.faults, rec.Fault("unit", "delete one of the two rows", "coder %s has unit %s twice, first at %s", coder, r.s.Chances[i].Number, first))
		r.account(file, coder, 0, 0, len(r.book.Variables))
		return
	}
	r.seen[key] = rec.Place("unit")
	codes, blank, faulty := map[string]string{}, 0, 0
	for k := range r.book.Variables {
		v := &r.book.Variables[k]
		cell := rec.Get(v.ID)
		code, ok := v.Code(cell)
		switch {
		case rec.Merged(v.ID) != "":
			r.faults, faulty = append(r.faults, rec.Fault(v.ID, "unmerge them and code each row", "the cells %s are merged", rec.Merged(v.ID))), faulty+1
		case cell == "":
			blank++
		case !ok:
			r.faults, faulty = append(r.faults, rec.Fault(v.ID, "choose one of: "+v.allowed(), "%q is no value of %s", cell, v.ID)), faulty+1
		default:
			codes[v.ID] = code
		}
	}
	if r.out.Codes[coder] == nil {
		r.out.Codes[coder], r.out.Remarks[coder] = map[int]map[string]string{}, map[int]string{}
	}
	r.out.Codes[coder][i], r.out.Remarks[coder][i] = codes, rec.Get(remark)
	r.account(file, coder, len(codes), blank, faulty)
}

// account adds a row to the ledger of its file and coder.
func (r *sheetReader) account(file, coder string, coded, blank, faulty int) {
	name := filepath.Base(file)
	k := slices.IndexFunc(r.out.Ledger, func(l SheetLedger) bool { return l.File == name && l.Coder == coder })
	if k < 0 {
		k = len(r.out.Ledger)
		r.out.Ledger = append(r.out.Ledger, SheetLedger{File: name, Coder: coder})
	}
	l := &r.out.Ledger[k]
	l.Rows, l.Cells, l.Coded, l.Blank, l.Faulty = l.Rows+1, l.Cells+coded+blank+faulty, l.Coded+coded, l.Blank+blank, l.Faulty+faulty
}

// coder is who filled the row: the column coder, or else the name of the file.
func (r *sheetReader) coder(file string, rec coding.Record) (string, bool) {
	name := rec.Get("coder")
	if name == "" && !rec.Has("coder") {
		name = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	}
	for _, c := range r.s.Coders {
		if text.FoldName(c) == text.FoldName(name) {
			return c, true
		}
	}
	r.faults = append(r.faults, rec.Fault("coder", "write one of: "+strings.Join(r.s.Coders, ", "), "the row's coder is %q", name))
	return name, false
}

// unit is the position in the frame of the row's unit: by its number, which the case number must not contradict, or
// else by case and party.
func (r *sheetReader) unit(rec coding.Record) (int, bool) {
	number := rec.Get("unit")
	if number == "" {
		hit, faults := r.cases.Find(rec, true)
		r.faults = append(r.faults, faults...)
		return hit.Party, len(faults) == 0
	}
	i, ok := r.units[strings.ToUpper(text.FoldString(number))]
	if !ok {
		r.faults = append(r.faults, rec.Fault("unit", "take the unit's number from sample.csv", "no unit %q was drawn in this sample", number))
		return 0, false
	}
	u := &r.s.Frame.Units[i]
	if n := rec.Get("case_number"); n != "" && text.FoldCaseNumber(n) != text.FoldCaseNumber(u.CaseNumber) {
		r.faults = append(r.faults, rec.Fault("case_number", "put unit and case back together as in sample.csv", "unit %s is %s, the row says %q", number, u.CaseNumber, n))
		return 0, false
	}
	if p := rec.Get("party"); p != "" && text.FoldName(p) != text.FoldName(u.Party) {
		r.faults = append(r.faults, rec.Fault("party", "put unit and party back together as in sample.csv", "unit %s is %s, the row says %q", number, u.Party, p))
		return 0, false
	}
	return i, true
}
