package dataset

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Extend is a copy of t with further columns at its end: those that depend on the run. Their names must be free (see Names).
func Extend(t *Table, more []Column) *Table {
	if len(more) == 0 {
		return t
	}
	return newTable(t.Stage, t.Name, t.EN, t.ZH, slices.Concat(t.Columns, more)...)
}

// Put is a copy of tables in which own stands in the place of the table of its name.
func Put(tables []*Table, own *Table) []*Table {
	out := slices.Clone(tables)
	for i := range out {
		if out[i].Name == own.Name {
			out[i] = own
		}
	}
	return out
}

// maxName is how long a made name may be: Stata allows 32 characters, and its scripts put two behind a name for a moment.
const maxName = 30

// Names makes names of columns that R, Stata and SQL take and that no other column of the table has.
type Names struct{ taken map[string]bool }

// NewNames begins with the names of t; they differ without regard to case, since SQL does not tell it.
func NewNames(t *Table) *Names {
	n := &Names{map[string]bool{}}
	for _, c := range t.Columns {
		n.taken[strings.ToLower(c.Name)] = true
	}
	return n
}

// Make is base and suffix with letters, digits and underscores only, base cut where both are too long, and a number behind the
// base where the name is taken. Base must begin with a letter.
func (n *Names) Make(base, suffix string) string {
	stem, end := safe(base), []rune(safe(suffix))
	for k := 1; ; k++ {
		number := ""
		if k > 1 {
			number = "_" + strconv.Itoa(k)
		}
		room := maxName - len(end) - len(number)
		name := string([]rune(stem)[:min(room, len([]rune(stem)))]) + number + string(end)
		if low := strings.ToLower(name); !n.taken[low] {
			n.taken[low] = true
			return name
		}
	}
}

// safe replaces every run of other characters by one underscore; none stays at the end.
func safe(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) && r < 0x80 || r == '_':
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	return strings.TrimRight(b.String(), "_")
}
