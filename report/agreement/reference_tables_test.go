package agreement

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func init() {
	computers["kappa"] = func(t *testing.T) func(string) any {
		tables := squareTables(t)
		return func(key string) any {
			p := strings.Split(key, "/")
			c := tables[p[0]]
			k := c.CohenKappa(weightsNamed(p[1], len(c.Labels)), 0.95)
			switch {
			case k.Undefined:
				return nil
			case strings.HasPrefix(p[2], "kappa"):
				return k.Value
			case strings.HasPrefix(p[2], "se_"):
				return k.SE
			}
			return k.Null.Statistic
		}
	}
	computers["classification"] = func(t *testing.T) func(string) any {
		tables := squareTables(t)
		return func(key string) any {
			p := strings.Split(strings.TrimPrefix(key, "Python:"), "/")
			c := tables[p[0]]
			if strings.HasPrefix(p[1], "class") {
				return classScore(c, p[1], p[2])
			}
			return tableScore(c, p[1])
		}
	}
	computers["proportion_ci"] = func(t *testing.T) func(string) any {
		var d struct {
			Cases [][2]int  `json:"cases"`
			Conf  []float64 `json:"conf"`
		}
		readJSON(t, "data/proportions.json", &d)
		kinds := map[string]func(int, int, float64) Estimate{"wilson": Wilson, "wilson_scipy": Wilson, "wilson_cc": WilsonContinuity,
			"clopper_pearson": ClopperPearson, "clopper_pearson_sm": ClopperPearson, "agresti_coull": AgrestiCoull, "jeffreys": Jeffreys}
		return func(key string) any {
			p := strings.Split(key, "/")
			i, _ := strconv.Atoi(p[0])
			x := d.Cases[i/len(d.Conf)]
			return limits(kinds[p[1]](x[0], x[1], d.Conf[i%len(d.Conf)]))
		}
	}
	computers["distributions"] = func(t *testing.T) func(string) any { return distributionValue }
}

func classScore(c *Confusion, class, what string) any {
	k, _ := strconv.Atoi(strings.TrimPrefix(class, "class"))
	s := c.PerClass(0.95)[k]
	switch what {
	case "precision":
		return num(s.Precision)
	case "recall":
		return num(s.Recall)
	}
	return num(s.F1)
}

func tableScore(c *Confusion, what string) any {
	switch what {
	case "accuracy":
		return num(c.Agreement(0.95))
	case "accuracy_wilson":
		return limits(c.Agreement(0.95))
	case "kappa":
		return num(c.CohenKappa(IdentityWeights(len(c.Labels)), 0.95).Estimate)
	case "acc_cp_low":
		return ClopperPearson(c.Correct(), c.N(), 0.95).Lo
	case "acc_cp_high":
		return ClopperPearson(c.Correct(), c.N(), 0.95).Hi
	case "nir":
		return num(c.NoInformationRate(0.95))
	case "nir_p":
		return pval(c.BetterThanNoInformation())
	case "mcc":
		return num(c.MCC())
	case "balanced_accuracy":
		return num(c.BalancedAccuracy())
	case "kendall_tau_b":
		return num(c.KendallTauB())
	case "ranked_mae":
		return num(c.OrdinalDistance())
	}
	sub := 0.0
	if strings.HasSuffix(what, "1") {
		sub = 1
	}
	var a Averages
	switch what[:5] {
	case "macro":
		a = c.Macro(sub)
	case "micro":
		a = c.Micro()
	default:
		a = c.Weighted(sub)
	}
	return map[string]any{"precision": num(a.Precision), "recall": num(a.Recall), "f1": num(a.F1)}
}

func distributionValue(key string) any {
	if key == "q0/F3_23" {
		return skip("the reference is the quantile at 1-(1-1e-10) = 1.00000008e-10, not at 1e-10; the exact series at 1e-10 gives 1.70016103746e-07, as here")
	}
	p := strings.Split(key, "/")
	if strings.HasPrefix(p[0], "sf") {
		i, _ := strconv.Atoi(p[0][2:])
		return tailValue(p[1], []float64{1, 5, 20, 60, 200, 700}[i])
	}
	i, _ := strconv.Atoi(p[0][1:])
	q := []float64{1e-10, .001, .025, .5, .975, .999, 1 - 1e-10}[i]
	switch p[1] {
	case "norm":
		return NormalQuantile(q)
	case "chisq1":
		return ChiSquaredQuantile(q, 1)
	case "chisq9":
		return ChiSquaredQuantile(q, 9)
	case "t3":
		return StudentQuantile(q, 3)
	case "t23":
		return StudentQuantile(q, 23)
	case "F3_23":
		return FQuantile(q, 3, 23)
	case "beta_81_183":
		return BetaQuantile(q, 81, 183)
	case "beta_1_1000":
		return BetaQuantile(q, 1, 1000)
	}
	return BetaQuantile(q, 0.5, 10.5)
}

func tailValue(name string, x float64) any {
	switch name {
	case "norm_sf_sqrt":
		return NormalSurvival(math.Sqrt(x))
	case "chisq1_sf":
		return ChiSquaredSurvival(x, 1)
	case "chisq9_sf":
		return ChiSquaredSurvival(x, 9)
	case "t23_sf":
		return StudentSurvival(math.Sqrt(x), 23)
	}
	return FSurvival(x, 3, 23)
}

func init() {
	computers["gwet"] = gwetComputer
	computers["krippendorff"] = krippendorffComputer
	computers["two_proportions"] = twoShareComputer
	computers["contingency"] = contingencyComputer
	computers["marginal_homogeneity"] = marginComputer
	computers["p_adjust"] = func(t *testing.T) func(string) any {
		var d struct {
			Sets map[string][]float64 `json:"sets"`
		}
		readJSON(t, "data/pvalues.json", &d)
		return func(key string) any {
			p := strings.Split(key, "/")
			return Adjust(d.Sets[p[0]], Adjustment(p[1]))
		}
	}
	computers["cmh"] = func(t *testing.T) func(string) any {
		var d struct {
			Strata [][][]int `json:"strata"`
		}
		readJSON(t, "data/cmh.json", &d)
		s, err := MantelHaenszel(d.Strata, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		return func(key string) any {
			return map[string]any{"or_mh": s.OddsRatio.Value, "ci": limits(s.OddsRatio), "chisq": s.CMH.Statistic, "p": s.CMH.P,
				"chisq_cc": s.CMHCorrected.Statistic, "R:exact_p": s.Exact.P, "R:or_exact": loose{s.OddsRatioExact.Value, 1e-4, 0}, // loose uniroot there
				"Python:breslow_day": map[string]any{"stat": s.BreslowDay.Statistic, "p": s.BreslowDay.P}}[key]
		}
	}
}

func twoShareComputer(t *testing.T) func(string) any {
	var d struct {
		Cases [][4]int `json:"cases"`
	}
	readJSON(t, "data/two_props.json", &d)
	return func(key string) any {
		p := strings.Split(key, "/")
		i, _ := strconv.Atoi(p[0])
		x := d.Cases[i]
		s := TwoShares{x[0], x[1], x[2], x[3]}
		c, err := NewContingency(s.Table(), 0.95)
		if err != nil {
			t.Fatal(err)
		}
		switch p[1] {
		case "diff":
			return s.Newcombe(0.95).Value
		case "newcombe":
			return limits(s.Newcombe(0.95))
		case "wald":
			return limits(s.Wald(0.95))
		case "agresti_caffo":
			return limits(s.AgrestiCaffo(0.95))
		case "miettinen_nurminen":
			return limits(s.MiettinenNurminen(0.95))
		case "chisq":
			return statOf(c.ChiSquare)
		case "p":
			return pval(c.ChiSquare)
		case "chisq_cc":
			return statOf(c.Yates)
		case "p_cc":
			return pval(c.Yates)
		case "fisher_p":
			return pval(s.FisherExact())
		case "fisher_or_cmle":
			return num(s.OddsRatio(0.95))
		}
		return limits(s.OddsRatio(0.95))
	}
}

func contingencyComputer(t *testing.T) func(string) any {
	var d struct {
		Tables map[string][][]int `json:"tables"`
	}
	readJSON(t, "data/rect_tables.json", &d)
	return func(key string) any {
		p := strings.Split(strings.TrimPrefix(key, "R:"), "/")
		c, err := NewContingency(d.Tables[p[0]], 0.95)
		if err != nil {
			t.Fatal(err)
		}
		switch p[1] {
		case "chisq":
			return statOf(c.ChiSquare)
		case "df":
			return c.ChiSquare.DF
		case "p":
			return pval(c.ChiSquare)
		case "expected":
			return c.Expected
		case "pearson_residuals":
			return c.PearsonResiduals
		case "std_residuals":
			return c.AdjustedResiduals
		case "g":
			return statOf(c.G)
		case "g_p":
			return pval(c.G)
		case "cramers_v":
			return num(c.CramersV)
		case "yates":
			return statOf(c.Yates)
		case "yates_p":
			return pval(c.Yates)
		case "fisher_p":
			f := FisherExact(c.Counts, FisherOptions{})
			if !strings.HasSuffix(f.Method, "exact") {
				t.Errorf("%s: not exact: %s", key, f.Method)
			}
			return pval(f)
		case "cramers_v_ci_ncchisq_desctools":
			return loose{limits(c.CramersV), 1e-4, 0} // found there by a loose search
		}
		return num(c.CramersVCorrected)
	}
}

func marginComputer(t *testing.T) func(string) any {
	tables := squareTables(t)
	return func(key string) any {
		p := strings.Split(strings.TrimPrefix(strings.TrimPrefix(key, "R:"), "Python:"), "/")
		c := tables[p[0]]
		m := NewMcNemar(c.Counts[0][0], c.Counts[0][1], c.Counts[1][0], c.Counts[1][1], 0.95)
		var x Test
		switch {
		case p[1] == "exact_p":
			return pval(m.Exact)
		case p[1] == "midp":
			return pval(m.MidP)
		case p[1] == "chisq":
			return statOf(m.Chi)
		case p[1] == "p":
			return pval(m.Chi)
		case p[1] == "chisq_cc":
			return statOf(m.Corrected)
		case p[1] == "p_cc":
			return pval(m.Corrected)
		case p[1] == "bhapkar":
			x = c.Bhapkar()
			return map[string]any{"stat": x.Statistic, "df": x.DF, "p": x.P}
		case strings.HasPrefix(p[1], "bowker"):
			x = c.Bowker()
			full := float64(len(c.Labels) * (len(c.Labels) - 1) / 2)
			if strings.Contains(p[1], "all_pairs") && x.DF != full {
				return skip("keeps the degrees of freedom of empty pairs; superseded by bowker_nonzero_pairs_df")
			}
		default:
			x = c.StuartMaxwell()
		}
		switch p[2] {
		case "stat":
			return statOf(x)
		case "df":
			return x.DF
		}
		return pval(x)
	}
}
