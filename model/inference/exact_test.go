package inference

import (
	"math/big"
	"testing"

	"caipan/model/doctrine"
	"caipan/model/vocabulary"
)

// TestAuditIsExact: for packs that are small enough every combination of known facts is decided one by one, and the
// counts are those of the audit's walk.
func TestAuditIsExact(t *testing.T) {
	for _, id := range []string{"safe_harbour", "control_profit", "red_flag"} {
		p, err := doctrine.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		a, err := doctrine.Auditing(p)
		if err != nil {
			t.Fatal(err)
		}
		r := a.Readings[0]
		g, err := Resolve(p, r.Bundle, r.Day)
		if err != nil {
			t.Fatal(err)
		}
		total, gaps, decides := bruteForce(g, p)
		if r.Patterns.Cmp(big.NewInt(total)) != 0 || r.Gaps.Cmp(big.NewInt(gaps)) != 0 {
			t.Errorf("%s: the audit counts %s patterns and %s gaps, one by one there are %d and %d", id, r.Patterns, r.Gaps, total, gaps)
		}
		for _, c := range r.Decides {
			if c.N.Cmp(big.NewInt(decides[c.Name])) != 0 {
				t.Errorf("%s: rule %s decides %s by the audit, %d one by one", id, c.Name, c.N, decides[c.Name])
			}
			delete(decides, c.Name)
		}
		if len(decides) > 0 {
			t.Errorf("%s: the audit does not know that %v decide", id, decides)
		}
		t.Logf("%s: %d combinations", id, total)
	}
}

// bruteForce decides every combination of declared values of the base variables that the pack reads.
func bruteForce(g *Program, p *doctrine.Pack) (total, gaps int64, decides map[string]int64) {
	decides = map[string]int64{}
	var slots []int
	for slot, x := range g.enc.Variables {
		if reads(p, x.ID, g.Day) {
			slots = append(slots, slot)
		}
	}
	in := Input{code: make([]uint8, g.nbase), facts: make([]int32, g.nbase)}
	var m Machine
	var step func(i int)
	step = func(i int) {
		if i == len(slots) {
			total++
			out := g.Quick(&m, &in)
			if out.Row < 0 {
				gaps++
			} else {
				decides[g.main.rows[out.Row].src.Rule]++
			}
			return
		}
		for code, name := range g.values[slots[i]] {
			if code >= codeFirst && name != vocabulary.NotProved {
				in.code[slots[i]] = uint8(code)
				step(i + 1)
			}
		}
	}
	step(0)
	return total, gaps, decides
}

func reads(p *doctrine.Pack, variable, day string) bool {
	for _, t := range p.Tables {
		for _, r := range t.Rows {
			for _, c := range r.If {
				if c.Variable == variable && r.Holds(day, nil) {
					return true
				}
			}
		}
	}
	return false
}
