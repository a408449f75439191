package ruling

import (
	"slices"
	"strings"

	"caipan/features/party"
)

// free reads 某丙不承担责任: an express none.
func (p *itemParser) free(from, end, at int) {
	nos, name, _, ok := p.subject(p.pend, at)
	if !ok {
		return
	}
	cur := p.cur
	p.open("free", nos, name, p.pend, end)
	p.cur = cur
}

// dismiss reads 驳回…诉讼请求.
func (p *itemParser) dismiss(from, end int) {
	t, s := p.r.t, p.it.masked[from:end]
	h, _ := t.find(wDismiss, s, 0)
	if len(p.it.Orders) == 0 || p.it.Kind == "" {
		p.it.Kind = KindDismiss
	}
	d := &Order{Form: "dismiss", from: from, to: end, item: p.it}
	for _, m := range p.between(from, end) {
		before := p.it.masked[from:m.Start]
		if strings.HasSuffix(before, "对") || strings.HasSuffix(before, "要求") || strings.HasSuffix(before, "判令") || strings.HasSuffix(before, "请求") || len(d.Debtors) > 0 && isList(p.it.masked[prevEnd(p.it.mentions, m):m.Start]) || strings.HasSuffix(before, "对于") || strings.HasSuffix(before, "针对") {
			for _, no := range m.Nos {
				if p.r.parties[no].Role != party.Plaintiff {
					d.Debtors = append(d.Debtors, no)
				}
			}
		}
	}
	tail := s[h.end:]
	d.Rule = "dismiss-all"
	if t.has(wRest, tail) || t.has(wRest, s) {
		d.Rule = "dismiss-rest"
	}
	if len(d.Debtors) > 0 && d.Rule == "dismiss-all" {
		d.Rule = "dismiss-against"
	}
	if c, ok := t.find(wCounterclaim, s, 0); ok {
		if plain := strings.Contains(s[:c.at], "诉讼请求"); !plain {
			d.Rule = strings.Replace(d.Rule, "dismiss", "dismiss-counter", 1)
		} else {
			p.it.Orders = append(p.it.Orders, &Order{Form: "dismiss", Rule: "dismiss-counter-all", from: from, to: end, item: p.it})
		}
	} else if p.byDefendant(from+h.end, end) {
		d.Rule = strings.Replace(d.Rule, "dismiss", "dismiss-counter", 1)
	}
	p.it.Orders = append(p.it.Orders, d)
}

// byDefendant reports whether the dismissed claim is a defendant's: a defendant stands first behind 驳回.
func (p *itemParser) byDefendant(from, end int) bool {
	ms := p.between(from, end)
	return len(ms) > 0 && p.onlyDefendants(ms[0].Nos) && !strings.HasSuffix(p.it.masked[:ms[0].Start], "对") && p.r.hasCounterClaim()
}

func prevEnd(ms []party.Mention, m party.Mention) int {
	i, _ := slices.BinarySearchFunc(ms, m.Start, func(x party.Mention, at int) int { return x.Start - at })
	if i > 0 {
		return ms[i-1].End
	}
	return m.Start
}

// priority reads a security: its owner only tolerates realisation.
func (p *itemParser) priority(from, end, at int) {
	var who []int
	for _, m := range p.between(p.pend, end) {
		after := p.it.masked[m.End:min(len(p.it.masked), m.End+12)]
		if !followed(after, "名下", "所有", "提供", "持有", "的", "抵押", "质押", "位于", "坐落", "登记") {
			continue
		}
		for _, no := range m.Nos {
			if p.r.parties[no].Role != party.Plaintiff && !slices.Contains(who, no) {
				who = append(who, no)
			}
		}
	}
	if len(who) == 0 {
		return
	}
	cur := p.cur
	p.open("priority", who, "", p.pend, end)
	if cur != nil {
		p.cur = cur
	}
}
