package corpus

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestSplitterAgainstCSV: what encoding/csv writes comes back row by row, however the bytes arrive.
func TestSplitterAgainstCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("判决书,\"\n\r，“”a 1\t")))
		width := rapid.IntRange(2, 5).Draw(t, "width")
		table := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 8).Draw(t, "table")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		w.WriteAll(table)
		want, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		sp := newRowSplitter(iotest.OneByteReader(bytes.NewReader(b.Bytes())), ',', 1<<20, 0)
		sp.want = width
		parse := newRowParser(',')
		for i, row := range want {
			r, err := sp.next()
			if err != nil || r.code != "" {
				t.Fatalf("row %d: %v %s in %q", i, err, r.code, b.String())
			}
			if !bytes.HasPrefix(b.Bytes()[r.offset:], r.raw) {
				t.Fatalf("row %d is not at offset %d", i, r.offset)
			}
			got, err := parse.row(r.raw)
			if err != nil || !slices.Equal(got, row) {
				t.Fatalf("row %d: %q, %v; want %q", i, got, err, row)
			}
		}
		if r, err := sp.next(); err != io.EOF {
			t.Fatalf("after the last row: %q, %v", r.raw, err)
		}
	})
}

// TestGoodRowsSurviveAnOpenQuote: a quote that never closes costs its own row only, wherever it stands.
func TestGoodRowsSurviveAnOpenQuote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.IntRange(0, 4).Draw(t, "before")
		after := rapid.IntRange(1, 4).Draw(t, "after")
		col := rapid.IntRange(0, 2).Draw(t, "column")
		inQuotes := rapid.Bool().Draw(t, "quoted neighbours")
		row := func(n int) string {
			if inQuotes {
				return csvRow(n, judgment(n))
			}
			return "号" + string(rune('0'+n)) + ",某法院," + oneLine(n) + "\n"
		}
		bad := []string{"号", "某法院", "全文"}
		bad[col] = "\"" + bad[col]
		var b strings.Builder
		b.WriteString(csvHead)
		for n := range before {
			b.WriteString(row(n))
		}
		b.WriteString(strings.Join(bad, ",") + "\n")
		for n := range after {
			b.WriteString(row(n + before))
		}
		sp := newRowSplitter(strings.NewReader(b.String()), ',', 1<<20, 0)
		sp.want = 3
		good, damaged := -1, 0 // the heading is a row too
		for {
			r, err := sp.next()
			if err == io.EOF {
				break
			}
			if r.code != "" {
				damaged++
			} else if sp.columns(r.raw) == 3 {
				good++
			}
		}
		if good != before+after || damaged != 1 {
			t.Fatalf("%d good rows and %d damaged, want %d and 1:\n%s", good, damaged, before+after, b.String())
		}
	})
}

// drain reads rows to the end and checks that they stand in the source in order.
func FuzzRows(f *testing.F) {
	f.Add([]byte(csvHead+csvRow(1, judgment(1))), 3)
	f.Add([]byte("a,b\n\"x,y\n1,2\n"), 2)
	f.Add([]byte("\"\"\"\n\"\n,\"\r\n"), 2)
	f.Fuzz(func(t *testing.T, data []byte, want int) {
		sp := newRowSplitter(iotest.HalfReader(bytes.NewReader(data)), ',', 64, 0)
		sp.want = want
		last := int64(-1)
		for range len(data) + 1 {
			r, err := sp.next()
			if err == io.EOF {
				return
			}
			if r.offset <= last || !bytes.HasPrefix(data[r.offset:], r.raw) {
				t.Fatalf("row %q at %d after %d", r.raw, r.offset, last)
			}
			last = r.offset
		}
		t.Fatal("more rows than bytes")
	})
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(jsonRow(1)+"\n"+jsonRow(2)), true)
	f.Add([]byte("[{\"text\":\"a\"},\n{\"text\":5},[1],\"x\\ud800\"]"), false)
	f.Add([]byte("{\"source\":\"{\\\"qwContent\\\":\\\"<p>a</p>\\\"}\"}"), false)
	f.Fuzz(func(t *testing.T, data []byte, lines bool) {
		sp := &jsonSplitter{window: window{r: iotest.HalfReader(bytes.NewReader(data))}, lines: lines, limit: 256}
		cs := charsetOf(data)
		last := int64(-1)
		for range len(data) + 1 {
			v, err := sp.next()
			if err == io.EOF {
				return
			}
			if v.offset <= last {
				t.Fatalf("value at %d after %d", v.offset, last)
			}
			last = v.offset
			rec, fault := jsonRecord(&source{opt: &Options{}}, &cs, v)
			if (rec == nil) == (fault == nil) {
				t.Fatalf("%q gave %v and %v", v.raw, rec, fault)
			}
			if rec != nil && (rec.Text == "" || !utf8.ValidString(rec.Text)) {
				t.Fatalf("%q gave the text %q", v.raw, rec.Text)
			}
		}
		t.Fatal("more values than bytes")
	})
}

func FuzzHTML(f *testing.F) {
	f.Add("<p>判决<br/>如下&nbsp;：</p><script>x</script>适用<中华人民共和国民法典>的")
	f.Add("<table><tr><td>a</td></tr><form><input type=password>")
	f.Add("<pre>a\nb</pre><select><option>x</select><!-- c --><title>t")
	f.Fuzz(func(t *testing.T, s string) {
		p := readPage(s)
		if strings.Contains(p.text, "\n\n") || strings.Contains(p.text, "\r") {
			t.Fatalf("lines are not in one form: %q", p.text)
		}
		if utf8.ValidString(s) && !utf8.ValidString(p.text) {
			t.Fatalf("%q gave invalid text %q", s, p.text)
		}
	})
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 x;}}\uc1 \u27743?\'c5\'d0\par{\*\x y}\bin3 abc}`))
	f.Add([]byte(`{\rtf1\ansicpg65001 \u-10179?\u-8704?\'e6\'b1\'9f}`))
	f.Add([]byte(`\`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, fault := rtfText(data)
		if fault == nil && !utf8.ValidString(s) {
			t.Fatalf("%q gave invalid text %q", data, s)
		}
	})
}

func FuzzCharset(f *testing.F) {
	f.Add([]byte("江临市"))
	f.Add([]byte("\xbd\xad\xc1\xd9\x81\x30\x81\x30"))
	f.Fuzz(func(t *testing.T, data []byte) {
		cs := charsetOf(data)
		out, fault := cs.decode(data)
		if fault == nil && !utf8.Valid(out) {
			t.Fatalf("%q gave invalid text %q", data, out)
		}
		if fault != nil && (fault.ByteOffset < 0 || fault.ByteOffset > int64(len(data))) {
			t.Fatalf("the fault in %q lies at %d", data, fault.ByteOffset)
		}
	})
}
