package agreement

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func init() {
	computers["regression"] = regressionComputer
	computers["its"] = itsComputer
}

func columns(t *testing.T, file string, names ...string) (map[string][]float64, map[string][]string) {
	t.Helper()
	raw := readCSV(t, file)
	out := map[string][]float64{}
	for _, n := range names {
		out[n] = floats(t, raw[n])
	}
	return out, raw
}

func regressionDesign(c map[string][]float64, cluster []string, intercept bool) Design {
	d := Design{Names: []string{"platform1", "platform2", "commission", "knew", "post2021", "z"}, Cluster: cluster}
	if intercept {
		d.Names = append([]string{"(intercept)"}, d.Names...)
	}
	for i, p := range c["platform"] {
		row := []float64{indicator(p == 1), indicator(p == 2), c["commission"][i], c["knew"][i], c["post2021"][i], c["z"][i]}
		if intercept {
			row = append([]float64{1}, row...)
		}
		d.X = append(d.X, row)
	}
	return d
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func blocks(v []float64, k int) [][]float64 {
	var out [][]float64
	for ; len(v) > 0; v = v[k:] {
		out = append(out, v[:k])
	}
	return out
}

func values(list []Estimate, f func(Estimate) float64) []float64 {
	var out []float64
	for _, e := range list {
		out = append(out, f(e))
	}
	return out
}

func valueOf(e Estimate) float64 { return e.Value }
func seOf(e Estimate) float64    { return e.SE }

func regressionComputer(t *testing.T) func(string) any {
	c, raw := columns(t, "regression.csv", "platform", "commission", "knew", "post2021", "z", "y", "ord")
	d := regressionDesign(c, raw["court"], true)
	y, ord, joint := make([]int, len(d.X)), make([]int, len(d.X)), make([]bool, len(d.X))
	yy := make([]float64, len(d.X))
	for i := range y {
		y[i], ord[i], joint[i] = int(c["y"][i]), int(c["ord"][i]), c["y"][i] == 3
		yy[i] = indicator(joint[i])
	}
	m := must(FitMultinomial(d, y, []string{"none", "share", "supplementary", "joint"}))
	b := must(FitLogit(d, joint))
	l := must(FitLeastSquares(d, yy, nil))
	o := must(FitOrdinal(regressionDesign(c, raw["court"], false), ord, []string{"0", "1", "2", "3"}))
	fs := firthFixture(t)
	return func(key string) any {
		p := strings.Split(key, "/")
		switch p[0] {
		case "multinomial":
			return multinomialValue(m, p[1:])
		case "logit":
			return fitValue(&b.Fit, p[1])
		case "lpm":
			return fitValue(&l.Fit, p[1])
		case "ordinal":
			return ordinalValue(o, p[1])
		case "firth":
			return firthValue(fs, p[1])
		case "R:ordinal":
			x := []Test{o.ProportionalOdds("platform1", "platform2"), o.ProportionalOdds("commission"), o.ProportionalOdds("knew"), o.ProportionalOdds("post2021"), o.ProportionalOdds("z")}
			var lrt, df, pv []float64
			for _, e := range x {
				lrt, df, pv = append(lrt, e.Statistic), append(df, e.DF), append(pv, e.P)
			}
			return map[string]any{"lrt": lrt, "df": df, "p": pv}
		case "R:firth", "R:multinomial":
			return skip("a difference between two fits of the other program, not a value of the estimator")
		}
		if key == "R:lpm/se_cluster_HC2_CR2like" {
			return must(l.SE(ClusterCR2))
		}
		return skip("another convention for the leverages of a logit: CR3 here is the least-squares form on the working rows and differs by 0.5 %")
	}
}

func multinomialValue(m *Multinomial, p []string) any {
	k := len(m.design.Names)
	if column, isAME := strings.CutPrefix(p[0], "ame_"); isAME {
		kind := ModelVariance
		if p[1] == "se_cluster_CR0" {
			kind = ClusterCR0
		}
		e := must(m.MarginalEffect(column, kind, 0.95))
		if p[1] == "est" {
			return values(e, valueOf)
		}
		return values(e, seOf)
	}
	switch p[0] {
	case "coef_by_outcome":
		return blocks(m.Coef, k)
	case "se_by_outcome":
		return blocks(must(m.SE(ModelVariance)), k)
	case "se_cluster_CR0":
		return blocks(must(m.SE(ClusterCR0)), k)
	case "se_cluster_stata_vs_statsmodels_default":
		return blocks(must(m.SE(ClusterG)), k)
	case "loglik":
		return m.LogLik
	case "loglik_null":
		return m.NullLogLik
	case "mcfadden":
		return m.McFadden().Value
	case "lr_chisq":
		return 2 * (m.LogLik - m.NullLogLik)
	case "aic":
		return m.AIC()
	}
	return m.BIC()
}

func fitValue(f *Fit, what string) any {
	switch what {
	case "coef":
		return f.Coef
	case "loglik":
		return f.LogLik
	case "se_model":
		return must(f.SE(ModelVariance))
	case "se_HC0":
		return must(f.SE(HC0))
	case "se_HC1":
		return must(f.SE(HC1))
	case "se_HC3":
		return must(f.SE(HC3))
	case "se_cluster_CR0", "se_cluster_CR0_glm":
		return must(f.SE(ClusterCR0))
	case "se_cluster_HC0_cadjust_vs_sm_default":
		return must(f.SE(ClusterG))
	}
	return must(f.SE(ClusterCR1))
}

func ordinalValue(o *OrdinalFit, what string) any {
	const t = 3
	switch what {
	case "thresholds":
		return o.Coef[:t]
	case "coef", "polr_vs_own", "clm_vs_statsmodels":
		return loose{o.Coef[t:], 1e-6, 0}
	case "se_thresholds":
		return must(o.SE(ModelVariance))[:t]
	case "se_coef":
		return must(o.SE(ModelVariance))[t:]
	case "loglik":
		return o.LogLik
	}
	return must(o.SE(ClusterCR0))
}

func firthFixture(t *testing.T) *BinaryFit {
	c, _ := columns(t, "separation.csv", "knew", "commission", "x", "y")
	d := Design{Names: []string{"(intercept)", "knew", "commission", "x"}}
	var y []bool
	for i := range c["y"] {
		d.X = append(d.X, []float64{1, c["knew"][i], c["commission"][i], c["x"][i]})
		y = append(y, c["y"][i] == 1)
	}
	b := must(FitBinary(d, y))
	if !b.UsedFirth() || len(b.Logit.Separated) != 1 || b.Logit.Separated[0] != "knew" {
		t.Errorf("separation.csv: separated = %v, want knew", b.Logit.Separated)
	}
	return b
}

func firthValue(b *BinaryFit, what string) any {
	f := b.Firth
	switch what {
	case "coef":
		return f.Coef
	case "se":
		return must(f.SE(ModelVariance))
	case "penalized_loglik":
		return f.PenalizedLogLik
	case "profile_ci95":
		var out [][]float64
		for _, e := range f.ProfileIntervals(0.95) {
			out = append(out, []float64{e.Lo, e.Hi})
		}
		return out
	}
	var p []float64
	for _, x := range f.ProfileTests()[1:] {
		p = append(p, x.P)
	}
	return p
}

func itsComputer(t *testing.T) func(string) any {
	c, _ := columns(t, "its.csv", "post", "share", "n")
	first := 0
	for c["post"][first] == 0 {
		first++
	}
	s := must(FitInterruption(c["share"], nil, first, 3))
	w := must(FitInterruption(c["share"], c["n"], first, 3))
	diag := func(v *mat.SymDense) []float64 { return rootDiagonal(v) }
	return func(key string) any {
		switch key {
		case "coef":
			return s.Coef
		case "se_ols":
			return must(s.SE(ModelVariance))
		case "nw_lag3_noprewhite_noadjust":
			return diag(s.NeweyWest(3, false))
		case "nw_lag3_adjust":
			return diag(s.NeweyWest(3, true))
		case "dw":
			return s.DurbinWatson().Value
		case "r2":
			return s.R2.Value
		case "bg_lag1/stat":
			return s.BreuschGodfrey(1).Statistic
		case "bg_lag1/p":
			return s.BreuschGodfrey(1).P
		case "wls_n/coef":
			return w.Coef
		case "wls_n/se":
			return must(w.SE(ModelVariance))
		}
		return math.NaN()
	}
}
