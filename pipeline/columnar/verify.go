package columnar

import (
	"fmt"
	"io"

	"caipan/pipeline/dataset"

	"github.com/xitongsys/parquet-go-source/local"
	xreader "github.com/xitongsys/parquet-go/reader"
)

// Verify reads a file of table t with both libraries, Arrow and xitongsys/parquet-go, and compares number of rows
// and every value. It is meant for files whose SHA-256 is right: on damaged ones the second library may return no
// rows, which is reported as a difference.
func Verify(path string, t *dataset.Table) (err error) {
	first, err := OpenFile(path, t)
	if err != nil {
		return err
	}
	defer first.Close()
	second, err := openSecond(path)
	if err != nil {
		return err
	}
	defer second.PFile.Close()
	rows, want := int64(0), second.GetNumRows()
	for {
		b, err := first.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		for i := range b.Cols {
			if err := compareColumn(second, first.leaf[i], b, i); err != nil {
				return fmt.Errorf("%s: from row %d: %w", path, rows, err)
			}
		}
		rows += int64(b.N)
	}
	if rows != want {
		return fmt.Errorf("%s: Arrow reads %d rows, xitongsys %d", path, rows, want)
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

// compareColumn reads as many rows of the leaf as b has and compares them, cell by cell.
func compareColumn(r *xreader.ParquetReader, leaf int, b *dataset.Batch, c int) (err error) {
	col := b.Table.Columns[c]
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("column %s: %v", col.Name, p)
		}
	}()
	values, rep, _, err := r.ReadColumnByIndex(int64(leaf), int64(b.N))
	if err != nil {
		return fmt.Errorf("column %s: %w", col.Name, err)
	}
	other := dataset.Vector{}
	list := col.Kind == dataset.TextList || col.Kind == dataset.Int32List
	row := -1
	for j, v := range values {
		if !list || rep[j] == 0 {
			row++
			other = growVector(other, col.Kind)
		}
		if row < 0 {
			return fmt.Errorf("column %s: a list goes on before it begins", col.Name)
		}
		if v == nil {
			continue
		}
		if err := put(&other, col.Kind, row, v); err != nil {
			return fmt.Errorf("column %s, row %d: %w", col.Name, row, err)
		}
	}
	if row+1 != b.N {
		return fmt.Errorf("column %s: Arrow reads %d rows, xitongsys %d", col.Name, b.N, row+1)
	}
	twin := dataset.NewBatch(b.Table)
	twin.Cols[c] = other
	for i := range b.N {
		if x, y := b.Cell(c, i), twin.Cell(c, i); x != y {
			return fmt.Errorf("column %s, row %d: Arrow reads %.60q, xitongsys %.60q", col.Name, i, x, y)
		}
	}
	return nil
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
