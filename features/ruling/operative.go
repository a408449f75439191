package ruling

import (
	"slices"
	"strings"

	"caipan/model/judgment"
)

const (
	operativeMax = 400_000 // bytes: longer operative parts are read up to here and said so in Notes
	itemsMax     = 600
)

// operative is one operative part (主文) with the instance that gave it.
type operative struct {
	instance string
	quoted   bool
	at, end  int // of a part below, in the canonical text
	v        view
	items    []*Item
}

// visible is where the first character of a span stands that a view keeps, its end if there is none.
func (r *reader) visible(s judgment.Span) int {
	words := s.Of(r.canonical)
	return s.End - len(strings.TrimLeftFunc(words, isBlank))
}

// operatives finds the operative parts in the order of the instances: those quoted from below first, the deciding
// court's own last. own is nil if the text has none.
func (r *reader) operatives() (lower []*operative, own *operative) {
	start := -1
	for _, s := range r.secs {
		if s.Kind != judgment.SecDisposition {
			continue
		}
		if !s.Quoted {
			start = s.Span.Start
			own = &operative{instance: s.Instance, v: newView(r.canonical, start, r.operativeEnd(start))}
			continue
		}
		if start < 0 && !r.cites(s.Span.Start) {
			lower = append(lower, &operative{instance: s.Instance, quoted: true, at: r.visible(s.Span), end: s.Span.End})
		}
	}
	if own != nil && own.instance != instFirst {
		lower = r.knit(lower, start)
	}
	for _, o := range lower {
		o.v = newView(r.canonical, o.at, o.end)
	}
	return lower, own
}

const (
	instFirst   = "first"
	instSecond  = "second"
	instRetrial = "retrial"
)

// operativeEnd is where the deciding court's operative part ends: before the advice on appeal and the judges.
func (r *reader) operativeEnd(start int) int {
	end := len(r.canonical)
	if end > start+operativeMax {
		end = start + operativeMax
		for end > start && r.canonical[end]&0xC0 == 0x80 {
			end--
		}
		r.note("the operative part is longer than 400,000 bytes; what follows was not read")
	}
	if h, ok := r.t.find(wClosing, r.canonical[start:end], 0); ok {
		return start + h.at
	}
	return end
}

// cites reports whether a quoted part is no order of a court below but somebody's claim or another case.
func (r *reader) cites(at int) bool {
	lead := r.canonical[max(0, at-120):at]
	for _, w := range []string{"请求", "要求"} {
		if k := strings.LastIndex(lead, w); k >= 0 && !strings.Contains(lead[k:], "。") && !strings.Contains(lead[k:], "规定") {
			return true
		}
	}
	return false
}

// knit keeps one operative part for each instance below, the best announced one, and looks for parts that no
// section marks.
func (r *reader) knit(lower []*operative, ownStart int) []*operative {
	var out []*operative
	for _, inst := range []string{instFirst, instSecond} {
		var best *operative
		for _, o := range lower {
			if o.instance == inst && (best == nil || r.scoreOrder(o.at) > r.scoreOrder(best.at)) {
				best = o
			}
		}
		if best != nil {
			out = append(out, best)
		}
	}
	if len(out) == 0 {
		if at := r.unmarked(ownStart); at > 0 {
			out = append(out, &operative{instance: instFirst, quoted: true, at: at, end: r.lowerEnd(at, ownStart)})
		}
	} else {
		for _, o := range out {
			o.end = min(r.lowerEnd(o.at, ownStart), o.end)
		}
	}
	return out
}

// scoreOrder weighs the words before and behind an order's beginning.
func (r *reader) scoreOrder(at int) int {
	lead := r.canonical[max(0, at-180):at]
	if k := strings.LastIndex(lead, "。"); k >= 0 {
		lead = lead[k:]
	}
	n := 0
	if strings.Contains(lead, "之规定") || strings.Contains(lead, "的规定") || strings.Contains(lead, "规定，") || strings.Contains(lead, "规定,") {
		n += 4
	}
	for _, w := range []string{"一审法院", "原审法院", "原审判决", "一审判决", "遂", "据此", "该院", "判决如下"} {
		if strings.Contains(lead, w) {
			n += 2
			break
		}
	}
	for _, w := range []string{"请求", "要求", "改判", "认为", "不服", "另案"} {
		if strings.Contains(lead, w) {
			n -= 5
		}
	}
	rest := strings.TrimLeft(r.canonical[at:min(len(r.canonical), at+60)], "：: \n，,")
	if strings.HasPrefix(rest, "一、") || strings.HasPrefix(rest, "驳回") || strings.HasPrefix(rest, "1") || strings.HasPrefix(rest, "（一）") || strings.HasPrefix(rest, "被告") {
		n += 3
	}
	return n
}

// unmarked looks for 判决：一、… of the court below before the deciding court's operative part.
func (r *reader) unmarked(ownStart int) int {
	s := r.canonical[:ownStart]
	best, at := 3, 0
	for from := 0; ; {
		k := strings.Index(s[from:], "判决")
		if k < 0 {
			return at
		}
		pos := from + k + len("判决")
		from = pos
		rest := s[pos:min(len(s), pos+60)]
		for _, w := range []string{"如下", "如"} {
			rest = strings.TrimPrefix(rest, w)
		}
		begin := pos + len(s[pos:min(len(s), pos+60)]) - len(rest)
		trimmed := strings.TrimLeft(rest, "：:，,\n ")
		if len(trimmed) < 18 {
			continue // the deciding court's own opener
		}
		if trimmed == rest && !strings.HasPrefix(rest, "驳回") && !strings.HasPrefix(rest, "一、") && !strings.HasPrefix(rest, "被告") && !strings.HasPrefix(rest, "对") && !strings.HasPrefix(rest, "由") {
			continue
		}
		begin += len(rest) - len(trimmed)
		n := r.scoreOrder(pos) + r.scoreStart(trimmed)
		if strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, ":") {
			n += 2
		}
		if n >= best {
			best, at = n, begin
		}
	}
}

func (r *reader) scoreStart(s string) int {
	if strings.HasPrefix(s, "一、") || strings.HasPrefix(s, "驳回") || strings.HasPrefix(s, "（一）") || strings.HasPrefix(s, "1") {
		return 2
	}
	if strings.HasPrefix(s, "被告") || strings.HasPrefix(s, "由被告") || strings.HasPrefix(s, "限被告") || strings.HasPrefix(s, "确认") {
		return 1
	}
	return -1
}

// lowerEnd is where the quoted order of a court below ends: before its fees, the appeal or the deciding court's part.
func (r *reader) lowerEnd(at, ownStart int) int {
	end := min(ownStart, at+60_000)
	for end > at && end < len(r.canonical) && r.canonical[end]&0xC0 == 0x80 {
		end--
	}
	s := r.canonical[at:max(at, end)]
	h, ok := r.t.find(wClosingLower, s, 0)
	if !ok {
		return at + len(s)
	}
	if k := strings.LastIndexAny(s[:h.at], "。；\n;"); k > 0 {
		return at + k
	}
	return at + h.at
}

// instances returns the operative parts from the lowest to the deciding one.
func chain(lower []*operative, own *operative) []*operative {
	order := []string{instFirst, instSecond, instRetrial}
	slices.SortStableFunc(lower, func(a, b *operative) int {
		return slices.Index(order, a.instance) - slices.Index(order, b.instance)
	})
	return append(lower, own)
}
