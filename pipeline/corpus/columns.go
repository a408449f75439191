package corpus

import (
	_ "embed"
	"fmt"
	"slices"
	"sort"
	"strings"
)

//go:embed columns.tsv
var columnsTable string

// column says what a column name means.
type column struct {
	field string // a name of FieldNames, "text", "part", "wrap"
	group int    // part: which layout
	order int    // rank among the names of the field; part: place in the text
	lines bool   // part: every 、 in it stands for a line break
}

var knownColumns = readColumns(columnsTable)

// readColumns reads columns.tsv. A name may stand once as a part and once as something else (当事人).
func readColumns(table string) map[string][]column {
	known, group := map[string][]column{}, 0
	for line := range strings.Lines(table) {
		field, names, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if field == "part" {
			group++
		}
		for i, name := range strings.Fields(names) {
			name, lines := strings.CutSuffix(name, "*")
			known[name] = append(known[name], column{field: field, group: group, order: i, lines: lines})
		}
	}
	return known
}

// FieldNames are the names a --map file may map a column to.
func FieldNames() []string {
	return []string{"id", "title", "case_number", "court", "date", "pub_date", "cause", "procedure", "doc_type",
		"case_type", "province", "parties", "basis", "url", "text"}
}

// set puts a value into the field of that name; false if there is no such field.
func (f *Fields) set(name, value string) bool {
	p := f.at(name)
	if p == nil {
		return false
	}
	*p = value
	return true
}

// at gives the field of that name, nil if there is none.
func (f *Fields) at(name string) *string {
	switch name {
	case "title":
		return &f.Title
	case "case_number":
		return &f.CaseNumber
	case "court":
		return &f.Court
	case "date":
		return &f.Date
	case "pub_date":
		return &f.PubDate
	case "cause":
		return &f.Cause
	case "procedure":
		return &f.Procedure
	case "doc_type":
		return &f.DocType
	case "case_type":
		return &f.CaseType
	case "province":
		return &f.Province
	case "parties":
		return &f.Parties
	case "basis":
		return &f.Basis
	case "url":
		return &f.URL
	}
	return nil
}

// checkMap refuses a mapping to fields that do not exist, all faults at once.
func checkMap(m map[string]string) error {
	var bad []string
	for col, field := range m {
		if !slices.Contains(FieldNames(), field) {
			bad = append(bad, fmt.Sprintf("%s: %s", col, field))
		}
	}
	if len(bad) == 0 {
		return nil
	}
	sort.Strings(bad)
	return fmt.Errorf("the column mapping names fields that do not exist (%s); the fields are %s (%s)",
		strings.Join(bad, ", "), strings.Join(FieldNames(), ", "), CodeUnknownField)
}

// layout is the meaning of the columns of one file.
type layout struct {
	names []string
	roles []role
	text  int // number of columns that can give the text
	known int // number of columns with a meaning
}

// role is what one column does in one file.
type role struct {
	field string // "" = goes to Meta
	rank  int
	group int // >0: also a part of the text
	order int
	lines bool
}

// columnName folds the name of a column for comparison: no case, no surrounding space, quotes or byte order mark.
func columnName(s string) string {
	return strings.ToLower(strings.Trim(s, " \t\r\n\u00a0\u3000\ufeff\"'【】[]"))
}

// layoutOf gives the meaning of the columns. A mapped name loses its built-in meaning.
func layoutOf(names []string, mapped map[string]string) layout {
	folded := map[string]string{}
	for col, field := range mapped {
		folded[columnName(col)] = field
	}
	l := layout{names: names, roles: make([]role, len(names))}
	for i, n := range names {
		n = columnName(n)
		r := role{}
		if field, ok := folded[n]; ok {
			r = role{field: field, rank: -1}
		} else {
			r = builtIn(n)
		}
		if r.field == "text" || r.group > 0 {
			l.text++
		}
		if r.field != "" || r.group > 0 {
			l.known++
		}
		l.roles[i] = r
	}
	return l
}

func builtIn(name string) role {
	var r role
	for _, c := range knownColumns[name] {
		if c.field == "part" {
			r.group, r.order, r.lines = c.group, c.order, c.lines
		} else {
			r.field, r.rank = c.field, c.order
		}
	}
	return r
}
