package main

import (
	"caipan/internal/cli"
	"caipan/pipeline"
)

type mergeCmd struct {
	cli.Common
	cli.Output
	Parts []string `arg:"" name:"part" help:"The output folders of all shards, in any order."`
}

func (c *mergeCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	sum, err := pipeline.Merge(run.Context, pipeline.MergeOptions{
		Out: c.Out, Parts: c.Parts, CSV: tables(c.Output), Jobs: c.Workers(), Resume: c.Resume, Force: c.Force, Version: cli.Version(),
	})
	if err != nil {
		return err
	}
	return printSummary(s.Out, sum, c.Common)
}
