package sample

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"caipan/pipeline/dataset"
)

// Names of the sample's files in its folder.
const (
	RecordName = "sample.json"
	UnitsName  = "sample.csv"
	FrameName  = "frame.csv"
)

// record is sample.json.
type record struct {
	Format    string     `json:"format"`
	Design    Design     `json:"design"`
	FrameHash string     `json:"frame_sha256"`
	Units     int        `json:"frame_units"`
	Cases     int        `json:"frame_cases"`
	RunID     string     `json:"classify_run"`
	Purpose   string     `json:"purpose"` // validation | development
	Drawn     int        `json:"drawn"`
	FrameFile string     `json:"frame_csv_sha256"`
	Strata    []Stratum  `json:"strata"`
	Forecast  []Forecast `json:"forecast"`
}

const (
	formatName     = "caipan-sample-1"
	forValidation  = "validation"
	forDevelopment = "development"
)

var frameColumns = []string{"unit", "case_id", "case_number", "court", "court_level", "doc_type", "judgment_date", "party", "twin", "stratum", "psu", "probability"}

// Write writes frame.csv (every unit of the frame with its inclusion probability), sample.csv (the drawn ones) and
// sample.json, which comes last.
func (s *Sample) Write(write Writer) error {
	var frame bytes.Buffer
	if err := s.writeUnits(&frame, false); err != nil {
		return err
	}
	sum := sha256.Sum256(frame.Bytes())
	r := record{Format: formatName, Design: s.Design, FrameHash: s.FrameHash, Units: s.Units, Cases: s.Cases, RunID: s.RunID, Purpose: forValidation,
		Drawn: len(s.Drawn()), FrameFile: hex.EncodeToString(sum[:]), Strata: s.Strata, Forecast: s.Forecast()}
	if s.Development {
		r.Purpose = forDevelopment
	}
	err := write(FrameName, func(w io.Writer) error { _, err := w.Write(frame.Bytes()); return err })
	if err != nil {
		return err
	}
	if err := write(UnitsName, func(w io.Writer) error { return s.writeUnits(w, true) }); err != nil {
		return err
	}
	return write(RecordName, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(r)
	})
}

func (s *Sample) writeUnits(w io.Writer, drawnOnly bool) error {
	order := s.Drawn()
	if !drawnOnly {
		order = make([]int, len(s.Chances))
		for i := range order {
			order[i] = i
		}
	}
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(frameColumns); err != nil {
		return err
	}
	for _, i := range order {
		u, p := &s.Frame.Units[i], &s.Chances[i]
		row := []string{p.Number, u.CaseID, u.CaseNumber, u.Court, u.CourtLevel, u.DocType, u.Date, u.Party, strconv.Itoa(u.Twin), p.Stratum, p.PSU, strconv.FormatFloat(p.Probability, 'g', -1, 64)}
		for k := range row {
			row[k] = dataset.SafeCell(row[k])
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// Read reads a sample from its folder and checks that frame.csv is the one that was written.
func Read(dir string) (*Sample, error) {
	fail := func(err error) error {
		return fmt.Errorf("sample in %s: %w; name the folder that report sample wrote", dir, err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, RecordName))
	if err != nil {
		return nil, fail(err)
	}
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, fail(fmt.Errorf("%s: %w", RecordName, err))
	}
	if r.Format != formatName {
		return nil, fail(fmt.Errorf("%s has format %q, wanted %q", RecordName, r.Format, formatName))
	}
	frame, err := os.ReadFile(filepath.Join(dir, FrameName))
	if err != nil {
		return nil, fail(err)
	}
	if sum := sha256.Sum256(frame); hex.EncodeToString(sum[:]) != r.FrameFile {
		return nil, fail(fmt.Errorf("%s was changed after the sample was drawn: the inclusion probabilities are no longer those of the design", FrameName))
	}
	s := &Sample{Design: r.Design, FrameHash: r.FrameHash, RunID: r.RunID, Units: r.Units, Cases: r.Cases, Strata: r.Strata, Frame: &Frame{RunID: r.RunID}}
	s.Development = r.Purpose != forValidation || r.Design.Development
	return s, s.readUnits(frame, fail)
}

func (s *Sample) readUnits(frame []byte, fail func(error) error) error {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(frame, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		return fail(fmt.Errorf("%s: %w", FrameName, err))
	}
	for i, row := range rows {
		if i == 0 || len(row) != len(frameColumns) {
			continue
		}
		for k := range row {
			row[k] = plainCell(row[k])
		}
		twin, err1 := strconv.Atoi(row[8])
		p, err2 := strconv.ParseFloat(row[11], 64)
		if err1 != nil || err2 != nil || !(p > 0 && p <= 1) {
			return fail(fmt.Errorf("%s, row %d: no inclusion probability", FrameName, i+1))
		}
		s.Frame.Units = append(s.Frame.Units, Unit{CaseID: row[1], CaseNumber: row[2], Court: row[3], CourtLevel: row[4], DocType: row[5], Date: row[6], Party: row[7], Twin: twin})
		s.Chances = append(s.Chances, Chance{Number: row[0], Stratum: row[9], PSU: row[10], Probability: p})
	}
	if len(s.Chances) != s.Units || s.Frame.Hash() != s.FrameHash {
		return fail(fmt.Errorf("%s does not hold the frame that %s names", FrameName, RecordName))
	}
	return nil
}

// plainCell undoes dataset.SafeCell.
func plainCell(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && dataset.SafeCell(rest) == s {
		return rest
	}
	return s
}
