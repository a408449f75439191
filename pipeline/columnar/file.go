package columnar

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// Part is one written file: where it lies (slash-separated, relative to the output folder), what it holds and its
// SHA-256 in hexadecimal digits.
type Part struct {
	Path   string `json:"path"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Sink writes a file under a temporary name and gives it its name when it is whole and on disk. The first error
// stays; every later write returns it.
type Sink struct {
	f    *os.File
	buf  []byte
	path string
	sum  hash.Hash
	n    int64
	err  error
}

// TempSuffix ends the name of every file that is not whole yet.
const TempSuffix = ".tmp"

// NewSink creates path's folder and the temporary file beside it.
func NewSink(path string) (*Sink, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(path + TempSuffix)
	if err != nil {
		return nil, err
	}
	return &Sink{f: f, path: path, sum: sha256.New(), buf: make([]byte, 0, 1<<18)}, nil
}

// Write appends p.
func (s *Sink) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.sum.Write(p)
	s.n += int64(len(p))
	if len(s.buf)+len(p) > cap(s.buf) {
		if s.flush(); s.err != nil {
			return 0, s.err
		}
	}
	if len(p) > cap(s.buf) {
		_, s.err = s.f.Write(p)
	} else {
		s.buf = append(s.buf, p...)
	}
	return len(p), s.err
}

func (s *Sink) flush() {
	if len(s.buf) > 0 && s.err == nil {
		_, s.err = s.f.Write(s.buf)
		s.buf = s.buf[:0]
	}
}

// Commit writes what is left, waits until it is on disk and renames the file. On an error the temporary file is
// removed and nothing bears the name.
func (s *Sink) Commit() (size int64, sha string, err error) {
	s.flush()
	if s.err == nil {
		s.err = s.f.Sync()
	}
	if cerr := s.f.Close(); s.err == nil {
		s.err = cerr
	}
	if s.err == nil {
		s.err = os.Rename(s.path+TempSuffix, s.path)
	}
	if s.err != nil {
		os.Remove(s.path + TempSuffix)
		return 0, "", fmt.Errorf("write %s: %w (is the disk full? free space and run again with --resume)", s.path, s.err)
	}
	return s.n, hex.EncodeToString(s.sum.Sum(nil)), nil
}

// Abort gives up the file.
func (s *Sink) Abort() {
	s.f.Close()
	os.Remove(s.path + TempSuffix)
	if s.err == nil {
		s.err = errors.New("aborted")
	}
}

// ErrDamaged marks a file of ours whose bytes are not those that were written.
var ErrDamaged = errors.New("the file is damaged")

// CheckPart compares a file under dir with its record: it must be there with the same size and SHA-256.
func CheckPart(dir string, p Part) error {
	path := filepath.Join(dir, filepath.FromSlash(p.Path))
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%w: %w: it is named in run.json but cannot be read; run the command that wrote it again", ErrDamaged, err)
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return fmt.Errorf("%w: read %s: %w", ErrDamaged, path, err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); n != p.Bytes || got != p.SHA256 {
		return fmt.Errorf("%w: %s has %d bytes and SHA-256 %.12s…, run.json says %d and %.12s…; run the command that wrote it again", ErrDamaged, path, n, got, p.Bytes, p.SHA256)
	}
	return nil
}
