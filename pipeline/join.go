package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"

	"caipan/pipeline/coding"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
	"caipan/report"
)

// readJoin reads a researcher's own list and finds the case, and where it names one the party, of every row in the ingest
// run in dir. No path gives nil. The sum is the file's SHA-256. All rows that match nothing or twice come back as one error.
func readJoin(dir string, run *runinfo.Run, path string) (j *report.Join, sum string, err error) {
	if path == "" {
		return nil, "", nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, "", fmt.Errorf("--join %s: %w", path, err)
	}
	digest := sha256.Sum256(raw)
	list, err := coding.ReadList(path)
	if err != nil {
		return nil, "", fmt.Errorf("--join: %w", err)
	}
	cases, err := caseRefs(dir, run)
	if err != nil {
		return nil, "", err
	}
	values, faults := list.Find(coding.NewIndex(cases))
	if len(faults) > 0 {
		return nil, "", fmt.Errorf("--join: nothing was joined:\n%w", faults)
	}
	return &report.Join{Columns: list.Columns, Values: values}, hex.EncodeToString(digest[:]), nil
}

// caseRefs is what rows can name of every case of an ingest run.
func caseRefs(dir string, run *runinfo.Run) (out []*coding.CaseRef, err error) {
	byID := map[string]*coding.CaseRef{}
	rd, err := run.Open(dir, "judgments", "case_id", "case_key", "case_number")
	if err != nil {
		return nil, err
	}
	err = rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			c := &coding.CaseRef{ID: b.Text("case_id", i), Key: b.Text("case_key", i), Number: b.Text("case_number", i)}
			out, byID[c.ID] = append(out, c), c
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if rd, err = run.Open(dir, "parties", "case_id", "party_no", "name", "short_names", "is_platform_operator"); err != nil {
		return nil, err
	}
	return out, rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if c := byID[b.Text("case_id", i)]; c != nil {
				c.Parties = append(c.Parties, coding.PartyRef{No: b.Int("party_no", i, -1), Name: b.Text("name", i),
					ShortNames: b.List("short_names", i), Operator: b.Bool("is_platform_operator", i)})
			}
		}
		return nil
	})
}
