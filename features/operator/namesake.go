package operator

import (
	"slices"
	"strings"

	"caipan/features/literal"
	"caipan/model/judgment"
)

// A platform usually bears the name of its company: “耳语音乐”软件 and 耳语公司. Such a quoted name beside a word for a
// platform is weak evidence by itself, and the only one where the court never says who runs the thing.
const (
	openQuotes     = `“"「`
	closeQuotes    = `”"」`
	quotedPlatform = `[` + openQuotes + `]([^”"」，。；]{2,12})[”"」][^，。；“”]{0,8}?{N}`
)

var namesake = statement{ID: "operator.namesake", Says: "operator", Weight: 2}

// namesakes adds a hit for each party whose short name shares its stem with a quoted platform's name.
func (r *reading) namesakes(text string, secs []judgment.Section) {
	stems := make([]string, len(r.parties))
	for i := range r.parties {
		if candidate(r.parties[i]) {
			stems[i] = stem(&r.parties[i], r.tables.words.StemEnds)
		}
	}
	if !slices.ContainsFunc(stems, func(s string) bool { return s != "" }) {
		return
	}
	for i := range secs {
		sec := &secs[i]
		if skipped(sec.Kind) {
			continue
		}
		lv, holder := level(sec)
		body := sec.Span.Of(text)
		if !quotesOne(body, stems) {
			continue
		}
		for _, m := range r.tables.quoted.FindAllStringSubmatchIndex(body, -1) {
			title := body[m[2]:m[3]]
			owner := -1
			for p, s := range stems {
				if s != "" && strings.HasPrefix(title, s) {
					if owner >= 0 {
						owner = -2 // two companies share the stem: it tells nothing
						break
					}
					owner = p
				}
			}
			if owner < 0 || r.runByAnother(text, owner, sec.Span.Start+m[0], sec.Span.Start+m[1]) {
				continue
			}
			span := judgment.Span{Start: sec.Span.Start + m[0], End: sec.Span.Start + m[1]}
			r.hits[owner] = append(r.hits[owner], &hit{statement: &namesake, party: owner, level: lv, holder: holder,
				section: sec.No, span: span, quote: span.Of(text)})
		}
	}
}

var openQuote = literal.NewSet(strings.Split(openQuotes, "")...)

// quotesOne reports whether a quoted name begins with one of the stems; without it no namesake need be looked for.
func quotesOne(body string, stems []string) bool {
	for at, q := openQuote.Find(body, 0); at >= 0; at, q = openQuote.Find(body, at+len(q)) {
		for _, s := range stems {
			if s != "" && strings.HasPrefix(body[at+len(q):], s) {
				return true
			}
		}
	}
	return false
}

// runByAnother: the sentence with the quoted name says that another company runs it.
func (r *reading) runByAnother(text string, owner, from, to int) bool {
	if at := strings.LastIndexAny(text[:from], "。；\n"); at >= 0 {
		from = at
	}
	if at := strings.IndexAny(text[to:], "。；\n"); at >= 0 {
		to += at
	}
	for who, list := range r.hits {
		for _, h := range list {
			if who != owner && h.statement.Says == "operator" && h.statement != &namesake && h.span.Start >= from && h.span.End <= to {
				return true
			}
		}
	}
	return false
}

// stem is the part of a short name that a brand would share, two characters at least.
func stem(p *judgment.Party, ends []string) string {
	for _, s := range p.ShortNames {
		for again := true; again; {
			again = false
			for _, e := range ends {
				if t, ok := strings.CutSuffix(s, e); ok {
					s, again = t, true
				}
			}
		}
		if len(s) >= 6 {
			return s
		}
	}
	return ""
}
