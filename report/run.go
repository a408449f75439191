package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"caipan/model/vocabulary"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// Options of a report.
type Options struct {
	Out      string          // folder that exists or can be made and that this run may fill
	Lang     string          // en | zh
	Font     string          // font file for Chinese figures, "" to look in the system's folders
	Labels   string          // labels of the figures: en | zh | both, "" for Lang
	CSV      bool            // comparison, metrics and analysis also as CSV
	Meta     columnar.Meta   // stored in every Parquet file
	Progress func(cases int) // called after each case, may be nil
	Plain    bool            // no figures: tables, results and pages only
	Whole    int             // cases shown with text and findings; 0: WholeCases
	Join     *Join           // a list of the researcher's own that analysis carries; nil: none

	Validation *Validation // adjudicated sample; nil: every number stays marked as not validated
}

// WholeCases is how many cases, in the order of the tables, the pages show with text and findings unless Options say
// otherwise; WholeSteps how many predictions with steps, by whole cases. Of the other cases they show the header, parties,
// rulings and what the richest evidence gave. A Source may leave text, steps, and findings but their cues, out of
// the entries that are not shown with them.
const (
	WholeCases = 20_000
	WholeSteps = 80_000
)

// Summary is what a report says in short and what it wrote.
type Summary struct {
	Headline Headline
	Cases    int // cases with a platform party
	Parties  int
	Liable   int // by the first doctrine's mapping
	Own      int
	Results  *Results
	Files    []columnar.Part
	Index    string // path of index.html relative to Out
	Warnings []string

	Corrections map[string]int // corrections by hand in the cases of the report, by what became of them; nil without any
}

// Run writes the report of src to o.Out: Parquet tables comparison, metrics and analysis, tables/, figures/, site
// files with index.html, results.json and numbers.tex. The same source gives the same bytes. An error names the
// file or the case at which it stopped; what is written by then stays, without a run record beside it.
func Run(ctx context.Context, o Options, src Source) (Summary, error) {
	r := &run{o: o, src: src, commits: newCommits(), background: src.Background(), doctrines: src.Doctrines()}
	if o.Lang != "zh" {
		r.o.Lang = "en"
	}
	if o.Labels == "" {
		r.o.Labels = r.o.Lang
	}
	if o.Whole == 0 {
		r.o.Whole = WholeCases
	}
	if len(r.doctrines) == 0 {
		return Summary{}, fmt.Errorf("report: the predictions name no doctrine; run classify first")
	}
	var err error
	if r.reading, err = newReading(o.Validation, r.doctrines); err != nil {
		return Summary{}, err
	}
	if err := r.prepare(); err != nil {
		return Summary{}, err
	}
	if err := r.pass(ctx); err != nil {
		return Summary{}, fmt.Errorf("report: %w", errors.Join(err, r.commits.wait(nil)))
	}
	if err := r.finish(); err != nil {
		return Summary{}, fmt.Errorf("report: %w", err)
	}
	return r.summary, nil
}

type run struct {
	o          Options
	src        Source
	doctrines  []Doctrine
	background Background
	tally      *tally
	reading    *reading // nil without a validation
	comparison *tableFile
	analysis   *tableFile
	wide       *wide
	pages      pages
	commits    *commits
	drawer     drawer
	layout     *layouter
	hand       handList
	summary    Summary
}

// tableFile is a table of the contract on its way to Parquet and, if wanted, CSV.
type tableFile struct {
	batch *dataset.Batch
	pq    *columnar.Writer
	csv   *dataset.CSVWriter
	sink  *columnar.Sink
	path  string
}

func (r *run) open(t *dataset.Table) (*tableFile, error) {
	name := t.Name
	f := &tableFile{batch: dataset.NewBatch(t), pq: columnar.NewWriter(r.o.Out, t, r.o.Meta)}
	if r.o.CSV {
		f.path = "csv/" + name + ".csv"
		sink, err := columnar.NewSink(filepath.Join(r.o.Out, filepath.FromSlash(f.path)))
		if err != nil {
			return nil, err
		}
		f.sink, f.csv = sink, dataset.NewCSVWriter(sink, t)
	}
	return f, nil
}

// flush writes what the batch holds.
func (f *tableFile) flush() error {
	if err := f.pq.Put(f.batch); err != nil {
		return err
	}
	if f.csv != nil {
		if err := f.csv.Write(f.batch); err != nil {
			return err
		}
	}
	f.batch.Reset()
	return nil
}

func (r *run) close(f *tableFile) error {
	if err := f.flush(); err != nil {
		return err
	}
	parts, err := f.pq.Close()
	if err != nil {
		return err
	}
	if parts, err = r.single(f.batch.Table.Name, parts); err != nil {
		return err
	}
	r.summary.Files = append(r.summary.Files, parts...)
	if f.csv == nil {
		return nil
	}
	if err := f.csv.Close(); err != nil {
		return err
	}
	r.commits.add(f.sink, f.path)
	return nil
}

// single names the one file of a table after it, comparison.parquet; a table of several files stays a folder.
func (r *run) single(name string, parts []columnar.Part) ([]columnar.Part, error) {
	if len(parts) != 1 {
		return parts, nil
	}
	from := filepath.Join(r.o.Out, filepath.FromSlash(parts[0].Path))
	parts[0].Path = name + ".parquet"
	if err := os.Rename(from, filepath.Join(r.o.Out, parts[0].Path)); err != nil {
		return nil, err
	}
	return parts, os.Remove(filepath.Dir(from))
}

// write writes one file under a slash-separated path of the output folder. It waits for the disk in the background;
// settled says how that went.
func (r *run) write(path string, do func(io.Writer) error) error {
	s, err := columnar.NewSink(filepath.Join(r.o.Out, filepath.FromSlash(path)))
	if err != nil {
		return err
	}
	if err := do(s); err != nil {
		s.Abort()
		return fmt.Errorf("write %s: %w", path, err)
	}
	r.commits.add(s, path)
	return nil
}

// prepare finds out early what would stop the run late: a missing font, a folder that cannot be written.
func (r *run) prepare() (err error) {
	v, err := vocabulary.Load()
	if err != nil {
		return err
	}
	set, err := loadPropositions()
	if err != nil {
		return err
	}
	r.tally = newTally(v)
	r.tally.observed = newObservations(v, set.bases())
	if err := r.drawer.prepare(r.o.Labels, r.o.Font); err != nil {
		return err
	}
	if r.comparison, err = r.open(dataset.Named("comparison")); err != nil {
		return err
	}
	r.wide = newWide(v, r.doctrines, r.background.Policies, r.o.Join)
	if r.analysis, err = r.open(r.wide.table); err != nil {
		return err
	}
	return r.pages.begin(r)
}

func (r *run) finish() error {
	r.tally.settle(r.doctrines)
	results, rivals, err := compute(r.tally, r.doctrines)
	if err != nil {
		return err
	}
	r.layout = &layouter{plain: r.o.Plain, doctrines: r.doctrines, rivals: rivals, vocabulary: r.tally.vocabulary, lang: r.o.Lang, t: r.tally, r: results, classes: classesOf(r.tally, r.doctrines), marked: true}
	r.layout.hand, r.summary.Corrections = &r.hand, r.hand.counts
	if err := r.layout.evaluate(); err != nil {
		return err
	}
	if r.layout.extras, err = computeExtras(r.tally, r.doctrines, results, r.layout.marked); err != nil {
		return err
	}
	if err := r.validate(); err != nil {
		return err
	}
	r.summary.Headline = r.layout.headlineText()
	r.summary.Cases, r.summary.Parties, r.summary.Liable, r.summary.Own = r.tally.cases, r.tally.parties, r.tally.liable, r.tally.own
	r.summary.Results = results
	steps := []func() error{
		func() error { return r.close(r.comparison) },
		func() error { return r.close(r.analysis) },
		r.metrics, r.tables,
		func() error { return r.write("results.json", results.WriteJSON) },
		func() error { return r.write("numbers.tex", results.WriteTeX) },
		func() error {
			return r.write("codebook.md", func(w io.Writer) error {
				return dataset.CodebookOf(w, r.o.Lang, dataset.Put(dataset.Tables, r.wide.table))
			})
		},
		r.describe,
		func() error { return r.drawer.draw(r) },
		func() error { return r.pages.finish(r) },
	}
	for _, do := range steps {
		if err := do(); err != nil {
			return errors.Join(err, r.commits.wait(nil))
		}
	}
	if err := r.commits.wait(&r.summary.Files); err != nil {
		return err
	}
	slices.SortFunc(r.summary.Files, func(a, b columnar.Part) int { return cmpText(a.Path, b.Path) })
	return nil
}

// describe writes the codebook for archives and the scripts that read the tables into R and Stata.
func (r *run) describe() error {
	rows := map[string]int64{}
	for _, p := range r.summary.Files {
		name, _, _ := strings.Cut(strings.TrimSuffix(p.Path, ".parquet"), "/")
		if t := dataset.Named(name); t != nil {
			rows[name] += p.Rows
		}
	}
	tables := dataset.Put(dataset.Of(reportStage), r.wide.table)
	err := r.write("codebook.xml", func(w io.Writer) error {
		return dataset.DDIOf(w, "Platform liability: prediction and ruling", rows, tables)
	})
	for _, t := range tables {
		for ext, do := range map[string]func(io.Writer, *dataset.Table, string) error{"R": dataset.ImportR, "do": dataset.ImportStata} {
			if err == nil {
				err = r.write("import/"+t.Name+"."+ext, func(w io.Writer) error { return do(w, t, r.o.Lang) })
			}
		}
	}
	return err
}

// reportStage is what the tables of the contract call this package's command.
const reportStage = "report"

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func classesOf(t *tally, ds []Doctrine) map[choice][]string {
	out := map[choice][]string{}
	for _, c := range t.choices {
		for i := range ds {
			if ds[i].ID == c.Doctrine && ds[i].Variant == c.Variant {
				out[c] = ds[i].Classes()
			}
		}
	}
	return out
}

func (r *run) metrics() error {
	f, err := r.open(dataset.Named("metrics"))
	if err != nil {
		return err
	}
	for _, x := range r.summary.Results.All() {
		e := x.Estimate
		var value, lo, hi *float64
		warnings := e.Warnings
		if e.Undefined {
			warnings = append([]string{"undefined: " + e.Reason}, warnings...)
		} else {
			value = finite(e.Value)
			if !e.NoInterval {
				lo, hi = finite(e.Lo), finite(e.Hi)
			}
		}
		if x.Marked {
			warnings = append(slices.Clone(warnings), "not validated by hand coding")
		}
		clusters := int64(dataset.NullInt)
		if e.Clusters > 0 {
			clusters = int64(e.Clusters)
		}
		f.batch.Row().Text(x.Key, x.Choice.Doctrine, x.Choice.Variant, x.Choice.Policy, x.Stage, x.Metric, x.Of).Float(value).Float(lo).Float(hi).
			Int(int64(e.N), clusters).Text(e.Method).List(warnings).End()
	}
	return r.close(f)
}

func (r *run) tables() error {
	for _, t := range append(r.layout.tables(), r.layout.caseList()) {
		for _, form := range []struct {
			ext string
			do  func(io.Writer) error
		}{{"csv", t.WriteCSV}, {"md", t.WriteMarkdown}, {"tex", t.WriteLaTeX}, {"docx", t.WriteDocx}} {
			if len(t.Rows) > maxCited && form.ext != "csv" {
				continue
			}
			if err := r.write("tables/"+t.Name+"."+form.ext, form.do); err != nil {
				return err
			}
		}
	}
	return nil
}
