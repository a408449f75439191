package sample

import (
	"fmt"
	"maps"
	"slices"

	"caipan/report/agreement"
)

// Bootstrap of alpha: draws and seed are part of the number's definition.
const (
	alphaDraws = 999
	alphaSeed  = 20240601
)

// Reliability is how far the coders agree on one variable. Units count alike, whatever their chance of being drawn: it
// is about the coders, not about the corpus.
type Reliability struct {
	Variable string             `json:"variable"`
	Units    int                `json:"units"`  // coded by two or more
	Single   int                `json:"single"` // coded by one
	Percent  agreement.Estimate `json:"percent"`
	Alpha    agreement.Estimate `json:"alpha"` // Krippendorff, nominal, bootstrap over units
	AC1      agreement.Estimate `json:"ac1"`   // Gwet
	Kappa    agreement.Estimate `json:"kappa"` // Cohen; undefined unless two coders
	Modal    float64            `json:"modal"` // share of the most frequent code: near 1, kappa and alpha are unstable
}

// Reliabilities gives them for every variable in the order of the sheet.
func (s *Sample) Reliabilities(f *Filled) ([]Reliability, error) {
	book, err := NewCodebook(s.Variables)
	if err != nil {
		return nil, err
	}
	var out []Reliability
	for i := range book.Variables {
		x, err := s.reliability(f, &book.Variables[i])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", book.Variables[i].ID, err)
		}
		out = append(out, x)
	}
	return out, nil
}

func (s *Sample) reliability(f *Filled, v *Variable) (Reliability, error) {
	labels := make([]string, len(v.Values))
	for i := range v.Values {
		labels[i] = v.Values[i].ID
	}
	coders := f.Coders(s)
	codes := make([][]string, len(coders))
	count, total := map[string]int{}, 0
	for _, unit := range s.Drawn() {
		for g, coder := range coders {
			code := f.Codes[coder][unit][v.ID]
			codes[g] = append(codes[g], code)
			if code != "" {
				count[code]++
				total++
			}
		}
	}
	ratings, err := agreement.RatingsFromLabels(labels, codes)
	if err != nil {
		return Reliability{}, err
	}
	rated, paired := ratings.Units()
	x := Reliability{Variable: v.ID, Units: paired, Single: rated - paired, Percent: ratings.PercentAgreement(level),
		Alpha: ratings.BootstrapAlpha(agreement.Nominal, alphaDraws, alphaSeed).Interval(agreement.Percentile, level),
		AC1:   ratings.GwetAC(agreement.IdentityWeights(len(labels)), level).Estimate,
		Kappa: agreement.Estimate{N: paired, Method: "Cohen kappa", Undefined: true, NoInterval: true, Reason: fmt.Sprintf("for two coders; here are %d", len(coders))}}
	for _, n := range count {
		x.Modal = max(x.Modal, float64(n)/float64(total))
	}
	if len(coders) == 2 {
		x.Kappa, err = pairKappa(labels, codes)
	}
	return x, err
}

// pairKappa is Cohen's kappa over the units that both coded.
func pairKappa(labels []string, codes [][]string) (agreement.Estimate, error) {
	var a, b []string
	for u := range codes[0] {
		if codes[0][u] != "" && codes[1][u] != "" {
			a, b = append(a, codes[0][u]), append(b, codes[1][u])
		}
	}
	t, err := agreement.NewConfusion(labels, a, b)
	if err != nil {
		return agreement.Estimate{}, err
	}
	return t.CohenKappa(agreement.IdentityWeights(len(labels)), level).Estimate, nil
}

// Coders are those of the design whose sheets were read, in the design's order.
func (f *Filled) Coders(s *Sample) (out []string) {
	for _, c := range s.Coders {
		if f.Codes[c] != nil {
			out = append(out, c)
		}
	}
	return out
}

// Absent lists, per coder of the design, the drawn units that no sheet has a row for.
func (f *Filled) Absent(s *Sample) map[string][]string {
	out := map[string][]string{}
	for _, c := range s.Coders {
		for _, i := range s.Drawn() {
			if f.Codes[c][i] == nil {
				out[c] = append(out[c], s.Chances[i].Number)
			}
		}
	}
	return out
}

// MachineCell counts the units that a coder gave one code and the machine another (or the same).
type MachineCell struct {
	Coder    string `json:"coder"`
	Variable string `json:"variable"`
	Code     string `json:"code"`
	Machine  string `json:"machine"`
	Units    int    `json:"units"`
}

// Machine sets each coder beside the machine's reading in frame, and gives the agreement of each coder and variable.
// frame must be made from the run that the sample was drawn from, or from one over the same judgments.
func (s *Sample) Machine(f *Filled, frame *Frame) (cells []MachineCell, agree map[[2]string]agreement.Estimate, err error) {
	read, err := s.Match(frame)
	if err != nil {
		return nil, nil, err
	}
	agree = map[[2]string]agreement.Estimate{}
	for _, coder := range f.Coders(s) {
		for _, v := range s.Variables {
			count, hits, n := map[[2]string]int{}, 0, 0
			for _, i := range s.Drawn() {
				code := f.Codes[coder][i][v]
				if code == "" {
					continue
				}
				machine := read[i].Attribute(v)
				count[[2]string{code, machine}]++
				n++
				if code == machine {
					hits++
				}
			}
			agree[[2]string{coder, v}] = agreement.Wilson(hits, n, level)
			for _, k := range slices.SortedFunc(maps.Keys(count), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
				cells = append(cells, MachineCell{coder, v, k[0], k[1], count[k]})
			}
		}
	}
	return cells, agree, nil
}

// Match finds the units of the sample's frame, in its order, in another frame of the same platform parties; the error
// says how the two differ.
func (s *Sample) Match(frame *Frame) ([]*Unit, error) {
	if frame.Hash() != s.FrameHash {
		return nil, s.foreign(frame)
	}
	out := make([]*Unit, len(s.Frame.Units)) // both are sorted by the same rule
	for i := range out {
		out[i] = &frame.Units[i]
	}
	return out, nil
}

// foreign says how a frame differs from that of the sample.
func (s *Sample) foreign(frame *Frame) error {
	mine, lost, example := map[string]bool{}, 0, ""
	for i := range s.Frame.Units {
		mine[s.Frame.Units[i].Key()] = true
	}
	added := 0
	for i := range frame.Units {
		if k := frame.Units[i].Key(); mine[k] {
			delete(mine, k)
		} else if added++; example == "" {
			example = k
		}
	}
	if lost = len(mine); example == "" && lost > 0 {
		example = slices.Min(slices.Collect(maps.Keys(mine)))
	}
	return fmt.Errorf("the sample was drawn from other platform parties than this run has: %d are new, %d are gone (for example %s); a chance of being drawn is known for the sample's own frame only: draw a new sample from this run, or use the run it was drawn from", added, lost, example)
}

// Measure is one coefficient with its name.
type Measure struct {
	Name     string
	Estimate agreement.Estimate
}

// Measures are the four coefficients in the order of print.
func (r *Reliability) Measures() []Measure {
	return []Measure{{"percent", r.Percent}, {"alpha", r.Alpha}, {"ac1", r.AC1}, {"kappa", r.Kappa}}
}
