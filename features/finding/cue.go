package finding

import (
	"slices"
	"strings"

	"caipan/features/context"
	"caipan/features/lexicon"
	"caipan/model/judgment"
)

// cue turns one match into findings.
func (c *reading) cue(s *sentence, sec *judgment.Section, level int, m lexicon.Match) {
	if level < m.Cue.FromLevel || level > m.Cue.ToLevel || slices.Contains(m.Cue.NotIn, sec.Kind) {
		c.drop(s, m, "not a cue for this section or level", nil)
		return
	}
	st := s.ctx.At(m.Start, m.End)
	if !st.Factual() {
		c.drop(s, m, unreal(st), nil)
		return
	}
	subject := c.subject(s, m.Start)
	if sp := c.speaker(sec, s, subject, m); sp != nil {
		subject = sp
	}
	nos, ok := c.fits(s, subject, m.Cue.About)
	if !ok && m.Cue.About == "platform" {
		if nos = c.inside(s, m); len(nos) > 0 { // 接到举报后,甲公司立即删除
			subject, ok = nil, true
		}
	}
	if !ok && m.Cue.About == "platform" && st.Burden != nil && subject != nil && subject.kind == kindPlaintiff {
		nos = c.unprovedOf(s, st.Burden) // 原告未证明其明知: who fails to prove is not whom it is about
		ok = len(nos) > 0
	}
	if !ok || shadowed(m, s.matches) || m.Cue.About == "other" && c.names(s, m) {
		c.drop(s, m, "another subject, or a longer cue", subject)
		return
	}
	base := judgment.Finding{Level: level, Holder: holder(sec), SectionNo: sec.No, CueID: m.Cue.ID,
		Span: judgment.Span{Start: c.view.Orig(s.from + m.Start), End: c.view.Orig(s.from + m.End)}}
	base.Quote = base.Span.Of(c.text)
	for _, say := range m.Cue.Says {
		for _, n := range nos {
			c.say(s, st, say, n, base)
		}
	}
}

// inside finds an operator within the words of the cue that heads a clause or acts in the passive (经甲公司审核).
func (c *reading) inside(s *sentence, m lexicon.Match) []int {
	for _, a := range c.actorsOf(s) {
		passive := endsWith(s.text[:a.start], c.words.passive)
		if a.start > m.Start && a.end <= m.End && (a.head || passive) && !a.possessive {
			if nos := c.only(a.nos); len(nos) > 0 {
				return nos
			}
		}
	}
	return nil
}

// unprovedOf finds whom a failure of proof is about: the last operator named before it, else the only one where 其 stands behind.
func (c *reading) unprovedOf(s *sentence, burden *context.Scope) []int {
	actors := c.actorsOf(s)
	for i := len(actors) - 1; i >= 0; i-- {
		if nos := c.only(actors[i].nos); actors[i].start < burden.At && len(nos) > 0 {
			return nos
		}
	}
	if c.sole != Nobody && strings.HasPrefix(s.text[burden.End:], "其") {
		return []int{c.sole}
	}
	return nil
}

// names reports whether a platform stands inside the match: then it says nothing about the others.
func (c *reading) names(s *sentence, m lexicon.Match) bool {
	for _, a := range c.actorsOf(s) {
		if a.start < m.End && m.Start < a.end && len(c.only(a.nos)) > 0 {
			return true
		}
	}
	return false
}

// unreal names what keeps a stretch from being a statement of fact.
func unreal(st context.State) string {
	for _, sc := range []*context.Scope{st.Hypothesis, st.Question, st.Norm} {
		if sc != nil {
			return sc.Cue.ID
		}
	}
	return ""
}

func (c *reading) drop(s *sentence, m lexicon.Match, why string, who *actor) {
	if c.dropped != nil {
		c.dropped(s, m, why, who)
	}
}

// speaker: in a party's own words a clause without a subject, or with 其 or 我公司, is about the speaker.
func (c *reading) speaker(sec *judgment.Section, s *sentence, subject *actor, m lexicon.Match) *actor {
	if sec.Kind != judgment.SecAnswer || m.Cue.About != "platform" || subject != nil && subject.kind != kindPlaintiff {
		return nil
	}
	nos, ok := c.resolver.Resolve(sec.Speaker)
	if !ok || len(nos) != 1 {
		return nil
	}
	return &actor{kind: kindParty, nos: nos}
}

// say settles the value under the context and writes the finding, or keeps it until the court answers.
func (c *reading) say(s *sentence, st context.State, say lexicon.Saying, n int, f judgment.Finding) {
	f.PartyNo, f.Variable, f.Value, f.Status = n, say.Variable, say.Value, "affirmed"
	switch {
	case st.Burden != nil && st.Negation != nil:
		return
	case st.Burden != nil:
		f.Value, f.Status = say.Unproved, "not_proved"
		f.NegationCue, f.ScopeEndReason = c.wordsAt(s, st.Burden), st.Burden.Why
	case st.Negation != nil:
		f.Value, f.Status = say.Negated, "denied"
		f.NegationCue, f.ScopeEndReason = c.wordsAt(s, st.Negation), st.Negation.Why
	}
	if f.Value == "" && (f.Level == 0 || st.Attribution == nil) {
		return
	}
	if st.Modality != nil && f.Status == "affirmed" {
		f.Status = "uncertain"
		f.NegationCue, f.ScopeEndReason = c.wordsAt(s, st.Modality), st.Modality.Why
	}
	if f.Level == 0 || st.Attribution == nil {
		if f.Level == 0 && f.Adoption == "" {
			f.Adoption = "open"
		}
		c.out = append(c.out, f)
		return
	}
	lower := st.Attribution.Cue.Value == "lower_court"
	if f.Holder = "lower_court"; !lower {
		f.Holder = c.claimant(s, st.Attribution)
	}
	if st.Answer == nil && lower { // reported without a word against it
		if f.Level = min(f.Level, 2); f.Value != "" {
			c.out = append(c.out, f)
		}
		return
	}
	if st.Answer == nil {
		c.pending = append(c.pending, f)
		c.sayings = append(c.sayings, say)
		return
	}
	c.answer(f, say, st.Answer)
}

func (c *reading) wordsAt(s *sentence, sc *context.Scope) string { return s.text[sc.At:sc.End] }

// claimant is the role of the party that an attribution names.
func (c *reading) claimant(s *sentence, sc *context.Scope) string {
	actors := c.actorsOf(s)
	for i := len(actors) - 1; i >= 0; i-- {
		a := &actors[i]
		if a.start > sc.At {
			continue
		}
		switch {
		case a.kind == kindPlaintiff:
			return "plaintiff"
		case a.kind == kindParty && len(a.nos) > 0:
			switch r := c.parties[a.nos[0]].Role; r {
			case "plaintiff", "third_party":
				return r
			}
			return "defendant"
		}
	}
	return "plaintiff"
}

// answer writes a party's words as the court takes them: adopted words count at the court's level, rejected ones
// with the negated value, unproved ones as not proved.
func (c *reading) answer(f judgment.Finding, say lexicon.Saying, by *context.Scope) {
	held := f.Value
	if f.Status == "not_proved" && by.Cue.Category != "adoption" {
		by = nil // what was not proved does not become true because the party's conclusion is rejected
	}
	switch category(by) {
	case "":
	case "adoption":
		f.Adoption = "adopted"
	case "burden":
		f.Adoption, f.Value, f.Status = "rejected", say.Unproved, "not_proved"
	default:
		f.Adoption, f.Value, f.Status = "rejected", say.Negated, "denied"
	}
	if f.Adoption == "rejected" && held != say.Value && held != "" {
		f.Value, f.Status = say.Value, "affirmed"
	}
	if f.Value == "" {
		return
	}
	if f.ScopeEndReason == "" && by != nil {
		f.ScopeEndReason = by.Cue.ID
	}
	c.out = append(c.out, f)
}

func category(sc *context.Scope) string {
	if sc == nil {
		return ""
	}
	return sc.Cue.Category
}

// answerPending looks whether this sentence answers what a party said in the one before; else it stays open.
func (c *reading) answerPending(s *sentence, level int) {
	if len(c.pending) == 0 {
		return
	}
	by := s.ctx.AnswerFrom(0)
	takes := slices.ContainsFunc(c.words.resumes, func(w string) bool { return strings.HasPrefix(strings.TrimSpace(s.text), w) })
	if by == nil || !takes || s.ctx.Attributed(by.At) {
		c.flush()
		return
	}
	for i, f := range c.pending {
		c.answer(f, c.sayings[i], by)
	}
	c.pending, c.sayings = c.pending[:0], c.sayings[:0]
}

// flush leaves pending words as mere allegations.
func (c *reading) flush() {
	for _, f := range c.pending {
		if f.Level, f.Adoption = 0, "open"; f.Value != "" {
			c.out = append(c.out, f)
		}
	}
	c.pending, c.sayings = c.pending[:0], c.sayings[:0]
}

// shadowed: a longer cue that says another value of one variable covers the match; after a notice M4 is M6.
func shadowed(m lexicon.Match, all []lexicon.Match) bool {
	for _, o := range all {
		if o.Cue.Category != "finding" || o.Cue == m.Cue {
			continue
		}
		if strings.HasPrefix(m.Cue.Says[0].Variable, "M4") && o.Cue.Says[0].Variable == "M6" && o.Start < m.End && m.Start < o.End {
			return true
		}
		if o.Start <= m.Start && m.End <= o.End && o.End-o.Start > m.End-m.Start && rivals(m.Cue, o.Cue) {
			return true
		}
	}
	return false
}

func rivals(a, b *lexicon.Cue) bool {
	x, y := a.Says[0], b.Says[0]
	return x.Variable == y.Variable && x.Value != y.Value && a.About == b.About
}
