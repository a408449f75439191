package report

import (
	"slices"
	"strings"
)

// A number is unmarked once every reading that it rests on has a hand-coded probability sample behind it. What a number
// rests on follows from its key: the ruling for whatever sets liability, the variables that stand in the key, and for
// agreement the facts that decided the predictions. Only the full reading (policy reasoning) is coded by hand: numbers
// on facts of a poorer evidence policy stay marked.

// decisiveShare is the share of a choice's predictions from which on a fact counts among those that decided them.
const decisiveShare = 0.05

// procedureVariable is read from the operative part: coding the ruling (not claimed, out of scope) codes it too.
const procedureVariable = "procedure"

// factMetrics are numbers of a choice that rest on the facts alone.
var factMetrics = []string{"rule", "missing", "missing_share", "decisive", "decided", "open"}

// marker decides which numbers stay marked.
type marker struct {
	v      *validation
	t      *tally
	tables []ModelTable
	set    *propositionSet
}

// mark sets the mark of every number again.
func (r *Results) mark(m *marker) {
	for i := range r.list {
		r.list[i].Marked = !m.backed(&r.list[i])
	}
}

// backed reports whether all that the number rests on is validated.
func (m *marker) backed(x *Result) bool {
	needs, ok := m.rests(x)
	return ok && !slices.ContainsFunc(needs, func(v string) bool { return !m.v.validated(v) })
}

// rests lists the variables; false: it rests on what nobody codes.
func (m *marker) rests(x *Result) ([]string, bool) {
	switch head, rest, _ := strings.Cut(x.Key, "."); {
	case x.Choice != choice{}:
		return m.restsOfChoice(x)
	case head == "validation" || head == "corrected" || head == "corrected_ppi" || head == "naive":
		if s := m.named(rest); len(s) > 0 {
			return s, true
		}
		return []string{rulingVariable}, true
	case head == "model":
		table, _, _ := strings.Cut(rest, ".")
		return m.restsOfModel(table)
	case head == "proposition":
		id, _, _ := strings.Cut(rest, ".")
		return m.restsOfProposition(id)
	case x.Key == "corpus.cases" || x.Key == "corpus.parties" || x.Key == "corpus.clusters" || x.Key == "corpus.replaced_cases":
		return []string{subjectVariable}, true
	case x.Metric == "known":
		return []string{x.Of}, true
	default: // liability in the rulings, by the variables that the key names
		return append(m.named(x.Key), rulingVariable), true
	}
}

// subjectVariable says whether a party is a platform operator, which puts it into the corpus.
const subjectVariable = "subject_kind"

// named are the variables whose ids are parts of the key.
func (m *marker) named(key string) (out []string) {
	for _, part := range strings.Split(key, ".") {
		if part == rulingVariable || m.t.vocabulary.Variable(part) != nil {
			out = append(out, part)
		}
	}
	return out
}

func (m *marker) restsOfChoice(x *Result) ([]string, bool) {
	if x.Choice.Policy != policyFull {
		return nil, false
	}
	needs := m.decisive(x.Choice)
	if !slices.Contains(factMetrics, x.Metric) {
		needs = append(needs, rulingVariable)
	}
	return needs, true
}

// decisive are the facts that decided at least one in twenty of a choice's predictions, sorted.
func (m *marker) decisive(c choice) (out []string) {
	all := float64(m.t.classes[c].total())
	for v, n := range m.t.decisive[c] {
		if float64(n) >= decisiveShare*all {
			if v == procedureVariable {
				v = rulingVariable
			}
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}

func (m *marker) restsOfModel(table string) ([]string, bool) {
	k := slices.IndexFunc(m.tables, func(t ModelTable) bool { return t.ID == table })
	if k < 0 {
		return nil, false
	}
	needs := []string{rulingVariable}
	for _, p := range m.tables[k].Predictors {
		v, ok := m.column(p.Column)
		if !ok {
			return nil, false
		}
		needs = append(needs, v...)
	}
	return needs, true
}

// column is the variable of a column of the observations; false for one of a poorer evidence policy or a prediction.
func (m *marker) column(name string) ([]string, bool) {
	head, _, dotted := strings.Cut(name, ".")
	switch {
	case !dotted && m.t.vocabulary.Variable(name) != nil:
		return []string{name}, true
	case head == rulingVariable:
		return []string{rulingVariable}, true
	case head == "case" || head == "basis": // dates, instance and cited law stand in the judgment as printed
		return nil, true
	}
	return nil, false
}

func (m *marker) restsOfProposition(id string) ([]string, bool) {
	needs := []string{rulingVariable}
	if m.set == nil {
		return nil, false
	}
	for _, s := range m.set.Statements {
		if s.ID != id {
			continue
		}
		for _, t := range s.Tests {
			for _, list := range [][]Condition{t.Where, t.Of, t.Against, t.Outcome} {
				for _, c := range list {
					v, ok := m.column(c.Column)
					if !ok {
						return nil, false
					}
					needs = append(needs, v...)
				}
			}
			if t.Variable != "" {
				v, ok := m.column(t.Variable)
				if !ok {
					return nil, false
				}
				needs = append(needs, v...)
			}
			if t.Result != "" {
				return nil, false
			}
		}
	}
	return needs, true
}

// captionRests says which numbers stand in the table of a caption; a table that is not listed shows choices.
var captionRests = map[string][]string{
	"cap_liability": {"corpus.liable_share.service_type.", "corpus.liable_share.profit_mode.", "corpus.liable_share.year."}, "cap_liability_service_type": {"corpus.liable_share.service_type."},
	"cap_liability_profit_mode": {"corpus.liable_share.profit_mode."}, "cap_timeline": {"corpus.liable"}, "cap_measures": {"corpus.known.M"},
	"cap_measurable": {"corpus.known."}, "cap_associations": {"corpus.cramers_v.", "corpus.p_chi_square."}, "cap_propositions": {"proposition."},
}

// anyMarked reports whether a number of the table under a caption is marked.
func (l *layouter) anyMarked(caption string) bool {
	prefixes := captionRests[caption]
	return slices.ContainsFunc(l.r.list, func(x Result) bool {
		if prefixes == nil {
			return x.Marked && x.Choice != choice{}
		}
		return x.Marked && slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(x.Key, p) })
	})
}

// markedUnder reports whether a number under the prefix is marked; without a validation all are.
func (l *layouter) markedUnder(prefix string) bool {
	return l.marked && slices.ContainsFunc(l.r.list, func(x Result) bool { return x.Marked && strings.HasPrefix(x.Key, prefix) })
}
