package main

import (
	"fmt"

	"caipan/internal/cli"
	"caipan/pipeline"
)

type spansCmd struct {
	Export exportSpansCmd `cmd:"" help:"Write findings or sections as labelled spans for Label Studio or doccano."`
	Import importSpansCmd `cmd:"" help:"Read annotated spans; what differs from the run becomes rows for --corrections."`
}

type exportSpansCmd struct {
	cli.Common
	In     string   `required:"" placeholder:"DIR" help:"Folder of an ingest run, or of a run made from one."`
	Cases  string   `placeholder:"DIR" help:"Folder of the ingest run, where it was moved."`
	Format string   `enum:"labelstudio,doccano" default:"labelstudio" help:"labelstudio or doccano."`
	What   string   `enum:"findings,sections,both" default:"findings" help:"findings, sections or both."`
	Case   []string `placeholder:"CASE" help:"Only these cases: 案号, case_key or case_id (default: all with a platform operator)."`
	Out    string   `short:"o" required:"" placeholder:"FILE" help:"File to write; the tool's settings go beside it."`
	Force  bool     `help:"Replace the file."`
}

// Help shows two examples; a test runs them.
func (exportSpansCmd) Help() string {
	return `Examples:
  report spans export --in OUT2 --out tasks.json
  report spans export --in OUT2 --format doccano --what both --out docs.jsonl`
}

func (c *exportSpansCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	sum, err := pipeline.ExportSpans(run.Context, pipeline.SpansOptions{In: c.In, Cases: c.Cases, Format: c.Format, Out: c.Out, Force: c.Force,
		Findings: c.What != "sections", Sections: c.What != "findings", Only: c.Case})
	if err != nil {
		return err
	}
	if c.JSON {
		return cli.PrintJSON(s.Out, sum)
	}
	fmt.Fprintf(s.Out, "%-10s %d documents, %d spans, counted in code points\n%-10s %s\n%-10s %s\n", "written", sum.Documents, sum.Spans, "file", sum.File, "settings", sum.Settings)
	return nil
}

type importSpansCmd struct {
	cli.Common
	File  string `arg:"" help:"Export of Label Studio (JSON) or doccano (JSONL)."`
	In    string `required:"" placeholder:"DIR" help:"Folder of the run from which the spans were exported."`
	Cases string `placeholder:"DIR" help:"Folder of the ingest run, where it was moved."`
	Coder string `placeholder:"NAME" help:"Who annotated (default: as the file says; doccano's does not)."`
	Out   string `short:"o" required:"" placeholder:"FILE" help:"Sheet of corrections to write (CSV)."`
	Force bool   `help:"Replace the file."`
}

func (c *importSpansCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	sum, err := pipeline.ImportSpans(run.Context, pipeline.SpansOptions{In: c.In, Cases: c.Cases, Out: c.Out, Force: c.Force, File: c.File, Coder: c.Coder})
	if err != nil {
		return err
	}
	if c.JSON {
		return cli.PrintJSON(s.Out, sum)
	}
	fmt.Fprintf(s.Out, "%-10s %d documents, %d spans: %d as the run has them, %d new, %d of the run taken away\n%-10s %d rows in %s\n", "read", sum.Documents, sum.Spans, sum.Kept, sum.Spans-sum.Kept, sum.Removed, "written", sum.Rows, sum.File)
	if sum.Removed > 0 {
		fmt.Fprintf(s.Out, "%-10s spans that were taken away make no row: where nothing holds any more, write the value unknown\n", "note")
	}
	return nil
}
