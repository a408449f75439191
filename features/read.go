package features

import (
	"fmt"

	"caipan/features/citation"
	"caipan/features/header"
	"caipan/features/operator"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/features/segment"
	"caipan/model/judgment"
	"caipan/model/text"
)

// Options choose what is read.
type Options struct {
	Terms bool // count words for the terms table; needs gse, which takes about a second to load
}

// Reader reads judgments. It is safe for concurrent use.
type Reader struct {
	seg       *segment.Segmenter // nil without terms
	operators *operator.Tables
}

// New loads what reading needs. The error names the faulty table, its line and the remedy.
func New(o Options) (*Reader, error) {
	r := &Reader{}
	var err error
	if r.operators, err = operator.Builtin(); err != nil {
		return nil, err
	}
	if err := citation.Check(); err != nil {
		return nil, err
	}
	if o.Terms {
		if r.seg, err = segment.Shared(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Prefilter reports whether the document can have a platform operator as party. It may say yes too often, never no
// too often: `--select platform` reads the documents it lets through and keeps those with an operator.
func (r *Reader) Prefilter(doc Document) bool { return operator.PossibleText(doc.Text) }

// Read reads one document. What the text does not say stays empty; nothing is guessed from the dump's columns but
// where the header lacks a field.
func (r *Reader) Read(doc Document) *judgment.Case {
	c := &judgment.Case{
		Source: judgment.Source{ID: doc.ID, Path: doc.Path, Record: doc.Record},
		Text:   text.Canonical(doc.Text),
		Tokens: -1,
	}
	c.CaseID, _ = text.CaseID(c.Text)
	c.Header = header.Read(c.Text, header.Meta{Title: doc.Title, CaseNumber: doc.CaseNumber, Court: doc.Court, Date: doc.Date,
		Cause: doc.Cause, Procedure: doc.Procedure, DocType: doc.DocType, FileName: doc.FileName})
	c.CaseKey = header.Key(c.Header)
	c.Sections = section.Split(c.Text, c.Header)
	c.Parties = party.Read(c.Text, c.Sections, c.Header)
	c.Findings = r.operators.Mark(c.Text, c.Sections, c.Parties, c.Header)
	c.Citations = citation.Read(c.Text, c.Sections, c.Header)
	if r.seg != nil {
		c.Terms, c.Tokens = r.seg.Terms(c.Text, c.Sections)
	}
	number(c)
	return c
}

// number gives the findings their ids: the case's id, f, and the place in the list.
func number(c *judgment.Case) {
	for i := range c.Findings {
		c.Findings[i].ID = fmt.Sprintf("%sf%d", c.CaseID, i)
	}
}
