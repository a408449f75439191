package corpus

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// utf16Of recognises UTF-16 by its byte order mark, or by NUL bytes on one side only; nil if it is something else.
func utf16Of(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	even, odd, breaks := 0, 0, [2]int{}
	n := min(len(head), 4096) &^ 1
	for i := 0; i < n; i += 2 {
		if head[i] == 0 {
			even++
			if head[i+1] == '\n' {
				breaks[0]++
			}
		}
		if head[i+1] == 0 {
			odd++
			if head[i] == '\n' {
				breaks[1]++
			}
		}
	}
	switch {
	case odd >= n/50+1 && even == 0 && breaks[1] > 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case even >= n/50+1 && odd == 0 && breaks[0] > 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// textSource prepares a text source for reading by bytes: UTF-16 is transcoded first, a byte order mark dropped, the
// charset decided by the head. base is the offset of the first byte read; -1 says that offsets are lost.
func (src *source) textSource() (cs charset, base int64) {
	if enc := utf16Of(src.head); enc != nil {
		src.r = bufio.NewReaderSize(enc.NewDecoder().Reader(src.r), headBytes)
		src.head = peek(src.r)
		if bytes.HasPrefix(src.head, []byte("\xef\xbb\xbf")) {
			src.r.Discard(3)
			src.head = peek(src.r)
		}
		return transcoded, -1
	}
	if bytes.HasPrefix(src.head, []byte("\xef\xbb\xbf")) {
		src.r.Discard(3)
		src.head = peek(src.r)
		return utf8Text, 3
	}
	return charsetOf(src.head), 0
}

// gbReader transcodes GB18030.
func gbReader(r io.Reader) io.Reader { return simplifiedchinese.GB18030.NewDecoder().Reader(r) }
