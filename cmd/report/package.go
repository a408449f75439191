package main

import (
	"fmt"

	"caipan/internal/cli"
	"caipan/pipeline/replication"
)

type packageCmd struct {
	cli.Common
	In        string   `required:"" placeholder:"DIR" help:"Folder of a report."`
	Out       string   `short:"o" required:"" placeholder:"FILE.zip" help:"Archive to write."`
	Cases     string   `placeholder:"DIR" help:"Folder of the ingest run, where it was moved."`
	Rules     string   `placeholder:"DIR" help:"Folder with the packs that the run used, if they are your own."`
	WithTexts bool     `help:"Include the texts of the judgments, their quotes, persons by name, and the HTML report."`
	Title     string   `placeholder:"TEXT" help:"Title of the study."`
	Author    []string `placeholder:"NAME" sep:"none" help:"Author, for CITATION.cff; once for each."`
	Force     bool     `help:"Replace the archive if it is there."`
}

// Help says what is left out.
func (packageCmd) Help() string {
	return `Packs the tables, results, codebooks, run records and rule packs of a report and the runs before it for a data
repository. Without --with-texts no sentence of a judgment is in it and natural persons are masked. Check an unpacked
archive with 'report verify DIR'.`
}

func (c *packageCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	sum, err := replication.Write(run.Context, replication.Options{Report: c.In, Cases: c.Cases, RulesDir: c.Rules, Out: c.Out,
		WithTexts: c.WithTexts, Force: c.Force, Title: c.Title, Authors: c.Author, Version: cli.Version()})
	if err != nil {
		return err
	}
	if c.JSON {
		return cli.PrintJSON(s.Out, sum)
	}
	fmt.Fprintf(s.Out, "%-10s %s: %d files, %d bytes\n%-10s %d names of natural persons\n", "packed", sum.Path, sum.Files, sum.Bytes, "masked", sum.Persons)
	return nil
}
