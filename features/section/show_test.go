package section

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"caipan/internal/realdata"
)

// TestShow prints the parts of the judgments whose ids SHOW names (comma separated): a reading aid.
func TestShow(t *testing.T) {
	want := os.Getenv("SHOW")
	if want == "" {
		t.Skip("set SHOW to ids")
	}
	for _, file := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst", "gold/full_dev.jsonl"} {
		for _, r := range realdata.Lines[record](t, file) {
			if !strings.Contains(","+want+",", ","+r.ID+",") {
				continue
			}
			s, h, secs := parse(r)
			fmt.Println("=====", r.ID, r.Title, r.CaseNumber, h.Instance, h.JudgmentDate, h.Court)
			for _, x := range secs {
				q := ""
				if x.Quoted {
					q = "QUOTED "
				}
				body := []rune(strings.ReplaceAll(x.Span.Of(s), "\n", "⏎"))
				cut := string(body)
				if len(body) > 110 {
					cut = string(body[:70]) + " …… " + string(body[len(body)-30:])
				}
				fmt.Printf("%2d %s%s/%s [%s|%s] %d: %s\n", x.No, q, x.Kind, x.Instance, x.Holder, x.Speaker, x.Span.Len(), cut)
			}
		}
	}
}
