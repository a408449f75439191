// Package standoff exchanges spans with annotation tools (Label Studio, doccano): findings and sections as labels
// over a judgment's text, and what an annotator made of them as rows for a sheet of corrections.
//
// Every span repeats its text and names its unit. A file whose spans do not stand where they say is refused with the first
// that does not, whichever unit of counting is tried: a shifted file would silently mark other words. The package decides
// nothing and corrects nothing itself. Imported by pipeline and cmd.
package standoff

import (
	"fmt"
	"slices"
	"strings"

	"caipan/model/judgment"
	"caipan/model/text"
)

// Units in which tools count. Current versions of both tools count code points, as Python and R do; older ones counted
// UTF-16 units, as JavaScript does, in which 𠮷 is two.
const (
	CodePoints = "code_point"
	UTF16      = "utf16"
)

// Span is a labelled range of a text, half-open, from 0.
type Span struct {
	ID         string // the finding's, "" if the annotator made it
	Start, End int    // in the document's unit
	Text       string // the words
	Label      string // variable=value, with @party where a case has several operators, or section:kind
}

// Document is one judgment with its spans.
type Document struct {
	CaseID, CaseKey, Number string
	Text                    string
	Unit                    string
	Spans                   []Span
	Coder, Date             string // who annotated, of an imported document
	Place                   string // where it stands in the imported file
}

// Of makes the document of a case with the spans of its findings, its sections, or both.
func Of(c *judgment.Case, findings, sections bool) Document {
	d := Document{CaseID: c.CaseID, CaseKey: c.CaseKey, Number: c.Header.CaseNumber, Text: c.Text, Unit: CodePoints}
	chars := text.Chars(c.Text)
	add := func(id, label string, s judgment.Span) {
		if words := s.Of(c.Text); words != "" {
			d.Spans = append(d.Spans, Span{id, chars.Char(s.Start), chars.Char(s.End), words, label})
		}
	}
	if sections {
		for _, s := range c.Sections {
			add("", sectionLabel+s.Kind, s.Span)
		}
	}
	if findings {
		for _, f := range c.Findings {
			add(f.ID, labelOf(c, f), f.Span)
		}
	}
	slices.SortStableFunc(d.Spans, func(a, b Span) int { return a.Start - b.Start })
	return d
}

const sectionLabel = "section:"

// labelOf is variable=value, and the operator whom it is about where there are several.
func labelOf(c *judgment.Case, f judgment.Finding) string {
	l := f.Variable + "=" + f.Value
	if len(operators(c)) < 2 || f.PartyNo < 0 {
		return l
	}
	for _, p := range c.Parties {
		if p.No == f.PartyNo {
			return l + "@" + p.Name
		}
	}
	return l
}

func operators(c *judgment.Case) (out []judgment.Party) {
	for _, p := range c.Parties {
		if p.IsPlatformOperator {
			out = append(out, p)
		}
	}
	return out
}

// Misplaced is a span whose words do not stand in the text where it says.
type Misplaced struct {
	Place      string
	Span       Span
	Unit, Says string // Says: what stands there
}

func (m *Misplaced) Error() string {
	return fmt.Sprintf("%s: the span %d to %d (%s) should say “%s”, but the text says “%s” there; the file is shifted or was made from another text: export the spans again from this run, and do not change the text in between",
		m.Place, m.Span.Start, m.Span.End, m.Span.Label, short(m.Span.Text), short(m.Says))
}

func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// places gives the byte ranges of the document's spans in the case's text, counting in the unit; a *Misplaced error names the
// first span that does not say what stands there.
func (d *Document) places(canonical, unit string) ([]judgment.Span, error) {
	at := offsets(canonical, unit)
	out := make([]judgment.Span, len(d.Spans))
	for i, s := range d.Spans {
		says := ""
		if s.Start >= 0 && s.Start < s.End && s.End < len(at) && at[s.Start] >= 0 && at[s.End] >= 0 {
			out[i] = judgment.Span{Start: at[s.Start], End: at[s.End]}
			says = out[i].Of(canonical)
		}
		if says == "" || says != s.Text {
			return nil, &Misplaced{d.Place, s, unit, says}
		}
	}
	return out, nil
}

// offsets gives the byte offset of each position of the text counted in the unit; -1 inside a character.
func offsets(s, unit string) []int {
	out := make([]int, 0, len(s)/2)
	for i, r := range s {
		if out = append(out, i); unit == UTF16 && r > 0xFFFF {
			out = append(out, -1)
		}
	}
	return append(out, len(s))
}

// Place finds where the spans of documents stand in their texts. All documents of a file count in one unit: the one under
// which every span says what stands there. texts gives the text of a case, "" for a case that is not in the run.
func Place(docs []Document, texts func(*Document) string) ([][]judgment.Span, error) {
	var first error
	for _, unit := range []string{CodePoints, UTF16} {
		out, err := placeAll(docs, unit, texts)
		if err == nil {
			return out, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

func placeAll(docs []Document, unit string, texts func(*Document) string) (out [][]judgment.Span, err error) {
	for i := range docs {
		d := &docs[i]
		t := texts(d)
		if t == "" {
			return nil, fmt.Errorf("%s: the run has no text of case %s (%s); the judgment was downloaded again or is not among these: export the spans again from this run", d.Place, d.CaseID, strings.TrimSpace(d.Number+" "+d.CaseKey))
		}
		spans, err := d.places(t, unit)
		if err != nil {
			return nil, err
		}
		out = append(out, spans)
	}
	return out, nil
}
