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

func TestEncodeFacts(t *testing.T) {
	e := engine(t, "he2024", "")
	fact := func(party int, variable, value string) judgment.Fact {
		return judgment.Fact{PartyNo: party, Variable: variable, Value: value}
	}
	for _, c := range []struct {
		name  string
		facts []judgment.Fact
		want  string
	}{
		{"nothing", nil, "unknown"},
		{"one", []judgment.Fact{fact(1, "notice", "effective")}, "effective"},
		{"unknown says nothing", []judgment.Fact{fact(1, "notice", "effective"), fact(1, "notice", "unknown")}, "effective"},
		{"two unlike ones", []judgment.Fact{fact(1, "notice", "effective"), fact(1, "notice", "defective")}, "conflict"},
		{"the party's before the case's", []judgment.Fact{fact(-1, "notice", "defective"), fact(1, "notice", "effective")}, "effective"},
		{"in any order", []judgment.Fact{fact(1, "notice", "effective"), fact(-1, "notice", "defective")}, "effective"},
		{"a value nobody knows", []judgment.Fact{fact(1, "notice", "by pigeon")}, "unknown"},
		{"a variable nobody knows", []judgment.Fact{fact(1, "weather", "fine")}, "unknown"},
		{"not proved", []judgment.Fact{fact(1, "notice", "not_proved")}, "not_proved"},
	} {
		var in Input
		e.enc.Encode(c.facts, &in)
		slot := e.enc.slot["notice"]
		if got := e.enc.names[slot][in.code[slot]]; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
