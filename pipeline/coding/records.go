package coding

import (
	"fmt"
	"slices"
	"strings"

	"caipan/model/text"
)

// Columns says under which headings a field may stand: folded heading to field.
type Columns map[string]string

// ParseColumns reads a table with one field a line: its name, a tab, and the headings it may have, separated by
// white space. The name itself counts as a heading. Lines that begin with # are comments.
func ParseColumns(table string) Columns {
	c := Columns{}
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		field, names, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if field == "" {
			continue
		}
		for _, n := range append(strings.Fields(names), field) {
			c[heading(n)] = field
		}
	}
	return c
}

// heading folds a heading for comparison: no case, white space, brackets' kind or underscores, full width made half.
func heading(s string) string {
	return strings.Trim(strings.NewReplacer("_", "", "-", "", "*", "", ":", "", "(", "", ")", "").Replace(text.FoldName(s)), "'\"")
}

// part finds what a longer heading names by one of the words between its brackets, slashes and spaces: 案号（必填）,
// 变量 / variable. "" if none is known.
func (c Columns) part(cell string) string {
	for _, part := range strings.FieldsFunc(text.FoldString(cell), func(r rune) bool { return strings.ContainsRune("()[]/|:,、 \n", r) }) {
		if field := c[heading(part)]; field != "" {
			return field
		}
	}
	return ""
}

// names lists the headings of a field, shortest way to say it: the field's name and its Chinese headings, sorted.
func (c Columns) names(field string) string {
	var out []string
	for n, f := range c {
		if f == field && n != heading(field) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return strings.Join(append([]string{field}, out...), ", ")
}

// Record is one row with the fields that its headings name.
type Record struct {
	sheet  *Sheet
	row    *Row
	layout *Layout
}

// Layout is which field stands in which column of a sheet.
type Layout struct {
	Sheet    string
	at       map[string]int // field -> column from 0
	names    map[string]string
	HeadRow  int
	Unknown  []string // headings that no field has
	Twice    []int    // columns (from 0) whose field stands in another column already
	Missing  []string // wanted fields without a column
	headings []string
}

// Has reports whether the sheet has a column for the field.
func (r Record) Has(field string) bool { _, ok := r.layout.at[field]; return ok }

// Get is the cell of the field, "" if it is empty or the sheet has no such column.
func (r Record) Get(field string) string {
	if i, ok := r.layout.at[field]; ok && i < len(r.row.Cells) {
		return r.row.Cells[i]
	}
	return ""
}

// Place is where the field stands; of a field without column, the row.
func (r Record) Place(field string) Place {
	if i, ok := r.layout.at[field]; ok {
		return r.sheet.place(r.row.No, i, r.layout.names[field])
	}
	return Place{File: r.sheet.File, Sheet: r.sheet.Name, Row: r.row.No}
}

// Merged is the merged range that the field's cell belongs to, "" if none.
func (r Record) Merged(field string) string {
	if i, ok := r.layout.at[field]; ok {
		return r.row.merged[i].reference
	}
	return ""
}

// Fault is a fault at the field.
func (r Record) Fault(field, remedy, format string, a ...any) Fault {
	return Fault{Place: r.Place(field), Message: fmt.Sprintf(format, a...), Remedy: remedy}
}

// headRows bounds the search for the heading: titles and notes may stand above it.
const headRows = 20

// Records reads the rows of every sheet of a file that has a heading with the needed fields ("a|b": one of them; a sheet in which fewer
// than two of them are found is taken for something else, a codebook or a note, unless no sheet has more). Columns
// that mean nothing are named in notes. The fault of a sheet that lacks a needed column names what was found.
func Records(path string, c Columns, need ...string) (out []Record, notes []string, err error) {
	sheets, err := ReadSheets(path)
	if err != nil {
		return nil, nil, err
	}
	best := 0
	layouts := make([]*Layout, len(sheets))
	for i := range sheets {
		layouts[i] = layoutOf(&sheets[i], c, need)
		best = max(best, len(need)-len(layouts[i].Missing))
	}
	var faults Faults
	for i := range sheets {
		l, s := layouts[i], &sheets[i]
		found := len(need) - len(l.Missing)
		if len(s.Rows) == 0 || found < min(best, 2) {
			continue
		}
		if len(l.Missing) > 0 {
			faults = append(faults, missing(s, l, c))
			continue
		}
		for _, n := range l.Unknown {
			notes = append(notes, fmt.Sprintf("%s: the column %q means nothing here and is not read", Place{File: s.File, Sheet: s.Name}, n))
		}
		more, bad := records(s, l)
		out, faults = append(out, more...), append(faults, bad...)
	}
	if len(out) == 0 && len(faults) == 0 {
		faults = append(faults, Fault{Place: Place{File: sheets[0].File}, Message: "no row under a heading was found", Remedy: "write one row for each value under the heading " + strings.Join(need, ", ")})
	}
	return out, notes, faults.Err()
}

// layoutOf finds the heading: of the first rows the one that names the most fields, the first such.
func layoutOf(s *Sheet, c Columns, need []string) *Layout {
	best := &Layout{Sheet: s.Name, Missing: slices.Clone(need), HeadRow: -1}
	for i := range min(len(s.Rows), headRows) {
		l := &Layout{Sheet: s.Name, at: map[string]int{}, names: map[string]string{}, HeadRow: i, headings: s.Rows[i].Cells}
		l.take(c)
		for _, f := range need {
			if !l.any(f) {
				l.Missing = append(l.Missing, f)
			}
		}
		if len(l.at) > len(best.at) {
			best = l
		}
	}
	return best
}

// take gives each column its field: first those whose heading is a known one, then those of which a part is.
func (l *Layout) take(c Columns) {
	set := func(col int, field string) {
		l.at[field], l.names[field] = col, l.headings[col]
	}
	for col, cell := range l.headings {
		field := c[heading(cell)]
		if _, twice := l.at[field]; field != "" && twice {
			l.Twice = append(l.Twice, col)
		} else if field != "" {
			set(col, field)
		}
	}
	for col, cell := range l.headings {
		if cell == "" || c[heading(cell)] != "" {
			continue
		}
		field := c.part(cell)
		if _, taken := l.at[field]; field == "" || taken { // "party role" beside "party" is another column
			l.Unknown = append(l.Unknown, cell)
		} else {
			set(col, field)
		}
	}
}

// any reports whether the sheet has a column for one of the fields a|b|c.
func (l *Layout) any(fields string) bool {
	return slices.ContainsFunc(strings.Split(fields, "|"), func(f string) bool { _, ok := l.at[f]; return ok })
}

func missing(s *Sheet, l *Layout, c Columns) Fault {
	var wanted []string
	for i, f := range l.Missing {
		l.Missing[i], _, _ = strings.Cut(f, "|")
		wanted = append(wanted, c.names(l.Missing[i]))
	}
	p := Place{File: s.File, Sheet: s.Name}
	if l.HeadRow >= 0 && l.HeadRow < len(s.Rows) {
		p.Row = s.Rows[l.HeadRow].No
	}
	found := slices.DeleteFunc(slices.Clone(l.headings), func(h string) bool { return h == "" })
	return Fault{Place: p, Message: fmt.Sprintf("the heading lacks %s; it has %s", strings.Join(l.Missing, ", "), strings.Join(found, ", ")),
		Remedy: "name the column " + strings.Join(wanted, "; and the other: ")}
}

// records gives the rows below the heading. A heading that is repeated is passed over; a range merged over several columns is a fault.
func records(s *Sheet, l *Layout) (out []Record, faults Faults) {
	for _, col := range l.Twice {
		faults = append(faults, Fault{Place: s.place(s.Rows[l.HeadRow].No, col, l.headings[col]), Message: "another column has the same meaning", Remedy: "keep one of the two, or give this one another heading"})
	}
	told := map[string]bool{}
	for i := l.HeadRow + 1; i < len(s.Rows); i++ {
		row := &s.Rows[i]
		if slices.Equal(row.Cells, l.headings) {
			continue
		}
		r := Record{s, row, l}
		for _, field := range l.fields() {
			m, ok := row.merged[l.at[field]]
			if ok && m.wide && !told[m.reference] {
				told[m.reference] = true
				faults = append(faults, r.Fault(field, "unmerge it and write each value into its own cell", "the cells %s are merged over several columns", m.reference))
			}
		}
		for col, cell := range row.Cells {
			if cell != "" && (col >= len(l.headings) || l.headings[col] == "") {
				faults = append(faults, Fault{Place: s.place(row.No, col, ""), Message: fmt.Sprintf("%q stands under no heading", cell),
					Remedy: "put a field that holds the separator into quotes, give the column a heading, or remove it"})
				break
			}
		}
		out = append(out, r)
	}
	return out, faults
}

// fields are the fields of the layout in the order of their columns.
func (l *Layout) fields() []string {
	out := make([]string, 0, len(l.at))
	for f := range l.at {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b string) int { return l.at[a] - l.at[b] })
	return out
}
