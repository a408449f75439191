package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"
)

const headBytes = 64 << 10 // how much of a file decides its format and encoding

// source is one file or member, opened, decompressed and recognised.
type source struct {
	opt    *Options
	name   string // base name without compression suffix
	r      *bufio.Reader
	head   []byte
	format string
	path   string // on disk, "" if it is a member or compressed
	size   int64  // of the uncompressed bytes, -1 unknown
}

// reader reads one source into a sink. It returns only errors of the sink; faults of the data go to the sink.
type reader func(*source, *sink) error

// Read streams the records of one unit in order. The first from items (records and errors) are passed over.
// It returns the error of yield or of the context unchanged, and nil else: faults of the data are record errors.
// Units may be read at the same time.
func (p *Plan) Read(ctx context.Context, u Unit, from int64, yield func(*Record, *RecordError) error) error {
	var nest nestCache
	defer nest.close()
	for i := range u.Files {
		f := &u.Files[i]
		s := &sink{ctx: ctx, yield: yield, skips: &from, path: f.SourcePath}
		if err := p.readFile(f, s, &nest); err != nil {
			return err
		}
		if s.index == 0 {
			if err := s.fail(&RecordError{ByteOffset: -1, Code: CodeEmpty, Message: "the file holds no records",
				Remedy: "remove it from the input"}); err != nil {
				return err
			}
		}
	}
	return nil
}

// readFile reads one file; an unreadable one is one record error.
func (p *Plan) readFile(f *File, s *sink, nest *nestCache) (err error) {
	if f.fault != nil {
		fault := *f.fault
		return s.fail(&fault)
	}
	in, done, err := p.open(f, nest)
	if err != nil {
		return s.broken(err, -1)
	}
	defer done()
	src, closeSrc, err := p.recognise(f, &watched{ctx: s.ctx, r: in})
	if err != nil {
		return s.broken(err, -1)
	}
	defer closeSrc()
	read := readers[src.format]
	if read == nil {
		return s.fail(&RecordError{ByteOffset: -1, Code: CodeUnsupported, Message: "the format " + src.format + " is not read",
			Remedy: "convert the file to text, CSV or JSON Lines"})
	}
	return read(src, s)
}

// open gives the stored bytes of a file or member.
func (p *Plan) open(f *File, nest *nestCache) (io.Reader, func(), error) {
	if f.origin.member == 0 {
		file, err := os.Open(f.origin.path)
		if err != nil {
			return nil, nil, err
		}
		if info, err := file.Stat(); err != nil || info.Size() != f.Size {
			file.Close()
			return nil, nil, errors.Join(err, errChanged)
		}
		return file, func() { file.Close() }, nil
	}
	z, release, err := p.archives.acquire(f.origin.path)
	if err != nil {
		return nil, nil, err
	}
	if f.origin.inner {
		z, err = nest.open(z, f.origin)
	}
	var r io.ReadCloser
	if err == nil {
		r, err = openMember(z, f)
	}
	if err != nil {
		release()
		return nil, nil, err
	}
	return r, func() { r.Close(); release() }, nil
}

// openMember opens a member after making sure that it is the one that was planned.
func openMember(z *zip.Reader, f *File) (io.ReadCloser, error) {
	at := f.origin.member - isMember
	if at >= len(z.File) || z.File[at].CRC32 != f.CRC || int64(z.File[at].UncompressedSize64) != f.Size {
		return nil, errChanged
	}
	return z.File[at].Open()
}

var errChanged = errors.New("the file changed since it was planned")

// nestCache keeps one inner archive unpacked while the members of a unit are read.
type nestCache struct {
	at   origin
	z    *zip.Reader
	done func()
}

func (n *nestCache) open(outer *zip.Reader, o origin) (*zip.Reader, error) {
	if n.z != nil && n.at.sameNest(o) {
		return n.z, nil
	}
	n.close()
	if o.nested >= len(outer.File) {
		return nil, errChanged
	}
	z, done, err := openNested(outer.File[o.nested])
	if err != nil {
		return nil, err
	}
	n.at, n.z, n.done = o, z, done
	return z, nil
}

func (n *nestCache) close() {
	if n.done != nil {
		n.done()
	}
	n.z, n.done = nil, nil
}

// watched notices cancellation and keeps the first read error.
type watched struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (w *watched) Read(b []byte) (int, error) {
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.r.Read(b)
	w.err = err
	return n, err
}

// recognise undoes compression and decides the format by the first bytes.
func (p *Plan) recognise(f *File, in io.Reader) (*source, func(), error) {
	src := &source{opt: &p.opt, size: f.Size, r: bufio.NewReaderSize(in, int(min(max(f.Size+1, 512), headBytes)))}
	src.name = path.Base(strings.ReplaceAll(f.SourcePath[strings.LastIndexByte(f.SourcePath, '!')+1:], "\\", "/"))
	if f.origin.member == 0 {
		src.path = f.origin.path
	}
	src.head = peek(src.r)
	done, err := src.decompress(in.(*watched).ctx)
	if err != nil {
		return nil, nil, err
	}
	if src.format, err = src.decide(f); err != nil {
		done()
		return nil, nil, err
	}
	return src, done, nil
}

// decompress puts the decompressor of the first bytes in between.
func (src *source) decompress(ctx context.Context) (done func(), err error) {
	done = func() {}
	var r io.Reader
	switch {
	case len(src.head) > 2 && src.head[0] == 0x1f && src.head[1] == 0x8b:
		g, err := gzip.NewReader(src.r)
		if err != nil {
			return nil, err
		}
		r = g
	case len(src.head) > 3 && string(src.head[:4]) == "\x28\xb5\x2f\xfd":
		d, err := zstd.NewReader(src.r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(256<<20))
		if err != nil {
			return nil, err
		}
		r, done = d, d.Close
	default:
		return done, nil
	}
	for _, suffix := range []string{".gz", ".zst", ".gzip", ".zstd"} {
		src.name = strings.TrimSuffix(src.name, suffix)
	}
	src.path, src.size = "", -1
	src.r = bufio.NewReaderSize(&watched{ctx: ctx, r: r}, headBytes)
	src.head = peek(src.r)
	return done, nil
}

func peek(r *bufio.Reader) []byte {
	head, _ := r.Peek(headBytes)
	return head
}

// decide gives the format: the user's word, else what the bytes say.
func (src *source) decide(f *File) (string, error) {
	format, err := detect(src.head, src.name)
	if want := src.opt.Format; err == nil && want != "" && want != "auto" {
		return want, nil
	}
	return format, err
}

// whole reads the rest of the source into memory, at most the largest record.
func (src *source) whole() ([]byte, error) {
	limit := src.opt.maxRecord()
	b, err := io.ReadAll(io.LimitReader(src.r, int64(limit)+1))
	if err != nil {
		return b, err
	}
	if len(b) > limit {
		return nil, tooLarge(limit)
	}
	return b, nil
}

func tooLarge(limit int) *RecordError {
	return &RecordError{ByteOffset: -1, Code: CodeTooLarge, Message: fmt.Sprintf("one record is larger than %d bytes", limit),
		Remedy: "check the quotes around it; a judgment is never that long"}
}

// asFile gives the bytes as a file on disk, for readers that seek.
func (src *source) asFile() (string, func(), error) {
	if src.path != "" {
		return src.path, func() {}, nil
	}
	f, err := spillReader(src.r, nestedMax)
	if err != nil {
		return "", nil, err
	}
	if err := f.Close(); err != nil {
		os.Remove(f.Name())
		return "", nil, err
	}
	return f.Name(), func() { os.Remove(f.Name()) }, nil
}

func checkOptions(opt Options) error {
	if err := checkMap(opt.Map); err != nil {
		return err
	}
	if opt.Format != "" && opt.Format != "auto" && !slices.Contains(Formats(), opt.Format) {
		return errors.New("unknown format " + opt.Format + "; the formats are auto, " + strings.Join(Formats(), ", "))
	}
	return nil
}
