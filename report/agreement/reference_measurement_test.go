package agreement

import (
	"math"
	"strings"
	"testing"
)

func init() { computers["measurement_error"] = measurementComputer }

func measurementComputer(t *testing.T) func(string) any {
	c, raw := columns(t, "measurement.csv", "pi", "R", "x1", "x2", "yhat", "y", "y_truth_hidden")
	coded := Coded{Predicted: c["yhat"], Truth: c["y"], Chance: c["pi"]}
	d := Design{Names: []string{"(intercept)", "x1", "x2"}}
	var lab, hat, rest []float64
	var naive []bool
	apparent := 0
	for i := range c["R"] {
		s := c["R"][i] == 1
		coded.Sampled = append(coded.Sampled, s)
		d.X = append(d.X, []float64{1, c["x1"][i], c["x2"][i]})
		naive = append(naive, c["yhat"][i] == 1)
		apparent += int(c["yhat"][i])
		if s {
			lab, hat = append(lab, c["y"][i]), append(hat, c["yhat"][i])
		} else {
			rest = append(rest, c["yhat"][i])
		}
	}
	clustered := coded
	clustered.Cluster = raw["cluster"]
	return func(key string) any {
		p := strings.Split(key, "/")
		switch p[0] {
		case "ppi_mean":
			return ppiValue(lab, hat, rest, p[1:])
		case "dsl", "dsl_package_vs_exact":
			return dslValue(d, coded, clustered, p[1], p[2])
		case "Python:stratified_difference_finite_population":
			e := StratifiedDifference(raw["stratum"], coded, 0.95)
			return map[string]any{"est": e.Value, "se": e.SE}
		case "Python:rogan_gladen":
			sens, spec := SensitivitySpecificity(coded, 0.95)
			e := RoganGladen(apparent, len(naive), sens, spec, 0.95)
			return map[string]any{"est": e.Value, "sens": sens.Value, "spec": spec.Value}
		}
		switch p[1] {
		case "naive_mean":
			return ClassicalMean(c["yhat"], 0.95).Value
		case "oracle_mean_hidden_truth":
			return ClassicalMean(c["y_truth_hidden"], 0.95).Value
		case "naive_logit":
			return must(FitLogit(d, naive)).Coef
		case "n":
			return float64(len(lab))
		case "N":
			return float64(len(rest))
		}
		return math.NaN()
	}
}

func ppiValue(lab, hat, rest []float64, p []string) any {
	level := 0.95
	if p[len(p)-1] == "ci90" {
		level = 0.9
	}
	plus, lambda := PPIPlusMean(lab, hat, rest, level)
	e := map[string]Estimate{"classical": ClassicalMean(lab, level), "ppi": PPIMean(lab, hat, rest, level), "ppi_plus": plus}[p[0]]
	switch {
	case p[0] == "lambda_opt":
		return lambda
	case p[1] == "est":
		return e.Value
	}
	return limits(e)
}

func dslValue(d Design, coded, clustered Coded, model, what string) any {
	c := coded
	if strings.HasSuffix(model, "_cluster") || what == "se_cluster" {
		c, model = clustered, strings.TrimSuffix(model, "_cluster")
	}
	if model == "mean" {
		e := must(DSLMean(c, 0.95))
		if what == "coef" {
			return []float64{e.Value}
		}
		return []float64{e.SE}
	}
	fit := DSLLinear
	if model == "logit" {
		fit = DSLLogit
	}
	f := must(fit(d, c))
	if what == "coef" {
		return f.Coef
	}
	return must(f.SE(f.DefaultVariance()))
}
