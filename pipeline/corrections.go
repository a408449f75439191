package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"

	"caipan/model/doctrine"
	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"
	"caipan/pipeline/coding"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// handCoding is what people corrected, found in the cases of a run.
type handCoding struct {
	byCase map[string][]judgment.Correction
	digest string // SHA-256 of each file, sorted, joined by commas; "" without files
	counts map[string]int64
	notes  []string
}

// readCorrections reads the files and finds the case, the party and the words of every row in the ingest run in dir.
// All faults of all files come back as one error.
func readCorrections(dir string, run *runinfo.Run, paths []string) (*handCoding, error) {
	h := &handCoding{counts: map[string]int64{}}
	if len(paths) == 0 {
		return h, nil
	}
	voc, err := vocabulary.Load()
	if err != nil {
		return nil, err
	}
	var sums []string
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			return nil, fmt.Errorf("--corrections %s: %w", p, err)
		}
		sum := sha256.Sum256(raw)
		sums = append(sums, hex.EncodeToString(sum[:]))
	}
	slices.Sort(sums)
	h.digest = strings.Join(slices.Compact(sums), ",")
	rows, notes, err := coding.ReadCorrections(voc, paths...)
	if err != nil {
		return nil, fmt.Errorf("--corrections: nothing was applied:\n%w", err)
	}
	cases, err := casesNamed(dir, run, coding.WantedCases(rows))
	if err != nil {
		return nil, err
	}
	byCase, faults := coding.Resolve(voc, rows, cases)
	if err := faults.Err(); err != nil {
		return nil, fmt.Errorf("--corrections: nothing was applied:\n%w", err)
	}
	h.byCase, h.notes = byCase, notes
	h.count(cases)
	return h, nil
}

// casesNamed reads the cases that one of the folded names fits, in the order of judgments.
func casesNamed(dir string, run *runinfo.Run, names map[string]bool) (out []*judgment.Case, err error) {
	wanted := map[string]bool{}
	rd, err := run.Open(dir, "judgments", "case_id", "case_key", "case_number")
	if err != nil {
		return nil, err
	}
	err = rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if names[text.FoldCaseNumber(b.Text("case_id", i))] || names[text.FoldCaseNumber(b.Text("case_key", i))] || names[text.FoldCaseNumber(b.Text("case_number", i))] {
				wanted[b.Text("case_id", i)] = true
			}
		}
		return nil
	})
	if err != nil || len(wanted) == 0 {
		return nil, err
	}
	all, err := runinfo.OpenCases(dir, run, "sections", "parties", "findings")
	if err != nil {
		return nil, err
	}
	defer all.Close()
	for len(out) < len(wanted) {
		c, err := all.Next()
		if err != nil {
			return nil, endOf(err)
		}
		if wanted[c.CaseID] {
			out = append(out, c)
		}
	}
	return out, nil
}

// maxStaleShown bounds the notes; the table corrections has all.
const maxStaleShown = 20

func (h *handCoding) count(cases []*judgment.Case) {
	for _, c := range cases {
		for _, x := range h.byCase[c.CaseID] {
			h.counts["corrections"]++
			h.counts["corrections."+x.Status]++
			if x.Status != judgment.CorrectionStale {
				if x.Span.IsZero() {
					h.counts["corrections.without_quote"]++
				}
				continue
			}
			if n := h.counts["corrections.stale"]; n <= maxStaleShown {
				h.notes = append(h.notes, staleNote(c, x))
			} else if n == maxStaleShown+1 {
				h.notes = append(h.notes, "more stale corrections: see the table corrections")
			}
		}
	}
}

func staleNote(c *judgment.Case, x judgment.Correction) string {
	why := fmt.Sprintf("its quote “%s” is no longer in the text", x.Quote)
	if x.Quote == "" {
		why = "it was made on another text (case_id) and has no quote to look for"
	}
	return fmt.Sprintf("stale, not applied: %s (%s of %s, case %s): %s; read the text again and write a quote that stands in it, or remove the row", x.Source, x.Field, c.Header.CaseNumber, c.CaseID, why)
}

// record notes in a run record what was applied; the digest goes into the run id.
func (h *handCoding) record(digests map[string]string, counts map[string]int64) {
	if h.digest != "" {
		digests["corrections"] = h.digest
	}
	for k, n := range h.counts {
		counts[k] = n
	}
}

// correct applies the corrections to a case as ingest read it and notes what they override.
func correct(c *judgment.Case, list []judgment.Correction, resolve func(*judgment.Case) []judgment.Fact) {
	if len(list) == 0 {
		return
	}
	list = slices.Clone(list)
	var facts []judgment.Fact
	for i := range list {
		x := &list[i]
		if x.Kind != judgment.CorrectsFact || x.Status != judgment.CorrectionApplied {
			continue
		}
		if facts == nil {
			facts = resolve(c)
		}
		rung := Policies[len(Policies)-1]
		if x.Level == 0 {
			rung = Policies[0]
		}
		for _, f := range facts {
			if f.PartyNo == x.PartyNo && f.Variable == x.Field && f.EvidencePolicy == rung {
				x.Was = f.Value
			}
		}
	}
	coding.Apply(c, list)
}

// corrections reads the report's own files and makes ready to decide anew the cases that they concern.
func (s *reportSource) corrections() (err error) {
	if s.hand, err = readCorrections(s.casesDir, s.cases, s.o.Corrections); err != nil || len(s.hand.byCase) == 0 {
		return err
	}
	c := &classifyRun{ClassifyOptions: ClassifyOptions{Resolve: s.o.Resolve, Policies: strings.Split(s.run.Flags["evidence"], ",")}}
	for _, name := range strings.Split(s.run.Flags["doctrine"], ",") {
		id, variant, _ := strings.Cut(name, ":")
		p, err := doctrine.Open(s.o.RulesDir, id)
		if err != nil {
			return err
		}
		e, err := inference.New(p, variant, inference.Options{AsIf: s.run.Flags["as_if"]})
		if err != nil {
			return err
		}
		c.Engines = append(c.Engines, e)
	}
	s.again = c.newDecider()
	return nil
}

// correct makes of a decided case the case as corrected. What the classify run corrected stands in its tables; where the
// report's files say more, the case is decided anew from its findings and all corrections.
func (s *reportSource) correct(d *runinfo.Decided) error {
	own, err := beyond(d.Corrections, s.hand.byCase[d.Case.CaseID])
	if err != nil {
		return err
	}
	if len(own) == 0 {
		coding.Apply(d.Case, d.Corrections)
		return nil
	}
	correct(d.Case, append(slices.Clone(d.Corrections), own...), s.again.run.Resolve)
	d.Facts, d.Decisions, err = s.again.conclude(d.Case)
	return err
}

// beyond gives the corrections of the report's files that the run does not have, numbered behind the run's. One that says
// another value than the run's is an error.
func beyond(run, own []judgment.Correction) (out []judgment.Correction, err error) {
	for _, x := range own {
		known := false
		for _, y := range run {
			if x.PartyNo != y.PartyNo || x.Kind != y.Kind || x.Field != y.Field || x.Level != y.Level {
				continue
			}
			if x.Value == y.Value && x.Status == y.Status {
				known = true
			} else if x.Value != y.Value && x.Status == judgment.CorrectionApplied && y.Status == judgment.CorrectionApplied {
				return nil, fmt.Errorf("--corrections: %s writes %s=%s for case %s, but the classify run was corrected to %s (%s); give all files to classify and settle it there", x.Source, x.Field, x.Value, x.CaseID, y.Value, y.Source)
			}
		}
		if !known {
			x.ID = fmt.Sprintf("%sh%d", x.CaseID, len(run)+len(out))
			out = append(out, x)
		}
	}
	return out, nil
}
