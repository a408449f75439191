package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// constructedUnits are n parties in cases of one or two, in 12 courts of two levels, some liable, some in disagreement.
func constructedUnits(n int) []Unit {
	var out []Unit
	for i := range n {
		court := i % 12
		u := Unit{CaseID: fmt.Sprintf("c%05d", i-i%7/6), CaseNumber: fmt.Sprintf("（2021）某%02d民初%d号", court, i), Court: fmt.Sprintf("某市第%d法院", court), CourtLevel: []string{"basic", "intermediate"}[court%2],
			DocType: "judgment", Date: "2021-03-01", PartyNo: i, Party: fmt.Sprintf("平台%d公司", i), Liable: i%5 == 0, Disagreement: i%11 == 0, Held: i%4 == 0,
			Machine: map[string]string{RulingVariable: []string{"none", "none", "none", "joint"}[i%4], "breach_found": []string{"no", "yes", "unknown"}[i%3]}}
		if i%7 == 6 { // second party of the case before
			u.Court, u.CourtLevel, u.CaseNumber = out[i-1].Court, out[i-1].CourtLevel, out[i-1].CaseNumber
		}
		out = append(out, u)
	}
	return out
}

func design(change func(*Design)) Design {
	d := Design{N: 60, Unit: "party", Allocation: Proportional, Factor: 3, Seed: 7, Coders: []string{"a", "b"}, Variables: []string{RulingVariable, "breach_found"}}
	if change != nil {
		change(&d)
	}
	return d
}

var designs = map[string]Design{
	"simple":       design(nil),
	"stratified":   design(func(d *Design) { d.Strata = []string{"court_level", "breach_found"} }),
	"neyman":       design(func(d *Design) { d.Strata, d.Allocation = []string{"court_level"}, Neyman }),
	"equal":        design(func(d *Design) { d.Strata, d.Allocation = []string{"court_level"}, Equal }),
	"oversampled":  design(func(d *Design) { d.Oversample = []string{OverLiable, OverDisagreement} }),
	"cases":        design(func(d *Design) { d.Unit, d.Oversample = "case", []string{OverLiable} }),
	"courts":       design(func(d *Design) { d.Cluster, d.PerCluster = "court", 10 }),
	"whole courts": design(func(d *Design) { d.Cluster, d.Strata = "court", []string{"court_level"} }),
}

func draw(t testing.TB, units []Unit, d Design) *Sample {
	t.Helper()
	s, err := NewFrame("r1", units).Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The stored probability is the share of seeds under which a unit is drawn.
func TestInclusionProbabilitiesAreThoseOfTheDraw(t *testing.T) {
	const seeds = 1500
	units := constructedUnits(120)
	for name, d := range designs {
		d.N = min(d.N, 40)
		times := make([]float64, len(units))
		var s *Sample
		for seed := range seeds {
			d.Seed = uint64(seed)
			s = draw(t, units, d)
			for _, i := range s.Drawn() {
				times[i]++
			}
		}
		expected := 0.0
		for i, c := range s.Chances {
			expected += c.Probability
			if sd := math.Sqrt(c.Probability * (1 - c.Probability) / seeds); math.Abs(times[i]/seeds-c.Probability) > 4.6*sd+1e-12 {
				t.Errorf("%s: %s was drawn in %.4f of the seeds, stored probability %.4f", name, s.Frame.Units[i].Key(), times[i]/seeds, c.Probability)
			}
		}
		if d.Cluster == "" && d.Unit == "party" && math.Abs(expected-float64(d.N)) > 1e-6 {
			t.Errorf("%s: probabilities add up to %.3f, want %d", name, expected, d.N)
		}
	}
}

func TestDrawDependsNeitherOnOrderNorOnChance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := constructedUnits(rapid.IntRange(40, 200).Draw(t, "n"))
		d := designs[rapid.SampledFrom([]string{"simple", "stratified", "neyman", "equal", "oversampled", "cases", "courts"}).Draw(t, "design")]
		d.N, d.Seed = 20, rapid.Uint64().Draw(t, "seed")
		shuffled := slices.Clone(units)
		r := rand.New(rand.NewPCG(d.Seed, 1))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		a, err := NewFrame("r1", units).Draw(d)
		if err != nil {
			t.Fatal(err)
		}
		b, err := NewFrame("r1", shuffled).Draw(d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, b, cmpopts.IgnoreFields(Unit{}, "Row")); diff != "" {
			t.Fatalf("another order of the tables draws another sample:\n%s", diff)
		}
	})
}

func TestOversamplingDrawsMoreOfTheRare(t *testing.T) {
	s := draw(t, constructedUnits(440), designs["oversampled"])
	chance := map[string]float64{}
	for _, h := range s.Strata {
		chance[h.Name] = h.Probability
	}
	if chance[OverLiable] < 2.5*chance[ordinary] || chance[OverDisagreement] < 2.5*chance[ordinary] {
		t.Errorf("chances %v: want about three times that of the rest", chance)
	}
}

func TestEveryStratumIsDrawnFrom(t *testing.T) {
	d := design(func(d *Design) { d.Strata, d.N = []string{"court"}, 24 })
	for _, h := range draw(t, constructedUnits(300), d).Strata {
		if h.Drawn < 2 {
			t.Errorf("stratum %s gives %d units, want two or more", h.Name, h.Drawn)
		}
	}
}

func TestDesignsThatCannotBe(t *testing.T) {
	units := constructedUnits(50)
	for name, c := range map[string]struct {
		change func(*Design)
		words  string
	}{
		"too many":         {func(d *Design) { d.N = 51 }, "draw all with --n 50"},
		"too many strata":  {func(d *Design) { d.N, d.Strata = 10, []string{"court"} }, "strata need at least"},
		"unknown variable": {func(d *Design) { d.Strata = []string{"colour"} }, `"colour" is not known`},
		"courts in strata": {func(d *Design) { d.N, d.Cluster, d.Strata = 20, "court", []string{"breach_found"} }, "a stratum must be a property of the court"},
		"cluster and more": {func(d *Design) { d.N, d.Cluster, d.Oversample = 20, "court", []string{OverLiable} }, "leave --oversample"},
		"coder twice":      {func(d *Design) { d.Coders = []string{"a", "a"} }, `coder "a"`},
		"coder of a path":  {func(d *Design) { d.Coders = []string{"../a"} }, "short name"},
		"nobody":           {func(d *Design) { d.N = 0 }, "--n 100"},
	} {
		_, err := NewFrame("r1", units).Draw(design(c.change))
		if err == nil || !contains(err.Error(), c.words) {
			t.Errorf("%s: error %v, want %q", name, err, c.words)
		}
	}
}

// Known by arithmetic: 100 of 400, all alike; precision 0.9 of n worth 100/(1-100/400).
func TestForecastKnowsTheFinitePopulation(t *testing.T) {
	units := constructedUnits(400)
	for i := range units {
		units[i].Machine = map[string]string{RulingVariable: "none"}
	}
	d := design(func(d *Design) { d.N, d.Variables = 100, []string{RulingVariable} })
	f := draw(t, units, d).Forecast()
	if len(f) != 1 || f[0].Frame != 400 || math.Abs(f[0].Expected-100) > 1e-9 || math.Abs(f[0].Effective-100/0.75) > 1e-9 {
		t.Errorf("forecast %+v", f)
	}
	if f[0].Half < 0.045 || f[0].Half > 0.055 { // 1.96·√(0.09/133) = 0.051
		t.Errorf("half width %v", f[0].Half)
	}
}
