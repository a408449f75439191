package corpus

import (
	"bytes"
	"errors"
	"io"
)

// rowSplitter cuts a CSV stream into rows on the raw bytes. It keeps one row in memory, at most limit bytes,
// and finds its way back to the next row of the right number of columns after a quote that never closes.
// GB18030 is safe to cut: neither quotes nor delimiters occur inside its characters.
type rowSplitter struct {
	window
	delim byte
	limit int
	want  int // columns of a good row, 0 unknown
	ahead int // bytes of look ahead left for one damaged row
}

// row is one row as it stands in the source.
type row struct {
	raw    []byte // without the line break; valid until the next call
	offset int64
	code   string // CodeUnclosed, CodeTooLarge: the row is damaged, raw is its beginning
}

// resyncBytes bounds the look ahead for a good row: a row found behind damage must be complete within it.
const resyncBytes = 4 << 20

// aheadBytes bounds the look ahead behind one damage in all, so that hostile input costs no more than linear time.
const aheadBytes = 256 << 20

func newRowSplitter(r io.Reader, delim byte, limit int, offset int64) *rowSplitter {
	return &rowSplitter{window: window{r: r, offset: offset}, delim: delim, limit: limit}
}

// next gives the next row, blank lines passed over; io.EOF at the end, or the reader's error.
func (s *rowSplitter) next() (row, error) {
	for {
		s.compact()
		s.ahead = aheadBytes
		end, after, state := s.scan(s.start, s.limit)
		r := row{raw: s.buf[s.start:end], offset: s.offset + int64(s.start)}
		switch state {
		case scanEmpty:
			return row{}, s.err
		case scanTooLong:
			r.code = CodeTooLarge
			return s.damaged(r), nil
		case scanUnclosed:
			if s.err != io.EOF {
				return row{}, s.err
			}
			r.code = CodeUnclosed
			return s.damaged(r), nil
		case scanOdd:
			if at := s.hiddenRow(s.start, end); at >= 0 {
				r.raw, r.code = s.buf[s.start:at], CodeUnclosed
				s.start = at
				return r, nil
			}
		case scanCut:
			return row{}, s.err
		}
		s.start = after
		if len(bytes.TrimRight(r.raw, "\r\n")) > 0 {
			return r, nil
		}
	}
}

// damaged passes over a damaged row: up to the first line behind its own first line that begins a good row.
func (s *rowSplitter) damaged(r row) row {
	r.raw = bytes.Clone(r.raw[:min(len(r.raw), 1024)])
	at := s.start
	for {
		nl := s.find(at, '\n')
		if nl < 0 {
			s.start = len(s.buf)
			return r
		}
		s.ahead += nl + 1 - s.start // every passed byte may be looked at once more
		s.start = nl + 1
		s.compact()
		at = s.start
		if s.good(at) {
			return r
		}
	}
}

// good reports that a row of the right number of columns begins at this place.
func (s *rowSplitter) good(at int) bool {
	if s.want < 2 || s.ahead <= 0 {
		return false
	}
	end, _, state := s.scan(at, min(s.limit, resyncBytes))
	s.ahead -= end - at
	return state == scanWhole && s.columns(s.buf[at:end]) == s.want
}

// hiddenRow looks for a line inside a row with odd quotes that is a good row in itself; -1 if there is none.
func (s *rowSplitter) hiddenRow(start, end int) int {
	for at := start; ; {
		i := bytes.IndexByte(s.buf[at:end], '\n')
		if i < 0 {
			return -1
		}
		if at += i + 1; at < end && s.good(at) {
			return at
		}
	}
}

// columns counts the fields of a row.
func (s *rowSplitter) columns(raw []byte) int {
	n, field := 1, 0
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == s.delim:
			n++
			field = i + 1
		case raw[i] == '"' && i == field:
			i = closing(raw, i+1, s.delim)
		}
	}
	return n
}

// closing gives the place of the quote that closes a quoted field whose content begins at i, len(raw) if none does.
func closing(raw []byte, i int, delim byte) int {
	for {
		j := bytes.IndexByte(raw[i:], '"')
		if j < 0 {
			return len(raw)
		}
		i += j
		switch {
		case i+1 == len(raw), raw[i+1] == delim, raw[i+1] == '\n', raw[i+1] == '\r':
			return i
		case raw[i+1] == '"':
			i++
		}
		i++
	}
}

type scanState int

const (
	scanWhole    scanState = iota // a whole row
	scanOdd                       // a whole row with a bare quote inside a quoted field
	scanEmpty                     // nothing left
	scanUnclosed                  // the data end inside a quoted field
	scanTooLong                   // longer than the limit
	scanCut                       // the reader failed inside the row
)

// scan finds the end of the row that begins at start: the row is buf[start:end], the next one begins at after.
func (s *rowSplitter) scan(start, limit int) (end, after int, state scanState) {
	pos, quoted, odd := start, false, false
	for {
		done := false
		pos, quoted, odd, done = s.step(start, pos, quoted, odd)
		if done {
			break
		}
		if len(s.buf)-start > limit {
			return min(len(s.buf), start+limit), start, scanTooLong
		}
		if !s.fill() {
			return s.atEnd(start, pos, quoted, odd)
		}
	}
	if pos-start > limit {
		return start + limit, start, scanTooLong
	}
	end = pos
	if end > start && s.buf[end-1] == '\r' {
		end--
	}
	if odd {
		return end, pos + 1, scanOdd
	}
	return end, pos + 1, scanWhole
}

// atEnd judges a row that the end of the data closes.
func (s *rowSplitter) atEnd(start, pos int, quoted, odd bool) (int, int, scanState) {
	n := len(s.buf)
	switch {
	case !errors.Is(s.err, io.EOF):
		if start == n {
			return n, n, scanEmpty
		}
		return n, n, scanCut
	case start == n:
		return n, n, scanEmpty
	case quoted && (pos != n-1 || s.buf[pos] != '"'): // a quote as the very last byte closes
		return n, n, scanUnclosed
	case odd:
		return n, n, scanOdd
	}
	return n, n, scanWhole
}

// step goes on from pos as far as the buffer allows; done says that pos is the line break that ends the row.
func (s *rowSplitter) step(start, pos int, quoted, odd bool) (int, bool, bool, bool) {
	for pos < len(s.buf) {
		if quoted {
			j := bytes.IndexByte(s.buf[pos:], '"')
			if j < 0 {
				return len(s.buf), true, odd, false
			}
			q := pos + j
			if q+1 >= len(s.buf) {
				return q, true, odd, false // what follows the quote decides
			}
			switch c := s.buf[q+1]; {
			case c == '"':
				pos = q + 2
			case c == s.delim, c == '\n', c == '\r':
				pos, quoted = q+1, false
			default:
				pos, odd = q+1, true
			}
			continue
		}
		rest := s.buf[pos:]
		nl := bytes.IndexByte(rest, '\n')
		if nl >= 0 {
			rest = rest[:nl]
		}
		q := bytes.IndexByte(rest, '"')
		switch {
		case q >= 0 && (pos+q == start || s.buf[pos+q-1] == s.delim):
			pos, quoted = pos+q+1, true
		case q >= 0:
			pos += q + 1
		case nl >= 0:
			return pos + nl, false, odd, true
		default:
			return len(s.buf), false, odd, false
		}
	}
	return pos, quoted, odd, false
}
