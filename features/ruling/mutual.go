package ruling

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// mutual makes the orders of the item joint: 互负连带责任.
func (p *itemParser) mutual(from, end, at int) {
	who, _, _, ok := p.subject(p.pend, at)
	scope := p.it.Orders
	if len(scope) == 0 {
		p.mutualItems(who)
		return
	}
	if refs := itemRefs(p.it.masked[p.pend:end]); len(refs) > 0 {
		scope = nil
		for _, it := range p.it.op.items {
			if slices.Contains(refs, it.No) {
				scope = append(scope, it.Orders...)
			}
		}
	}
	for _, o := range scope {
		if o.Form != "pay" && o.Form != "liable" {
			continue
		}
		if ok && len(who) > 0 && !overlaps(who, o.Debtors) {
			continue
		}
		o.mutual, o.to = true, max(o.to, end)
	}
	if p.cur != nil {
		p.take(from, end, from)
	}
}

// mutualItems makes orders of the items before mutually joint: 甲、乙对上述两项互负连带责任.
func (p *itemParser) mutualItems(who []int) {
	refs := itemRefs(p.it.masked)
	var scope []*Order
	all := slices.Clone(who)
	for _, it := range p.it.op.items[:p.it.No-1] {
		if len(refs) > 0 && !slices.Contains(refs, it.No) {
			continue
		}
		for _, o := range it.Orders {
			if o.Form == "pay" && (len(who) == 0 || overlaps(who, o.Debtors)) && p.onlyDefendants(o.Debtors) {
				scope = append(scope, o)
				all = append(all, others(o.Debtors, all)...)
			}
		}
	}
	p.it.Kind = KindOrder
	for _, o := range scope {
		o.mutual, o.Debtors = true, all
	}
	if len(scope) > 0 {
		o := p.open("liable", all, "", 0, len(p.it.text))
		o.joint, o.empty = true, true
	}
}

func overlaps(a, b []int) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// itemRefs reads the item numbers that a clause names: 第一、二项, 第一项至第三项, 第1项.
func itemRefs(s string) []int {
	var out []int
	add := func(n int) {
		if n > 0 && n < 100 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for i := 0; i < len(s); {
		k := strings.Index(s[i:], "项")
		if k < 0 {
			return out
		}
		end := i + k
		i = end + len("项")
		from := end
		for from > 0 {
			r, n := utf8.DecodeLastRuneInString(s[:from])
			if !strings.ContainsRune("一二三四五六七八九十0123456789、,和及与至到—-第条判项", r) {
				break
			}
			from -= n
		}
		run := s[from:end]
		if strings.Contains(run, "条") {
			continue
		}
		prev, through := 0, false
		for j := 0; j < len(run); {
			v, e, _ := numberAt(run, j)
			if e == 0 {
				r, n := utf8.DecodeRuneInString(run[j:])
				through = through || strings.ContainsRune("至到—-", r)
				j += n
				continue
			}
			if through && prev > 0 && int(v) > prev && int(v)-prev < 40 {
				for x := prev + 1; x < int(v); x++ {
					add(x)
				}
			}
			add(int(v))
			prev, through, j = int(v), false, e
		}
		if prev > 0 && (strings.HasPrefix(s[i:], "至第") || strings.HasPrefix(s[i:], "到第")) {
			if v, e, _ := numberAt(s, i+len("至第")); e > 0 && int(v)-prev < 40 {
				for x := prev + 1; x <= int(v); x++ {
					add(x)
				}
			}
		}
	}
	return out
}
