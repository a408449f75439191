package finding

import (
	"slices"
	"sort"
	"strings"

	"caipan/features/party"
)

// kinds of actors.
const (
	kindParty     = "party"
	kindNorm      = "norm" // a statutory class of persons: nobody in this case
	kindThird     = "third"
	kindPlaintiff = "plaintiff"
	kindCourt     = "court"
)

// actor is a mention of somebody who may be the subject of what is said.
type actor struct {
	start, end int
	kind       string
	nos        []int // party numbers, for kindParty
	oblique    bool  // 对甲公司, 向甲公司: not the subject
	possessive bool  // 甲公司的…
	about      bool  // 关于甲公司: the topic of what follows
}

// actors finds the mentions of a sentence in their order: parties first, general words where no party stands.
func (c *reading) actors(s *sentence) []actor {
	var out []actor
	for _, m := range c.resolver.Find(s.text) {
		a := actor{start: m.Start, end: m.End, kind: kindParty, nos: m.Nos}
		if m.Kind == party.Unknown {
			a.kind = kindThird
		} else if len(m.Nos) > 0 && c.role(m.Nos) == "plaintiff" {
			a.kind = kindPlaintiff
		}
		out = append(out, a)
	}
	named := len(out)
	for _, m := range s.matches {
		if m.Cue.Category != "helper" || !strings.HasPrefix(m.Cue.ID, "actor.") {
			continue
		}
		if slices.ContainsFunc(out[:named], func(a actor) bool { return m.Start < a.end && a.start < m.End }) {
			continue
		}
		a := actor{start: m.Start, end: m.End, kind: m.Cue.Value}
		if a.kind == "platform" {
			if c.sole == Nobody {
				continue
			}
			a.kind, a.nos = kindParty, []int{c.sole}
		}
		out = append(out, a)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].start < out[j].start })
	for i := range out {
		out[i].mark(s.text)
	}
	return out
}

func (c *reading) role(nos []int) string {
	role := ""
	for _, n := range nos {
		switch {
		case role == "":
			role = c.parties[n].Role
		case role != c.parties[n].Role:
			return "mixed"
		}
	}
	return role
}

var (
	obliques = []string{"对", "向", "与", "和", "将", "把", "给", "在", "于", "从", "要求", "对于", "为", "及", "、", "通过", "利用", "请求", "与被告", "对被告", "向被告", "替", "主张由", "距"}
	topics   = []string{"关于", "至于", "对于", "就"}
)

// mark looks at the words around the mention.
func (a *actor) mark(s string) {
	before := s[:a.start]
	for _, w := range topics {
		if strings.HasSuffix(before, w) {
			a.about, a.oblique = true, true
		}
	}
	for _, w := range obliques {
		if strings.HasSuffix(before, w) {
			a.oblique = true
		}
	}
	rest := s[a.end:]
	a.possessive = strings.HasPrefix(rest, "的") && !strings.HasPrefix(rest, "的行为") && !strings.HasPrefix(rest, "的不作为") && !strings.HasPrefix(rest, "的处") && !strings.HasPrefix(rest, "的做法")
}

// subject finds who is meant where a cue stands: the last mention before it that is no object, else the last topic,
// else who the sentences before spoke of. nil: nobody.
func (c *reading) subject(s *sentence, at, end int) *actor {
	var weak *actor
	for i := len(s.actors) - 1; i >= 0; i-- {
		a := &s.actors[i]
		if a.start >= at || a.kind == kindCourt {
			continue
		}
		if !a.oblique && !a.possessive {
			return a
		}
		if weak == nil && (a.about || a.possessive && !a.oblique) {
			weak = a
		}
	}
	if weak != nil {
		return weak
	}
	if c.topic != nil && c.age <= 2 {
		return c.topic
	}
	return nil
}

// retopic keeps the subject for the sentences that follow.
func (c *reading) retopic(s *sentence) {
	c.age++
	var last *actor
	for i := range s.actors {
		a := &s.actors[i]
		if a.kind == kindCourt {
			continue
		}
		if a.about || !a.oblique && !a.possessive {
			last = a
		}
	}
	if last != nil {
		kept := *last
		c.topic, c.age = &kept, 0
	}
}

// remember is retopic for a sentence that says nothing else.
func (c *reading) remember(s *sentence) {
	s.actors = c.actors(s)
	c.retopic(s)
}

// fits tells whom a finding is about: the parties meant, or ok false where the subject is another than the cue asks for.
func (c *reading) fits(a *actor, about string) (nos []int, ok bool) {
	switch about {
	case "case":
		return []int{Nobody}, true
	case "any":
		return c.anyone(a), true
	case "platform":
		if a == nil || a.kind != kindParty {
			return nil, false
		}
		for _, n := range a.nos {
			if c.parties[n].IsPlatformOperator {
				nos = append(nos, n)
			}
		}
		return nos, len(nos) > 0
	case "plaintiff":
		return []int{Nobody}, a != nil && a.kind == kindPlaintiff
	case "third_party":
		if a == nil {
			return nil, false
		}
		return c.third(a)
	}
	return nil, false
}

func (c *reading) third(a *actor) (nos []int, ok bool) {
	switch a.kind {
	case kindThird:
		return []int{Nobody}, true
	case kindParty:
		for _, n := range a.nos {
			if p := &c.parties[n]; !p.IsPlatformOperator && (p.Role == "defendant" || p.Role == "third_party" || p.Role == "other") {
				nos = append(nos, n)
			}
		}
	}
	return nos, len(nos) > 0
}

// anyone: the operators named, else the case.
func (c *reading) anyone(a *actor) []int {
	var nos []int
	if a != nil {
		for _, n := range a.nos {
			if c.parties[n].IsPlatformOperator {
				nos = append(nos, n)
			}
		}
	}
	if len(nos) == 0 {
		return []int{Nobody}
	}
	return nos
}
