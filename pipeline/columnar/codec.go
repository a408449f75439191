package columnar

import (
	"io"
	"sync"

	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/klauspost/compress/zstd"
)

// sharedZstd replaces Arrow's zstd codec, which makes an encoder for every page (12 ms and 26 MB of garbage each).
type sharedZstd struct {
	once sync.Once
	enc  *zstd.Encoder
	dec  *zstd.Decoder
}

var zstdCodec = &sharedZstd{}

func init() { compress.RegisterCodec(compress.Codecs.Zstd, zstdCodec) }

// start makes the encoder and the decoder at first use; their options are constants, so they cannot fail.
func (z *sharedZstd) start() *sharedZstd {
	z.once.Do(func() {
		z.enc, _ = zstd.NewWriter(nil, zstd.WithZeroFrames(true), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithLowerEncoderMem(true))
		z.dec, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(2<<30))
	})
	return z
}

func (z *sharedZstd) Encode(dst, src []byte) []byte { return z.start().enc.EncodeAll(src, dst[:0]) }

func (z *sharedZstd) EncodeLevel(dst, src []byte, level int) []byte { return z.Encode(dst, src) }

// Decode panics on damaged data, as Arrow's interface wants; readers recover.
func (z *sharedZstd) Decode(dst, src []byte) []byte {
	out, err := z.start().dec.DecodeAll(src, dst[:0])
	if err != nil {
		panic(err)
	}
	return out
}

func (z *sharedZstd) CompressBound(n int64) int64 { return n + n>>8 + 64 }

func (z *sharedZstd) NewReader(r io.Reader) io.ReadCloser {
	d, err := zstd.NewReader(r)
	if err != nil {
		panic(err)
	}
	return d.IOReadCloser()
}

func (z *sharedZstd) NewWriter(w io.Writer) io.WriteCloser {
	e, err := z.NewWriterLevel(w, 0)
	if err != nil {
		panic(err)
	}
	return e
}

func (z *sharedZstd) NewWriterLevel(w io.Writer, level int) (io.WriteCloser, error) {
	return zstd.NewWriter(w)
}
