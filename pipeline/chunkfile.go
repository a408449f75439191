package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"

	"github.com/klauspost/compress/zstd"
)

// A chunk file holds everything that one chunk produced (rows of all tables, keys, counts), so that one rename commits
// it: magic, zstd blocks and row groups, footer (JSON), length of the footer, SHA-256 of all before. A table with many
// rows is there as the row groups of its Parquet file, which the finish copies.
const chunkMagic = "caipan chunk 2\n"

// chunkData is a chunk's result in memory.
type chunkData struct {
	Unit int
	K    int
	Last bool // no chunk of the unit comes after it
	set  *dataset.Set
	keys []chunkKey
	rows map[string][]uint32 // rows of each table for each written case, in the order of keys

	groups map[string][][]byte // row groups of tables with many rows
	inside map[string]int      // rows in them
}

// encode makes row groups of the rows that fill one, so that they do not wait in memory; at the end also of the rest,
// but for tables with few rows.
func (c *chunkData) encode(end bool) error {
	for _, name := range perCase {
		b := c.set.Table(name)
		for n := columnar.Full(b); n > 0; n = columnar.Full(b) {
			if err := c.group(b, n); err != nil {
				return err
			}
		}
		if end && b.N > 0 && (len(c.groups[name]) > 0 || columnar.Worth(b)) {
			if err := c.group(b, b.N); err != nil {
				return err
			}
		}
	}
	return nil
}

// group makes a row group of the first n rows of b.
func (c *chunkData) group(b *dataset.Batch, n int) error {
	raw, err := columnar.Encode(b.Slice(0, n))
	if err != nil {
		return err
	}
	if c.groups == nil {
		c.groups, c.inside = map[string][][]byte{}, map[string]int{}
	}
	name := b.Table.Name
	c.groups[name], c.inside[name] = append(c.groups[name], raw), c.inside[name]+n
	b.Drop(n)
	return nil
}

// chunkKey is the identity and the source of one case of a chunk.
type chunkKey struct {
	key    [16]byte
	path   string
	record int64
}

// block is where a table's rows lie in the chunk file: in row groups or in a zstd block.
type block struct {
	Offset int64   `json:"offset"`
	Size   int64   `json:"size"`
	Raw    int     `json:"raw"` // without compression
	Rows   int     `json:"rows"`
	Groups []int64 `json:"groups,omitempty"` // sizes of the row groups, which follow the zstd block
}

type chunkFooter struct {
	RunID  string           `json:"run_id"`
	Unit   int              `json:"unit"`
	K      int              `json:"k"`
	Last   bool             `json:"last"`
	Cases  int              `json:"cases"`
	Keys   block            `json:"keys"`
	Counts block            `json:"counts"`
	Tables map[string]block `json:"tables"`
}

// chunkZstd is shared by all workers; EncodeAll and DecodeAll may be called at once.
var (
	chunkEncoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithZeroFrames(true), zstd.WithLowerEncoderMem(true), zstd.WithEncoderConcurrency(4))
	chunkDecoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(4<<30))
)

// perCase are the tables whose rows belong to a case, so that a duplicate's rows can be dropped.
var perCase = []string{"judgments", "sections", "parties", "rulings", "findings", "citations", "terms"}

// writeChunk commits the chunk to path.
func writeChunk(path, runID string, c *chunkData) (columnar.Part, error) {
	if err := c.encode(true); err != nil {
		return columnar.Part{}, err
	}
	s, err := columnar.NewSink(path)
	if err != nil {
		return columnar.Part{}, err
	}
	w := &chunkWriter{s: s, sum: sha256.New()}
	w.Write([]byte(chunkMagic))
	foot := chunkFooter{RunID: runID, Unit: c.Unit, K: c.K, Last: c.Last, Cases: len(c.keys), Tables: map[string]block{}}
	foot.Keys = w.block(encodeKeys(c.keys), len(c.keys))
	foot.Counts = w.block(encodeCounts(c.rows, len(c.keys)), len(c.keys))
	for _, b := range c.set.Batches() {
		name := b.Table.Name
		t := w.block(encodeBatch(nil, b), b.N+c.inside[name])
		for _, raw := range c.groups[name] {
			t.Groups = append(t.Groups, int64(len(raw)))
			w.Write(raw)
		}
		foot.Tables[name] = t
	}
	j, err := json.Marshal(foot)
	if err != nil {
		s.Abort()
		return columnar.Part{}, err
	}
	w.Write(j)
	w.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(j))))
	s.Write(w.sum.Sum(nil))
	n, sha, err := s.Commit()
	return columnar.Part{Rows: int64(len(c.keys)), Bytes: n, SHA256: sha}, err
}

// chunkWriter writes and sums; errors stay in the sink until it commits.
type chunkWriter struct {
	s   *columnar.Sink
	sum hash.Hash
	n   int64
}

func (w *chunkWriter) Write(p []byte) {
	w.sum.Write(p)
	w.s.Write(p)
	w.n += int64(len(p))
}

func (w *chunkWriter) block(raw []byte, rows int) block {
	z := chunkEncoder.EncodeAll(raw, nil)
	b := block{Offset: w.n, Size: int64(len(z)), Raw: len(raw), Rows: rows}
	w.Write(z)
	return b
}

func encodeKeys(keys []chunkKey) (out []byte) {
	path := ""
	for _, k := range keys {
		out = append(out, k.key[:]...)
		if k.path == path {
			out = append(out, 0)
		} else {
			out = appendText(append(out, 1), k.path)
			path = k.path
		}
		out = binary.AppendVarint(out, k.record)
	}
	return out
}

func decodeKeys(in []byte, n int) ([]chunkKey, error) {
	d := &decoder{in: in}
	out := make([]chunkKey, 0, min(n, len(in)))
	path := ""
	for range n {
		var k chunkKey
		copy(k.key[:], d.take(16))
		if f := d.take(1); len(f) == 1 && f[0] == 1 {
			path = d.text()
		}
		k.path, k.record = path, d.int()
		if d.err != nil {
			return nil, d.err
		}
		out = append(out, k)
	}
	return out, nil
}

func encodeCounts(rows map[string][]uint32, cases int) (out []byte) {
	for _, t := range perCase {
		for i := range cases {
			out = binary.AppendUvarint(out, uint64(rows[t][i]))
		}
	}
	return out
}

// chunkFile is a committed chunk, opened for reading.
type chunkFile struct {
	path string
	size int64
	sum  string // SHA-256 of the whole file, if it was checked
	chunkFooter
}

// openChunk reads the footer. With whole set, the SHA-256 of the file is checked first.
func openChunk(path string, whole bool) (*chunkFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c := &chunkFile{path: path}
	if err := c.readFooter(f, whole); err != nil {
		return nil, fmt.Errorf("%w: chunk %s: %w", columnar.ErrDamaged, path, err)
	}
	return c, nil
}

func (c *chunkFile) readFooter(f *os.File, whole bool) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	const tail = 4 + sha256.Size
	size := info.Size()
	c.size = size
	if size < int64(len(chunkMagic)+tail) {
		return fmt.Errorf("%d bytes are too few", size)
	}
	head := make([]byte, len(chunkMagic))
	if _, err := f.ReadAt(head, 0); err != nil {
		return err
	}
	if string(head) != chunkMagic {
		return errors.New("it was written by another version")
	}
	if whole {
		if c.sum, err = checkSum(f, size-sha256.Size); err != nil {
			return err
		}
	}
	var end [tail]byte
	if _, err := f.ReadAt(end[:], size-tail); err != nil {
		return err
	}
	n := int64(binary.LittleEndian.Uint32(end[:4]))
	if n > size-tail {
		return errShort
	}
	j := make([]byte, n)
	if _, err := f.ReadAt(j, size-tail-n); err != nil {
		return err
	}
	return json.Unmarshal(j, &c.chunkFooter)
}

// checkSum compares the first n bytes with the SHA-256 behind them and returns that of the whole file.
func checkSum(f *os.File, n int64) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(f, 0, n)); err != nil {
		return "", err
	}
	var want [sha256.Size]byte
	if _, err := f.ReadAt(want[:], n); err != nil {
		return "", err
	}
	if !bytes.Equal(want[:], h.Sum(nil)) {
		return "", errors.New("its SHA-256 is not the stored one")
	}
	h.Write(want[:])
	return hex.EncodeToString(h.Sum(nil)), nil
}

// read reads size bytes from offset on.
func (c *chunkFile) read(offset, size int64) ([]byte, error) {
	f, err := os.Open(c.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, size)
	if _, err := f.ReadAt(b, offset); err != nil {
		return nil, fmt.Errorf("%w: chunk %s: %w", columnar.ErrDamaged, c.path, err)
	}
	return b, nil
}

func (c *chunkFile) raw(b block) ([]byte, error) {
	z, err := c.read(b.Offset, b.Size)
	if err != nil {
		return nil, err
	}
	out, err := chunkDecoder.DecodeAll(z, make([]byte, 0, b.Raw))
	if err != nil {
		return nil, fmt.Errorf("%w: chunk %s: %w", columnar.ErrDamaged, c.path, err)
	}
	return out, nil
}

// eachGroup gives the row groups of a table in order; none for a table with few rows.
func (c *chunkFile) eachGroup(name string, do func(raw []byte) error) error {
	b := c.Tables[name]
	at := b.Offset + b.Size
	for _, size := range b.Groups {
		raw, err := c.read(at, size)
		if err != nil {
			return err
		}
		if err := do(raw); err != nil {
			return err
		}
		at += size
	}
	return nil
}

// table reads the rows of one table.
func (c *chunkFile) table(name string) (*dataset.Batch, error) {
	t := dataset.Named(name)
	out := dataset.NewBatch(t)
	if len(c.Tables[name].Groups) > 0 {
		return out, c.eachGroup(name, func(raw []byte) error {
			b, err := columnar.Decode(raw, t)
			if err != nil {
				return fmt.Errorf("chunk %s: %w", c.path, err)
			}
			out.Append(b, 0, b.N)
			return nil
		})
	}
	raw, err := c.raw(c.Tables[name])
	if err != nil {
		return nil, err
	}
	b, err := decodeBatch(raw, t)
	if err != nil {
		return nil, fmt.Errorf("%w: chunk %s: %w", columnar.ErrDamaged, c.path, err)
	}
	return b, nil
}

func (c *chunkFile) keys() ([]chunkKey, error) {
	raw, err := c.raw(c.Keys)
	if err != nil {
		return nil, err
	}
	return decodeKeys(raw, c.Cases)
}

// counts gives the rows that each case has in the named table.
func (c *chunkFile) counts(name string) ([]uint32, error) {
	raw, err := c.raw(c.Counts)
	if err != nil {
		return nil, err
	}
	d := &decoder{in: raw}
	out := make([]uint32, c.Cases)
	for _, t := range perCase {
		for i := range out {
			out[i] = uint32(d.uint())
		}
		if t == name {
			break
		}
	}
	return out, d.err
}
