package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// listChunks lists the chunk files under a chunks folder by unit. Temporary files that a killed run left are removed.
func listChunks(folder string) (map[int][]int, error) {
	found := map[int][]int{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasSuffix(path, columnar.TempSuffix) {
			return os.Remove(path)
		}
		unit, k, ok := strings.Cut(strings.TrimSuffix(d.Name(), ".chunk"), ".")
		u, err1 := strconv.Atoi(unit)
		n, err2 := strconv.Atoi(k)
		if ok && err1 == nil && err2 == nil {
			found[u] = append(found[u], n)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return found, nil
	}
	for _, ks := range found {
		slices.Sort(ks)
	}
	return found, err
}

// unitChunks opens the chunks of one unit in order and demands that all are there, whole, and of the run.
func unitChunks(folder, runID string, unit int, ks []int, checked bool) ([]*chunkFile, error) {
	var out []*chunkFile
	for i, k := range ks {
		if k != i {
			break
		}
		c, err := openChunk(filepath.Join(folder, chunkName(unit, k)), !checked)
		if err != nil {
			return nil, fmt.Errorf("%w; run again with --resume, it makes this chunk anew", err)
		}
		if c.RunID != runID || c.Unit != unit || c.K != k {
			return nil, fmt.Errorf("%w: chunk %s belongs to run %s, not %s", ErrChanged, c.path, c.RunID, runID)
		}
		out = append(out, c)
	}
	if len(out) == 0 || !out[len(out)-1].Last || len(out) != len(ks) {
		return nil, fmt.Errorf("%w: unit %d has only %d of its chunks in %s; run again with --resume", errIncomplete, unit, len(out), folder)
	}
	return out, nil
}

var errIncomplete = errors.New("the run is not complete")

// chunkRef is what a finish keeps of each chunk: 48 bytes, since there are 200,000 chunks in 1.5 TB.
type chunkRef struct {
	folder        string
	unit, k       int32
	cases, filled uint32 // filled: a bit for each table of dataset.Of("ingest") that has rows
}

func (c *chunkFile) ref(folder string) chunkRef {
	r := chunkRef{folder: folder, unit: int32(c.Unit), k: int32(c.K), cases: uint32(c.Cases)}
	for i, t := range dataset.Of("ingest") {
		if c.Tables[t.Name].Rows > 0 {
			r.filled |= 1 << i
		}
	}
	return r
}

// has reports whether the chunk has rows of the table.
func (r chunkRef) has(table string) bool {
	i := slices.IndexFunc(dataset.Of("ingest"), func(t *dataset.Table) bool { return t.Name == table })
	return i >= 0 && r.filled>>i&1 == 1
}

func (r chunkRef) open() (*chunkFile, error) {
	return openChunk(filepath.Join(r.folder, chunkName(int(r.unit), int(r.k))), false)
}

// keys are the identities of the chunk's cases; a chunk without cases is not opened.
func (r chunkRef) keys() ([]chunkKey, error) {
	if r.cases == 0 {
		return nil, nil
	}
	c, err := r.open()
	if err != nil {
		return nil, err
	}
	return c.keys()
}

// collect gives all chunks of a run in plan order, from whichever of the folders holds the unit. Each is checked whole
// unless the caller has done so.
func collect(folders []string, runID string, units int, checked bool) (out []chunkRef, err error) {
	lists := make([]map[int][]int, len(folders))
	for i, f := range folders {
		if lists[i], err = listChunks(f); err != nil {
			return nil, err
		}
	}
	for u := range units {
		at := slices.IndexFunc(lists, func(l map[int][]int) bool { return len(l[u]) > 0 })
		if at < 0 {
			return nil, fmt.Errorf("%w: unit %d of %d is in none of %s; run its shard again with --resume", errIncomplete, u, units, strings.Join(folders, ", "))
		}
		chunks, err := unitChunks(folders[at], runID, u, lists[at][u], checked)
		if err != nil {
			return nil, err
		}
		for _, c := range chunks {
			out = append(out, c.ref(folders[at]))
		}
	}
	return out, nil
}

// part describes a chunk file in a shard's run.json.
func (c *chunkFile) part(dir string) columnar.Part {
	rel, err := filepath.Rel(dir, c.path)
	if err != nil {
		rel = c.path
	}
	return columnar.Part{Path: filepath.ToSlash(rel), Rows: int64(c.Cases), Bytes: c.size, SHA256: c.sum}
}

func writeSkipped(path string, skipped []Skipped) error {
	b, err := json.Marshal(skipped)
	if err != nil {
		return err
	}
	return writeWhole(path, b)
}

func readSkipped(path string) (out []Skipped, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal(b, &out)
}
