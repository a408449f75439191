package main

import (
	"fmt"
	"io"
	"strings"

	"caipan/internal/cli"
	"caipan/pipeline"
	"caipan/report/sample"
)

type sampleCmd struct {
	cli.Common
	In          string   `required:"" placeholder:"DIR" help:"Folder of a classify run."`
	Cases       string   `placeholder:"DIR" help:"Folder of its ingest run, where it was moved."`
	Rules       string   `placeholder:"DIR" help:"Folder with the packs that the run used, if they are your own."`
	Out         string   `short:"o" required:"" placeholder:"DIR" help:"New folder for the sample and the coders' sheets."`
	N           int      `short:"n" required:"" placeholder:"N" help:"Parties (or cases) to draw."`
	Seed        uint64   `required:"" placeholder:"S" help:"Number that fixes the draw. Write it into the paper."`
	Unit        string   `enum:"party,case" default:"party" help:"What is drawn: party or case (with all its platform parties)."`
	Strata      []string `placeholder:"VAR" help:"Draw within strata: court, court_level, province, doc_type, instance, cause, year, or a variable of the vocabulary."`
	Allocation  string   `enum:"proportional,neyman,equal" default:"proportional" help:"How strata share the sample: proportional, neyman or equal."`
	Oversample  []string `placeholder:"WHAT" help:"Draw more of: liable (predicted liable), disagreement (prediction and ruling differ)."`
	Factor      float64  `default:"3" placeholder:"F" help:"How many times as often those are drawn."`
	Cluster     string   `enum:",court" default:"" help:"Draw whole courts first: court."`
	PerCluster  int      `default:"10" placeholder:"K" help:"Units drawn in each court, 0 for all."`
	Development bool     `help:"A sample for trying out cues and codebook. It can never serve as validation."`
	Coders      []string `default:"a,b" placeholder:"NAME" help:"Coders, a sheet each."`
	Code        []string `placeholder:"VAR" help:"Variables to code: ruling, or variables of the vocabulary (default: ruling, subject_kind, breach_found, platform_state, third_party, infringement_established)."`
	Texts       string   `enum:"whole,excerpts,none" default:"whole" help:"Pages beside the sheets: whole, excerpts (parties, reasoning, operative part) or none."`
}

// Help shows two examples; a test runs them.
func (sampleCmd) Help() string {
	return `Examples:
  report sample --in OUT2 --out SAMPLE --n 10 --seed 20240601
  report sample --in OUT2 --out SAMPLE2 --n 12 --seed 7 --oversample liable,disagreement --coders li,wang`
}

func (c *sampleCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	d := sample.Design{N: c.N, Unit: c.Unit, Strata: orEmpty(c.Strata), Allocation: c.Allocation, Oversample: orEmpty(c.Oversample), Factor: c.Factor, Cluster: c.Cluster,
		Seed: c.Seed, Development: c.Development, Coders: c.Coders, Variables: c.Code}
	if c.Cluster != "" {
		d.PerCluster = c.PerCluster
	}
	if len(d.Variables) == 0 {
		d.Variables = sample.DefaultVariables
	}
	drawn, err := pipeline.Sample(run.Context, pipeline.SampleOptions{In: c.In, Cases: c.Cases, Out: c.Out, RulesDir: c.Rules, Lang: c.Lang, Texts: c.Texts, Design: d})
	if err != nil {
		return err
	}
	if c.JSON {
		return cli.PrintJSON(s.Out, map[string]any{"drawn": len(drawn.Drawn()), "frame": drawn.Units, "strata": drawn.Strata, "forecast": drawn.Forecast()})
	}
	printSample(s.Out, drawn, c.Out)
	return nil
}

func printSample(w io.Writer, s *sample.Sample, out string) {
	fmt.Fprintf(w, "%-10s %d of %d platform parties in %d judgments; seed %d\n", "drawn", len(s.Drawn()), s.Units, s.Cases, s.Seed)
	if s.Development {
		fmt.Fprintf(w, "%-10s development sample: it will be refused as validation\n", "purpose")
	}
	if len(s.Strata) > 1 {
		for _, h := range s.Strata {
			fmt.Fprintf(w, "%-10s %s: %d of %d, each with chance %.4f\n", "stratum", h.Name, h.Drawn, h.Elements, h.Probability)
		}
	}
	fmt.Fprintf(w, "%-10s before anybody codes: 95%% interval of the precision of a label, if 9 in 10 of its units are right\n", "precision")
	for _, f := range s.Forecast() {
		fmt.Fprintf(w, "%-10s %s=%s: %d in the frame, about %.1f coded, ±%.3f (at worst ±%.3f)\n", "", f.Variable, f.Label, f.Frame, f.Expected, f.Half, f.HalfWorst)
	}
	fmt.Fprintf(w, "%-10s %s/coders/{%s}: give each coder one folder; keep the rest to yourself\n", "sheets", out, strings.Join(s.Coders, ","))
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
