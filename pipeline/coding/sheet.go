package coding

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// Sheet is one table as it stands in a file.
type Sheet struct {
	File string // last element of the path
	Name string // name of the Excel sheet, "" for a CSV file
	Rows []Row  // blank rows are left out
}

// Row is one row of a sheet.
type Row struct {
	No     int // as in Place.Row
	Cells  []string
	merged map[int]merge
}

// merge is a cell that is part of a merged range.
type merge struct {
	reference string // C3:C7
	wide      bool   // the range spans several columns
	first     bool   // the cell is the range's first one
}

// maxSheetBytes bounds a file: sheets coded by hand are small, and a larger file is the wrong one.
const maxSheetBytes = 256 << 20

// ReadSheets reads a file of CSV (comma, semicolon or tab; UTF-8, UTF-16 or GB18030) or Excel (.xlsx): all its
// sheets, cells trimmed of white space and of the apostrophe that guards a text against being a formula. The values of
// a merged range stand in each of its cells.
func ReadSheets(path string) ([]Sheet, error) {
	raw, err := readFile(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	switch {
	case len(raw) == 0:
		return nil, Faults{{Place: Place{File: name}, Message: "the file is empty", Remedy: "save the sheet again"}}
	case strings.HasPrefix(string(raw), "PK\x03\x04"):
		return readWorkbook(name, raw)
	case strings.HasPrefix(string(raw), "\xD0\xCF\x11\xE0"):
		return nil, Faults{{Place: Place{File: name}, Message: "this is an old Excel file (.xls) or one with a password", Remedy: "save it as .xlsx or CSV UTF-8 without a password"}}
	}
	return readCSV(name, raw)
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%w; name a CSV or xlsx file", err)
	}
	if info.IsDir() || info.Size() > maxSheetBytes {
		return nil, fmt.Errorf("%s is a folder or larger than %d MB; name a CSV or xlsx file", path, maxSheetBytes>>20)
	}
	return os.ReadFile(path)
}

// Place is the place of a cell; i and col count from 0, i among the rows of the sheet.
func (s *Sheet) place(row, col int, column string) Place {
	return Place{File: s.File, Sheet: s.Name, Row: row, Col: col + 1, Column: column}
}

// add appends a row if anything stands in it.
func (s *Sheet) add(no int, cells []string, merged map[int]merge) {
	blank := true
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = clean(c)
		blank = blank && out[i] == ""
	}
	if !blank {
		s.Rows = append(s.Rows, Row{No: no, Cells: out, merged: merged})
	}
}

// clean trims a cell: white space of every kind, invisible characters, and the apostrophe before a formula's sign.
func clean(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if rest, ok := strings.CutPrefix(s, "'"); ok && strings.IndexAny(rest, "=+-@＝＋－＠") == 0 {
		return rest
	}
	return s
}
