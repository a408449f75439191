package pipeline

import (
	"strings"
	"testing"

	"caipan/model/judgment"
)

// TestReportsOwnCorrections: what the classify run has is not taken twice, and what contradicts it is refused.
func TestReportsOwnCorrections(t *testing.T) {
	row := func(value, status string) judgment.Correction {
		return judgment.Correction{CaseID: "c1", PartyNo: 1, Kind: "ruling", Field: "label", Value: value, Level: -1, Status: status, Source: "a.csv, line 2"}
	}
	run := []judgment.Correction{row("joint", judgment.CorrectionApplied), row("none", judgment.CorrectionOverruled)}
	for name, x := range map[string]struct {
		own  judgment.Correction
		want string // id of what is new, "" nothing, or words of the error
	}{
		"the same":     {row("joint", judgment.CorrectionApplied), ""},
		"stale":        {row("share", judgment.CorrectionStale), "c1h2"},
		"another":      {judgment.Correction{CaseID: "c1", PartyNo: 2, Kind: "ruling", Field: "label", Value: "none", Level: -1, Status: judgment.CorrectionApplied}, "c1h2"},
		"contradicted": {row("none", judgment.CorrectionApplied), "settle it there"},
	} {
		out, err := beyond(run, []judgment.Correction{x.own})
		got := ""
		if err != nil {
			got = err.Error()
		} else if len(out) > 0 {
			got = out[0].ID
		}
		if (x.want == "") != (got == "") || !strings.Contains(got, x.want) {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// TestCorrectNotesWhatWasRead on the rung that the correction reaches.
func TestCorrectNotesWhatWasRead(t *testing.T) {
	resolve := func(*judgment.Case) []judgment.Fact {
		return []judgment.Fact{{PartyNo: 0, EvidencePolicy: "pleadings", Variable: "claim", Value: "joint"}, {PartyNo: 0, EvidencePolicy: "reasoning", Variable: "claim", Value: "own"}}
	}
	for level, want := range map[int]string{0: "joint", -1: "own", 3: "own"} {
		c := &judgment.Case{CaseID: "c1", Parties: []judgment.Party{{No: 0}}}
		list := []judgment.Correction{{PartyNo: 0, Kind: judgment.CorrectsFact, Field: "claim", Value: "share", Level: level, Status: judgment.CorrectionApplied}}
		correct(c, list, resolve)
		if c.Corrections[0].Was != want || list[0].Was != "" {
			t.Errorf("level %d: was %q, want %q; the shared list says %q", level, c.Corrections[0].Was, want, list[0].Was)
		}
	}
}
