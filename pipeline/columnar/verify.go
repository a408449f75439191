package columnar

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"caipan/pipeline/dataset"

	"github.com/xitongsys/parquet-go-source/local"
	xcommon "github.com/xitongsys/parquet-go/common"
	xreader "github.com/xitongsys/parquet-go/reader"
)

// Second reads a file of a table of ours with xitongsys/parquet-go, a library that shares no code with the one that wrote it.
// It is meant for files whose SHA-256 is right: on damaged ones that library may return no rows.
type Second struct {
	path  string
	table *dataset.Table
	r     *xreader.ParquetReader
	leaf  []int
	left  int64
}

// OpenSecond opens a file of table t.
func OpenSecond(path string, t *dataset.Table) (*Second, error) {
	r, err := openSecond(path)
	if err != nil {
		return nil, err
	}
	s := &Second{path: path, table: t, r: r, left: r.GetNumRows()}
	for _, c := range t.Columns {
		i := slices.IndexFunc(r.SchemaHandler.ValueColumns, func(in string) bool {
			ex := r.SchemaHandler.InPathToExPath[in]
			part := strings.Split(ex, xcommon.PAR_GO_PATH_DELIMITER)
			return len(part) > 1 && part[1] == c.Name
		})
		if i < 0 {
			s.Close()
			return nil, fmt.Errorf("%s has no column %s", path, c.Name)
		}
		s.leaf = append(s.leaf, i)
	}
	return s, nil
}

// Rows is how many rows are left.
func (s *Second) Rows() int64 { return s.left }

// Next reads at most n rows; io.EOF after the last.
func (s *Second) Next(n int) (*dataset.Batch, error) {
	n = int(min(int64(n), s.left))
	if n == 0 {
		return nil, io.EOF
	}
	b := dataset.NewBatch(s.table)
	for i, c := range s.table.Columns {
		v, err := s.column(i, c, n)
		if err != nil {
			return nil, fmt.Errorf("%s: column %s: %w", s.path, c.Name, err)
		}
		b.Cols[i] = v
	}
	b.N = n
	s.left -= int64(n)
	return b, nil
}

// column reads n rows of one column.
func (s *Second) column(i int, col dataset.Column, n int) (out dataset.Vector, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	values, rep, _, err := s.r.ReadColumnByIndex(int64(s.leaf[i]), int64(n))
	if err != nil {
		return out, err
	}
	list := col.Kind == dataset.TextList || col.Kind == dataset.Int32List
	row := -1
	for j, v := range values {
		if !list || rep[j] == 0 {
			row++
			out = growVector(out, col.Kind)
		}
		if row < 0 {
			return out, fmt.Errorf("a list goes on before it begins")
		}
		if v == nil {
			continue
		}
		if err := put(&out, col.Kind, row, v); err != nil {
			return out, fmt.Errorf("row %d: %w", row, err)
		}
	}
	if row+1 != n {
		return out, fmt.Errorf("%d rows read, %d wanted", row+1, n)
	}
	return out, nil
}

// Close closes the file.
func (s *Second) Close() error { return s.r.PFile.Close() }

// Verify reads a file of table t with both libraries and compares the number of rows and every value. It returns the
// rows that both agree on; the error names the first column and row that differ.
func Verify(path string, t *dataset.Table) (rows int64, err error) {
	first, err := OpenFile(path, t)
	if err != nil {
		return 0, err
	}
	defer first.Close()
	second, err := OpenSecond(path, t)
	if err != nil {
		return 0, err
	}
	defer second.Close()
	for {
		a, err := first.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return rows, err
		}
		b, err := second.Next(a.N)
		if err != nil && err != io.EOF {
			return rows, err
		}
		if b == nil || a.N != b.N {
			return rows, fmt.Errorf("%s: Arrow reads more rows than xitongsys", path)
		}
		if err := sameCells(a, b, rows); err != nil {
			return rows, fmt.Errorf("%s: %w", path, err)
		}
		rows += int64(a.N)
	}
	if second.Rows() > 0 {
		return rows, fmt.Errorf("%s: Arrow reads %d rows, xitongsys %d", path, rows, rows+second.Rows())
	}
	return rows, nil
}

func sameCells(a, b *dataset.Batch, from int64) error {
	for c, col := range a.Table.Columns {
		for i := range a.N {
			if x, y := a.Cell(c, i), b.Cell(c, i); x != y {
				return fmt.Errorf("column %s, row %d: Arrow reads %.60q, xitongsys %.60q", col.Name, from+int64(i), x, y)
			}
		}
	}
	return nil
}

func openSecond(path string) (r *xreader.ParquetReader, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %s: %v", ErrDamaged, path, p)
		}
	}()
	f, err := local.NewLocalFileReader(path)
	if err != nil {
		return nil, err
	}
	r, err = xreader.NewParquetColumnReader(f, 1)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, path, err)
	}
	return r, nil
}

// growVector adds an empty row.
func growVector(v dataset.Vector, kind dataset.Kind) dataset.Vector {
	e := emptyVector(kind, 1)
	return dataset.Vector{
		Texts: append(v.Texts, e.Texts...), Ints: append(v.Ints, e.Ints...), Floats: append(v.Floats, e.Floats...),
		Bools: append(v.Bools, e.Bools...), Lists: append(v.Lists, e.Lists...), IntsOf: append(v.IntsOf, e.IntsOf...),
	}
}

func put(v *dataset.Vector, kind dataset.Kind, row int, x any) error {
	switch x := x.(type) {
	case string:
		if kind == dataset.TextList {
			v.Lists[row] = append(v.Lists[row], x)
		} else {
			v.Texts[row] = x
		}
	case int32:
		switch kind {
		case dataset.Date:
			v.Texts[row] = dayOf(x)
		case dataset.Int32List:
			v.IntsOf[row] = append(v.IntsOf[row], x)
		default:
			v.Ints[row] = int64(x)
		}
	case int64:
		v.Ints[row] = x
	case float64:
		v.Floats[row] = x
	case bool:
		v.Bools[row] = x
	default:
		return fmt.Errorf("value of type %T", x)
	}
	return nil
}
