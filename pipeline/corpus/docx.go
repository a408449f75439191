package corpus

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/zip"
)

// readDocx reads one judgment from a Word file: docx, the XML that Word 2003 wrote as .doc or .xml, or OpenDocument text.
// Numbers that Word counts by itself are not in the text and stay absent.
func readDocx(src *source, out *sink) error {
	raw, err := src.whole()
	if err != nil {
		return out.broken(err, int64(len(raw)))
	}
	text, fault := "", (*RecordError)(nil)
	if isZip(raw) {
		text, fault = zippedText(raw, src)
	} else {
		text, fault = wordText(bytes.NewReader(raw), src.opt.maxRecord())
	}
	return src.document(out, text, fault)
}

// document hands on the one record of a file that holds one judgment.
func (src *source) document(out *sink, text string, fault *RecordError) error {
	if fault != nil {
		return out.fail(fault)
	}
	if out.skip() {
		return nil
	}
	rec, fault := finishText(&Record{}, text, src.name)
	return out.record(rec, fault, 0)
}

// zippedText reads the main text of a zipped office document.
func zippedText(raw []byte, src *source) (string, *RecordError) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return "", archiveFault(err)
	}
	for _, m := range z.File {
		if m.Name != "word/document.xml" && m.Name != "content.xml" && m.Name != "word/document2.xml" {
			continue
		}
		if fault := memberFault(m, m.Name); fault != nil {
			return "", fault
		}
		r, err := m.Open()
		if err != nil {
			return "", readFault(err, -1)
		}
		defer r.Close()
		return wordText(r, src.opt.maxRecord())
	}
	return "", &RecordError{ByteOffset: -1, Code: CodeUnsupported, Message: "the office file holds no text document",
		Remedy: "convert it: soffice --headless --convert-to docx " + shellQuote(src.name)}
}

// passedOver are elements whose text is not the document's: field codes, deletions, fallbacks of drawings, embedded data.
var passedOver = wordSet("instrText delText del delInstrText Fallback binData tracked-changes annotation pPr rPr sectPr tblPr docPr styles fonts lists automatic-styles DocumentProperties")

// wordText reads paragraphs as lines and table rows as one line each.
func wordText(r io.Reader, limit int) (string, *RecordError) {
	w := &wordReader{dec: xml.NewDecoder(r), limit: limit}
	w.dec.Strict = true
	w.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		tok, err := w.dec.Token()
		if err == io.EOF {
			return trimLines(w.b.String()), nil
		}
		if err != nil {
			return "", readFault(err, w.dec.InputOffset())
		}
		if err := w.token(tok); err != nil {
			return "", readFault(err, w.dec.InputOffset())
		}
		if w.b.Len() > limit {
			return "", tooLarge(limit)
		}
	}
}

type wordReader struct {
	dec    *xml.Decoder
	b      strings.Builder
	limit  int
	inText int // inside w:t, or a paragraph of OpenDocument
	cells  int // depth of table cells
}

func (w *wordReader) token(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		if passedOver[t.Name.Local] {
			return w.dec.Skip()
		}
		w.start(t.Name)
	case xml.EndElement:
		w.end(t.Name)
	case xml.CharData:
		if w.inText > 0 {
			w.b.Write(t)
		}
	}
	return nil
}

func isOpenDocument(n xml.Name) bool { return strings.Contains(n.Space, "opendocument") }

func (w *wordReader) start(n xml.Name) {
	switch n.Local {
	case "t":
		w.inText++
	case "tab", "s":
		w.b.WriteByte(' ')
	case "br", "cr", "line-break":
		w.b.WriteByte('\n')
	case "noBreakHyphen":
		w.b.WriteByte('-')
	case "tc", "table-cell":
		w.cells++
	case "p", "h":
		if isOpenDocument(n) {
			w.inText++
		}
	}
}

func (w *wordReader) end(n xml.Name) {
	switch n.Local {
	case "t":
		w.inText--
	case "p", "h":
		if isOpenDocument(n) {
			w.inText--
		}
		if w.cells > 0 {
			w.b.WriteByte(' ')
		} else {
			w.b.WriteByte('\n')
		}
	case "tc", "table-cell":
		w.cells--
	case "tr", "table-row":
		w.b.WriteByte('\n')
	}
}

// trimLines cuts spaces at the ends of lines and drops empty lines.
func trimLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(breaks(s)) {
		if line = strings.Trim(line, " \t\n\u00a0"); line != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(line)
		}
	}
	return b.String()
}
