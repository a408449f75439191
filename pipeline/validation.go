package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"caipan/report"
	"caipan/report/sample"
)

// readValidation reads the adjudicated list with its sample; nil without one. The digest covers what was coded and how
// it was drawn, whatever the format or the folder of the files.
func readValidation(o ReportOptions) (*report.Validation, string, error) {
	if o.Validation == "" {
		return nil, "", nil
	}
	dir, err := sampleOf(o.Validation, o.ValidationSample)
	if err != nil {
		return nil, "", err
	}
	s, err := sample.Read(dir)
	if err != nil {
		return nil, "", err
	}
	if s.Development {
		return nil, "", fmt.Errorf("%s was drawn for development: it was looked at while cues and codebook were made and cannot validate them; draw another sample without --development", dir)
	}
	list, err := s.ReadAdjudication(o.Validation)
	if err != nil {
		return nil, "", fmt.Errorf("--validation: %w", err)
	}
	h := sha256.New()
	fmt.Fprintln(h, s.FrameHash, s.Seed, s.Design)
	for i := range list {
		fmt.Fprintln(h, list[i])
	}
	return &report.Validation{Sample: s, Codings: list, Width: o.Width}, hex.EncodeToString(h.Sum(nil)), nil
}

// sampleOf is the folder with the list's sample.json: the one named, that of the list, or the one above it.
func sampleOf(list, named string) (string, error) {
	if named != "" {
		return named, nil
	}
	here := filepath.Dir(list)
	for _, dir := range []string{here, filepath.Join(here, "..")} {
		if _, err := os.Stat(filepath.Join(dir, sample.RecordName)); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("no %s beside %s or in the folder above: name the sample's folder with --sample", sample.RecordName, list)
}
