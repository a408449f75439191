package section

import (
	"strings"
	"sync"
	"unicode/utf8"

	"caipan/model/text"
)

// sentence (句) is a stretch up to 。 ； or a line break, with the marker words found in it.
type sentence struct {
	start, end int // end: behind the stop
	hits       []hit
}

// hit is a marker word at its place.
type hit struct {
	at, end int
	m       *marker
	weak    bool   // behind a lead-in
	speaker string // place speaker: the words before it
}

// document is the scanned text.
type document struct {
	text      string
	table     *table
	sentences []sentence
	hits      []hit // of all sentences
}

// scan cuts the text into sentences and finds the marker words that stand where their place wants them.
// breaks are offsets where a sentence begins though no stop precedes it.
func scan(s string, t *table, breaks ...int) *document {
	d := documents.Get().(*document)
	d.text, d.table = s, t
	hits := d.hits[:0]
	start, from := 0, 0
	flush := func(end int) {
		if st := skipBlank(s, start, end); st < end {
			hits = keepWith(hits, from, s[st:end])
			d.sentences = append(d.sentences, sentence{start: st, end: end, hits: hits[from:len(hits):len(hits)]})
			from = len(hits)
		}
		start = end
		hits = t.openers(hits, s, start)
	}
	hits = t.openers(hits, s, 0)
	pairs := &t.anywhere.pairs
	prev, prevAt := rune(0), 0 // the character before, 0 where no word begins
	stop := len(s)             // the next break
	if len(breaks) > 0 {
		stop = breaks[0]
	}
	for i := 0; i < len(s); {
		r, n := rune(0), 3
		if c := s[i]; c >= 0xE4 && c <= 0xE9 && i+2 < len(s) { // most of the text, and decode is not inlined
			r = rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
		} else {
			r, n = decode(s, i)
		}
		if k := pairOf(prev, r); (pairs[k>>3]&(1<<(k&7)) != 0 || r == ' ') && t.anywhere.begins(s, prev, i) {
			hits = t.take(hits, s, start, prevAt)
		}
		if i >= stop {
			flush(i)
			if breaks, stop = breaks[1:], len(s); len(breaks) > 0 {
				stop = breaks[0]
			}
		}
		prev, prevAt = r, i
		if n == 1 {
			prev = 0
		}
		i += n
		if r == '。' || r == ';' || r == '\n' {
			flush(i)
		}
	}
	flush(len(s))
	d.hits = hits
	return d
}

const keepSentences = 1 << 14 // a document with more is not kept

var documents = sync.Pool{New: func() any { return &document{} }}

// release gives the document's memory back; nothing of it may be used afterwards.
func (d *document) release() {
	if cap(d.sentences) > keepSentences || cap(d.hits) > keepSentences {
		return
	}
	clear(d.sentences)
	clear(d.hits)
	*d = document{sentences: d.sentences[:0], hits: d.hits[:0]}
	documents.Put(d)
}

// openers finds the markers that stand at the beginning of the sentence that starts at start: at once, behind a list
// mark, or (weaker) behind a lead-in.
func (t *table) openers(hits []hit, s string, start int) []hit {
	end := min(len(s), start+maxLeadBytes)
	at := skipBlank(s, start, end)
	hits = t.opener(hits, s, at, false)
	item := skipListMark(s, at, end)
	if item > at {
		hits = t.opener(hits, s, item, false)
	}
	t.leads.words(s, item, func(_ int16, stop int) {
		rest := s[min(end, stop):end]
		if behind := end - len(strings.TrimLeft(rest, "，,:： 、")); behind < end {
			hits = t.opener(hits, s, behind, true)
		}
	})
	return hits
}

// opener appends the start markers of the words at i, of each marker its longest word.
func (t *table) opener(hits []hit, s string, i int, weak bool) []hit {
	from := len(hits)
	t.starts.words(s, i, func(id int16, end int) {
		h := hit{at: i, end: end, m: &t.Markers[id], weak: weak}
		for k := from; k < len(hits); k++ {
			if hits[k].m == h.m {
				hits[k] = h
				return
			}
		}
		hits = append(hits, h)
	})
	kept := hits[:from]
	for _, h := range hits[from:] {
		if h.m.fitsBehind(s, h.end) {
			kept = append(kept, h)
		}
	}
	return kept
}

// keepWith drops the hits whose marker wants other words in the same sentence that are not there.
func keepWith(hits []hit, from int, sentence string) []hit {
	out := hits[:from]
	for _, h := range hits[from:] {
		if h.m.with == nil || h.m.with.in(sentence) {
			out = append(out, h)
		}
	}
	return out
}

// take appends the markers of the longest word at i that stand at their place.
func (t *table) take(hits []hit, s string, start, i int) []hit {
	ids, end := t.anywhere.longest(s, i)
	for _, id := range ids {
		m := &t.Markers[id]
		h := hit{at: i, end: end, m: m}
		if m.Near > 0 && i-skipBlank(s, start, i) > m.Near {
			continue
		}
		if !m.fitsBehind(s, end) || !m.fitsBefore(s, start, i) {
			continue
		}
		if m.Place == placeSpeaker {
			ok := false
			if h.speaker, ok = t.speakerBefore(s, start, i); !ok {
				continue
			}
		}
		hits = append(hits, h)
	}
	return hits
}

func (m *marker) fitsBehind(s string, end int) bool {
	for _, u := range m.Unless {
		if hasFolded(s, end, u) {
			return false
		}
	}
	if len(m.Needs) == 0 {
		return true
	}
	for _, n := range m.Needs {
		if hasFolded(s, end, n) || (n == "\n" && end == len(s)) {
			return true
		}
	}
	return false
}

func (m *marker) fitsBefore(s string, start, at int) bool {
	for _, b := range m.Before {
		if strings.HasSuffix(s[start:at], b) {
			return false
		}
	}
	return true
}

// hasFolded reports whether the folded text at i begins with the folded words w.
func hasFolded(s string, i int, w string) bool {
	for _, want := range w {
		for {
			if i >= len(s) {
				return false
			}
			r, n := decode(s, i)
			i += n
			if r == want {
				break
			}
			if r != ' ' {
				return false
			}
		}
	}
	return true
}

// skipBlank moves over white space and stray list commas at the beginning of a sentence.
func skipBlank(s string, i, end int) int {
	for i < end {
		if c := s[i]; c >= 0xE4 && c <= 0xE9 {
			return i
		}
		r, n := decode(s, i)
		if r != ' ' && r != '\n' && r != '\t' && r != '、' && r != ';' && r != '。' && r != ',' {
			return i
		}
		i += n
	}
	return i
}

// skipListMark moves over "一、", "（二）", "3.", "【" and the like.
func skipListMark(s string, i, end int) int {
	j, open := i, false
	for k := 0; j < end && k < 6; k++ {
		r, n := decode(s, j)
		switch {
		case r == '(' || r == '[':
			open = true
		case r == ')' || r == ']' || r == '、' || r == '.' || r == ',' || r == ':':
			if j > i {
				return skipBlank(s, j+n, end)
			}
			return i
		case r >= '0' && r <= '9', isNumeral(r):
		default:
			if open && j > i {
				return j
			}
			return i
		}
		j += n
	}
	if open && j == end {
		return j
	}
	return i
}

func isNumeral(r rune) bool {
	switch r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '第':
		return true
	}
	return false
}

// badStarts begin a clause that goes on from another; no party's name follows.
var badStarts = text.NewWords("故", "但", "而", "只", "因", "虽", "即", "若", "如", "且", "又", "则", "根据", "结合", "综合", "围绕", "按照", "依据", "依照", "以上", "上述", "除", "从")

// speakerBefore returns the name or role of the party that stands between the sentence's start and i.
func (t *table) speakerBefore(s string, start, i int) (string, bool) {
	if i-start > maxLeadBytes {
		return "", false
	}
	lead := s[skipListMark(s, skipBlank(s, start, i), i):i]
	whole := lead
	if at := strings.LastIndexAny(lead, "，,】"); at >= 0 {
		_, n := utf8.DecodeRuneInString(lead[at:])
		if clause := lead[at+n:]; clause != "" {
			lead = clause
		} else {
			lead = strings.TrimRight(lead, "，,")
		}
	}
	if strings.ContainsAny(lead, "：:") || len(lead) > maxNameBytes && !strings.ContainsAny(lead, "、（(") {
		return "", false
	}
	if badStarts.Begins(lead) || t.notSpeakers.In(lead) {
		return "", false
	}
	name := speakerName(lead)
	if name == "" && len(whole) > len(lead) {
		name = subject(whole) // 某甲未提交书面答辩，庭审时辩称
	}
	return name, true
}
