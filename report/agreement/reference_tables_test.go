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
