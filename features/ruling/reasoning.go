package ruling

import (
	"iter"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/features/party"
	"caipan/model/judgment"
	"caipan/model/text"
)

// witness is what the reasoning says about portions: the second witness beside the items.
type witness struct {
	voice     int             // the instance being heard: a later one prevails
	parts     map[int]float64 // party -> portion
	partOf    map[int]int     // party -> the voice that said so
	plaintiff *float64        // portion that the plaintiff bears
	lines     []line          // sentences with sums and percentages, for portions by sum
	behindOf  map[int]float64
	behind    []float64 // portions of who stands behind or within limits: supplementary, limited joint
	behindBy  int       // the voice that said the last of them
	heard     []string  // the reasonings
	recourse  map[int]string
	said      map[wordKind]bool
	t         *table
}

// line is one sentence of the reasoning.
type line struct {
	money []money
	parts []percent
	who   [][]int // whom each portion names; nil: nobody
}

// hear reads the portions stated in the reasoning of the given instances, where sums are ordered that may be portions.
func (r *reader) hear(st *state, instances []string) *witness {
	w := &witness{t: r.t}
	if !st.money() {
		return w
	}
	for voice, inst := range instances {
		w.voice = voice
		for _, s := range r.secs {
			if s.Kind != judgment.SecReasoning && s.Kind != judgment.SecBasis || s.Instance != inst {
				continue
			}
			w.heard = append(w.heard, s.Span.Of(r.canonical))
			to := min(s.Span.End, s.Span.Start+reasoningMax)
			for from, end := range withPortions(r.canonical[s.Span.Start:to]) {
				v := foldPart(r.canonical, s.Span.Start+from, s.Span.Start+end, to, nil)
				for from := 0; from < len(v); {
					end, next := sentenceEnd(v, from)
					r.sentence(w, v[from:end], inst == instFirst)
					from = next
				}
			}
		}
	}
	return w
}

// money reports whether a sum is owed by any standing order.
func (st *state) money() bool {
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form == "pay" || o.Form == "liable" {
				return true
			}
		}
	}
	return false
}

// limitOf is the portion of a party that stands behind others or within a limit: what was said of such a liability,
// unless a later instance gave the party another portion.
func (w *witness) limitOf(no int) *float64 {
	part, has := w.parts[no]
	if n := len(w.behind); n > 0 && (!has || w.partOf[no] <= w.behindBy) {
		part, has = w.behind[n-1], true
	}
	if !has {
		return nil
	}
	return &part
}

// says reports whether a word of the kind stands in a reasoning, guards aside: several portions, the plaintiff's own
// fault.
func (w *witness) says(kind wordKind) bool {
	has, known := w.said[kind]
	if !known {
		for _, s := range w.heard {
			_, size := w.t.raw(kind, s)
			has = has || size > 0
		}
		set(&w.said, kind, has)
	}
	return has
}

const reasoningMax = 120_000 // bytes of one reasoning that are heard

// withPortions yields the sentences of a canonical text in which a portion may stand (30%, 三成, 三分之一), by their
// offsets; a lost line break does not end them.
func withPortions(s string) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		from, may := 0, false
		for i := 0; i < len(s); {
			n, stop := 1, s[i] == ';' || s[i] == '\n'
			switch c := s[i]; {
			case c == '%':
				may = true
			case c < utf8.RuneSelf:
			case c >= 0xE4 && c <= 0xE9 && i+3 <= len(s):
				n = 3
				may = may || s[i:i+3] == "成" && endsInNumeral(s[from:i]) || s[i:i+3] == "之" && strings.HasSuffix(strings.TrimRightFunc(s[from:i], isBlank), "分")
			default:
				var r rune
				if r, n = utf8.DecodeRuneInString(s[i:]); r == '，' || r == '、' {
					break
				}
				f := text.FoldRune(r)
				may, stop = may || f == '%', f == ';' || f == '。'
			}
			if stop {
				if may && !yield(from, i) {
					return
				}
				from, may = i+n, false
			}
			i += n
		}
		if may {
			yield(from, len(s))
		}
	}
}

// isBlank reports what a view drops.
func isBlank(r rune) bool { return r == '\t' || text.FoldRune(r) == ' ' }

func endsInNumeral(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, isBlank))
	_, digit := digitOf(r)
	_, unit := unitOf(r)
	return digit || unit || r == '万' || r == '亿' || r == '萬'
}

// sentenceEnd returns where the sentence at from ends and where the next begins.
func sentenceEnd(s string, from int) (end, next int) {
	for i := from; i < len(s); i++ {
		switch c := s[i]; {
		case c == ';' || c == '\n':
			return i, i + 1
		case c == 0xE3 && strings.HasPrefix(s[i:], "。"):
			return i, i + len("。")
		}
	}
	return len(s), len(s)
}

// sentence reads one sentence of the reasoning.
func (r *reader) sentence(w *witness, s string, lower bool) {
	t := r.t
	if !strings.Contains(s, "%") && !strings.Contains(s, "成") && !strings.Contains(s, "分之") {
		return
	}
	all := percents(s)
	var parts []percent
	for _, x := range all {
		if r.adjusts(s, parts, x) {
			parts = append(parts, x)
			continue
		}
		if _, ok := r.isPart(s, x); ok && !r.notTheCourt(s, x.start) && !r.refused(s[x.end:]) && (r.tort() || strings.Contains(r.h.Cause, "保险") || strings.Contains(s, "补充") || r.besideLiability(s, x)) {
			parts = append(parts, x)
		}
	}
	if len(parts) == 0 {
		return
	}
	ms := r.res.Find(s)
	var plainParts []percent
	stands := false // the portion before was of one who stands behind
	for i, x := range parts {
		end := len(s)
		if i+1 < len(parts) {
			end = parts[i+1].start
		}
		from := strings.LastIndex(s[:x.start], ",") + 1
		if words := s[from:end]; stands && r.adjusts(s, parts[:i], x) || strings.Contains(words, "补充") || strings.Contains(words, "不能清偿") || t.has(wRange, words) && t.has(wJoint, words) {
			stands = true
			w.behind, w.behindBy = append(w.behind, x.value), w.voice
			nos, _ := r.named(s, ms, x.start)
			for _, no := range nos {
				set(&w.behindOf, no, x.value)
			}
			continue
		}
		stands = false
		plainParts = append(plainParts, x)
	}
	if parts = plainParts; len(parts) == 0 {
		return
	}
	who := r.assign(w, s, ms, parts, lower)
	if money := sums(s); len(money) > 0 {
		w.lines = append(w.lines, line{money, parts, who})
	}
}

// adjusts reports whether a percentage takes the place of the portion named last: 50%过高,本院酌情调整为30%.
func (r *reader) adjusts(s string, parts []percent, x percent) bool {
	return len(parts) > 0 && endsWith(r.t, wAdjusted, s[parts[len(parts)-1].end:x.start])
}

// refused reports whether the sentence goes on to refuse what it tells, and not only what exceeds it.
func (r *reader) refused(rest string) bool {
	return !r.t.has(wRemainder, rest) && r.t.has(wRefused, rest)
}

// besideLiability reports whether words of bearing stand right beside a percentage; outside the law of harm, where
// percentages are mostly rates and prices, nothing less makes it a portion.
func (r *reader) besideLiability(s string, x percent) bool {
	before, after := s[max(0, x.start-18):x.start], s[x.end:min(len(s), x.end+24)]
	return (r.t.has(wBearing, before) || r.t.has(wBearing, after)) && !r.t.has(wContractual, after)
}

// notTheCourt reports whether a sentence reports a party's view, a norm or a question.
func (r *reader) notTheCourt(s string, at int) bool {
	h, ok := r.t.last(wNotCourt, s[:at])
	if !ok {
		return false
	}
	between := s[h.end:at]
	return !strings.Contains(between, "本院") && !strings.Contains(between, "酌") && !strings.Contains(between, "确定")
}

// assign gives each percentage to the party named last before it; a list of names before a list of percentages
// (甲、乙分别承担40%、20%) is read pairwise.
func (r *reader) assign(w *witness, s string, ms []party.Mention, parts []percent, lower bool) [][]int {
	who := make([][]int, len(parts))
	for i := 0; i < len(parts); {
		run := 1
		for i+run < len(parts) && slices.Contains([]string{"、", "和", ",", "及", "与"}, s[parts[i+run-1].end:parts[i+run].start]) {
			run++
		}
		nos, groups := r.named(s, ms, parts[i].start)
		if behind := namedBehind(s, ms, parts[i].end); behind != nil {
			nos, groups = behind, nil
		}
		if !lower && quotesBelow(s[:parts[i].start]) {
			i += run
			continue
		}
		for k := range run {
			who[i+k] = nos
			if run > 1 && len(groups) == run {
				who[i+k] = groups[k]
			}
		}
		if len(nos) > 0 && r.onlyPlaintiffs(nos) && !strings.ContainsAny(s[lastEnd(ms, parts[i].start):parts[i].start], "承负担责") && !strings.Contains(s[parts[i].end:min(len(s), parts[i].end+12)], "责任") {
			for k := range run {
				who[i+k] = nil
			}
			i += run
			continue
		}
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
	return who
}

// namedBehind returns the party that 由 names right behind a portion: 其余30%由某甲自行承担.
func namedBehind(s string, ms []party.Mention, at int) []int {
	k := strings.Index(s[at:min(len(s), at+24)], "由")
	if k < 0 || strings.Contains(s[at:at+k], ",") {
		return nil
	}
	for _, m := range ms {
		if m.Start == at+k+len("由") {
			return m.Nos
		}
	}
	return nil
}

// lastEnd is where the last mention before an offset ends.
func lastEnd(ms []party.Mention, at int) int {
	end := 0
	for _, m := range ms {
		if m.End <= at {
			end = m.End
		}
	}
	return end
}

// opensClause reports whether the words before a name leave it a subject: a comma, 由, 故, 酌定 and the like.
func opensClause(before string) bool {
	if before == "" {
		return true
	}
	for _, w := range []string{",", ":", "由", "故", "定", "令", "依", "以", "为", "即", "且", "而", "但", "则", "按", "此", "认为", "应", "、", "及", "和", "与", "时", "上", "于"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// quotesBelow reports whether the clause tells what the court below held.
func quotesBelow(s string) bool {
	if k := strings.LastIndex(s, ","); k >= 0 {
		s = s[k:]
	}
	for _, w := range []string{"原审", "一审", "原判"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
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
		if last >= 0 && !opensClause(before) && opensClause(s[:ms[last].Start]) {
			continue // 原告先打被告: the one who opens the clause is meant
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

// set sets a value of a map that may not be made yet.
func set[K comparable, V any](m *map[K]V, key K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = v
}

func (w *witness) set(r *reader, nos []int, v float64) {
	for _, no := range nos {
		if r.parties[no].Role == party.Plaintiff {
			x := v
			w.plaintiff = &x
			continue
		}
		set(&w.parts, no, v)
		set(&w.partOf, no, w.voice)
	}
}

// bySum finds the portion that stands in one sentence with a sum: 负担30%，即赔偿10451.43元.
func (w *witness) bySum(r *reader, no int, v float64) *float64 {
	for i := len(w.lines) - 1; i >= 0; i-- {
		l := w.lines[i]
		for _, m := range l.money {
			if math.Abs(m.value-v) > 0.01 {
				continue
			}
			var best *float64
			for k, x := range l.parts {
				if x.end <= m.start && m.start-x.end < 120 && (l.who[k] == nil || slices.Contains(l.who[k], no) || !r.onlyPlaintiffs(l.who[k]) && !r.isInsurer(no)) {
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

func (r *reader) onlyPlaintiffs(nos []int) bool {
	for _, no := range nos {
		if r.parties[no].Role != party.Plaintiff {
			return false
		}
	}
	return true
}
