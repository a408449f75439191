package inference

import (
	"testing"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

func engine(t testing.TB, pack, variant string) *Engine {
	t.Helper()
	p, err := doctrine.Shipped(pack)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(p, variant, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func facts(pairs [][2]string) []judgment.Fact {
	var out []judgment.Fact
	for _, p := range pairs {
		out = append(out, judgment.Fact{CaseID: "c1", EvidencePolicy: "reasoning", Variable: p[0], Value: p[1], Status: "hand"})
	}
	return out
}

// TestVignettes lets every named fact pattern of every shipped pack speak.
func TestVignettes(t *testing.T) {
	total := 0
	for _, id := range doctrine.ShippedIDs() {
		p, err := doctrine.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range p.Vignettes {
			e, err := New(p, v.Variant, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range v.Cases {
				total++
				for _, f := range CheckVignette(e, v, c) {
					t.Errorf("%s/%s on %s: %s", id, v.ID, c.On, f)
				}
			}
		}
	}
	t.Logf("%d cases of vignettes", total)
}
