package finding

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caipan/model/evidence"
)

// TestStateAndBreachOfTheSample compares the project's own constructed judgments with the codes in their README.
func TestStateAndBreachOfTheSample(t *testing.T) {
	dir := filepath.Join("..", "..", "data", "sample")
	readme, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Skip(err)
	}
	right, all := map[string]int{}, map[string]int{}
	for _, row := range strings.Split(string(readme), "\n") {
		col := strings.Split(row, "|")
		if len(col) < 15 || strings.TrimSpace(col[10]) != "yes" {
			continue
		}
		for i := range col {
			col[i] = strings.TrimSpace(col[i])
		}
		body, err := os.ReadFile(filepath.Join(dir, "judgments", col[1]+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		c := readCase(record{ID: col[1], Text: string(body)}, map[string]bool{squeeze(col[4]): true})
		for _, want := range []struct{ variable, value string }{{"platform_state", col[12]}, {"breach_found", col[13]}} {
			if want.value == "-" {
				continue
			}
			got := "no row"
			for _, f := range evidence.Resolve(c) {
				if f.EvidencePolicy == "reasoning" && f.Variable == want.variable {
					got = f.Value
					if got != want.value {
						t.Logf("%s %s: want %s got %s (%s)%s", col[1], want.variable, want.value, got, f.Reason, show(c, f))
					}
				}
			}
			all[want.variable]++
			if got == want.value {
				right[want.variable]++
			}
		}
	}
	for _, v := range []string{"platform_state", "breach_found"} {
		t.Logf("%s: %d of %d", v, right[v], all[v])
		if float64(right[v]) < 0.8*float64(all[v]) {
			t.Errorf("%s agrees in %d of %d, less than 0.80", v, right[v], all[v])
		}
	}
}
