package agreement

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// A simple random sample without finite-population correction is Clopper-Pearson's.
func TestSurveyShareOfASimpleSampleIsClopperPearson(t *testing.T) {
	for _, c := range [][2]int{{0, 20}, {3, 20}, {20, 20}, {90, 100}} {
		hit, domain := make([]bool, c[1]), make([]bool, c[1])
		s := Survey{Weight: make([]float64, c[1]), Stratum: make([]string, c[1]), PSU: make([]string, c[1])}
		for i := range hit {
			hit[i], domain[i], s.Weight[i], s.PSU[i] = i < c[0], true, 4, fmt.Sprint(i)
		}
		got, want := s.Share(hit, domain, 0.95), ClopperPearson(c[0], c[1], 0.95)
		// The linearised variance has divisor n-1, so the effective n is n-1 (of n) inside.
		if math.Abs(got.Value-want.Value) > 1e-12 || math.Abs(got.Lo-want.Lo) > 0.01 || math.Abs(got.Hi-want.Hi) > 0.01 {
			t.Errorf("%d of %d: %v, want %v", c[0], c[1], got, want)
		}
	}
}

// By hand: two strata of 100 and 300, two of four hits among the first, all three of the second.
// p = (25·2 + 100·3)/(25·4 + 100·3) = 0.875; residuals 25·(±)/400, variance (1-4/100)·4/3·Σ(z-z̄)² with z = ±0.0547, -0.0547...
func TestSurveyShareOfTwoStrataByHand(t *testing.T) {
	s := Survey{Weight: []float64{25, 25, 25, 25, 100, 100, 100}, Stratum: []string{"a", "a", "a", "a", "b", "b", "b"}, PSU: []string{"1", "2", "3", "4", "5", "6", "7"},
		Population: map[string]float64{"a": 100, "b": 300}}
	e := s.Share([]bool{true, true, false, false, true, true, true}, []bool{true, true, true, true, true, true, true}, 0.95)
	want := math.Sqrt(0.96 * 4.0 / 3 * 4 * (25.0 / 400 * 0.5) * (25.0 / 400 * 0.5))
	if math.Abs(e.Value-0.875) > 1e-12 || math.Abs(e.SE-want) > 1e-12 {
		t.Errorf("%v, SE %v; want 0.875, SE %v", e, e.SE, want)
	}
}

func TestSurveyRefusesWhatIsNoSample(t *testing.T) {
	if e := (Survey{Weight: []float64{0.5}, Stratum: []string{""}, PSU: []string{""}}).Share([]bool{true}, []bool{true}, 0.95); !e.Undefined {
		t.Errorf("a weight below 1 gives %v", e)
	}
	one := Survey{Weight: []float64{2}, Stratum: []string{""}, PSU: []string{""}}
	if e := one.Share([]bool{true}, []bool{false}, 0.95); !e.Undefined {
		t.Errorf("an empty domain gives %v", e)
	}
}

// The interval covers the share of a stratified population drawn with unequal chances.
func TestSurveyShareCovers(t *testing.T) {
	const size, draws = 600, 1200
	rng := rand.New(rand.NewPCG(3, 5))
	hit, truth := make([]bool, size), 0.0
	for i := range hit {
		hit[i] = rng.Float64() < []float64{0.95, 0.7}[i%6/5]
		truth += indicator(hit[i]) / size
	}
	covered := 0
	for range draws {
		s := Survey{Population: map[string]float64{"a": 500, "b": 100}}
		var hits, domain []bool
		for h, n := range map[int]int{0: 40, 1: 40} {
			taken := 0
			for _, i := range rng.Perm(size) {
				if i%6/5 == h && taken < n {
					taken++
					s.Weight, s.Stratum, s.PSU = append(s.Weight, []float64{500, 100}[h]/40), append(s.Stratum, []string{"a", "b"}[h]), append(s.PSU, fmt.Sprint(i))
					hits, domain = append(hits, hit[i]), append(domain, true)
				}
			}
		}
		if e := s.Share(hits, domain, 0.95); e.Lo <= truth && truth <= e.Hi {
			covered++
		}
	}
	if share := float64(covered) / draws; share < 0.935 || share > 0.995 {
		t.Errorf("the 95 %% interval covers %.3f", share)
	}
}

func TestDSLRatioAndFurther(t *testing.T) {
	const n = 4000
	rng := rand.New(rand.NewPCG(1, 2))
	zero := func() []float64 { return make([]float64, n) }
	num, den := Coded{Predicted: zero(), Truth: zero(), Sampled: make([]bool, n), Chance: zero()}, Coded{Predicted: zero(), Truth: zero()}
	var a, b float64
	for i := range n {
		den.Truth[i] = indicator(rng.Float64() < 0.8)
		num.Truth[i] = den.Truth[i] * indicator(rng.Float64() < 0.6)
		den.Predicted[i], num.Predicted[i] = 1, indicator(rng.Float64() < 0.3)
		num.Chance[i] = 0.1 + 0.2*indicator(i%2 == 0)
		num.Sampled[i] = rng.Float64() < num.Chance[i]
		a, b = a+num.Truth[i], b+den.Truth[i]
	}
	den.Sampled, den.Chance = num.Sampled, num.Chance
	e, err := DSLRatio(num, den, 0.95)
	if err != nil || math.Abs(e.Value-a/b) > 4*e.SE || e.SE > 0.05 || e.SE == 0 {
		t.Errorf("ratio %v (SE %v, %v), want %.3f", e, e.SE, err, a/b)
	}
	coded := 0
	for _, s := range num.Sampled {
		coded += bit(s)
	}
	now, _ := DSLMean(num, 0.95)
	half := (now.Hi - now.Lo) / 2
	if more, ok := Further(num, coded, half*1.01, 0.95); !ok || more != 0 {
		t.Errorf("the width is there already, yet %d more (%v)", more, ok)
	}
	more, ok := Further(num, coded, half*0.75, 0.95)
	if !ok || more < coded/3 || more > 2*coded {
		t.Errorf("%d more of %d for three quarters of the width (%v)", more, coded, ok)
	}
	if _, ok := Further(num, coded, 0.001, 0.95); ok {
		t.Error("a corpus of 4000 cannot give ±0.001")
	}
}

// A membership of ones changes nothing; one read wrong is corrected where it was coded.
func TestDSLLogitWithMembership(t *testing.T) {
	const n = 3000
	rng := rand.New(rand.NewPCG(9, 9))
	d := Design{Names: []string{"(intercept)", "x"}}
	c := Coded{Predicted: make([]float64, n), Truth: make([]float64, n), Sampled: make([]bool, n), Chance: make([]float64, n)}
	in := Membership{Predicted: make([]float64, n), Truth: make([]float64, n)}
	all := Membership{Predicted: make([]float64, n), Truth: make([]float64, n)}
	var rows Design
	var y []bool
	rows.Names = d.Names
	for i := range n {
		x := float64(i % 2)
		d.X = append(d.X, []float64{1, x})
		in.Truth[i] = indicator(rng.Float64() < 0.7)
		c.Truth[i] = in.Truth[i] * indicator(rng.Float64() < 0.3+0.3*x)
		in.Predicted[i] = indicator((in.Truth[i] == 1) == (rng.Float64() < 0.9-0.3*x))
		c.Predicted[i] = in.Predicted[i] * indicator((c.Truth[i] == 1) == (rng.Float64() < 0.85))
		c.Chance[i], c.Sampled[i] = 0.5, rng.Float64() < 0.5
		all.Predicted[i], all.Truth[i] = 1, 1
		if in.Truth[i] == 1 {
			rows.X, y = append(rows.X, d.X[i]), append(y, c.Truth[i] == 1)
		}
	}
	plain, err := DSLLogit(d, c)
	if err != nil {
		t.Fatal(err)
	}
	c.Within = &all
	same, err := DSLLogit(d, c)
	if err != nil || math.Abs(same.Coef[1]-plain.Coef[1]) > 1e-9 {
		t.Errorf("membership of all: %v, want %v (%v)", same.Coef, plain.Coef, err)
	}
	c.Within = &in
	got, err := DSLLogit(d, c)
	if err != nil {
		t.Fatal(err)
	}
	want, err := FitLogit(rows, y)
	if err != nil {
		t.Fatal(err)
	}
	se, _ := got.SE(got.DefaultVariance())
	for k := range want.Coef {
		if math.Abs(got.Coef[k]-want.Coef[k]) > 3.5*se[k] {
			t.Errorf("%s: %.3f (SE %.3f), with all truth known %.3f", d.Names[k], got.Coef[k], se[k], want.Coef[k])
		}
	}
}
