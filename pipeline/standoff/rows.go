package standoff

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"caipan/model/judgment"
	"caipan/pipeline/coding"
	"caipan/pipeline/dataset"
)

// Changes is what an annotator changed.
type Changes struct {
	Rows    [][]string // under coding.CorrectionHead
	Kept    int        // spans that the run has too
	Removed int        // spans of the run that the annotator took away; they make no row
	Skipped int        // labels of sections
}

// Add compares a document, whose spans stand at the places, with the case as read: a span that no finding has makes a row of
// corrections with its words as quote and its level as the place gives it. Faults are labels that are no variable=value and labels
// of which nobody can tell whom they concern.
func (ch *Changes) Add(book *coding.Fieldbook, c *judgment.Case, d *Document, places []judgment.Span, coder string) error {
	read := map[string]bool{}
	for _, f := range c.Findings {
		read[fmt.Sprint(f.Span, labelOf(c, f))] = true
	}
	for i, s := range d.Spans {
		if strings.HasPrefix(s.Label, sectionLabel) {
			ch.Skipped++
			continue
		}
		key := fmt.Sprint(places[i], s.Label)
		if _, ok := read[key]; ok {
			read[key] = false
			ch.Kept++
			continue
		}
		row, err := rowOf(book, c, d, s, places[i], coder)
		if err != nil {
			return fmt.Errorf("%s: the span %d to %d (“%s”): %w", d.Place, s.Start, s.End, short(s.Text), err)
		}
		ch.Rows = append(ch.Rows, row)
	}
	for _, left := range read {
		if left {
			ch.Removed++
		}
	}
	return nil
}

func rowOf(book *coding.Fieldbook, c *judgment.Case, d *Document, s Span, at judgment.Span, coder string) ([]string, error) {
	label, party, named := strings.Cut(s.Label, "@")
	variable, value, ok := strings.Cut(label, "=")
	if !ok {
		return nil, fmt.Errorf("the label %q is not variable=value; call labels as the exported settings do", s.Label)
	}
	variable = book.Whole(variable) // an annotator may mark the finer measure, facts hold the whole one
	f, err := book.Find("fact." + variable)
	if err != nil {
		if f, err = book.Find(variable); err != nil {
			return nil, err
		}
	}
	if value, err = f.Parse(value); err != nil {
		return nil, err
	}
	if !named {
		ops := operators(c)
		if len(ops) != 1 {
			return nil, fmt.Errorf("the case has %d platform operators; write whom the label is about: %s@NAME", len(ops), label)
		}
		party = ops[0].Name
	}
	if coder == "" {
		coder = d.Coder
	}
	if coder == "" {
		return nil, fmt.Errorf("the file does not say who annotated; name the coder with --coder")
	}
	level := ""
	if n, _ := coding.LevelAt(c, at, f.Name); n >= 0 {
		level = fmt.Sprint(n)
	}
	return []string{c.CaseKey, c.CaseID, party, f.Kind + "." + f.Name, value, "", level, coder, d.Date, "", s.Text, ""}, nil
}

// Write writes the rows as a sheet of corrections: UTF-8 with byte order mark, no cell that runs as a formula, in the order
// of the documents, each row once.
func (ch *Changes) Write(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	seen := map[string]bool{}
	for i, row := range slices.Concat([][]string{coding.CorrectionHead}, ch.Rows) {
		if k := strings.Join(row, "\x00"); seen[k] && i > 0 {
			continue
		} else {
			seen[k] = true
		}
		safe := make([]string, len(row))
		for j, s := range row {
			safe[j] = dataset.SafeCell(s)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
