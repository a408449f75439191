package segment_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"caipan/features"
	"caipan/features/segment"
	"caipan/internal/realdata"
)

// benchTexts are about 4 MB of real judgments, or the sample where there are none beside the project.
func benchTexts(b *testing.B) (docs []features.Document, size int64) {
	b.Helper()
	if _, err := os.Stat(filepath.Join("..", "..", "..", "shared", "judgments")); err == nil {
		for _, name := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst"} {
			for i, r := range realdata.Lines[realdata.Record](b, name) {
				if i%15 == 0 {
					docs = append(docs, features.Document{ID: r.ID, Text: r.Text, Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Cause: r.Cause, Procedure: r.Procedure})
				}
			}
		}
	} else {
		files, err := filepath.Glob(filepath.Join("..", "..", "data", "sample", "judgments", "*.txt"))
		if err != nil || len(files) == 0 {
			b.Fatalf("no judgments in data/sample: %v", err)
		}
		for _, f := range files {
			body, err := os.ReadFile(f)
			if err != nil {
				b.Fatal(err)
			}
			docs = append(docs, features.Document{ID: filepath.Base(f), Text: string(body)})
		}
	}
	for _, d := range docs {
		size += int64(len(d.Text))
	}
	return docs, size
}

// BenchmarkRead is features.Reader.Read without terms over the same texts, one core. Reading and gse's Segment take turns in
// short stretches, so that what else the machine does strikes both; the metric is how many times as fast reading is.
func BenchmarkRead(b *testing.B) {
	docs, size := benchTexts(b)
	reader, err := features.New(features.Options{})
	if err != nil {
		b.Fatal(err)
	}
	seg, err := segment.Reference()
	if err != nil {
		b.Fatal(err)
	}
	cores := runtime.GOMAXPROCS(1)
	b.Cleanup(func() { runtime.GOMAXPROCS(cores) })
	b.SetBytes(size)
	b.ReportAllocs()
	var read, segmented time.Duration
	for b.Loop() {
		for at := 0; at < len(docs); at += stretch {
			turn := docs[at:min(at+stretch, len(docs))]
			read += timed(func(d features.Document) { reader.Read(d) }, turn)
			b.StopTimer()
			segmented += timed(func(d features.Document) { seg.Segment([]byte(d.Text)) }, turn)
			b.StartTimer()
		}
	}
	b.ReportMetric(segmented.Seconds()/read.Seconds(), "x-segment")
}

const stretch = 16 // judgments

func timed(f func(features.Document), docs []features.Document) time.Duration {
	start := time.Now()
	for _, d := range docs {
		f(d)
	}
	return time.Since(start)
}
