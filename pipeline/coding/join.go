package coding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// List is a researcher's own list of cases with columns of his own, beside which ours are laid.
type List struct {
	Columns []ListColumn
	rows    []listRow
}

// ListColumn is one column of the list that names no case and no party.
type ListColumn struct {
	Heading string
	Number  bool // every cell that is not empty is a plain number
}

type listRow struct {
	Record
	values []string // by List.Columns
}

// listFields are the headings of a list that name what a row is about; every other heading is the researcher's own.
var listFields = []string{"case", "case_number", "case_key", "case_id", "party"}

// ReadList reads a CSV or xlsx file whose rows name a case (and, where a row is about one party only, the party) and hold
// columns of the researcher's own. Sheets without a heading that names cases are passed over if another sheet has one.
func ReadList(path string) (*List, error) {
	columns := Columns{}
	for h, f := range CorrectionColumns() {
		if slices.Contains(listFields, f) {
			columns[h] = f
		}
	}
	records, _, err := Records(path, columns, "case|case_number|case_key|case_id")
	if err != nil {
		return nil, err
	}
	l, at := &List{}, map[string]int{}
	var faults Faults
	layouts := map[*Layout][]int{} // column of the sheet -> column of the list, -1: not his own
	for _, r := range records {
		if _, known := layouts[r.layout]; !known {
			layouts[r.layout] = l.own(r, at, &faults)
		}
	}
	if len(l.Columns) == 0 && len(faults) == 0 {
		return nil, Faults{{Place: Place{File: records[0].sheet.File}, Message: "the list has no column but those that name the case", Remedy: "add the columns that the report shall carry"}}
	}
	for _, r := range records {
		row := listRow{r, make([]string, len(l.Columns))}
		for col, k := range layouts[r.layout] {
			if k >= 0 && col < len(r.row.Cells) {
				row.values[k] = r.row.Cells[col]
			}
		}
		l.rows = append(l.rows, row)
	}
	for k := range l.Columns {
		l.Columns[k].Number = l.numbers(k)
	}
	return l, faults.Err()
}

// own adds the sheet's columns to those of the list. A heading that several sheets have is one column.
func (l *List) own(r Record, at map[string]int, faults *Faults) (out []int) {
	here := map[string]bool{}
	for col, h := range r.layout.headings {
		out = append(out, -1)
		if h == "" || r.layout.isField(col) {
			continue
		}
		if here[h] {
			*faults = append(*faults, Fault{Place: r.sheet.place(r.sheet.Rows[r.layout.HeadRow].No, col, h), Message: "another column has the same heading", Remedy: "give one of the two another name"})
			continue
		}
		here[h] = true
		k, known := at[h]
		if !known {
			k = len(l.Columns)
			at[h], l.Columns = k, append(l.Columns, ListColumn{Heading: h})
		}
		out[col] = k
	}
	return out
}

// isField reports whether the column names the case or the party.
func (l *Layout) isField(col int) bool {
	for _, c := range l.at {
		if c == col {
			return true
		}
	}
	return slices.Contains(l.Twice, col)
}

// numbers: a column is one of numbers if all cells are; 007 is a code and not 7.
func (l *List) numbers(k int) bool {
	some := false
	for _, r := range l.rows {
		s := r.values[k]
		if s == "" {
			continue
		}
		if f, err := strconv.ParseFloat(s, 64); err != nil || f-f != 0 || strings.ContainsAny(s, "xXpP_") {
			return false
		}
		if d := strings.TrimLeft(s, "+-"); len(d) > 1 && d[0] == '0' && d[1] != '.' {
			return false
		}
		some = true
	}
	return some
}

// Joined are the values of the list by case and party.
type Joined map[JoinKey][]string

// JoinKey is a case and one of its parties; -1: all of them.
type JoinKey struct {
	CaseID string
	Party  int
}

// Of is what the list says of a party: the row that names it, else the row of its case; nil if there is none.
func (j Joined) Of(caseID string, party int) []string {
	if v, ok := j[JoinKey{caseID, party}]; ok {
		return v
	}
	return j[JoinKey{caseID, -1}]
}

// Find finds the case (and party) of every row. A row that matches nothing or several, and two rows about the same, are faults.
func (l *List) Find(x *Index) (Joined, Faults) {
	out, first := Joined{}, map[JoinKey]*listRow{}
	var faults Faults
	for i := range l.rows {
		r := &l.rows[i]
		hit, bad := x.Find(r.Record, r.Get("party") != "")
		if len(bad) > 0 {
			faults = append(faults, bad...)
			continue
		}
		k := JoinKey{hit.Case.ID, hit.Party}
		if before := first[k]; before != nil {
			faults = append(faults, r.Fault(l.naming(r), "keep one of the two rows, or name the party in each", "the case is named a second time; %s names it too", before.Place(l.naming(before))))
			continue
		}
		first[k], out[k] = r, r.values
	}
	faults.Sort()
	return out, faults
}

// naming is the field by which the row names its case.
func (l *List) naming(r *listRow) string {
	for _, f := range listFields {
		if r.Get(f) != "" {
			return f
		}
	}
	return "case"
}

// Rows is the number of rows of the list.
func (l *List) Rows() int { return len(l.rows) }

// String names the list's columns for a message.
func (l *List) String() string {
	var out []string
	for _, c := range l.Columns {
		out = append(out, c.Heading)
	}
	return fmt.Sprintf("%d rows, columns %s", len(l.rows), strings.Join(out, ", "))
}
