package main

import (
	"io"

	"caipan/internal/cli"
	"caipan/pipeline"
)

// printSummary tells what was read and where it lies.
func printSummary(w io.Writer, sum pipeline.Summary, common cli.Common) error {
	if common.JSON {
		return cli.PrintJSON(w, sum)
	}
	say := cli.NewSummary(w, common.Lang)
	if !sum.Finished {
		say.Counts("shard", sum.Counts)
		if common.Lang == "zh" {
			say.Line("output", "%s，待 ingest merge 合并", sum.Out)
		} else {
			say.Line("output", "%s, to be put together by ingest merge", sum.Out)
		}
		return nil
	}
	say.Line("selected", "%s", say.Word(sum.Select))
	say.Counts("records", sum.Counts, "read", "written", "filtered", "duplicate", "rejected")
	say.Counts("rejects", sum.Codes)
	say.Counts("rows", sum.Tables, "judgments", "sections", "parties", "rulings", "findings", "citations", "terms")
	for _, n := range sum.Notes {
		say.Line("note", "%s", n)
	}
	say.Line("output", "%s", sum.Out)
	return nil
}
