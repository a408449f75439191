package main

import (
	"fmt"

	"caipan/internal/cli"
	"caipan/model/doctrine"
)

type newPackCmd struct {
	Dir string `arg:"" help:"Folder to make; its last element becomes the pack's id."`
}

func (c *newPackCmd) Run(s cli.Streams) error {
	if err := doctrine.NewPack(c.Dir); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "wrote %s; edit it, then: classify --rules %s/.. --doctrine NAME --in OUT --out OUT2\n", c.Dir, c.Dir)
	return nil
}
