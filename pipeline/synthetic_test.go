package pipeline

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// synthetic writes the tables of an ingest run and of a classify run with n cases made from the cases of a small run:
// each copy has its own id, number, day, court and series, every seventh the ruling of another case, every twentieth
// is the second instance of the case before it. steps keeps the trace, which is by far the largest table.
type synthetic struct {
	from   []*runinfo.Decided
	rng    *rand.Rand
	run    *runinfo.Run // of the small classify run
	cases  *runinfo.Run
	steps  bool
	ingest *dataset.Set
	decide *dataset.Set
	tables map[string]*columnar.Writer
	last   string // family of the case before
}

func newSynthetic(t testing.TB, classified string, steps bool) *synthetic {
	t.Helper()
	run, err := runinfo.Read(classified)
	if err != nil {
		t.Fatal(err)
	}
	dir, cases, err := run.Before(classified, "")
	if err != nil {
		t.Fatal(err)
	}
	s := &synthetic{rng: rand.New(rand.NewPCG(7, 7)), run: run, cases: cases, steps: steps, tables: map[string]*columnar.Writer{}}
	var more []string
	if cases.Flags["no_terms"] != "true" {
		more = append(more, "terms")
	}
	all, err := runinfo.OpenDecided(classified, run, dir, cases, true, more...)
	if err != nil {
		t.Fatal(err)
	}
	defer all.Close()
	for {
		d, err := all.Next()
		if err == io.EOF {
			return s
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Decisions) > 0 {
			s.from = append(s.from, d)
		}
	}
}

// write fills dir/cases and dir/classified and returns the folder of the classify run.
func (s *synthetic) write(t testing.TB, dir string, n int) string {
	t.Helper()
	s.ingest, s.decide = dataset.NewSet(dataset.Of(ingestCommand)), dataset.NewSet(dataset.Of(classifyCommand))
	for i := range n {
		s.add(i)
		s.flush(t, dir, 1<<12)
	}
	s.flush(t, dir, 0)
	cases := *s.cases
	cases.Tables, cases.Plan = s.close(t, s.ingest), nil
	in, out := filepath.Join(dir, "cases"), filepath.Join(dir, "classified")
	if err := cases.Write(filepath.Join(in, runinfo.Name)); err != nil {
		t.Fatal(err)
	}
	run := *s.run
	_, link, err := runinfo.LinkTo(out, in)
	if err != nil {
		t.Fatal(err)
	}
	run.Tables, run.Predecessor, run.Files = s.close(t, s.decide), link, nil
	if err := run.Write(filepath.Join(out, runinfo.Name)); err != nil {
		t.Fatal(err)
	}
	return out
}

func (s *synthetic) add(i int) {
	d := *s.from[s.rng.IntN(len(s.from))]
	c := *d.Case
	c.CaseID = fmt.Sprintf("c%016x", i+1)
	d.Case = &c
	c.Header.Court = fmt.Sprintf("某市第%d人民法院", 1+s.rng.IntN(60))
	c.Header.CaseNumber = fmt.Sprintf("（%d）某01民初%d号", 2015+i%9, i)
	c.Header.JudgmentDate = fmt.Sprintf("%d-%02d-%02d", 2015+i%9, 1+s.rng.IntN(12), 1+s.rng.IntN(28))
	c.CaseKey = c.Header.Court + c.Header.CaseNumber
	if i%7 == 0 {
		s.exchange(&c, s.from[s.rng.IntN(len(s.from))].Case)
	}
	d.Family, d.Series, d.NearDup = c.CaseID, fmt.Sprintf("s%d", s.rng.IntN(1+i/3)), c.CaseID
	if i%20 == 19 {
		d.Family, c.Header.Instance = s.last, "second"
	}
	s.last = d.Family
	dataset.AppendCase(s.ingest, renamed(&c))
	for _, f := range d.Facts {
		f.CaseID, f.FindingIDs = c.CaseID, idsOf(f.FindingIDs, c.CaseID)
		dataset.AppendFact(s.decide.Table("facts"), f)
	}
	trace := s.decide.Table("trace")
	if !s.steps {
		trace = nil
	}
	for _, x := range d.Decisions {
		x.CaseID = c.CaseID
		dataset.AppendDecision(s.decide.Table("predictions"), trace, &x)
	}
	s.decide.Table("groups").Row().Text(c.CaseID, d.Family, d.Series, d.NearDup).End()
}

// exchange gives the operators of c the label of an operator of another case.
func (s *synthetic) exchange(c, other *judgment.Case) {
	c.Rulings = append([]judgment.Ruling(nil), c.Rulings...)
	for i := range c.Rulings {
		if n := c.Rulings[i].PartyNo; n < 0 || n >= len(c.Parties) || !c.Parties[n].IsPlatformOperator {
			continue
		}
		for _, r := range other.Rulings {
			if r.PartyNo >= 0 && r.PartyNo < len(other.Parties) && other.Parties[r.PartyNo].IsPlatformOperator && r.HeadNo == c.Rulings[i].HeadNo {
				c.Rulings[i].Label, c.Rulings[i].ShareBasis, c.Rulings[i].Fraction = r.Label, r.ShareBasis, r.Fraction
			}
		}
	}
}

// renamed gives the findings the case's own ids.
func renamed(c *judgment.Case) *judgment.Case {
	c.Findings = append([]judgment.Finding(nil), c.Findings...)
	for i := range c.Findings {
		c.Findings[i].ID = idsOf([]string{c.Findings[i].ID}, c.CaseID)[0]
	}
	return c
}

func idsOf(ids []string, caseID string) (out []string) {
	for _, id := range ids {
		out = append(out, caseID+id[strings.IndexAny(id[1:], "f-:#")+1:])
	}
	return out
}

func (s *synthetic) flush(t testing.TB, dir string, from int) {
	t.Helper()
	for sub, set := range map[string]*dataset.Set{"cases": s.ingest, "classified": s.decide} {
		for _, b := range set.Batches() {
			if b.N < from {
				continue
			}
			w := s.tables[b.Table.Name]
			if w == nil {
				w = columnar.NewWriter(filepath.Join(dir, sub), b.Table, columnar.Meta{{"caipan.schema_version", dataset.SchemaVersion}})
				s.tables[b.Table.Name] = w
			}
			if err := w.Write(b, 0, b.N); err != nil {
				t.Fatal(err)
			}
			b.Reset()
		}
	}
}

func (s *synthetic) close(t testing.TB, set *dataset.Set) (out []runinfo.Table) {
	t.Helper()
	for _, b := range set.Batches() {
		parts, err := s.tables[b.Table.Name].Close()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, runinfo.Table{Name: b.Table.Name, Rows: columnar.Rows(parts), Parts: parts})
	}
	return out
}
