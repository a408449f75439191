package doctrine

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestAuditOfShippedPacks: the audit is a golden file, so that a change of a rule shows in the diff.
func TestAuditOfShippedPacks(t *testing.T) {
	for _, id := range ShippedIDs() {
		p, err := Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Auditing(p)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := a.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "audit", id+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, b.Bytes()) {
			t.Errorf("the audit of %s changed; look at it and run go test ./model/doctrine -run Audit -update\n%s", id, b.String())
		}
		if len(a.Dead) > 0 {
			t.Errorf("%s has dead rows: %v", id, a.Dead)
		}
	}
}
