package coding

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// readCSV reads one CSV file. A quote that never closes is a fault at its line: what follows it cannot be told apart.
func readCSV(name string, raw []byte) ([]Sheet, error) {
	text, fault := decode(name, raw)
	if fault != nil {
		return nil, Faults{*fault}
	}
	s := Sheet{File: name}
	text, comma, skipped := delimiter(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return []Sheet{s}, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, Faults{{Place: Place{File: name, Row: bad.StartLine + skipped}, Message: "the quotes of this row do not match",
				Remedy: `put the field into quotes and double the quotes inside it (""), or save the sheet again as CSV UTF-8`}}
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		s.add(line+skipped, cells, nil)
	}
}

// delimiter tells the field separator by the first line, or by Excel's own first line "sep=;", which it cuts off;
// skipped counts the lines cut off.
func delimiter(text string) (rest string, comma rune, skipped int) {
	first, after, _ := strings.Cut(text, "\n")
	if sep, ok := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); ok && len(sep) == 1 {
		return after, rune(sep[0]), 1
	}
	comma, most := ',', strings.Count(first, ",")
	for _, c := range ";\t" {
		if n := strings.Count(first, string(c)); n > most {
			comma, most = c, n
		}
	}
	return text, comma, 0
}

// decode gives the UTF-8 form of a file in UTF-8, UTF-16 (with byte order mark) or GB18030.
func decode(name string, raw []byte) (string, *Fault) {
	if rest, ok := bytes.CutPrefix(raw, []byte("\uFEFF")); ok {
		raw = rest
	}
	var e encoding.Encoding = simplifiedchinese.GB18030
	switch {
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")), bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case utf8.Valid(raw):
		return string(raw), nil
	}
	out, err := e.NewDecoder().Bytes(raw)
	if err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
		return string(out), nil
	}
	line := 1
	if at := bytes.IndexRune(out, utf8.RuneError); at >= 0 {
		line += bytes.Count(out[:at], []byte("\n"))
	}
	return "", &Fault{Place: Place{File: name, Row: line}, Message: "the bytes are neither UTF-8 nor GB18030 nor UTF-16",
		Remedy: "save the sheet again as CSV UTF-8"}
}
