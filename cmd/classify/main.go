// Command classify applies doctrines of platform liability to the cases that ingest read.
package main

import (
	"os"

	"github.com/alecthomas/kong"

	"caipan/internal/cli"
)

type grammar struct {
	Run     runCmd           `cmd:"" default:"withargs" help:"Decide the cases of an ingest run."`
	Explain explainCmd       `cmd:"" help:"Show how one case was decided, with the words it rests on."`
	Audit   auditCmd         `cmd:"" help:"Walk the whole fact space of packs: gaps, conflicts, dead rules."`
	Against againstCmd       `cmd:"" help:"List the decisions that differ between two runs."`
	NewPack newPackCmd       `cmd:"" help:"Write a minimal commented rule pack to start from."`
	Version kong.VersionFlag `help:"Print the version."`
}

const description = "Apply doctrines of platform liability, written as data, to the cases that ingest read."

func main() {
	os.Exit(cli.Main("classify", description, &grammar{}, os.Args[1:], cli.Streams{Out: os.Stdout, Err: os.Stderr}))
}
