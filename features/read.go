package features

import (
	"fmt"
	"io/fs"
	"slices"

	"caipan/features/citation"
	"caipan/features/finding"
	"caipan/features/header"
	"caipan/features/lexicon"
	"caipan/features/operator"
	"caipan/features/party"
	"caipan/features/ruling"
	"caipan/features/section"
	"caipan/features/segment"
	"caipan/model/judgment"
	"caipan/model/text"
)

// Options choose what is read.
type Options struct {
	Terms bool // count words for the terms table; needs gse, which takes about a second to load
	// Lexicon is a folder of tables that add to or replace the program's own: cue tables (*.yaml) and, in the folder
	// operator, brands and statements. nil: the program's own.
	Lexicon fs.FS
}

// Reader reads judgments. It is safe for concurrent use.
type Reader struct {
	seg       *segment.Segmenter // nil without terms
	operators *operator.Tables
	findings  *finding.Reader
	digest    string
}

// New loads what reading needs. The error names every faulty table with its line and the remedy.
func New(o Options) (*Reader, error) {
	r := &Reader{}
	var err error
	for _, check := range []func() error{header.Check, section.Check, party.Check, ruling.Check, citation.Check} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	lex, err := lexicon.Shipped()
	if err == nil {
		r.operators, err = operator.Builtin()
	}
	if o.Lexicon != nil {
		lex, r.operators, r.digest, err = overlay(o.Lexicon)
	}
	if err != nil {
		return nil, err
	}
	r.findings = finding.New(lex)
	if o.Terms {
		if r.seg, err = segment.Shared(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// overlay loads the user's tables over the program's own; the digest is that of the user's files.
func overlay(dir fs.FS) (lex *lexicon.Lexicon, ops *operator.Tables, digest string, err error) {
	if lex, err = lexicon.Load(dir); err != nil {
		return nil, nil, "", err
	}
	sub, err := fs.Sub(dir, "operator")
	if err != nil {
		return nil, nil, "", err
	}
	if ops, err = operator.Load(sub); err != nil {
		return nil, nil, "", err
	}
	digest, err = digestOf(dir)
	return lex, ops, digest, err
}

// Digests are those of the tables that decide how a judgment is read, for the run's id: the program's own and, where
// there are some, the user's.
func (r *Reader) Digests() (map[string]string, error) {
	own, err := TablesDigest()
	out := map[string]string{"tables": own}
	if r.digest != "" {
		out["lexicon"] = r.digest
	}
	return out, err
}

// ReadPlatform reads a document as Read does if a platform operator is a party. Otherwise it returns nil and why it
// does not (a word for the ledger), having read no further than that takes.
func (r *Reader) ReadPlatform(doc Document) (c *judgment.Case, why string) {
	if !r.operators.PossibleText(doc.Text) {
		return nil, "no word of a platform"
	}
	if c = r.open(doc); !hasOperator(c) {
		return nil, "no platform operator is a party"
	}
	r.finish(c)
	return c, ""
}

// Read reads one document. What the text does not say stays empty; nothing is guessed from the dump's columns but
// where the header lacks a field.
func (r *Reader) Read(doc Document) *judgment.Case {
	c := r.open(doc)
	r.finish(c)
	return c
}

// open reads who the parties are.
func (r *Reader) open(doc Document) *judgment.Case {
	c := &judgment.Case{
		Source: judgment.Source{ID: doc.ID, Path: doc.Path, Record: doc.Record},
		Text:   text.Canonical(doc.Text),
		Tokens: -1,
	}
	c.Header = header.Read(c.Text, header.Meta{Title: doc.Title, CaseNumber: doc.CaseNumber, Court: doc.Court, Date: doc.Date,
		Cause: doc.Cause, Procedure: doc.Procedure, DocType: doc.DocType, FileName: doc.FileName})
	c.Sections = section.Split(c.Text, c.Header)
	c.Parties = party.Read(c.Text, c.Sections, c.Header)
	c.Findings = r.operators.Mark(c.Text, c.Sections, c.Parties, c.Header)
	return c
}

// finish reads what was found and ordered of them.
func (r *Reader) finish(c *judgment.Case) {
	c.CaseID, c.IdentityKey = text.CaseID(c.Text)
	c.CaseKey = header.Key(c.Header)
	if hasOperator(c) {
		c.Findings = append(c.Findings, r.findings.Read(c.Text, c.Sections, c.Parties, c.Header)...)
	}
	ordered := ruling.Read(c.Text, c.Sections, c.Parties, c.Header)
	c.Rulings, c.Header.Outcome = ordered.Rulings, ordered.Outcome
	c.Citations = citation.Read(c.Text, c.Sections, c.Header)
	if r.seg != nil {
		c.Terms, c.Tokens = r.seg.Terms(c.Text, c.Sections)
	}
	number(c)
}

func hasOperator(c *judgment.Case) bool {
	return slices.ContainsFunc(c.Parties, func(p judgment.Party) bool { return p.IsPlatformOperator })
}

// number gives the findings their ids: the case's id, f, and the place in the list.
func number(c *judgment.Case) {
	for i := range c.Findings {
		c.Findings[i].ID = fmt.Sprintf("%sf%d", c.CaseID, i)
	}
}
