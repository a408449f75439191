package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"caipan/internal/cli"
	"caipan/model/judgment"
	"caipan/pipeline/runinfo"
)

type kwicCmd struct {
	Variable string `arg:"" help:"Variable, or measure such as M6; docs/CODEBOOK.md lists them."`
	In       string `required:"" placeholder:"DIR" help:"Folder of an ingest run."`
	Value    string `help:"Only this value."`
	Holder   string `help:"Only what this holder says: plaintiff, defendant, third_party, lower_court, this_court, norm."`
	Section  string `help:"Only in sections of this kind: claims, answer, facts, reasoning, …"`
	Width    int    `default:"30" help:"Characters of context on each side."`
}

// Run prints the variable's findings as a concordance, one a line, tab separated.
func (c *kwicCmd) Run(s cli.Streams) error {
	run, err := runinfo.Read(c.In)
	if err != nil {
		return err
	}
	cases, err := runinfo.OpenCases(c.In, run, "sections", "parties", "findings")
	if err != nil {
		return err
	}
	defer cases.Close()
	w := bufio.NewWriter(s.Out)
	fmt.Fprintln(w, strings.Join([]string{"case_number", "party", "value", "status", "holder", "section", "left", "words", "right"}, "\t"))
	for {
		k, err := cases.Next()
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
		for i := range k.Findings {
			c.line(w, k, &k.Findings[i])
		}
	}
}

func (c *kwicCmd) line(w io.Writer, k *judgment.Case, f *judgment.Finding) {
	kind := ""
	if f.SectionNo >= 0 && f.SectionNo < len(k.Sections) {
		kind = k.Sections[f.SectionNo].Kind
	}
	if f.Variable != c.Variable || c.Value != "" && f.Value != c.Value || c.Holder != "" && f.Holder != c.Holder || c.Section != "" && kind != c.Section {
		return
	}
	party := ""
	if f.PartyNo >= 0 && f.PartyNo < len(k.Parties) {
		party = k.Parties[f.PartyNo].Name
	}
	left, right := around(k.Text, f.Span, c.Width)
	cells := []string{k.Header.CaseNumber, party, f.Value, f.Status, f.Holder, kind, left, f.Quote, right}
	for i := range cells {
		cells[i] = strings.NewReplacer("\n", " ", "\t", " ").Replace(cells[i])
	}
	fmt.Fprintln(w, strings.Join(cells, "\t"))
}

// around gives n characters before and after the span.
func around(text string, sp judgment.Span, n int) (left, right string) {
	if sp.IsZero() || sp.End > len(text) {
		return "", ""
	}
	start, end := sp.Start, sp.End
	for range n {
		if start > 0 {
			_, size := utf8.DecodeLastRuneInString(text[:start])
			start -= size
		}
		if end < len(text) {
			_, size := utf8.DecodeRuneInString(text[end:])
			end += size
		}
	}
	return text[start:sp.Start], text[sp.End:end]
}
