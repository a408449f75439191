package report

import (
	"cmp"
	"slices"
	"strings"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
)

// observations (观察值) hold what models and propositions need of each party counted, column by column: one byte a
// value, whatever the length of the judgment. A column is "rung.variable" for facts, or one of the columns that
// propositions.yaml declares: ruling.*, prediction.*, failed.*, basis.*, case.*. The value "" says that nothing is
// known: nobody stated it, or statements of one rank contradict each other.
type observations struct {
	n          int
	columns    map[string]*codes
	facts      map[string]map[string]*codes // rung, variable
	cluster    interned                     // plaintiff and platform
	court      interned
	party      []partyRef // for lists of cases
	vocabulary *vocabulary.Vocabulary
	bases      map[string][]string // basis.NAME -> norms
	measures   []*vocabulary.Variable
}

// partyRef names a party of a case.
type partyRef struct {
	CaseID, Citation, Party string
}

// codes are the values of one column, each as the number of its word; 0 is "".
type codes struct {
	of    []uint8
	words []string // of code i+1
}

// set gives row the value; a column of more than 254 words keeps the rest under "(other)".
func (c *codes) set(row int, value string) {
	if value == "" {
		return
	}
	i := slices.Index(c.words, value)
	if i < 0 {
		if len(c.words) == 254 {
			value = "(other)"
		}
		c.words = append(c.words, value)
		i = len(c.words) - 1
	}
	for len(c.of) <= row {
		c.of = append(c.of, 0)
	}
	c.of[row] = uint8(i + 1)
}

// code is the number of a row's word, 0 if it has none.
func (c *codes) code(row int) uint8 {
	if c == nil || row >= len(c.of) {
		return 0
	}
	return c.of[row]
}

// at is the value of a row, "" if there is none.
func (c *codes) at(row int) string {
	if k := c.code(row); k > 0 {
		return c.words[k-1]
	}
	return ""
}

// interned are names that many rows share.
type interned struct {
	of    []uint32
	names []string
	index map[string]uint32
}

func (x *interned) append(name string) { x.of = append(x.of, uint32(x.id(name))) }

// id is the number of a name, in the order in which they came.
func (x *interned) id(name string) int32 {
	i, ok := x.index[name]
	if !ok {
		if x.index == nil {
			x.index = map[string]uint32{}
		}
		i = uint32(len(x.names))
		x.index[name], x.names = i, append(x.names, name)
	}
	return int32(i)
}

func (x *interned) at(row int) string { return x.names[x.of[row]] }

// Rungs that are kept: what is known before the reasoning, and what the reasoning says.
const policyFacts = "facts"

func newObservations(v *vocabulary.Vocabulary, bases map[string][]string) *observations {
	return &observations{columns: map[string]*codes{}, facts: map[string]map[string]*codes{policyFacts: {}, policyFull: {}}, vocabulary: v, bases: bases, measures: v.Measures()}
}

// column finds a column by name, nil if no row has a value in it.
func (o *observations) column(name string) *codes {
	if rung, variable, ok := strings.Cut(name, "."); ok && o.facts[rung] != nil {
		return o.facts[rung][variable]
	}
	return o.columns[name]
}

// put gives the open row a value in a column.
func (o *observations) put(name, value string) { o.putAt(o.n, name, value) }

func (o *observations) putAt(row int, name, value string) {
	if o.columns[name] == nil {
		o.columns[name] = &codes{}
	}
	o.columns[name].set(row, value)
}

// add appends one row: a party of a case under the first doctrine.
func (o *observations) add(e *Entry, party int, doc *Doctrine) {
	o.cluster.append(cmp.Or(e.Group.Series, e.Case.CaseID))
	o.court.append(cmp.Or(e.Case.Header.Court, e.Case.CaseID))
	ref := partyRef{CaseID: e.Case.CaseID, Citation: citation(e.Case)}
	for i := range e.Facts {
		f := &e.Facts[i]
		if f.PartyNo != party || o.facts[f.EvidencePolicy] == nil || isSilent(f.Value) {
			continue
		}
		if x := o.vocabulary.Variable(f.Variable); x == nil || x.Kind != "enum" {
			continue
		}
		of := o.facts[f.EvidencePolicy]
		if of[f.Variable] == nil {
			of[f.Variable] = &codes{}
		}
		of[f.Variable].set(o.n, f.Value)
	}
	o.addRuling(e, party, doc)
	for i := range e.Decisions {
		d := &e.Decisions[i]
		if d.PartyNo != party {
			continue
		}
		ref.Party = d.PartyName
		if d.EvidencePolicy == policyFull && d.Doctrine == doc.ID && d.Variant == doc.Variant {
			o.addPrediction(d, doc)
		}
	}
	o.addFailed()
	o.addCase(e, party)
	o.party = append(o.party, ref)
	o.n++
}

func (o *observations) addRuling(e *Entry, party int, doc *Doctrine) {
	r := ruling(e.Case, party)
	act := actualSide(r, doc)
	o.put("ruling.class", act.class)
	if act.class != "" {
		o.put("ruling.liable", yesNo(isLiable(act)))
	}
	if r == nil {
		return
	}
	o.put("ruling.label", r.Label)
	o.put("ruling.scope", r.Scope)
	if r.Label == judgment.LabelJointLimited && r.Scope == "" {
		o.put("ruling.scope", "limited")
	}
	o.put("ruling.recourse", r.Recourse)
	if !isLiable(act) {
		return
	}
	if f := capOf(r); f != nil && *f > 0 && *f <= 1 {
		o.put("ruling.portion", portionOf(*f))
	}
}

// portionOf sorts the part that the party owes by one half (the paper's bound for supplementary liability).
func portionOf(f float64) string {
	switch {
	case f < 0.5:
		return "below_half"
	case f == 0.5:
		return "half"
	}
	return "above_half"
}

func (o *observations) addPrediction(d *judgment.Decision, doc *Doctrine) {
	o.put("prediction.class", predictedSide(d, doc).class)
	o.put("prediction.intensity", d.DutyIntensity)
	if d.BreachDerived != judgment.LabelUnknown {
		o.put("prediction.breach", d.BreachDerived)
	}
}

// addRivals notes in the row added last which class each doctrine gives the party under the richest evidence.
func (o *observations) addRivals(e *Entry, party int, ds []Doctrine) {
	for i := range e.Decisions {
		d := &e.Decisions[i]
		if d.PartyNo != party || d.EvidencePolicy != policyFull {
			continue
		}
		for k := range ds {
			if ds[k].ID == d.Doctrine && ds[k].Variant == d.Variant {
				o.putAt(o.n-1, predictedColumn(d.Doctrine, d.Variant), predictedSide(d, &ds[k]).class)
			}
		}
	}
}

func predictedColumn(doctrine, variant string) string { return "predicted." + doctrine + "." + variant }

// addFailed says for each stage of the duty whether a measure of it was found failed, or found and none failed.
func (o *observations) addFailed() {
	any := ""
	for _, stage := range []string{"prevent", "eliminate", "remedy"} {
		failed := ""
		for _, m := range o.measures {
			if m.Stage != stage {
				continue
			}
			switch o.facts[policyFull][m.ID].at(o.n) {
			case "not_performed", "late", "partly":
				failed = "yes"
			case "performed", "not_required":
				failed = cmp.Or(failed, "no")
			}
		}
		o.put("failed."+stage, failed)
		if failed == "yes" {
			any = "yes"
		} else {
			any = cmp.Or(any, failed)
		}
	}
	o.put("failed.any", any)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
