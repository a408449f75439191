package main

import (
	"fmt"

	"caipan/internal/cli"
	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/report/agreement"
)

type againstCmd struct {
	Other        string `arg:"" help:"Folder of the other classify run."`
	In           string `required:"" placeholder:"DIR" help:"Folder of this classify run."`
	Doctrine     string `placeholder:"PACK:VARIANT" help:"Decisions of this run to compare, where it holds several."`
	OtherChoice  string `name:"other-doctrine" placeholder:"PACK:VARIANT" help:"Decisions of the other run (default: the same)."`
	EvidenceOnly string `name:"evidence" default:"reasoning" help:"Rung of the leakage ladder."`
}

// Run lists the decisions gained, lost and changed between two packs, variants or versions.
func (c *againstCmd) Run(s cli.Streams) error {
	if c.OtherChoice == "" {
		c.OtherChoice = c.Doctrine
	}
	before, err := decisions(c.Other, c.OtherChoice)
	if err != nil {
		return err
	}
	after, err := decisions(c.In, c.Doctrine)
	if err != nil {
		return err
	}
	ch, err := inference.Against(rung(before, c.EvidenceOnly), rung(after, c.EvidenceOnly))
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "compared %d parties under %s\n", ch.Compared, c.EvidenceOnly)
	for _, kind := range inference.ChangeKinds {
		fmt.Fprintf(s.Out, "%-12s %d", kind, ch.Counts[kind])
		if n := ch.Compared; n > 0 {
			e := agreement.Wilson(ch.Counts[kind], n, 0.95)
			fmt.Fprintf(s.Out, " (%.1f%%, 95%% CI %.1f%% to %.1f%%)", 100*e.Value, 100*e.Lo, 100*e.Hi)
		}
		fmt.Fprintln(s.Out)
	}
	for _, x := range ch.Changes {
		fmt.Fprintf(s.Out, "%s party %d %s: %s (%s) -> %s (%s)\n", x.CaseID, x.PartyNo, x.Kind, dash(x.Before), dash(x.RuleBefore), dash(x.After), dash(x.RuleAfter))
	}
	return nil
}

func rung(list []judgment.Decision, policy string) (out []judgment.Decision) {
	for _, d := range list {
		if d.EvidencePolicy == policy {
			out = append(out, d)
		}
	}
	return out
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
