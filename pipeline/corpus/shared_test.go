package corpus

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// shared finds the folder of real judgments beside the project; tests are skipped without it.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	dir, _ := os.Getwd()
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	p := filepath.Join(append([]string{dir, "..", "shared"}, elem...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("%s is not there: the real judgments lie beside the project and not in it", filepath.Join(elem...))
	}
	return p
}

// readAll reads a plan in order.
func readAll(t testing.TB, p *Plan) (recs []*Record, faults []*RecordError) {
	t.Helper()
	for _, u := range p.Units {
		err := p.Read(context.Background(), u, 0, func(r *Record, e *RecordError) error {
			if e != nil {
				faults = append(faults, e)
			} else {
				recs = append(recs, r)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return recs, faults
}

func TestRealJudgments(t *testing.T) {
	p, err := MakePlan([]string{shared(t, "judgments")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	recs, faults := readAll(t, p)
	counts := map[string]int{}
	for _, r := range recs {
		counts[r.SourcePath]++
	}
	for _, u := range p.Units {
		for _, f := range u.Files {
			t.Log(u.No, f.SourcePath, f.Size, counts[f.SourcePath])
		}
	}
	for i, e := range faults {
		if i < 20 {
			t.Log(e.Error(), e.Excerpt)
		}
	}
	t.Log(len(recs), "records", len(faults), "errors", p.Skipped, p.Digest, p.HandPicked)
}
