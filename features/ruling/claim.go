package ruling

import (
	"math"
	"slices"
	"strings"

	"caipan/features/party"
	"caipan/model/judgment"
)

// prayer (诉讼请求) is what one party is asked to pay, in yuan, by head of claim; costs asked for alone stand apart.
type prayer struct {
	total, costs float64
	heads        map[string]float64
	open         bool // a part cannot be computed
}

// claims sets the claimed amounts of defendants' rows; they stay nil where the prayer is not computable. A sum below
// what was granted is dropped: no court grants more than was asked for, so the prayer was not read whole.
func (r *reader) claims(rows []judgment.Ruling) {
	body := r.prayerText()
	if body == "" {
		return
	}
	asked := r.readPrayer(body)
	money := map[int]int{}
	for _, row := range rows {
		if row.HeadNo > 0 && row.HeadKind != "nonmoney" {
			money[row.PartyNo]++
		}
	}
	for i := range rows {
		row := &rows[i]
		a := asked[row.PartyNo]
		if a == nil || a.open || row.PartyNo < 0 || row.Label == judgment.LabelNotClaimed || row.Role == "counter_defendant" {
			continue
		}
		v := 0.0
		switch {
		case row.HeadNo == 0 || row.HeadKind != "nonmoney" && money[row.PartyNo] == 1:
			if v = a.total; v == 0 {
				v = a.costs
			}
		default:
			v = a.heads[row.HeadKind]
		}
		if v = math.Round(v*100) / 100; v > 0 && (row.Amount == nil || v >= *row.Amount*0.999) {
			row.ClaimedAmount = &v
		}
	}
}

// prayerText is the plaintiff's prayer at first instance, folded; "" where it is missing or changed in parts.
func (r *reader) prayerText() string {
	body, plea := "", ""
	for _, s := range r.secs {
		if s.Instance != instFirst || s.Kind != judgment.SecClaims && s.Kind != judgment.SecProcess || s.Kind == judgment.SecClaims && s.Holder != "plaintiff" {
			continue
		}
		v := r.folded(s)
		if r.scanned = r.t.prayer.scan(v, r.scanned[:0]); len(r.scanned) == 0 {
			continue
		}
		r.plain.arrange(v, r.scanned)
		if h, ok := r.plain.last(wPrayerChanged, 0, len(v)); ok {
			body = v[h.end:]
		} else if h, ok := r.plain.find(wPrayerStart, 0, len(v), 0); ok && body == "" {
			body = v[h.end:]
		} else if h, ok := r.plain.find(wPrayerPlea, 0, len(v), 0); ok && plea == "" {
			plea = v[h.end:]
		}
		if r.plain.has(wPrayerOpen, 0, len(v)) {
			return ""
		}
	}
	if body == "" {
		body = plea
	}
	if h, ok := r.t.find(wPrayerStop, body, 0); ok {
		body = body[:h.at]
	}
	return firstStatement(strings.TrimLeft(body, ":,"))
}

const claimMax = 20_000 // bytes of one section that are read for a claim

// folded is a section of claims folded, as far as it is read.
func (r *reader) folded(s judgment.Section) string {
	to := min(s.Span.End, s.Span.Start+claimMax)
	return foldPart(r.canonical, s.Span.Start, to, to, nil)
}

// readPrayer reads the prayer piece by piece into what each party is asked for.
func (r *reader) readPrayer(body string) map[int]*prayer {
	asked := map[int]*prayer{}
	of := func(no int) *prayer {
		if asked[no] == nil {
			asked[no] = &prayer{heads: map[string]float64{}}
		}
		return asked[no]
	}
	sofar := prayer{heads: map[string]float64{}}
	for _, piece := range strings.FieldsFunc(body, func(c rune) bool { return c == ';' || c == '。' || c == '\n' }) {
		one, follows := r.readPiece(piece, sofar)
		if follows { // 对上述债务承担连带责任: asked for what was asked before
			one = sofar
		}
		if one.total == 0 && one.costs == 0 && !one.open {
			continue
		}
		for _, no := range r.askedOf(piece) {
			if follows {
				*of(no) = prayer{one.total, one.costs, one.heads, one.open || sofar.open}
				continue
			}
			of(no).plus(one)
		}
		if !follows {
			for _, no := range r.answering(piece) {
				of(no).plus(one)
			}
			sofar.plus(one)
		}
	}
	return asked
}

// plus adds what one piece asks for.
func (a *prayer) plus(b prayer) {
	a.total, a.costs, a.open = a.total+b.total, a.costs+b.costs, a.open || b.open
	sum := map[string]float64{}
	for _, m := range []map[string]float64{a.heads, b.heads} {
		for k, v := range m {
			sum[k] += v
		}
	}
	a.heads = sum
}

// readPiece reads one request. follows: it asks a party to stand in for the sums asked before. Court fees, interest
// run up so far and declarations ask for nothing; 分别, 各, a masked sum, a total over several
// requests that is not the sum of those read and a payment without sum make it incomputable.
func (r *reader) readPiece(piece string, sofar prayer) (one prayer, follows bool) {
	t := r.t
	one.heads = map[string]float64{}
	masked := r.mask(piece, nil)
	all := sums(masked)
	if t.has(wPrayerDeclared, masked) && !t.has(wPay, masked) {
		return one, false
	}
	if len(all) == 0 {
		liable := t.has(wLiable, piece) || t.has(wJoint, piece) || t.has(wSupplementary, piece)
		if liable && t.has(wRange, piece) {
			return prayer{open: true}, false
		}
		one.open = !liable && t.has(wPay, piece) && !t.has(wFees, piece) && !t.has(wCosts, piece) && !t.has(wInterest, piece)
		return one, liable && !t.has(wFees, piece)
	}
	last, costs := 0, 0.0
	for _, m := range all {
		w := masked[max(last, m.start-window):m.start]
		last = m.end
		switch {
		case m.masked || t.has(wEach, w):
			return prayer{open: true}, false
		case t.has(wAside, w) || endsWith(t, wInterest, w) || t.has(wPrayerRunning, w) || endsWith(t, wFees, w) || t.at(wBaseAfter, masked, m.end) > 0 || isMultiple(masked[m.end:]):
		case t.has(wTotal, w) && sofar.total > 0 && near(m.value, sofar.total+sofar.costs+one.total+costs): // of all requests
		case t.has(wTotal, w) && one.total+costs == 0 && (strings.Contains(w, "以上") || strings.Contains(w, "上述")):
			return prayer{open: true}, false
		case t.has(wTotal, w) && one.total > 0 && strings.Contains(w, "项合计"): // of requests read before
		case t.has(wTotal, w):
			one.total, costs, one.heads = m.value, 0, map[string]float64{}
		default:
			head := (&itemParser{r: r}).headOf(w)
			one.heads[head] += m.value
			if head == "costs" {
				costs += m.value
			} else {
				one.total += m.value
			}
		}
	}
	if one.total > 0 {
		one.total += costs
	} else {
		one.costs = costs
	}
	return one, false
}

// answering names the parties behind the sums of a request who are to stand in for them: …元，乙公司承担连带责任. A
// limit or a sum of their own makes what they are asked for another thing.
func (r *reader) answering(piece string) []int {
	all := sums(piece)
	if len(all) == 0 {
		return nil
	}
	var out []int
	p := &itemParser{r: r, it: &Item{text: piece, masked: piece}}
	asked := r.askedOf(piece)
	for _, m := range r.res.Find(piece[all[0].end:]) {
		m.Start, m.End = m.Start+all[0].end, m.End+all[0].end
		words := piece[m.End:]
		if k := strings.IndexFunc(words, endsClause); k >= 0 {
			words = words[:k]
		}
		stands := r.t.has(wLiable, words) && (r.t.has(wJoint, words) || r.t.has(wSupplementary, words))
		if !stands || r.t.has(wRange, words) || len(sums(words)) > 0 || p.isObject(m, m.End+len(words)) {
			continue
		}
		for _, no := range others(m.Nos, append(out, asked...)) {
			if role := r.parties[no].Role; role == party.Defendant || role == party.ThirdParty {
				out = append(out, no)
			}
		}
	}
	return out
}

// askedOf names the parties a request is against: those named before its first sum that no preposition makes an
// object, all defendants where none is named.
func (r *reader) askedOf(piece string) []int {
	end := len(piece)
	if all := sums(piece); len(all) > 0 {
		end = all[0].start
	}
	p := &itemParser{r: r, it: &Item{text: piece, masked: piece}}
	var out []int
	for _, m := range r.res.Find(piece) {
		if m.End > end || p.isObject(m, max(end, m.End)) {
			continue
		}
		for _, no := range m.Nos {
			if role := r.parties[no].Role; (role == party.Defendant || role == party.ThirdParty) && !slices.Contains(out, no) {
				out = append(out, no)
			}
		}
	}
	if len(out) == 0 {
		return r.defends
	}
	return out
}
