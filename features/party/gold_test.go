package party

import (
	"testing"

	"caipan/features/header"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"

	"caipan/internal/realdata"
)

type record struct{ realdata.Record }

func (d record) read() (string, []judgment.Section, []judgment.Party) {
	c := text.Canonical(d.Text)
	h := header.Read(c, header.Meta{Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure})
	secs := section.Split(c, h)
	return c, secs, Read(c, secs, h)
}

type goldDoc struct {
	ID      string `json:"id"`
	Unclear bool   `json:"unclear"`
	Parties []struct{ Name, Role string }
}

func plain(s string) string { return text.TrimSpaces(text.FoldString(s)) }

// Recall and precision of the defendants' names against the coded judgments.
func TestDefendantsOfCodedJudgments(t *testing.T) {
	docs := map[string]record{}
	for _, d := range realdata.Lines[record](t, "judgments/civil.jsonl.zst") {
		docs[d.ID] = d
	}
	for _, d := range realdata.Lines[record](t, "gold/full_dev.jsonl") {
		docs[d.ID] = d
	}
	for _, file := range []string{"gold/ruling_dev.jsonl", "gold/full_dev_ruling.jsonl"} {
		both, want, got := 0, 0, 0
		for _, g := range realdata.Lines[goldDoc](t, file) {
			if g.Unclear {
				continue
			}
			_, _, parties := docs[g.ID].read()
			gold, read, all := map[string]bool{}, map[string]bool{}, map[string]string{}
			for _, p := range g.Parties {
				if p.Role == Defendant {
					gold[plain(p.Name)] = true
				}
			}
			for _, p := range parties {
				all[plain(p.Name)] = p.Role
				if p.Role == Defendant {
					read[plain(p.Name)] = true
				}
			}
			for n := range gold {
				want++
				if read[n] {
					both++
				} else {
					t.Logf("%s: defendant %s missing; read %v", g.ID, n, all)
				}
			}
			for n := range read {
				got++
				if !gold[n] {
					t.Logf("%s: defendant %s is too many; coded %v", g.ID, n, g.Parties)
				}
			}
			for _, p := range g.Parties {
				if _, ok := all[plain(p.Name)]; !ok && p.Role != Defendant {
					t.Logf("%s: %s %s missing", g.ID, p.Role, p.Name)
				}
			}
		}
		recall, precision := float64(both)/float64(want), float64(both)/float64(got)
		t.Logf("%s: recall %.4f (%d), precision %.4f (%d)", file, recall, want, precision, got)
		if recall < 0.98 || precision < 0.98 {
			t.Errorf("%s: recall %.4f, precision %.4f; want 0.98", file, recall, precision)
		}
	}
}
