package text

import (
	"archive/zip"
	"encoding/csv"
	"io"
	"testing"

	"caipan/internal/realdata"
)

func jsonTexts(t testing.TB, name string) (texts []string) {
	for _, r := range realdata.Lines[realdata.Record](t, name) {
		texts = append(texts, r.Text)
	}
	return texts
}

func zipTexts(t testing.TB, name string) (texts []string) {
	z, err := zip.OpenReader(realdata.Path(t, name))
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
