package columnar

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"caipan/pipeline/dataset"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// Reader reads the files of one table, a row group at a time.
type Reader struct {
	dir   string
	table *dataset.Table
	parts []Part
	only  []string
	file  *file.Reader
	path  string
	next  int // part to open next
	group int
	leaf  []int                           // leaf of each column of the table, -1: not read
	blank map[dataset.Kind]dataset.Vector // of groupRows rows, for columns that are not read
}

// OpenTable reads a table from its parts, checking the SHA-256 of each file before it is opened: a damaged file is an
// error that wraps ErrDamaged. With column names given, only these are read and the others stay empty.
func OpenTable(dir string, t *dataset.Table, parts []Part, columns ...string) *Reader {
	return &Reader{dir: dir, table: t, parts: parts, only: columns}
}

// Only leaves all but the named columns out of the row groups that are read from now on.
func (r *Reader) Only(columns ...string) {
	r.only = columns
	for i, c := range r.table.Columns {
		if r.file != nil && !slices.Contains(columns, c.Name) {
			r.leaf[i] = -1
		}
	}
}

// OpenFile reads one file of a table of ours of which no hash is known.
func OpenFile(path string, t *dataset.Table, columns ...string) (*Reader, error) {
	r := &Reader{table: t, only: columns}
	return r, r.open(path)
}

// Next returns the next row group as a batch that the caller owns, io.EOF after the last. The columns that are not read
// share their empty values with those of other batches: they may not be changed.
func (r *Reader) Next() (*dataset.Batch, error) {
	for {
		if r.file != nil && r.group < r.file.NumRowGroups() {
			r.group++
			return r.readGroup(r.group - 1)
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
		if r.next >= len(r.parts) {
			return nil, io.EOF
		}
		p := r.parts[r.next]
		r.next++
		if err := CheckPart(r.dir, p); err != nil {
			return nil, err
		}
		if err := r.open(filepath.Join(r.dir, filepath.FromSlash(p.Path))); err != nil {
			return nil, err
		}
		if n := r.file.NumRows(); n != p.Rows {
			return nil, fmt.Errorf("%w: %s holds %d rows, run.json says %d", ErrDamaged, r.path, n, p.Rows)
		}
	}
}

// Each calls do with every batch and closes the reader.
func (r *Reader) Each(do func(*dataset.Batch) error) error {
	defer r.Close()
	for {
		b, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = do(b)
		}
		if err != nil {
			return err
		}
	}
}

// Close closes the file that is open.
func (r *Reader) Close() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

func (r *Reader) open(path string) (err error) {
	r.path, r.group = path, 0
	if r.file, err = openParquet(path); err != nil {
		return err
	}
	return r.findLeaves()
}

// findLeaves finds the table's columns in the open file.
func (r *Reader) findLeaves() error {
	r.leaf = make([]int, len(r.table.Columns))
	for i, c := range r.table.Columns {
		r.leaf[i] = -1
		if len(r.only) > 0 && !slices.Contains(r.only, c.Name) {
			continue
		}
		if r.leaf[i] = leafOf(r.file.MetaData().Schema, c.Name); r.leaf[i] < 0 {
			r.Close()
			return fmt.Errorf("%s has no column %s: it was written by another version; run the command that wrote it again", r.path, c.Name)
		}
	}
	return nil
}

func leafOf(s *schema.Schema, name string) int {
	for i := range s.NumColumns() {
		if s.Column(i).ColumnPath()[0] == name {
			return i
		}
	}
	return -1
}

// limited refuses single buffers that only a damaged page header can ask for.
type limited struct{ memory.Allocator }

const maxBuffer = 1 << 30

func (l limited) Allocate(n int) []byte {
	if n > maxBuffer {
		panic(fmt.Errorf("a page of %d bytes", n))
	}
	return l.Allocator.Allocate(n)
}

func (l limited) Reallocate(n int, b []byte) []byte {
	if n > maxBuffer {
		panic(fmt.Errorf("a page of %d bytes", n))
	}
	return l.Allocator.Reallocate(n, b)
}

func openParquet(path string) (*file.Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := parquetFrom(f, path)
	if err != nil {
		f.Close()
	}
	return r, err
}

// parquetFrom opens a Parquet file that is open or in memory; path names it in errors.
func parquetFrom(src parquet.ReaderAtSeeker, path string) (r *file.Reader, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %s: %v", ErrDamaged, path, p)
		}
	}()
	r, err = file.NewParquetReader(src, file.WithReadProps(parquet.NewReaderProperties(limited{memory.NewGoAllocator()})))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, path, err)
	}
	return r, nil
}

func (r *Reader) readGroup(g int) (b *dataset.Batch, err error) {
	b = dataset.NewBatch(r.table)
	rg := r.file.RowGroup(g)
	if b.N = int(rg.NumRows()); b.N < 0 || b.N > groupRows {
		return nil, fmt.Errorf("%w: %s, row group %d says it has %d rows, we write at most %d", ErrDamaged, r.path, g, b.N, groupRows)
	}
	for i, c := range r.table.Columns {
		b.Cols[i], err = r.readColumn(rg, r.leaf[i], c, b.N)
		if err != nil {
			return nil, fmt.Errorf("%w: %s, row group %d, column %s: %w", ErrDamaged, r.path, g, c.Name, err)
		}
	}
	return b, nil
}

func (r *Reader) readColumn(rg *file.RowGroupReader, leaf int, c dataset.Column, n int) (v dataset.Vector, err error) {
	defer func() {
		if p := recover(); p != nil { // low-level readers start no goroutine, so a panic of theirs arrives here
			err = fmt.Errorf("%v", p)
		}
	}()
	if leaf < 0 {
		return r.empty(c.Kind, n), nil
	}
	cr, err := rg.Column(leaf)
	if err != nil {
		return v, err
	}
	if kind := kindOf(cr.Descriptor()); kind != c.Kind {
		return v, fmt.Errorf("holds %s, want %s", kind, c.Kind)
	}
	return readVector(cr, c.Kind, n)
}

// empty is a column of n empty values that all batches of the reader share.
func (r *Reader) empty(kind dataset.Kind, n int) dataset.Vector {
	v, ok := r.blank[kind]
	if !ok {
		if r.blank == nil {
			r.blank = map[dataset.Kind]dataset.Vector{}
		}
		v = emptyVector(kind, groupRows)
		r.blank[kind] = v
	}
	return dataset.Vector{Texts: first(v.Texts, n), Ints: first(v.Ints, n), Floats: first(v.Floats, n), Bools: first(v.Bools, n), Lists: first(v.Lists, n), IntsOf: first(v.IntsOf, n)}
}

// first are the first n values, to which nothing can be appended in place.
func first[T any](s []T, n int) []T {
	if s == nil {
		return nil
	}
	return s[:n:n]
}

func emptyVector(kind dataset.Kind, n int) (v dataset.Vector) {
	switch kind {
	case dataset.Text, dataset.Date:
		v.Texts = make([]string, n)
	case dataset.Int32, dataset.Int64:
		v.Ints = make([]int64, n)
		for i := range v.Ints {
			v.Ints[i] = dataset.NullInt
		}
	case dataset.Float64:
		v.Floats = make([]float64, n)
		for i := range v.Floats {
			v.Floats[i] = dataset.NullFloat
		}
	case dataset.Bool:
		v.Bools = make([]bool, n)
	case dataset.TextList:
		v.Lists = make([][]string, n)
	case dataset.Int32List:
		v.IntsOf = make([][]int32, n)
	}
	return v
}

// kindOf is the kind of column that a Parquet leaf is for us.
func kindOf(d *schema.Column) dataset.Kind {
	list := d.MaxRepetitionLevel() > 0
	_, date := d.LogicalType().(schema.DateLogicalType)
	switch t := d.PhysicalType(); {
	case t == parquet.Types.Int32 && list:
		return dataset.Int32List
	case t == parquet.Types.Int32 && date:
		return dataset.Date
	case t == parquet.Types.Int32:
		return dataset.Int32
	case t == parquet.Types.Int64:
		return dataset.Int64
	case t == parquet.Types.Double:
		return dataset.Float64
	case t == parquet.Types.Boolean:
		return dataset.Bool
	case list:
		return dataset.TextList
	}
	return dataset.Text
}

var errRows = errors.New("the column does not hold as many rows as the row group says")

func readVector(cr file.ColumnChunkReader, kind dataset.Kind, n int) (v dataset.Vector, err error) {
	v = emptyVector(kind, n)
	switch cr := cr.(type) {
	case *file.ByteArrayColumnChunkReader:
		var same interner
		if kind == dataset.TextList {
			return v, scan(cr, n, func(i int, x parquet.ByteArray) { v.Lists[i] = append(v.Lists[i], same.text(x)) })
		}
		return v, scan(cr, n, func(i int, x parquet.ByteArray) { v.Texts[i] = same.text(x) })
	case *file.Int32ColumnChunkReader:
		switch kind {
		case dataset.Int32List:
			return v, scan(cr, n, func(i int, x int32) { v.IntsOf[i] = append(v.IntsOf[i], x) })
		case dataset.Date:
			return v, scan(cr, n, func(i int, x int32) { v.Texts[i] = dayOf(x) })
		}
		return v, scan(cr, n, func(i int, x int32) { v.Ints[i] = int64(x) })
	case *file.Int64ColumnChunkReader:
		return v, scan(cr, n, func(i int, x int64) { v.Ints[i] = x })
	case *file.Float64ColumnChunkReader:
		return v, scan(cr, n, func(i int, x float64) { v.Floats[i] = x })
	case *file.BooleanColumnChunkReader:
		return v, scan(cr, n, func(i int, x bool) { v.Bools[i] = x })
	}
	return v, fmt.Errorf("no reader for %s", cr.Type())
}

// interner makes one string of values that repeat: most columns hold few words, ids stand in runs. It gives up on a
// column whose values are seldom the same.
type interner struct {
	last string
	seen map[string]string
	hits int
}

const (
	internLength = 64      // bytes above which a value is not kept
	internValues = 1 << 12 // values kept
)

func (n *interner) text(x []byte) string {
	if string(x) == n.last {
		return n.last
	}
	if len(n.seen) == internValues && n.hits < internValues || len(x) > internLength {
		return string(x)
	}
	if s, ok := n.seen[string(x)]; ok {
		n.hits++
		n.last = s
		return s
	}
	n.last = string(x)
	if n.seen == nil {
		n.seen = map[string]string{}
	}
	if len(n.seen) < internValues {
		n.seen[n.last] = n.last
	}
	return n.last
}

type leafReader[T any] interface {
	file.ColumnChunkReader
	ReadBatch(batchSize int64, values []T, def, rep []int16) (total int64, valuesRead int, err error)
}

// scan calls value for each value that is there, with the row it belongs to, and fails unless there are n rows.
func scan[T any](r leafReader[T], n int, value func(row int, v T)) error {
	const step = 4096
	maxDef, list := r.Descriptor().MaxDefinitionLevel(), r.Descriptor().MaxRepetitionLevel() > 0
	if r.Descriptor().MaxRepetitionLevel() > 1 {
		return errors.New("lists of lists are not read")
	}
	values, def, rep := make([]T, step), make([]int16, step), make([]int16, step)
	row := -1
	for r.HasNext() {
		total, _, err := r.ReadBatch(step, values, def, rep)
		if err != nil {
			return err
		}
		if total == 0 {
			break
		}
		k := 0
		for j := range int(total) {
			if !list || rep[j] == 0 {
				row++
			}
			if row >= n || row < 0 {
				return errRows
			}
			if maxDef == 0 || def[j] == maxDef {
				value(row, values[k])
				k++
			}
		}
	}
	if err := r.Err(); err != nil {
		return err
	}
	if row != n-1 {
		return errRows
	}
	return nil
}

// Rows counts the rows of the parts.
func Rows(parts []Part) (n int64) {
	for _, p := range parts {
		n += p.Rows
	}
	return n
}
