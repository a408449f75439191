// Command report compares prediction with ruling and lays the result out.
package main

import (
	"os"

	"github.com/alecthomas/kong"

	"caipan/internal/cli"
)

type grammar struct {
	Run       runCmd           `cmd:"" default:"withargs" help:"Compare prediction with ruling: tables, figures, pages."`
	Sample    sampleCmd        `cmd:"" help:"Draw a validation sample and write blind sheets for the coders."`
	CodeCheck codeCheckCmd     `cmd:"" help:"Check filled coding sheets: typing errors, agreement of the coders, what to adjudicate."`
	Package   packageCmd       `cmd:"" help:"Pack a report and its tables for a data repository, without texts unless told."`
	Verify    verifyCmd        `cmd:"" help:"Check a run: hashes, a second Parquet reader, quotes, traces, and the report made again."`
	Spans     spansCmd         `cmd:"" help:"Exchange spans with annotation tools."`
	Version   kong.VersionFlag `help:"Print the version."`
}

const description = "Compare what a doctrine predicts with what the courts ordered: tables, figures, an HTML report."

func main() {
	os.Exit(cli.Main("report", description, &grammar{}, os.Args[1:], cli.Streams{Out: os.Stdout, Err: os.Stderr}))
}
