package corpus

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"testing"

	"github.com/klauspost/compress/zip"
)

// BenchmarkZip reads the three CSV members of a real dump; bytes are those of the unpacked text.
func BenchmarkZip(b *testing.B) {
	name := shared(b, "judgments", "macrodata_layout.zip")
	p, err := MakePlan([]string{name}, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	var size int64
	for _, u := range p.Units {
		size += u.Size
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, u := range p.Units {
			if err := p.Read(context.Background(), u, 0, func(r *Record, e *RecordError) error { n++; return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n), "records")
	}
}

// BenchmarkInflateAndParse is the yardstick: inflating and encoding/csv alone.
func BenchmarkInflateAndParse(b *testing.B) {
	z, err := zip.OpenReader(shared(b, "judgments", "macrodata_layout.zip"))
	if err != nil {
		b.Fatal(err)
	}
	defer z.Close()
	var size int64
	for _, m := range z.File {
		size += int64(m.UncompressedSize64)
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, m := range z.File {
			r, err := m.Open()
			if err != nil {
				b.Fatal(err)
			}
			c := csv.NewReader(bufio.NewReaderSize(r, headBytes))
			c.ReuseRecord = true
			for {
				if _, err := c.Read(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
			r.Close()
		}
	}
}

// BenchmarkJSONLines reads zstd-compressed JSON Lines.
func BenchmarkJSONLines(b *testing.B) {
	p, err := MakePlan([]string{shared(b, "judgments", "civil.jsonl.zst")}, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, u := range p.Units {
			if err := p.Read(context.Background(), u, 0, func(r *Record, e *RecordError) error {
				if r != nil {
					n += len(r.Text)
				}
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(int64(n))
	}
}
