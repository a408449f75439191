// Package coding reads what people coded by hand: sheets of CSV or Excel with one judgment, party or correction a
// row, and finds the case and the party that a row is about.
//
// It is patient with what spreadsheets do to files (byte order marks, GB18030, UTF-16, semicolons, merged cells,
// full-width headings and case numbers, days as serial numbers) and strict about meaning: whatever it does not
// understand is a fault with file, sheet, line, column and remedy, and all faults are told at once. It decides
// nothing about liability and changes no file. Imported by pipeline, report and cmd.
package coding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is where something stands in a file. Row and Col count from 1; 0 means the whole file or row.
type Place struct {
	File   string
	Sheet  string // "" in a CSV file
	Row    int    // Excel's row; in a CSV file the line on which the row begins
	Col    int
	Column string // heading of the column
}

// String names the place as a person finds it: the cell in Excel, line and column in a CSV file.
func (p Place) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %s", p.Sheet)
	}
	switch {
	case p.Row > 0 && p.Col > 0 && p.Sheet != "":
		fmt.Fprintf(&b, ", row %d, cell %s%d", p.Row, letters(p.Col), p.Row)
	case p.Row > 0 && p.Sheet != "":
		fmt.Fprintf(&b, ", row %d", p.Row)
	case p.Row > 0:
		fmt.Fprintf(&b, ", line %d", p.Row)
	}
	if p.Col > 0 && p.Sheet == "" {
		fmt.Fprintf(&b, ", column %d", p.Col)
	}
	if p.Column != "" {
		fmt.Fprintf(&b, " (%s)", p.Column)
	}
	return b.String()
}

// letters is the name of a column in Excel: 1 is A, 27 is AA.
func letters(col int) string {
	s := ""
	for ; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}

// Fault is one thing that is wrong in a sheet.
type Fault struct {
	Place   Place
	Message string // what is wrong
	Remedy  string // what to do
}

func (f Fault) Error() string {
	s := f.Place.String() + ": " + f.Message
	if f.Remedy != "" {
		s += "; " + f.Remedy
	}
	return s
}

// Faults are all that is wrong, in the order of the files. As an error they print one a line.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Err is nil if there is no fault.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// Sort orders the faults by file, sheet, row and column; equal places keep their order.
func (f Faults) Sort() {
	slices.SortStableFunc(f, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.Place.File, b.Place.File), strings.Compare(a.Place.Sheet, b.Place.Sheet),
			cmp.Compare(a.Place.Row, b.Place.Row), cmp.Compare(a.Place.Col, b.Place.Col))
	})
}
