package corpus

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// readHTML reads a web page that holds one judgment.
func readHTML(src *source, out *sink) error {
	text, fault := src.wholeText()
	if fault != nil {
		return out.fail(fault)
	}
	return src.page(out, text)
}

// page hands on the record of a page.
func (src *source) page(out *sink, raw string) error {
	if out.skip() {
		return nil
	}
	if strings.Contains(strings.ToLower(raw[:min(len(raw), 2048)]), "charset=big5") {
		return out.record(nil, &RecordError{ByteOffset: 0, Code: CodeEncoding, Message: "the page is written in Big5, which is not read",
			Remedy: "convert it: iconv -f BIG5 -t UTF-8, and change its charset line"}, 0)
	}
	p := readPage(raw)
	if p.login && len([]rune(p.text)) < loginChars {
		return out.record(nil, loginFault(p.text), 0)
	}
	rec, fault := finishText(&Record{Fields: Fields{Title: p.title}}, p.text, src.name)
	return out.record(rec, fault, 0)
}

// readMHTML reads a web archive, as browsers and Word save it: the first HTML part, or else the first text part.
func readMHTML(src *source, out *sink) error {
	raw, err := src.whole()
	if err != nil {
		return out.broken(err, int64(len(raw)))
	}
	msg, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(raw, " \t\r\n\xef\xbb\xbf")))
	if err != nil {
		return out.fail(badMIME(err))
	}
	body, plain, err := htmlPart(msg.Header.Get("Content-Type"), msg.Header.Get("Content-Transfer-Encoding"), msg.Body, 0)
	if err != nil {
		return out.fail(badMIME(err))
	}
	if body == nil {
		body = plain
	}
	cs := charsetOf(body)
	text, fault := cs.decode(body)
	if fault != nil {
		fault.ByteOffset = -1
		return out.fail(fault)
	}
	return src.page(out, string(text))
}

func badMIME(err error) *RecordError {
	return &RecordError{ByteOffset: -1, Code: CodeCorrupt, Message: "the web archive is damaged: " + err.Error(),
		Remedy: "open it in a browser and save it again as HTML"}
}

// htmlPart finds the first HTML part and the first plain text part.
func htmlPart(contentType, encoding string, body io.Reader, depth int) (page, plain []byte, err error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = strings.ToLower(strings.TrimSpace(strings.Split(contentType, ";")[0]))
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && depth < 4:
		return firstPart(multipart.NewReader(body, params["boundary"]), depth)
	case kind == "text/html", kind == "application/xhtml+xml":
		page, err = io.ReadAll(transfer(encoding, body))
	case kind == "text/plain", kind == "":
		plain, err = io.ReadAll(transfer(encoding, body))
	}
	return page, plain, err
}

func firstPart(parts *multipart.Reader, depth int) (page, plain []byte, err error) {
	for page == nil {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			if plain != nil {
				break
			}
			return nil, nil, err
		}
		got, text, err := htmlPart(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part, depth+1)
		if err != nil {
			return nil, nil, err
		}
		page = got
		if plain == nil {
			plain = text
		}
	}
	return page, plain, nil
}

func transfer(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}
