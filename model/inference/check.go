package inference

import (
	"fmt"
	"io"

	"caipan/model/doctrine"
)

// CheckPack lets every vignette of a pack speak and says what came out otherwise than expected, which rows of the
// decision table fire in no vignette or fail in none, and which dates have no vignette on the day. It is what a lawyer
// who writes a pack looks at beside the audit. An empty list is a pack in order.
func CheckPack(p *doctrine.Pack) ([]string, error) {
	var out []string
	fires, fails, on := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, v := range p.Vignettes {
		e, err := New(p, v.Variant, Options{})
		if err != nil {
			return nil, fmt.Errorf("vignette %s: %w", v.ID, err)
		}
		for _, c := range v.Cases {
			for _, bad := range CheckVignette(e, v, c) {
				out = append(out, fmt.Sprintf("vignette %s on %s: %s", v.ID, c.On, bad))
			}
			g, m := e.evaluated(v, c)
			for i := range g.main.rows {
				r := &g.main.rows[i]
				if truth, _ := g.evalRow(m, r); truth == isTrue {
					fires[r.src.ID], on[r.src.ID+"@"+c.On] = true, true
				} else {
					fails[r.src.ID] = true
				}
			}
		}
	}
	for _, r := range p.Main().Rows {
		if !fires[r.ID] {
			out = append(out, fmt.Sprintf("rule %s fires in no vignette; add a fact pattern that makes it true", r.ID))
		}
		if !fails[r.ID] {
			out = append(out, fmt.Sprintf("rule %s fails in no vignette; add a fact pattern that keeps it from firing", r.ID))
		}
		for _, day := range []string{r.From, r.To} {
			if day != "" && !on[r.ID+"@"+day] {
				out = append(out, fmt.Sprintf("rule %s has no vignette that it makes true on %s, where it begins or ends", r.ID, day))
			}
		}
	}
	return out, nil
}

// WriteText writes a change report in short: counts by kind, then one line a party.
func (c Changes) WriteText(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "compared %d\n", c.Compared); err != nil {
		return err
	}
	for _, kind := range ChangeKinds {
		if _, err := fmt.Fprintf(w, "%s %d\n", kind, c.Counts[kind]); err != nil {
			return err
		}
	}
	for _, x := range c.Changes {
		if _, err := fmt.Fprintf(w, "%s party %d %s %s: %s (%s) -> %s (%s)\n", x.CaseID, x.PartyNo, x.EvidencePolicy, x.Kind,
			orDash(x.Before), orDash(x.RuleBefore), orDash(x.After), orDash(x.RuleAfter)); err != nil {
			return err
		}
	}
	return nil
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
