package coding

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"
)

//go:embed columns.tsv
var columnsTable string

// CorrectionColumns are the headings that a sheet of corrections may have.
func CorrectionColumns() Columns { return ParseColumns(columnsTable) }

// CorrectionHead is the heading of a sheet of corrections as the program writes it.
var CorrectionHead = []string{"case", "case_id", "party", "variable", "value", "was", "level", "coder", "date", "reason", "quote", "settles"}

// CorrectionRow is one row of a sheet of corrections, its value checked against the vocabulary, its case not looked for yet.
type CorrectionRow struct {
	Record
	Field   *Field
	Value   string // as Field.Parse gives it
	Level   int    // as the row states it, -1: not stated
	Coder   string
	Date    string
	Settles bool // the row stands against rows that say otherwise
}

// ReadCorrections reads files of corrections. All that is wrong in any of them comes back as one error (Faults); notes name
// columns that are not read.
func ReadCorrections(v *vocabulary.Vocabulary, paths ...string) (rows []CorrectionRow, notes []string, err error) {
	book, columns := NewFieldbook(v), CorrectionColumns()
	var faults Faults
	for _, p := range paths {
		records, more, err := Records(p, columns, "case|case_number|case_key|case_id", "party", "variable", "value", "coder")
		notes = append(notes, more...)
		var bad Faults
		switch {
		case err == nil:
		case asFaults(err, &bad):
			faults = append(faults, bad...)
		default:
			return nil, notes, err
		}
		for _, r := range records {
			row, bad := parseCorrection(book, r)
			rows, faults = append(rows, row), append(faults, bad...)
		}
	}
	return rows, notes, faults.Err()
}

func asFaults(err error, to *Faults) bool {
	f, ok := err.(Faults)
	*to = f
	return ok
}

func parseCorrection(book *Fieldbook, r Record) (row CorrectionRow, faults Faults) {
	row = CorrectionRow{Record: r, Level: -1, Coder: r.Get("coder")}
	fault := func(field, remedy, format string, a ...any) {
		faults = append(faults, r.Fault(field, remedy, format, a...))
	}
	for _, f := range []string{"variable", "value", "quote"} {
		if m := r.Merged(f); m != "" {
			fault(f, "unmerge them and write what holds into each row", "the cells %s are merged", m)
		}
	}
	if row.Coder == "" {
		fault("coder", "write who corrected", "the row names no coder")
	}
	var err error
	if row.Date, err = Day(r.Get("date")); err != nil {
		fault("date", "", "%v", err)
	}
	if row.Level, err = levelOf(r.Get("level")); err != nil {
		fault("level", "", "%v", err)
	}
	if s := r.Get("settles"); s != "" {
		b, err := yesNo(s)
		if row.Settles = b == "yes"; err != nil {
			fault("settles", "write yes where this row settles a conflict, else leave it empty", "%v", err)
		}
	}
	if r.Get("variable") == "" {
		fault("variable", "write what is corrected, for example label or platform_state", "the row names no variable")
		return row, faults
	}
	if row.Field, err = book.Find(r.Get("variable")); err != nil {
		fault("variable", "", "%v", err)
		return row, faults
	}
	switch s := r.Get("value"); s {
	case "":
		fault("value", "write the value; unknown empties it", "the row has no value for %s", row.Field.Name)
	default:
		if row.Value, err = row.Field.Parse(s); err != nil {
			fault("value", "", "%v", err)
		}
	}
	return row, faults
}

// levelNames are the ways to write a level, weakest first.
var levelNames = [][]string{{"0", "pleadings", "诉辩主张", "主张"}, {"1", "undisputed", "无争议事实", "无争议"}, {"2", "facts", "查明事实", "查明"}, {"3", "reasoning", "法院说理", "说理"}}

func levelOf(s string) (int, error) {
	if s == "" {
		return -1, nil
	}
	for i, names := range levelNames {
		if slices.Contains(names, foldWord(s)) {
			return i, nil
		}
	}
	return -1, fmt.Errorf("%q is no level; write 0 (pleadings), 1 (undisputed), 2 (facts found) or 3 (reasoning), or leave it empty", s)
}

// WantedCases are the folded names by which the rows name their cases.
func WantedCases(rows []CorrectionRow) map[string]bool {
	out := map[string]bool{}
	for _, r := range rows {
		for _, f := range []string{"case", "case_number", "case_key", "case_id"} {
			if n := text.FoldCaseNumber(r.Get(f)); n != "" {
				out[n] = true
			}
		}
	}
	return out
}

// Is reports whether one of the wanted names is the case's.
func (c *CaseRef) Is(wanted map[string]bool) bool {
	return wanted[text.FoldCaseNumber(c.ID)] || wanted[text.FoldCaseNumber(c.Key)] || wanted[text.FoldCaseNumber(c.Number)]
}

// RefOf is what rows can name of a case.
func RefOf(c *judgment.Case) *CaseRef {
	ref := &CaseRef{ID: c.CaseID, Key: c.CaseKey, Number: c.Header.CaseNumber}
	for _, p := range c.Parties {
		ref.Parties = append(ref.Parties, PartyRef{p.No, p.Name, p.ShortNames, p.IsPlatformOperator})
	}
	return ref
}

// key names what a row corrects.
func (r *CorrectionRow) key(h Hit) string {
	return fmt.Sprintf("%s %d %s.%s %d", h.Case.ID, h.Party, r.Field.Kind, r.Field.Name, r.Level)
}

// values that a row and another say differently, for a message.
func (r *CorrectionRow) says() string {
	v := r.Value
	if v == "" {
		v = "(empty)"
	}
	return fmt.Sprintf("%s writes %s (%s)", r.Coder, v, strings.TrimSpace(r.Place("value").String()))
}
