package text

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// shared finds a file of the folder of real judgments beside the project, or skips the test.
func shared(t testing.TB, name string) string {
	t.Helper()
	p := filepath.Join("..", "..", "..", "shared", name)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no real judgments beside the project: %v", err)
	}
	return p
}

func jsonTexts(t testing.TB, name string) (texts []string) {
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		var r struct{ Text string }
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, r.Text)
	}
	return texts
}

func zipTexts(t testing.TB, name string) (texts []string) {
	z, err := zip.OpenReader(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, m := range z.File {
		f, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(f)
		head, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		for {
			row, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, row[len(head)-1])
		}
		f.Close()
	}
	return texts
}

// The zip repeats the two JSON files (7,693 records, no two alike) with entities, site words and other line breaks,
// and 25 of them twice.
func TestDistinctRealJudgments(t *testing.T) {
	base := append(jsonTexts(t, "judgments/civil.jsonl.zst"), jsonTexts(t, "judgments/other.jsonl.zst")...)
	again := zipTexts(t, "judgments/macrodata_layout.zip")
	seen := map[[16]byte]bool{}
	for _, s := range base {
		_, k := CaseID(Canonical(s))
		seen[k] = true
	}
	inBase, fresh := len(seen), 0
	for _, s := range again {
		if _, k := CaseID(Canonical(s)); !seen[k] {
			seen[k] = true
			fresh++
		}
	}
	t.Logf("%d texts, %d distinct in the JSON files, %d more in the zip: %d", len(base)+len(again), inBase, fresh, len(seen))
	if inBase != len(base) || fresh != 0 {
		t.Errorf("%d distinct of %d, and %d that the zip seems to add; want all distinct and none added", inBase, len(base), fresh)
	}
}

func BenchmarkFold(b *testing.B) {
	texts := jsonTexts(b, "judgments/civil.jsonl.zst")[:200]
	n := 0
	for i := range texts {
		texts[i] = Canonical(texts[i])
		n += len(texts[i])
	}
	for b.Loop() {
		for _, s := range texts {
			Fold(s)
		}
	}
	b.SetBytes(int64(n))
}
