package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"
)

// yieldFunc receives one record or one record error; its error stops the reading and comes back unchanged.
type yieldFunc func(*Record, *RecordError) error

// sink numbers the records of one source file and hands them on. Every item of a source passes exactly once,
// through skip (already read in an earlier run), record or fail.
type sink struct {
	ctx   context.Context
	yield yieldFunc
	skips *int64 // items of the unit still to be skipped; shared by its files
	path  string
	index int64
}

// skip reports that the next item was committed before, and passes over it.
func (s *sink) skip() bool {
	if *s.skips <= 0 {
		return false
	}
	*s.skips--
	s.index++
	return true
}

// record hands on a record, or its error if there is one.
func (s *sink) record(r *Record, e *RecordError, offset int64) error {
	if e != nil {
		if e.ByteOffset < 0 {
			e.ByteOffset = offset
		}
		return s.fail(e)
	}
	if err := s.ctx.Err(); err != nil {
		return err
	}
	r.SourcePath, r.Index, r.ByteOffset = s.path, s.index, offset
	s.index++
	return s.yield(r, nil)
}

// fail hands on a record error; place is filled in here.
func (s *sink) fail(e *RecordError) error {
	if s.skip() {
		return nil
	}
	if err := s.ctx.Err(); err != nil {
		return err
	}
	e.SourcePath, e.Index = s.path, s.index
	s.index++
	return s.yield(nil, e)
}

// broken hands on a failed read.
func (s *sink) broken(err error, offset int64) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return s.fail(readFault(err, offset))
}

// readFault says what a failed read means for the user.
func readFault(err error, offset int64) *RecordError {
	var fault *RecordError
	switch {
	case errors.As(err, &fault):
		return fault
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &RecordError{ByteOffset: offset, Code: CodeTruncated, Message: "the data end too early",
			Remedy: "download or copy the file again; the records before this place were read"}
	case errors.Is(err, zip.ErrChecksum), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch):
		return &RecordError{ByteOffset: offset, Code: CodeChecksum, Message: "the content does not match its checksum",
			Remedy: "download or copy the file again; records of this file may hold wrong characters"}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return &RecordError{ByteOffset: -1, Code: CodeUnreadable, Message: "the file cannot be opened: " + err.Error(),
			Remedy: "check that the file is there and may be read"}
	}
	return &RecordError{ByteOffset: offset, Code: CodeCorrupt, Message: "the data are damaged: " + err.Error(),
		Remedy: "download or copy the file again, or test it with unzip -t, gzip -t or zstd -t"}
}

func place(path string, index, offset int64) string {
	at := fmt.Sprintf("%s, record %d", path, index)
	if offset >= 0 {
		at += fmt.Sprintf(", byte %d", offset)
	}
	return at
}

const excerptChars = 120

// excerpt gives up to 120 printable characters of raw bytes.
func excerpt(raw []byte) string {
	var b strings.Builder
	for n := 0; len(raw) > 0 && n < excerptChars; n++ {
		r, size := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "\\x%02x", raw[0])
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "\\u%04x", r)
		}
		raw = raw[size:]
	}
	return b.String()
}
