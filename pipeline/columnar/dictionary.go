package columnar

import (
	"unsafe"

	"caipan/pipeline/dataset"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/file"
)

// writeRepeated writes a text column of few distinct values. The dictionary, in order of first appearance, is made here:
// Arrow's own boxes and hashes every value, which costs several times as much and gives the same bytes.
func writeRepeated(cw *file.ByteArrayColumnChunkWriter, c dataset.Column, v *dataset.Vector, n int) error {
	d := dictionary{at: map[string]int32{}, index: make([]int32, n), valid: make([]byte, (n+7)/8)}
	var def []int16
	if c.Nullable {
		def = make([]int16, n)
	}
	nulls := 0
	for i, s := range v.Texts[:n] {
		if c.Nullable && s == "" {
			nulls++
			continue
		}
		d.put(i, s)
		if c.Nullable {
			def[i] = 1
		}
	}
	if err := cw.CurrentEncoder().(interface{ PutDictionary(arrow.Array) error }).PutDictionary(d.values()); err != nil {
		return err
	}
	indices := array.NewInt32Data(array.NewData(arrow.PrimitiveTypes.Int32, n,
		[]*memory.Buffer{memory.NewBufferBytes(d.valid), memory.NewBufferBytes(arrow.Int32Traits.CastToBytes(d.index))}, nil, nulls, 0))
	return cw.WriteDictIndices(indices, def, nil)
}

// dictionary numbers texts in order of their first appearance.
type dictionary struct {
	at    map[string]int32
	texts []string
	index []int32
	valid []byte
	last  string
	mark  int32
	near  [64]numbered // texts put lately, by where they lie in memory
}

type numbered struct {
	text string
	no   int32
}

func (d *dictionary) put(i int, s string) {
	if len(d.texts) == 0 || !same(s, d.last) {
		d.last, d.mark = s, d.number(s)
	}
	d.index[i] = d.mark
	d.valid[i>>3] |= 1 << (i & 7)
}

// number looks a text up, at once where the same memory was looked up lately: most repeated values are one string.
func (d *dictionary) number(s string) int32 {
	at := uintptr(unsafe.Pointer(unsafe.StringData(s)))
	near := &d.near[(at>>3^at>>9)%uintptr(len(d.near))]
	if near.text != "" && len(near.text) == len(s) && unsafe.StringData(near.text) == unsafe.StringData(s) {
		return near.no
	}
	k, known := d.at[s]
	if !known {
		k = int32(len(d.texts))
		d.at[s] = k
		d.texts = append(d.texts, s)
	}
	*near = numbered{s, k}
	return k
}

// same compares texts, at once where they share memory, as the case_id of a case's rows does.
func same(a, b string) bool {
	return len(a) == len(b) && (unsafe.StringData(a) == unsafe.StringData(b) || a == b)
}

func (d *dictionary) values() arrow.Array {
	b := array.NewStringBuilder(memory.NewGoAllocator())
	defer b.Release()
	b.AppendValues(d.texts, nil)
	return b.NewStringArray()
}
