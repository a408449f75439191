package dataset

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

const byteOrderMark = "\uFEFF"

// CSVWriter writes a table as CSV that Excel opens with Chinese text intact and in which no cell is a formula:
// UTF-8 with byte order mark, CRLF, quotes doubled, lists as JSON, nulls empty.
type CSVWriter struct {
	w *bufio.Writer
}

// NewCSVWriter writes the header of t to w.
func NewCSVWriter(w io.Writer, t *Table) *CSVWriter {
	c := &CSVWriter{bufio.NewWriterSize(w, 1<<16)}
	c.w.WriteString(byteOrderMark)
	for i, col := range t.Columns {
		c.cell(i, col.Name)
	}
	c.w.WriteString("\r\n")
	return c
}

// Write appends the rows of b. Errors of the underlying writer come out of Close at the latest.
func (c *CSVWriter) Write(b *Batch) error {
	for i := range b.N {
		for k, col := range b.Table.Columns {
			s := b.Cell(k, i)
			if col.Kind == Text {
				s = SafeCell(s)
			}
			c.cell(k, s)
		}
		c.w.WriteString("\r\n")
	}
	return nil
}

// Close writes what is buffered.
func (c *CSVWriter) Close() error { return c.w.Flush() }

func (c *CSVWriter) cell(i int, s string) {
	if i > 0 {
		c.w.WriteByte(',')
	}
	if !strings.ContainsAny(s, "\",\r\n") && s != "" && s[0] != ' ' {
		c.w.WriteString(s)
		return
	}
	if s == "" {
		return
	}
	c.w.WriteByte('"')
	for {
		before, after, found := strings.Cut(s, `"`)
		c.w.WriteString(before)
		if !found {
			break
		}
		c.w.WriteString(`""`)
		s = after
	}
	c.w.WriteByte('"')
}

// SafeCell puts an apostrophe before a text that a spreadsheet would run as a formula: one that begins with
// = + - @ (or their full-width forms) or a control character, but for plain numbers.
func SafeCell(s string) string {
	if s == "" {
		return s
	}
	switch {
	case strings.IndexByte("=+-@\t\r\n", s[0]) >= 0:
		if _, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "xXnNiI_") {
			return s
		}
		return "'" + s
	case strings.HasPrefix(s, "＝"), strings.HasPrefix(s, "＋"), strings.HasPrefix(s, "－"), strings.HasPrefix(s, "＠"):
		return "'" + s
	}
	return s
}

// jsonTexts is a list as a JSON array without escaped HTML characters.
func jsonTexts(list []string) string {
	if len(list) == 0 {
		return "[]"
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(list) != nil { // cannot happen: texts always encode
		return "[]"
	}
	return strings.TrimSuffix(b.String(), "\n")
}
