package main

import (
	"fmt"

	"caipan/internal/cli"
	"caipan/pipeline"
)

type partsCmd struct {
	Of  int    `required:"" placeholder:"N" help:"How many shards the run has."`
	Dir string `arg:"" name:"dir" help:"The folder that holds the shards' output folders."`
}

// Help says what is printed.
func (partsCmd) Help() string {
	return `Prints the shards that are missing or damaged as the tasks of a job array (3,7-9), nothing if all are whole;
stderr says why each has to run.

Example:
  sbatch --array="$(ingest parts --of 64 parts)" …`
}

func (c *partsCmd) Run(s cli.Streams) error {
	list, err := pipeline.LackingShards(c.Dir, c.Of)
	if err != nil {
		return err
	}
	for _, l := range list {
		fmt.Fprintf(s.Err, "shard %d/%d: %s\n", l.Shard, c.Of, l.Why)
	}
	if len(list) > 0 {
		fmt.Fprintln(s.Out, pipeline.ArrayOf(list))
	}
	return nil
}
