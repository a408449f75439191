package pipeline

import (
	"fmt"
	"slices"
	"time"

	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/pipeline/dataset"
)

// decider is one worker.
type decider struct {
	run      *classifyRun
	sessions []*inference.Session
}

func (c *classifyRun) newDecider() *decider {
	d := &decider{run: c}
	for _, e := range c.Engines {
		d.sessions = append(d.sessions, e.Session())
	}
	return d
}

// emptySet is a set of batches whose memory an earlier parcel used, or a new one.
func (c *classifyRun) emptySet() *dataset.Set {
	if s, ok := c.sets.Get().(*dataset.Set); ok {
		return s
	}
	return dataset.NewSet(dataset.Of(classifyCommand))
}

// keepSet takes a set whose rows are written.
func (c *classifyRun) keepSet(s *dataset.Set) {
	for _, b := range s.Batches() {
		b.Reset()
	}
	c.sets.Put(s)
}

func (d *decider) do(p *parcel) (err error) {
	id := ""
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("case %s: a fault of the program (%v); report it with the case", id, r)
		}
	}()
	p.set = d.run.emptySet()
	for _, c := range p.cases {
		id = c.CaseID
		correct(c, d.run.hand.byCase[id], d.run.Resolve)
		p.keys = append(p.keys, groupKeys(c))
		if err := d.decide(p.set, c); err != nil {
			return err
		}
	}
	return nil
}

func (d *decider) decide(set *dataset.Set, c *judgment.Case) error {
	dataset.AppendCorrections(set.Table("corrections"), c)
	facts, decisions, err := d.conclude(c)
	if err != nil {
		return err
	}
	for _, f := range facts {
		dataset.AppendFact(set.Table("facts"), f)
	}
	for i := range decisions {
		dataset.AppendDecision(set.Table("predictions"), set.Table("trace"), &decisions[i])
	}
	return nil
}

// conclude resolves the facts of each platform operator and decides them with every engine under every policy. The facts
// are those of the policies, a pack's derived ones behind them. A case without operator has none. A trace that does not
// replay is a fault of the program and an error that names the case.
func (d *decider) conclude(c *judgment.Case) (out []judgment.Fact, decisions []judgment.Decision, err error) {
	if !slices.ContainsFunc(c.Parties, func(p judgment.Party) bool { return p.IsPlatformOperator }) {
		return nil, nil, nil
	}
	facts, policies := d.run.Resolve(c), d.run.Policies
	for _, f := range facts {
		if slices.Contains(policies, f.EvidencePolicy) {
			out = append(out, f)
		}
	}
	for _, p := range c.Parties {
		if !p.IsPlatformOperator {
			continue
		}
		for _, policy := range policies {
			in := inference.Facts{CaseID: c.CaseID, PartyNo: p.No, PartyName: p.Name, EvidencePolicy: policy,
				Dates: judgment.Dates{Filing: c.Header.FilingDate, Judgment: c.Header.JudgmentDate}}
			for _, f := range facts {
				if f.EvidencePolicy == policy && (f.PartyNo == p.No || f.PartyNo < 0) {
					in.Facts = append(in.Facts, f)
				}
			}
			in.Dates.ActFrom, in.Dates.ActTo = dayOf(in.Facts, "act_from"), dayOf(in.Facts, "act_to")
			derived := false
			for i, s := range d.sessions {
				decision, fault := s.Replayed(in)
				if fault != nil {
					return nil, nil, fmt.Errorf("case %s: a fault of the program: the trace of %s %s, party %d, does not replay (%w); report it with the case",
						c.CaseID, decision.Doctrine, decision.Variant, decision.PartyNo, fault)
				}
				decisions = append(decisions, decision)
				if f, ok := inference.DerivedFact(d.run.Engines[i].Pack, decision); ok && !derived {
					out = append(out, f)
					derived = true // of the first pack that derives one: facts holds one row per variable and rung
				}
			}
		}
	}
	return out, decisions, nil
}

// dayOf is the day that a fact names, "" if it names none.
func dayOf(facts []judgment.Fact, variable string) string {
	for _, f := range facts {
		if f.Variable == variable {
			if _, err := time.Parse(time.DateOnly, f.Value); err == nil {
				return f.Value
			}
		}
	}
	return ""
}
