package section

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/text"
)

// TestShow prints the parts of the judgments whose ids SHOW names (comma separated): a reading aid.
func TestShow(t *testing.T) {
	want := os.Getenv("SHOW")
	if want == "" {
		t.Skip("set SHOW to ids")
	}
	for _, file := range []string{"judgments/civil.jsonl.zst", "judgments/other.jsonl.zst", "gold/full_dev.jsonl"} {
		for _, r := range jsonLines[record](t, file) {
			if !strings.Contains(","+want+",", ","+r.ID+",") {
				continue
			}
			s := text.Canonical(r.Text)
			inst := map[string]string{"一审": "first", "二审": "second", "再审": "retrial"}[r.Procedure]
			fmt.Println("=====", r.ID, r.Title, r.CaseNumber, inst)
			for _, x := range Split(s, judgment.Header{Instance: inst, CaseNumber: r.CaseNumber}) {
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
