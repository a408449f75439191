package columnar

import (
	"fmt"
	"math"
	"path/filepath"
	"time"
	"unsafe"

	"caipan/pipeline/dataset"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
)

// A row group closes at groupRows rows or groupBytes bytes, a file at fileRows rows or fileBytes bytes, whichever
// comes first: constants, since the bytes of the output depend on them.
const (
	groupRows  = 1 << 16
	groupBytes = 8 << 20
	fileRows   = 8 << 20
	fileBytes  = 1 << 30
)

// Meta is the key-value metadata of a file, in the order in which it is written.
type Meta [][2]string

// Writer writes the rows of one table as DIR/TABLE/part-NNNNN.parquet. A table without rows has one file without rows.
type Writer struct {
	dir   string
	table *dataset.Table
	meta  Meta
	group *dataset.Batch
	file  *assembly // nil: none is open
	rows  int64     // of the open file
	bytes int64     // of the open file, without compression
	parts []Part

	ahead int
	queue []*pending
}

// pending is a row group that is being encoded; they are written in order.
type pending struct {
	raw  []byte
	err  error
	done chan struct{}
}

// NewWriter begins a table under dir.
func NewWriter(dir string, t *dataset.Table, meta Meta) *Writer {
	return &Writer{dir: dir, table: t, meta: meta, group: dataset.NewBatch(t)}
}

// Ahead lets up to n row groups be encoded at once, each in a goroutine, while the caller goes on. The bytes are the same.
func (w *Writer) Ahead(n int) *Writer {
	w.ahead = n
	return w
}

// Write appends rows [from, to) of b, a batch of the writer's table.
func (w *Writer) Write(b *dataset.Batch, from, to int) error {
	for from < to {
		n, size := 0, w.group.Size()
		for from+n < to && w.group.N+n < groupRows && size < groupBytes {
			size += b.RowSize(from + n)
			n++
		}
		w.group.Append(b, from, from+n)
		from += n
		if w.group.N >= groupRows || w.group.Size() >= groupBytes {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Put appends all rows of b, as Write does; b's rows were all appended to it and none dropped, so that its size is known.
func (w *Writer) Put(b *dataset.Batch) error {
	if w.group.N+b.N >= groupRows || w.group.Size()+b.Size() >= groupBytes {
		return w.Write(b, 0, b.N)
	}
	w.group.AppendAll(b)
	return nil
}

// Copy appends a row group that Encode made, behind the rows written before.
func (w *Writer) Copy(raw []byte) error {
	if err := w.flush(); err != nil {
		return err
	}
	done := make(chan struct{})
	close(done)
	return w.push(&pending{raw: raw, done: done})
}

// Close writes what is left and returns the files in order.
func (w *Writer) Close() ([]Part, error) {
	if err := w.flush(); err != nil {
		return nil, err
	}
	if err := w.drain(0); err != nil {
		return nil, err
	}
	if w.file == nil && len(w.parts) == 0 {
		if err := w.open(); err != nil {
			return nil, err
		}
	}
	if w.file != nil {
		if err := w.closeFile(); err != nil {
			return nil, err
		}
	}
	return w.parts, nil
}

// Abort gives up the file that is not whole yet; whole files stay.
func (w *Writer) Abort() {
	for _, p := range w.queue {
		<-p.done
	}
	w.queue = nil
	if w.file != nil {
		w.file.sink.Abort()
		w.file = nil
	}
}

func (w *Writer) name() string {
	return fmt.Sprintf("%s/part-%05d.parquet", w.table.Name, len(w.parts))
}

// flush makes a row group of the rows that wait.
func (w *Writer) flush() error {
	if w.group.N == 0 {
		return nil
	}
	p := &pending{done: make(chan struct{})}
	if w.ahead == 0 {
		p.raw, p.err = Encode(w.group)
		close(p.done)
		w.group.Reset()
		return w.push(p)
	}
	b := w.group
	w.group = dataset.NewBatch(w.table)
	go func() {
		defer close(p.done)
		p.raw, p.err = Encode(b)
	}()
	return w.push(p)
}

func (w *Writer) push(p *pending) error {
	w.queue = append(w.queue, p)
	return w.drain(w.ahead)
}

// drain writes the oldest row groups until at most n are left.
func (w *Writer) drain(n int) error {
	for len(w.queue) > n {
		p := w.queue[0]
		w.queue = w.queue[1:]
		<-p.done
		if p.err != nil {
			w.Abort()
			return p.err
		}
		if err := w.add(p.raw); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) add(raw []byte) error {
	if w.file == nil {
		if err := w.open(); err != nil {
			return err
		}
	}
	rows, size, err := w.file.add(raw)
	if err != nil {
		w.Abort()
		return fmt.Errorf("write table %s: %w", w.table.Name, err)
	}
	w.rows, w.bytes = w.rows+rows, w.bytes+size
	if w.rows >= fileRows || w.bytes >= fileBytes {
		return w.closeFile()
	}
	return nil
}

func (w *Writer) open() error {
	sink, err := NewSink(filepath.Join(w.dir, filepath.FromSlash(w.name())))
	if err != nil {
		return err
	}
	kv := metadata.NewKeyValueMetadata()
	for _, pair := range w.meta {
		if err := kv.Append(pair[0], pair[1]); err != nil {
			return err
		}
	}
	if w.file, err = newAssembly(sink, w.table, kv); err != nil {
		sink.Abort()
		w.file = nil
		return fmt.Errorf("write table %s: %w", w.table.Name, err)
	}
	w.rows, w.bytes = 0, 0
	return nil
}

func (w *Writer) closeFile() error {
	if err := w.file.close(); err != nil {
		w.Abort()
		return fmt.Errorf("write table %s: %w", w.table.Name, err)
	}
	size, sha, err := w.file.sink.Commit()
	w.file = nil
	if err != nil {
		return err
	}
	w.parts = append(w.parts, Part{w.name(), w.rows, size, sha})
	return nil
}

// levels collects the values that are there and the definition levels of all.
type levels[T any] struct {
	values []T
	def    []int16
	rep    []int16
}

func (l *levels[T]) flat(nullable bool, n int, at func(int) (T, bool)) {
	l.values = make([]T, 0, n)
	for i := range n {
		v, there := at(i)
		if there || !nullable {
			l.values = append(l.values, v)
		}
		if nullable && there {
			l.def = append(l.def, 1)
		} else if nullable {
			l.def = append(l.def, 0)
		}
	}
}

func (l *levels[T]) lists(n int, size func(int) int, at func(i, k int) T) {
	for i := range n {
		if size(i) == 0 {
			l.def, l.rep = append(l.def, 0), append(l.rep, 0)
		}
		for k := range size(i) {
			l.values = append(l.values, at(i, k))
			l.def, l.rep = append(l.def, 1), append(l.rep, int16(min(k, 1)))
		}
	}
}

// bytesOf views a text as Parquet's byte array without copying; the writer only reads it.
func bytesOf(s string) parquet.ByteArray { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func writeColumn(cw file.ColumnChunkWriter, c dataset.Column, v *dataset.Vector, n int) (err error) {
	switch cw := cw.(type) {
	case *file.ByteArrayColumnChunkWriter:
		if c.Few && c.Kind == dataset.Text {
			return writeRepeated(cw, c, v, n)
		}
		var l levels[parquet.ByteArray]
		if c.Kind == dataset.TextList {
			l.lists(n, func(i int) int { return len(v.Lists[i]) }, func(i, k int) parquet.ByteArray { return bytesOf(v.Lists[i][k]) })
		} else {
			l.flat(c.Nullable, n, func(i int) (parquet.ByteArray, bool) { return bytesOf(v.Texts[i]), v.Texts[i] != "" })
		}
		_, err = cw.WriteBatch(l.values, l.def, l.rep)
	case *file.Int32ColumnChunkWriter:
		var l levels[int32]
		switch c.Kind {
		case dataset.Int32List:
			l.lists(n, func(i int) int { return len(v.IntsOf[i]) }, func(i, k int) int32 { return v.IntsOf[i][k] })
		case dataset.Date:
			l.flat(c.Nullable, n, func(i int) (int32, bool) { return daysOf(v.Texts[i]) })
		default:
			l.flat(c.Nullable, n, func(i int) (int32, bool) { return int32(v.Ints[i]), v.Ints[i] != dataset.NullInt })
		}
		_, err = cw.WriteBatch(l.values, l.def, l.rep)
	case *file.Int64ColumnChunkWriter:
		var l levels[int64]
		l.flat(c.Nullable, n, func(i int) (int64, bool) { return v.Ints[i], v.Ints[i] != dataset.NullInt })
		_, err = cw.WriteBatch(l.values, l.def, l.rep)
	case *file.Float64ColumnChunkWriter:
		var l levels[float64]
		l.flat(c.Nullable, n, func(i int) (float64, bool) { return v.Floats[i], !math.IsNaN(v.Floats[i]) })
		_, err = cw.WriteBatch(l.values, l.def, l.rep)
	case *file.BooleanColumnChunkWriter:
		_, err = cw.WriteBatch(v.Bools, nil, nil)
	default:
		err = fmt.Errorf("no writer for %T", cw)
	}
	return err
}

// daysOf is a day as days since 1970-01-01; false for what is no day.
func daysOf(day string) (int32, bool) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0, false
	}
	return int32(t.Unix() / 86400), true
}

func dayOf(days int32) string {
	return time.Unix(int64(days)*86400, 0).UTC().Format(time.DateOnly)
}
