package main

import (
	"io"
	"slices"
	"strings"

	"caipan/internal/cli"
	"caipan/model/doctrine"
	"caipan/model/evidence"
	"caipan/model/inference"
	"caipan/pipeline"
	"caipan/pipeline/dataset"
)

type runCmd struct {
	cli.Common
	cli.Output
	In       string   `required:"" placeholder:"DIR" help:"Folder of an ingest run."`
	Doctrine []string `default:"he2024" placeholder:"PACK[:VARIANT]" help:"Rule packs and variants, decided in one pass. A variant is a bundle's name or key=value pairs joined by +."`
	Evidence []string `placeholder:"RUNG" help:"Rungs of the leakage ladder to write: pleadings, undisputed, facts, reasoning (default: all, the report needs them)."`
	Rules    string   `placeholder:"DIR" help:"Folder with rule packs of your own, one folder each."`
	Hand     []string `name:"corrections" sep:"none" placeholder:"FILE" help:"Corrections by hand (CSV or xlsx; may be given several times): they stand in place of what was read."`
	AsIf     string   `placeholder:"YYYY-MM-DD" help:"Decide every case as if all had happened on this day."`
}

// Help shows two examples; a test runs them.
func (runCmd) Help() string {
	return `Examples:
  classify --in OUT --out OUT2 --csv
  classify --in OUT --out OUT2 --doctrine he2024,he2024:supp_first,red_flag`
}

func (c *runCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	engines, err := engines(c.Rules, c.Doctrine, inference.Options{AsIf: c.AsIf})
	if err != nil {
		return err
	}
	progress := cli.NewProgress(s.Err, 0, c.Quiet)
	defer progress.Close()
	flags := map[string]string{}
	if c.AsIf != "" {
		flags["as_if"] = c.AsIf
	}
	sum, err := pipeline.Classify(run.Context, pipeline.ClassifyOptions{
		In: c.In, Out: c.Out, Resolve: evidence.Resolve, Engines: engines, Policies: c.Evidence, Flags: flags, CSV: tables(c.Output), Corrections: c.Hand,
		Jobs: c.Workers(), Resume: c.Resume, Force: c.Force, Progress: progress.Add, Version: cli.Version(),
	})
	progress.Close()
	if err != nil {
		return err
	}
	return printSummary(s.Out, sum, c.Common)
}

// engines compiles the packs that --doctrine names.
func engines(rules string, names []string, o inference.Options) (out []*inference.Engine, err error) {
	packs := map[string]*doctrine.Pack{}
	for _, name := range names {
		id, variant, _ := strings.Cut(name, ":")
		p := packs[id]
		if p == nil {
			if p, err = doctrine.Open(rules, id); err != nil {
				return nil, err
			}
			packs[id] = p
		}
		e, err := inference.New(p, variant, o)
		if err != nil {
			return nil, cli.Usagef("--doctrine %s: %v", name, err)
		}
		out = append(out, e)
	}
	return out, nil
}

// tables names the tables to write as CSV; trace only if it is named.
func tables(o cli.Output) (names []string) {
	for _, t := range dataset.Of("classify") {
		if slices.Contains(o.CSVAlso, t.Name) || o.CSV && t.Name != "trace" {
			names = append(names, t.Name)
		}
	}
	return names
}

func printSummary(w io.Writer, sum pipeline.Summary, common cli.Common) error {
	if common.JSON {
		return cli.PrintJSON(w, sum)
	}
	say := cli.NewSummary(w, common.Lang)
	say.Counts("cases", map[string]int64{"read": sum.Counts["cases"], "operators": sum.Counts["operators"]}, "read", "operators")
	outcomes := map[string]int64{}
	for name, n := range sum.Counts {
		if o, ok := strings.CutPrefix(name, "outcome."); ok {
			outcomes[o] = n
		}
	}
	say.Counts("decisions", outcomes, "decided", "undetermined", "conflict", "out_of_scope")
	say.Counts("rows", sum.Tables, "facts", "predictions", "trace", "groups")
	if n := sum.Counts["corrections"]; n > 0 {
		say.Counts("corrections", map[string]int64{"rows": n, "applied": sum.Counts["corrections.applied"], "stale": sum.Counts["corrections.stale"],
			"other": n - sum.Counts["corrections.applied"] - sum.Counts["corrections.stale"]}, "rows", "applied", "stale", "other")
	}
	for _, n := range sum.Notes {
		say.Line("note", "%s", n)
	}
	say.Line("output", "%s", sum.Out)
	return nil
}
