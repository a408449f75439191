package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// TestReportScale measures a whole report over a synthetic corpus. REPORT_PARTIES is the number of parties, REPORT_FROM the
// folder of a classify run to make them from, REPORT_DIR where to keep them (made once); REPORT_STEPS=1 keeps the trace.
func TestReportScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("REPORT_PARTIES"))
	if err != nil {
		t.Skip("set REPORT_PARTIES=200000, REPORT_FROM and REPORT_DIR to measure")
	}
	dir := os.Getenv("REPORT_DIR")
	in := filepath.Join(dir, "classified")
	if _, err := os.Stat(filepath.Join(in, "run.json")); err != nil {
		begin := time.Now()
		in = newSynthetic(t, os.Getenv("REPORT_FROM"), os.Getenv("REPORT_STEPS") == "1").write(t, dir, n)
		t.Logf("written in %v", time.Since(begin))
	}
	begin := time.Now()
	_, sum, err := Report(context.Background(), ReportOptions{In: in, Out: filepath.Join(t.TempDir(), "report")})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d parties, %d doctrines: %v", sum.Parties, len(sum.Results.All()), time.Since(begin))
}
