package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"caipan/model/evidence"
	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
	"caipan/report"
)

// VerifyOptions say what to verify.
type VerifyOptions struct {
	Dir      string // folder of a report, classify or ingest run
	Cases    string // folder of the ingest run, where it was moved
	RulesDir string // folder with the packs that classify used; "": those of the program

	Corrections []string // the files of corrections that the report was given itself, if it was given any
	Join        string   // the researcher's own list that the report was given; "": none
}

// Verdict is what was compared and every difference that was found.
type Verdict struct {
	Checked     []Checked `json:"checked"`
	Differences []string  `json:"differences"` // where and what, in the order in which they were found; at most maxDifferences
	More        int       `json:"more"`        // differences beyond those
	Notes       []string  `json:"notes,omitempty"`
}

// Checked counts things of one kind that were compared.
type Checked struct {
	What string `json:"what"`
	N    int64  `json:"n"`
}

const maxDifferences = 200

func (v *Verdict) differ(format string, args ...any) {
	if len(v.Differences) == maxDifferences {
		v.More++
		return
	}
	v.Differences = append(v.Differences, fmt.Sprintf(format, args...))
}

func (v *Verdict) count(what string, n int64) {
	for i := range v.Checked {
		if v.Checked[i].What == what {
			v.Checked[i].N += n
			return
		}
	}
	v.Checked = append(v.Checked, Checked{what, n})
}

// Verify checks the run in o.Dir and those before it: each file against its recorded SHA-256; each Parquet file read with both
// libraries, value by value; each quote against its text; each prediction against the replay of its trace; and for a
// report, the numbers counted again from its comparison table as the second library reads it, and the whole report made
// anew from the tables before it and compared value by value. Differences are collected, not errors; an error is what kept the check from being made.
//
// A folder with ChecksumsName is an unpacked replication archive: its files are checked against that list instead.
func Verify(ctx context.Context, o VerifyOptions) (*Verdict, error) {
	v := &Verdict{}
	if list, err := os.ReadFile(filepath.Join(o.Dir, ChecksumsName)); err == nil {
		return v, v.archive(ctx, o.Dir, string(list))
	}
	chain, err := o.chain(v)
	if err != nil {
		return nil, err
	}
	sound := true
	for _, link := range chain {
		ok, err := v.files(ctx, link.dir, link.run)
		if err != nil {
			return nil, err
		}
		sound = sound && ok
	}
	if first := chain[0]; first.run.Command == reportCommand {
		if err := v.recount(first.dir, first.run); err != nil {
			return nil, err
		}
	}
	if !sound {
		v.Notes = append(v.Notes, "files differ from their record: quotes, traces and the report were not made again")
		return v, nil
	}
	for i, link := range chain {
		switch link.run.Command {
		case ingestCommand:
			err = v.quotes(ctx, link.dir, link.run)
		case classifyCommand:
			if i+1 < len(chain) {
				err = v.replays(ctx, link.dir, link.run, chain[i+1].dir, chain[i+1].run)
			}
		case reportCommand:
			if len(chain) == 3 {
				err = v.again(ctx, o, link.dir, link.run, chain[1].dir)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}

// link is a run of the chain that leads back to the dump.
type link struct {
	dir string
	run *runinfo.Run
}

// chain is the run in o.Dir and those before it, as far as they are there.
func (o VerifyOptions) chain(v *Verdict) ([]link, error) {
	run, err := runinfo.Read(o.Dir)
	if err != nil {
		return nil, err
	}
	out := []link{{o.Dir, run}}
	for run.Predecessor != nil {
		override := ""
		if run.Command == classifyCommand {
			override = o.Cases
		}
		dir, before, err := run.Before(out[len(out)-1].dir, override)
		if err != nil {
			v.Notes = append(v.Notes, fmt.Sprintf("what %s was made from is not checked: %v", run.Command, err))
			break
		}
		out, run = append(out, link{dir, before}), before
	}
	return out, nil
}

// files checks hashes and reads every table with both libraries.
func (v *Verdict) files(ctx context.Context, dir string, r *runinfo.Run) (sound bool, err error) {
	sound = true
	for _, p := range r.Written() {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		v.count("files by SHA-256", 1)
		if err := columnar.CheckPart(dir, p); err != nil {
			v.differ("%s: %v", dir, err)
			sound = false
			continue
		}
		t := tableOf(p.Path)
		if t == nil {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(p.Path))
		if t, err = columnar.Columns(path, t); err != nil {
			v.differ("%v", err)
			sound = false
			continue
		}
		rows, err := columnar.Verify(path, t)
		v.count("values read with two libraries", rows*int64(len(t.Columns)))
		if err != nil {
			v.differ("%v", err)
			sound = false
		}
	}
	return sound, nil
}

// tableOf is the table of a Parquet file: TABLE.parquet or TABLE/part-N.parquet; nil for other files.
func tableOf(path string) *dataset.Table {
	if !strings.HasSuffix(path, ".parquet") {
		return nil
	}
	name, _, inFolder := strings.Cut(path, "/")
	if !inFolder {
		name = strings.TrimSuffix(name, ".parquet")
	}
	return dataset.Named(name)
}

// quotes holds every quote against its text.
func (v *Verdict) quotes(ctx context.Context, dir string, r *runinfo.Run) error {
	cases, err := runinfo.OpenCases(dir, r, runinfo.Tables...)
	if err != nil {
		return err
	}
	defer cases.Close()
	for ctx.Err() == nil {
		c, err := cases.Next()
		if err != nil {
			return endOf(err)
		}
		for i := range c.Findings {
			v.quote(c, "finding "+c.Findings[i].ID, c.Findings[i].Span, c.Findings[i].Quote)
		}
		for i := range c.Rulings {
			v.quote(c, fmt.Sprintf("ruling of party %d", c.Rulings[i].PartyNo), c.Rulings[i].Span, c.Rulings[i].Quote)
		}
		for i := range c.Citations {
			v.quote(c, "citation of "+c.Citations[i].Law, c.Citations[i].Span, c.Citations[i].Quote)
		}
	}
	return ctx.Err()
}

func (v *Verdict) quote(c *judgment.Case, what string, sp judgment.Span, quote string) {
	if quote == "" && sp.Start == sp.End {
		return
	}
	v.count("quotes against their texts", 1)
	if sp.Start < 0 || sp.End > len(c.Text) || sp.Start > sp.End || c.Text[sp.Start:sp.End] != quote {
		v.differ("case %s, %s: the quote %.40q is not what stands at bytes %d to %d of the text", c.CaseID, what, quote, sp.Start, sp.End)
	}
}

// replays makes every decision again from the steps of its trace.
func (v *Verdict) replays(ctx context.Context, dir string, r *runinfo.Run, casesDir string, cases *runinfo.Run) error {
	decided, err := runinfo.OpenDecided(dir, r, casesDir, cases, true)
	if err != nil {
		return err
	}
	defer decided.Close()
	for ctx.Err() == nil {
		d, err := decided.Next()
		if err != nil {
			return endOf(err)
		}
		v.corrections(d)
		for i := range d.Decisions {
			x := &d.Decisions[i]
			v.count("predictions replayed from their traces", 1)
			if again, err := inference.Replay(x.Steps); err != nil || !inference.SameDecision(*x, again) {
				v.differ("case %s, party %d, %s:%s, %s: the trace does not lead to the prediction (%v)", x.CaseID, x.PartyNo, x.Doctrine, x.Variant, x.EvidencePolicy, err)
			}
		}
	}
	return ctx.Err()
}

// corrections holds the quote of every applied correction against its text.
func (v *Verdict) corrections(d *runinfo.Decided) {
	for _, x := range d.Corrections {
		if x.Status != judgment.CorrectionApplied || x.Span.IsZero() {
			continue
		}
		v.count("quotes of corrections against their texts", 1)
		if len(text.QuotesOf(x.Span.Of(d.Case.Text)).Find(x.Quote)) == 0 {
			v.differ("correction %s: the quote %.40q is not what stands at bytes %d to %d of the text", x.ID, x.Quote, x.Span.Start, x.Span.End)
		}
	}
}

// recount counts agreement anew from the comparison table, as the second library reads it, and compares it with metrics.
func (v *Verdict) recount(dir string, r *runinfo.Run) error {
	c := report.NewRecount()
	for _, p := range r.Written() {
		t := tableOf(p.Path)
		if t == nil || t.Name != "comparison" && t.Name != "metrics" {
			continue
		}
		if err := eachSecond(filepath.Join(dir, filepath.FromSlash(p.Path)), t, c.Add); err != nil {
			v.differ("%v", err)
		}
	}
	v.compare(dir, c)
	return nil
}

func (v *Verdict) compare(dir string, c *report.Recount) {
	n, differences := c.Compare()
	v.count("numbers counted again from the comparison table", int64(n))
	for _, d := range differences {
		v.differ("%s: %s", dir, d)
	}
}

// eachSecond reads a file with the second library.
func eachSecond(path string, t *dataset.Table, do func(*dataset.Batch)) error {
	s, err := columnar.OpenSecond(path, t)
	if err != nil {
		return err
	}
	defer s.Close()
	for {
		b, err := s.Next(1 << 14)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		do(b)
	}
}

// again makes the report anew, without figures and pages, and compares tables and numbers value by value.
func (v *Verdict) again(ctx context.Context, o VerifyOptions, dir string, r *runinfo.Run, classified string) error {
	tmp, err := os.MkdirTemp("", "caipan-verify-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	before, err := runinfo.Read(classified)
	if err != nil {
		return err
	}
	source, err := newReportSource(ReportOptions{In: classified, Cases: o.Cases, RulesDir: o.RulesDir, Corrections: o.Corrections, Resolve: evidence.Resolve}, before)
	if err != nil {
		v.Notes = append(v.Notes, fmt.Sprintf("the report was not made again: %v", err))
		return nil
	}
	if source.hand.digest != r.Digests["corrections"] {
		v.Notes = append(v.Notes, "the report was not made again: it was given corrections of its own; name the same files with --corrections")
		return nil
	}
	joined, sum, err := readJoin(source.casesDir, source.cases, o.Join)
	if err != nil {
		return err
	}
	if sum != r.Digests["join"] {
		v.Notes = append(v.Notes, "the report was not made again: it was made with another list of the researcher's own, or none; name the same file with --join")
		return nil
	}
	_, err = report.Run(ctx, report.Options{Out: tmp, Join: joined, Lang: r.Flags["lang"], CSV: true, Meta: reportMeta(r.RunID), Plain: true}, source)
	if err != nil {
		return fmt.Errorf("make the report again: %w", err)
	}
	for _, p := range r.Written() {
		if !isNumbers(p.Path) {
			continue
		}
		old, made := filepath.Join(dir, filepath.FromSlash(p.Path)), filepath.Join(tmp, filepath.FromSlash(p.Path))
		n, differences, err := compareFiles(old, made)
		if err != nil {
			return err
		}
		v.count("values of the report made again", n)
		for _, d := range differences {
			v.differ("%s: %s", p.Path, d)
		}
	}
	return nil
}

// isNumbers: tables and results; not figures and pages, which show the same numbers again.
func isNumbers(path string) bool {
	dir, _, inFolder := strings.Cut(path, "/")
	return tableOf(path) != nil || inFolder && (dir == "tables" || dir == "csv") || path == "results.json" || path == "numbers.tex"
}
