package pipeline

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"caipan/pipeline/dataset"
	"caipan/report/agreement"
	"caipan/report/sample"
)

// CheckOptions say which sample and which filled sheets to check.
type CheckOptions struct {
	Sample string // folder of the sample
	Sheets []string
	Out    string // folder for the lists; "": SAMPLE/check
	In     string // folder of the classify run, for the confusion with the machine; "": none
	Cases  string
	Rules  string
	Lang   string
}

// Check is what the coders' sheets say.
type Check struct {
	Sample      *sample.Sample                   `json:"-"`
	Ledger      []sample.SheetLedger             `json:"ledger"`
	Notes       []string                         `json:"notes,omitempty"`
	Absent      map[string][]string              `json:"absent"` // coder -> drawn units without a row
	Reliability []sample.Reliability             `json:"reliability"`
	States      map[string]int                   `json:"states"` // agreed, disagreed, single, uncoded
	Machine     []sample.MachineCell             `json:"machine,omitempty"`
	Agree       map[[2]string]agreement.Estimate `json:"-"` // coder, variable -> agreement with the machine
	Out         string                           `json:"out"`
}

// CodeCheck reads filled sheets, measures how far the coders agree, and writes the lists adjudication (xlsx, csv),
// reliability and, with a classify run, machine (csv). Faults in the sheets (coding.Faults) stop it before it writes.
func CodeCheck(ctx context.Context, o CheckOptions) (*Check, error) {
	s, err := sample.Read(o.Sample)
	if err != nil {
		return nil, err
	}
	filled, err := s.ReadFilled(o.Sheets)
	if err != nil {
		return nil, withLedger(err, filled)
	}
	c := &Check{Sample: s, Ledger: filled.Ledger, Notes: filled.Notes, Absent: filled.Absent(s), States: map[string]int{}, Out: o.Out}
	if c.Out == "" {
		c.Out = filepath.Join(o.Sample, "check")
	}
	if err := mustBeEmpty(c.Out); err != nil {
		return nil, err
	}
	if c.Reliability, err = s.Reliabilities(filled); err != nil {
		return nil, err
	}
	if o.In != "" {
		frame, err := SampleFrame(ctx, o.In, o.Cases, o.Rules, s.Variables)
		if err != nil {
			return nil, err
		}
		if c.Machine, c.Agree, err = s.Machine(filled, frame); err != nil {
			return nil, err
		}
	}
	list := s.Codings(filled)
	for i := range list {
		c.States[list[i].State]++
	}
	return c, c.write(writerTo(c.Out), list, o.Lang)
}

// withLedger adds to the faults of the sheets how many cells were read all the same.
func withLedger(err error, f *sample.Filled) error {
	if f == nil {
		return err
	}
	var b strings.Builder
	for _, l := range f.Ledger {
		fmt.Fprintf(&b, "\n%s, coder %s: rows %d, cells %d = coded %d + blank %d + faulty %d", l.File, l.Coder, l.Rows, l.Cells, l.Coded, l.Blank, l.Faulty)
	}
	return fmt.Errorf("%w%s\nnothing was written; mend the sheets and run code-check again", err, b.String())
}

func (c *Check) write(write sample.Writer, list []sample.Coding, lang string) error {
	rows := [][]string{{"variable", "units", "single", "measure", "value", "lo", "hi", "method"}}
	for _, r := range c.Reliability {
		for _, m := range r.Measures() {
			rows = append(rows, append([]string{r.Variable, strconv.Itoa(r.Units), strconv.Itoa(r.Single), m.Name}, numbers(m.Estimate)...))
		}
	}
	if err := write("reliability.csv", csvOf(rows)); err != nil {
		return err
	}
	if len(c.Machine) > 0 {
		rows = [][]string{{"coder", "variable", "code", "machine", "units"}}
		for _, m := range c.Machine {
			rows = append(rows, []string{m.Coder, m.Variable, m.Code, m.Machine, strconv.Itoa(m.Units)})
		}
		if err := write("machine.csv", csvOf(rows)); err != nil {
			return err
		}
	}
	return c.Sample.WriteAdjudication(write, list, lang)
}

// numbers are value, limits and method; empty where they do not exist, with the reason in the place of the method.
func numbers(e agreement.Estimate) []string {
	form := func(v float64) string { return strconv.FormatFloat(v, 'f', 4, 64) }
	switch {
	case e.Undefined:
		return []string{"", "", "", e.Reason}
	case e.NoInterval:
		return []string{form(e.Value), "", "", e.Method}
	}
	return []string{form(e.Value), form(e.Lo), form(e.Hi), e.Method}
}

func csvOf(rows [][]string) func(io.Writer) error {
	return func(w io.Writer) error {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return err
		}
		c := csv.NewWriter(w)
		c.UseCRLF = true
		for _, row := range rows {
			for i := range row {
				row[i] = dataset.SafeCell(row[i])
			}
			if err := c.Write(row); err != nil {
				return fmt.Errorf("csv: %w", err)
			}
		}
		c.Flush()
		return c.Error()
	}
}
