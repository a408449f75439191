package sample

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// Stratum is one group that is drawn from by itself.
type Stratum struct {
	Name        string  `json:"name"`
	Elements    int     `json:"elements"` // parties, cases or courts in the frame
	Drawn       int     `json:"drawn"`
	Probability float64 `json:"probability"` // of an element; of a unit in a drawn court see sample.csv
}

// Chance is what the design gave one unit of the frame.
type Chance struct {
	Stratum, PSU string
	Probability  float64
	Number       string // U001 …, "" if it was not drawn
}

// Sample is a drawn sample: the design, and for every unit of the frame its chance.
type Sample struct {
	Design
	FrameHash string
	RunID     string
	Units     int // of the frame
	Cases     int
	Strata    []Stratum
	Chances   []Chance // one a unit of the frame, in its order
	Frame     *Frame
}

// element is what is drawn: a party, a case or a court, with its units.
type element struct {
	name    string
	stratum string
	units   []int
	held    bool // of some unit the ruling as read says liable
}

// Draw draws the sample. It depends on the seed and on the units, never on their order in the tables. An error says
// what the design cannot do with this frame.
func (f *Frame) Draw(d Design) (*Sample, error) {
	if err := d.check(f); err != nil {
		return nil, err
	}
	if len(f.Units) == 0 {
		return nil, fmt.Errorf("sample: the run has no platform party to draw from")
	}
	s := &Sample{Design: d, FrameHash: f.Hash(), RunID: f.RunID, Units: len(f.Units), Cases: f.Cases(), Chances: make([]Chance, len(f.Units)), Frame: f}
	strata, err := f.strata(&d)
	if err != nil {
		return nil, err
	}
	want := d.N
	if d.Cluster != "" {
		want = d.courts(strata)
	}
	sizes, err := allocate(&d, strata, want)
	if err != nil {
		return nil, err
	}
	for h, elements := range strata {
		name := elements[0].stratum
		p := float64(sizes[h]) / float64(len(elements))
		s.Strata = append(s.Strata, Stratum{Name: name, Elements: len(elements), Drawn: sizes[h], Probability: p})
		order := permutation(d.Seed, "stratum "+name, len(elements))
		for i, k := range order {
			s.take(&elements[k], p, i < sizes[h])
		}
	}
	s.number()
	return s, nil
}

// take gives the units of an element their chance and, if it is drawn, marks them; in a drawn court at most PerCluster units.
func (s *Sample) take(e *element, p float64, drawn bool) {
	within := permutation(s.Seed, "within "+e.name, len(e.units))
	keep := len(e.units)
	if s.Cluster != "" && s.PerCluster > 0 {
		keep = min(keep, s.PerCluster)
	}
	for i, k := range within {
		c := &s.Chances[e.units[k]]
		c.Stratum, c.PSU, c.Probability = e.stratum, e.name, p*float64(keep)/float64(len(e.units))
		if drawn && i < keep {
			c.Number = "drawn"
		}
	}
}

// number names the drawn units U001, U002, … in an order that says nothing about strata.
func (s *Sample) number() {
	var drawn []int
	for i := range s.Chances {
		if s.Chances[i].Number != "" {
			drawn = append(drawn, i)
		}
	}
	width := max(3, len(fmt.Sprint(len(drawn))))
	for i, k := range permutation(s.Seed, "numbers", len(drawn)) {
		s.Chances[drawn[k]].Number = fmt.Sprintf("U%0*d", width, i+1)
	}
}

// Drawn lists the positions in the frame of the drawn units, by number.
func (s *Sample) Drawn() []int {
	var out []int
	for i := range s.Chances {
		if s.Chances[i].Number != "" {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b int) int { return strings.Compare(s.Chances[a].Number, s.Chances[b].Number) })
	return out
}

// permutation is a random order of 0..n-1 from the seed and a name; each name has its own stream.
func permutation(seed uint64, name string, n int) []int {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(seed, h.Sum64())).Perm(n)
}

// strata groups the elements, groups and elements sorted by name.
func (f *Frame) strata(d *Design) ([][]element, error) {
	at := map[string]int{}
	var all []element
	for i := range f.Units {
		u := &f.Units[i]
		name := u.Key()
		switch {
		case d.Cluster != "":
			name = u.Attribute(d.Cluster)
		case d.Unit == "case":
			name = u.CaseID
		}
		k, ok := at[name]
		if !ok {
			k = len(all)
			at[name], all = k, append(all, element{name: name})
		}
		all[k].units = append(all[k].units, i)
		all[k].held = all[k].held || u.Held
	}
	for k := range all {
		stratum, err := f.stratumOf(d, &all[k])
		if err != nil {
			return nil, err
		}
		all[k].stratum = stratum
	}
	slices.SortFunc(all, func(a, b element) int {
		return cmp.Or(strings.Compare(a.stratum, b.stratum), strings.Compare(a.name, b.name))
	})
	var out [][]element
	for k := range all {
		if k == 0 || all[k].stratum != all[k-1].stratum {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], all[k])
	}
	return out, nil
}

// stratumOf names the stratum of an element: what is oversampled, then the variables of its first unit (of a case, its
// first platform party). A case is oversampled if one of its parties is.
func (f *Frame) stratumOf(d *Design, e *element) (string, error) {
	var parts []string
	if len(d.Oversample) > 0 {
		parts = append(parts, f.kind(d, e.units))
	}
	for _, v := range d.Strata {
		value := f.Units[e.units[0]].Attribute(v)
		for _, i := range e.units {
			if other := f.Units[i].Attribute(v); d.Cluster != "" && other != value {
				return "", fmt.Errorf("sample: court %s lies in two strata (%s %s and %s): with --cluster court a stratum must be a property of the court, such as court_level or province", e.name, v, value, other)
			}
		}
		parts = append(parts, v+"="+value)
	}
	if len(parts) == 0 {
		return "all", nil
	}
	return strings.Join(parts, ", "), nil
}

// ordinary is the kind of an element that is not oversampled.
const ordinary = "rest"

// kind is the rarest oversampled kind among the units: disagreement, liable or the rest.
func (f *Frame) kind(d *Design, units []int) string {
	kind := ordinary
	for _, i := range units {
		switch u := &f.Units[i]; {
		case u.Disagreement && slices.Contains(d.Oversample, OverDisagreement):
			return OverDisagreement
		case u.Liable && slices.Contains(d.Oversample, OverLiable):
			kind = OverLiable
		}
	}
	return kind
}

// courts is how many courts are needed for about n units, at least two in each stratum.
func (d *Design) courts(strata [][]element) int {
	units, courts, floor := 0, 0, 0
	for _, h := range strata {
		floor += min(minimum, len(h))
		for i := range h {
			k := len(h[i].units)
			if d.PerCluster > 0 {
				k = min(k, d.PerCluster)
			}
			units, courts = units+k, courts+1
		}
	}
	return max(floor, min(courts, int(math.Ceil(float64(d.N)*float64(courts)/float64(units)))))
}
