package columnar

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"caipan/pipeline/dataset"

	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// A row group travels as a Parquet file of its own, in memory: a worker makes it, and the writer of the table copies its
// bytes and moves the offsets in its footer, so that rows are encoded once.

// Full is how many of b's first rows make a full row group, 0 if they do not yet.
func Full(b *dataset.Batch) int {
	if b.N < groupRows && b.Size() < groupBytes {
		return 0
	}
	size := int64(0)
	for n := range b.N {
		if n >= groupRows || size >= groupBytes {
			return n
		}
		size += b.RowSize(n)
	}
	return b.N
}

// Worth reports whether b has rows enough for a row group of its own; fewer are better joined with others.
func Worth(b *dataset.Batch) bool { return b.N >= groupRows/4 || b.Size() >= groupBytes/8 }

// Encode gives b, at most a full row group, as a Parquet file.
func Encode(b *dataset.Batch) (raw []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("encode table %s: %v", b.Table.Name, r)
		}
	}()
	root, err := parquetSchema(b.Table)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(int(b.Size()/3) + 4096)
	pq := file.NewParquetWriter(&out, root, file.WithWriterProps(properties(b.Table)))
	if err := writeGroup(pq, b); err != nil {
		return nil, fmt.Errorf("encode table %s: %w", b.Table.Name, err)
	}
	if err := pq.Close(); err != nil {
		return nil, fmt.Errorf("encode table %s: %w", b.Table.Name, err)
	}
	return out.Bytes(), nil
}

// Decode reads what Encode gave.
func Decode(raw []byte, t *dataset.Table) (*dataset.Batch, error) {
	r := &Reader{table: t, path: "row group of " + t.Name}
	f, err := parquetFrom(bytes.NewReader(raw), r.path)
	if err != nil {
		return nil, err
	}
	r.file = f
	defer r.Close()
	if err := r.findLeaves(); err != nil {
		return nil, err
	}
	if n := f.NumRowGroups(); n != 1 {
		return nil, fmt.Errorf("%w: %s: %d row groups", ErrDamaged, r.path, n)
	}
	return r.readGroup(0)
}

const magic = "PAR1"

// footer is the metadata of a Parquet file in memory and where its pages end.
func footer(raw []byte) (meta *metadata.FileMetaData, end int, err error) {
	n := len(raw) - 8
	if n < 4 || string(raw[n+4:]) != magic {
		return nil, 0, errors.New("no Parquet file")
	}
	if end = n - int(binary.LittleEndian.Uint32(raw[n:])); end < 4 {
		return nil, 0, errors.New("no Parquet footer")
	}
	meta, err = metadata.NewFileMetaData(raw[end:n], nil)
	return meta, end, err
}

// assembly is a Parquet file that is put together from row groups.
type assembly struct {
	sink *Sink
	meta *metadata.FileMetaData
}

func newAssembly(sink *Sink, t *dataset.Table, kv metadata.KeyValueMetadata) (*assembly, error) {
	root, err := parquetSchema(t)
	if err != nil {
		return nil, err
	}
	meta, err := metadata.NewFileMetadataBuilder(schema.NewSchema(root), properties(t), kv).Snapshot()
	if err != nil {
		return nil, err
	}
	_, err = sink.Write([]byte(magic))
	return &assembly{sink, meta}, err
}

// add copies a row group and gives its rows and its bytes without compression.
func (a *assembly) add(raw []byte) (rows, size int64, err error) {
	one, end, err := footer(raw)
	if err != nil {
		return 0, 0, err
	}
	shift := a.sink.n - int64(len(magic))
	for _, g := range one.RowGroups {
		place := int16(len(a.meta.RowGroups))
		g.Ordinal = &place
		moved(g.FileOffset, shift)
		for _, c := range g.Columns {
			c.FileOffset += shift
			c.MetaData.DataPageOffset += shift
			moved(c.MetaData.DictionaryPageOffset, shift)
			moved(c.MetaData.IndexPageOffset, shift)
		}
		a.meta.RowGroups = append(a.meta.RowGroups, g)
		rows, size = rows+g.NumRows, size+g.TotalByteSize
	}
	a.meta.NumRows += rows
	_, err = a.sink.Write(raw[len(magic):end])
	return rows, size, err
}

func moved(offset *int64, by int64) {
	if offset != nil {
		*offset += by
	}
}

// close writes the footer.
func (a *assembly) close() error {
	n, err := a.meta.WriteTo(a.sink, nil)
	if err != nil {
		return err
	}
	_, err = a.sink.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(n)), magic...))
	return err
}

func writeGroup(pq *file.Writer, b *dataset.Batch) error {
	if b.N == 0 {
		return nil
	}
	rg := pq.AppendRowGroup()
	for i := range b.Cols {
		cw, err := rg.NextColumn()
		if err != nil {
			return err
		}
		if err := writeColumn(cw, b.Table.Columns[i], &b.Cols[i], b.N); err != nil {
			return fmt.Errorf("column %s: %w", b.Table.Columns[i].Name, err)
		}
		if err := cw.Close(); err != nil {
			return fmt.Errorf("column %s: %w", b.Table.Columns[i].Name, err)
		}
	}
	return rg.Close()
}
