package pipeline

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"caipan/features"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

func emptySet() *dataset.Set { return dataset.NewSet(dataset.Of("ingest")) }

func emptyRows(cases int) map[string][]uint32 {
	rows := map[string][]uint32{}
	for _, t := range perCase {
		rows[t] = make([]uint32, cases)
	}
	return rows
}

func sampleChunk(t *testing.T) (string, *dataset.Set) {
	t.Helper()
	set := emptySet()
	c := &chunkData{Unit: 3, K: 1, set: set, rows: map[string][]uint32{}}
	w := &worker{set: set}
	for _, body := range []string{"平台甲", "平台乙与其他一些文字", "平台丙"} {
		w.keep(c, fakeReader{}.Read(features.Document{Text: body + "某区人民法院"}))
	}
	path := filepath.Join(t.TempDir(), "3.1.chunk")
	if _, err := writeChunk(path, "r1", c); err != nil {
		t.Fatal(err)
	}
	return path, set
}

func TestChunkRoundTrip(t *testing.T) {
	path, set := sampleChunk(t)
	f, err := openChunk(path, true)
	if err != nil || f.Unit != 3 || f.K != 1 || f.RunID != "r1" || f.Cases != 3 {
		t.Fatalf("%+v, %v", f, err)
	}
	for _, want := range set.Batches() {
		got, err := f.table(want.Table.Name)
		if err != nil || got.N != want.N {
			t.Fatalf("%s: %v", want.Table.Name, err)
		}
		for c := range want.Cols {
			for i := range want.N {
				if want.Cell(c, i) != got.Cell(c, i) {
					t.Errorf("%s column %d row %d: %q, want %q", want.Table.Name, c, i, got.Cell(c, i), want.Cell(c, i))
				}
			}
		}
	}
	counts, err := f.counts("parties")
	if err != nil || len(counts) != 3 || counts[0] != 2 {
		t.Errorf("counts %v, %v", counts, err)
	}
}

func TestDamagedChunkIsFound(t *testing.T) {
	path, _ := sampleChunk(t)
	good, _ := os.ReadFile(path)
	for at := 0; at < len(good); at += 7 {
		bad := bytes.Clone(good)
		bad[at] ^= 0x10
		os.WriteFile(path, bad, 0o644)
		if _, err := openChunk(path, true); !errors.Is(err, columnar.ErrDamaged) {
			t.Fatalf("byte %d flipped: %v", at, err)
		}
	}
	for n := range len(good) {
		os.WriteFile(path, good[:n], 0o644)
		if _, err := openChunk(path, true); !errors.Is(err, columnar.ErrDamaged) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
}

func FuzzDecodeBatch(f *testing.F) {
	b := dataset.NewBatch(dataset.Named("parties"))
	f.Add(encodeBatch(nil, b))
	f.Add([]byte{1, 2, 'a', 'b', 200, 1})
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, tab := range []string{"parties", "rulings", "judgments"} {
			got, err := decodeBatch(in, dataset.Named(tab))
			if err == nil && !bytes.Equal(encodeBatch(nil, got)[:1], in[:1]) {
				t.Error("decoded to something else")
			}
		}
	})
}
