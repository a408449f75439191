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
	Version kong.VersionFlag `help:"Print the version."`
}

const description = `Read dumps of judgments (zip, csv, jsonl, gz, zst, xlsx, html, docx, txt, parquet) into tables:
judgments, sections, parties, rulings, findings, citations, terms, and filtered, duplicates, rejects.

Examples:
  ingest --out OUT --csv data/sample/judgments
  ingest --out OUT --select platform --no-terms -j 2 dump.zip`

func main() {
	os.Exit(cli.Main("ingest", description, &grammar{}, os.Args[1:], cli.Streams{Out: os.Stdout, Err: os.Stderr}))
}
