package report

import (
	"os"
	"strconv"
	"testing"
	"time"
)

// TestScale measures a whole report without figures; REPORT_PARTIES names the number of parties.
func TestScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("REPORT_PARTIES"))
	if err != nil {
		t.Skip("set REPORT_PARTIES=20000 to measure")
	}
	s := corpus(t, n/10)
	begin := time.Now()
	sum, _ := runInto(t, s, "en")
	t.Logf("%d parties, %d results: %v", sum.Parties, len(sum.Results.All()), time.Since(begin))
}
