package operator

import (
	"strings"

	"caipan/model/judgment"
)

// reading is what the sentences of one case say about its parties.
type reading struct {
	tables  *Tables
	parties []judgment.Party
	hits    map[int][]*hit // by index of the party
	others  bool           // somebody else trades, works or speaks on the platform
	dealer  bool           // the plaintiff himself has a shop there: a quarrel between merchant and platform
}

// read goes through every section that may speak of the parties; never the operative part, fees or appendix.
func (t *Tables) read(text string, secs []judgment.Section, parties []judgment.Party) *reading {
	r := &reading{tables: t, parties: parties, hits: map[int][]*hit{}}
	m := newMarker(parties)
	for i := range secs {
		sec := &secs[i]
		if skipped(sec.Kind) {
			continue
		}
		speaker := r.speaker(sec)
		level, holder := level(sec)
		last := speaker
		eachSentence(text, sec.Span, func(sp judgment.Span) {
			sentence := sp.Of(text)
			marked, back, l := m.mark(sentence, speaker, last)
			last = l
			t.scan(marked, func(s *statement, party, start, end int) {
				if party >= len(parties) {
					return
				}
				from, to := back[start], back[end]
				span := judgment.Span{Start: sp.Start + from, End: sp.Start + to}
				r.hits[party] = append(r.hits[party], &hit{statement: s, party: party, level: level, holder: holder,
					own: party == speaker, section: sec.No, span: span, quote: span.Of(text)})
			})
		})
	}
	r.others = r.thirdParties(text)
	r.dealer = r.plaintiffIsMerchant()
	return r
}

func skipped(kind string) bool {
	switch kind {
	case judgment.SecDisposition, judgment.SecFees, judgment.SecTail, judgment.SecAppendix, judgment.SecHead, judgment.SecParties:
		return true
	}
	return false
}

// level of a section as evidence (doctrine.md 2).
func level(sec *judgment.Section) (int, string) {
	switch sec.Kind {
	case judgment.SecReasoning, judgment.SecBasis:
		if sec.Quoted {
			return 2, "lower_court"
		}
		return 3, "this_court"
	case judgment.SecFacts, judgment.SecProcess:
		if sec.Quoted {
			return 2, "lower_court"
		}
		return 2, "this_court"
	case judgment.SecUndisputed:
		return 1, "both"
	}
	if sec.Holder == "" || sec.Holder == "court" {
		return 0, "plaintiff"
	}
	return 0, sec.Holder
}

// speaker is the index of the party whose words the section reports, -1 if none or several.
func (r *reading) speaker(sec *judgment.Section) int {
	if sec.Speaker != "" {
		for i := range r.parties {
			if strings.Contains(sec.Speaker, r.parties[i].Name) {
				return i
			}
			for _, s := range r.parties[i].ShortNames {
				if s != "" && strings.Contains(sec.Speaker, s) {
					return i
				}
			}
		}
	}
	if sec.Kind != judgment.SecAnswer {
		return -1
	}
	return newMarker(r.parties).sole
}

func eachSentence(text string, span judgment.Span, f func(judgment.Span)) {
	start := span.Start
	s := text[:span.End]
	for i := span.Start; i < span.End; {
		n := runeLen(s[i:])
		i += n
		switch s[i-n : i] {
		case "。", "；", "\n", ";":
			if i-start > n {
				f(judgment.Span{Start: start, End: i})
			}
			start = i
		}
	}
	if start < span.End {
		f(judgment.Span{Start: start, End: span.End})
	}
}

var traders = []string{"店铺", "旗舰店", "专营店", "专卖店", "网店", "商家", "卖家", "商户", "入驻", "第三方", "注册用户", "用户", "网友",
	"网民", "骑手", "司机", "房东", "主播", "发布者", "上传者", "驾驶员", "配送员", "房客", "会员", "货主", "买家", "玩家"}

func (r *reading) thirdParties(text string) bool {
	for _, w := range traders {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// plaintiffIsMerchant: the plaintiff himself runs a shop or works on the platform and quarrels with it about that.
func (r *reading) plaintiffIsMerchant() bool {
	for i := range r.parties {
		if r.parties[i].Role == "plaintiff" && r.points(i, "merchant", 1) >= 6 {
			return true
		}
	}
	return false
}

// candidate: an organisation that is not the claimant.
func (r *reading) candidate(p *judgment.Party) bool {
	return p.Kind == "organization" && (p.Role == "defendant" || p.Role == "third_party")
}

// points adds up what is said about party i in one sense at a level not below min.
func (r *reading) points(i int, says string, min int) int {
	sum := 0
	for _, h := range r.hits[i] {
		if h.statement.Says == says && h.level >= min {
			sum += h.points()
		}
	}
	return sum
}

func (r *reading) best(i int, says ...string) *hit {
	var best *hit
	for _, h := range r.hits[i] {
		for _, s := range says {
			if h.statement.Says == s && (best == nil || h.points() > best.points()) {
				best = h
			}
		}
	}
	return best
}

type verdict struct {
	kind     string
	operator bool
	brand    *company
	best     *hit
}

// judge weighs what is said with what the brand table knows.
func (r *reading) judge(p *judgment.Party) verdict {
	i := r.index(p)
	c := r.tables.brands.company(p.Name)
	v := verdict{kind: KindUnknown, brand: c}
	runs, sells := r.points(i, "operator", 0), r.points(i, "seller", 0)
	shop, other, client := r.points(i, "merchant", 0), r.points(i, "nsp_other", 0), r.points(i, "client", 0)
	switch c.role() {
	case roleOperator:
		runs += 8
	case roleAffiliate:
		runs += 3
	case roleOwnSales:
		sells += 10
	}
	switch {
	case runs == 0 && sells == 0 && shop == 0 && other == 0:
		return v
	case client > 0 && !r.others && client*2 >= runs:
		return v
	case other > 0 && other*2 >= runs:
		v.kind, v.best = KindOtherNSP, r.best(i, "nsp_other")
	case shop > runs:
		v.kind, v.best = KindMerchant, r.best(i, "merchant")
	case runs >= 4 && runs*2 >= sells && r.others:
		v.kind, v.operator, v.best = KindPlatform, !r.dealer, r.best(i, "operator")
	case sells > 0:
		v.kind, v.best = KindSelfOperated, r.best(i, "seller")
	case runs >= 4:
		v.kind, v.best = KindSelfOperated, r.best(i, "operator")
	}
	return v
}

func (r *reading) index(p *judgment.Party) int {
	for i := range r.parties {
		if &r.parties[i] == p {
			return i
		}
	}
	return -1
}
