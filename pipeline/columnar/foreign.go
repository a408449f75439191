package columnar

import (
	"fmt"
	"io"
	"strconv"

	"caipan/pipeline/dataset"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
)

// Foreign reads somebody else's Parquet file as rows of texts: flat columns only, nested ones are left out.
// Damage is an error, never a panic and never an allocation that the file's size does not justify.
type Foreign struct {
	file  *file.Reader
	path  string
	names []string
	leaf  []int
	group int
	cols  [][]string
	row   int
	rows  int
}

// A row group is read whole, so its uncompressed size and its rows are bounded.
const (
	maxForeignGroup = 1 << 31
	maxForeignRows  = 1 << 24
)

// OpenForeign opens a Parquet file.
func OpenForeign(path string) (*Foreign, error) {
	r, err := openParquet(path)
	if err != nil {
		return nil, err
	}
	f := &Foreign{file: r, path: path}
	s := r.MetaData().Schema
	for i := range s.NumColumns() {
		if c := s.Column(i); c.MaxRepetitionLevel() == 0 && len(c.ColumnPath()) == 1 {
			f.names, f.leaf = append(f.names, c.Name()), append(f.leaf, i)
		}
	}
	return f, nil
}

// Columns are the names of the flat columns.
func (f *Foreign) Columns() []string { return f.names }

// NumRows is what the footer says.
func (f *Foreign) NumRows() int64 { return f.file.NumRows() }

// Next returns the values of the next row in the order of Columns, nulls as "", io.EOF after the last.
func (f *Foreign) Next() ([]string, error) {
	for f.row >= f.rows {
		if f.group >= f.file.NumRowGroups() {
			return nil, io.EOF
		}
		if err := f.load(f.group); err != nil {
			return nil, fmt.Errorf("%w: %s, row group %d: %w", ErrDamaged, f.path, f.group, err)
		}
		f.group++
		f.row = 0
	}
	out := make([]string, len(f.cols))
	for c := range f.cols {
		out[c] = f.cols[c][f.row]
	}
	f.row++
	return out, nil
}

// Close closes the file.
func (f *Foreign) Close() error { return f.file.Close() }

func (f *Foreign) load(g int) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	rg := f.file.RowGroup(g)
	n := rg.NumRows()
	if n < 0 || n > maxForeignRows || rg.ByteSize() > maxForeignGroup {
		return fmt.Errorf("a row group of %d rows and %d bytes is too large; write it anew with smaller row groups", n, rg.ByteSize())
	}
	f.rows, f.cols = int(n), make([][]string, len(f.leaf))
	for c, leaf := range f.leaf {
		cr, err := rg.Column(leaf)
		if err == nil {
			f.cols[c], err = texts(cr, int(n))
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", f.names[c], err)
		}
	}
	return nil
}

// texts reads a flat column of any type as texts.
func texts(cr file.ColumnChunkReader, n int) ([]string, error) {
	out := make([]string, n)
	switch cr := cr.(type) {
	case *file.ByteArrayColumnChunkReader:
		return out, scan(cr, n, func(i int, v parquet.ByteArray) { out[i] = string(v) })
	case *file.FixedLenByteArrayColumnChunkReader:
		return out, scan(cr, n, func(i int, v parquet.FixedLenByteArray) { out[i] = string(v) })
	case *file.Int32ColumnChunkReader:
		date := kindOf(cr.Descriptor()) == dataset.Date
		return out, scan(cr, n, func(i int, v int32) {
			if out[i] = strconv.Itoa(int(v)); date {
				out[i] = dayOf(v)
			}
		})
	case *file.Int64ColumnChunkReader:
		return out, scan(cr, n, func(i int, v int64) { out[i] = strconv.FormatInt(v, 10) })
	case *file.Int96ColumnChunkReader:
		return out, scan(cr, n, func(i int, v parquet.Int96) { out[i] = v.ToTime().UTC().Format("2006-01-02") })
	case *file.Float32ColumnChunkReader:
		return out, scan(cr, n, func(i int, v float32) { out[i] = strconv.FormatFloat(float64(v), 'f', -1, 32) })
	case *file.Float64ColumnChunkReader:
		return out, scan(cr, n, func(i int, v float64) { out[i] = strconv.FormatFloat(v, 'f', -1, 64) })
	case *file.BooleanColumnChunkReader:
		return out, scan(cr, n, func(i int, v bool) { out[i] = strconv.FormatBool(v) })
	}
	return nil, fmt.Errorf("type %s is not read", cr.Type())
}

// OpenRows is OpenForeign in the form that pipeline/corpus asks for: columns, one row after another as column -> text
// (io.EOF at the end), and a function that closes the file.
func OpenRows(path string) (columns []string, next func() (map[string]string, error), closeFile func() error, err error) {
	f, err := OpenForeign(path)
	if err != nil {
		return nil, nil, nil, err
	}
	next = func() (map[string]string, error) {
		row, err := f.Next()
		if err != nil {
			return nil, err
		}
		out := make(map[string]string, len(row))
		for i, v := range row {
			out[f.names[i]] = v
		}
		return out, nil
	}
	return f.Columns(), next, f.Close, nil
}
