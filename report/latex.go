package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

var texEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "&", `\&`, "#", `\#`, "_", `\_`,
	"%", `\%`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "−", "$-$", "–", "--", "—", "---", "κ", `$\kappa$`, "α", `$\alpha$`, "χ", `$\chi$`, "²", `$^2$`, "†", `\dag{}`,
	"∞", `$\infty$`, "×", `$\times$`, "≥", `$\geq$`, "≤", `$\leq$`, "<", `$<$`, ">", `$>$`)

func texEscape(s string) string { return texEscapes.Replace(s) }

// Bounds of a LaTeX table that stands on one upright page.
const (
	texRows = 30 // more rows go on over pages (longtable)
	texWide = 95 // half-width characters; a wider table is turned and its cells are broken into lines
)

// WriteLaTeX writes a table with booktabs rules and a label "tab:NAME": a floating table where it fits a page, a longtable where it has
// more rows, turned (pdflscape) where it is wider. Chinese needs ctex or xeCJK. The first line names the packages.
func (t *Table) WriteLaTeX(w io.Writer) error {
	total := 0
	for _, n := range t.widths() {
		total += n
	}
	wide, long := total > texWide, len(t.Rows) > texRows
	var b strings.Builder
	b.WriteString("% needs \\usepackage{booktabs,longtable,array,pdflscape}\n")
	if wide {
		b.WriteString("\\begin{landscape}\n")
	}
	if wide || long {
		t.texLong(&b, wide)
	} else {
		t.texFloat(&b)
	}
	if wide {
		b.WriteString("\\end{landscape}\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Table) texFloat(b *strings.Builder) {
	fmt.Fprintf(b, "\\begin{table}[htbp]\n\\centering\n\\small\n\\caption{%s}\n\\label{tab:%s}\n", texEscape(t.Caption), t.Name)
	fmt.Fprintf(b, "\\begin{tabular}{%s}\n\\toprule\n", t.texColumns(false))
	texRow(b, t.Head)
	b.WriteString("\\midrule\n")
	t.texBody(b)
	b.WriteString("\\bottomrule\n\\end{tabular}\n")
	t.texNotes(b)
	b.WriteString("\\end{table}\n")
}

// texLong repeats the head on every page.
func (t *Table) texLong(b *strings.Builder, wide bool) {
	size := "\\small"
	if wide {
		size = "\\scriptsize\\setlength{\\tabcolsep}{2pt}"
	}
	fmt.Fprintf(b, "{%s\n\\begin{longtable}{%s}\n\\caption{%s}\\label{tab:%s}\\\\\n\\toprule\n", size, t.texColumns(wide), texEscape(t.Caption), t.Name)
	texRow(b, t.Head)
	b.WriteString("\\midrule\n\\endfirsthead\n\\toprule\n")
	texRow(b, t.Head)
	b.WriteString("\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n")
	t.texBody(b)
	b.WriteString("\\end{longtable}}\n")
	t.texNotes(b)
}

// texColumns are words to the left and numbers to the right; in a wide table each column has its share of the line.
func (t *Table) texColumns(wide bool) string {
	if !wide {
		return strings.Repeat("l", t.Left) + strings.Repeat("r", max(0, len(t.Head)-t.Left))
	}
	var b strings.Builder
	for i, share := range t.shares() {
		side := "\\raggedright"
		if i >= t.Left {
			side = "\\raggedleft"
		}
		fmt.Fprintf(&b, ">{%s\\arraybackslash}p{\\dimexpr %.4f\\linewidth-2\\tabcolsep\\relax}", side, share)
	}
	return b.String()
}

func (t *Table) texBody(b *strings.Builder) {
	for i, row := range t.Rows {
		if t.ruled(i) {
			b.WriteString("\\midrule\n")
		}
		texRow(b, row)
	}
}

func (t *Table) texNotes(b *strings.Builder) {
	for _, n := range t.Notes {
		fmt.Fprintf(b, "\n\\smallskip\n{\\footnotesize %s\\par}\n", texEscape(n))
	}
}

// texRow: a first cell that begins with [ would be read as an argument of the line end before it, so it is braced.
// An underscore, as in names of variables, is a place to break.
func texRow(b *strings.Builder, row []string) {
	for i, c := range row {
		if i > 0 {
			b.WriteString(" & ")
		}
		c = strings.ReplaceAll(texEscape(c), `\_`, `\_\allowbreak{}`)
		if strings.HasPrefix(c, "[") {
			c = "{" + c + "}"
		}
		b.WriteString(c)
	}
	b.WriteString(" \\\\\n")
}

// widths are the longest cell of each column in half-width characters.
func (t *Table) widths() []int {
	out := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i, c := range row {
			out[i] = max(out[i], halfWidths(c))
		}
	}
	return out
}

// halfWidths counts characters, those of three bytes twice.
func halfWidths(s string) int {
	n := utf8.RuneCountInString(s)
	return n + (len(s)-n)/2
}

// Bounds of a column's part of a table whose cells are broken into lines, in half-width characters.
const (
	widestColumn = 34
	widestWord   = 14
)

// shares are the columns' parts of the table's width: by the longest cell, but no cell claims more than widestColumn and
// no column gets less than its longest word, up to widestWord.
func (t *Table) shares() []float64 {
	out := make([]float64, len(t.Head))
	sum := 0.0
	for i, n := range t.widths() {
		word := 0
		for _, row := range append([][]string{t.Head}, t.Rows...) {
			for _, f := range strings.Fields(row[i]) {
				if n := halfWidths(f); n == utf8.RuneCountInString(f) { // Chinese breaks anywhere
					word = max(word, n)
				}
			}
		}
		out[i] = float64(max(min(n, widestColumn), min(word, widestWord)) + 2)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return slices.Clip(out)
}
