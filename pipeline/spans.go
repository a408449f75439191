package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"
	"caipan/pipeline/coding"
	"caipan/pipeline/columnar"
	"caipan/pipeline/runinfo"
	"caipan/pipeline/standoff"
)

// SpansOptions say which spans go where.
type SpansOptions struct {
	In     string // folder of an ingest run, or of a later run that leads to one
	Cases  string // folder of the ingest run, where it was moved
	Format string // standoff.LabelStudio | standoff.Doccano
	Out    string // file to write; must not exist without Force
	Force  bool

	Findings, Sections bool     // export: which spans
	Only               []string // export: 案号, case_key or case_id; empty: all cases with a platform operator

	File  string // import: the tool's export
	Coder string // import: who annotated, where the file does not say or is wrong
}

// SpansSummary says what was written.
type SpansSummary struct {
	Documents, Spans    int
	File, Settings      string
	Rows, Kept, Removed int
}

// ExportSpans writes the spans of a run for an annotation tool, and the tool's settings beside them.
func ExportSpans(ctx context.Context, o SpansOptions) (s SpansSummary, err error) {
	dir, run, err := runinfo.Ingest(o.In, o.Cases)
	if err != nil {
		return s, err
	}
	s.File, s.Settings = o.Out, o.Out+map[string]string{standoff.LabelStudio: ".config.xml", standoff.Doccano: ".labels.json"}[o.Format]
	if err := free(o.Force, s.File, s.Settings); err != nil {
		return s, err
	}
	found := map[string]bool{}
	names := map[string]string{}
	for _, n := range o.Only {
		names[text.FoldCaseNumber(n)] = n
	}
	sink, err := columnar.NewSink(o.Out)
	if err != nil {
		return s, err
	}
	defer sink.Abort()
	w := standoff.NewWriter(sink, o.Format, "caipan "+run.RunID)
	err = eachCase(ctx, dir, run, func(c *judgment.Case) error {
		if len(names) == 0 && !hasOperator(c) {
			return nil
		}
		if ref := coding.RefOf(c); len(names) > 0 {
			name := firstOf(names, ref)
			if name == "" {
				return nil
			}
			found[name] = true
		}
		d := standoff.Of(c, o.Findings, o.Sections)
		s.Spans += len(d.Spans)
		return w.Add(d)
	})
	if err != nil {
		return s, err
	}
	for _, n := range o.Only {
		if !found[n] {
			return s, fmt.Errorf("--case %s: no such case in %s; name it by 案号, case_key or case_id", n, dir)
		}
	}
	if s.Documents = w.Documents(); s.Documents == 0 {
		return s, fmt.Errorf("%s has no case with a platform operator: nothing to annotate; name cases with --case", dir)
	}
	if err := w.Close(); err != nil {
		return s, err
	}
	if _, _, err := sink.Commit(); err != nil {
		return s, err
	}
	return s, writeFile(s.Settings, w.Settings)
}

func firstOf(names map[string]string, ref *coding.CaseRef) string {
	for _, n := range []string{ref.ID, ref.Key, ref.Number} {
		if name, ok := names[text.FoldCaseNumber(n)]; ok {
			return name
		}
	}
	return ""
}

func hasOperator(c *judgment.Case) bool {
	for _, p := range c.Parties {
		if p.IsPlatformOperator {
			return true
		}
	}
	return false
}

func eachCase(ctx context.Context, dir string, run *runinfo.Run, do func(*judgment.Case) error) error {
	all, err := runinfo.OpenCases(dir, run, "sections", "parties", "findings")
	if err != nil {
		return err
	}
	defer all.Close()
	for {
		c, err := all.Next()
		if err != nil {
			return endOf(err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(c); err != nil {
			return err
		}
	}
}

// free demands that the files do not exist yet.
func free(force bool, paths ...string) error {
	for _, p := range paths {
		if _, err := os.Stat(p); err == nil && !force {
			return fmt.Errorf("%s exists; name another file, or replace it with --force", p)
		}
	}
	return nil
}

func writeFile(path string, do func(io.Writer) error) error {
	sink, err := columnar.NewSink(path)
	if err != nil {
		return err
	}
	defer sink.Abort()
	if err := do(sink); err != nil {
		return err
	}
	_, _, err = sink.Commit()
	return err
}

// ImportSpans reads what an annotator made of exported spans and writes what differs from the run as a sheet of
// corrections. A file in which a span does not stand where it says is refused.
func ImportSpans(ctx context.Context, o SpansOptions) (s SpansSummary, err error) {
	dir, run, err := runinfo.Ingest(o.In, o.Cases)
	if err != nil {
		return s, err
	}
	if err := free(o.Force, o.Out); err != nil {
		return s, err
	}
	raw, err := os.ReadFile(o.File)
	if err != nil {
		return s, err
	}
	docs, err := standoff.Read(o.File, raw)
	if err != nil {
		return s, err
	}
	wanted, cases := map[string]bool{}, map[string]*judgment.Case{}
	for _, d := range docs {
		wanted[text.FoldCaseNumber(d.CaseID)] = true
	}
	found, err := casesNamed(dir, run, wanted)
	if err != nil {
		return s, err
	}
	for _, c := range found {
		cases[c.CaseID] = c
	}
	places, err := standoff.Place(docs, func(d *standoff.Document) string {
		if c := cases[d.CaseID]; c != nil {
			return c.Text
		}
		return ""
	})
	if err != nil {
		return s, err
	}
	voc, err := vocabulary.Load()
	if err != nil {
		return s, err
	}
	book, changes := coding.NewFieldbook(voc), standoff.Changes{}
	var faults []string
	for i := range docs {
		if err := changes.Add(book, cases[docs[i].CaseID], &docs[i], places[i], o.Coder); err != nil {
			faults = append(faults, err.Error())
		}
		s.Spans += len(docs[i].Spans)
	}
	if len(faults) > 0 {
		return s, fmt.Errorf("nothing was written:\n%s", strings.Join(faults, "\n"))
	}
	s.Documents, s.File, s.Rows, s.Kept, s.Removed = len(docs), o.Out, len(changes.Rows), changes.Kept, changes.Removed
	return s, writeFile(o.Out, changes.Write)
}
