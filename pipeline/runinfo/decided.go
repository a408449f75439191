package runinfo

import (
	"fmt"
	"io"
	"slices"

	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// Decided is a case with all that a classify run concluded about it. The case stands as ingest read it, with the run's
// corrections beside it: coding.Apply makes it the case that was decided.
type Decided struct {
	Case        *judgment.Case
	Corrections []judgment.Correction
	Facts       []judgment.Fact
	Decisions   []judgment.Decision // with steps
	Family      string
	Series      string
	NearDup     string
}

// DecidedCases reads a classify run and the ingest run before it side by side, case by case, in the order of
// judgments. Memory is bounded by a row group of each table.
type DecidedCases struct {
	cases                             *Cases
	facts, predictions, trace, groups *cursor
	corrections                       *cursor // nil in a run of an earlier version
}

// OpenDecided opens the tables of the classify run in dir and of its predecessor in casesDir; more are further tables
// of the predecessor that the cases should carry (terms).
func OpenDecided(dir string, run *Run, casesDir string, cases *Run, steps bool, more ...string) (d *DecidedCases, err error) {
	d = &DecidedCases{}
	open := func(name string) *cursor {
		if err != nil {
			return nil
		}
		rd, e := run.Open(dir, name)
		if err = e; err != nil {
			return nil
		}
		return &cursor{rd: rd, name: name}
	}
	d.facts, d.predictions, d.groups = open("facts"), open("predictions"), open("groups")
	if steps {
		d.trace = open("trace")
	}
	if run.Table("corrections") != nil {
		d.corrections = open("corrections")
	}
	if err == nil {
		d.cases, err = OpenCases(casesDir, cases, append(slices.Clone(Tables), more...)...)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Brief leaves out of the cases to come, from the next row group of each table on, what only a reader of the whole case
// asks for: its text, its findings but their variable, value and cue, the reasons of facts, places and quotes, and
// every step.
func (d *DecidedCases) Brief() {
	d.NoSteps()
	d.facts.rd.Only("case_id", "party_no", "evidence_policy", "variable", "value", "level", "status")
	for _, c := range append(d.cases.tails, d.cases.head) {
		if cols := briefColumns[c.name]; cols != nil {
			c.rd.Only(cols...)
		}
	}
}

// NoSteps leaves the steps out of the cases to come.
func (d *DecidedCases) NoSteps() {
	if d.trace != nil {
		d.trace.rd.Close()
		d.trace = nil
	}
}

var briefColumns = map[string][]string{
	"judgments": {"case_id", "case_key", "source_id", "source_path", "source_record", "title", "case_number", "court", "court_level", "province", "judgment_date", "filing_date", "cause", "instance",
		"trial_procedure", "doc_type", "category", "outcome", "default_judgment", "name_masked", "cited_numbers"},
	"sections":  {"case_id", "section_no", "kind", "instance", "holder", "speaker", "quoted"},
	"findings":  {"case_id", "party_no", "variable", "value", "cue_id"},
	"citations": {"case_id", "law", "article", "paragraph", "item", "role", "holder"},
}

// Next returns the next case, io.EOF after the last.
func (d *DecidedCases) Next() (*Decided, error) {
	c, err := d.cases.Next()
	if err == io.EOF {
		for _, t := range d.cursors() {
			if left, err := t.more(); err != nil || left {
				return nil, fmt.Errorf("%w: table %s goes on after the last case (%v); run classify again", columnar.ErrDamaged, t.name, err)
			}
		}
		return nil, io.EOF
	}
	if err != nil {
		return nil, err
	}
	out := &Decided{Case: c}
	for _, t := range d.cursors() {
		if err := t.conclude(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// conclude adds the rows of one table that belong to the case.
func (c *cursor) conclude(out *Decided) error {
	for {
		ok, err := c.more()
		if err != nil || !ok || c.b.Text("case_id", c.i) != out.Case.CaseID {
			return err
		}
		switch c.name {
		case "facts":
			end := c.b.RunEnd("case_id", c.i)
			out.Facts = dataset.AppendFacts(out.Facts, c.b, c.i, end)
			c.i = end
			continue
		case "predictions":
			out.Decisions = append(out.Decisions, dataset.DecisionAt(c.b, c.i))
		case "groups":
			out.Family, out.Series, out.NearDup = c.b.Text("family_id", c.i), c.b.Text("series_id", c.i), c.b.Text("near_dup_group", c.i)
		case "corrections":
			out.Corrections = append(out.Corrections, dataset.CorrectionAt(c.b, c.i))
		case "trace":
			if err := out.step(c.b, c.i); err != nil {
				return err
			}
		}
		c.i++
	}
}

// step gives a step to its decision: the rows of trace follow the order of predictions.
func (d *Decided) step(b *dataset.Batch, i int) error {
	for k := range d.Decisions {
		x := &d.Decisions[k]
		if x.PartyNo == b.Int("party_no", i, -1) && x.Doctrine == b.Text("doctrine", i) && x.Variant == b.Text("variant", i) &&
			x.EvidencePolicy == b.Text("evidence_policy", i) {
			x.Steps = append(x.Steps, dataset.StepAt(b, i))
			return nil
		}
	}
	return fmt.Errorf("%w: a step of case %s belongs to no prediction; run classify again", columnar.ErrDamaged, d.Case.CaseID)
}

func (d *DecidedCases) cursors() (out []*cursor) {
	for _, c := range []*cursor{d.facts, d.predictions, d.trace, d.groups, d.corrections} {
		if c != nil {
			out = append(out, c)
		}
	}
	return out
}

// Close closes the files.
func (d *DecidedCases) Close() {
	for _, c := range d.cursors() {
		c.rd.Close()
	}
	if d.cases != nil {
		d.cases.Close()
	}
}
