package pipeline

import (
	"context"
	"errors"
	"path"
	"path/filepath"
	"strings"

	"caipan/features"
	"caipan/pipeline/columnar"
	"caipan/pipeline/corpus"
	"caipan/pipeline/runinfo"
)

// Corpus is the Source that reads dumps of judgments.
type Corpus struct {
	plan   *corpus.Plan
	inputs []string
}

// OpenCorpus makes the plan of the inputs (files or folders). Parquet files are read through pipeline/columnar.
func OpenCorpus(inputs []string, opt corpus.Options) (*Corpus, error) {
	if opt.Parquet == nil {
		opt.Parquet = columnar.OpenRows
	}
	plan, err := corpus.MakePlan(inputs, opt)
	if err != nil {
		return nil, err
	}
	c := &Corpus{plan: plan}
	for _, in := range inputs {
		c.inputs = append(c.inputs, filepath.Base(in))
	}
	return c, nil
}

// Close releases the files that the plan holds open.
func (c *Corpus) Close() error { return c.plan.Close() }

// Plan is the plan in short.
func (c *Corpus) Plan() runinfo.Plan {
	p := runinfo.Plan{Digest: c.plan.Digest, Inputs: c.inputs, Units: len(c.plan.Units), HandPicked: c.plan.HandPicked}
	for _, u := range c.plan.Units {
		p.Files += len(u.Files)
		p.Bytes += u.Size
	}
	return p
}

// Units is the number of units.
func (c *Corpus) Units() int { return len(c.plan.Units) }

// Files are the paths of a unit's files.
func (c *Corpus) Files(unit int) []string {
	out := make([]string, len(c.plan.Units[unit].Files))
	for i, f := range c.plan.Units[unit].Files {
		out[i] = f.SourcePath
	}
	return out
}

// Skipped are hidden files, links and empty files.
func (c *Corpus) Skipped() []Skipped {
	out := make([]Skipped, len(c.plan.Skipped))
	for i, s := range c.plan.Skipped {
		out[i] = Skipped{s.SourcePath, s.Reason}
	}
	return out
}

var errStop = errors.New("enough")

// Read gives the records of a unit.
func (c *Corpus) Read(ctx context.Context, unit int, yield func(Item) bool) error {
	last := int64(0)
	err := c.plan.Read(ctx, c.plan.Units[unit], 0, func(r *corpus.Record, bad *corpus.RecordError) error {
		it := Item{}
		offset := int64(-1)
		if bad != nil {
			offset = bad.ByteOffset
			it.Reject = &Reject{Path: bad.SourcePath, Record: bad.Index, Offset: bad.ByteOffset, Code: bad.Code,
				Message: strings.TrimSuffix(bad.Message+"; "+bad.Remedy, "; "), Excerpt: bad.Excerpt}
		} else {
			offset = r.ByteOffset
			it.Doc, it.Bytes = document(r), int64(len(r.Text))
		}
		if offset > last { // what lies between two records is what the record before took
			it.Bytes, last = offset-last, offset
		} else {
			last = max(offset, 0)
		}
		if !yield(it) {
			return errStop
		}
		return nil
	})
	if errors.Is(err, errStop) || ctx.Err() != nil {
		return nil
	}
	return err
}

func document(r *corpus.Record) features.Document {
	f := r.Fields
	return features.Document{ID: r.ID, Path: r.SourcePath, Record: r.Index, Text: r.Text, Title: f.Title, CaseNumber: f.CaseNumber,
		Court: f.Court, Date: f.Date, Cause: f.Cause, Procedure: f.Procedure, DocType: f.DocType, FileName: path.Base(r.SourcePath)}
}
