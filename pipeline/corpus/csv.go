package corpus

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readCSV reads a table of records, one judgment a row, with a heading in any order.
func readCSV(src *source, out *sink) error {
	cs, base := src.textSource()
	text, _ := headText(src.head)
	delim := delimiterOf(text, "."+src.format)
	t := &table{src: src, out: out, cs: cs, lossy: base < 0, rows: newRowSplitter(src.r, delim, src.opt.maxRecord(), max(base, 0)), parse: newRowParser(delim)}
	if ok, err := t.heading(); !ok {
		return err
	}
	for {
		r, err := t.rows.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return out.broken(err, t.at(t.rows.offset+int64(len(t.rows.buf))))
		}
		if out.skip() {
			continue
		}
		rec, fault := t.row(r)
		if err := out.record(rec, fault, t.at(r.offset)); err != nil {
			return err
		}
	}
}

// table is one CSV file being read.
type table struct {
	src    *source
	out    *sink
	cs     charset
	lossy  bool // offsets are lost behind a transcoder
	rows   *rowSplitter
	parse  *rowParser
	layout layout
}

func (t *table) at(offset int64) int64 {
	if t.lossy {
		return -1
	}
	return offset
}

// separatorLine begins a line that Excel writes above the heading to say which delimiter follows.
var separatorLine = []byte("sep=")

// heading reads the first row; ok is false if the file cannot be read by it, and then the fault was handed on.
func (t *table) heading() (ok bool, err error) {
	r, err := t.rows.next()
	if err == nil && bytes.HasPrefix(r.raw, separatorLine) {
		r, err = t.rows.next()
	}
	if err == io.EOF {
		return false, nil
	}
	if err != nil {
		return false, t.out.broken(err, 0)
	}
	names, fault := t.fields(r)
	if fault != nil {
		return false, t.out.fail(fault)
	}
	t.layout = layoutOf(append([]string(nil), names...), t.src.opt.Map)
	t.rows.want = len(names)
	if t.layout.text == 0 {
		return false, t.out.fail(&RecordError{ByteOffset: 0, Code: CodeNoText, Excerpt: excerpt(r.raw),
			Message: "no column of the table is known to hold the text; its columns are " + strings.Join(names, ", "),
			Remedy:  "name the column in a --map file, for example 判决全文: text; if the heading is missing, add it"})
	}
	return true, nil
}

// fields decodes and parses one row.
func (t *table) fields(r row) ([]string, *RecordError) {
	switch r.code {
	case CodeTooLarge:
		e := tooLarge(t.src.opt.maxRecord())
		e.ByteOffset, e.Excerpt = t.at(r.offset), excerpt(r.raw)
		return nil, e
	case CodeUnclosed:
		return nil, &RecordError{ByteOffset: t.at(r.offset), Code: CodeUnclosed, Excerpt: excerpt(r.raw),
			Message: "a quote in this row never closes; reading goes on at the next line that is a whole row",
			Remedy:  "double the quotes inside quoted fields, or export the table again"}
	}
	if at := bytes.IndexByte(r.raw, 0); at >= 0 {
		return nil, &RecordError{ByteOffset: t.at(r.offset + int64(at)), Code: CodeNUL, Message: "the row holds NUL bytes",
			Excerpt: excerpt(r.raw[max(0, at-30):]), Remedy: "remove them (tr -d '\\000') or download the file again"}
	}
	raw, fault := t.cs.decode(r.raw)
	if fault != nil {
		fault.ByteOffset = t.at(r.offset + fault.ByteOffset)
		return nil, fault
	}
	fields, err := t.parse.row(raw)
	if err != nil {
		return nil, &RecordError{ByteOffset: t.at(r.offset), Code: CodeUnclosed, Message: "the row cannot be parsed: " + err.Error(),
			Excerpt: excerpt(raw), Remedy: "export the table again with fields in quotes"}
	}
	return fields, nil
}

// row turns one row into a record.
func (t *table) row(r row) (*Record, *RecordError) {
	fields, fault := t.fields(r)
	if fault != nil {
		return nil, fault
	}
	want := len(t.layout.roles)
	for len(fields) > want && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	if len(fields) != want {
		return nil, &RecordError{ByteOffset: t.at(r.offset), Code: CodeColumns, Excerpt: excerpt([]byte(strings.Join(fields, ","))),
			Message: fmt.Sprintf("the row has %d columns, the heading %d", len(fields), want),
			Remedy:  "put fields that hold commas or line breaks into quotes, or export the table again"}
	}
	if slices.Equal(fields, t.layout.names) {
		return nil, &RecordError{ByteOffset: t.at(r.offset), Code: CodeEmpty, Message: "the heading stands here again, as in tables that were put together",
			Remedy: "nothing to do", Excerpt: excerpt([]byte(strings.Join(fields, ",")))}
	}
	a := newAssembler(t.src.opt)
	for i, role := range t.layout.roles {
		a.add(role, t.layout.names[i], fields[i])
	}
	return a.finish("")
}

// rowParser parses one row after another with encoding/csv, so that a long or broken row costs only itself.
type rowParser struct {
	delim byte
	feed  *rowFeed
	csv   *csv.Reader
	fed   int64
}

// rowFeed hands exactly one row to the CSV reader.
type rowFeed struct{ rest, tail []byte }

func (f *rowFeed) Read(b []byte) (int, error) {
	if len(f.rest) == 0 {
		f.rest, f.tail = f.tail, nil
	}
	if len(f.rest) == 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n := copy(b, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

func newRowParser(delim byte) *rowParser {
	p := &rowParser{delim: delim, feed: &rowFeed{}}
	p.reset()
	return p
}

func (p *rowParser) reset() {
	*p.feed = rowFeed{}
	p.csv = csv.NewReader(p.feed)
	p.csv.Comma, p.csv.LazyQuotes, p.csv.FieldsPerRecord, p.csv.ReuseRecord = rune(p.delim), true, -1, true
	p.fed = 0
}

var lineBreak = []byte("\n")

// row parses one row. The fields are valid until the next call; their strings stay.
func (p *rowParser) row(raw []byte) ([]string, error) {
	p.feed.rest, p.feed.tail = raw, lineBreak
	p.fed += int64(len(raw) + 1)
	fields, err := p.csv.Read()
	if err == nil && p.csv.InputOffset() != p.fed {
		err = fmt.Errorf("its quotes do not match")
	}
	if err != nil {
		p.reset()
		return nil, err
	}
	return fields, nil
}
