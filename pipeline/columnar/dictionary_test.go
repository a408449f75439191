package columnar

import (
	"bytes"
	"testing"

	"caipan/pipeline/dataset"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
)

// TestDictionariesAreArrows: the dictionary made here and Arrow's own give the same file, nulls included.
func TestDictionariesAreArrows(t *testing.T) {
	for _, nullable := range []bool{true, false} {
		tab := &dataset.Table{Name: "x", Columns: []dataset.Column{{Name: "word", Kind: dataset.Text, Nullable: nullable, Few: true}}}
		v := &dataset.Vector{}
		for i := range 9000 {
			v.Texts = append(v.Texts, []string{"甲", "甲", "", "joint", "乙", "甲"}[i*i%6]+[]string{"", "", "1", "2"}[i%4])
		}
		got := oneColumn(t, tab, func(cw *file.ByteArrayColumnChunkWriter) error {
			return writeRepeated(cw, tab.Columns[0], v, len(v.Texts))
		})
		want := oneColumn(t, tab, func(cw *file.ByteArrayColumnChunkWriter) error {
			var l levels[parquet.ByteArray]
			l.flat(nullable, len(v.Texts), func(i int) (parquet.ByteArray, bool) { return bytesOf(v.Texts[i]), v.Texts[i] != "" })
			_, err := cw.WriteBatch(l.values, l.def, nil)
			return err
		})
		if !bytes.Equal(got, want) {
			t.Errorf("nullable %v: %d bytes unlike Arrow's %d", nullable, len(got), len(want))
		}
	}
}

func oneColumn(t *testing.T, tab *dataset.Table, write func(*file.ByteArrayColumnChunkWriter) error) []byte {
	t.Helper()
	root, err := parquetSchema(tab)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	pq := file.NewParquetWriter(&out, root, file.WithWriterProps(properties(tab)))
	cw, err := pq.AppendRowGroup().NextColumn()
	if err == nil {
		err = write(cw.(*file.ByteArrayColumnChunkWriter))
	}
	if err == nil {
		err = cw.Close()
	}
	if err == nil {
		err = pq.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
