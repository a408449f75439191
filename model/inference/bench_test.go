package inference

import (
	"math/rand"
	"testing"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

// sixPacks are the bundles of the paper's pack, as `--doctrine` runs them in one pass.
func sixPacks(b testing.TB) []*Engine {
	p, err := doctrine.Shipped("he2024")
	if err != nil {
		b.Fatal(err)
	}
	var out []*Engine
	for _, bundle := range p.Bundles {
		e, err := New(p, bundle.Name, Options{})
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// parties makes many unlike parties, fixed by the seed.
func parties(b testing.TB, n int) [][]judgment.Fact {
	p, err := doctrine.Shipped("he2024")
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewSource(1))
	var out [][]judgment.Fact
	for i := 0; i < n; i++ {
		m := map[string]string{"procedure": "merits", "subject_kind": "platform", "infringement_established": "yes", "third_party": "identified_party"}
		for _, x := range p.Vocabulary.Variables {
			if x.Kind == "enum" && m[x.ID] == "" && r.Intn(3) == 0 {
				m[x.ID] = x.Values[r.Intn(len(x.Values))].ID
			}
		}
		out = append(out, facts(pairsOf(m)))
	}
	return out
}

// BenchmarkEvalSixPacks measures encoding and evaluation of one party under six packs.
func BenchmarkEvalSixPacks(b *testing.B) {
	engines, list := sixPacks(b), parties(b, 1000)
	var in Input
	var m Machine
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		engines[0].enc.Encode(list[i%len(list)], &in)
		for _, e := range engines {
			e.At("2022-01-01").Eval(&m, &in)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "parties/s")
}

// BenchmarkQuickSixPacks measures encoding and the outcome alone of one party under six packs.
func BenchmarkQuickSixPacks(b *testing.B) {
	engines, list := sixPacks(b), parties(b, 1000)
	var in Input
	var m Machine
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		engines[0].enc.Encode(list[i%len(list)], &in)
		for _, e := range engines {
			e.At("2022-01-01").Quick(&m, &in)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "parties/s")
}

// BenchmarkDecideSixPacks measures whole decisions with trace, missing and decisive facts, and their replay.
func BenchmarkDecideSixPacks(b *testing.B) {
	engines, list := sixPacks(b), parties(b, 1000)
	var sessions []*Session
	for _, e := range engines {
		sessions = append(sessions, e.Session())
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for _, s := range sessions {
			d := s.Decide(Facts{Facts: list[i%len(list)], Dates: judgment.Dates{ActTo: "2022-01-01"}})
			if _, err := Replay(d.Steps); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "parties/s")
}

// TestHotLoopDoesNotAllocate: evaluation makes no garbage once its memory is there.
func TestHotLoopDoesNotAllocate(t *testing.T) {
	engines, list := sixPacks(t), parties(t, 50)
	var m Machine
	inputs := make([]Input, len(list))
	for i := range list {
		engines[0].enc.Encode(list[i], &inputs[i])
	}
	g := engines[0].At("2022-01-01")
	g.Eval(&m, &inputs[0])
	got := testing.AllocsPerRun(100, func() {
		for i := range inputs {
			g.Eval(&m, &inputs[i])
		}
	})
	if got > float64(len(list))/2 { // two rules of one rank may need a short list
		t.Errorf("%v allocations for %d evaluations", got, len(list))
	}
}
