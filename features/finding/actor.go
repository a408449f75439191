package finding

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"caipan/features/lexicon"
	"caipan/features/party"
	"caipan/model/text"
)

// words are the lists of actors.yaml that tell a subject from an object.
type words struct {
	obliques    []string // prepositions before an object
	notOblique  []string // words that end like a preposition and are none
	topics      []string // words that announce a topic
	connectives []string // words that may stand between the beginning of a clause and its subject
	resumes     []string // words that take up what was said in the sentence before
	after       []string // words that end a phrase of time before the subject: 接到通知后甲公司
	surnames    []string // before 某: a person
	notPerson   []string // behind 某: no person (某科技公司)
	quoted      []string // before a quoted name: somebody who acts under it (账号"某某")
	passive     []string // before who acts in the passive: 经甲公司审核
	runs        []string // between an operator and the quoted name of its platform
}

func wordsOf(l *lexicon.Lexicon) *words {
	return &words{l.Class("oblique"), l.Class("not_oblique"), l.Class("topic"), l.Class("connective"), l.Class("resume"),
		l.Class("after"), l.Class("surname"), l.Class("not_person"), l.Class("quoted"), l.Class("passive"), l.Class("runs")}
}

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
	head       bool  // stands where a clause begins
}

// actors finds the mentions of a sentence in their order: parties first, general words where no party stands.
func (c *reading) actors(s *sentence) []actor {
	var out []actor
	for _, m := range c.resolver.Find(s.text) {
		if strings.HasSuffix(s.text[:m.End], "被告") && strings.HasPrefix(s.text[m.End:], "知") {
			continue // 被告知 is no defendant
		}
		a := actor{start: m.Start, end: m.End, kind: kindParty, nos: m.Nos}
		if m.Kind == party.Unknown {
			if a.kind = kindThird; c.within(s.text, &a) {
				a.kind = kindParty
			}
		}
		if len(m.Nos) > 0 && c.role(m.Nos) == "plaintiff" {
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
	out = append(out, c.strangers(s.text, out)...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].start < out[j].start })
	for i := range out {
		out[i].mark(s.text, c.words)
		if i > 0 && out[i-1].end == out[i].start && out[i-1].oblique {
			out[i].oblique, out[i].head = true, false // 对用户张某: one and the same
		}
		if i > 0 && out[i-1].end+len("、") == out[i].start && strings.HasSuffix(s.text[:out[i].start], "、") {
			out[i].oblique = true // coordinated: the first of them stands for both
		}
	}
	return out
}

// within looks for a party's name at the end of what looks like a longer, unknown name (不足以证明甲公司).
func (c *reading) within(s string, a *actor) bool {
	for i := range c.parties {
		for _, n := range append([]string{c.parties[i].Name}, c.parties[i].ShortNames...) {
			if n = text.FoldString(n); n != "" && strings.HasSuffix(s[a.start:a.end], n) {
				a.start, a.nos = a.end-len(n), []int{i}
				return true
			}
		}
	}
	return false
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

func endsWith(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// ownDoing are words behind a name and 的 under which the name is still who acts: its conduct, its people.
var ownDoing = []string{"的行为", "的不作为", "的处", "的做法", "的上述", "的前述", "的疏", "的审", "的过", "的客服", "的工作人员", "的员工", "的系统"}

func startsWith(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// mark looks at the words around the mention.
func (a *actor) mark(s string, w *words) {
	before := s[:a.start]
	for _, t := range w.topics {
		if lead, ok := strings.CutSuffix(before, t); ok {
			a.about, a.oblique = w.headed(lead), true
		}
	}
	a.oblique = a.oblique || endsWith(before, w.obliques) && !endsWith(before, w.notOblique)
	rest := s[a.end:]
	if strings.HasPrefix(rest, "自身") || strings.HasPrefix(rest, "本身") || strings.HasPrefix(rest, "自己") {
		a.oblique = false
	}
	a.head = !a.oblique && w.headed(before)
	a.possessive = strings.HasPrefix(rest, "的") && !startsWith(rest, ownDoing)
}

// headed: only connecting words stand between the beginning of the clause and the mention.
func (w *words) headed(before string) bool {
	if i := strings.LastIndexAny(before, ",:;\n"); i >= 0 {
		before = before[i+1:]
	}
	for again := true; again; {
		again = false
		for _, c := range w.connectives {
			if rest, ok := strings.CutPrefix(before, c); ok {
				before, again = rest, true
			}
		}
	}
	if n, _ := utf8.DecodeRuneInString(before); strings.ContainsRune("为向对与给供将把", n) {
		return false
	}
	if endsWith(before, w.after) {
		return true
	}
	return utf8.RuneCountInString(before) <= 2
}

// subject finds who is meant where a cue stands: the last mention before it in its clause that is no object, else the
// last one that heads an earlier clause, else the last topic, else who the sentences before spoke of. nil: nobody.
func (c *reading) subject(s *sentence, at int) *actor {
	clause := strings.LastIndexAny(s.text[:at], ",:;") + 1
	var weak, topic *actor
	actors := c.actorsOf(s)
	for i := len(actors) - 1; i >= 0; i-- {
		a := &actors[i]
		if a.start >= at || a.kind == kindCourt {
			continue
		}
		if !a.oblique && !a.possessive && (a.start >= clause || a.head) && !c.embedded(s, i, at, clause) {
			return a
		}
		if a.about && topic == nil {
			topic = a
		}
		if weak == nil && !a.oblique && (a.head || a.kind == kindParty && !a.possessive) {
			weak = a
		}
	}
	switch {
	case topic != nil:
		return topic
	case weak != nil:
		return weak
	}
	return c.carried()
}

// embedded: 甲公司应当知道乙店售假而未采取措施: behind 而 the clause returns to the outer subject.
func (c *reading) embedded(s *sentence, i, at, clause int) bool {
	a := &s.actors[i]
	between := s.text[min(a.end, at):at]
	if !strings.Contains(between, "而") && !strings.Contains(between, "却") && !strings.Contains(between, "仍") {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		if o := &s.actors[k]; o.kind != kindCourt && !o.oblique && !o.possessive {
			return o.start >= clause
		}
	}
	return false
}

// memory is how many sentences back a subject is carried.
const memory = 3

// remember keeps a sentence, whose subject may carry over to the ones that follow.
func (c *reading) remember(s *sentence) {
	if len(c.past) == memory {
		copy(c.past, c.past[1:])
		c.past = c.past[:memory-1]
	}
	c.past = append(c.past, s)
}

// carried is whom the sentences before spoke of: the last topic or head of the nearest that has one.
func (c *reading) carried() *actor {
	for i := len(c.past) - 1; i >= 0; i-- {
		actors := c.actorsOf(c.past[i])
		var last *actor
		for k := range actors {
			a := &actors[k]
			if a.kind != kindCourt && (a.about || a.head && !a.possessive || last == nil && a.kind == kindParty && !a.oblique && !a.possessive) {
				last = a
			}
		}
		if last != nil {
			return last
		}
	}
	return nil
}

// actorsOf reads the actors of a sentence once.
func (c *reading) actorsOf(s *sentence) []actor {
	if !s.read {
		s.actors, s.read = c.actors(s), true
	}
	return s.actors
}

// fits tells whom a finding is about: the parties meant, or ok false where the subject is another than the cue asks for.
func (c *reading) fits(s *sentence, a *actor, about string) (nos []int, ok bool) {
	switch about {
	case "case":
		return []int{Nobody}, true
	case "any":
		return c.anyone(s, a), true
	case "other":
		return c.other(a)
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

// other: anybody but a platform, a statutory class or the plaintiff's own doing: the third party or the case.
func (c *reading) other(a *actor) (nos []int, ok bool) {
	if a == nil || a.kind == kindPlaintiff {
		return []int{Nobody}, true
	}
	return c.third(a)
}

// anyone: the operators named; where there are several, the one named last; else the case.
func (c *reading) anyone(s *sentence, a *actor) []int {
	var nos []int
	if a != nil {
		for _, n := range a.nos {
			if c.parties[n].IsPlatformOperator {
				nos = append(nos, n)
			}
		}
	}
	if len(nos) == 0 && len(c.operators) > 1 {
		nos = c.nearby(s)
	}
	if len(nos) == 0 {
		return []int{Nobody}
	}
	return nos
}

// nearby: where several operators stand, the one the paragraph named last before the sentence, else first behind it.
func (c *reading) nearby(s *sentence) []int {
	all := c.view.Text
	from := strings.LastIndex(all[:s.from], "\n") + 1
	to := len(all)
	if i := strings.Index(all[s.from:], "\n"); i >= 0 {
		to = s.from + i
	}
	var before []int
	for _, m := range c.resolver.Find(all[from:to]) {
		nos := c.only(m.Nos)
		switch {
		case len(nos) == 0:
		case from+m.Start < s.from+len(s.text):
			before = nos
		case before == nil:
			return nos
		}
	}
	return before
}

// only keeps the operators among party numbers.
func (c *reading) only(nos []int) (out []int) {
	for _, n := range nos {
		if c.parties[n].IsPlatformOperator {
			out = append(out, n)
		}
	}
	return out
}
