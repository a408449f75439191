package main

import (
	"errors"
	"fmt"
	"io"

	"caipan/features/ruling"
	"caipan/internal/cli"
	"caipan/pipeline/runinfo"
)

type whyCmd struct {
	Case string `arg:"" help:"The case: 案号, case_key or case_id."`
	In   string `required:"" placeholder:"DIR" help:"Folder of an ingest run."`
}

// Run prints the operative part with every item parsed: debtor, verb, amount, label, the rule that decided.
func (c *whyCmd) Run(s cli.Streams) error {
	run, err := runinfo.Read(c.In)
	if err != nil {
		return err
	}
	found, err := runinfo.Find(c.In, run, c.Case)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, m := range found {
		wanted[m.CaseID] = true
	}
	cases, err := runinfo.OpenCases(c.In, run, runinfo.Tables...)
	if err != nil {
		return err
	}
	defer cases.Close()
	for len(wanted) > 0 {
		k, err := cases.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !wanted[k.CaseID] {
			continue
		}
		delete(wanted, k.CaseID)
		fmt.Fprintf(s.Out, "%s %s\n%s\n", k.Header.Court, k.Header.CaseNumber, k.Header.Title)
		ruling.Explain(s.Out, k.Text, ruling.Read(k.Text, k.Sections, k.Parties, k.Header))
	}
	return nil
}
