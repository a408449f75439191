package section

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"caipan/model/judgment"
	"caipan/model/text"
)

// tail opens the deciding court's basis, operative part, fees, tail and appendix.
func (w *walker) tail() {
	d, f := w.d, &w.f
	from := 0
	if f.operative >= 0 {
		if f.basis > w.cur().at {
			w.open(part{at: f.basis, kind: judgment.SecBasis, holder: holderCourt})
		} else {
			w.cur().kind = judgment.SecBasis
		}
		w.open(part{at: f.order, kind: judgment.SecDisposition, holder: holderCourt})
		from = f.operative
	} else {
		from = max(f.reasoning, len(d.sentences)*2/3)
	}
	for i := from; i < len(d.sentences); i++ {
		if d.sentences[i].start >= f.order {
			w.close(i, &d.sentences[i])
		}
	}
	w.gluedAppendix()
	if at := text.SiteTail(d.text); at < len(d.text) && at > w.cur().at {
		w.open(part{at: at, kind: judgment.SecOther, holder: holderNone})
	}
}

// gluedAppendix opens an appendix that follows the clerk's name without a stop: 书记员某某 附：相关法律条文.
func (w *walker) gluedAppendix() {
	c := w.cur()
	if !w.signed || c.kind != judgment.SecTail {
		return
	}
	t := w.d.text
	for at := c.at; ; {
		i := strings.Index(t[at:], "附")
		if i < 0 {
			return
		}
		i += at
		at = i + len("附")
		appendix := false
		w.d.table.starts.words(t, i, func(id int16, _ int) { appendix = appendix || w.d.table.Markers[id].Event == evAppendix })
		if appendix {
			w.open(part{at: i, kind: judgment.SecAppendix, holder: holderNone})
			return
		}
	}
}

// close lets one sentence behind the operative part's first item open fees, tail or appendix.
func (w *walker) close(i int, s *sentence) {
	c := w.cur()
	for k := range s.hits {
		h := &s.hits[k]
		kind := ""
		switch h.m.Event {
		case evFees:
			if w.itemFollows(i) {
				continue
			}
			kind = judgment.SecFees
		case evDelay, evAdvice, evBench:
			kind = judgment.SecTail
		case evAppendix:
			kind = judgment.SecAppendix
		}
		if kind == "" || c.kind == judgment.SecAppendix || kind == judgment.SecAppendix && c.kind != judgment.SecTail && c.kind != judgment.SecFees {
			continue
		}
		if kind == judgment.SecFees && c.kind == judgment.SecTail && w.signed {
			continue
		}
		w.signed = w.signed || h.m.Event == evBench
		holder := holderCourt
		if kind == judgment.SecAppendix {
			holder = holderNone
		}
		w.open(part{at: s.start, kind: kind, holder: holder})
		return
	}
}

// itemFollows reports whether the numbered sentence i is an item of the operative part because another follows:
// 三、鉴定费由被告负担；四、驳回其他诉讼请求。
func (w *walker) itemFollows(i int) bool {
	d := w.d
	if w.cur().kind != judgment.SecDisposition || !w.numbered(i) {
		return false
	}
	for k := i + 1; k < len(d.sentences) && k < i+8; k++ {
		s := &d.sentences[k]
		if w.numbered(k) && s.has(evFees) == nil {
			return true
		}
		if s.has(evAdvice) != nil || s.has(evBench) != nil || s.has(evDelay) != nil {
			return false
		}
	}
	return false
}

func (w *walker) numbered(i int) bool {
	s := &w.d.sentences[i]
	return skipListMark(w.d.text, s.start, s.end) > s.start
}

// sections makes the parts tile the text: each begins at its first character that is not white space, the white
// space before it belongs to the part before.
func (w *walker) sections() []judgment.Section {
	out := make([]judgment.Section, 0, len(w.parts))
	for i, p := range w.parts {
		end := len(w.d.text)
		if i+1 < len(w.parts) {
			end = w.parts[i+1].at
		}
		if end <= p.at {
			continue
		}
		out = append(out, judgment.Section{
			No: len(out), Kind: p.kind, Instance: p.instance, Holder: p.holder,
			Speaker: p.speaker, Quoted: p.quoted, Span: judgment.Span{Start: p.at, End: end},
		})
	}
	return out
}

// trimmed is a span without the white space at its ends; tests compare with it.
func trimmed(t string, s judgment.Span) string {
	x := s.Of(t)
	for x != "" {
		r, n := utf8.DecodeRuneInString(x)
		if !unicode.IsSpace(r) {
			break
		}
		x = x[n:]
	}
	return x
}
