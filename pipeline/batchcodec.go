package pipeline

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"unsafe"

	"caipan/pipeline/dataset"
)

// The codec of chunk files: column by column, integers as zigzag varints, texts with their length. It is private to
// one version of the program; what leaves a run is Parquet.

func encodeBatch(out []byte, b *dataset.Batch) []byte {
	out = slices.Grow(out, int(b.Size())+int(b.Size())/8+16)
	out = binary.AppendUvarint(out, uint64(b.N))
	for c, col := range b.Table.Columns {
		v := &b.Cols[c]
		switch col.Kind {
		case dataset.Text, dataset.Date:
			for _, s := range v.Texts {
				out = appendText(out, s)
			}
		case dataset.Int32, dataset.Int64:
			for _, n := range v.Ints {
				out = binary.AppendVarint(out, n)
			}
		case dataset.Float64:
			for _, f := range v.Floats {
				out = binary.LittleEndian.AppendUint64(out, math.Float64bits(f))
			}
		case dataset.Bool:
			for _, x := range v.Bools {
				out = append(out, b2i(x))
			}
		case dataset.TextList:
			for _, l := range v.Lists {
				out = binary.AppendUvarint(out, uint64(len(l)))
				for _, s := range l {
					out = appendText(out, s)
				}
			}
		case dataset.Int32List:
			for _, l := range v.IntsOf {
				out = binary.AppendUvarint(out, uint64(len(l)))
				for _, n := range l {
					out = binary.AppendVarint(out, int64(n))
				}
			}
		}
	}
	return out
}

func appendText(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

func b2i(x bool) byte {
	if x {
		return 1
	}
	return 0
}

var errShort = errors.New("a block of a chunk file ends too early")

// decoder reads what encodeBatch wrote; the first fault stays in err. Texts it gives share the memory of in.
type decoder struct {
	in  []byte
	err error
}

func (d *decoder) uint() uint64 {
	n, k := binary.Uvarint(d.in)
	if k <= 0 {
		d.in, d.err = nil, errShort
		return 0
	}
	d.in = d.in[k:]
	return n
}

func (d *decoder) int() int64 {
	n, k := binary.Varint(d.in)
	if k <= 0 {
		d.in, d.err = nil, errShort
		return 0
	}
	d.in = d.in[k:]
	return n
}

func (d *decoder) take(n uint64) []byte {
	if n > uint64(len(d.in)) {
		d.in, d.err = nil, errShort
		return nil
	}
	b := d.in[:n]
	d.in = d.in[n:]
	return b
}

// text shares memory with the block, which nobody writes to after it was read.
func (d *decoder) text() string {
	b := d.take(d.uint())
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// count is a length that cannot be larger than what is left to read.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.in)) {
		d.in, d.err = nil, errShort
		return 0
	}
	return int(n)
}

func decodeBatch(in []byte, t *dataset.Table) (*dataset.Batch, error) {
	d := &decoder{in: in}
	b := dataset.NewBatch(t)
	n := d.count()
	for c, col := range t.Columns {
		decodeColumn(d, &b.Cols[c], col.Kind, n)
	}
	if b.N = n; d.err != nil {
		return nil, d.err
	}
	if len(d.in) > 0 {
		return nil, fmt.Errorf("a block of table %s has %d bytes too many", t.Name, len(d.in))
	}
	return b, nil
}

func decodeColumn(d *decoder, v *dataset.Vector, kind dataset.Kind, n int) {
	for range n {
		switch kind {
		case dataset.Text, dataset.Date:
			v.Texts = append(v.Texts, d.text())
		case dataset.Int32, dataset.Int64:
			v.Ints = append(v.Ints, d.int())
		case dataset.Float64:
			var bits uint64
			if b := d.take(8); b != nil {
				bits = binary.LittleEndian.Uint64(b)
			}
			v.Floats = append(v.Floats, math.Float64frombits(bits))
		case dataset.Bool:
			b := d.take(1)
			v.Bools = append(v.Bools, len(b) == 1 && b[0] == 1)
		case dataset.TextList:
			var l []string
			for range d.count() {
				l = append(l, d.text())
			}
			v.Lists = append(v.Lists, l)
		case dataset.Int32List:
			var l []int32
			for range d.count() {
				l = append(l, int32(d.int()))
			}
			v.IntsOf = append(v.IntsOf, l)
		}
		if d.err != nil {
			return
		}
	}
}
