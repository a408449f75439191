package corpus

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// readRTF reads one judgment from a Rich Text file, as Word and WPS save it under .rtf or .doc.
func readRTF(src *source, out *sink) error {
	raw, err := src.whole()
	if err != nil {
		return out.broken(err, int64(len(raw)))
	}
	text, fault := rtfText(raw)
	return src.document(out, text, fault)
}

// rtfText gives the text of an RTF file, paragraphs as lines. Bytes are read in the file's code page (\ansicpg936).
func rtfText(raw []byte) (string, *RecordError) {
	r := &rtfReader{raw: raw, codePage: 1252, group: rtfGroup{skipAfterU: 1}, fontSets: map[int]int{}}
	for r.at < len(raw) && r.fault == nil {
		switch c := raw[r.at]; c {
		case '{':
			r.flush()
			r.at++
			if len(r.stack) >= rtfDepth {
				r.fail(r.at, CodeCorrupt, "groups are nested too deeply")
				break
			}
			r.stack = append(r.stack, r.group)
			r.group.fresh = true
		case '}':
			r.flush()
			r.at++
			if n := len(r.stack); n > 0 {
				r.group, r.stack = r.stack[n-1], r.stack[:n-1]
			}
		case '\\':
			r.control()
		case '\r', '\n':
			r.at++
		default:
			r.char(c)
			r.at++
		}
	}
	r.flush()
	if r.fault == nil && r.high != 0 {
		r.surrogate()
	}
	if r.fault == nil && len(r.stack) > 0 {
		r.fail(len(raw), CodeTruncated, "the RTF text ends inside a group")
	}
	if r.fault != nil {
		return "", r.fault
	}
	return trimLines(r.b.String()), nil
}

const rtfDepth = 1000

// rtfGroup is the state that a closing brace restores.
type rtfGroup struct {
	hidden     bool // the group is no text: fonts, styles, pictures
	fresh      bool // nothing was read in it yet
	skipAfterU int  // \uc: how many characters stand in for a \u
	font       int
	fonts      bool // inside the font table
}

type rtfReader struct {
	raw      []byte
	at       int
	b        strings.Builder
	bytes    []byte // of the code page, not yet decoded
	codePage int
	fontSets map[int]int // font -> character set
	group    rtfGroup
	stack    []rtfGroup
	ignore   int  // characters still to be passed over after \u
	high     rune // the first half of a surrogate pair
	fault    *RecordError
}

func (r *rtfReader) fail(at int, code, message string) {
	if r.fault == nil {
		r.fault = &RecordError{ByteOffset: int64(at), Code: code, Message: message, Excerpt: excerpt(r.raw[max(0, min(at, len(r.raw))-40):min(at, len(r.raw))]),
			Remedy: "convert it: soffice --headless --convert-to docx FILE"}
	}
}

// char takes one byte of text.
func (r *rtfReader) char(c byte) {
	r.group.fresh = false
	if r.ignore > 0 {
		r.ignore--
		return
	}
	if !r.group.hidden {
		r.bytes = append(r.bytes, c)
	}
}

// text takes characters that a control word stands for.
func (r *rtfReader) text(s string) {
	r.flush()
	if r.high != 0 {
		r.surrogate()
	}
	if !r.group.hidden {
		r.b.WriteString(s)
	}
}

func (r *rtfReader) surrogate() {
	r.high = 0
	r.fail(r.at, CodeSurrogate, "half of a surrogate pair in the RTF text")
}

// flush decodes the bytes collected in the code page.
func (r *rtfReader) flush() {
	if len(r.bytes) == 0 {
		return
	}
	b := r.bytes
	r.bytes = r.bytes[:0]
	if r.high != 0 {
		r.surrogate()
		return
	}
	if isASCII(b) {
		r.b.Write(b)
		return
	}
	out, ok := decodePage(b, r.page())
	if !ok {
		r.fail(r.at, CodeEncoding, "bytes that do not belong to code page "+strconv.Itoa(r.page()))
		return
	}
	r.b.WriteString(out)
}

// page is the code page in force: a Chinese font overrides a western default.
func (r *rtfReader) page() int {
	const simplified, traditional = 134, 136
	switch r.fontSets[r.group.font] {
	case simplified:
		return 936
	case traditional:
		return 950
	}
	return r.codePage
}

func decodePage(b []byte, page int) (string, bool) {
	switch page {
	case 936, 54936:
		if brokenGB(b) >= 0 {
			return "", false
		}
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		return string(out), err == nil
	case 950:
		out, err := traditionalchinese.Big5.NewDecoder().Bytes(b)
		return string(out), err == nil && !bytes.ContainsRune(out, utf8.RuneError)
	case 65001:
		return string(b), utf8.Valid(b)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(out), err == nil
}

// control reads one control word or symbol.
func (r *rtfReader) control() {
	r.at++
	if r.at >= len(r.raw) {
		r.fail(r.at, CodeTruncated, "the RTF text ends inside a control word")
		return
	}
	c := r.raw[r.at]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		word, n, has := r.word()
		if r.ignore > 0 && word != "u" {
			r.ignore--
			return
		}
		r.do(word, n, has)
		r.group.fresh = false
		return
	}
	r.at++
	switch c {
	case '\'':
		if r.at+2 <= len(r.raw) {
			if v, err := strconv.ParseUint(string(r.raw[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.char(byte(v))
			}
		}
	case '\\', '{', '}':
		r.char(c)
	case '~':
		r.text("\u00a0")
	case '_':
		r.text("-")
	case '\r', '\n':
		r.text("\n")
	case '*':
		if r.group.fresh {
			r.flush()
			r.group.hidden = true
		}
	}
}

// word reads a control word with its number and the one space that ends it.
func (r *rtfReader) word() (word string, n int, has bool) {
	start := r.at
	for r.at < len(r.raw) && (r.raw[r.at]|0x20 >= 'a' && r.raw[r.at]|0x20 <= 'z') {
		r.at++
	}
	word = string(r.raw[start:r.at])
	num := r.at
	if r.at < len(r.raw) && r.raw[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.raw) && r.raw[r.at] >= '0' && r.raw[r.at] <= '9' && r.at-num < 12 {
		r.at++
	}
	if v, err := strconv.Atoi(string(r.raw[num:r.at])); err == nil {
		n, has = v, true
	} else {
		r.at = num
	}
	if r.at < len(r.raw) && r.raw[r.at] == ' ' {
		r.at++
	}
	return word, n, has
}

// rtfHidden are groups that are no text of the document.
var rtfHidden = wordSet("colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf fldinst listtable listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl bkmkstart bkmkend filetbl revtbl comment annotation private ftnsep ftnsepc aftnsep")

// rtfChars are control words that stand for characters.
var rtfChars = map[string]string{"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": " ", "cell": " ", "nestcell": " ", "nestrow": "\n",
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002"}

func (r *rtfReader) do(word string, n int, has bool) {
	if s, ok := rtfChars[word]; ok {
		r.text(s)
		return
	}
	switch word {
	case "u":
		if has {
			r.unicode(n)
		}
	case "uc":
		r.group.skipAfterU = max(0, n)
	case "ansicpg":
		r.codePage = n
	case "f":
		r.flush()
		r.group.font = n
	case "plain":
		r.flush()
		r.group.font = 0
	case "fcharset":
		if r.group.fonts {
			r.fontSets[r.group.font] = n
		}
	case "fonttbl":
		r.flush()
		r.group.hidden, r.group.fonts = true, true
	case "bin":
		r.at = min(len(r.raw), r.at+max(0, n))
	default:
		if rtfHidden[word] {
			r.flush()
			r.group.hidden = true
		}
	}
}

// unicode takes a \u character, in two halves beyond the basic plane, and passes over its stand-in.
func (r *rtfReader) unicode(n int) {
	r.flush()
	c := rune(uint16(n))
	r.ignore = r.group.skipAfterU
	if r.group.hidden {
		return
	}
	switch {
	case r.high != 0:
		full := utf16.DecodeRune(r.high, c)
		if full == utf8.RuneError {
			r.surrogate()
			return
		}
		r.high = 0
		r.b.WriteRune(full)
	case c >= 0xD800 && c < 0xDC00:
		r.high = c
	case c >= 0xDC00 && c < 0xE000:
		r.surrogate()
	default:
		r.b.WriteRune(c)
	}
}
