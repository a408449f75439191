package corpus

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"
)

// readXLSX reads a spreadsheet, one judgment a row, on every sheet that has a heading with a text column.
func readXLSX(src *source, out *sink) (err error) {
	name, done, err := src.asFile()
	if err != nil {
		return out.broken(err, -1)
	}
	defer done()
	book, formulas, fault := openBook(name)
	if fault != nil {
		return out.fail(fault)
	}
	defer book.Close()
	before := out.index
	for _, sheet := range book.GetSheetList() {
		if err := readSheet(book, sheet, formulas[sheet], src, out); err != nil {
			return err
		}
	}
	if out.index == before {
		return out.fail(&RecordError{ByteOffset: -1, Code: CodeNoText, Message: "no sheet has a heading with a column known to hold the text",
			Remedy: "name the column in a --map file, for example 判决全文: text"})
	}
	return nil
}

// openBook opens a workbook after checking that it is no bomb and finding its formulas.
func openBook(name string) (book *excelize.File, formulas map[string]cellSet, fault *RecordError) {
	defer func() { // the library panics on some damaged workbooks
		if r := recover(); r != nil {
			fault = readFault(fmt.Errorf("the workbook cannot be opened: %v", r), -1)
		}
	}()
	z, err := zip.OpenReader(name)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, nil, archiveFault(err)
	}
	defer z.Close()
	for _, m := range z.File {
		if fault := memberFault(m, m.Name); fault != nil {
			return nil, nil, fault
		}
	}
	if formulas, err = findFormulas(&z.Reader); err != nil {
		return nil, nil, readFault(err, -1)
	}
	if book, err = excelize.OpenFile(name); err != nil {
		return nil, nil, readFault(err, -1)
	}
	return book, formulas, nil
}

// readSheet reads one sheet; a sheet without a known heading gives nothing.
func readSheet(book *excelize.File, sheet string, formulas cellSet, src *source, out *sink) (err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return out.broken(err, -1)
	}
	defer rows.Close()
	var l layout
	for n := 1; ; n++ {
		cells, more, err := nextRow(rows)
		if err != nil {
			return out.broken(err, -1)
		}
		if !more {
			return nil
		}
		if blank(cells) && len(formulas[n]) == 0 {
			continue
		}
		if l.roles == nil {
			if got := layoutOf(cells, src.opt.Map); got.text > 0 {
				l = got
			}
			continue
		}
		if out.skip() {
			continue
		}
		rec, fault := sheetRecord(l, cells, formulas[n], src, fmt.Sprintf("sheet %s, row %d", sheet, n))
		if err := out.record(rec, fault, -1); err != nil {
			return err
		}
	}
}

// nextRow gives the cells of the next row; the library's panics on damaged sheets become errors.
func nextRow(rows *excelize.Rows) (cells []string, more bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the sheet cannot be read: %v", r)
		}
	}()
	if !rows.Next() {
		return nil, false, rows.Error()
	}
	cells, err = rows.Columns()
	return cells, true, err
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

func sheetRecord(l layout, cells []string, formulas map[int]bool, src *source, where string) (*Record, *RecordError) {
	a := newAssembler(src.opt)
	for i, r := range l.roles {
		if formulas[i] && (r.field == "text" || r.group > 0) {
			return nil, &RecordError{ByteOffset: -1, Code: CodeFormula, Excerpt: where,
				Message: fmt.Sprintf("%s: the text in column %s is a formula, and formulas are not evaluated", where, l.names[i]),
				Remedy:  "copy the column and paste it as values, then save the workbook"}
		}
		if i < len(cells) {
			a.add(r, l.names[i], cells[i])
		}
	}
	rec, fault := a.finish("")
	if fault != nil {
		fault.Message = where + ": " + fault.Message
	}
	return rec, fault
}

// cellSet says which cells of a sheet hold formulas: row number -> column, 0-based.
type cellSet map[int]map[int]bool

// findFormulas scans the sheets of a workbook for formulas; by sheet name.
func findFormulas(z *zip.Reader) (map[string]cellSet, error) {
	names, err := sheetNames(z)
	if err != nil {
		return nil, err
	}
	found := map[string]cellSet{}
	for _, m := range z.File {
		name, ok := names[m.Name]
		if !ok {
			continue
		}
		r, err := m.Open()
		if err != nil {
			return nil, err
		}
		found[name], err = scanFormulas(bufio.NewReaderSize(r, headBytes))
		r.Close()
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// scanFormulas looks for <f inside <c r="B2">.
func scanFormulas(r *bufio.Reader) (cellSet, error) {
	set, cell := cellSet{}, ""
	for {
		_, err := r.ReadSlice('<')
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF {
			return set, nil
		}
		if err != nil {
			return set, err
		}
		tag, _ := r.Peek(64)
		switch {
		case bytes.HasPrefix(tag, []byte("c ")):
			cell = attribute(tag, ` r="`)
		case len(tag) > 1 && tag[0] == 'f' && (tag[1] == '>' || tag[1] == ' ' || tag[1] == '/'):
			if col, row, err := excelize.CellNameToCoordinates(cell); err == nil {
				if set[row] == nil {
					set[row] = map[int]bool{}
				}
				set[row][col-1] = true
			}
		}
	}
}

func attribute(tag []byte, key string) string {
	_, rest, ok := bytes.Cut(tag, []byte(key))
	if !ok {
		return ""
	}
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(value)
}

// sheetNames maps the path of each sheet in the zip to its name.
func sheetNames(z *zip.Reader) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := decodeMember(z, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := decodeMember(z, "xl/_rels/workbook.xml.rels", &rels); err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, r := range rels.Relationship {
		target[r.ID] = r.Target
	}
	names := map[string]string{}
	for _, s := range book.Sheets {
		t := target[s.ID]
		if !strings.HasPrefix(t, "/") {
			t = path.Join("xl", t)
		}
		names[strings.TrimPrefix(t, "/")] = s.Name
	}
	return names, nil
}

func decodeMember(z *zip.Reader, name string, v any) error {
	for _, m := range z.File {
		if m.Name != name {
			continue
		}
		r, err := m.Open()
		if err != nil {
			return err
		}
		defer r.Close()
		const largest = 16 << 20
		return xml.NewDecoder(io.LimitReader(r, largest)).Decode(v)
	}
	return fmt.Errorf("the workbook has no %s", name)
}
