package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

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

var texEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "&", `\&`, "#", `\#`, "_", `\_`,
	"%", `\%`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "−", "$-$", "–", "--", "—", "---", "κ", `$\kappa$`, "†", `\dag{}`,
	"∞", `$\infty$`, "×", `$\times$`, "≥", `$\geq$`, "<", `$<$`, ">", `$>$`)

func texEscape(s string) string { return texEscapes.Replace(s) }

// WriteLaTeX writes a table environment with booktabs rules and a label "tab:NAME"; Chinese needs ctex or xeCJK.
func (t *Table) WriteLaTeX(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%% needs \\usepackage{booktabs}\n\\begin{table}[htbp]\n\\centering\n\\small\n\\caption{%s}\n\\label{tab:%s}\n", texEscape(t.Caption), t.Name)
	fmt.Fprintf(&b, "\\begin{tabular}{%s%s}\n\\toprule\n", strings.Repeat("l", t.Left), strings.Repeat("r", max(0, len(t.Head)-t.Left)))
	texRow(&b, t.Head)
	b.WriteString("\\midrule\n")
	for i, row := range t.Rows {
		if t.ruled(i) {
			b.WriteString("\\midrule\n")
		}
		texRow(&b, row)
	}
	b.WriteString("\\bottomrule\n\\end{tabular}\n")
	for _, n := range t.Notes {
		fmt.Fprintf(&b, "\n\\smallskip\n{\\footnotesize %s\\par}\n", texEscape(n))
	}
	b.WriteString("\\end{table}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// texRow: a first cell that begins with [ would be read as an argument of the line end before it, so it is braced.
func texRow(b *strings.Builder, row []string) {
	for i, c := range row {
		if i > 0 {
			b.WriteString(" & ")
		}
		c = texEscape(c)
		if strings.HasPrefix(c, "[") {
			c = "{" + c + "}"
		}
		b.WriteString(c)
	}
	b.WriteString(" \\\\\n")
}

func (t *Table) ruled(i int) bool {
	for _, r := range t.Rules {
		if r == i && i > 0 {
			return true
		}
	}
	return false
}

// widths are the longest cell of each column in half-width characters, for the Word form.
func (t *Table) widths() []int {
	out := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i, c := range row {
			n := utf8.RuneCountInString(c)
			out[i] = max(out[i], n+(len(c)-n)/2) // three-byte characters are twice as wide
		}
	}
	return out
}
