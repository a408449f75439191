package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"caipan/pipeline/runinfo"
)

// Lacking is a shard that has to run, again or at all.
type Lacking struct {
	Shard int
	Why   string
}

// LackingShards lists, in order, the shards of a run in n that have no whole part among the folders inside dir: no record, or
// a file that is not as the record says. Every file is read for its SHA-256. A part of another number of shards, or of
// another run than the first whole one, is an error: its inputs or flags differ.
func LackingShards(dir string, n int) ([]Lacking, error) {
	if n < 1 {
		return nil, fmt.Errorf("parts: --of %d: give the number of shards, 1 or more", n)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("parts: %w", err)
	}
	why, whole, run := map[int]string{}, map[int]bool{}, ""
	for _, e := range entries {
		part := filepath.Join(dir, e.Name())
		r, err := runinfo.Read(part)
		if err != nil {
			continue // not begun, killed before its end, or no part: the shard stays lacking
		}
		s, err := ParseShard(r.Shard)
		if err != nil || s.IsWhole() || r.Command != shardCommand {
			return nil, fmt.Errorf("parts: %s was written by %q, not by ingest --shard; move it elsewhere", part, r.Command)
		}
		if s.N != n || run != "" && r.RunID != run {
			return nil, fmt.Errorf("parts: %w: %s is shard %s of run %s, wanted one of %d shards of run %s; remove it, or submit with the settings it was made with", ErrChanged, part, s, r.RunID, n, run)
		}
		run = r.RunID
		if err := checkOutputs(part, r); err != nil {
			why[s.I] = err.Error()
			continue
		}
		whole[s.I] = true
	}
	var out []Lacking
	for i := 1; i <= n; i++ {
		switch {
		case whole[i]:
		case why[i] != "":
			out = append(out, Lacking{i, why[i]})
		default:
			out = append(out, Lacking{i, "no finished part"})
		}
	}
	return out, nil
}

// ArrayOf writes the shards as a job array names its tasks: 3,7-9. Empty if there is none.
func ArrayOf(list []Lacking) string {
	var b strings.Builder
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1].Shard == list[j].Shard+1 {
			j++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(list[i].Shard))
		if j > i {
			b.WriteString("-" + strconv.Itoa(list[j].Shard))
		}
		i = j + 1
	}
	return b.String()
}
