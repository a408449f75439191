package report

import (
	"context"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

// Source hands the report what classify wrote. pipeline makes one from tables, tests from slices.
type Source interface {
	// Each calls do with every case in the order of the tables. It may be called more than once and gives the same
	// entries in the same order. An error of do ends it and is returned. The entry stays as it is after do returned.
	Each(ctx context.Context, do func(*Entry) error) error
	// Outline calls do with every case that Each gives, in the same order: what tells the instances of one dispute.
	Outline(ctx context.Context, do func(Outline) error) error
	// Doctrines are the packs and variants of the run; the first is the one that the headline is about.
	Doctrines() []Doctrine
	// Background is what the run was made of.
	Background() Background
}

// Entry is one case with all that was concluded about it.
type Entry struct {
	Case      *judgment.Case
	Facts     []judgment.Fact     // all operators, all evidence policies
	Decisions []judgment.Decision // all operators, doctrines, variants and evidence policies, with steps
	Group     Group
	runs      []factRun // of Facts, made at the first look-up
	byHand    bool      // a fact has a hand value; known with runs
}

// factRun is a run of facts of one party under one policy.
type factRun struct {
	party    int
	policy   string
	from, to int
}

// Outline is what tells the instances of one dispute apart.
type Outline struct{ CaseID, Family, Instance, JudgmentDate string }

// Group says with which other cases a case is not independent.
type Group struct {
	Family  string // one dispute through the instances
	Series  string // same plaintiff and platform
	NearDup string // texts that differ in names and numbers only
	Weight  float64
}

// Doctrine is one resolved choice of a pack.
type Doctrine struct {
	ID, Variant string
	Title       doctrine.Label
	Severity    []string // liabilities from the mildest
	Compare     doctrine.Compare
	Choice      map[string]string // variant key -> value
	Rules       []Rule
	Statements  []doctrine.Statement // of the text that the pack follows; may be empty
}

// Rule is a line of the pack for the page on cues and rules.
type Rule struct {
	ID, Source string
	Reason     doctrine.Label
	Threshold  bool // gives no liability: no wrong, no link, no breach, burden, procedure
}

// Background is the run behind the report: ledger, rejects and record.
type Background struct {
	RunID    string
	Policies []string // evidence policies of the run from the poorest; nil: all four
	Record   []Line   // the run record in words, in order of print
	Ledger   []LedgerLine
	Rejects  []Reject // at most as many as the page should list
}

// Line is a named value of the run record.
type Line struct{ Name, Value string }

// LedgerLine is the ledger of one source file: Read == Written + Filtered + Duplicates + Rejected.
type LedgerLine struct {
	Source                                        string
	Read, Written, Filtered, Duplicates, Rejected int64
}

// Reject is a record that could not be read.
type Reject struct {
	Source  string
	Record  int64 // -1: the whole file
	Code    string
	Message string
	Excerpt string
}

// fact finds the value of a variable for a party under a policy, "" if there is none.
func (e *Entry) fact(party int, policy, variable string) string {
	for _, r := range e.index() {
		if r.party != party || r.policy != policy {
			continue
		}
		for i := r.from; i < r.to; i++ {
			if e.Facts[i].Variable == variable {
				return e.Facts[i].Value
			}
		}
	}
	return ""
}

// index finds the runs of facts.
func (e *Entry) index() []factRun {
	if e.runs != nil {
		return e.runs
	}
	for i := range e.Facts {
		f := &e.Facts[i]
		e.byHand = e.byHand || f.Status == "hand"
		if k := len(e.runs) - 1; k >= 0 && e.runs[k].party == f.PartyNo && e.runs[k].policy == f.EvidencePolicy {
			e.runs[k].to = i + 1
			continue
		}
		e.runs = append(e.runs, factRun{f.PartyNo, f.EvidencePolicy, i, i + 1})
	}
	return e.runs
}

// ruling is the main row of a party, nil if the operative part says nothing about it that was understood.
func ruling(c *judgment.Case, party int) *judgment.Ruling {
	for i := range c.Rulings {
		if r := &c.Rulings[i]; r.PartyNo == party && r.HeadNo == 0 {
			return r
		}
	}
	return nil
}
