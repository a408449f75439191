package finding

import (
	"math"
	"strconv"
	"strings"

	"caipan/features/lexicon"
	"caipan/model/judgment"
)

// tally counts helper cues over the sections read: how often each stood, and where first and at what level.
type tally struct {
	count map[*lexicon.Cue]int
	first map[*lexicon.Cue]place
}

type place struct {
	span    judgment.Span
	section int
	kind    string
}

// count notes the helper cues of a sentence.
func (c *reading) count(s *sentence, sec *judgment.Section) {
	for _, m := range s.matches {
		if m.Cue.Category != "helper" || strings.HasPrefix(m.Cue.ID, "actor.") {
			continue
		}
		if m.Cue.ID == "claim.withdrawn" {
			c.withdrawal(s, sec, m)
		}
		if strings.HasPrefix(m.Cue.ID, "claim.") && !c.claims(sec) {
			continue
		}
		if strings.HasPrefix(m.Cue.ID, "other.") && c.level(sec) < 2 {
			continue // what the court itself tells of others
		}
		if c.seen.count == nil {
			c.seen = tally{map[*lexicon.Cue]int{}, map[*lexicon.Cue]place{}}
		}
		if c.seen.count[m.Cue]++; c.seen.count[m.Cue] == 1 {
			c.seen.first[m.Cue] = place{c.span(s, m.Start, m.End), sec.No, sec.Kind}
		}
	}
}

func (c *reading) span(s *sentence, from, to int) judgment.Span {
	return judgment.Span{Start: c.view.Orig(s.from + from), End: c.view.Orig(s.from + to)}
}

// claims: the plaintiff's claims, at whichever instance they are reported, and the court's own summary of them.
func (c *reading) claims(sec *judgment.Section) bool {
	return sec.Kind == judgment.SecClaims || sec.Kind == judgment.SecReasoning
}

// circumstances adds what the case says as a whole rather than in one sentence: who else is there, what kind of harm,
// what was asked, when it happened.
func (c *reading) circumstances() {
	c.thirdParty()
	c.harm()
	c.claim()
	c.dates()
	if at, ok := c.helper("case.default"); ok {
		c.add(Nobody, "default_judgment", "yes", 2, at, "case.default")
	}
}

func (c *reading) helper(id string) (place, bool) {
	at, ok := c.seen.first[c.lex.Cue(id)]
	return at, ok
}

// add writes a finding of the court about the whole case.
func (c *reading) add(n int, variable, value string, level int, at place, cue string) {
	c.out = append(c.out, judgment.Finding{PartyNo: n, Variable: variable, Value: value, Status: "affirmed", Level: level,
		Holder: "this_court", SectionNo: at.section, Span: at.span, Quote: at.span.Of(c.text), CueID: cue})
}

// others are the parties on the defendants' side that run no platform.
func (c *reading) others() []int {
	var out []int
	for i := range c.parties {
		p := &c.parties[i]
		if !p.IsPlatformOperator && (p.Role == "defendant" || p.Role == "third_party") {
			out = append(out, i)
		}
	}
	return out
}

// thirdParty: another defendant or third person is the identified third party; without one, whoever acted in the
// findings but is no party is absent; without such findings there is none. A wrongdoer said to be unknown wins.
func (c *reading) thirdParty() {
	others := c.others()
	merchant := "no"
	value, at := "none", place{}
	for _, i := range c.operators {
		at = place{span: c.parties[i].NameSpan, section: c.sectionAt(c.parties[i].NameSpan.Start)}
	}
	if len(others) > 0 {
		value, merchant = "identified_party", "yes"
		at = place{span: c.parties[others[0]].NameSpan, section: c.sectionAt(c.parties[others[0]].NameSpan.Start)}
	} else if f := c.absent(); f != nil {
		value, at = "identified_absent", place{span: f.Span, section: f.SectionNo}
	} else if f := c.withheld(); f != nil {
		value, at = "unidentified", place{span: f.Span, section: f.SectionNo}
	} else if p, ok := c.helper("other.acted"); ok {
		value, at = "identified_absent", p
	}
	if at.span.IsZero() {
		return
	}
	c.add(Nobody, "third_party", value, 1, at, "structure.parties")
	c.add(Nobody, "merchant_sued", merchant, 1, at, "structure.parties")
}

// withheld: who does not give the merchant's data has a merchant whom nobody can name.
func (c *reading) withheld() *judgment.Finding {
	for i := range c.out {
		if f := &c.out[i]; f.Level >= 2 && f.Variable == "merchant_info" && f.Value == "not_provided" {
			return f
		}
	}
	return nil
}

func (c *reading) absent() *judgment.Finding {
	for i := range c.out {
		f := &c.out[i]
		if f.PartyNo == Nobody && f.Level >= 2 && f.Variable == "third_party_state" {
			return f
		}
	}
	return nil
}

func (c *reading) sectionAt(at int) int {
	for i := range c.secs {
		if s := c.secs[i].Span; s.Start <= at && at < s.End {
			return c.secs[i].No
		}
	}
	return 0
}

// harm: the kind of harm whose words stand most often, the cause of action counting tenfold.
func (c *reading) harm() {
	var best *lexicon.Cue
	top := 0.0
	cause := map[*lexicon.Cue]int{}
	for _, m := range c.matcher.Match(c.header.Cause) {
		cause[m.Cue]++
	}
	for _, cue := range c.lex.Cues {
		if !strings.HasPrefix(cue.ID, "harm.") || c.seen.count[cue] == 0 {
			continue
		}
		score := math.Log1p(float64(c.seen.count[cue]))
		if cause[cue] > 0 {
			score += 2
		}
		if cue.Value == "property" {
			score *= 0.8
		}
		if score > top {
			best, top = cue, score
		}
	}
	if best != nil {
		c.add(Nobody, "harm_type", best.Value, 2, c.seen.first[best], best.ID)
	}
}

// withdrawal notes the operators against whom the plaintiff gave up the suit or the claim.
func (c *reading) withdrawal(s *sentence, sec *judgment.Section, m lexicon.Match) {
	for _, a := range c.actorsOf(s) {
		if a.start < m.Start || a.end > m.End {
			continue
		}
		for _, n := range c.only(a.nos) {
			if c.gaveUp == nil {
				c.gaveUp = map[int]place{}
			}
			c.gaveUp[n] = place{c.span(s, m.Start, m.End), sec.No, sec.Kind}
		}
	}
}

// claim: what the plaintiff asked of the platform, from the claims and the court's summary of them.
func (c *reading) claim() {
	value, id := "", ""
	switch {
	case c.has("claim.supplementary") && c.seen.first[c.lex.Cue("claim.supplementary")].kind == judgment.SecClaims:
		value, id = "supplementary", "claim.supplementary"
	case c.has("claim.joint"):
		value, id = "joint", "claim.joint"
	case c.has("claim.money") && len(c.others()) > 0:
		value, id = "joint_plain", "claim.money"
	case c.has("claim.money"):
		value, id = "own", "claim.money"
	case c.has("claim.nonmoney"):
		value, id = "nonmoney", "claim.nonmoney"
	}
	for _, n := range c.operators {
		value, id, at := value, id, c.seen.first[c.lex.Cue(id)]
		if where, ok := c.gaveUp[n]; ok {
			value, id, at = "none", "claim.withdrawn", where
		}
		if value == "" {
			continue
		}
		c.add(n, "claim", value, 0, at, id)
		c.out[len(c.out)-1].Holder = "plaintiff"
	}
}

func (c *reading) has(id string) bool { return c.seen.count[c.lex.Cue(id)] > 0 }

// date is a day of an act as the court found it.
type date struct {
	day string
	at  place
}

// days notes the dates of a sentence in which somebody acts.
func (c *reading) days(s *sentence, sec *judgment.Section) {
	if sec.Kind != judgment.SecFacts && sec.Kind != judgment.SecUndisputed {
		return
	}
	acts := false
	for _, m := range s.matches {
		acts = acts || m.Cue.ID == "act.verb"
	}
	if !acts {
		return
	}
	for i := 0; ; {
		k := strings.Index(s.text[i:], "年")
		if k < 0 {
			return
		}
		i += k
		if d, from, to := dayAt(s.text, i); d != "" {
			c.acts = append(c.acts, date{d, place{c.span(s, from, to), sec.No, sec.Kind}})
		}
		i += len("年")
	}
}

// dayAt reads 2019年5月3日 around the 年 at i.
func dayAt(s string, i int) (day string, from, to int) {
	if i < 4 {
		return "", 0, 0
	}
	year, err := strconv.Atoi(s[i-4 : i])
	rest := s[i+len("年"):]
	month, r1, ok1 := number(rest, "月")
	if err != nil || year < 1995 || year > 2100 || !ok1 || month < 1 || month > 12 {
		return "", 0, 0
	}
	d, r2, ok2 := number(r1, "日")
	if !ok2 || d < 1 || d > 31 {
		return "", 0, 0
	}
	pad := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return strconv.Itoa(year) + "-" + pad(month) + "-" + pad(d), i - 4, len(s) - len(r2)
}

func number(s, unit string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < 2 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 || !strings.HasPrefix(s[i:], unit) {
		return 0, s, false
	}
	n, _ = strconv.Atoi(s[:i])
	return n, s[i+len(unit):], true
}

// dates: the first and the last day of an act that lies before the case was filed or decided.
func (c *reading) dates() {
	end := c.header.FilingDate
	if end == "" {
		end = c.header.JudgmentDate
	}
	var first, last *date
	for i := range c.acts {
		d := &c.acts[i]
		if end != "" && d.day > end {
			continue
		}
		if first == nil || d.day < first.day {
			first = d
		}
		if last == nil || d.day > last.day {
			last = d
		}
	}
	if first != nil {
		c.add(Nobody, "act_from", first.day, 2, first.at, "act.verb")
		c.add(Nobody, "act_to", last.day, 2, last.at, "act.verb")
	}
	c.headerDate("filing_date", c.header.FilingDate)
}

// headerDate writes a date of the header where the text shows it.
func (c *reading) headerDate(variable, day string) {
	if len(day) != len("2006-01-02") {
		return
	}
	trim := func(s string) string { return strings.TrimPrefix(s, "0") }
	printed := day[:4] + "年" + trim(day[5:7]) + "月" + trim(day[8:]) + "日"
	for i := range c.secs {
		sec := &c.secs[i]
		at := strings.Index(sec.Span.Of(c.text), printed)
		if at < 0 || !readable(sec.Kind) {
			continue
		}
		at += sec.Span.Start
		c.add(Nobody, variable, day, 2, place{span: judgment.Span{Start: at, End: at + len(printed)}, section: sec.No}, "header")
		return
	}
}
