package runinfo

import (
	"fmt"
	"io"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// Match is a case that a name fits.
type Match struct{ CaseID, CaseKey, CaseNumber, Court, Title string }

// Find looks for cases by case_id, case_key or 案号 in the ingest run in dir. Brackets and white space of a case
// number do not matter; several courts can have judgments of one number, so there may be several matches.
// No match is an error that says how to name a case.
func Find(dir string, run *Run, name string) (out []Match, err error) {
	rd, err := run.Open(dir, "judgments", "case_id", "case_key", "case_number", "court", "title")
	if err != nil {
		return nil, err
	}
	want := text.FoldCaseNumber(name)
	err = rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if b.Text("case_id", i) == name || b.Text("case_key", i) == name || text.FoldCaseNumber(b.Text("case_number", i)) == want || text.FoldCaseNumber(b.Text("case_key", i)) == want {
				out = append(out, Match{b.Text("case_id", i), b.Text("case_key", i), b.Text("case_number", i), b.Text("court", i), b.Text("title", i)})
			}
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("no case %q among the %d judgments of %s; name it by 案号 (2019)京0105民初1号, case_key or case_id as in judgments", name, run.Table("judgments").Rows, dir)
	}
	return out, err
}

// Load reads one case whole (text, sections, parties, rulings, findings, citations; no terms) from the ingest run in dir.
func Load(dir string, run *Run, caseID string) (*judgment.Case, error) {
	cs, err := OpenCases(dir, run, Tables...)
	if err != nil {
		return nil, err
	}
	defer cs.Close()
	for {
		c, err := cs.Next()
		if err == io.EOF {
			return nil, fmt.Errorf("no case %s in %s", caseID, dir)
		}
		if err != nil || c.CaseID == caseID {
			return c, err
		}
	}
}

// Tables are the tables that hang on a case besides judgments and terms.
var Tables = []string{"sections", "parties", "rulings", "findings", "citations"}

// Cases reads an ingest run case by case, in the order of judgments, with the rows of other tables. Memory is
// bounded by a row group of each table.
type Cases struct {
	head  *cursor
	tails []*cursor
}

// OpenCases opens judgments and the named tables. "-text" among the names leaves the texts out.
func OpenCases(dir string, run *Run, tables ...string) (*Cases, error) {
	var columns []string
	c := &Cases{}
	for _, name := range tables {
		if name == "-text" {
			for _, col := range dataset.Named("judgments").Columns {
				if col.Name != "text" {
					columns = append(columns, col.Name)
				}
			}
			continue
		}
		rd, err := run.Open(dir, name)
		if err != nil {
			return nil, err
		}
		c.tails = append(c.tails, &cursor{rd: rd, name: name})
	}
	rd, err := run.Open(dir, "judgments", columns...)
	c.head = &cursor{rd: rd, name: "judgments"}
	return c, err
}

// Next returns the next case, io.EOF after the last. Rows of a table that belong to no judgment are an error.
func (c *Cases) Next() (*judgment.Case, error) {
	ok, err := c.head.more()
	if err != nil {
		return nil, err
	}
	if !ok {
		for _, t := range c.tails {
			if left, err := t.more(); err != nil || left {
				return nil, fmt.Errorf("%w: table %s goes on after the last judgment (%v); run ingest again", columnar.ErrDamaged, t.name, err)
			}
		}
		return nil, io.EOF
	}
	out := dataset.CaseAt(c.head.b, c.head.i)
	c.head.i++
	for _, t := range c.tails {
		if err := t.add(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Close closes the files.
func (c *Cases) Close() {
	c.head.rd.Close()
	for _, t := range c.tails {
		t.rd.Close()
	}
}

// cursor stands before a row of a table.
type cursor struct {
	rd   *columnar.Reader
	name string
	b    *dataset.Batch
	i    int
}

func (c *cursor) more() (bool, error) {
	for c.b == nil || c.i >= c.b.N {
		b, err := c.rd.Next()
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		c.b, c.i = b, 0
	}
	return true, nil
}

// add gives the case its rows, which stand together and in the order of judgments.
func (c *cursor) add(out *judgment.Case) error {
	for {
		ok, err := c.more()
		if err != nil || !ok || c.b.Text("case_id", c.i) != out.CaseID {
			return err
		}
		switch c.name {
		case "sections":
			out.Sections = append(out.Sections, dataset.SectionAt(c.b, c.i))
		case "parties":
			out.Parties = append(out.Parties, dataset.PartyAt(c.b, c.i))
		case "rulings":
			out.Rulings = append(out.Rulings, dataset.RulingAt(c.b, c.i))
		case "findings":
			out.Findings = append(out.Findings, dataset.FindingAt(c.b, c.i))
		case "citations":
			out.Citations = append(out.Citations, dataset.CitationAt(c.b, c.i))
		case "terms":
			end := c.b.RunEnd("case_id", c.i)
			out.Terms = dataset.AppendTerms(out.Terms, c.b, c.i, end)
			c.i = end
			continue
		}
		c.i++
	}
}
