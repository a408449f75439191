package inference

import (
	"testing"
	"time"

	"caipan/model/doctrine"
)

// rowTruths gives the truth of every row of every table for one case of a vignette; rows not in force are absent.
func rowTruths(e *Engine, v doctrine.Vignette, c doctrine.VignetteCase) map[string]int {
	g, m := e.evaluated(v, c)
	out := map[string]int{}
	note := func(t *table) {
		for i := range t.rows {
			truth, _ := g.evalRow(m, &t.rows[i])
			out[t.rows[i].src.ID] = truth
		}
	}
	for i := range g.derived {
		note(&g.derived[i])
	}
	note(&g.main)
	return out
}

// TestEveryRuleFiresAndFails: every row of the decision table is true in one vignette and not true in another, and
// every date on which a row of any table begins or ends has a vignette on each side, one of which the row makes true.
func TestEveryRuleFiresAndFails(t *testing.T) {
	for _, id := range doctrine.ShippedIDs() {
		p, err := doctrine.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		fires, fails := map[string]bool{}, map[string]bool{}
		sides := map[string]bool{} // row@day
		for _, v := range p.Vignettes {
			e, err := New(p, v.Variant, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range v.Cases {
				for row, truth := range rowTruths(e, v, c) {
					if truth == isTrue {
						fires[row] = true
						sides[row+"@"+c.On] = true
					} else {
						fails[row] = true
					}
				}
				sides["any@"+c.On] = true
			}
		}
		for _, tab := range p.Tables {
			for _, r := range tab.Rows {
				if tab.For == doctrine.Decision && (!fires[r.ID] || !fails[r.ID]) {
					t.Errorf("%s: row %s fires %v, fails %v in the vignettes", id, r.ID, fires[r.ID], fails[r.ID])
				}
				for _, b := range bordersOf(r) {
					if !sides[r.ID+"@"+b[0]] || !sides["any@"+b[1]] {
						t.Errorf("%s: row %s has no vignette that it makes true on %s, or none at all on %s", id, r.ID, b[0], b[1])
					}
				}
			}
		}
	}
}

// bordersOf gives, for each date of a row, the day on which it holds and the day beside it on which it does not.
func bordersOf(r *doctrine.Row) [][2]string {
	var out [][2]string
	if r.From != "" {
		out = append(out, [2]string{r.From, dayAfter(r.From, -1)})
	}
	if r.To != "" {
		out = append(out, [2]string{r.To, dayAfter(r.To, 1)})
	}
	return out
}

func dayAfter(day string, n int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return d.AddDate(0, 0, n).Format(time.DateOnly)
}
