package pipeline

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"path/filepath"
)

// duplicates are the cases to drop, sorted by chunk and place in it: a file of entries, or a short list.
type duplicates struct {
	sorted []entry // in memory if few
	path   string  // else on disk
	n      int64
	paths  []string // source files by number
}

// drop is one case to drop and what stays in its place.
type drop struct {
	chunk, ord int
	keptPath   int // number in duplicates.paths
	keptRecord int64
}

// keyEntry orders by identity, then by place: key (16), chunk (4), place in the chunk (4), path (4), record (8).
func keyEntry(k chunkKey, chunk, ord, path int) (e entry) {
	copy(e[:16], k.key[:])
	binary.BigEndian.PutUint32(e[16:], uint32(chunk))
	binary.BigEndian.PutUint32(e[20:], uint32(ord))
	binary.BigEndian.PutUint32(e[24:], uint32(path))
	binary.BigEndian.PutUint64(e[28:], uint64(k.record))
	return e
}

// dropEntry orders by place: chunk (4), place (4), kept path (4), kept record (8).
func dropEntry(dup, kept entry) (e entry) {
	copy(e[:8], dup[16:24])
	copy(e[8:20], kept[24:36])
	return e
}

func dropOf(e entry) drop {
	return drop{int(binary.BigEndian.Uint32(e[0:])), int(binary.BigEndian.Uint32(e[4:])),
		int(binary.BigEndian.Uint32(e[8:])), int64(binary.BigEndian.Uint64(e[12:]))}
}

// findDuplicates sorts the keys of all chunks and finds, for each key, the cases behind the first. Equal case_id with
// unequal key stops the run, since the tables could not be joined.
func findDuplicates(dir string, chunks []chunkRef) (*duplicates, error) {
	d := &duplicates{}
	keys, err := newSorter(filepath.Join(dir, "identity"))
	if err != nil {
		return nil, err
	}
	if err := d.addKeys(keys, chunks); err != nil {
		return nil, err
	}
	drops, err := newSorter(filepath.Join(dir, "drops"))
	if err != nil {
		return nil, err
	}
	var first entry
	started := false
	err = keys.each(func(e entry) error {
		switch {
		case started && bytes.Equal(first[:16], e[:16]):
			return drops.add(dropEntry(e, first))
		case started && bytes.Equal(first[:8], e[:8]):
			return fmt.Errorf("two different texts have the case_id c%x: %s and %s; this run cannot be kept apart by case_id, report it",
				e[:8], d.place(first), d.place(e))
		}
		first, started = e, true
		return nil
	})
	if err != nil {
		return nil, err
	}
	return d, d.store(drops)
}

func (d *duplicates) addKeys(keys *sorter, chunks []chunkRef) error {
	number := map[string]int{}
	for n, c := range chunks {
		ks, err := c.keys()
		if err != nil {
			return err
		}
		for ord, k := range ks {
			path, known := number[k.path]
			if !known {
				path = len(d.paths)
				name := string(append([]byte(nil), k.path...)) // k.path shares the block's memory
				number[name], d.paths = path, append(d.paths, name)
			}
			if err := keys.add(keyEntry(k, n, ord, path)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *duplicates) place(e entry) string {
	return fmt.Sprintf("%s record %d", d.paths[binary.BigEndian.Uint32(e[24:])], int64(binary.BigEndian.Uint64(e[28:])))
}

// store keeps the sorted drops: in memory while they are few, else as one file that every table's writer reads.
func (d *duplicates) store(s *sorter) error {
	d.n = s.n
	if len(s.runs) == 0 {
		if err := s.each(func(e entry) error { return nil }); err != nil {
			return err
		}
		d.sorted = s.buf
		return nil
	}
	d.path = filepath.Join(s.dir, "all")
	w, err := newRunWriter(d.path)
	if err != nil {
		return err
	}
	if err := s.each(w.add); err != nil {
		w.close()
		return err
	}
	return w.close()
}

// dropReader reads the drops in order.
type dropReader struct {
	list []entry
	file *runReader
	head drop
	more bool
}

func (d *duplicates) open() (*dropReader, error) {
	r := &dropReader{list: d.sorted}
	if d.path != "" {
		var err error
		if r.file, err = openRun(d.path); err != nil {
			return nil, err
		}
	}
	return r, r.next()
}

func (r *dropReader) next() (err error) {
	if r.file != nil {
		r.more, err = r.file.next()
		r.head = dropOf(r.file.head)
		return err
	}
	if r.more = len(r.list) > 0; r.more {
		r.head, r.list = dropOf(r.list[0]), r.list[1:]
	}
	return nil
}

// inChunk reports whether there are drops in the chunk; chunks are asked for in order.
func (r *dropReader) inChunk(chunk int) (bool, error) {
	for r.more && r.head.chunk < chunk {
		if err := r.next(); err != nil {
			return false, err
		}
	}
	return r.more && r.head.chunk == chunk, nil
}

// has reports whether the case is to be dropped; cases are asked for in order.
func (r *dropReader) has(chunk, ord int) (bool, error) {
	for r.more && (r.head.chunk < chunk || r.head.chunk == chunk && r.head.ord < ord) {
		if err := r.next(); err != nil {
			return false, err
		}
	}
	return r.more && r.head.chunk == chunk && r.head.ord == ord, nil
}

func (r *dropReader) close() {
	if r.file != nil {
		r.file.f.Close()
	}
}

// each calls do with every drop in order, the key of the dropped case and the file of the kept one.
func (d *duplicates) each(ctx context.Context, chunks []chunkRef, do func(drop, chunkKey, string) error) error {
	r, err := d.open()
	if err != nil {
		return err
	}
	defer r.close()
	var keys []chunkKey
	at := -1
	for r.more {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if r.head.chunk != at {
			at = r.head.chunk
			if keys, err = chunks[at].keys(); err != nil {
				return err
			}
		}
		if err := do(r.head, keys[r.head.ord], d.paths[r.head.keptPath]); err != nil {
			return err
		}
		if err := r.next(); err != nil {
			return err
		}
	}
	return nil
}

// caseIDOf is the case_id that belongs to a key.
func caseIDOf(key [16]byte) string { return "c" + hex.EncodeToString(key[:8]) }
