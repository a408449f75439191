package main

import (
	"io/fs"
	"os"
	"slices"

	"caipan/features"
	"caipan/internal/cli"
	"caipan/pipeline"
	"caipan/pipeline/columnar"
	"caipan/pipeline/corpus"
	"caipan/pipeline/dataset"
)

type runCmd struct {
	cli.Common
	cli.Output
	Inputs    []string `arg:"" name:"input" help:"Files, archives or folders. Paths in the tables are relative to each."`
	Format    string   `default:"auto" placeholder:"NAME" help:"Form of the input where its content should not decide: csv, tsv, jsonl, json, xlsx, html, mhtml, wenshu, text, docx, rtf, parquet."`
	Map       string   `placeholder:"FILE" help:"Column names of an unknown layout: lines 'column = field'."`
	Select    string   `enum:",platform,civil,all" default:"" help:"platform: cases with a platform operator; civil; all. Default: all for a folder of single documents, else platform."`
	NoTerms   bool     `help:"Do not count words (no gse, no terms table)."`
	Lexicon   string   `placeholder:"DIR" help:"Folder with tables of your own: cue tables (*.yaml), operator/brands-*.yaml."`
	Shard     string   `placeholder:"I/N" help:"Read the i-th of n parts of the input, for 'ingest merge'."`
	MaxReject string   `placeholder:"N|N%" help:"Exit with 3 if more records are rejected."`

	columns map[string]string // read from Map
}

// Help shows two examples; a test runs them.
func (runCmd) Help() string {
	return `Reads zip, csv, jsonl, gz, zst, xlsx, html, docx, txt and parquet, by content. Writes judgments, sections,
parties, rulings, findings, citations, terms, and filtered, duplicates, rejects, sources.

Examples:
  ingest --out OUT --csv data/sample/judgments
  ingest --out OUT --select platform --no-terms -j 2 dump.zip`
}

func (c *runCmd) Run(s cli.Streams) error {
	limit, err := cli.ParseLimit(c.MaxReject)
	if err != nil {
		return err
	}
	shard, err := pipeline.ParseShard(c.Shard)
	if err != nil {
		return cli.Usagef("--%v", err)
	}
	if c.columns, err = cli.ReadMap(c.Map); err != nil {
		return err
	}
	run, end, err := c.Start(s)
	if err != nil {
		return err
	}
	defer end()
	reader, err := features.New(features.Options{Terms: !c.NoTerms, Lexicon: folder(c.Lexicon)})
	if err != nil {
		return err
	}
	digests, err := reader.Digests()
	if err != nil {
		return err
	}
	source, err := pipeline.OpenCorpus(c.Inputs, corpus.Options{Format: c.Format, Map: c.columns, Parquet: columnar.OpenRows})
	if err != nil {
		return err
	}
	defer source.Close()
	progress := cli.NewProgress(s.Err, source.Plan().Bytes, c.Quiet)
	defer progress.Close()
	sum, err := pipeline.Ingest(run.Context, pipeline.IngestOptions{
		Source: source, Reader: reader, Out: c.Out, Select: c.Select, Flags: c.flags(), Digest: digests, CSV: tables(c.Output), Jobs: c.Workers(),
		Shard: shard, Resume: c.Resume, Force: c.Force, Progress: progress.Add, Version: cli.Version(),
	})
	progress.Close()
	if err != nil {
		return err
	}
	if err := printSummary(s.Out, sum, c.Common); err != nil {
		return err
	}
	return limit.Check(sum.Counts["rejected"], sum.Counts["read"])
}

// flags are those that change what the tables mean; they go into the run's id.
func (c *runCmd) flags() map[string]string {
	f := map[string]string{"format": c.Format}
	if c.NoTerms {
		f["no_terms"] = "true"
	}
	for column, field := range c.columns {
		f["map."+column] = field
	}
	return f
}

// large are the tables that become CSV only if they are named.
var large = []string{"terms", "filtered"}

// tables names the tables to write as CSV.
func tables(o cli.Output) (names []string) {
	for _, t := range dataset.Of("ingest") {
		if slices.Contains(o.CSVAlso, t.Name) || o.CSV && !slices.Contains(large, t.Name) {
			names = append(names, t.Name)
		}
	}
	return names
}

func folder(dir string) fs.FS {
	if dir == "" {
		return nil
	}
	return os.DirFS(dir)
}
