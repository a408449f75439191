package corpus

import (
	"bytes"
	"io"
	"strings"
)

// lineJSON reports that the head is JSON Lines: its first line is one whole object.
func lineJSON(head string) bool {
	line, rest, more := strings.Cut(head, "\n")
	line = strings.TrimRight(line, "\r \t")
	if !strings.HasPrefix(line, "{") {
		return false
	}
	if strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), "{") {
		return more // the next line begins an object too, whatever became of the first
	}
	return !more && len(head) >= headBytes/4 || objectEnd([]byte(line)) == len(line) && more && strings.TrimSpace(rest) != ""
}

// isJSONArray tells a JSON array from a text that begins with a bracket.
func isJSONArray(s string) bool {
	s = strings.TrimLeft(s[1:], " \t\r\n")
	return s == "" || strings.ContainsAny(s[:1], `{["]-0123456789tfn`)
}

// severalValues reports that the head of a JSON file shows more than one record.
func severalValues(head []byte) bool {
	b := bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n[")
	n := objectEnd(b)
	if n < 0 {
		return len(head) >= headBytes && bytes.HasPrefix(bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n"), []byte("["))
	}
	return bytes.ContainsRune(b[n:], '{')
}

// objectEnd gives the end of the object at the start of b, -1 if b does not hold it whole.
func objectEnd(b []byte) int {
	var sc objectScan
	n := sc.run(b)
	if sc.depth == 0 && sc.begun {
		return n
	}
	return -1
}

// objectScan follows braces and strings through the bytes of one JSON value.
type objectScan struct {
	depth    int
	begun    bool
	inString bool
	escaped  bool
	torn     bool // a line break inside a string: the value was cut
}

// run goes on through b and gives the number of bytes used: all, or up to the end of the value.
func (s *objectScan) run(b []byte) int {
	for i := 0; i < len(b); i++ {
		if s.inString {
			if s.escaped {
				s.escaped = false
				continue
			}
			j := bytes.IndexAny(b[i:], "\"\\\n")
			if j < 0 {
				return len(b)
			}
			i += j
			switch b[i] {
			case '"':
				s.inString = false
			case '\\':
				s.escaped = true
			case '\n':
				s.torn = true
				return i
			}
			continue
		}
		switch b[i] {
		case '"':
			s.inString = true
		case '{', '[':
			s.depth++
			s.begun = true
		case '}', ']':
			if s.depth--; s.depth <= 0 {
				s.depth = 0
				return i + 1
			}
		}
	}
	return len(b)
}

// jsonSplitter cuts a stream into JSON values: lines, the elements of an array, or values one after another.
type jsonSplitter struct {
	window
	lines bool
	limit int
}

// value is one JSON value as it stands in the source.
type value struct {
	raw    []byte // valid until the next call
	offset int64
	code   string // CodeTooLarge, CodeJSON, CodeTruncated: damaged, raw is its beginning
}

// next gives the next value; io.EOF at the end, or the reader's error.
func (s *jsonSplitter) next() (value, error) {
	s.compact()
	for {
		for s.start < len(s.buf) && isBetween(s.buf[s.start], s.lines) {
			s.start++
		}
		if s.start < len(s.buf) {
			break
		}
		s.compact()
		if !s.fill() {
			return value{}, s.err
		}
	}
	if s.lines || s.buf[s.start] != '{' && s.buf[s.start] != '[' {
		return s.line()
	}
	return s.object()
}

func isBetween(c byte, lines bool) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || !lines && (c == ',' || c == '[' || c == ']')
}

// line takes the rest of the line as one value.
func (s *jsonSplitter) line() (value, error) {
	scanned := s.start
	for {
		i := bytes.IndexByte(s.buf[scanned:], '\n')
		end := scanned + i
		if i < 0 {
			end = len(s.buf)
		}
		if end-s.start > s.limit {
			return s.drop(value{offset: s.offset + int64(s.start), code: CodeTooLarge}, s.nextLine), nil
		}
		if i >= 0 || s.err == io.EOF {
			v := value{raw: bytes.TrimRight(s.buf[s.start:end], "\r\n \t"), offset: s.offset + int64(s.start)}
			s.start = min(end+1, len(s.buf))
			return v, nil
		}
		scanned = len(s.buf)
		if !s.fill() && s.err != io.EOF {
			return value{}, s.err
		}
	}
}

// object takes one object by its braces.
func (s *jsonSplitter) object() (value, error) {
	var sc objectScan
	at := s.start
	for {
		at += sc.run(s.buf[at:])
		v := value{raw: s.buf[s.start:at], offset: s.offset + int64(s.start)}
		switch {
		case sc.torn:
			v.code = CodeJSON
			return s.drop(v, s.nextObject), nil
		case at-s.start > s.limit:
			v.code = CodeTooLarge
			return s.drop(v, s.nextObject), nil
		case sc.begun && sc.depth == 0:
			s.start = at
			return v, nil
		}
		if s.fill() {
			continue
		}
		if s.err != io.EOF {
			return value{}, s.err
		}
		v.code = CodeJSON
		return s.drop(v, s.nextObject), nil
	}
}

// drop passes over a damaged value.
func (s *jsonSplitter) drop(v value, resync func()) value {
	v.raw = bytes.Clone(v.raw[:min(len(v.raw), 1024)])
	resync()
	return v
}

// nextLine goes to the beginning of the next line.
func (s *jsonSplitter) nextLine() {
	for {
		if i := bytes.IndexByte(s.buf[s.start:], '\n'); i >= 0 {
			s.start += i + 1
			return
		}
		s.start = len(s.buf)
		s.compact()
		if !s.fill() {
			return
		}
	}
}

// nextObject goes to the next line that begins an object as deep as the damaged one.
func (s *jsonSplitter) nextObject() {
	indent := s.indent()
	for {
		s.nextLine()
		s.compact()
		if s.start == len(s.buf) && !s.fill() {
			return
		}
		for len(s.buf)-s.start < 256 && s.fill() {
		}
		line := s.buf[s.start:]
		body := bytes.TrimLeft(line, " \t")
		if len(body) > 0 && body[0] == '{' && len(line)-len(body) <= indent {
			return
		}
		if bytes.HasPrefix(body, []byte("},{")) || bytes.HasPrefix(body, []byte("}, {")) {
			s.start += len(line) - len(body) + 1
			return
		}
	}
}

// indent is the white space before the value at start on its line.
func (s *jsonSplitter) indent() int {
	n := 0
	for i := s.start - 1; i >= 0 && (s.buf[i] == ' ' || s.buf[i] == '\t'); i-- {
		n++
	}
	return n
}
