package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"caipan/pipeline/dataset"
)

// Table is a table as it is printed: a head, rows, and a note that says what was counted and how.
type Table struct {
	Name    string // file name without extension: lower-case letters, digits, underscores
	Caption string
	Head    []string
	Left    int // the first Left columns are words, the others numbers
	Rows    [][]string
	Rules   []int // a thin line stands before these rows
	Notes   []string
}

// WriteCSV writes head and rows for Excel: UTF-8 with byte order mark, CRLF, no cell that runs as a formula.
func (t *Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		safe := make([]string, len(row))
		for i, s := range row {
			safe[i] = dataset.SafeCell(s)
		}
		if err := c.Write(safe); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

var mdEscapes = strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "*", `\*`, "[", `\[`, "`", "\\`")

// WriteMarkdown writes the table in the pipe form, caption before and notes behind it.
func (t *Table) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n\n|", mdEscapes.Replace(t.Caption))
	for _, h := range t.Head {
		fmt.Fprintf(&b, " %s |", mdEscapes.Replace(h))
	}
	b.WriteString("\n|")
	for i := range t.Head {
		if i < t.Left {
			b.WriteString(" :-- |")
		} else {
			b.WriteString(" --: |")
		}
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		b.WriteByte('|')
		for _, c := range row {
			fmt.Fprintf(&b, " %s |", mdEscapes.Replace(c))
		}
		b.WriteByte('\n')
	}
	for _, n := range t.Notes {
		fmt.Fprintf(&b, "\n%s\n", mdEscapes.Replace(n))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Table) ruled(i int) bool {
	for _, r := range t.Rules {
		if r == i && i > 0 {
			return true
		}
	}
	return false
}
