package columnar

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caipan/pipeline/dataset"
)

// randomBatch fills every column with values of its kind, nulls and empty lists included.
func randomBatch(t *dataset.Table, n int, seed uint64) *dataset.Batch {
	r := rand.New(rand.NewPCG(seed, 7))
	words := []string{"", "甲公司", "本院认为，原告主张成立。", "joint", "=1+1", "a,b\"c\r\n", strings.Repeat("网络服务提供者", 40)}
	b := dataset.NewBatch(t)
	for range n {
		w := b.Row()
		for _, c := range t.Columns {
			null := c.Nullable && r.IntN(3) == 0
			word := words[r.IntN(len(words))] + fmt.Sprint(r.IntN(50))
			switch {
			case c.Kind == dataset.Text && null, c.Kind == dataset.Date && null:
				w.Text("")
			case c.Kind == dataset.Text && c.Values != nil:
				w.Text(c.Values[r.IntN(len(c.Values))].Name)
			case c.Kind == dataset.Text:
				w.Text(word)
			case c.Kind == dataset.Date:
				w.Text(fmt.Sprintf("%04d-%02d-%02d", 1900+r.IntN(200), 1+r.IntN(12), 1+r.IntN(28)))
			case c.Kind == dataset.Int32 || c.Kind == dataset.Int64:
				if null {
					w.Int(dataset.NullInt)
				} else {
					w.Int(int64(r.IntN(100000)) - 5)
				}
			case c.Kind == dataset.Float64:
				x := r.Float64() * 1e6
				if null {
					w.Float(nil)
				} else {
					w.Float(&x)
				}
			case c.Kind == dataset.Bool:
				w.Bool(r.IntN(2) == 0)
			case c.Kind == dataset.TextList:
				w.List(words[:r.IntN(4)])
			case c.Kind == dataset.Int32List:
				w.IntList([]int32{1, 2, 3}[:r.IntN(4)])
			}
		}
		w.End()
	}
	return b
}

func write(t *testing.T, dir string, b *dataset.Batch) []Part {
	t.Helper()
	w := NewWriter(dir, b.Table, Meta{{"schema_version", dataset.SchemaVersion}, {"run_id", "r0"}})
	if err := w.Write(b, 0, b.N); err != nil {
		t.Fatal(err)
	}
	parts, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

func sameRows(t *testing.T, want, got *dataset.Batch) {
	t.Helper()
	if want.N != got.N {
		t.Fatalf("table %s: %d rows, want %d", want.Table.Name, got.N, want.N)
	}
	for c, col := range want.Table.Columns {
		for i := range want.N {
			if x, y := want.Cell(c, i), got.Cell(c, i); x != y {
				t.Fatalf("%s.%s row %d: %q, want %q", want.Table.Name, col.Name, i, y, x)
			}
		}
	}
}

func TestEveryTableIsReadBackByBothLibraries(t *testing.T) {
	for i, tab := range dataset.Tables {
		for _, n := range []int{0, 1, 1500} {
			dir := t.TempDir()
			b := randomBatch(tab, n, uint64(i))
			parts := write(t, dir, b)
			got := dataset.NewBatch(tab)
			if err := OpenTable(dir, tab, parts).Each(func(x *dataset.Batch) error { got.Append(x, 0, x.N); return nil }); err != nil {
				t.Fatal(err)
			}
			sameRows(t, b, got)
			if _, err := Verify(filepath.Join(dir, parts[0].Path), tab); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestRowGroupsAreBounded(t *testing.T) {
	dir, tab := t.TempDir(), dataset.Named("terms")
	b := dataset.NewBatch(tab)
	for i := range groupRows + 10 {
		b.Row().Text("c1").Int(int64(i)).Text("词").Int(1).End()
	}
	parts := write(t, dir, b)
	r, err := OpenFile(filepath.Join(dir, parts[0].Path), tab)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if r.file.NumRowGroups() != 2 {
		t.Errorf("%d row groups, want 2", r.file.NumRowGroups())
	}
	if _, err := Verify(filepath.Join(dir, parts[0].Path), tab); err != nil {
		t.Error(err)
	}
}

func TestSameRowsSameBytes(t *testing.T) {
	for _, tab := range dataset.Tables {
		b := randomBatch(tab, 600, 1)
		var first []byte
		for k := range 8 {
			dir := t.TempDir()
			w := NewWriter(dir, tab, Meta{{"schema_version", "1"}, {"run_id", "x"}}).Ahead(k % 3)
			for from := 0; from < b.N; from += 100 + 37*k { // however the rows arrive
				if err := w.Write(b, from, min(b.N, from+100+37*k)); err != nil {
					t.Fatal(err)
				}
			}
			parts, err := w.Close()
			if err != nil {
				t.Fatal(err)
			}
			have, err := os.ReadFile(filepath.Join(dir, parts[0].Path))
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = have
			} else if !bytes.Equal(first, have) {
				t.Fatalf("table %s: write %d gives other bytes", tab.Name, k)
			}
		}
	}
}

// TestCopiedRowGroupsStandInOrder: rows written, encoded elsewhere and copied, written again.
func TestCopiedRowGroupsStandInOrder(t *testing.T) {
	for _, ahead := range []int{0, 2} {
		dir, tab := t.TempDir(), dataset.Named("findings")
		b := randomBatch(tab, 900, 5)
		w := NewWriter(dir, tab, Meta{{"run_id", "x"}}).Ahead(ahead)
		for from := 0; from < b.N; from += 300 {
			raw, err := Encode(b.Slice(from+100, from+200))
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(w.Write(b, from, from+100), w.Copy(raw), w.Write(b, from+200, from+300)); err != nil {
				t.Fatal(err)
			}
		}
		parts, err := w.Close()
		if err != nil {
			t.Fatal(err)
		}
		got := dataset.NewBatch(tab)
		if err := OpenTable(dir, tab, parts).Each(func(x *dataset.Batch) error { got.Append(x, 0, x.N); return nil }); err != nil {
			t.Fatal(err)
		}
		sameRows(t, b, got)
		if _, err := Verify(filepath.Join(dir, parts[0].Path), tab); err != nil {
			t.Error(err)
		}
	}
}

func TestDamagedRowGroupIsAnError(t *testing.T) {
	tab := dataset.Named("rulings")
	good, err := Encode(randomBatch(tab, 50, 6))
	if err != nil {
		t.Fatal(err)
	}
	w := NewWriter(t.TempDir(), tab, nil)
	if err := w.Copy(good[:len(good)/2]); err == nil {
		t.Error("half a row group was copied")
	}
	if _, err := Decode(good[:len(good)/2], tab); !errors.Is(err, ErrDamaged) {
		t.Errorf("half a row group: %v, want ErrDamaged", err)
	}
	w.Abort()
}

func TestOnlySomeColumns(t *testing.T) {
	dir, tab := t.TempDir(), dataset.Named("judgments")
	b := randomBatch(tab, 10, 3)
	parts := write(t, dir, b)
	err := OpenTable(dir, tab, parts, "case_id", "tokens").Each(func(x *dataset.Batch) error {
		if x.Text("text", 0) != "" || x.Text("case_id", 4) != b.Text("case_id", 4) || x.Int("tokens", 2, -1) != b.Int("tokens", 2, -1) {
			t.Error("columns asked for are wrong or others were read")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDamagedPartIsFoundBeforeItIsRead(t *testing.T) {
	dir, tab := t.TempDir(), dataset.Named("findings")
	parts := write(t, dir, randomBatch(tab, 500, 2))
	path := filepath.Join(dir, parts[0].Path)
	good, _ := os.ReadFile(path)
	for name, bad := range map[string][]byte{"flipped": flip(good, len(good)/2), "cut": good[:len(good)/2], "empty": nil, "longer": append(bytes.Clone(good), 0)} {
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenTable(dir, tab, parts).Next(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
	os.Remove(path)
	if _, err := OpenTable(dir, tab, parts).Next(); !errors.Is(err, ErrDamaged) {
		t.Errorf("missing: %v, want ErrDamaged", err)
	}
}

func flip(b []byte, at int) []byte {
	b = bytes.Clone(b)
	b[at] ^= 0x55
	return b
}

// TestDamagedFilesNeverCrash reads files with flipped bytes without a hash to warn: an error or rows, no panic.
func TestDamagedFilesNeverCrash(t *testing.T) {
	dir, tab := t.TempDir(), dataset.Named("rulings")
	parts := write(t, dir, randomBatch(tab, 200, 4))
	good, _ := os.ReadFile(filepath.Join(dir, parts[0].Path))
	r := rand.New(rand.NewPCG(1, 2))
	failed := 0
	for range 300 {
		bad := bytes.Clone(good)
		for range 1 + r.IntN(4) {
			bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
		}
		path := filepath.Join(dir, "bad.parquet")
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		rd, err := OpenFile(path, tab)
		if err == nil {
			err = rd.Each(func(*dataset.Batch) error { return nil })
		}
		if err != nil {
			failed++
		}
		if err := readAllForeign(path); err == nil {
			continue
		}
	}
	if failed == 0 {
		t.Error("no damage was noticed in 300 files")
	}
}

func readAllForeign(path string) error {
	f, err := OpenForeign(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		if _, err := f.Next(); err != nil {
			return err
		}
	}
}

func TestWriteErrorLeavesNoFile(t *testing.T) {
	dir, tab := t.TempDir(), dataset.Named("groups")
	w := NewWriter(dir, tab, nil)
	b := randomBatch(tab, 10, 1)
	if err := w.Write(b, 0, b.N); err != nil {
		t.Fatal(err)
	}
	if err := w.flush(); err != nil || w.file == nil {
		t.Fatal(err)
	}
	w.file.sink.f.Close() // every write from here on fails, as on a full disk
	if _, err := w.Close(); err == nil {
		t.Fatal("a write error was swallowed")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "groups", "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
