package ruling

import (
	"math"
	"slices"
	"strings"

	"caipan/features/party"
	"caipan/model/judgment"
)

// witness is what the reasoning says about portions: the second witness beside the items.
type witness struct {
	parts     map[int]float64 // party -> portion
	plaintiff *float64        // portion that the plaintiff bears
	several   bool            // words of several portions stand there
	ownFault  bool
	lines     []line // sentences with sums and percentages, for portions by sum
}

// line is one sentence of the reasoning.
type line struct {
	s     string
	money []money
	parts []percent
}

// hear reads the portions stated in the reasoning of the given instance and quoted-ness.
func (r *reader) hear(instances []string) *witness {
	w := &witness{parts: map[int]float64{}}
	for _, inst := range instances {
		for _, s := range r.secs {
			if s.Kind != judgment.SecReasoning && s.Kind != judgment.SecBasis || s.Instance != inst {
				continue
			}
			v := newView(r.canonical, s.Span.Start, min(s.Span.End, s.Span.Start+reasoningMax))
			for from := 0; from < len(v.s); {
				end := from + len(v.s[from:])
				if k := strings.IndexAny(v.s[from:], "。;\n"); k >= 0 {
					end = from + k
				}
				r.sentence(w, v.s[from:end])
				from = end + 1
				for from < len(v.s) && v.s[from]&0xC0 == 0x80 {
					from++
				}
			}
		}
	}
	return w
}

const reasoningMax = 120_000 // bytes of one reasoning that are heard

// sentence reads one sentence of the reasoning.
func (r *reader) sentence(w *witness, s string) {
	t := r.t
	w.several = w.several || t.has("several", s)
	w.ownFault = w.ownFault || t.has("own_fault", s)
	if !strings.ContainsAny(s, "%成") && !strings.Contains(s, "分之") && !strings.Contains(s, "元") {
		return
	}
	all := percents(s)
	var parts []percent
	for _, x := range all {
		if _, ok := r.isPart(s, x); ok {
			parts = append(parts, x)
		}
	}
	money := sums(s)
	behind := t.has("supplementary", s) || t.has("range", s) && t.has("joint", s)
	if len(money) > 0 && len(parts) > 0 && !behind {
		w.lines = append(w.lines, line{s, money, parts})
	}
	if len(parts) == 0 {
		return
	}
	ms := r.res.Find(s)
	if h, ok := t.find("not_court", s, 0); ok && h.at < parts[0].start && !strings.Contains(s[h.end:], "本院") && !strings.Contains(s[h.end:], "酌") {
		return
	}
	if behind {
		ms = subjectsOnly(s, ms)
	}
	r.assign(w, s, ms, parts)
}

// subjectsOnly keeps the first list of names: in 乙就甲不能清偿的部分在30%范围内承担补充责任 the portion is 乙's.
func subjectsOnly(s string, ms []party.Mention) []party.Mention {
	for i := 1; i < len(ms); i++ {
		if !isList(s[ms[i-1].End:ms[i].Start]) {
			return ms[:i]
		}
	}
	return ms
}

// assign gives each percentage to the party named last before it; a list of names before a list of percentages
// (甲、乙分别承担40%、20%) is read pairwise.
func (r *reader) assign(w *witness, s string, ms []party.Mention, parts []percent) {
	for i := 0; i < len(parts); {
		run := 1
		for i+run < len(parts) && slices.Contains([]string{"、", "和", ",", "及", "与"}, s[parts[i+run-1].end:parts[i+run].start]) {
			run++
		}
		nos, groups := r.named(s, ms, parts[i].start)
		if run > 1 && len(groups) == run {
			for k := range run {
				w.set(r, groups[k], parts[i+k].value)
			}
		} else if len(nos) > 0 {
			w.set(r, nos, parts[i].value)
		} else if strings.Contains(s[max(0, parts[i].start-36):parts[i].start], "自") {
			v := parts[i].value
			w.plaintiff = &v
		}
		i += run
	}
}

// named returns the parties of the last list of names before an offset that are a subject, and the list's members.
func (r *reader) named(s string, ms []party.Mention, at int) (nos []int, groups [][]int) {
	last := -1
	for i, m := range ms {
		if m.End > at {
			break
		}
		before := s[:m.Start]
		object := false
		for _, w := range []string{"对", "向", "赔偿", "给", "与", "支付", "就", "减轻", "因"} {
			object = object || strings.HasSuffix(before, w)
		}
		if object && last >= 0 || strings.HasPrefix(s[m.End:], "的损失") || strings.HasPrefix(s[m.End:], "的各项") || strings.HasPrefix(s[m.End:], "的上述") || strings.HasPrefix(s[m.End:], "的经济") || strings.HasPrefix(s[m.End:], "损失") {
			continue
		}
		if object && !strings.HasSuffix(before, "减轻") {
			continue
		}
		last = i
	}
	if last < 0 {
		return nil, nil
	}
	first := last
	for first > 0 && isList(s[ms[first-1].End:ms[first].Start]) {
		first--
	}
	for i := first; i <= last; i++ {
		groups = append(groups, ms[i].Nos)
		for _, no := range ms[i].Nos {
			if !slices.Contains(nos, no) {
				nos = append(nos, no)
			}
		}
	}
	if strings.HasSuffix(s[:ms[first].Start], "减轻") {
		return nil, nil
	}
	return nos, groups
}

func (w *witness) set(r *reader, nos []int, v float64) {
	for _, no := range nos {
		if r.parties[no].Role == party.Plaintiff {
			x := v
			w.plaintiff = &x
			continue
		}
		w.parts[no] = v
	}
}

// bySum finds the portion that stands in one sentence with a sum: 负担30%，即赔偿10451.43元.
func (w *witness) bySum(v float64) *float64 {
	for i := len(w.lines) - 1; i >= 0; i-- {
		l := w.lines[i]
		for _, m := range l.money {
			if math.Abs(m.value-v) > 0.01 {
				continue
			}
			var best *float64
			for _, x := range l.parts {
				if x.end <= m.start && m.start-x.end < 120 {
					f := x.value
					best = &f
				}
			}
			if best != nil {
				return best
			}
		}
	}
	return nil
}
