package inference

import (
	"fmt"
	"sync"

	"caipan/model/judgment"
)

// learned is all of a decision that depends on the values of the facts and the law of the day alone: real parties share few
// patterns of facts, so it is worked out, and its trace replayed, once for each.
type learned struct {
	decision judgment.Decision // without party, date and finding ids
	slots    []int32           // of each step the base variable whose findings it shows, -1: none
	differs  []bool            // by regime: the law of that time decides otherwise
	fault    error             // the trace does not replay
}

// learn gives what there is to know about the facts in s.in under the law of a regime.
func (s *Session) learn(regime int) *learned {
	e := s.engine
	s.key = append(s.key[:0], byte(regime), byte(regime>>8))
	for _, slot := range e.reads {
		s.key = append(s.key, s.in.code[slot])
	}
	l := e.memo.get(s.key)
	if l == nil {
		l = s.work(regime)
		e.memo.put(s.key, l)
	}
	return l
}

func (s *Session) work(regime int) *learned {
	e := s.engine
	g := e.programs[regime]
	insight := s.inquire(g)
	out := g.Eval(&s.m, &s.in)
	l := &learned{decision: judgment.Decision{Doctrine: e.Pack.ID, Variant: e.Variant, PackDigest: e.Pack.Digest,
		Missing: insight.missing, Decisive: insight.decisive}}
	d := &l.decision
	g.describeOutcome(d, out)
	d.BreachDerived, d.DutyIntensity = g.output(&s.m, "breach"), g.output(&s.m, "intensity")
	d.ServiceType = g.output(&s.m, "service")
	if d.DutyIntensity == "unknown" {
		d.DutyIntensity = ""
	}
	d.Steps, l.slots = g.trace(&s.m, &s.in, out)
	again, err := Replay(d.Steps)
	if err == nil && !SameDecision(*d, again) {
		err = fmt.Errorf("its steps come to %s", String(again))
	}
	l.fault = err
	for _, other := range e.programs {
		o := other.Quick(&s.m, &s.in)
		l.differs = append(l.differs, o.Kind != out.Kind || o.result != out.result)
	}
	return l
}

// steps gives the steps with the findings of the facts at hand.
func (l *learned) steps(place []int32, facts []judgment.Fact) []judgment.Step {
	out := append([]judgment.Step(nil), l.decision.Steps...)
	for i, slot := range l.slots {
		if slot < 0 {
			continue
		}
		if k := place[slot]; k >= 0 {
			out[i].FindingIDs, out[i].Status = facts[k].FindingIDs, facts[k].Status
		}
	}
	return out
}

// timeMatters reports whether the law of another day up to the judgment would decide otherwise.
func (l *learned) timeMatters(e *Engine, d judgment.Dates) bool {
	last := len(e.starts) - 1
	if d.Judgment != "" {
		last = e.regime(d.Judgment)
	}
	for _, differs := range l.differs[:last+1] {
		if differs {
			return true
		}
	}
	return false
}

// memo keeps what was learned by regime and values. Of two generations the older is forgotten when the younger is full, so
// that memory is bounded (about 10 KB each) and what is common stays.
type memo struct {
	mu         sync.Mutex
	young, old map[string]*learned
}

const generation = 1 << 10

func (m *memo) get(key []byte) *learned {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l := m.young[string(key)]; l != nil {
		return l
	}
	l := m.old[string(key)]
	if l != nil {
		m.keep(key, l)
	}
	return l
}

func (m *memo) put(key []byte, l *learned) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(key, l)
}

func (m *memo) keep(key []byte, l *learned) {
	if m.young == nil || len(m.young) >= generation {
		m.young, m.old = map[string]*learned{}, m.young
	}
	m.young[string(key)] = l
}
