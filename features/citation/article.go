package citation

import (
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

// place is one article, paragraph and item with its words.
type place struct {
	article, paragraph, item int
	start, end               int
}

// articles reads the list of articles that begins at i (behind a law's name): 第六十条第一款、第一百零七条,
// 第116条至第118条 (each article of the range), 第一款第（一）、（二）项. It stops at the first words that are none
// and returns their offset.
func articles(s string, i, end int) ([]place, int) {
	if i >= end {
		return nil, i
	}
	p := &parser{s: s, end: end, at: i}
	p.brackets()
	for {
		mark := p.at
		if len(p.out) > 0 && !p.separator() && !p.sub() {
			break
		}
		if !p.one() {
			p.at = mark
			break
		}
	}
	return p.out, p.at
}

const maxRange = 60 // articles of one range; a longer one is a slip

type parser struct {
	s       string
	at, end int
	out     []place
}

// brackets skips （2017年修正） or （以下简称…） and 中, 的 between the law and its articles.
func (p *parser) brackets() {
	p.blank()
	for p.has("（") || p.has("(") {
		close := strings.IndexAny(p.s[p.at:p.end], "）)")
		if close < 0 || close > 120 {
			return
		}
		_, n := utf8.DecodeRuneInString(p.s[p.at+close:])
		p.at += close + n
		p.blank()
	}
	for _, w := range []string{"中的", "中", "的", "之", "、"} {
		if p.has(w + "第") {
			p.at += len(w)
			return
		}
	}
}

func (p *parser) blank() {
	for p.at < p.end {
		if c := p.s[p.at]; c >= 0xE4 && c <= 0xE9 {
			return // a Chinese character
		}
		r, n := utf8.DecodeRuneInString(p.s[p.at:p.end])
		if r != '\n' && text.FoldRune(r) != ' ' {
			return
		}
		p.at += n
	}
}

func (p *parser) has(w string) bool { return strings.HasPrefix(p.s[p.at:p.end], w) }

func (p *parser) take(words ...string) bool {
	for _, w := range words {
		if p.has(w) {
			p.at += len(w)
			return true
		}
	}
	return false
}

var separators = text.NewWords("、", "，", ",", "；", ";", "和", "与", "及", "以及", "或者", "或", "并", "至", "到", "-", "—", "－", "~", "～")

// separator takes what stands between two articles of one law.
func (p *parser) separator() bool {
	from := p.at
	p.blank()
	ok := false
	for {
		i := separators.Prefix(p.s[p.at:p.end])
		if i < 0 {
			break
		}
		p.at += len(separators.List()[i])
		ok = true
		p.blank()
	}
	if !ok {
		p.at = from
	}
	return ok
}

// sub reports whether a paragraph or item follows the article directly.
func (p *parser) sub() bool { return p.has("第") || p.has("（") || p.has("(") }

// one reads one article, or a paragraph or item of the last article.
func (p *parser) one() bool {
	start := p.at
	first := len(p.out) == 0
	marked := p.take("第")
	if !marked && first {
		return false
	}
	p.blank()
	bracket := p.take("（", "(")
	n, ok := p.number()
	if bracket && !p.take("）", ")") {
		return false
	}
	if !ok || n <= 0 {
		return false
	}
	p.blank()
	switch {
	case p.take("条"):
		p.ordinal()
		return p.article(start, n)
	case first:
		if p.has("之规定") || p.has("的规定") || p.has("规定") {
			return p.article(start, n)
		}
		return p.ahead("条") && p.article(start, n)
	case p.take("款"):
		p.paragraph(start, n)
	case p.take("项", "目"):
		p.item(start, n)
	case bracket || p.out[len(p.out)-1].item > 0:
		if !bracket && !p.ahead("项") {
			return false
		}
		p.item(start, n)
	case p.ahead("款"):
		p.paragraph(start, n)
	case p.ahead("项"):
		p.item(start, n)
	case p.ahead("条"):
		return p.article(start, n)
	default:
		return false
	}
	return true
}

// ordinal skips 之一 of an inserted article (第六十七条之一).
func (p *parser) ordinal() {
	mark := p.at
	if p.take("之") {
		if _, ok := p.number(); ok && !p.has("规") {
			return
		}
	}
	p.at = mark
}

// ahead reports whether the unit follows after more numbers: 第一、二款, 第六十、一百零七条.
func (p *parser) ahead(unit string) bool {
	rest := p.s[p.at:min(p.end, p.at+60)]
	for rest != "" {
		if strings.HasPrefix(rest, unit) {
			return true
		}
		r, n := utf8.DecodeRuneInString(rest)
		if !strings.ContainsRune("、，,和及与（）()第 ", r) && digit(r) < 0 && !strings.ContainsRune("十百千", r) {
			return false
		}
		rest = rest[n:]
	}
	return false
}

// article appends an article, and those between it and the last one if 至 stands between them.
func (p *parser) article(start, n int) bool {
	if n > 2000 {
		return false
	}
	if len(p.out) > 0 {
		last := p.out[len(p.out)-1]
		if between := strings.TrimSpace(p.s[last.end:start]); isRange(between) && n > last.article && n-last.article <= maxRange {
			for a := last.article + 1; a < n; a++ {
				p.out = append(p.out, place{article: a, start: last.start, end: p.at})
			}
		}
	}
	p.out = append(p.out, place{article: n, start: start, end: p.at})
	return true
}

func isRange(s string) bool {
	return s == "至" || s == "到" || s == "-" || s == "—" || s == "－" || s == "~" || s == "～" || s == "——"
}

// paragraph sets the paragraph of the last article, or repeats the article for a further paragraph.
func (p *parser) paragraph(start, n int) {
	last := &p.out[len(p.out)-1]
	if last.paragraph == 0 && last.item == 0 {
		last.paragraph, last.end = n, p.at
		return
	}
	p.out = append(p.out, place{article: last.article, paragraph: n, start: start, end: p.at})
}

// item sets the item of the last paragraph, or repeats it for a further item.
func (p *parser) item(start, n int) {
	last := &p.out[len(p.out)-1]
	if last.item == 0 {
		last.item, last.end = n, p.at
		return
	}
	p.out = append(p.out, place{article: last.article, paragraph: last.paragraph, item: n, start: start, end: p.at})
}

// number reads a Chinese or Arabic number: 一百一十六, 二〇, 107, １０７.
func (p *parser) number() (int, bool) {
	total, current, ok := 0, 0, false
	for p.at < p.end {
		r, n := utf8.DecodeRuneInString(p.s[p.at:p.end])
		switch d := digit(r); {
		case d >= 0:
			current = current*10 + d
			if current > 9999 {
				return 0, false
			}
		case r == '十':
			total, current = total+max(1, current)*10, 0
		case r == '百':
			total, current = total+max(1, current)*100, 0
		case r == '千':
			total, current = total+max(1, current)*1000, 0
		default:
			return total + current, ok
		}
		ok = true
		p.at += n
	}
	return total + current, ok
}

func digit(r rune) int {
	switch r = text.FoldRune(r); r {
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return int(r - '0')
	case '〇', '○', '零', 'Ｏ':
		return 0
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}
