package main

import (
	"errors"
	"fmt"
	"io"
	"sort"

	"caipan/internal/cli"
	"caipan/model/doctrine"
	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/pipeline/runinfo"
)

type auditCmd struct {
	Packs []string `arg:"" optional:"" help:"Packs to audit (default: all that the program ships)."`
	Rules string   `placeholder:"DIR" help:"Folder with rule packs of your own."`
	In    string   `placeholder:"DIR" help:"Folder of a classify run: how many real parties fall into each."`
}

// Run walks the whole fact space of each pack and prints gaps, conflicts, dead rules and rules that never decide.
func (c *auditCmd) Run(s cli.Streams) error {
	if len(c.Packs) == 0 {
		c.Packs = doctrine.ShippedIDs()
	}
	for _, id := range c.Packs {
		p, err := doctrine.Open(c.Rules, id)
		if err != nil {
			return err
		}
		a, err := doctrine.Auditing(p)
		if err != nil {
			return err
		}
		if err := a.WriteText(s.Out); err != nil {
			return err
		}
		faults, err := inference.CheckPack(p)
		if err != nil {
			return err
		}
		for _, f := range faults {
			fmt.Fprintln(s.Out, "vignettes:", f)
		}
	}
	if c.In == "" {
		return nil
	}
	return c.real(s.Out)
}

// real counts the decisions of a run by pack, variant and rung.
func (c *auditCmd) real(w io.Writer) error {
	lists, err := decisions(c.In, "")
	if err != nil {
		return err
	}
	byChoice := map[string][]judgment.Decision{}
	for _, d := range lists {
		k := d.Doctrine + ":" + d.Variant + " " + d.EvidencePolicy
		byChoice[k] = append(byChoice[k], d)
	}
	names := make([]string, 0, len(byChoice))
	for k := range byChoice {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		r := inference.CountReal(byChoice[k])
		fmt.Fprintf(w, "\n%s: %d real parties, %d in gaps, %d open for want of facts\n", k, r.Parties, r.Gaps, r.Open)
		cli.NewSummary(w, "en").Counts("decided by", wide(r.Decides))
		cli.NewSummary(w, "en").Counts("conflicts", wide(r.Conflicts))
	}
	return nil
}

func wide(m map[string]int) map[string]int64 {
	out := map[string]int64{}
	for k, n := range m {
		out[k] = int64(n)
	}
	return out
}

// decisions reads the decisions of a classify run; name, if not "", is the PACK:VARIANT to read.
func decisions(dir, name string) (out []judgment.Decision, err error) {
	run, err := runinfo.Read(dir)
	if err != nil {
		return nil, err
	}
	casesDir, cases, err := run.Before(dir, "")
	if err != nil {
		return nil, err
	}
	all, err := runinfo.OpenDecided(dir, run, casesDir, cases, true)
	if err != nil {
		return nil, err
	}
	defer all.Close()
	for {
		d, err := all.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		for _, x := range d.Decisions {
			if name == "" || name == x.Doctrine+":"+x.Variant {
				out = append(out, x)
			}
		}
	}
}
