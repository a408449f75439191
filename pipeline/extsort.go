package pipeline

import (
	"bufio"
	"bytes"
	"container/heap"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// entry is what the external merge sorts: 40 bytes, compared as bytes.
type entry [40]byte

// runEntries is how many entries are sorted in memory at once (20 MB).
const runEntries = 1 << 19

// sorter sorts any number of entries in bounded memory: sorted runs on disk, then one merge.
type sorter struct {
	dir  string
	buf  []entry
	runs []string
	n    int64
}

func newSorter(dir string) (*sorter, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	return &sorter{dir: dir}, os.MkdirAll(dir, 0o755)
}

func (s *sorter) add(e entry) error {
	s.buf = append(s.buf, e)
	s.n++
	if len(s.buf) >= runEntries {
		return s.spill()
	}
	return nil
}

func (s *sorter) spill() error {
	slices.SortFunc(s.buf, func(a, b entry) int { return bytes.Compare(a[:], b[:]) })
	path := filepath.Join(s.dir, fmt.Sprintf("run-%05d", len(s.runs)))
	w, err := newRunWriter(path)
	if err != nil {
		return err
	}
	for _, e := range s.buf {
		w.w.Write(e[:])
	}
	s.buf, s.runs = s.buf[:0], append(s.runs, path)
	return w.close()
}

// runWriter writes a file of entries.
type runWriter struct {
	f *os.File
	w *bufio.Writer
}

func newRunWriter(path string) (*runWriter, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &runWriter{f, bufio.NewWriterSize(f, 1<<18)}, nil
}

func (w *runWriter) add(e entry) error {
	_, err := w.w.Write(e[:])
	return err
}

func (w *runWriter) close() error { return errors.Join(w.w.Flush(), w.f.Close()) }

// each calls do with every entry in order. Short lists never touch the disk.
func (s *sorter) each(do func(entry) error) error {
	if len(s.runs) == 0 {
		slices.SortFunc(s.buf, func(a, b entry) int { return bytes.Compare(a[:], b[:]) })
		for _, e := range s.buf {
			if err := do(e); err != nil {
				return err
			}
		}
		return nil
	}
	if len(s.buf) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.buf = nil
	return mergeRuns(s.runs, do)
}

func mergeRuns(paths []string, do func(entry) error) error {
	var h runHeap
	for _, p := range paths {
		r, err := openRun(p)
		if err != nil {
			return err
		}
		defer r.f.Close()
		if ok, err := r.next(); err != nil {
			return err
		} else if ok {
			h = append(h, r)
		}
	}
	heap.Init(&h)
	for len(h) > 0 {
		if err := do(h[0].head); err != nil {
			return err
		}
		ok, err := h[0].next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(&h, 0)
		} else {
			heap.Pop(&h)
		}
	}
	return nil
}

// runReader reads a file of entries.
type runReader struct {
	f    *os.File
	r    *bufio.Reader
	head entry
}

func openRun(path string) (*runReader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &runReader{f: f, r: bufio.NewReaderSize(f, 1<<16)}, nil
}

func (r *runReader) next() (bool, error) {
	_, err := io.ReadFull(r.r, r.head[:])
	if err == io.EOF {
		return false, nil
	}
	return err == nil, err
}

type runHeap []*runReader

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return bytes.Compare(h[i].head[:], h[j].head[:]) < 0 }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*runReader)) }
func (h *runHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
