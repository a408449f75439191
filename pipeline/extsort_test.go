package pipeline

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
)

func TestSorterOnDisk(t *testing.T) {
	s, err := newSorter(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	n, sum := 2*runEntries+17, uint64(0)
	for range n {
		var e entry
		x := r.Uint64()
		binary.BigEndian.PutUint64(e[:], x)
		sum += x
		if err := s.add(e); err != nil {
			t.Fatal(err)
		}
	}
	var last entry
	got := 0
	err = s.each(func(e entry) error {
		if bytes.Compare(last[:], e[:]) > 0 {
			t.Fatal("out of order")
		}
		last = e
		got++
		sum -= binary.BigEndian.Uint64(e[:])
		return nil
	})
	if err != nil || got != n || sum != 0 {
		t.Errorf("%d of %d entries, rest %d, %v", got, n, sum, err)
	}
}

// TestManyDuplicates takes more duplicates than are kept in memory through the file.
func TestManyDuplicates(t *testing.T) {
	if testing.Short() {
		t.Skip("sorts a million entries")
	}
	d := &duplicates{paths: []string{"a"}}
	s, err := newSorter(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	n := runEntries + 1000
	for i := n - 1; i >= 0; i-- {
		var k chunkKey
		dup := keyEntry(k, i/1000, i%1000, 0)
		kept := keyEntry(chunkKey{record: 7}, 0, 0, 0)
		if err := s.add(dropEntry(dup, kept)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.store(s); err != nil || d.path == "" {
		t.Fatalf("path %q, %v", d.path, err)
	}
	r, err := d.open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	for i := range n {
		if ok, err := r.has(i/1000, i%1000); !ok || err != nil || r.head.keptRecord != 7 {
			t.Fatalf("drop %d: %v %v", i, ok, err)
		}
	}
	if ok, _ := r.has(n, 0); ok {
		t.Error("a drop too many")
	}
}

// TestEqualCaseIDUnequalKeyStops: two texts with one case_id cannot be told apart in the tables.
func TestEqualCaseIDUnequalKeyStops(t *testing.T) {
	dir := t.TempDir()
	var a, b [16]byte
	b[15] = 1
	c := &chunkData{Last: true, set: emptySet(), keys: []chunkKey{{a, "x.csv", 0}, {b, "y.csv", 3}}, rows: emptyRows(2)}
	if _, err := writeChunk(dir+"/000/0.0.chunk", "r", c); err != nil {
		t.Fatal(err)
	}
	f, err := openChunk(dir+"/000/0.0.chunk", true)
	if err != nil {
		t.Fatal(err)
	}
	_, err = findDuplicates(dir, []chunkRef{f.ref(dir)})
	if err == nil || !bytes.Contains([]byte(err.Error()), []byte("y.csv record 3")) {
		t.Errorf("collision: %v", err)
	}
}

// TestTenMillionKeys says what the search for duplicates costs at 10 million records (CAIPAN_STRESS=1).
func TestTenMillionKeys(t *testing.T) {
	if os.Getenv("CAIPAN_STRESS") == "" {
		t.Skip("set CAIPAN_STRESS=1; it writes 400 MB")
	}
	dir := t.TempDir()
	s, err := newSorter(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 3))
	const n = 10_000_000
	for i := range n {
		var k chunkKey
		x := r.Uint64N(n * 4)
		binary.BigEndian.PutUint64(k.key[:], mix(x))
		binary.BigEndian.PutUint64(k.key[8:], mix(x+1))
		if err := s.add(keyEntry(k, i/4096, i%4096, 0)); err != nil {
			t.Fatal(err)
		}
	}
	var last entry
	dups := 0
	if err := s.each(func(e entry) error {
		if bytes.Equal(last[:16], e[:16]) {
			dups++
		}
		last = e
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	size := int64(0)
	for _, p := range s.runs {
		info, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d keys, %d duplicates, %d runs, %d MB on disk, %d MB from the system", n, dups, len(s.runs), size>>20, m.Sys>>20)
}
