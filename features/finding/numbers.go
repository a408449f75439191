package finding

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"caipan/features/lexicon"
	"caipan/model/judgment"
)

var (
	sumBehind = regexp.MustCompile(`^[^0-9,;。:]{0,12}?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(万)?余?元`)
	sums      = regexp.MustCompile(`([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(万)?余?元`)
	daysIn    = regexp.MustCompile(`([0-9]{1,3}|[一二两三四五六七八九十]{1,3})个?(?:工作)?[日天](?:内|后)`)
)

// number reads what a helper cue of the table numbers says: the sum behind its words, or the days inside them. A
// number under a hypothesis, a norm, a question, a negation or in a party's mouth is none of the court's.
func (c *reading) number(s *sentence, sec *judgment.Section, level int, m lexicon.Match) {
	kind, variable, _ := strings.Cut(m.Cue.Value, " ")
	if kind == "day" {
		c.noticeOrRemoval(s, sec, level, m, variable)
		return
	}
	if kind != "amount" && kind != "days" || variable == "claimed_amount" || level == 0 {
		return
	}
	st := s.ctx.At(m.Start, m.End)
	if !st.Factual() || st.Negation != nil || st.Burden != nil || st.Attribution != nil {
		return
	}
	if kind == "days" {
		d := daysIn.FindStringSubmatch(s.text[m.Start:m.End])
		nos, ok := c.fits(s, c.subject(s, m.Start), "platform")
		if d == nil {
			return
		}
		if !ok {
			nos = c.inside(s, m)
		}
		for _, n := range nos {
			c.put(n, variable, strconv.Itoa(days(d[1])), level, sec, c.span(s, m.Start, m.End), m.Cue.ID)
		}
		return
	}
	if x := sumBehind.FindStringSubmatchIndex(s.text[m.End:]); x != nil {
		yuan := money(s.text[m.End+x[2]:m.End+x[3]], x[4] >= 0)
		c.put(Nobody, variable, yuan, level, sec, c.span(s, m.Start, m.End+x[1]), m.Cue.ID)
	}
}

func (c *reading) put(n int, variable, value string, level int, sec *judgment.Section, at judgment.Span, cue string) {
	c.add(n, variable, value, level, place{span: at, section: sec.No, kind: sec.Kind}, cue)
	c.out[len(c.out)-1].Holder = holder(sec)
}

// money writes a sum in yuan without needless zeros.
func money(digits string, tenThousands bool) string {
	x, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
	if err != nil {
		return ""
	}
	if tenThousands {
		x *= 10000
	}
	return strconv.FormatFloat(float64(int64(x*100+0.5))/100, 'f', -1, 64)
}

// days reads 3, 三, 十五 or 二十.
func days(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	total, digit := 0, 0
	for _, r := range s {
		if r == '十' {
			total, digit = total+10*max(digit, 1), 0
			continue
		}
		digit = 1 + strings.Index("一二三四五六七八九", string(r))/len("一")
		if r == '两' {
			digit = 2
		}
	}
	return total + digit
}

// longestClaim is the most bytes of claims that are read for a sum; longer ones tell a story.
const longestClaim = 2400

// claimedAmount reads the sum the plaintiff asks for from the claims: the total it names itself, or the sum of the
// items where each names exactly one. Anything else stays unread.
func (c *reading) claimedAmount(body string, from int, sec *judgment.Section) {
	if sec.Kind != judgment.SecClaims || c.claimed {
		return
	}
	s := &sentence{from: from, text: body}
	s.matches = append(s.matches, c.matcher.Match(body)...)
	begin, end := -1, len(body)
	for _, m := range s.matches {
		switch {
		case m.Cue.Value == "bound void": // asked anew or several times over: no single sum
			return
		case m.Cue.Value == "bound begin" && begin < 0:
			begin = m.End
		case m.Cue.Value == "bound end" && begin >= 0 && end == len(body):
			end = m.Start
		}
	}
	if begin < 0 || end-begin > longestClaim {
		return
	}
	s.text = body[:end]
	if strings.Contains(s.text[begin:], "计") {
		c.claimedTotal(s, begin, sec)
		return
	}
	c.claimedByItems(s, begin, sec)
}

func (c *reading) claimedTotal(s *sentence, begin int, sec *judgment.Section) {
	for _, m := range s.matches {
		if m.Cue.Value != "amount claimed_amount" || m.Start < begin || m.End > len(s.text) || strings.Count(s.text[begin:], "计") != 1 {
			continue
		}
		x := sumBehind.FindStringSubmatchIndex(s.text[m.End:])
		if x == nil || sums.MatchString(s.text[m.End+x[1]:]) { // more is asked behind the total
			continue
		}
		c.claimed = true
		c.put(Nobody, "claimed_amount", money(s.text[m.End+x[2]:m.End+x[3]], x[4] >= 0), 0, sec, c.span(s, m.Start, m.End+x[1]), m.Cue.ID)
		return
	}
}

func (c *reading) claimedByItems(s *sentence, begin int, sec *judgment.Section) {
	total, first, last, cue := 0.0, -1, -1, ""
	for _, x := range sums.FindAllStringSubmatchIndex(s.text[begin:], -1) {
		at, verb := begin+x[0], -1
		for _, m := range s.matches {
			if m.Cue.Value == "head claimed_amount" && m.Start >= begin && m.End <= at {
				verb, cue = m.End, m.Cue.ID
			}
		}
		if verb < 0 || verb <= last || strings.ContainsAny(s.text[verb:at], ";:") { // a second sum of one item
			return
		}
		yuan, err := strconv.ParseFloat(money(s.text[begin+x[2]:begin+x[3]], x[4] >= 0), 64)
		if err != nil {
			return
		}
		if first < 0 {
			first = at
		}
		total, last = total+yuan, begin+x[1]
	}
	if first < 0 {
		return
	}
	c.claimed = true
	c.put(Nobody, "claimed_amount", money(strconv.FormatFloat(total, 'f', 2, 64), false), 0, sec, c.span(s, first, last), cue)
}

// noticeOrRemoval notes the day of the notice and, at the first removal behind it, writes the days between.
func (c *reading) noticeOrRemoval(s *sentence, sec *judgment.Section, level int, m lexicon.Match, what string) {
	if level < 2 || len(c.operators) != 1 {
		return
	}
	day := c.lastDay(s.text[:m.End])
	st := s.ctx.At(m.Start, m.End)
	if day.IsZero() || !st.Factual() || st.Negation != nil || st.Attribution != nil {
		return
	}
	if nos, ok := c.fits(s, c.subject(s, m.Start), "platform"); !ok || len(nos) != 1 {
		return
	}
	if what == "notice" {
		if c.noticed.IsZero() {
			c.noticed = day
		}
		return
	}
	n := int(day.Sub(c.noticed).Hours() / 24)
	if c.noticed.IsZero() || c.reacted || n < 0 || n > 1000 {
		return
	}
	c.reacted = true
	c.put(c.sole, "reaction_days", strconv.Itoa(n), level, sec, c.span(s, m.Start, m.End), m.Cue.ID)
}

func (c *reading) lastDay(s string) time.Time {
	i := strings.LastIndex(s, "年")
	if i < 0 {
		return time.Time{}
	}
	d, _, _ := dayAt(s, i)
	t, err := time.Parse(time.DateOnly, d)
	if err != nil {
		return time.Time{}
	}
	return t
}
