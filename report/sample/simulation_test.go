package sample

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"caipan/report/agreement"
)

var long = flag.Bool("long", false, "more replications of the simulation")

// simulated is one corpus of the design of the statistics file (N = 900, logit slope 0.9, the reading wrong in 8 % and
// 22 %, differing by the covariate).
type simulated struct {
	x           []float64
	truth, read []float64
	units       []Unit
}

const (
	simulatedN     = 900
	simulatedSlope = 0.9
)

func simulate(rng *rand.Rand) simulated {
	s := simulated{}
	for i := range simulatedN {
		x := float64(rng.IntN(2))
		y := 0.0
		if rng.Float64() < 1/(1+math.Exp(0.65-simulatedSlope*x)) {
			y = 1
		}
		wrong := 0.08
		if x > 0 {
			wrong = 0.22
		}
		r := y
		if rng.Float64() < wrong {
			r = 1 - y
		}
		s.x, s.truth, s.read = append(s.x, x), append(s.truth, y), append(s.read, r)
		s.units = append(s.units, Unit{CaseID: fmt.Sprintf("c%04d", i), Party: "甲", Court: fmt.Sprint(i % 30), Liable: r == 1, Machine: map[string]string{RulingVariable: []string{"none", "joint"}[int(r)]}})
	}
	return s
}

// coverage counts how often 95 % intervals hold the slope.
type coverage struct {
	naive, corrected, hand, done float64
	bias                         [2]float64
}

func (c *coverage) String() string {
	return fmt.Sprintf("%v replications: naive covers %.3f (bias %+.3f), corrected %.3f (bias %+.3f)", c.done, c.naive/c.done, c.bias[0]/c.done, c.corrected/c.done, c.bias[1]/c.done)
}

// run draws corpus and sample with one seed and counts.
func (c *coverage) run(t *testing.T, d Design, seed uint64) {
	s := simulate(rand.New(rand.NewPCG(seed, 17)))
	d.Seed = seed
	drawn, err := NewFrame("r", s.units).Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	design := agreement.Design{Names: []string{"(intercept)", "x"}}
	coded := agreement.Coded{Predicted: s.read, Truth: s.truth, Sampled: make([]bool, simulatedN), Chance: make([]float64, simulatedN)}
	read := make([]bool, simulatedN)
	for i := range s.x {
		design.X = append(design.X, []float64{1, s.x[i]})
		coded.Chance[i], coded.Sampled[i] = drawn.Chances[i].Probability, drawn.Chances[i].Number != ""
		read[i] = s.read[i] == 1
	}
	naive, err := agreement.FitLogit(design, read)
	if err != nil {
		t.Fatal(err)
	}
	e, err := naive.Estimates(agreement.HC0, level)
	if err != nil {
		t.Fatal(err)
	}
	corrected, err := agreement.DSLLogit(design, coded)
	if err != nil {
		t.Fatal(err)
	}
	f, err := corrected.Estimates(level)
	if err != nil {
		t.Fatal(err)
	}
	c.done++
	c.naive += holds(e[1])
	c.corrected += holds(f[1])
	c.bias[0] += e[1].Value - simulatedSlope
	c.bias[1] += f[1].Value - simulatedSlope
}

func holds(e agreement.Estimate) float64 {
	if e.Lo <= simulatedSlope && simulatedSlope <= e.Hi {
		return 1
	}
	return 0
}

// The naive interval covers the slope in about two of three corpora, the corrected one in 95 of 100, under a simple
// sample and under one with unequal chances.
func TestCorrectedIntervalsCoverWhereNaiveOnesDoNot(t *testing.T) {
	replications := 800
	if *long {
		replications = 20000
	}
	for _, one := range []struct {
		name string
		d    Design
	}{
		{"simple, one in four", design(func(d *Design) { d.N = 225 })},
		{"oversampled, unequal chances", design(func(d *Design) { d.N, d.Oversample, d.Factor = 225, []string{OverLiable}, 3 })},
	} {
		name, d := one.name, one.d
		c := &coverage{}
		for seed := range replications {
			c.run(t, d, uint64(seed))
		}
		t.Logf("%s: %v", name, c)
		if share := c.naive / c.done; share < 0.55 || share > 0.75 {
			t.Errorf("%s: the naive interval covers %.3f, want about 0.65: the design is not the one described", name, share)
		}
		if share := c.corrected / c.done; share < 0.93 || share > 0.97 {
			t.Errorf("%s: the corrected interval covers %.3f, want 0.93 to 0.97", name, share)
		}
	}
}
