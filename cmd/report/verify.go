package main

import (
	"fmt"

	"caipan/internal/cli"
	"caipan/pipeline"
)

type verifyCmd struct {
	cli.Common
	Dir   string `arg:"" help:"Folder of a report, or of a classify or ingest run."`
	Cases string `placeholder:"DIR" help:"Folder of the ingest run, where it was moved."`
	Rules string `placeholder:"DIR" help:"Folder with the packs that the run used, if they are your own."`

	Join string   `placeholder:"FILE" help:"The list of your own that the report was given."`
	Hand []string `name:"corrections" sep:"none" placeholder:"FILE" help:"Corrections that the report was given itself."`
}

// Help says what is checked.
func (verifyCmd) Help() string {
	return `Checks the run and those before it: every file against its recorded SHA-256, every table read with a second,
independent Parquet library, every quote against its text, every prediction against the replay of its trace, and the report
made again from the tables before it. Names every value that differs, and exits with 1 then.`
}

func (c *verifyCmd) Run(s cli.Streams) error {
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	v, err := pipeline.Verify(run.Context, pipeline.VerifyOptions{Dir: c.Dir, Cases: c.Cases, RulesDir: c.Rules, Corrections: c.Hand, Join: c.Join})
	if err != nil {
		return err
	}
	if c.JSON {
		err = cli.PrintJSON(s.Out, v)
	} else {
		for _, x := range v.Checked {
			fmt.Fprintf(s.Out, "%-10s %d %s\n", "checked", x.N, x.What)
		}
		for _, n := range v.Notes {
			fmt.Fprintf(s.Out, "%-10s %s\n", "note", n)
		}
		for _, d := range v.Differences {
			fmt.Fprintf(s.Out, "%-10s %s\n", "differs", d)
		}
	}
	if n := len(v.Differences) + v.More; err == nil && n > 0 {
		return fmt.Errorf("verify: %d differences in %s; run the command again that wrote what differs", n, c.Dir)
	}
	return err
}
