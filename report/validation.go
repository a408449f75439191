package report

import (
	"cmp"
	"fmt"
	"slices"

	"caipan/report/agreement"
	"caipan/report/sample"
)

// MinCoded is the number of units with a final code below which a variable does not count as validated.
const MinCoded = 30

// Validation is an adjudicated probability sample of the platform parties that the report counts.
type Validation struct {
	Sample  *sample.Sample
	Codings []sample.Coding
	Width   float64 // half width that further coding should reach; 0: 0.05
}

// defaultWidth is the half width for which the number still to code is given where the user names none.
const defaultWidth = 0.05

// reading is what the machine read about each party counted, in the order of the tally's units. Corrections by hand are
// undone: they are no part of what the sample measures.
type reading struct {
	variables []string
	units     []sample.Unit
	cluster   []string // plaintiff and platform
	actual    [][]side // doctrine, row
	predicted map[choice][]side
}

func newReading(v *Validation, ds []Doctrine) (*reading, error) {
	if v == nil {
		return nil, nil
	}
	if v.Sample.Development {
		return nil, fmt.Errorf("report: the sample was drawn for development: it was looked at while the cues were made and cannot validate them; draw another sample without --development")
	}
	return &reading{variables: v.Sample.Variables, actual: make([][]side, len(ds)), predicted: map[choice][]side{}}, nil
}

// add keeps the parties of a case that the tally counts.
func (x *reading) add(e *Entry, ds []Doctrine) {
	if x == nil {
		return
	}
	first := len(x.units)
	operators := operatorsOf(e)
	for _, p := range operators {
		x.units = append(x.units, unitOf(e, p, nil, &ds[0], x.variables))
		x.cluster = append(x.cluster, cmp.Or(e.Group.Series, e.Case.CaseID))
		for k := range ds {
			x.actual[k] = append(x.actual[k], actualSide(uncorrected(e.Case, p), &ds[k]))
		}
	}
	for i := range e.Decisions {
		d := &e.Decisions[i]
		k := slices.IndexFunc(ds, func(y Doctrine) bool { return y.ID == d.Doctrine && y.Variant == d.Variant })
		if k < 0 {
			continue
		}
		c := choice{d.Doctrine, d.Variant, d.EvidencePolicy}
		for len(x.predicted[c]) < len(x.units) {
			x.predicted[c] = append(x.predicted[c], side{show: "unknown"})
		}
		x.predicted[c][first+slices.Index(operators, d.PartyNo)] = predictedSide(d, &ds[k])
	}
}

// rulingVariable is the coded ruling.
const rulingVariable = sample.RulingVariable

// validation is the sample bound to the rows of this run.
type validation struct {
	*reading
	sample  *sample.Sample
	book    *sample.Codebook
	width   float64
	runID   string
	stratum []string // by row, as are the others
	psu     []string
	read    map[string][]string  // variable -> what was read
	final   map[string][]string  // variable -> final code, "" where not coded
	chance  map[string][]float64 // variable -> π times the share of its stratum that was coded
	coded   map[string]int       // variable -> units with a final code
	lost    map[string]int       // variable -> drawn units without one
	empty   map[string]string    // variable -> a stratum in which nobody was coded: nothing can be corrected
	sampled []string             // cluster of each row for the errors
}

// bind finds the sample's units in the run. The error says how the frame differs.
func (x *reading) bind(v *Validation, runID string) (*validation, error) {
	out := &validation{reading: x, sample: v.Sample, width: cmp.Or(v.Width, defaultWidth), runID: runID, read: map[string][]string{}, final: map[string][]string{}, chance: map[string][]float64{},
		coded: map[string]int{}, lost: map[string]int{}, empty: map[string]string{}, stratum: make([]string, len(x.units)), psu: make([]string, len(x.units)), sampled: x.cluster}
	var err error
	if out.book, err = sample.NewCodebook(v.Sample.Variables); err != nil {
		return nil, err
	}
	match, err := v.Sample.Match(sample.NewFrame(runID, x.units))
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	for i, u := range match {
		out.stratum[u.Row], out.psu[u.Row] = v.Sample.Chances[i].Stratum, v.Sample.Chances[i].PSU
	}
	if v.Sample.Cluster != "" {
		out.sampled = out.psu
	}
	for _, variable := range v.Sample.Variables {
		codes := make([]string, len(x.units))
		for i := range v.Codings {
			if c := &v.Codings[i]; c.Variable == variable {
				codes[match[c.Unit].Row] = c.Final()
			}
		}
		out.final[variable], out.read[variable] = codes, make([]string, len(x.units))
		for row := range x.units {
			out.read[variable][row] = x.units[row].Attribute(variable)
		}
		out.adjust(variable, match)
	}
	return out, nil
}

// adjust multiplies the chance of being drawn by the share of the drawn units of a stratum that have a code: what is
// missing is taken as missing at random within the stratum.
func (v *validation) adjust(variable string, match []*sample.Unit) {
	drawn, coded := map[string]int{}, map[string]int{}
	for i := range match {
		if c := &v.sample.Chances[i]; c.Number != "" {
			drawn[c.Stratum]++
			if v.final[variable][match[i].Row] != "" {
				coded[c.Stratum]++
			}
		}
	}
	chance := make([]float64, len(match))
	for i, u := range match {
		c := &v.sample.Chances[i]
		chance[u.Row] = c.Probability
		if n := coded[c.Stratum]; n > 0 {
			chance[u.Row] *= float64(n) / float64(drawn[c.Stratum])
		} else {
			v.empty[variable] = c.Stratum
		}
	}
	v.chance[variable] = chance
	for h := range drawn {
		v.coded[variable] += coded[h]
		v.lost[variable] += drawn[h] - coded[h]
	}
}

// validated reports whether enough of the variable was coded to stand behind numbers that rest on it.
func (v *validation) validated(variable string) bool {
	return v != nil && v.empty[variable] == "" && (v.coded[variable] >= MinCoded || v.coded[variable] == len(v.units) && len(v.units) > 0)
}

// measure makes the coded sample of a number that every row has by machine (predicted) and, where coded, by hand (truth).
func (v *validation) measure(variable string, predicted func(row int) float64, truth func(row int, code string) float64) agreement.Coded {
	n := len(v.units)
	c := agreement.Coded{Predicted: make([]float64, n), Truth: make([]float64, n), Sampled: make([]bool, n), Chance: v.chance[variable], Cluster: v.sampled}
	for row, code := range v.final[variable] {
		c.Predicted[row] = predicted(row)
		if code != "" {
			c.Sampled[row], c.Truth[row] = true, truth(row, code)
		}
	}
	return c
}

// machine is what was read about a variable.
func (v *validation) machine(row int, variable string) string {
	return v.units[row].Attribute(variable)
}

// survey is the coded sample of a variable with the rows it has, for shares among the coded.
func (v *validation) survey(variable string) (s agreement.Survey, rows []int) {
	s.Population = map[string]float64{}
	for row, code := range v.final[variable] {
		if code != "" {
			rows = append(rows, row)
			s.Weight = append(s.Weight, 1/v.chance[variable][row])
			s.Stratum, s.PSU = append(s.Stratum, v.stratum[row]), append(s.PSU, v.psu[row])
		}
	}
	if v.sample.Cluster == "" || v.sample.PerCluster == 0 {
		for _, h := range v.sample.Strata {
			s.Population[h.Name] = float64(h.Elements)
		}
	}
	return s, rows
}

// validate binds the validation to the run, adds its numbers and takes the mark off what it stands behind.
func (r *run) validate() error {
	if r.reading == nil {
		return nil
	}
	l := r.layout
	var err error
	if l.validation, err = r.reading.bind(r.o.Validation, r.background.RunID); err != nil {
		return err
	}
	if len(r.tally.choices) == 0 {
		return fmt.Errorf("the run has no prediction to validate")
	}
	if l.validated, err = l.validation.compute(r.tally, r.doctrines, l.headline()); err != nil {
		return err
	}
	addValidationResults(l.r, l.validation, l.validated)
	l.r.mark(&marker{v: l.validation, t: r.tally, tables: l.extras.tables, set: l.set})
	return nil
}
