package report

import (
	"context"
	"os"
	"testing"

	"caipan/pipeline/columnar"
)

// TestKeep writes the constructed report into the folder that REPORT_DIR names, for a person to open.
func TestKeep(t *testing.T) {
	dir := os.Getenv("REPORT_DIR")
	if dir == "" {
		t.Skip("set REPORT_DIR to keep a constructed report")
	}
	if _, err := Run(context.Background(), Options{Out: dir, Lang: os.Getenv("REPORT_LANG"), CSV: true, Meta: columnar.Meta{{"run_id", "constructed"}}}, corpus(t, 4)); err != nil {
		t.Fatal(err)
	}
}
