package agreement

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func table(t *testing.T, counts ...[]int) *Confusion {
	t.Helper()
	labels := make([]string, len(counts))
	for i := range labels {
		labels[i] = string(rune('a' + i))
	}
	c, err := ConfusionFromCounts(labels, counts)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// estimates collects everything a table can print.
func estimates(c *Confusion) []Estimate {
	k := len(c.Labels)
	w := IdentityWeights(k)
	out := []Estimate{c.Agreement(0.95), c.NoInformationRate(0.95), c.AlwaysLabel("a", 0.95), c.MCC(), c.BalancedAccuracy(),
		c.OrdinalDistance(), c.KendallTauB(), c.CohenKappa(w, 0.95).Estimate, c.CohenKappa(QuadraticWeights(k), 0.95).Estimate,
		c.GwetAC(w, 0.95).Estimate, c.GwetAC(LinearWeights(k), 0.95).Estimate, c.Ratings().PercentAgreement(0.95),
		c.Ratings().CongerKappa(0.95).Estimate, c.Ratings().FleissKappa(w, 0.95).Estimate, c.Ratings().KrippendorffGwet(w, 0.95).Estimate}
	for _, m := range []Metric{Nominal, Ordinal, Interval, Ratio} {
		out = append(out, c.Ratings().KrippendorffAlpha(m), c.Ratings().BootstrapAlpha(m, 30, 1).Interval(BCa, 0.95))
	}
	for _, s := range c.PerClass(0.95) {
		out = append(out, s.Precision, s.Recall, s.Specificity, s.F1, s.MCC)
	}
	for _, a := range []Averages{c.Macro(0), c.Weighted(0), c.Micro()} {
		out = append(out, a.Precision, a.Recall, a.F1)
	}
	if x, err := NewContingency(c.Counts, 0.95); err == nil {
		out = append(out, x.CramersV, x.CramersVCorrected)
	}
	return out
}

func checkFinite(t interface{ Errorf(string, ...any) }, e Estimate) {
	for _, v := range []float64{e.Value, e.Lo, e.Hi, e.SE} {
		if math.IsNaN(v) {
			t.Errorf("%s: NaN in %+v", e.Method, e)
		}
	}
	if e.Undefined != (e.Reason != "") {
		t.Errorf("%s: undefined %v with reason %q", e.Method, e.Undefined, e.Reason)
	}
	if !e.NoInterval && e.Lo > e.Hi {
		t.Errorf("%s: limits reversed: %+v", e.Method, e)
	}
	b, err := json.Marshal(e)
	if err != nil || strings.Contains(e.String(), "NaN") || strings.Contains(string(b), "NaN") {
		t.Errorf("%s: prints %s, %s (%v)", e.Method, e, b, err)
	}
}

func checkTest(t interface{ Errorf(string, ...any) }, x Test) {
	if math.IsNaN(x.P) || x.P < 0 || x.P > 1 || math.IsNaN(x.Statistic) {
		t.Errorf("%s: %+v", x.Name, x)
	}
	if _, err := json.Marshal(x); err != nil || x.Undefined != (x.Reason != "") {
		t.Errorf("%s: %+v (%v)", x.Name, x, err)
	}
}

// TestNothingIsNaN draws tables of every shape, with empty classes, one class, no units.
func TestNothingIsNaN(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		k := rapid.IntRange(1, 4).Draw(r, "k")
		counts := squareInts(k)
		labels := make([]string, k)
		for i := range counts {
			labels[i] = string(rune('a' + i))
			for j := range counts[i] {
				counts[i][j] = rapid.SampledFrom([]int{0, 0, 0, 1, 2, 7, 150}).Draw(r, "cell")
			}
		}
		c, err := ConfusionFromCounts(labels, counts)
		if err != nil {
			r.Fatal(err)
		}
		for _, e := range estimates(c) {
			checkFinite(r, e)
		}
		for _, x := range []Test{c.Bowker(), c.StuartMaxwell(), c.Bhapkar(), c.BetterThanNoInformation(), c.CohenKappa(IdentityWeights(k), 0.9).Null} {
			checkTest(r, x)
		}
		if x, err := NewContingency(counts, 0.95); err == nil {
			for _, y := range []Test{x.ChiSquare, x.G, x.Yates, FisherExact(counts, FisherOptions{MaxStates: 20000, Draws: 99})} {
				checkTest(r, y)
			}
		}
	})
}

func TestShareIntervalsHoldTheShare(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, 3000).Draw(r, "n")
		x := rapid.IntRange(0, n).Draw(r, "x")
		level := rapid.SampledFrom([]float64{0.8, 0.95, 0.999}).Draw(r, "level")
		for _, f := range []func(int, int, float64) Estimate{Wilson, WilsonContinuity, ClopperPearson, Jeffreys} {
			e := f(x, n, level)
			checkFinite(r, e)
			if n > 0 && (e.Lo > e.Value+1e-12 || e.Hi < e.Value-1e-12 || e.Lo < 0 || e.Hi > 1) {
				r.Errorf("%s: %d of %d: %s", e.Method, x, n, e)
			}
		}
		m := rapid.IntRange(0, 300).Draw(r, "m")
		s := TwoShares{x, n, rapid.IntRange(0, m).Draw(r, "y"), m}
		for _, e := range []Estimate{s.Newcombe(level), s.MiettinenNurminen(level), s.AgrestiCaffo(level), s.Wald(level), s.OddsRatio(level)} {
			checkFinite(r, e)
		}
		checkTest(r, s.FisherExact())
	})
}

func TestUndefinedAnswers(t *testing.T) {
	one := table(t, []int{25, 0}, []int{0, 0})
	cases := []struct {
		name string
		e    Estimate
		want bool // undefined
	}{
		{"kappa, one class", one.CohenKappa(IdentityWeights(2), 0.95).Estimate, true},
		{"MCC, one class", one.MCC(), true},
		{"alpha, one class", one.Ratings().KrippendorffAlpha(Nominal), true},
		{"AC1, one class: chance agreement is 0", one.GwetAC(IdentityWeights(2), 0.95).Estimate, false},
		{"agreement, one class", one.Agreement(0.95), false},
		{"agreement, no units", table(t, []int{0}).Agreement(0.95), true},
		{"share of nothing", Wilson(0, 0, 0.95), true},
		{"share above its n", Wilson(3, 2, 0.95), true},
		{"bounds, nothing decided", BoundedShare(0, 0, 5), true},
		{"Rogan-Gladen, labels at chance", RoganGladen(5, 10, Wilson(5, 10, 0.95), Wilson(5, 10, 0.95), 0.95), true},
		{"effective n, one cluster", EffectiveN([]string{"x", "x"}, []bool{true, false}), true},
	}
	for _, c := range cases {
		checkFinite(t, c.e)
		if c.e.Undefined != c.want {
			t.Errorf("%s: undefined = %v, want %v (%s)", c.name, c.e.Undefined, c.want, c.e.Reason)
		}
	}
	if e := table(t, []int{3, 0}, []int{0, 4}).CohenKappa(IdentityWeights(2), 0.95); len(e.Warnings) == 0 || e.Value != 1 {
		t.Errorf("perfect agreement: %v, warnings %v; want 1 with a warning", e.Value, e.Warnings)
	}
}

func TestConfusionShowsMissingCodes(t *testing.T) {
	c, err := NewConfusion([]string{"none", "joint"}, []string{"none", "joint", "joint"}, []string{"none", "", "joint"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Labels, ","); got != "none,joint,missing" || c.Counts[1][2] != 1 || c.N() != 3 {
		t.Errorf("labels %s, counts %v", got, c.Counts)
	}
	rest, aside := c.Without(MissingLabel)
	if rest.N() != 2 || aside != 1 {
		t.Errorf("without missing: n %d, aside %d", rest.N(), aside)
	}
	if _, err := NewConfusion([]string{"none"}, []string{"joint"}, []string{"none"}); err == nil {
		t.Error("an unknown code passed")
	}
	if _, err := NewConfusion(nil, []string{"a"}, nil); err == nil {
		t.Error("slices of different length passed")
	}
}

func TestBoundsHoldAllHitsAndAllMisses(t *testing.T) {
	e := BoundedShare(30, 40, 10)
	if e.Value != 0.75 || e.Lo != 0.6 || e.Hi != 0.8 {
		t.Errorf("got %v [%v, %v], want 0.75 [0.6, 0.8]", e.Value, e.Lo, e.Hi)
	}
}

// TestFQuantileInTheTail stands for the one quantile left out of the reference test.
func TestFQuantileInTheTail(t *testing.T) {
	f := FQuantile(1e-10, 3, 23)
	x := 3 * f / (23 + 3*f)
	// I_x(3/2, 23/2) by its series for small x
	sum, c := 0.0, 1.0
	for n := 0.0; n < 20; n++ {
		sum += c * math.Pow(x, 1.5+n) / (1.5 + n)
		c *= -(10.5 - n) / (n + 1)
	}
	a, _ := math.Lgamma(1.5)
	b, _ := math.Lgamma(11.5)
	ab, _ := math.Lgamma(13)
	if p := sum / math.Exp(a+b-ab); math.Abs(p/1e-10-1) > 1e-11 {
		t.Errorf("F quantile %v has probability %v, want 1e-10", f, p)
	}
}

func TestClusteredShareIsWiderThanWilson(t *testing.T) {
	var cluster []string
	var hit []bool
	for i := 0; i < 200; i++ {
		cluster, hit = append(cluster, strconv.Itoa(i/10)), append(hit, i/10%2 == 0)
	}
	c, w := ClusteredShare(cluster, hit, 0.95), Wilson(100, 200, 0.95)
	if c.Value != 0.5 || c.Hi-c.Lo < 2.5*(w.Hi-w.Lo) {
		t.Errorf("20 clusters of ten copies: %v, independent rows: %v", c, w)
	}
}

func TestMonteCarloFisherNearsTheExact(t *testing.T) {
	counts := [][]int{{3, 0, 1}, {0, 4, 2}, {1, 1, 5}, {2, 0, 0}}
	exact := FisherExact(counts, FisherOptions{})
	again := FisherExact(counts, FisherOptions{MaxStates: 1, Draws: 20000, Seed: 7})
	if !strings.Contains(again.Method, "Monte-Carlo") || math.Abs(exact.P-again.P) > 0.004 {
		t.Errorf("exact %v, %s %v", exact.P, again.Method, again.P)
	}
	if p := FisherExact(counts, FisherOptions{MaxStates: 1, Draws: 20000, Seed: 7}).P; p != again.P {
		t.Errorf("same seed, %v then %v", again.P, p)
	}
}

func corpus(n, doctrines int) (cluster, labels, actual []string, predicted [][]string) {
	rng := rand.New(rand.NewPCG(1, 2))
	labels = []string{"none", "share", "supplementary", "joint"}
	pick := func() string {
		if u := rng.Float64(); u < 0.9 {
			return "none"
		}
		return labels[1+rng.IntN(3)]
	}
	predicted = make([][]string, doctrines)
	for i := 0; i < n; i++ {
		cluster = append(cluster, strconv.Itoa(rng.IntN(n/2)))
		a := pick()
		actual = append(actual, a)
		for d := range predicted {
			p := a
			if rng.Float64() < 0.1*float64(d+1) {
				p = pick()
			}
			predicted[d] = append(predicted[d], p)
		}
	}
	return cluster, labels, actual, predicted
}

func reportStatistics(p *PairedTables) []Statistic {
	k := len(p.Labels)
	var out []Statistic
	for d := 0; d < p.Doctrines; d++ {
		out = append(out, p.AgreementStat("agreement", d), p.KappaStat("kappa", d, IdentityWeights(k)),
			p.KappaStat("weighted kappa", d, LinearWeights(k)), p.ACStat("AC1", d, IdentityWeights(k)), p.ACStat("AC2", d, LinearWeights(k)))
		for e := 0; e < d; e++ {
			out = append(out, Difference("difference", p.AgreementStat("", d), p.AgreementStat("", e)))
		}
	}
	return out
}

func TestClusterBootstrapDependsOnNothingButSeed(t *testing.T) {
	cluster, labels, actual, predicted := corpus(600, 2)
	run := func(procs int) []*Bootstrap {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		p := must(NewPairedTables(cluster, labels, actual, predicted))
		return p.Sums.Bootstrap(reportStatistics(p), 99, 42)
	}
	a := run(1)
	reverse(cluster, actual, predicted[0], predicted[1])
	b := run(3)
	for k := range a {
		x, y := a[k].Interval(BCa, 0.95), b[k].Interval(BCa, 0.95)
		if x.Value != y.Value || x.Lo != y.Lo || x.Hi != y.Hi {
			t.Errorf("%s: %v with one worker, %v with three and rows reversed", a[k].Statistic, x, y)
		}
	}
}

func reverse(lists ...[]string) {
	for _, l := range lists {
		for i, j := 0, len(l)-1; i < j; i, j = i+1, j-1 {
			l[i], l[j] = l[j], l[i]
		}
	}
}

// TestClusterBootstrapMatchesLinearisation: with many equal clusters the bootstrap error of
// the agreement is the linearised clustered error, larger than that of independent rows.
func TestClusterBootstrapMatchesLinearisation(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	var cluster, actual, predicted []string
	var hit []bool
	for g := 0; g < 400; g++ {
		good := rng.Float64() < 0.7
		for i := 0; i < 5; i++ {
			cluster, actual = append(cluster, strconv.Itoa(g)), append(actual, "joint")
			predicted = append(predicted, map[bool]string{true: "joint", false: "none"}[good])
			hit = append(hit, good)
		}
	}
	p := must(NewPairedTables(cluster, []string{"none", "joint"}, actual, [][]string{predicted}))
	b := p.Sums.Bootstrap([]Statistic{p.AgreementStat("agreement", 0)}, 999, 1)[0]
	share := b.Original.Value
	want := math.Sqrt(share * (1 - share) / 400)
	if math.Abs(b.SD()/want-1) > 0.1 {
		t.Errorf("bootstrap error %v, clusters as units give %v", b.SD(), want)
	}
	if n := EffectiveN(cluster, hit); math.Abs(n.Value-400) > 2 {
		t.Errorf("effective n = %v of 2000 rows in 400 copied clusters, want about 400", n.Value)
	}
}

// TestBootstrapSpeed holds the aim of the report: 200,000 parties, six doctrines, 999 draws.
func TestBootstrapSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	cluster, labels, actual, predicted := corpus(200_000, 6)
	start := time.Now()
	p := must(NewPairedTables(cluster, labels, actual, predicted))
	stats := reportStatistics(p)
	for _, b := range p.Sums.Bootstrap(stats, 999, 9) {
		if e := b.Interval(BCa, 0.95); e.NoInterval {
			t.Errorf("%s: %v", b.Statistic, e.Warnings)
		}
	}
	d := time.Since(start)
	t.Logf("200,000 parties, %d clusters, %d patterns, %d statistics, 999 draws: %v", p.Sums.Clusters, len(p.Sums.cells), len(stats), d)
	if d > 60*time.Second {
		t.Errorf("took %v, the aim is under 60 s on two cores", d)
	}
}

// TestPairedExample is the worked example of Fagerland, Lydersen and Laake (airway
// hyper-responsiveness before and after transplantation, 21 pairs).
func TestPairedExample(t *testing.T) {
	m := NewMcNemar(1, 1, 7, 12, 0.95)
	got := []float64{m.Diff.Value, m.Diff.Lo, m.Diff.Hi, m.Exact.P, m.MidP.P, m.Chi.P}
	for i, want := range []float64{-0.286, -0.507, -0.026, 0.0703, 0.0391, 0.0339} {
		if math.Abs(got[i]-want) > 6e-4 {
			t.Errorf("value %d: %v, want %v", i, got[i], want)
		}
	}
	if even := NewMcNemar(3, 2, 2, 3, 0.95); even.MidP.P != 1-6.0/16/2 || even.Exact.P != 1 {
		t.Errorf("two against two: mid-p %v, exact %v", even.MidP.P, even.Exact.P)
	}
	none := NewMcNemar(3, 0, 0, 3, 0.95)
	checkTest(t, none.MidP)
	if !none.MidP.Undefined || none.Diff.Value != 0 {
		t.Errorf("no discordant pair: %+v", none)
	}
}
