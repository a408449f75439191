// Package replication packs a report and the runs before it into one archive for a data repository, in the layout that the AEA
// data editor and the TIER protocol ask for: read-me with data statement, data, code, documentation, results, checksums.
//
// Without texts it holds no sentence of a judgment: texts and quotes are left out (spans stay, so that whoever has the
// dump can put them back), and the names of natural persons are masked wherever they stand. It decides nothing about a
// case. Imported by cmd/report.
package replication

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// Options say what to pack.
type Options struct {
	Report    string // folder of a report run
	Cases     string // folder of the ingest run, where it was moved
	RulesDir  string // folder with the packs that classify used; "": those of the program
	Out       string // the archive to write, .zip; it must not exist unless Force is set
	WithTexts bool   // judgments with their texts and quotes, persons by name, and the HTML report
	Force     bool
	Title     string // of the study, "" for a plain one
	Authors   []string
	Version   string // of the program
}

// Summary is what was packed.
type Summary struct {
	Path    string `json:"path"`
	Files   int    `json:"files"`
	Bytes   int64  `json:"bytes"`
	Persons int    `json:"masked_persons"` // names of natural persons masked, per case; 0 with texts
}

// root is the one folder of the archive.
const root = "replication"

// packer writes the archive. Names are added in a fixed order with a fixed time: same runs, same bytes.
type packer struct {
	o       Options
	chain   []run // report, classify, ingest
	zip     *zip.Writer
	sums    []string
	files   []string
	persons *persons
	named   map[string]bool // tables that name a natural person
	word    []member
	tmp     string
}

// member is a file on its way into the archive.
type member struct {
	path, name string
	content    []byte
}

type run struct {
	dir string
	*runinfo.Run
}

// Write packs the report. Every file that goes in is checked against its run's record first. On an error no archive is left.
func Write(ctx context.Context, o Options) (s Summary, err error) {
	if !strings.HasSuffix(o.Out, ".zip") {
		return s, fmt.Errorf("package: --out %s: name a file that ends in .zip", o.Out)
	}
	if _, err := os.Stat(o.Out); err == nil && !o.Force {
		return s, fmt.Errorf("package: %s exists; choose another --out, or replace it with --force", o.Out)
	}
	p := &packer{o: o, named: map[string]bool{}}
	if err := p.open(); err != nil {
		return s, err
	}
	if p.tmp, err = os.MkdirTemp("", "caipan-package-"); err != nil {
		return s, err
	}
	defer os.RemoveAll(p.tmp)
	sink, err := columnar.NewSink(o.Out)
	if err != nil {
		return s, err
	}
	p.zip = zip.NewWriter(sink)
	if err := p.fill(ctx); err != nil {
		sink.Abort()
		return s, fmt.Errorf("package: %w", err)
	}
	if err := p.zip.Close(); err != nil {
		sink.Abort()
		return s, err
	}
	size, _, err := sink.Commit()
	return Summary{Path: o.Out, Files: len(p.files), Bytes: size, Persons: p.persons.masked()}, err
}

// open finds the three runs.
func (p *packer) open() error {
	r, err := runinfo.Read(p.o.Report)
	if err != nil {
		return err
	}
	if r.Command != "report" {
		return fmt.Errorf("package: %s was written by %q; name the folder of a report", p.o.Report, r.Command)
	}
	dir, classified, err := r.Before(p.o.Report, "")
	if err != nil {
		return err
	}
	casesDir, cases, err := classified.Before(dir, p.o.Cases)
	if err != nil {
		return err
	}
	p.chain = []run{{p.o.Report, r}, {dir, classified}, {casesDir, cases}}
	return nil
}

func (p *packer) fill(ctx context.Context) (err error) {
	if p.persons, err = findPersons(p.chain[2], p.o.WithTexts); err != nil {
		return err
	}
	steps := []func(context.Context) error{p.data, p.results, p.documentation, p.code, p.readme}
	for _, do := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(ctx); err != nil {
			return err
		}
	}
	slices.Sort(p.sums)
	return p.text("checksums.sha256", strings.Join(p.sums, ""))
}

// leftOut are tables of no use to a reader, or too large for an archive.
var leftOut = []string{"terms", "filtered", "duplicates", "rejects"}

// data packs the tables of all runs, masked.
func (p *packer) data(ctx context.Context) error {
	for i := len(p.chain) - 1; i >= 0; i-- {
		r := p.chain[i]
		for _, t := range dataset.Of(r.Command) {
			parts := partsOf(r.Run, t.Name)
			if len(parts) == 0 || slices.Contains(leftOut, t.Name) {
				continue
			}
			if err := p.table(ctx, r, t, parts); err != nil {
				return err
			}
		}
	}
	return nil
}

// partsOf are the Parquet files of a table; a report names them among its files.
func partsOf(r *runinfo.Run, name string) (parts []columnar.Part) {
	if t := r.Table(name); t != nil {
		return t.Parts
	}
	for _, f := range r.Files {
		if f.Path == name+".parquet" || strings.HasPrefix(f.Path, name+"/") && strings.HasSuffix(f.Path, ".parquet") {
			parts = append(parts, f)
		}
	}
	return parts
}

// table writes a table anew without what may not be given away, as Parquet and as CSV.
func (p *packer) table(ctx context.Context, r run, t *dataset.Table, parts []columnar.Part) error {
	w := columnar.NewWriter(p.tmp, t, columnar.Meta{{"caipan.schema_version", dataset.SchemaVersion}, {"caipan.run_id", r.RunID}})
	csvPath := filepath.Join(p.tmp, t.Name+".csv")
	sink, err := columnar.NewSink(csvPath)
	if err != nil {
		return err
	}
	csv := dataset.NewCSVWriter(sink, t)
	err = columnar.OpenTable(r.dir, t, parts).Each(func(b *dataset.Batch) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.persons.mask(b)
		if err := w.Write(b, 0, b.N); err != nil {
			return err
		}
		return csv.Write(b)
	})
	if err != nil {
		sink.Abort()
		return err
	}
	if err := csv.Close(); err != nil {
		return err
	}
	if _, _, err := sink.Commit(); err != nil {
		return err
	}
	made, err := w.Close()
	if err != nil {
		return err
	}
	for _, m := range made {
		if err := p.file(path.Join("data", "parquet", m.Path), filepath.Join(p.tmp, filepath.FromSlash(m.Path))); err != nil {
			return err
		}
	}
	return p.file(path.Join("data", "csv", t.Name+".csv"), csvPath)
}

// resultParts are what of a report goes into results; its Parquet and CSV tables stand in data, its codebook in documentation.
var resultParts = []string{"tables", "figures", "results.json", "numbers.tex"}

// results packs the report's tables, figures and numbers, and its pages where texts may be given away. Names of natural persons
// are masked in text files; a Word table that would name one is left out, its other forms stay.
func (p *packer) results(context.Context) error {
	r := p.chain[0]
	for _, f := range r.Files {
		top, _, _ := strings.Cut(f.Path, "/")
		name := path.Join("results", f.Path)
		switch {
		case slices.Contains(resultParts, top):
		case p.o.WithTexts && slices.Contains([]string{"index.html", "assets", "data", "cases"}, top):
			name = path.Join("report", f.Path)
		default:
			continue
		}
		if err := columnar.CheckPart(r.dir, f); err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(f.Path)))
		if err != nil {
			return err
		}
		b, clean := p.persons.inFile(f.Path, b)
		if !clean && strings.HasSuffix(f.Path, ".md") {
			p.named[strings.TrimSuffix(f.Path, ".md")] = true
		}
		if !strings.HasSuffix(f.Path, ".docx") {
			if err := p.bytes(name, b); err != nil {
				return err
			}
			continue
		}
		p.word = append(p.word, member{f.Path, name, b})
	}
	for _, m := range p.word {
		if p.named[strings.TrimSuffix(m.path, ".docx")] {
			continue
		}
		if err := p.bytes(m.name, m.content); err != nil {
			return err
		}
	}
	return nil
}

// file, bytes and text add one member.
func (p *packer) file(name, from string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return p.bytes(name, b)
}

func (p *packer) text(name, content string) error { return p.bytes(name, []byte(content)) }

func (p *packer) bytes(name string, b []byte) error {
	h := &zip.FileHeader{Name: path.Join(root, name), Method: zip.Deflate}
	h.SetMode(0o644)
	w, err := p.zip.CreateHeader(h)
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	p.files = append(p.files, name)
	p.sums = append(p.sums, checksum(b)+"  "+name+"\n")
	return nil
}
