package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"caipan/pipeline/columnar"
	"caipan/pipeline/runinfo"
	"caipan/report"
	"caipan/report/sample"
)

// SampleOptions say which classify run to draw from, how, and where the sample goes.
type SampleOptions struct {
	In       string // folder of a classify run
	Cases    string // folder of its ingest run; "": where the run's record says
	Out      string // folder that does not exist or is empty
	RulesDir string
	Lang     string // en | zh: words of headings and lists
	Texts    string // sample.WholeText | Excerpts | NoTexts
	Design   sample.Design
}

// Sample draws a validation sample from a classify run and writes it with the coders' blind sheets to o.Out. A folder
// that holds anything is refused: coded sheets are never overwritten.
func Sample(ctx context.Context, o SampleOptions) (*sample.Sample, error) {
	source, err := openForReport(o.In, o.Cases, o.RulesDir)
	if err != nil {
		return nil, err
	}
	if err := mustBeEmpty(o.Out); err != nil {
		return nil, err
	}
	if _, err := sample.NewCodebook(o.Design.Variables); err != nil {
		return nil, err
	}
	frame, err := report.Frame(ctx, source, append(slices.Clone(o.Design.Variables), o.Design.Strata...)...)
	if err != nil {
		return nil, err
	}
	s, err := frame.Draw(o.Design)
	if err != nil {
		return nil, err
	}
	write := writerTo(o.Out)
	if err := s.WriteSheets(write, o.Lang); err != nil {
		return nil, err
	}
	if o.Texts != sample.NoTexts {
		wanted := s.Wanted()
		err := source.Each(ctx, func(e *report.Entry) error {
			if !wanted[e.Case.CaseID] {
				return nil
			}
			return s.WritePage(write, e.Case, o.Texts, o.Lang)
		})
		if err != nil {
			return nil, err
		}
	}
	return s, s.Write(write)
}

// SampleFrame is the frame of a classify run, with the machine's reading of the variables.
func SampleFrame(ctx context.Context, in, cases, rules string, variables []string) (*sample.Frame, error) {
	source, err := openForReport(in, cases, rules)
	if err != nil {
		return nil, err
	}
	return report.Frame(ctx, source, variables...)
}

// openForReport opens a classify run as a source.
func openForReport(in, cases, rules string) (*reportSource, error) {
	run, err := runinfo.Read(in)
	if err != nil {
		return nil, err
	}
	if run.Command != classifyCommand {
		return nil, fmt.Errorf("%s was written by %q; name the folder of a classify run", in, run.Command)
	}
	return newReportSource(ReportOptions{In: in, Cases: cases, RulesDir: rules, Whole: math.MaxInt}, run) // coders read whole texts
}

// mustBeEmpty refuses a folder that holds something.
func mustBeEmpty(dir string) error {
	if dir == "" {
		return fmt.Errorf("%w: none named; give --out DIR", ErrOutput)
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%w %s is not empty (for example %s); a sample is never written over another, choose a new --out", ErrOutput, dir, entries[0].Name())
	}
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("%w: %w", ErrOutput, err)
	}
	return nil
}

// writerTo writes files into a folder, each by one atomic rename.
func writerTo(dir string) sample.Writer {
	return func(path string, do func(io.Writer) error) error {
		var b bytes.Buffer
		if err := do(&b); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
		s, err := columnar.NewSink(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil {
			return err
		}
		if _, err := s.Write(b.Bytes()); err != nil {
			s.Abort()
			return err
		}
		_, _, err = s.Commit()
		return err
	}
}
