package corpus

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// long gives head, then filler over and over until size bytes, then tail, without holding it.
type long struct {
	head, filler, tail string
	size               int64
	at                 int64
}

func (l *long) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		var piece string
		switch {
		case l.at < int64(len(l.head)):
			piece = l.head[l.at:]
		case l.at < l.size:
			piece = l.filler[(l.at-int64(len(l.head)))%int64(len(l.filler)):]
			if left := l.size - l.at; int64(len(piece)) > left {
				piece = piece[:left]
			}
		case l.at < l.size+int64(len(l.tail)):
			piece = l.tail[l.at-l.size:]
		default:
			if n > 0 {
				return n, nil
			}
			return 0, io.EOF
		}
		c := copy(b[n:], piece)
		n, l.at = n+c, l.at+int64(c)
	}
	return n, nil
}

// stream reads one source that is no file.
func stream(t testing.TB, name string, r io.Reader, opt Options) (recs []*Record, faults []*RecordError, peak uint64) {
	t.Helper()
	p := &Plan{opt: opt}
	f := &File{SourcePath: name, Size: hugeField}
	src, done, err := p.recognise(f, &watched{ctx: context.Background(), r: r})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	var from int64
	out := &sink{ctx: context.Background(), path: name, skips: &from, yield: func(r *Record, e *RecordError) error {
		if e != nil {
			faults = append(faults, e)
		} else {
			recs = append(recs, r)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapSys)
		return nil
	}}
	if err := readers[src.format](src, out); err != nil {
		t.Fatal(err)
	}
	return recs, faults, peak
}

const hugeField = 300 << 20

// TestHugeField: a field of 300 MB is one error, and the rows beside it survive, in bounded memory.
func TestHugeField(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 1.2 GB")
	}
	filler := "这一段文字没有尽头，" // no line break
	for _, c := range []struct {
		name string
		r    *long
		code string
	}{
		{"quoted.csv", &long{head: csvHead + csvRow(1, judgment(1)) + "2,某法院,\"", filler: filler, tail: "\"\n" + csvRow(3, judgment(3)), size: hugeField}, CodeTooLarge},
		{"open.csv", &long{head: csvHead + csvRow(1, judgment(1)) + "2,某法院,\"", filler: filler + "\n", tail: "\n" + csvRow(3, judgment(3)), size: hugeField}, CodeTooLarge},
		{"bare.csv", &long{head: csvHead + csvRow(1, judgment(1)) + "2,某法院,", filler: filler, tail: "\n" + csvRow(3, judgment(3)), size: hugeField}, CodeTooLarge},
		{"line.jsonl", &long{head: jsonRow(1) + "\n{\"text\":\"", filler: filler, tail: "\"}\n" + jsonRow(3) + "\n", size: hugeField}, CodeTooLarge},
		{"array.json", &long{head: "[\n" + jsonRow(1) + ",\n{\"text\":\"", filler: filler, tail: "\"},\n" + jsonRow(3) + "\n]", size: hugeField}, CodeTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			recs, faults, peak := stream(t, c.name, c.r, Options{MaxRecord: 4 << 20})
			if len(recs) != 2 || len(faults) != 1 || faults[0].Code != c.code {
				t.Fatalf("%d records, errors %v; want 2 and one %s", len(recs), faults, c.code)
			}
			if !strings.Contains(recs[1].Text, "民初3号") {
				t.Errorf("the row behind is %q", recs[1].Text)
			}
			if grown := int64(peak) - int64(before.HeapSys); grown > 64<<20 {
				t.Errorf("memory grew by %d MiB for records of 4 MiB", grown>>20)
			}
		})
	}
}

// TestResume: reading on from any item gives exactly the rest, and records and errors are numbered without a gap.
func TestResume(t *testing.T) {
	p, err := MakePlan([]string{filepath.Join("testdata", "broken"), filepath.Join("..", "..", "data", "sample", "formats")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for _, u := range p.Units {
		all := items(t, p, u, 0)
		for from := range len(all) + 1 {
			if rest := items(t, p, u, int64(from)); !slices.Equal(rest, all[from:]) {
				t.Fatalf("unit %d from %d: %v\nwant %v", u.No, from, rest, all[from:])
			}
		}
		next := map[string]int64{}
		for _, it := range all {
			if it.index != next[it.path] {
				t.Fatalf("%s: record %d follows %d", it.path, it.index, next[it.path]-1)
			}
			next[it.path]++
		}
		for _, f := range u.Files {
			if next[f.SourcePath] == 0 {
				t.Errorf("%s gave neither record nor error", f.SourcePath)
			}
		}
	}
}

type item struct {
	path   string
	index  int64
	offset int64
	what   string // code of an error, text of a record
}

func items(t *testing.T, p *Plan, u Unit, from int64) (out []item) {
	t.Helper()
	err := p.Read(context.Background(), u, from, func(r *Record, e *RecordError) error {
		if e != nil {
			out = append(out, item{e.SourcePath, e.Index, e.ByteOffset, e.Code})
		} else {
			out = append(out, item{r.SourcePath, r.Index, r.ByteOffset, r.Text})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestOffsets: in a plain file a record's offset is where its row begins.
func TestOffsets(t *testing.T) {
	content := "\ufeff" + csvHead + csvRow(1, judgment(1)) + "\r\n" + csvRow(2, judgment(2))
	name := filepath.Join(t.TempDir(), "位置 一.csv")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	recs, faults, _ := stream(t, "位置 一.csv", bufio.NewReader(strings.NewReader(content)), Options{})
	if len(faults) > 0 || len(recs) != 2 {
		t.Fatal(len(recs), faults)
	}
	for i, r := range recs {
		if row := content[r.ByteOffset:]; !strings.HasPrefix(row, "（2022）某0105民初"+string(rune('1'+i))) {
			t.Errorf("record %d is said to begin at %q", i, row[:40])
		}
	}
}

// TestStop: the caller's error and a cancelled context end the reading at once.
func TestStop(t *testing.T) {
	p, err := MakePlan([]string{filepath.Join("testdata", "broken")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	n := 0
	if err := p.Read(context.Background(), p.Units[0], 0, func(*Record, *RecordError) error { n++; return io.ErrClosedPipe }); err != io.ErrClosedPipe || n != 1 {
		t.Errorf("after %d items: %v; want the caller's error after one", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n = 0
	err = p.Read(ctx, p.Units[0], 0, func(*Record, *RecordError) error { n++; cancel(); return nil })
	if err != context.Canceled || n != 1 {
		t.Errorf("after %d items: %v; want context.Canceled after one", n, err)
	}
}

// TestParallelUnits: units read at the same time give what they give one after another.
func TestParallelUnits(t *testing.T) {
	var members []member
	for n := range 40 {
		members = append(members, member{fmt.Sprintf("判决/%02d 号.txt", n), judgment(n) + strings.Repeat("\n本院认为。", 20000)})
	}
	dir := tree(t, map[string]string{"in/a.zip": string(zipped(t, members...)), "in/b.csv": csvHead + csvRow(1, judgment(1))})
	p := plan(t, Options{}, filepath.Join(dir, "in"))
	if len(p.Units) < 3 {
		t.Fatalf("%d units are too few to try", len(p.Units))
	}
	got := make([][]item, len(p.Units))
	var wg sync.WaitGroup
	for i, u := range p.Units {
		wg.Go(func() { got[i] = items(t, p, u, 0) })
	}
	wg.Wait()
	for i, u := range p.Units {
		if !slices.Equal(got[i], items(t, p, u, 0)) {
			t.Errorf("unit %d differs", i)
		}
	}
}
