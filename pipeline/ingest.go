package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// Selections of --select.
const (
	SelectPlatform = "platform" // cases that have a platform operator as party
	SelectCivil    = "civil"    // civil cases
	SelectAll      = "all"      // everything
)

const (
	ingestCommand = "ingest"
	shardCommand  = "ingest shard"
)

// Shard is part I of N, counted from 1; the zero Shard is the whole.
type Shard struct{ I, N int }

// IsWhole reports whether there is no sharding.
func (s Shard) IsWhole() bool { return s.N == 0 }

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.I, s.N) }

// ParseShard reads "i/n", "" is the whole.
func ParseShard(text string) (s Shard, err error) {
	if text == "" {
		return s, nil
	}
	if _, err := fmt.Sscanf(text, "%d/%d", &s.I, &s.N); err != nil || s.I < 1 || s.I > s.N || s.String() != text {
		return Shard{}, fmt.Errorf("shard %q: want i/n with 1 <= i <= n, for example 3/64", text)
	}
	return s, nil
}

// IngestOptions say what to read and where to write.
type IngestOptions struct {
	Source Source
	Reader CaseReader
	Out    string
	Select string            // SelectPlatform, SelectCivil, SelectAll; "": all if the plan is hand-picked, else platform
	Flags  map[string]string // further flags that change what the tables mean (no_terms, format, map)
	Digest map[string]string // digests of data files (lexicon)
	Notes  []string          // what is not read yet, for the summary
	CSV    []string          // tables to write as CSV too
	Jobs   int               // workers; less than 1 is 1
	Shard  Shard
	Resume bool
	Force  bool

	Progress Progress // may be nil
	Version  string   // of the program, for run.json only
}

// ingestRun is one run of Ingest.
type ingestRun struct {
	IngestOptions
	out    *output
	mode   string
	record runinfo.Run
	found  map[int][]int // chunks on disk when the run began, by unit
}

// Ingest reads the source and writes the tables to Out. With a shard it writes the chunks of that shard only, for Merge.
// A cancelled context stops it after the chunks at work; Resume goes on from the committed ones.
func Ingest(ctx context.Context, o IngestOptions) (s Summary, err error) {
	r := &ingestRun{IngestOptions: o}
	if err := r.prepare(); err != nil {
		return s, err
	}
	if r.out, err = claim(o.Out, o.Resume, o.Force); err != nil {
		return s, err
	}
	defer r.out.release()
	if done, err := r.out.finished(r.record.RunID); err != nil {
		return s, err
	} else if done != nil && done.Command == r.record.Command && done.Shard == r.record.Shard && r.out.intact(done) {
		return summaryOf(done, o.Out), nil
	} else if done != nil {
		if err := r.reopen(done); err != nil {
			return s, err
		}
	}
	if err := r.begin(); err != nil {
		return s, err
	}
	if r.found, err = listChunks(r.out.staging("chunks")); err != nil {
		return s, err
	}
	if err := r.readUnits(ctx); err != nil {
		return s, err
	}
	if !o.Shard.IsWhole() {
		return r.closeShard()
	}
	chunks, err := collect([]string{r.out.staging("chunks")}, r.record.RunID, r.Source.Units(), false)
	if err != nil {
		return s, err
	}
	f := &finish{out: r.out, record: &r.record, chunks: chunks, skipped: r.Source.Skipped(), csv: o.CSV, jobs: r.Jobs}
	if err := f.run(ctx); err != nil {
		return s, err
	}
	return summaryOf(&r.record, o.Out), nil
}

// prepare decides what is to be selected and the run id, before the output folder is touched.
func (r *ingestRun) prepare() error {
	r.Jobs = max(1, r.Jobs)
	plan := r.Source.Plan()
	switch r.mode = r.Select; r.Select {
	case SelectPlatform, SelectCivil, SelectAll:
	case "":
		if r.mode = SelectPlatform; plan.HandPicked {
			r.mode = SelectAll
		}
	default:
		return fmt.Errorf("--select %s: choose platform, civil or all", r.Select)
	}
	for _, name := range r.CSV {
		if t := dataset.Named(name); t == nil || t.Stage != "ingest" {
			return fmt.Errorf("--csv %s: ingest writes no such table", name)
		}
	}
	flags := map[string]string{"select": r.mode}
	what := map[string]string{"select": r.mode, "plan": plan.Digest, "schema": dataset.SchemaVersion}
	for k, v := range r.Flags {
		flags[k], what["flag."+k] = v, v
	}
	for k, v := range r.Digest {
		what["digest."+k] = v
	}
	r.record = runinfo.Run{Command: ingestCommand, RunID: runinfo.ID(ingestCommand, what), Version: r.Version, Flags: flags, Digests: r.Digest,
		Plan: &plan, Notes: r.Notes}
	if !r.Shard.IsWhole() {
		r.record.Command, r.record.Shard = shardCommand, r.Shard.String()
	}
	return nil
}

// reopen turns a finished run with lost or damaged files into an unfinished one.
func (r *ingestRun) reopen(done *runinfo.Run) error {
	if done.Command == shardCommand {
		return os.Remove(filepath.Join(r.Out, runinfo.Name)) // its chunks are checked one by one
	}
	return r.out.removeRun()
}

// begin makes the staging folder, or checks that the one there belongs to this run.
func (r *ingestRun) begin() error {
	id := r.out.staging("run-id")
	b, err := os.ReadFile(id)
	want := r.record.RunID + " " + r.record.Shard + "\n"
	switch {
	case errors.Is(err, os.ErrNotExist):
		if err := os.MkdirAll(r.out.staging("chunks"), 0o755); err != nil {
			return fmt.Errorf("%w: %w", ErrOutput, err)
		}
		return writeWhole(id, []byte(want))
	case err != nil:
		return fmt.Errorf("%w: %w", ErrOutput, err)
	case string(b) != want:
		return otherRun(r.Out, string(b[:max(0, len(b)-1)]), want[:len(want)-1])
	}
	return nil
}

// closeShard lists the shard's chunks in its run.json. Its counts know nothing of duplicates yet: those count as written.
func (r *ingestRun) closeShard() (s Summary, err error) {
	folder := r.out.staging("chunks")
	found, err := listChunks(folder)
	if err != nil {
		return s, err
	}
	sums := &unitLedger{}
	counts := map[string]int64{"units": 0, "chunks": 0}
	for _, u := range r.units() {
		chunks, err := unitChunks(folder, r.record.RunID, u, found[u], false)
		if err != nil {
			return s, err
		}
		for _, c := range chunks {
			r.record.Files = append(r.record.Files, c.part(r.Out))
			b, err := c.table("sources")
			if err != nil {
				return s, err
			}
			sums.add(b)
			counts["chunks"]++
		}
		counts["units"]++
		sums.total(counts)
	}
	if r.Shard.I == 1 {
		if err := writeSkipped(r.out.staging(skippedName), r.Source.Skipped()); err != nil {
			return s, err
		}
	}
	r.record.Counts = counts
	if err := r.record.Write(filepath.Join(r.Out, runinfo.Name)); err != nil {
		return s, err
	}
	return summaryOf(&r.record, r.Out), nil
}

// units are the units of this run's shard in plan order: every N-th, so that large neighbours spread.
func (r *ingestRun) units() (out []int) {
	for u := range r.Source.Units() {
		if r.Shard.IsWhole() || u%r.Shard.N == r.Shard.I-1 {
			out = append(out, u)
		}
	}
	return out
}

// skippedName is the file in the first shard's staging folder that lists what the plan leaves unread.
const skippedName = "skipped.json"

// chunkName is where chunk k of a unit lies under a chunks folder.
func chunkName(unit, k int) string {
	return filepath.Join(fmt.Sprintf("%03d", unit/1000), strconv.Itoa(unit)+"."+strconv.Itoa(k)+".chunk")
}
