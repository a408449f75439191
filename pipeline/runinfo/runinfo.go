// Package runinfo is the run record: run.json says what a run read, with which flags and versions, what it counted
// and what it wrote with which SHA-256, and leads to the run before it. It finds a case by case_id, case_key or
// 案号 and opens a run's tables.
//
// The run id is a digest of what changes the meaning of a run (plan, flags, lexicon, packs, schema) and never of
// jobs, shard, clock, host or place. It knows no law. Imported by pipeline, report and cmd.
package runinfo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// Name is the file that makes a folder a finished run.
const Name = "run.json"

// format is the version of run.json itself.
const format = 1

// Run is the record of one run.
type Run struct {
	Format      int               `json:"format"`
	Command     string            `json:"command"` // ingest | ingest shard | classify | report
	RunID       string            `json:"run_id"`
	Version     string            `json:"version"` // of the program
	Schema      string            `json:"schema_version"`
	Flags       map[string]string `json:"flags"`             // those that change what the tables mean
	Digests     map[string]string `json:"digests,omitempty"` // of data files: lexicon, packs, corrections
	Plan        *Plan             `json:"plan,omitempty"`
	Shard       string            `json:"shard,omitempty"` // i/n
	Counts      map[string]int64  `json:"counts"`
	Codes       map[string]int64  `json:"reject_codes,omitempty"`
	Notes       []string          `json:"notes,omitempty"` // what is not read yet, what the reader should know
	Tables      []Table           `json:"tables,omitempty"`
	Files       []columnar.Part   `json:"files,omitempty"` // whatever else was written
	Predecessor *Link             `json:"predecessor,omitempty"`
}

// Plan is the plan of an ingest run in short.
type Plan struct {
	Digest     string   `json:"digest"`
	Inputs     []string `json:"inputs"` // as named on the command line, last path element only
	Units      int      `json:"units"`
	Files      int      `json:"files"`
	Bytes      int64    `json:"bytes"`
	HandPicked bool     `json:"hand_picked"`
}

// Table is a written table.
type Table struct {
	Name  string          `json:"name"`
	Rows  int64           `json:"rows"`
	Parts []columnar.Part `json:"parts"`
}

// Link leads to the run whose tables were read: a path relative to the run's own folder and the SHA-256 of its run.json.
type Link struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	RunID  string `json:"run_id"`
}

// ID is the run id of what the arguments say, "r" and 16 hexadecimal digits: pairs of name and value in any order.
func ID(command string, what map[string]string) string {
	keys := make([]string, 0, len(what))
	for k := range what {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	h := sha256.New()
	fmt.Fprintf(h, "%q", command)
	for _, k := range keys {
		fmt.Fprintf(h, "\n%q=%q", k, what[k])
	}
	return "r" + hex.EncodeToString(h.Sum(nil))[:16]
}

// Write writes the record to path under a temporary name first.
func (r *Run) Write(path string) error {
	r.Format, r.Schema = format, dataset.SchemaVersion
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("run record: %w", err)
	}
	s, err := columnar.NewSink(path)
	if err != nil {
		return err
	}
	s.Write(append(b, '\n'))
	_, _, err = s.Commit()
	return err
}

// ErrNoRun marks a folder without run.json: nothing ran there, or a run that was not finished.
var ErrNoRun = errors.New("no finished run")

// Read reads the record of the run in dir.
func Read(dir string) (*Run, error) {
	r, _, err := ReadFile(filepath.Join(dir, Name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w in %s: there is no %s; name the folder that a command wrote, or finish its run with --resume", ErrNoRun, dir, Name)
	}
	return r, err
}

// ReadFile reads a record of this version and gives the SHA-256 of its bytes.
func ReadFile(path string) (*Run, string, error) {
	r, sum, err := ReadAny(path)
	if err != nil {
		return nil, "", err
	}
	if r.Format != format || r.Schema != dataset.SchemaVersion {
		return nil, "", fmt.Errorf("%s was written by another version (format %d, schema %s; this program: %d, %s); run the command again with --force", path, r.Format, r.Schema, format, dataset.SchemaVersion)
	}
	return r, sum, nil
}

// ReadAny reads a record of any version: for --force, which asks only for the names of the files.
func ReadAny(path string) (*Run, string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	var r Run
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, "", fmt.Errorf("%s is no run record: %w; run the command that wrote it again", path, err)
	}
	sum := sha256.Sum256(b)
	return &r, hex.EncodeToString(sum[:]), nil
}

// Table returns the record of the named table; nil if the run wrote none of that name.
func (r *Run) Table(name string) *Table {
	for i := range r.Tables {
		if r.Tables[i].Name == name {
			return &r.Tables[i]
		}
	}
	return nil
}

// Written lists every file the run names, tables first, in order.
func (r *Run) Written() (out []columnar.Part) {
	for _, t := range r.Tables {
		out = append(out, t.Parts...)
	}
	return append(out, r.Files...)
}

// Open opens a table of the run in dir for reading, all columns or those named. It is an error if the run has no
// such table.
func (r *Run) Open(dir, table string, columns ...string) (*columnar.Reader, error) {
	t, def := r.Table(table), dataset.Named(table)
	if t == nil || def == nil {
		return nil, fmt.Errorf("the run in %s has no table %s: it was written by %q", dir, table, r.Command)
	}
	return columnar.OpenTable(dir, def, t.Parts, columns...), nil
}

// LinkTo describes the run in dir as predecessor of a run that writes to out.
func LinkTo(out, dir string) (*Run, *Link, error) {
	r, sum, err := ReadFile(filepath.Join(dir, Name))
	if errors.Is(err, fs.ErrNotExist) {
		_, err = Read(dir)
	}
	if err != nil {
		return nil, nil, err
	}
	a, err := filepath.Abs(out)
	if err != nil {
		return nil, nil, err
	}
	b, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, err
	}
	rel, err := filepath.Rel(a, b)
	if err != nil {
		rel = b
	}
	return r, &Link{Path: filepath.ToSlash(rel), SHA256: sum, RunID: r.RunID}, nil
}

// Before returns the folder and the record of the run that r in dir was made from. override, if not "", is the
// folder to look in instead. A predecessor that changed since is an error.
func (r *Run) Before(dir, override string) (string, *Run, error) {
	if r.Predecessor == nil {
		return "", nil, fmt.Errorf("%w before %s: it read no other run", ErrNoRun, dir)
	}
	at := override
	if at == "" {
		at = filepath.FromSlash(r.Predecessor.Path)
		if !filepath.IsAbs(at) {
			at = filepath.Join(dir, at)
		}
	}
	prev, sum, err := ReadFile(filepath.Join(at, Name))
	if err != nil {
		return "", nil, fmt.Errorf("the run that %s was made from is not at %s: %w; name its folder with --cases", dir, at, err)
	}
	if sum != r.Predecessor.SHA256 {
		return "", nil, fmt.Errorf("the run in %s is not the one that %s was made from (run %s, wanted %s); run the later command again", at, dir, prev.RunID, r.Predecessor.RunID)
	}
	return at, prev, nil
}

// Ingest walks the predecessors of the run in dir to the ingest run at the beginning of the chain. cases, if not "", is
// the folder of that ingest run, where it was moved since.
func Ingest(dir, cases string) (string, *Run, error) {
	r, err := Read(dir)
	for err == nil && r.Command != "ingest" {
		override := ""
		if r.Command == "classify" {
			override = cases
		}
		dir, r, err = r.Before(dir, override)
	}
	return dir, r, err
}
