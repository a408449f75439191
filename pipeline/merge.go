package pipeline

import (
	"context"
	"fmt"
	"path/filepath"

	"caipan/pipeline/runinfo"
)

// MergeOptions say which shards to merge.
type MergeOptions struct {
	Out     string
	Parts   []string // the output folders of all shards, in any order
	CSV     []string
	Jobs    int
	Resume  bool
	Force   bool
	Version string
}

// Merge is the finish over the chunks of all shards of one run: it demands that each shard is there once and intact,
// and gives the bytes that one whole run gives.
func Merge(ctx context.Context, o MergeOptions) (s Summary, err error) {
	record, folders, skipped, err := shards(o.Parts)
	if err != nil {
		return s, err
	}
	record.Version = o.Version
	out, err := claim(o.Out, o.Resume, o.Force)
	if err != nil {
		return s, err
	}
	defer out.release()
	if done, err := out.finished(record.RunID); err != nil {
		return s, err
	} else if done != nil && out.intact(done) {
		return summaryOf(done, o.Out), nil
	} else if done != nil {
		if err := out.removeRun(); err != nil {
			return s, err
		}
	}
	chunks, err := collect(folders, record.RunID, record.Plan.Units, true)
	if err != nil {
		return s, err
	}
	f := &finish{out: out, record: record, chunks: chunks, skipped: skipped, csv: o.CSV, jobs: o.Jobs}
	if err := f.run(ctx); err != nil {
		return s, err
	}
	return summaryOf(record, o.Out), nil
}

// shards reads the records of the parts: all of one run, each shard once, none missing, every chunk as recorded.
func shards(parts []string) (record *runinfo.Run, folders []string, skipped []Skipped, err error) {
	have := map[int]string{}
	n := 0
	for _, dir := range parts {
		r, err := runinfo.Read(dir)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("merge: part %s: %w", dir, err)
		}
		s, err := ParseShard(r.Shard)
		if err != nil || s.IsWhole() || r.Command != shardCommand {
			return nil, nil, nil, fmt.Errorf("merge: part %s was written by %q, not by ingest --shard", dir, r.Command)
		}
		if record == nil {
			record, n = r, s.N
		}
		if r.RunID != record.RunID || s.N != n {
			return nil, nil, nil, fmt.Errorf("merge: %w: part %s is shard %s of run %s, part %s is of run %s", ErrChanged, dir, s, r.RunID, parts[0], record.RunID)
		}
		if other, twice := have[s.I]; twice {
			return nil, nil, nil, fmt.Errorf("merge: shard %s is there twice: %s and %s", s, other, dir)
		}
		have[s.I] = dir
		if err := checkOutputs(dir, r); err != nil {
			return nil, nil, nil, fmt.Errorf("merge: %w; run shard %s again with --resume", err, s)
		}
	}
	for i := 1; i <= n; i++ {
		if have[i] == "" {
			return nil, nil, nil, fmt.Errorf("merge: shard %d/%d is missing; run it, or name its folder too", i, n)
		}
		folders = append(folders, filepath.Join(have[i], stagingName, "chunks"))
	}
	if record == nil {
		return nil, nil, nil, fmt.Errorf("merge: no parts named; give the output folders of all shards")
	}
	if skipped, err = readSkipped(filepath.Join(have[1], stagingName, skippedName)); err != nil {
		return nil, nil, nil, fmt.Errorf("merge: part %s: %w; run shard 1/%d again with --force", have[1], err, n)
	}
	record.Command, record.Shard, record.Files = ingestCommand, "", nil
	return record, folders, skipped, nil
}
