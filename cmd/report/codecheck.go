package main

import (
	"fmt"
	"io"
	"strings"

	"caipan/internal/cli"
	"caipan/pipeline"
	"caipan/report/sample"
)

type codeCheckCmd struct {
	cli.Common
	Sample string   `required:"" placeholder:"DIR" help:"Folder that report sample wrote."`
	Sheets []string `required:"" sep:"none" placeholder:"FILE" help:"Filled sheet (xlsx or CSV); repeat for each."`
	Out    string   `short:"o" placeholder:"DIR" help:"New folder for the lists (default: check in the sample's folder)."`
	In     string   `placeholder:"DIR" help:"Folder of the classify run: adds each coder's confusion with the machine."`
	Cases  string   `placeholder:"DIR" help:"Folder of its ingest run, where it was moved."`
	Rules  string   `placeholder:"DIR" help:"Folder with the packs that the run used, if they are your own."`
}

// Help shows an example; a test runs it.
func (codeCheckCmd) Help() string {
	return `Example:
  report code-check --sample SAMPLE --sheets SAMPLE/coders/a/a.xlsx --sheets SAMPLE/coders/b/b.xlsx`
}

func (c *codeCheckCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	check, err := pipeline.CodeCheck(run.Context, pipeline.CheckOptions{Sample: c.Sample, Sheets: c.Sheets, Out: c.Out, In: c.In, Cases: c.Cases, Rules: c.Rules, Lang: c.Lang})
	if err != nil {
		return err
	}
	if c.JSON {
		return cli.PrintJSON(s.Out, check)
	}
	printCheck(s.Out, check)
	return nil
}

func printCheck(w io.Writer, c *pipeline.Check) {
	for _, l := range c.Ledger {
		fmt.Fprintf(w, "%-10s %s, coder %s: rows %d cells %d = coded %d + blank %d + faulty %d\n", "read", l.File, l.Coder, l.Rows, l.Cells, l.Coded, l.Blank, l.Faulty)
	}
	for _, n := range c.Notes {
		fmt.Fprintf(w, "%-10s %s\n", "note", n)
	}
	for _, coder := range c.Sample.Coders {
		if n := c.Absent[coder]; len(n) > 0 {
			fmt.Fprintf(w, "%-10s coder %s has no row for %d of %d units: %s\n", "absent", coder, len(n), len(c.Sample.Drawn()), strings.Join(n[:min(10, len(n))], " "))
		}
	}
	for _, r := range c.Reliability {
		fmt.Fprintf(w, "%-10s %s: %d units coded twice, %d once, most frequent code %.2f\n", "agreement", r.Variable, r.Units, r.Single, r.Modal)
		for _, m := range r.Measures() {
			reason := ""
			if m.Estimate.Undefined {
				reason = " (" + m.Estimate.Reason + ")"
			}
			fmt.Fprintf(w, "%-10s   %-8s %s%s\n", "", m.Name, m.Estimate, reason)
		}
	}
	for _, coder := range c.Sample.Coders {
		for _, v := range c.Sample.Variables {
			if e, ok := c.Agree[[2]string{coder, v}]; ok {
				fmt.Fprintf(w, "%-10s coder %s, %s: %s of %d\n", "machine", coder, v, e, e.N)
			}
		}
	}
	fmt.Fprintf(w, "%-10s agreed %d disagreed %d coded once %d uncoded %d\n", "codings", c.States["agreed"], c.States["disagreed"], c.States["single"], c.States["uncoded"])
	fmt.Fprintf(w, "%-10s fill the column adjudicated of %s/%s, then: report --validation\n", "next", c.Out, sample.AdjudicationBook)
}
