package sample

import (
	"maps"
	"math"
	"slices"

	"caipan/report/agreement"
)

// Forecast says what the sample will tell about one label before anybody codes: of the units that the machine gives
// the label, how many will be coded, and how wide the 95 % interval of the measured precision will be, ± in shares.
type Forecast struct {
	Variable  string  `json:"variable"`
	Label     string  `json:"label"`
	Frame     int     `json:"frame"`      // units of the frame that the machine gives the label
	Expected  float64 `json:"expected"`   // of them in the sample, by design
	Effective float64 `json:"effective"`  // what they are worth as a simple random sample
	Half      float64 `json:"half"`       // half width if nine in ten are right
	HalfWorst float64 `json:"half_worst"` // half width if one in two is right
}

// level is the confidence level of everything that is forecast or measured.
const level = 0.95

// Forecast lists the labels of every coded variable, the machine's labels sorted. Clustering is not known before
// coding; with courts drawn whole the widths are a lower bound.
func (s *Sample) Forecast() []Forecast {
	var out []Forecast
	for _, v := range s.Variables {
		type strata struct{ size, chance map[string]float64 }
		by := map[string]*strata{}
		frame := map[string]int{}
		for i := range s.Frame.Units {
			l, c := s.Frame.Units[i].Attribute(v), &s.Chances[i]
			if by[l] == nil {
				by[l] = &strata{map[string]float64{}, map[string]float64{}}
			}
			frame[l]++
			by[l].size[c.Stratum]++
			by[l].chance[c.Stratum] += c.Probability
		}
		for _, l := range slices.Sorted(maps.Keys(by)) {
			f := Forecast{Variable: v, Label: l, Frame: frame[l]}
			spread := 0.0
			for _, h := range slices.Sorted(maps.Keys(by[l].size)) {
				n, size := by[l].chance[h], by[l].size[h]
				f.Expected += n
				spread += size * size * (1 - n/size) / n
			}
			f.Effective = float64(f.Frame) // all of them coded: no sampling error
			f.Half, f.HalfWorst = 0, 0
			if spread > 0 {
				f.Effective = float64(f.Frame) * float64(f.Frame) / spread
				f.Half, f.HalfWorst = halfWidth(0.9, f.Effective), halfWidth(0.5, f.Effective)
			}
			out = append(out, f)
		}
	}
	return out
}

// halfWidth is half of Wilson's interval for a share p of n units (n need not be whole).
func halfWidth(p, n float64) float64 {
	z := agreement.NormalQuantile(1 - (1-level)/2)
	return z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
}
