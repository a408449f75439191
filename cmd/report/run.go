package main

import (
	"caipan/internal/cli"
	"caipan/model/evidence"
	"caipan/pipeline"
	"caipan/report"
)

type runCmd struct {
	cli.Common
	Out    string   `short:"o" required:"" placeholder:"DIR" help:"Folder to fill. One that is not empty is refused without --force."`
	CSV    bool     `name:"csv" default:"true" negatable:"" help:"Write comparison, metrics and analysis as CSV too."`
	Resume bool     `help:"Start an unfinished report again in its folder."`
	Force  bool     `help:"Replace an earlier run; removes only what its run.json names."`
	In     string   `required:"" placeholder:"DIR" help:"Folder of a classify run."`
	Cases  string   `placeholder:"DIR" help:"Folder of its ingest run, where it was moved."`
	Rules  string   `placeholder:"DIR" help:"Folder with the packs that the run used, if they are your own."`
	Hand   []string `name:"corrections" sep:"none" placeholder:"FILE" help:"Corrections by hand (CSV or xlsx; may be given several times) beside those that classify was given."`
	Join   string   `placeholder:"FILE" help:"Your own list of cases (CSV or xlsx): its columns stand beside ours in analysis, found by 案号, case_key or case_id."`
	Font   string   `placeholder:"FILE" help:"Font for Chinese labels in figures (TrueType, or OpenType by outlines)."`
	Labels string   `enum:"en,zh,both," default:"" help:"Language of labels in figures: en, zh or both; that of --lang unless given."`

	validationFlags
}

// Help shows two examples; a test runs them.
func (runCmd) Help() string {
	return `Examples:
  report --in OUT2 --out REPORT
  report --in OUT2 --out REPORT --lang zh --font LXGWWenKai-Regular.ttf`
}

func (c *runCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	progress := cli.NewProgress(s.Err, 0, c.Quiet)
	defer progress.Close()
	_, sum, err := pipeline.Report(run.Context, pipeline.ReportOptions{
		In: c.In, Cases: c.Cases, Out: c.Out, RulesDir: c.Rules, Lang: c.Lang, Font: c.Font, Labels: c.Labels, CSV: c.CSV,
		Join: c.Join, Corrections: c.Hand, Resolve: evidence.Resolve,
		Validation: c.Validation, ValidationSample: c.Sample, Width: c.Width, Resume: c.Resume, Force: c.Force, Progress: progress.Add, Version: cli.Version(),
	})
	progress.Close()
	if err != nil {
		return err
	}
	if c.JSON {
		return cli.PrintJSON(s.Out, sum)
	}
	printReport(cli.NewSummary(s.Out, c.Lang), sum, c.Out)
	return nil
}

func printReport(say cli.Summary, sum report.Summary, out string) {
	say.Line("says", "%s", sum.Headline.First)
	for _, sentence := range sum.Headline.Then {
		say.Line("", "%s", sentence)
	}
	say.Counts("compared", map[string]int64{"cases": int64(sum.Cases), "platform parties": int64(sum.Parties), "liable": int64(sum.Liable)}, "cases", "platform parties", "liable")
	counts := map[string]int64{}
	for status, n := range sum.Corrections {
		counts[status] = int64(n)
	}
	say.Counts("by hand", counts, "applied", "stale", "repeated", "overruled")
	for _, w := range sum.Warnings {
		say.Line("note", "%s", w)
	}
	say.Line("read", "%s/%s", out, sum.Index)
	say.Line("tables", "%s/tables", out)
	say.Line("figures", "%s/figures", out)
}

// validationFlags name an adjudicated sample.
type validationFlags struct {
	Validation string  `placeholder:"FILE" help:"Adjudicated list of a validation sample: measures the reading and corrects the numbers."`
	Sample     string  `placeholder:"DIR" help:"Folder of that sample, if the list lies elsewhere."`
	Width      float64 `default:"0.05" placeholder:"W" help:"Half width of a corrected share for which the number still to code is given."`
}
