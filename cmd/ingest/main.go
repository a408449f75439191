// Command ingest reads dumps of judgments into tables.
package main

import (
	"os"

	"github.com/alecthomas/kong"

	"caipan/internal/cli"
)

type grammar struct {
	Run     runCmd           `cmd:"" default:"withargs" help:"Read dumps into tables."`
	Merge   mergeCmd         `cmd:"" help:"Put the shards of one run together."`
	Parts   partsCmd         `cmd:"" help:"List the shards of a run that have to run, again or at all."`
	Why     whyCmd           `cmd:"" help:"Show how the operative part of a case was read."`
	Kwic    kwicCmd          `cmd:"" help:"List the findings of a variable in their context."`
	Lint    lintCmd          `cmd:"" help:"Check cue tables against their own examples."`
	Version kong.VersionFlag `help:"Print the version."`
}

const description = "Read dumps of judgments into tables."

func main() {
	os.Exit(cli.Main("ingest", description, &grammar{}, os.Args[1:], cli.Streams{Out: os.Stdout, Err: os.Stderr}))
}
