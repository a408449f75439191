package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"caipan/internal/cli"
	"caipan/model/doctrine"
	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/pipeline/coding"
	"caipan/pipeline/runinfo"
)

type explainCmd struct {
	Case     string `arg:"" help:"The case: 案号, case_key or case_id."`
	In       string `required:"" placeholder:"DIR" help:"Folder of a classify run."`
	Cases    string `placeholder:"DIR" help:"Folder of its ingest run, where it was moved."`
	Rules    string `placeholder:"DIR" help:"Folder with the packs that the run used."`
	Evidence string `default:"reasoning" help:"Rung of the leakage ladder."`
	Lang     string `enum:"en,zh" default:"en" help:"en or zh."`
}

func (c *explainCmd) Run(s cli.Streams) error {
	run, err := runinfo.Read(c.In)
	if err != nil {
		return err
	}
	casesDir, cases, err := run.Before(c.In, c.Cases)
	if err != nil {
		return err
	}
	found, err := runinfo.Find(casesDir, cases, c.Case)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, m := range found {
		wanted[m.CaseID] = true
	}
	all, err := runinfo.OpenDecided(c.In, run, casesDir, cases, true)
	if err != nil {
		return err
	}
	defer all.Close()
	for {
		d, err := all.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !wanted[d.Case.CaseID] {
			continue
		}
		if err := c.explain(s.Out, d); err != nil {
			return err
		}
	}
}

func (c *explainCmd) explain(w io.Writer, d *runinfo.Decided) error {
	coding.Apply(d.Case, d.Corrections)
	fmt.Fprintf(w, "%s %s\n%s\n", d.Case.Header.Court, d.Case.Header.CaseNumber, d.Case.Header.Title)
	if len(d.Decisions) == 0 {
		fmt.Fprintln(w, "no platform operator among the parties: nothing was decided")
	}
	for _, x := range d.Decisions {
		if x.EvidencePolicy != c.Evidence {
			continue
		}
		p, err := doctrine.Open(c.Rules, x.Doctrine)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n== %s, %s:%s, %s\n", x.PartyName, x.Doctrine, x.Variant, x.EvidencePolicy)
		fmt.Fprint(w, inference.Text(inference.Explain(p, x, c.Lang, quotes(d.Case))))
		fmt.Fprintln(w, ruled(d.Case, x.PartyNo))
	}
	return nil
}

// quotes gives the words behind a finding with their place and holder.
func quotes(c *judgment.Case) inference.Quote {
	byID := map[string]*judgment.Finding{}
	for i := range c.Findings {
		byID[c.Findings[i].ID] = &c.Findings[i]
	}
	hand := map[string]judgment.Correction{}
	for _, x := range c.Corrections {
		hand[x.ID] = x
	}
	return func(id string) string {
		if x, ok := hand[id]; ok {
			return byHand(x)
		}
		f := byID[id]
		if f == nil {
			return ""
		}
		return fmt.Sprintf("“%s” (%s, §%d)", f.Quote, f.Holder, f.SectionNo)
	}
}

// byHand says who set a value by hand, on which words.
func byHand(x judgment.Correction) string {
	s := "by hand: " + x.Value + " (" + strings.TrimSpace(x.Coder+" "+x.Date) + "; read as " + x.Was + ")"
	if x.Quote != "" {
		s += " “" + x.Quote + "”"
	}
	return s
}

func ruled(c *judgment.Case, party int) string {
	for _, r := range c.Rulings {
		if r.PartyNo == party && r.HeadNo == 0 {
			s := "ruling: " + r.Label + " “" + r.Quote + "”"
			if len(r.Hand) > 0 {
				s += " (by hand: " + strings.Join(r.Hand, ", ") + ")"
			}
			return s
		}
	}
	return "ruling: not read"
}
