package agreement

import (
	"math"
	"strings"
	"testing"
)

func reliability(t *testing.T) map[string]*Ratings {
	t.Helper()
	var d map[string][][]*float64
	readJSON(t, "data/reliability.json", &d)
	out := map[string]*Ratings{}
	for name, coders := range d {
		codes := make([][]float64, len(coders))
		for g := range coders {
			for _, v := range coders[g] {
				if v == nil {
					codes[g] = append(codes[g], math.NaN())
				} else {
					codes[g] = append(codes[g], *v)
				}
			}
		}
		r, err := NewRatings(nil, codes)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = r
	}
	return out
}

func gwetComputer(t *testing.T) func(string) any {
	tables, ratings := squareTables(t), reliability(t)
	pick := func(c ChanceCorrected, what string) any {
		return map[string]any{"pa": c.Observed, "pe": c.Expected, "value": c.Value, "se": c.SE, "p": c.P}[what]
	}
	whole := func(c ChanceCorrected) any {
		return map[string]any{"pa": c.Observed, "pe": c.Expected, "value": c.Value, "se": c.SE,
			"p": loose{c.P, 1e-9, 1e-15}} // the program prints 1-CDF
	}
	return func(key string) any {
		p := strings.Split(strings.TrimPrefix(key, "R:"), "/")
		if name, isTable := strings.CutPrefix(p[0], "table_"); isTable {
			c := tables[name]
			kind := strings.TrimPrefix(strings.TrimPrefix(p[1], "ac2_"), "ac1")
			return pick(c.GwetAC(weightsNamed(kind, len(c.Labels)), 0.95), p[2])
		}
		if key == "fleiss_four_coders" {
			r := ratings["four_coders_25_full"]
			return r.FleissKappa(IdentityWeights(len(r.Categories)), 0.95).Value
		}
		r := ratings[p[0]]
		q := len(r.Categories)
		switch p[1] {
		case "gwet":
			return pick(r.GwetAC(weightsNamed(p[2], q), 0.95), p[3])
		case "fleiss_general":
			return whole(r.FleissKappa(IdentityWeights(q), 0.95))
		case "conger":
			return whole(r.CongerKappa(0.95))
		case "brennan_prediger":
			return whole(r.BrennanPrediger(IdentityWeights(q), 0.95))
		}
		return map[string]any{"unweighted": whole(r.KrippendorffGwet(IdentityWeights(q), 0.95)),
			"quadratic":       whole(r.KrippendorffGwet(QuadraticWeights(q), 0.95)),
			"ordinal_weights": whole(r.KrippendorffGwet(OrdinalWeights(q), 0.95))}
	}
}

func krippendorffComputer(t *testing.T) func(string) any {
	ratings := reliability(t)
	var d struct {
		Index [][]int `json:"index"`
	}
	readJSON(t, "data/reliability_resamples.json", &d)
	return func(key string) any {
		p := strings.Split(key, "/")
		if m, boot := strings.CutPrefix(p[0], "bootstrap_"); boot {
			return resampledAlpha(ratings["three_coders_40"], d.Index, Metric(m), p[1])
		}
		return num(ratings[p[0]].KrippendorffAlpha(Metric(p[1])))
	}
}

func resampledAlpha(r *Ratings, index [][]int, m Metric, what string) any {
	var v []float64
	sum := 0.0
	for _, row := range index {
		zero := make([]int, len(row))
		for i := range row {
			zero[i] = row[i] - 1
		}
		a := r.Resample(zero).KrippendorffAlpha(m).Value
		v = append(v, a)
		sum += a
	}
	switch what {
	case "first5":
		return v[:5]
	case "mean":
		return sum / float64(len(v))
	case "type7":
		return []float64{Quantile(v, 0.025, Type7), Quantile(v, 0.975, Type7)}
	}
	return []float64{Quantile(v, 0.025, Type6), Quantile(v, 0.975, Type6)}
}
