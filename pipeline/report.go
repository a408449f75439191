package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"caipan/model/doctrine"
	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
	"caipan/report"
)

const reportCommand = "report"

// ReportOptions say which classify run to lay out, and where.
type ReportOptions struct {
	In       string // folder of a classify run
	Cases    string // folder of its ingest run; "": where the run's record says
	Out      string
	RulesDir string // folder with the packs that classify used; "": those of the program
	Lang     string // en | zh
	Font     string
	Labels   string // of figures: en | zh | both, "" for Lang
	CSV      bool

	Corrections []string                             // files of corrections by hand, beside those of the classify run
	Resolve     func(*judgment.Case) []judgment.Fact // as in ClassifyOptions; needed with Corrections

	Join string // the researcher's own list of cases, whose columns analysis carries; "": none

	Whole int // cases that the pages show with text, findings and steps; 0: report.WholeCases

	// Validation is an adjudicated list (code-check writes it), ValidationSample the folder of its sample ("": that of
	// the list or the one above it), Width the half width for which the number still to code is given.
	Validation       string
	ValidationSample string
	Width            float64
	Resume           bool
	Force            bool
	Progress         Progress // may be nil
	Version          string
}

// Report writes the report of a classify run to Out: tables, figures, pages, results. The same run gives the same bytes.
func Report(ctx context.Context, o ReportOptions) (s Summary, r report.Summary, err error) {
	run, link, err := runinfo.LinkTo(o.Out, o.In)
	if err != nil {
		return s, r, err
	}
	if run.Command != classifyCommand {
		return s, r, fmt.Errorf("%s was written by %q; report reads the folder of a classify run", o.In, run.Command)
	}
	source, err := newReportSource(o, run)
	if err != nil {
		return s, r, err
	}
	what := map[string]string{"before": run.RunID, "lang": o.Lang, "schema": dataset.SchemaVersion}
	digests := map[string]string{}
	if source.hand.digest != "" {
		digests["corrections"], what["digest.corrections"] = source.hand.digest, source.hand.digest
	}
	joined, sum, err := readJoin(source.casesDir, source.cases, o.Join)
	if err != nil {
		return s, r, err
	}
	if sum != "" {
		digests["join"], what["digest.join"] = sum, sum
	}
	flags := map[string]string{"lang": o.Lang}
	validation, digest, err := readValidation(o)
	if err != nil {
		return s, r, err
	}
	if validation != nil {
		digests["validation"], what["digest.validation"] = digest, digest
		flags["width"] = strconv.FormatFloat(o.Width, 'g', -1, 64)
		what["width"] = flags["width"]
	}
	if o.Labels != "" && o.Labels != o.Lang {
		flags["labels"], what["labels"] = o.Labels, o.Labels
	}
	record := runinfo.Run{Command: reportCommand, RunID: runinfo.ID(reportCommand, what),
		Version: o.Version, Flags: flags, Digests: digests, Notes: slices.Concat(run.Notes, source.hand.notes), Predecessor: link, Counts: map[string]int64{}}
	out, err := claim(o.Out, o.Resume, o.Force)
	if err != nil {
		return s, r, err
	}
	defer out.release()
	if done, err := out.finished(record.RunID); err != nil {
		return s, r, err
	} else if done != nil {
		if err := out.removeRun(); err != nil {
			return s, r, err
		}
	}
	if err := os.RemoveAll(out.staging()); err != nil {
		return s, r, fmt.Errorf("%w: %w", ErrOutput, err)
	}
	r, err = report.Run(ctx, report.Options{Out: out.staging("tables"), Lang: o.Lang, Font: o.Font, Labels: o.Labels, CSV: o.CSV, Whole: o.Whole, Join: joined,
		Meta: reportMeta(record.RunID), Progress: source.progress, Validation: validation}, source)
	if err != nil {
		return s, r, err
	}
	record.Files = r.Files
	record.Counts = map[string]int64{"cases": int64(r.Cases), "parties": int64(r.Parties), "liable": int64(r.Liable)}
	for name, n := range r.Corrections {
		record.Counts["corrections."+name] = int64(n)
		record.Counts["corrections"] += int64(n)
	}
	r.Warnings = append(r.Warnings, source.hand.notes...)
	if err := out.publish(&record); err != nil {
		return s, r, err
	}
	return summaryOf(&record, o.Out), r, nil
}

func reportMeta(runID string) columnar.Meta {
	return columnar.Meta{{"caipan.schema_version", dataset.SchemaVersion}, {"caipan.run_id", runID}}
}

// reportSource hands the report the cases of a classify run.
type reportSource struct {
	o         ReportOptions
	run       *runinfo.Run
	casesDir  string
	cases     *runinfo.Run
	doctrines []report.Doctrine
	ground    report.Background
	alike     map[string]int // cases by near-duplicate group
	hand      *handCoding    // of the report's own files
	again     *decider       // decides cases anew that the report's files correct
}

func newReportSource(o ReportOptions, run *runinfo.Run) (s *reportSource, err error) {
	s = &reportSource{o: o, run: run}
	if s.casesDir, s.cases, err = run.Before(o.In, o.Cases); err != nil {
		return nil, err
	}
	for _, name := range strings.Split(run.Flags["doctrine"], ",") {
		d, err := s.doctrine(name)
		if err != nil {
			return nil, err
		}
		s.doctrines = append(s.doctrines, d)
	}
	if err := s.corrections(); err != nil {
		return nil, err
	}
	return s, errors.Join(s.background(), s.groups())
}

// groups counts the cases of each near-duplicate group: together they weigh as one.
func (s *reportSource) groups() error {
	s.alike = map[string]int{}
	rd, err := s.run.Open(s.o.In, "groups", "near_dup_group")
	if err != nil {
		return err
	}
	return rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if g := b.Text("near_dup_group", i); g != "" {
				s.alike[g]++
			}
		}
		return nil
	})
}

// doctrine loads a pack that the run used and checks that it is the same.
func (s *reportSource) doctrine(name string) (d report.Doctrine, err error) {
	id, variant, _ := strings.Cut(name, ":")
	p, err := doctrine.Open(s.o.RulesDir, id)
	if err != nil {
		return d, err
	}
	if want := s.run.Digests[name]; want != p.Digest {
		return d, fmt.Errorf("pack %s is not the one that %s was classified with (digest %.12s, wanted %.12s); run classify again, or give its folder with --rules", id, s.o.In, p.Digest, want)
	}
	choice, variant, err := p.Assign(variant)
	if err != nil {
		return d, err
	}
	d = report.Doctrine{ID: id, Variant: variant, Title: p.Title, Severity: p.Severity, Compare: p.Compare, Choice: choice, Statements: p.Statements}
	seen := map[string]bool{}
	for _, row := range p.Main().Rows { // several rows may be versions of one rule
		if !seen[row.Rule] {
			seen[row.Rule] = true
			d.Rules = append(d.Rules, report.Rule{ID: row.Rule, Source: row.Source, Reason: row.Reason, Threshold: threshold(p, row.Rule)})
		}
	}
	return d, nil
}

// threshold reports whether no row of the rule gives a liability.
func threshold(p *doctrine.Pack, rule string) bool {
	return !slices.ContainsFunc(p.Main().Rows, func(r *doctrine.Row) bool {
		return r.Rule == rule && r.Then.Liability != "" && r.Then.Liability != judgment.LabelNone
	})
}

// background reads ledger and rejects of the ingest run.
func (s *reportSource) background() error {
	g := &s.ground
	g.RunID = s.run.RunID
	if e := s.run.Flags["evidence"]; e != "" {
		g.Policies = strings.Split(e, ",")
	}
	g.Record = []report.Line{{Name: "classify run", Value: s.run.RunID}, {Name: "ingest run", Value: s.cases.RunID}, {Name: "schema", Value: s.run.Schema},
		{Name: "selection", Value: s.cases.Flags["select"]}, {Name: "evidence", Value: s.run.Flags["evidence"]}}
	if p := s.cases.Plan; p != nil {
		g.Record = append(g.Record, report.Line{Name: "inputs", Value: strings.Join(p.Inputs, ", ")}, report.Line{Name: "plan", Value: p.Digest})
	}
	for _, name := range strings.Split(s.run.Flags["doctrine"], ",") {
		g.Record = append(g.Record, report.Line{Name: "pack " + name, Value: s.run.Digests[name]})
	}
	err := s.each("sources", func(b *dataset.Batch, i int) {
		if b.Text("skipped", i) == "" {
			n := func(col string) int64 { return int64(b.Int(col, i, 0)) }
			g.Ledger = append(g.Ledger, report.LedgerLine{Source: b.Text("source_path", i), Read: n("read"), Written: n("written"),
				Filtered: n("filtered"), Duplicates: n("duplicate"), Rejected: n("rejected")})
		}
	})
	if err != nil {
		return err
	}
	return s.each("rejects", func(b *dataset.Batch, i int) {
		if len(g.Rejects) < maxRejectsShown {
			g.Rejects = append(g.Rejects, report.Reject{Source: b.Text("source_path", i), Record: int64(b.Int("source_record", i, -1)),
				Code: b.Text("code", i), Message: b.Text("message", i), Excerpt: b.Text("excerpt", i)})
		}
	})
}

// maxRejectsShown bounds the list on the page; the table rejects has them all.
const maxRejectsShown = 1000

func (s *reportSource) each(table string, do func(b *dataset.Batch, i int)) error {
	rd, err := s.cases.Open(s.casesDir, table)
	if err != nil {
		return err
	}
	return rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			do(b, i)
		}
		return nil
	})
}

func (s *reportSource) progress(int) {
	if s.o.Progress != nil {
		s.o.Progress(0, 1, 0)
	}
}

// Doctrines are the packs and variants of the run.
func (s *reportSource) Doctrines() []report.Doctrine { return s.doctrines }

// Background is what the run was made of.
func (s *reportSource) Background() report.Background { return s.ground }

// Each gives the cases with a platform operator.
func (s *reportSource) Each(ctx context.Context, do func(*report.Entry) error) error {
	return s.entries(ctx, do)
}

// Outline reads the few columns that tell the instances of a dispute, of the cases with a decision.
func (s *reportSource) Outline(ctx context.Context, do func(report.Outline) error) error {
	decided := map[string]bool{}
	rd, err := s.run.Open(s.o.In, "predictions", "case_id")
	if err != nil {
		return err
	}
	last := ""
	if err := rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if id := b.Text("case_id", i); id != last {
				last, decided[id] = id, true
			}
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	family := map[string]string{}
	if rd, err = s.run.Open(s.o.In, "groups", "case_id", "family_id"); err != nil {
		return err
	}
	if err := rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if id := b.Text("case_id", i); decided[id] || len(s.hand.byCase[id]) > 0 {
				family[id] = b.Text("family_id", i)
			}
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	if rd, err = s.cases.Open(s.casesDir, "judgments", "case_id", "instance", "judgment_date"); err != nil {
		return err
	}
	return rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			id := b.Text("case_id", i)
			if !decided[id] && len(s.hand.byCase[id]) == 0 {
				continue
			}
			if err := do(report.Outline{CaseID: id, Family: family[id], Instance: b.Text("instance", i), JudgmentDate: b.Text("judgment_date", i)}); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// EachWithTerms gives them with the terms of the judgments, if ingest wrote any.
func (s *reportSource) EachWithTerms(ctx context.Context, do func(*report.Entry) error) error {
	if s.cases.Flags["no_terms"] == "true" {
		return s.entries(ctx, do)
	}
	return s.entries(ctx, do, "terms")
}

func (s *reportSource) entries(ctx context.Context, do func(*report.Entry) error, more ...string) error {
	cases, err := runinfo.OpenDecided(s.o.In, s.run, s.casesDir, s.cases, true, more...)
	if err != nil {
		return err
	}
	defer cases.Close()
	for given, predictions := 0, 0; ; {
		d, err := cases.Next()
		if err != nil {
			return endOf(err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.correct(d); err != nil {
			return err
		}
		if len(d.Decisions) == 0 {
			continue
		}
		e := &report.Entry{Case: d.Case, Facts: d.Facts, Decisions: d.Decisions,
			Group: report.Group{Family: d.Family, Series: d.Series, NearDup: d.NearDup, Weight: 1 / float64(max(1, s.alike[d.NearDup]))}}
		if err := do(e); err != nil {
			return err
		}
		predictions += len(d.Decisions)
		given++
		if s.again != nil {
			continue // cases to be decided anew are read whole
		}
		if predictions >= report.WholeSteps {
			cases.NoSteps()
		}
		if given == s.whole() {
			cases.Brief()
		}
	}
}

// whole is how many cases the pages show whole.
func (s *reportSource) whole() int { return cmp.Or(s.o.Whole, report.WholeCases) }

// endOf turns the end of the tables into success.
func endOf(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
