package section

import (
	"strings"
	"unicode/utf8"
)

// cast (当事人对照) tells which side a speaker stands on: by his name, short name or role. Sides are those of first
// instance, read from the brackets of the heading: 上诉人（原审被告） is a defendant.
type cast struct {
	names  []castName
	byRole map[string]string
}

type castName struct{ name, holder string }

// roles of the heading, longest first, with the side each has at first instance; "" depends on the bracket.
var roles = []struct{ word, holder string }{
	{"附带民事诉讼原告人", holderClaim}, {"附带民事诉讼被告人", holderDefend}, {"原审第三人", holderThird}, {"一审第三人", holderThird},
	{"再审申请人", ""}, {"被申请人", ""}, {"申请再审人", ""}, {"被上诉人", ""}, {"被申诉人", ""}, {"上诉人", ""}, {"申诉人", ""},
	{"反诉原告", holderDefend}, {"反诉被告", holderClaim}, {"本诉原告", holderClaim}, {"本诉被告", holderDefend},
	{"原审原告", holderClaim}, {"一审原告", holderClaim}, {"原审被告", holderDefend}, {"一审被告", holderDefend},
	{"第三人", holderThird}, {"原告", holderClaim}, {"被告", holderDefend}, {"申请人", ""},
}

// roleAt returns the role word at the beginning of s, its length and side.
func roleAt(s string) (word, holder string) {
	for _, r := range roles {
		if strings.HasPrefix(s, r.word) {
			return r.word, r.holder
		}
	}
	return "", ""
}

// sideIn reads a side out of a bracket such as （一审原告、二审被上诉人）: the first-instance word counts.
func sideIn(bracket string) string {
	p, d, t := strings.Index(bracket, "原告"), strings.Index(bracket, "被告"), strings.Index(bracket, "第三人")
	if strings.Contains(bracket, "反诉") && !strings.Contains(bracket, "原审") && !strings.Contains(bracket, "一审") {
		return "" // 原告（反诉被告）: the word before the bracket counts
	}
	switch {
	case p >= 0 && (d < 0 || p < d):
		return holderClaim
	case d >= 0:
		return holderDefend
	case t >= 0:
		return holderThird
	}
	return ""
}

// newCast reads the party lines of the heading and the short names given in the text's first part.
func newCast(d *document, from, to int) *cast {
	c := &cast{byRole: map[string]string{}}
	for _, s := range d.sentences {
		if s.end <= from || s.start >= to {
			continue
		}
		c.line(d.text[max(s.start, from):min(s.end, to)])
	}
	return c
}

// line reads one party line: role, bracket, name.
func (c *cast) line(s string) {
	word, holder := roleAt(s)
	if word == "" {
		return
	}
	rest := strings.TrimLeft(s[len(word):], "一二三四五六七八九十0123456789 　")
	for strings.HasPrefix(rest, "（") || strings.HasPrefix(rest, "(") {
		end := strings.IndexAny(rest, "）)")
		if end < 0 {
			break
		}
		if side := sideIn(rest[:end]); side != "" {
			holder = side
		}
		_, n := utf8.DecodeRuneInString(rest[end:])
		rest = rest[end+n:]
	}
	rest = strings.TrimLeft(rest, "：: 　")
	end := strings.IndexAny(rest, "，,。；;（(\n")
	if end < 0 {
		end = len(rest)
	}
	name := strings.TrimSpace(rest[:end])
	if name == "" || len(name) > maxNameBytes || holder == "" {
		return
	}
	c.names = append(c.names, castName{name, holder})
	if was, ok := c.byRole[word]; ok && was != holder {
		holder = ""
	}
	c.byRole[word] = holder
}

// shorts adds the short names: X（以下简称Y） gives Y the side of X.
func (c *cast) shorts(d *document, until int) {
	for _, s := range d.sentences {
		if s.start > until {
			return
		}
		for _, h := range s.hits {
			if h.m.Event == evShort {
				c.short(d.text, s, h)
			}
		}
	}
}

func (c *cast) short(t string, s sentence, h hit) {
	open := strings.LastIndexAny(t[s.start:h.at], "（(")
	if open < 0 {
		return
	}
	before := strings.TrimSpace(t[s.start : s.start+open])
	rest := strings.TrimLeft(t[h.end:s.end], "为：:“\"‘'")
	end := strings.IndexAny(rest, "）)，,”\"’'")
	if end <= 0 || end > maxNameBytes {
		return
	}
	for _, n := range c.names {
		if strings.HasSuffix(before, n.name) {
			c.names = append(c.names, castName{rest[:end], n.holder})
			return
		}
	}
}

// asides stand between a speaker and his verb; they are no part of the name.
var asides = []string{"在一审中", "在原审中", "在二审中", "一审", "原审", "二审", "庭审中", "庭审时", "开庭时", "当庭", "在庭审中", "审理中", "书面", "口头", "共同", "经", "在法定期限内", "在答辩期内", "未到庭", "亦", "均", "为此", "在", "于", "也", "则", "向本院", "在本院审理期间"}

// name trims what is not the speaker's name: asides behind it, 针对… and its like.
func speakerName(s string) string {
	for _, cut := range []string{"针对", "就", "对", "未提", "未到", "未作", "未应", "未予", "未在", "没有"} {
		if k := strings.Index(s, cut); k > 0 {
			s = s[:k]
		}
	}
	for again := true; again; {
		again = false
		for _, a := range asides {
			if t := strings.TrimSuffix(s, a); t != s {
				s, again = t, true
			}
		}
	}
	return strings.TrimSpace(s)
}

// subject returns the first words of a sentence up to what is said of them.
func subject(s string) string {
	end := len(s)
	for _, w := range []string{"，", ",", "未", "经", "没有", "在", "于", "提交", "虽"} {
		if k := strings.Index(s, w); k > 0 && k < end {
			end = k
		}
	}
	return strings.TrimSpace(s[:end])
}

// side returns the side of a speaker, "" if it is not known.
func (c *cast) side(speaker string) string {
	if speaker == "" {
		return ""
	}
	word, holder := roleAt(strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(speaker, "上述"), "上列"), "一二三四五六七八九十两各"))
	if holder != "" {
		return holder
	}
	if word != "" && strings.Contains(speaker, "原审") {
		if side := sideIn(speaker); side != "" {
			return side
		}
	}
	for _, n := range c.names {
		if strings.Contains(speaker, n.name) || (len(speaker) >= 6 && strings.Contains(n.name, speaker)) {
			return n.holder
		}
	}
	core := speaker
	for _, tail := range []string{"公司", "商行", "超市", "商店", "经营部", "某", "等", "共同", "书面"} {
		core = strings.TrimSuffix(core, tail)
	}
	for _, n := range c.names {
		if len(core) >= 6 && strings.Contains(n.name, core) {
			return n.holder
		}
	}
	return c.byRole[word]
}
