package corpus

import (
	"bytes"
	"io"
)

// window is a sliding piece of a stream: what is read and not yet handed out.
type window struct {
	r      io.Reader
	buf    []byte
	start  int   // of the next item in buf
	offset int64 // of buf[0] in the source
	err    error // of the reader, io.EOF at the end
}

// Bytes read at a time: little for the many small files of a folder, more for dumps.
const (
	firstRead = 16 << 10
	readBytes = 256 << 10
)

// find gives the place of a byte at or behind from, reading on and dropping what is passed; -1 at the end.
func (s *window) find(from int, c byte) int {
	for {
		if i := bytes.IndexByte(s.buf[from:], c); i >= 0 {
			return from + i
		}
		s.start = len(s.buf)
		s.compact()
		from = s.start
		if !s.fill() {
			return -1
		}
	}
}

// compact drops what was handed out. Places in buf are invalid after it.
func (s *window) compact() {
	if s.start < len(s.buf)/2 || s.start == 0 {
		return
	}
	s.offset += int64(s.start)
	s.buf = s.buf[:copy(s.buf, s.buf[s.start:])]
	s.start = 0
}

// fill reads on; false when nothing more comes. Places in buf stay valid.
func (s *window) fill() bool {
	if s.err != nil {
		return false
	}
	chunk := min(readBytes, max(firstRead, cap(s.buf)))
	if cap(s.buf)-len(s.buf) < chunk {
		grown := make([]byte, len(s.buf), cap(s.buf)+max(cap(s.buf), chunk))
		copy(grown, s.buf)
		s.buf = grown
	}
	free := min(cap(s.buf)-len(s.buf), chunk)
	n, err := s.r.Read(s.buf[len(s.buf) : len(s.buf)+free])
	s.buf, s.err = s.buf[:len(s.buf)+n], err
	return n > 0 || err == nil
}
