package report

import (
	"slices"
	"strconv"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
	"caipan/pipeline/coding"
	"caipan/pipeline/dataset"
)

// Join is a researcher's own list that the table analysis carries beside our columns.
type Join struct {
	Columns []coding.ListColumn
	Values  coding.Joined
}

// rungs are the evidence policies from the poorest.
var rungs = []string{"pleadings", "undisputed", "facts", policyFull}

// wide is the table analysis of a run: the contract's columns, then every fact, every prediction and the columns of Join.
type wide struct {
	table   *dataset.Table
	facts   []*vocabulary.Variable
	place   map[string]int // of a variable in facts
	choices []choice
	join    *Join
}

// newWide lays the table out. With no policies named it has a column for each rung.
func newWide(v *vocabulary.Vocabulary, ds []Doctrine, policies []string, join *Join) *wide {
	w := &wide{join: join, place: map[string]int{}}
	base := dataset.Named("analysis")
	names, more := dataset.NewNames(base), []dataset.Column(nil)
	for _, x := range v.Variables {
		if x.PartOf != "" {
			continue // facts hold the measure that it is part of
		}
		w.place[x.ID] = len(w.facts)
		w.facts, more = append(w.facts, x), append(more, factColumns(names, x)...)
	}
	if len(policies) == 0 {
		policies = rungs
	}
	variants := map[string]int{}
	for _, d := range ds {
		variants[d.ID]++
	}
	for _, d := range ds {
		name, what := "pred_"+d.ID, d.ID+":"+d.Variant
		if variants[d.ID] > 1 {
			name += "_" + d.Variant
		}
		for _, p := range policies {
			w.choices = append(w.choices, choice{Doctrine: d.ID, Variant: d.Variant, Policy: p})
			c := predictionColumn(names.Make(name, "_"+p))
			c.EN, c.ZH = "prediction of "+what+" from "+word("en", p), what+"依"+word("zh", p)+"的预测"
			more = append(more, c)
		}
	}
	if join != nil {
		for _, own := range join.Columns {
			c := dataset.Column{Name: names.Make("own_"+own.Heading, ""), Kind: dataset.Text, Nullable: true, EN: own.Heading + " (--join)", ZH: own.Heading + "（--join 并入）"}
			if own.Number {
				c.Kind = dataset.Float64
			}
			more = append(more, c)
		}
	}
	w.table = dataset.Extend(base, more)
	return w
}

// factColumns are the value of a variable, how it is known and at which level.
func factColumns(names *dataset.Names, x *vocabulary.Variable) []dataset.Column {
	value := dataset.Column{Name: names.Make("fact_"+x.ID, ""), Nullable: true, EN: x.En, ZH: x.Zh}
	switch x.Kind {
	case "date":
		value.Kind = dataset.Date
	case "amount":
		value.Kind = dataset.Float64
	case "integer":
		value.Kind = dataset.Int64
	default:
		value.Few = true
		for _, y := range x.Values {
			value.Values = append(value.Values, dataset.Value{Name: y.ID, EN: y.En, ZH: y.Zh})
		}
		for _, special := range []string{vocabulary.NotProved, vocabulary.Unknown, vocabulary.Conflict} {
			if !x.Has(special) {
				value.Values = append(value.Values, dataset.Value{Name: special, EN: x.Label(special, "en"), ZH: x.Label(special, "zh")})
			}
		}
	}
	return []dataset.Column{value,
		{Name: names.Make("fact_"+x.ID, "_status"), Kind: dataset.Text, Nullable: true, Few: true,
			EN: x.En + ": how it is known (read, derived, hand), or why not (unknown, not_proved, conflict)", ZH: x.Zh + "：如何得知（read、derived、hand）或何以不知（unknown、not_proved、conflict）"},
		{Name: names.Make("fact_"+x.ID, "_level"), Kind: dataset.Int32, Nullable: true,
			EN: x.En + ": level of the evidence, 0 pleadings to 3 reasoning", ZH: x.Zh + "：证据层级，0诉辩至3说理"}}
}

// predictionColumn holds the liability where the pack decides, else the outcome that says why not.
func predictionColumn(name string) dataset.Column {
	c := dataset.Column{Name: name, Kind: dataset.Text, Nullable: true, Few: true}
	t := dataset.Named("predictions")
	seen := map[string]bool{}
	for _, of := range []string{"liability", "outcome"} {
		for _, v := range t.Columns[t.Column(of)].Values {
			if !seen[v.Name] && v.Name != outcomeDecided {
				seen[v.Name] = true
				c.Values = append(c.Values, v)
			}
		}
	}
	return c
}

const outcomeDecided = "decided"

// main gives for each party, in the order of the decisions, the one that the contract's columns are about: of the first choice that
// decides anything for it, the richest evidence.
func (w *wide) main(e *Entry) (out []*judgment.Decision) {
	at := map[int]int{}
	for i := range e.Decisions {
		d := &e.Decisions[i]
		k, known := at[d.PartyNo]
		if !known {
			at[d.PartyNo] = len(out)
			out = append(out, d)
			continue
		}
		if was := out[k]; was.Doctrine == d.Doctrine && was.Variant == d.Variant && slices.Index(rungs, d.EvidencePolicy) > slices.Index(rungs, was.EvidencePolicy) {
			out[k] = d
		}
	}
	return out
}

// append puts the columns behind those of the contract into a row for the party whose facts are those under policy.
func (w *wide) append(row *dataset.RowWriter, e *Entry, party int, policy string) {
	known := make([]*judgment.Fact, len(w.facts))
	for _, r := range e.index() {
		if r.party != party || r.policy != policy {
			continue
		}
		for i := r.from; i < r.to; i++ {
			if k, ok := w.place[e.Facts[i].Variable]; ok {
				known[k] = &e.Facts[i]
			}
		}
	}
	for k, x := range w.facts {
		appendFact(row, x, known[k])
	}
	says := make([]string, len(w.choices))
	next := 0
	for i := range e.Decisions {
		d := &e.Decisions[i]
		if d.PartyNo != party {
			continue
		}
		k := w.choice(d, next)
		if k < 0 {
			continue
		}
		next = k + 1
		if says[k] = d.Liability; d.Outcome != outcomeDecided {
			says[k] = d.Outcome
		}
	}
	row.Text(says...)
	if w.join == nil {
		return
	}
	values := w.join.Values.Of(e.Case.CaseID, party)
	for k, c := range w.join.Columns {
		s := ""
		if values != nil {
			s = values[k]
		}
		if c.Number {
			row.Float(parsed(s))
		} else {
			row.Text(s)
		}
	}
}

// choice is the number of a decision's choice, -1 if it has no column. Decisions mostly follow the order of the choices, so the search
// begins at a guess.
func (w *wide) choice(d *judgment.Decision, guess int) int {
	n := len(w.choices)
	for i := range n {
		k := (guess + i) % n
		if c := &w.choices[k]; c.Doctrine == d.Doctrine && c.Variant == d.Variant && c.Policy == d.EvidencePolicy {
			return k
		}
	}
	return -1
}

// appendFact puts value, status and level; a fact that nobody spoke of has no level.
func appendFact(row *dataset.RowWriter, x *vocabulary.Variable, f *judgment.Fact) {
	value, status, level := "", "", int64(dataset.NullInt)
	if f != nil {
		value, status = f.Value, f.Status
		if value == vocabulary.Unknown || value == vocabulary.NotProved || value == vocabulary.Conflict {
			status = value
		}
		if value != vocabulary.Unknown {
			level = int64(f.Level)
		}
	}
	switch x.Kind {
	case "amount":
		row.Float(parsed(value))
	case "integer":
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			n = dataset.NullInt
		}
		row.Int(n)
	default:
		row.Text(value)
	}
	row.Text(status).Int(level)
}

// parsed is a number, nil for what is none.
func parsed(s string) *float64 {
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return &f
	}
	return nil
}
