package pipeline

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
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
