// Package pipeline is the three runs' machinery. Ingest: a plan made before any record is read, chunks that commit
// by one rename, and a finish that takes the chunks in plan order, drops later duplicates and publishes the tables.
// Classify: cases one by one through facts and decisions. Both keep a ledger, write run.json last, and give the
// same bytes for any number of workers, shards and interruptions.
//
// It knows no law (readers and judges are handed to it), no clock and no exit code. Imported by cmd and report.
package pipeline

import (
	"context"
	"errors"
	"fmt"

	"caipan/features"
	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/runinfo"
)

// CaseReader reads a judgment; features.Reader is one. It is used by several workers at once.
type CaseReader interface {
	// ReadPlatform is Read for a document with a platform operator as party; of others it says why they are left
	// out, having read no more than that takes.
	ReadPlatform(doc features.Document) (c *judgment.Case, why string)
	// Read reads the document. A panic of it becomes a reject with code "internal".
	Read(doc features.Document) *judgment.Case
}

// Source gives records in the order of a plan; pipeline/corpus makes one from files.
type Source interface {
	// Plan is the plan in short; its digest says whether two runs read the same.
	Plan() runinfo.Plan
	// Units is the number of units; a unit is read by one goroutine, several units at once.
	Units() int
	// Files are the source files of a unit in the order in which their records come.
	Files(unit int) []string
	// Skipped are the files that the plan leaves unread.
	Skipped() []Skipped
	// Read yields the unit's items in order until yield returns false or the context ends. It returns an error only if
	// reading cannot go on at all; what is wrong with a record or a file is an item with Reject set.
	Read(ctx context.Context, unit int, yield func(Item) bool) error
}

// Skipped is a file that is not read, with the reason.
type Skipped struct{ Path, Reason string }

// Item is one record: a document or a reject.
type Item struct {
	Doc    features.Document
	Reject *Reject
	Bytes  int64 // bytes of input that the record took, for the progress
}

// Reject says what is wrong with a record or, with Record -1, a file.
type Reject struct {
	Path    string
	Record  int64
	Offset  int64 // in bytes of the file; negative: unknown
	Code    string
	Message string
	Excerpt string
}

// Progress is told what was done since the last call; it is called by several workers at once.
type Progress func(bytes, records, rejects int64)

// Summary is the result of a run.
type Summary struct {
	RunID    string           `json:"run_id"`
	Out      string           `json:"-"`
	Select   string           `json:"select,omitempty"`
	Counts   map[string]int64 `json:"counts"`
	Codes    map[string]int64 `json:"reject_codes,omitempty"`
	Tables   map[string]int64 `json:"tables"`
	Notes    []string         `json:"notes,omitempty"`
	Finished bool             `json:"finished"` // false: a shard, to be merged
}

// Errors of runs that a caller may want to tell apart.
var (
	// ErrOutput marks an output folder that cannot be used: not empty, another run's, or in use.
	ErrOutput = errors.New("output folder")
	// ErrLedger marks a run whose counts do not balance.
	ErrLedger = errors.New("the ledger does not balance")
	// ErrChanged marks inputs or flags that are not those of the run to be resumed or merged.
	ErrChanged = errors.New("not the same run")
)

func summaryOf(r *runinfo.Run, out string) Summary {
	s := Summary{RunID: r.RunID, Out: out, Select: r.Flags["select"], Counts: r.Counts, Codes: r.Codes, Tables: map[string]int64{}, Notes: r.Notes, Finished: r.Command != shardCommand}
	for _, t := range r.Tables {
		s.Tables[t.Name] = t.Rows
	}
	return s
}

// checkOutputs compares every file a finished run names with its record.
func checkOutputs(dir string, r *runinfo.Run) error {
	for _, p := range r.Written() {
		if err := columnar.CheckPart(dir, p); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
	}
	return nil
}
