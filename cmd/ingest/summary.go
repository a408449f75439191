package main

import (
	"fmt"
	"io"

	"caipan/internal/cli"
	"caipan/pipeline"
)

// printSummary tells what was read and where it lies.
func printSummary(w io.Writer, sum pipeline.Summary, asJSON bool) error {
	if asJSON {
		return cli.PrintJSON(w, sum)
	}
	if !sum.Finished {
		cli.PrintCounts(w, "shard", sum.Counts)
		fmt.Fprintf(w, "%-10s %s, to be put together by ingest merge\n", "output", sum.Out)
		return nil
	}
	fmt.Fprintf(w, "%-10s %s\n", "selected", sum.Select)
	cli.PrintCounts(w, "records", sum.Counts, "read", "written", "filtered", "duplicate", "rejected")
	cli.PrintCounts(w, "rejects", sum.Codes)
	cli.PrintCounts(w, "rows", sum.Tables, "judgments", "sections", "parties", "rulings", "findings", "citations", "terms")
	for _, n := range sum.Notes {
		fmt.Fprintf(w, "%-10s %s\n", "note", n)
	}
	fmt.Fprintf(w, "%-10s %s\n", "output", sum.Out)
	return nil
}
