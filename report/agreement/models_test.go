package agreement

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

func simulated(n int, seed uint64) (Design, []float64) {
	rng := rand.New(rand.NewPCG(seed, 0))
	d := Design{Names: []string{"(intercept)", "x", "z"}, Cluster: make([]string, n)}
	eta := make([]float64, n)
	for i := range eta {
		x, z := indicator(rng.Float64() < 0.4), rng.NormFloat64()
		d.X = append(d.X, []float64{1, x, z})
		d.Cluster[i] = strconv.Itoa(i % 50)
		eta[i] = -0.5 + x - 0.7*z
	}
	return d, eta
}

func TestSeparationIsNamed(t *testing.T) {
	d := Design{Names: []string{"(intercept)", "knew", "size"}}
	var complete, quasi, none []bool
	rng := rand.New(rand.NewPCG(5, 5))
	for i := 0; i < 80; i++ {
		knew, size := i%3 == 0, rng.NormFloat64()
		d.X = append(d.X, []float64{1, indicator(knew), size})
		complete = append(complete, size > 0.2)
		quasi = append(quasi, knew || i%2 == 0)
		none = append(none, rng.Float64() < 0.4+0.2*indicator(knew))
	}
	cases := []struct {
		name string
		y    []bool
		want string // a column that must be named, "" for none
	}{{"complete", complete, "size"}, {"quasi-complete", quasi, "knew"}, {"overlap", none, ""}}
	for _, c := range cases {
		b, err := FitBinary(d, c.y)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if b.UsedFirth() != (c.want != "") || c.want != "" && !contains(b.Logit.Separated, c.want) {
			t.Errorf("%s: Firth %v, separated %v", c.name, b.UsedFirth(), b.Logit.Separated)
		}
		list, err := b.Estimates(0.95)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			checkFinite(t, e)
		}
	}
}

// TestUnitsOfMeasurementDoNotMatter: yuan or millions of yuan, the same fit and the same separation.
func TestUnitsOfMeasurementDoNotMatter(t *testing.T) {
	for _, separated := range []bool{false, true} {
		rng := rand.New(rand.NewPCG(6, 6))
		var amounts []float64
		var y []bool
		for i := 0; i < 120; i++ {
			amounts = append(amounts, rng.ExpFloat64())
			y = append(y, separated && amounts[i] > 1 || !separated && rng.Float64() < 0.3+0.2*math.Min(2, amounts[i]))
		}
		z := map[float64]float64{}
		for _, unit := range []float64{1e-7, 1, 1e7} {
			d := Design{Names: []string{"(intercept)", "amount"}}
			for _, a := range amounts {
				d.X = append(d.X, []float64{1, a * unit})
			}
			b, err := FitBinary(d, y)
			if err != nil {
				t.Fatal(err)
			}
			if b.UsedFirth() != separated {
				t.Errorf("unit %g: Firth %v, separated %v", unit, b.UsedFirth(), separated)
			}
			z[unit] = must(b.Estimates(0.95))[1].Hi * unit
		}
		if math.Abs(z[1e-7]/z[1]-1) > 1e-6 || math.Abs(z[1e7]/z[1]-1) > 1e-6 {
			t.Errorf("upper limits by unit: %v", z)
		}
	}
}

func TestMultinomialSeparation(t *testing.T) {
	d := Design{Names: []string{"(intercept)", "self"}}
	var y []int
	for i := 0; i < 90; i++ {
		self := i%2 == 0
		d.X = append(d.X, []float64{1, indicator(self)})
		switch {
		case self && i%3 == 0: // the third outcome only where self
			y = append(y, 2)
		default:
			y = append(y, (i/2)%2)
		}
	}
	m := must(FitMultinomial(d, y, []string{"none", "share", "joint"}))
	if !contains(m.Separated, "joint: self") || contains(m.Separated, "share: self") {
		t.Errorf("separated %v, want joint: self alone with its intercept", m.Separated)
	}
	for _, e := range must(m.MarginalEffect("self", ModelVariance, 0.95)) {
		if !e.Undefined {
			t.Errorf("a marginal effect under separation: %v", e)
		}
	}
}

func TestDesignErrorsSayWhere(t *testing.T) {
	d, _ := simulated(30, 1)
	for _, row := range d.X {
		row[2] = 2*row[1] - row[0]
	}
	y := make([]bool, 30)
	y[0] = true
	if _, err := FitLogit(d, y); err == nil || !strings.Contains(err.Error(), "column z") {
		t.Errorf("a determined column: %v", err)
	}
	d.X[4][1] = math.NaN()
	if _, err := FitLogit(d, y); err == nil || !strings.Contains(err.Error(), "row 4") {
		t.Errorf("a NaN: %v", err)
	}
	good, _ := simulated(30, 1)
	if _, err := FitLogit(good, make([]bool, 30)); err == nil || !strings.Contains(err.Error(), "does not occur") {
		t.Errorf("one outcome only: %v", err)
	}
	if _, err := FitFirth(good, make([]bool, 30)); err == nil {
		t.Error("Firth with one outcome only passed")
	}
	good.Cluster = nil
	y[3], y[7], y[9] = true, true, true
	m := must(FitLogit(good, y))
	if _, err := m.SE(ClusterCR0); err == nil || !strings.Contains(err.Error(), "clusters") {
		t.Errorf("clustered errors without clusters: %v", err)
	}
}

func TestMarginalEffectIsTheNumericalOne(t *testing.T) {
	d, eta := simulated(400, 2)
	rng := rand.New(rand.NewPCG(8, 8))
	y := make([]int, len(eta))
	for i := range y {
		if rng.Float64() < logisticCDF(eta[i]) {
			y[i] = 1 + rng.IntN(2)
		}
	}
	m := must(FitMultinomial(d, y, []string{"none", "share", "joint"}))
	e := must(m.MarginalEffect("z", ClusterG, 0.95))
	l := &multinomialLikelihood{x: d.X, m: 2, k: 3}
	mean := func(shift float64, j int) float64 {
		p, s := make([]float64, 3), 0.0
		for _, x := range d.X {
			l.shares(m.Coef, []float64{x[0], x[1], x[2] + shift}, p)
			s += p[j] / float64(len(d.X))
		}
		return s
	}
	sum := 0.0
	for j := range e {
		if want := (mean(1e-5, j) - mean(-1e-5, j)) / 2e-5; math.Abs(e[j].Value-want) > 1e-8 {
			t.Errorf("outcome %d: %v, numerically %v", j, e[j].Value, want)
		}
		sum += e[j].Value
	}
	if math.Abs(sum) > 1e-12 {
		t.Errorf("effects on all outcomes sum to %v, want 0", sum)
	}
	// the delta method's gradient, checked by moving each coefficient
	_, gradient := m.derivative(&multinomialLikelihood{x: d.X, m: 2, k: 3}, 2)
	for c := range m.Coef {
		up, down := *m, *m
		up.Coef, down.Coef = append([]float64(nil), m.Coef...), append([]float64(nil), m.Coef...)
		up.Coef[c] += 1e-5
		down.Coef[c] -= 1e-5
		a, _ := up.derivative(&multinomialLikelihood{x: d.X, m: 2, k: 3}, 2)
		b, _ := down.derivative(&multinomialLikelihood{x: d.X, m: 2, k: 3}, 2)
		for j := range a {
			if want := (a[j] - b[j]) / 2e-5; math.Abs(gradient[j][c]-want) > 1e-7 {
				t.Errorf("gradient of outcome %d by coefficient %d: %v, numerically %v", j, c, gradient[j][c], want)
			}
		}
	}
}

// TestDSLUndoesTheLabelsBias: rule labels wrong more often where x = 1; the naive mean is off,
// the DSL mean is on target and its interval covers about as often as it says.
func TestDSLUndoesTheLabelsBias(t *testing.T) {
	covered, naive, dsl, truth := 0, 0.0, 0.0, 0.0
	const runs = 200
	for run := 0; run < runs; run++ {
		rng := rand.New(rand.NewPCG(uint64(run), 77))
		n := 600
		c := Coded{Predicted: make([]float64, n), Truth: make([]float64, n), Sampled: make([]bool, n), Chance: make([]float64, n)}
		for i := 0; i < n; i++ {
			x := i%2 == 0
			y := indicator(rng.Float64() < 0.4)
			c.Truth[i], c.Predicted[i], c.Chance[i] = y, y, 0.2
			if x {
				c.Chance[i] = 0.4
				if rng.Float64() < 0.3 {
					c.Predicted[i] = 1
				}
			}
			c.Sampled[i] = rng.Float64() < c.Chance[i]
			naive += c.Predicted[i] / float64(n*runs)
			truth = 0.4
		}
		e := must(DSLMean(c, 0.95))
		dsl += e.Value / runs
		if e.Lo <= truth && truth <= e.Hi {
			covered++
		}
	}
	if math.Abs(naive-truth) < 0.05 || math.Abs(dsl-truth) > 0.01 || covered < 180 || covered > 199 {
		t.Errorf("truth %.3f, naive %.3f, DSL %.3f, covered %d of %d", truth, naive, dsl, covered, runs)
	}
}

func TestCodedSampleNeedsChances(t *testing.T) {
	c := Coded{Predicted: []float64{1, 0}, Truth: []float64{1, 0}, Sampled: []bool{true, false}, Chance: []float64{0.5, 0}}
	if _, err := DSLMean(c, 0.95); err == nil || !strings.Contains(err.Error(), "row 1") {
		t.Errorf("a chance of 0: %v", err)
	}
}

func TestKeynessOrdersAndCounts(t *testing.T) {
	k := NewKeyness(nil)
	for i := 0; i < 20; i++ {
		target := i < 10
		k.Document(target, 100)
		if target {
			must(0, k.Term("自营", 3))
		}
		must(0, k.Term("平台", 5))
		if i == 0 {
			must(0, k.Term("孤例", 40))
		}
	}
	if err := k.Term("平台", 1); err == nil {
		t.Error("a term twice in one document passed")
	}
	words := k.Keywords(3, 0.95)
	if len(words) != 2 || words[0].Term != "自营" || words[1].Term != "平台" {
		t.Fatalf("got %+v", words)
	}
	w := words[0]
	// 30 of 1000 against 0 of 1000: G² = 2[30 ln 2 + 970 ln(970/985) + 1000 ln(1000/985)]
	want := 2 * (30*math.Ln2 + 970*math.Log(970.0/985) + 1000*math.Log(1000.0/985))
	if math.Abs(w.LogLikelihood.Statistic-want) > 1e-9 || math.Abs(w.LogRatio-math.Log2(60)) > 1e-12 {
		t.Errorf("G² %v want %v; log ratio %v want %v", w.LogLikelihood.Statistic, want, w.LogRatio, math.Log2(60))
	}
	if math.Abs(w.Dispersion-0.5) > 1e-12 || math.Abs(words[1].Dispersion-1) > 1e-12 {
		t.Errorf("dispersion %v and %v, want 0.5 (half of the documents) and 1", w.Dispersion, words[1].Dispersion)
	}
	if words[1].LogLikelihood.P != 1 || w.HolmP != 2*w.LogLikelihood.P {
		t.Errorf("p %v, Holm %v", words[1].LogLikelihood.P, w.HolmP)
	}
	if NewKeyness(nil).Keywords(1, 0.95) != nil {
		t.Error("keywords without documents")
	}
}

func TestRivalsOnCommonUnits(t *testing.T) {
	actual := []string{"joint", "joint", "none", "none", "joint", ""}
	a := []string{"joint", "none", "none", "joint", "", "none"}
	b := []string{"joint", "joint", "none", "none", "joint", "none"}
	pairs, n, err := RivalPairs(actual, [][]string{a, b}, Holm, 0.95)
	if err != nil || n != 4 || len(pairs) != 1 {
		t.Fatalf("%d pairs on %d common units (%v), want 1 on 4", len(pairs), n, err)
	}
	p := pairs[0]
	if p.Agreement.Value != 0.5 || p.Hits.B != 0 || p.Hits.C != 2 || len(p.Separating) != 2 || p.Separating[0] != 1 {
		t.Errorf("%+v", p)
	}
}

func TestAdjustmentOrderAndBounds(t *testing.T) {
	p := []float64{0.01, 0.2, 0.03}
	for _, m := range []Adjustment{Bonferroni, Holm, Hochberg, BenjaminiHochberg, BenjaminiYekuteli} {
		for i, q := range Adjust(p, m) {
			if q < p[i] || q > 1 {
				t.Errorf("%s: %v becomes %v", m, p[i], q)
			}
		}
	}
	got := AdjustTests([]Test{{P: 0.01}, undefinedTest("x", 0, "none"), {P: 0.04}}, Bonferroni)
	if got[0] != 0.02 || got[1] != 1 || got[2] != 0.08 {
		t.Errorf("an undefined test counts in the family: %v", got)
	}
	if Adjust(nil, Holm) != nil || Adjust(p, "none such") != nil {
		t.Error("an empty family or an unknown method gave values")
	}
}

func TestInterruptionNeedsPeriods(t *testing.T) {
	if _, err := FitInterruption(make([]float64, 20), nil, 3, 2); err == nil {
		t.Error("three periods before the break passed")
	}
}

func TestLargeTablesStayExactOrFast(t *testing.T) {
	s := TwoShares{9000, 10000, 1000, 10000}
	or := s.OddsRatio(0.95)
	if math.Abs(or.Value/81-1) > 0.01 || or.Lo > 81 || or.Hi < 81 {
		t.Errorf("odds ratio of 9000/10000 against 1000/10000: %v, want about 81", or)
	}
	big := [][]int{{60000, 300, 900, 1200}, {70000, 310, 950, 1150}, {60000, 290, 880, 1300}, {100, 2, 3, 1}}
	f := FisherExact(big, FisherOptions{MaxStates: 100_000, Draws: 2000, Seed: 1})
	c := must(NewContingency(big, 0.95))
	if !strings.Contains(f.Method, "Monte-Carlo") || math.Abs(f.P-c.ChiSquare.P) > 0.05 {
		t.Errorf("%s p = %v, chi-square p = %v", f.Method, f.P, c.ChiSquare.P)
	}
	checkFinite(t, c.CramersV)
	m := must(MantelHaenszel([][][]int{{{9000, 1000}, {1000, 9000}}, {{40, 10}, {12, 33}}}, 0.95))
	checkFinite(t, m.OddsRatioExact)
	if !m.OddsRatioExact.Undefined && math.Abs(m.OddsRatioExact.Value/m.OddsRatio.Value-1) > 0.02 {
		t.Errorf("exact %v, Mantel-Haenszel %v", m.OddsRatioExact, m.OddsRatio)
	}
}

// TestSmallClusterCorrection: with every row its own cluster, CR2 and CR3 of least squares are
// HC2 and HC3, and the corrected errors are ordered CR0 < CR2 < CR3.
func TestSmallClusterCorrection(t *testing.T) {
	d, eta := simulated(60, 4)
	for i := range d.Cluster {
		d.Cluster[i] = strconv.Itoa(i)
	}
	rng := rand.New(rand.NewPCG(4, 4))
	y := make([]bool, len(eta))
	for i := range eta {
		eta[i] += rng.NormFloat64()
		y[i] = rng.Float64() < logisticCDF(eta[i])
	}
	l := must(FitLeastSquares(d, eta, nil))
	hc3, cr3 := must(l.SE(HC3)), must(l.SE(ClusterCR3))
	for j := range hc3 {
		if math.Abs(hc3[j]/cr3[j]-1) > 1e-9 {
			t.Errorf("column %d: HC3 %v, CR3 with single rows %v", j, hc3[j], cr3[j])
		}
	}
	for i := range d.Cluster {
		d.Cluster[i] = strconv.Itoa(i % 8)
	}
	b := must(FitLogit(d, y))
	cr0, cr2, cr3 := must(b.SE(ClusterCR0)), must(b.SE(ClusterCR2)), must(b.SE(ClusterCR3))
	for j := range cr0 {
		if !(cr0[j] < cr2[j] && cr2[j] < cr3[j]) {
			t.Errorf("column %d: CR0 %v, CR2 %v, CR3 %v", j, cr0[j], cr2[j], cr3[j])
		}
	}
}

func TestOrdinalSeparationIsNotPrinted(t *testing.T) {
	d := Design{Names: []string{"knew"}}
	var y []int
	for i := 0; i < 60; i++ {
		knew := i%3 == 0
		d.X = append(d.X, []float64{indicator(knew)})
		v := i % 2
		if knew {
			v = 2
		}
		y = append(y, v)
	}
	o, err := FitOrdinal(d, y, []string{"none", "share", "joint"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range must(o.Estimates(ModelVariance, 0.95)) {
		if !e.Undefined {
			t.Errorf("an estimate under separation: %v", e)
		}
	}
	if x := o.ProportionalOdds("knew"); !x.Undefined {
		t.Errorf("a test under separation: %v", x)
	}
}
