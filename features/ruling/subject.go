package ruling

import (
	"slices"
	"strings"

	"caipan/features/party"
)

// between returns the mentions inside [from, to).
func (p *itemParser) between(from, to int) []party.Mention {
	ms := p.it.mentions
	lo, _ := slices.BinarySearchFunc(ms, from, func(m party.Mention, at int) int { return m.Start - at })
	hi := lo
	for hi < len(ms) && ms[hi].Start < to {
		hi++
	}
	return ms[lo:hi]
}

// prepositions before a name make it no subject.
var prepositions = []string{"向", "对", "就", "与", "给", "为", "同", "从", "以", "因", "在", "将", "把", "按", "及其", "归", "至", "替", "和被", "退回", "并向"}

var listWords = []string{"", "、", "和", "与", "及", "以及", "并", ",", "及其", "或", "、被告", "被告", "(被告)", "同"}

var guardianWords = []string{"的法定代理人", "的监护人", "之监护人", "之法定代理人", "法定代理人", "监护人", "的法定监护人", "之法定监护人", "的法定代理人即", "的监护人即", "监护人即", "法定代理人即", "的父母", "之父", "之母", "父母", "的家长", "之父母", "之父亲", "之母亲", "的父亲", "的母亲", "父亲", "母亲"}

// subject finds who is ordered by a verb at verb: names behind 由, else the first name of the clause that no
// preposition makes an object. ok is false where the clause names nobody.
func (p *itemParser) subject(from, verb int) (nos []int, name string, end int, ok bool) {
	ms := p.between(from, verb)
	start := -1
	for i := len(ms) - 1; i >= 0; i-- {
		if strings.HasSuffix(p.it.masked[:ms[i].Start], "由") || strings.HasSuffix(p.it.masked[:ms[i].Start], "由其") {
			start = i
			break
		}
	}
	for i := 0; i < len(ms) && start < 0; i++ {
		if p.isObject(ms[i], verb) {
			if !listedAfter(ms, i, p.it.masked) {
				continue
			}
			for i+1 < len(ms) && isList(p.it.masked[ms[i].End:ms[i+1].Start]) {
				i++
			}
			continue
		}
		start = i
	}
	if start < 0 {
		return nil, "", 0, false
	}
	wards := -1
	for i := start; i < len(ms); i++ {
		if i > start {
			gap := p.it.masked[ms[i-1].End:ms[i].Start]
			if slices.Contains(guardianWords, gap) {
				wards = len(nos)
			} else if !isList(gap) {
				break
			}
		}
		for _, no := range ms[i].Nos {
			if !slices.Contains(nos, no) {
				nos = append(nos, no)
			}
		}
		if ms[i].Kind == party.Unknown && name == "" {
			name = p.it.text[ms[i].Start:ms[i].End]
		}
		end = ms[i].End
	}
	if wards >= 0 && len(nos) > wards { // the guardians are ordered, not the children named right before them
		nos = slices.Delete(nos, max(0, wards-(len(nos)-wards)), wards)
	}
	if len(nos) > 0 {
		name = ""
	}
	return nos, name, end, true
}

func isList(gap string) bool { return slices.Contains(listWords, gap) }

func listedAfter(ms []party.Mention, i int, s string) bool {
	return i+1 < len(ms) && isList(s[ms[i].End:ms[i+1].Start])
}

// isObject reports whether a name before the verb is no subject: a preposition stands before it, or 的 and a thing behind it.
func (p *itemParser) isObject(m party.Mention, verb int) bool {
	before := p.it.masked[:m.Start]
	for _, w := range prepositions {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	after := p.it.masked[m.End:verb]
	if strings.HasPrefix(after, "的") || strings.HasPrefix(after, "名下") || strings.HasPrefix(after, "所有") || strings.HasPrefix(after, "应支付") || strings.HasPrefix(after, "所欠") {
		for _, w := range guardianWords {
			if strings.HasPrefix(after, w) {
				return false
			}
		}
		return !strings.HasPrefix(after, "的负责人") && !strings.HasPrefix(after, "的经营者")
	}
	return strings.HasPrefix(after, "在本次") || strings.HasPrefix(after, "因本次")
}

// guardians reads 由监护人甲、乙承担 behind an order against the child: they owe beside him.
func (p *itemParser) guardians(nos []int, h hit, end int) bool {
	lead := p.it.masked[p.pend:h.at]
	if p.cur == nil || len(p.cur.sums) == 0 || !strings.Contains(lead, "由") || !strings.Contains(lead, "监护人") && !strings.Contains(lead, "法定代理人") || len(p.sumsIn(h.end, end)) > 0 || strings.Contains(lead, "不足") {
		return false
	}
	p.cur.Debtors = append(slices.Clone(p.cur.Debtors), others(nos, p.cur.Debtors)...)
	p.cur.to = max(p.cur.to, end)
	return true
}

// isNet reports whether the verb only says what is left to pay of the sum ordered before: 尚需支付N元.
func (p *itemParser) isNet(verb int) bool {
	if p.cur == nil || len(p.cur.sums) == 0 || !sameSet(p.subj, p.cur.Debtors) {
		return false
	}
	h, ok := p.r.t.last(wNet, p.it.masked[max(0, verb-24):verb])
	return ok && h.end == min(24, verb)
}

// impliedSubject is who must pay where the item names nobody: the only defendant.
func (p *itemParser) impliedSubject(form string) []int {
	if len(p.r.defends) == 1 && form != "declare" {
		return p.r.defends
	}
	return nil
}
