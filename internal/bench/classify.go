package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"caipan/features"
	"caipan/model/doctrine"
	"caipan/model/evidence"
	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// What is measured of classify: the deciding alone, and the command from tables to tables.
const (
	decideAlone   = "facts to decisions with steps, replayed, one rung"
	classifyWhole = "the command from tables to tables, all steps written, one rung"
)

// classify measures both on parties copied from the sample's cases.
func (b *bench) classify() error {
	cases, err := sampleCases(filepath.Join(filepath.Dir(b.script), "..", "..", "data", "sample", "judgments"))
	if err != nil {
		return err
	}
	engines, err := sixPacks()
	if err != nil {
		return err
	}
	if err := b.best(decideAlone, func() (result, error) { return decideAll(cases, engines, b.parties, b.jobs), nil }); err != nil {
		return err
	}
	in := filepath.Join(b.scratch, "cases")
	if err := copies(in, cases, b.whole()); err != nil {
		return err
	}
	return b.best(classifyWhole, func() (result, error) {
		return b.process(filepath.Join(b.bin, "classify"), "--quiet", "--force", "-j", fmt.Sprint(b.jobs), "--in", in,
			"--out", filepath.Join(b.scratch, "classify"), "--evidence", "reasoning", "--doctrine", strings.Join(packIDs(), ","))
	})
}

// whole is how many parties the command decides: fewer, since every step is written to disk.
func (b *bench) whole() int { return max(1, b.parties/10) }

func packIDs() []string {
	ids := doctrine.ShippedIDs()
	return ids[:min(6, len(ids))]
}

func sixPacks() (out []*inference.Engine, err error) {
	for _, id := range packIDs() {
		p, err := doctrine.Shipped(id)
		if err != nil {
			return nil, err
		}
		e, err := inference.New(p, "", inference.Options{})
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// sampleCases reads the sample and keeps the cases that have a platform operator, without what classify does not read.
func sampleCases(dir string) (out []*judgment.Case, err error) {
	r, err := features.New(features.Options{})
	if err != nil {
		return nil, err
	}
	texts, err := textFiles(dir)
	if err != nil {
		return nil, err
	}
	for _, t := range texts {
		c := r.Read(features.Document{Text: t})
		for _, p := range c.Parties {
			if p.IsPlatformOperator {
				out = append(out, c)
				break
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no judgment under %s has a platform operator", dir)
	}
	return out, nil
}

// decideAll decides n parties, whose facts are those of the sample's, with all engines and jobs goroutines.
func decideAll(cases []*judgment.Case, engines []*inference.Engine, n, jobs int) result {
	var inputs []inference.Facts
	for _, c := range cases {
		facts := evidence.Resolve(c)
		for _, p := range c.Parties {
			in := inference.Facts{CaseID: c.CaseID, PartyNo: p.No, PartyName: p.Name, EvidencePolicy: "reasoning",
				Dates: judgment.Dates{Filing: c.Header.FilingDate, Judgment: c.Header.JudgmentDate}}
			for _, f := range facts {
				if f.EvidencePolicy == "reasoning" && f.PartyNo == p.No {
					in.Facts = append(in.Facts, f)
				}
			}
			if p.IsPlatformOperator {
				inputs = append(inputs, in)
			}
		}
	}
	begin, cpu := time.Now(), cpuSeconds()
	var group sync.WaitGroup
	for w := range jobs {
		group.Go(func() {
			var sessions []*inference.Session
			for _, e := range engines {
				sessions = append(sessions, e.Session())
			}
			for i := w; i < n; i += jobs {
				for _, s := range sessions {
					s.Decide(inputs[i%len(inputs)])
				}
			}
		})
	}
	group.Wait()
	return result{Seconds: time.Since(begin).Seconds(), CPU: cpuSeconds() - cpu}
}

// copies writes an ingest run of cases with n platform parties in all; texts, sections and citations are left out.
func copies(dir string, cases []*judgment.Case, n int) error {
	run := runinfo.Run{Command: "ingest", RunID: runinfo.ID("ingest", map[string]string{"bench": fmt.Sprint(n)}),
		Flags: map[string]string{"no_terms": "true", "select": "platform"}, Counts: map[string]int64{}}
	set := dataset.NewSet(dataset.Of("ingest"))
	writers := map[string]*columnar.Writer{}
	for _, b := range set.Batches() {
		writers[b.Table.Name] = columnar.NewWriter(dir, b.Table, nil)
	}
	flush := func() error {
		for _, b := range set.Batches() {
			if err := writers[b.Table.Name].Write(b, 0, b.N); err != nil {
				return err
			}
			b.Reset()
		}
		return nil
	}
	for i, done := 0, 0; done < n; i++ {
		c := bare(cases[i%len(cases)], i)
		for _, p := range c.Parties {
			if p.IsPlatformOperator {
				done++
			}
		}
		if dataset.AppendCase(set, c); i%256 == 0 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	for _, b := range set.Batches() {
		parts, err := writers[b.Table.Name].Close()
		if err != nil {
			return err
		}
		run.Tables = append(run.Tables, runinfo.Table{Name: b.Table.Name, Rows: columnar.Rows(parts), Parts: parts})
	}
	return run.Write(filepath.Join(dir, runinfo.Name))
}

// bare is copy number i of a case.
func bare(c *judgment.Case, i int) *judgment.Case {
	out := *c
	out.CaseID, out.Text, out.Sections, out.Citations = fmt.Sprintf("c%016x", i+1), "", nil, nil
	out.CaseKey = out.CaseID
	out.Parties = append([]judgment.Party(nil), c.Parties...)
	for k := range out.Parties {
		out.Parties[k].NameSpan = judgment.Span{}
	}
	out.Rulings = append([]judgment.Ruling(nil), c.Rulings...)
	for k := range out.Rulings {
		out.Rulings[k].Span = judgment.Span{}
	}
	out.Findings = append([]judgment.Finding(nil), c.Findings...)
	for k := range out.Findings {
		out.Findings[k].Span, out.Findings[k].ID = judgment.Span{}, fmt.Sprintf("%sf%d", out.CaseID, k)
	}
	return &out
}
