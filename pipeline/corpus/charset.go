package corpus

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// charset is the encoding of one file, decided once.
type charset int

const (
	undecided charset = iota // only ASCII seen so far
	utf8Text
	gb18030    // also GBK and GB2312, which are parts of it
	transcoded // the stream was made UTF-8 before it was cut; U+FFFD marks what was broken
)

const maxASCII = 0x7f

func isASCII(b []byte) bool {
	for _, c := range b {
		if c > maxASCII {
			return false
		}
	}
	return true
}

// charsetOf decides by a sample from the beginning of a file: what share of the non-ASCII characters is well-formed
// UTF-8. Damaged files are decided by their majority, so that broken bytes are errors and not another encoding.
func charsetOf(sample []byte) charset {
	good, bad := 0, 0
	for len(sample) > 0 {
		if sample[0] <= maxASCII {
			sample = sample[1:]
			continue
		}
		r, n := utf8.DecodeRune(sample)
		switch {
		case r != utf8.RuneError || n > 1:
			if n > 2 {
				good += 2
			} else {
				good++
			}
		case !utf8.FullRune(sample): // the sample cuts a character
			n = len(sample)
		default:
			bad++
		}
		sample = sample[n:]
	}
	switch {
	case good+bad == 0:
		return undecided
	case good >= bad:
		return utf8Text
	}
	return gb18030
}

// decode gives the UTF-8 form of raw bytes. A fault has its offset relative to raw.
func (c *charset) decode(raw []byte) ([]byte, *RecordError) {
	if *c == undecided {
		if isASCII(raw) {
			return raw, nil
		}
		*c = charsetOf(raw)
	}
	if *c == transcoded {
		return raw, lostCharacter(raw)
	}
	if *c == utf8Text {
		if utf8.Valid(raw) {
			return raw, nil
		}
		return nil, brokenUTF8(raw)
	}
	if at := utf8Run(raw); at >= 0 {
		return nil, &RecordError{ByteOffset: int64(at), Code: CodeMixed,
			Message: "UTF-8 bytes in a file that is otherwise GB18030", Excerpt: excerpt(raw[at:]),
			Remedy: "convert this part with iconv, or split the file by encoding"}
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		if at := brokenGB(raw); at >= 0 {
			return nil, &RecordError{ByteOffset: int64(at), Code: CodeEncoding,
				Message: "bytes that are not GB18030", Excerpt: excerpt(raw[at:]),
				Remedy: "check the file with iconv -f GB18030 -t UTF-8; if it is a mixture, split it by encoding"}
		}
	}
	return out, nil
}

// lostCharacter finds the mark of a character that transcoding lost.
func lostCharacter(raw []byte) *RecordError {
	at := bytes.IndexRune(raw, utf8.RuneError)
	if at < 0 {
		return nil
	}
	return &RecordError{ByteOffset: -1, Code: CodeEncoding, Message: "bytes that are broken in the file's encoding (UTF-16 or GB18030)",
		Excerpt: excerpt(raw[max(0, at-30):]), Remedy: "convert the file to UTF-8 with iconv, which names the place"}
}

func brokenUTF8(raw []byte) *RecordError {
	at := 0
	for at < len(raw) {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	e := &RecordError{ByteOffset: int64(at), Code: CodeEncoding, Message: "bytes that are not UTF-8",
		Excerpt: excerpt(raw[at:]), Remedy: "check the file with iconv -f UTF-8 -t UTF-8; if the text was cut inside a character, download it again"}
	if charsetOf(raw) == gb18030 && brokenGB(raw) < 0 {
		e.Code, e.Message = CodeMixed, "GB18030 bytes in a file that is otherwise UTF-8"
		e.Remedy = "convert this part with iconv -f GB18030 -t UTF-8, or split the file by encoding"
	}
	return e
}

// utf8Run finds four UTF-8 Chinese characters in a row, which GB18030 text practically never looks like; -1 if none.
func utf8Run(b []byte) int {
	const need = 4
	run, start := 0, 0
	for i := 0; i+2 < len(b); {
		if b[i] >= 0xE3 && b[i] <= 0xE9 && b[i+1]&0xC0 == 0x80 && b[i+2]&0xC0 == 0x80 {
			if run == 0 {
				start = i
			}
			if run++; run == need {
				return start
			}
			i += 3
			continue
		}
		if run > 0 {
			i, run = start, 0
		}
		i++
	}
	return -1
}

// gbLen is the length of the GB18030 character at the start of b, 0 if there is none.
func gbLen(b []byte) int {
	if len(b) == 0 || b[0] <= maxASCII {
		return min(len(b), 1)
	}
	if b[0] == 0x80 || b[0] == 0xFF || len(b) < 2 {
		return 0
	}
	switch c := b[1]; {
	case c >= 0x40 && c <= 0xFE && c != 0x7F:
		return 2
	case c >= 0x30 && c <= 0x39 && len(b) >= 4 && b[2] >= 0x81 && b[2] <= 0xFE && b[3] >= 0x30 && b[3] <= 0x39:
		return 4
	}
	return 0
}

// brokenGB gives the offset of the first bytes that are no GB18030 character, -1 if all are.
func brokenGB(b []byte) int {
	dec := simplifiedchinese.GB18030.NewDecoder()
	for at := 0; at < len(b); {
		n := gbLen(b[at:])
		if n == 0 {
			return at
		}
		if n > 1 {
			out, err := dec.Bytes(b[at : at+n])
			if err != nil || (bytes.ContainsRune(out, utf8.RuneError) && !bytes.Equal(b[at:at+n], []byte("\x84\x31\xA4\x37"))) {
				return at
			}
		}
		at += n
	}
	return -1
}
