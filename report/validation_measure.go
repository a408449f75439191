package report

import (
	"cmp"
	"maps"
	"slices"

	"caipan/report/agreement"
)

// labelScore is how well one label of a variable is read, measured on the coded units of a group.
type labelScore struct {
	Variable, Label string
	By, Group       string // "", "": all
	Read            int    // units of the group in the corpus with the label as read
	Coded           int    // coded units of the group with the label by hand
	Precision       agreement.Estimate
	Recall          agreement.Estimate
}

// validationGroups are the groups by which precision and recall are given.
var validationGroups = []string{"court_level", "doc_type"}

// scores gives precision and recall of every label that is read or coded, for all units and by group.
func (v *validation) scores() (out []labelScore) {
	for _, variable := range v.sample.Variables {
		survey, rows := v.survey(variable)
		labels := v.labels(variable)
		for _, by := range append([]string{""}, validationGroups...) {
			for _, group := range v.groups(by) {
				for _, label := range labels {
					s := labelScore{Variable: variable, Label: label, By: by, Group: group}
					read, coded, both := make([]bool, len(rows)), make([]bool, len(rows)), make([]bool, len(rows))
					for i, row := range rows {
						in := by == "" || v.units[row].Attribute(by) == group
						read[i] = in && v.machine(row, variable) == label
						coded[i] = in && v.final[variable][row] == label
						both[i] = read[i] && coded[i]
						if coded[i] {
							s.Coded++
						}
					}
					for row := range v.units {
						if (by == "" || v.units[row].Attribute(by) == group) && v.machine(row, variable) == label {
							s.Read++
						}
					}
					s.Precision, s.Recall = survey.Share(both, read, Level), survey.Share(both, coded, Level)
					if s.Read > 0 || s.Coded > 0 {
						out = append(out, s)
					}
				}
			}
		}
	}
	return out
}

// labels of a variable in the order of the codebook, then what only the machine says, sorted.
func (v *validation) labels(variable string) (out []string) {
	for _, x := range v.book.Variable(variable).Values {
		out = append(out, x.ID)
	}
	more := map[string]bool{}
	for row := range v.units {
		if l := v.machine(row, variable); !slices.Contains(out, l) {
			more[l] = true
		}
	}
	return append(out, slices.Sorted(maps.Keys(more))...)
}

func (v *validation) groups(by string) []string {
	if by == "" {
		return []string{""}
	}
	seen := map[string]bool{}
	for row := range v.units {
		seen[v.units[row].Attribute(by)] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// correctedShare is a share as read and as corrected.
type correctedShare struct {
	Variable, Label string // Variable "": parties held liable, by the first doctrine's classes
	Naive           agreement.Estimate
	Corrected       agreement.Estimate // DSL
	Powered         agreement.Estimate // PPI++; undefined unless the sample is simple random
	Further         int                // to code for the wanted width
	Reachable       bool
}

// shares corrects the share of parties held liable and the share of every label.
func (v *validation) shares(d *Doctrine) (out []correctedShare) {
	if v.final[rulingVariable] != nil {
		out = append(out, v.share(rulingVariable, "", func(row int) bool { return isLiable(v.actual[0][row]) }, func(code string) bool { return isLiable(d.classOf(code)) }))
	}
	for _, variable := range v.sample.Variables {
		for _, label := range v.labels(variable) {
			s := v.share(variable, label, func(row int) bool { return v.machine(row, variable) == label }, func(code string) bool { return code == label })
			if s.Naive.Value > 0 || s.Corrected.Value != 0 || s.Corrected.Undefined {
				out = append(out, s)
			}
		}
	}
	return out
}

func (v *validation) share(variable, label string, read func(row int) bool, hand func(code string) bool) correctedShare {
	c := v.measure(variable, func(row int) float64 { return float64(bitOf(read(row))) }, func(_ int, code string) float64 { return float64(bitOf(hand(code))) })
	hits := 0
	for _, y := range c.Predicted {
		hits += int(y)
	}
	s := correctedShare{Variable: variable, Label: label, Naive: agreement.Wilson(hits, len(v.units), Level), Powered: noEstimate("PPI++ mean", "the sample is not a simple random one")}
	s.Corrected = v.mean(variable, c)
	if s.Corrected.Undefined {
		s.Powered = noEstimate("PPI++ mean", s.Corrected.Reason)
		return s
	}
	if v.sample.Simple() {
		s.Powered = powered(c)
	}
	s.Further, s.Reachable = agreement.Further(c, v.coded[variable], v.width, Level)
	return s
}

// mean is the DSL mean, undefined with the reason where the sample does not allow one.
func (v *validation) mean(variable string, c agreement.Coded) agreement.Estimate {
	if h := v.empty[variable]; h != "" {
		return noEstimate("DSL mean", "nobody coded a unit of stratum "+h)
	}
	e, err := agreement.DSLMean(c, Level)
	if err != nil {
		return noEstimate("DSL mean", err.Error())
	}
	return e
}

func powered(c agreement.Coded) agreement.Estimate {
	var truth, predicted, rest []float64
	for i, s := range c.Sampled {
		if s {
			truth, predicted = append(truth, c.Truth[i]), append(predicted, c.Predicted[i])
		} else {
			rest = append(rest, c.Predicted[i])
		}
	}
	if len(rest) == 0 {
		return noEstimate("PPI++ mean", "every unit is coded")
	}
	e, _ := agreement.PPIPlusMean(truth, predicted, rest, Level)
	return e
}

// correctedCell is one cell of prediction and ruling.
type correctedCell struct {
	Actual, Predicted string
	Naive             int
	Corrected         agreement.Estimate // share of all parties
}

// cells corrects the rulings in the confusion of a choice; the predictions stay as the program made them.
func (v *validation) cells(x choice, k int, d *Doctrine) (out []correctedCell) {
	predicted := v.predicted[x]
	type key struct{ a, p string }
	count := map[key]int{}
	actual := map[string]bool{}
	shown := map[string]bool{}
	for row := range predicted {
		count[key{v.actual[k][row].show, predicted[row].show}]++
		actual[v.actual[k][row].show], shown[predicted[row].show] = true, true
	}
	for _, code := range v.final[rulingVariable] {
		if code != "" {
			actual[d.classOf(code).show] = true
		}
	}
	for _, a := range inClassOrder(d.Classes(), actual) {
		for _, p := range inClassOrder(d.Classes(), shown) {
			c := v.measure(rulingVariable, func(row int) float64 {
				return float64(bitOf(v.actual[k][row].show == a && predicted[row].show == p))
			}, func(row int, code string) float64 {
				return float64(bitOf(d.classOf(code).show == a && predicted[row].show == p))
			})
			out = append(out, correctedCell{a, p, count[key{a, p}], v.mean(rulingVariable, c)})
		}
	}
	return out
}

// inClassOrder puts the classes first, the rest sorted behind them.
func inClassOrder(classes []string, seen map[string]bool) (out []string) {
	for _, c := range classes {
		if seen[c] {
			out = append(out, c)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(seen)) {
		if !slices.Contains(classes, c) {
			out = append(out, c)
		}
	}
	return out
}

// correctedAgreement is the agreement of a choice at a stage as read and with the rulings corrected.
type correctedAgreement struct {
	choice
	Stage            string
	Naive, Corrected agreement.Estimate
}

// agreements corrects agreement on liable or not, and on the type, for every choice.
func (v *validation) agreements(choices []choice, ds []Doctrine, liableParties int) (out []correctedAgreement) {
	for _, x := range choices {
		k := slices.IndexFunc(ds, func(d Doctrine) bool { return d.ID == x.Doctrine && d.Variant == x.Variant })
		for _, stage := range []string{StageLiable, StageType} {
			if stage == StageType && liableParties < MinLiable {
				continue
			}
			out = append(out, v.agreementAt(x, stage, v.actual[k], &ds[k]))
		}
	}
	return out
}

func (v *validation) agreementAt(x choice, stage string, actual []side, d *Doctrine) correctedAgreement {
	predicted := v.predicted[x]
	compared := func(a, p side) bool {
		if stage == StageType {
			return isLiable(a) && isLiable(p)
		}
		return a.class != "" && p.class != ""
	}
	agree := func(a, p side) bool {
		if stage == StageType {
			return compared(a, p) && a.class == p.class
		}
		return compared(a, p) && isLiable(a) == isLiable(p)
	}
	number := func(test func(a, p side) bool) agreement.Coded {
		return v.measure(rulingVariable, func(row int) float64 { return float64(bitOf(test(actual[row], predicted[row]))) },
			func(row int, code string) float64 { return float64(bitOf(test(d.classOf(code), predicted[row]))) })
	}
	hits, below := number(agree), number(compared)
	h, n := 0, 0
	for i := range hits.Predicted {
		h, n = h+int(hits.Predicted[i]), n+int(below.Predicted[i])
	}
	out := correctedAgreement{choice: x, Stage: stage, Naive: agreement.Wilson(h, n, Level)}
	if e := v.empty[rulingVariable]; e != "" {
		out.Corrected = noEstimate("DSL ratio", "nobody coded a unit of stratum "+e)
		return out
	}
	e, err := agreement.DSLRatio(hits, below, Level)
	if err != nil {
		e = noEstimate("DSL ratio", err.Error())
	}
	out.Corrected = e
	return out
}

// correctedTerm is one coefficient of the logit of liability.
type correctedTerm struct {
	Term             string
	predictor        *modelTerm
	Naive, Corrected agreement.Estimate
}

// logit fits liable or not on the predictors of a table, as read and corrected: the outcome and which parties belong
// (those whose ruling is liable or not) are both corrected; the predictors stay as read. The model takes as many
// columns as the coded parties of the rarer outcome allow. why says why there is none.
func (v *validation) logit(o *observations, t *ModelTable, d *Doctrine) (terms []correctedTerm, frame *modelFrame, why string) {
	f := o.frame(t)
	liableCoded, none := 0, 0
	for _, code := range v.final[rulingVariable] {
		if s := d.classOf(code); code != "" && isLiable(s) {
			liableCoded++
		} else if code != "" && s.class != "" {
			none++
		}
	}
	if h := v.empty[rulingVariable]; h != "" || f.events < MinLiable || len(f.rows)-f.events < MinLiable {
		return nil, f, "few_liable"
	}
	f.choose(min(f.events, len(f.rows)-f.events, liableCoded, none) / eventsPerColumn)
	if len(f.terms) == 0 {
		return nil, f, "too_few"
	}
	naive, err := agreement.FitBinary(f.design(true, &o.cluster), f.liable)
	if err != nil {
		return nil, f, "not_fitted"
	}
	all := *f
	all.rows = make([]int, len(v.units))
	for row := range all.rows {
		all.rows[row] = row
	}
	c := v.measure(rulingVariable, func(row int) float64 { return float64(bitOf(isLiable(v.actual[0][row]))) }, func(_ int, code string) float64 { return float64(bitOf(isLiable(d.classOf(code)))) })
	in := v.measure(rulingVariable, func(row int) float64 { return float64(bitOf(v.actual[0][row].class != "")) }, func(_ int, code string) float64 { return float64(bitOf(d.classOf(code).class != "")) })
	c.Within = &agreement.Membership{Predicted: in.Predicted, Truth: in.Truth}
	corrected, err := agreement.DSLLogit(all.design(true, nil), c)
	if err != nil {
		return nil, f, "not_fitted"
	}
	a, err1 := naive.Estimates(Level)
	b, err2 := corrected.Estimates(Level)
	if cmp.Or(err1, err2) != nil {
		return nil, f, "not_fitted"
	}
	for k := range f.terms {
		terms = append(terms, correctedTerm{f.terms[k].name(), &f.terms[k], a[k+1], b[k+1]})
	}
	return terms, f, ""
}
