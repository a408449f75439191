package ruling

import (
	"math"
	"slices"
	"strings"

	"caipan/features/party"
	"caipan/model/judgment"
	"caipan/model/text"
)

func foldPlain(s string) string { return text.TrimSpaces(text.FoldString(s)) }

// outcome is the result of the document: by the claims at first instance, by what became of the judgment below later.
func (r *reader) outcome(st *state) string {
	own := r.parts[len(r.parts)-1]
	switch {
	case st.remanded:
		return "remanded"
	case own.instance != instFirst:
		return r.higherOutcome(st, own)
	case len(st.reject) > 0 && !r.anyOrder(st):
		if !strings.Contains(own.v.s, "撤") {
			return "other" // 驳回起诉: dismissed without a decision on the merits, by the court
		}
		return "withdrawn"
	case r.h.DocType == "order":
		if label, _, _ := r.noMerits(st); label != "" {
			return "other"
		}
	}
	return r.firstOutcome(st)
}

func (r *reader) higherOutcome(st *state, own *operative) string {
	if len(st.reject) > 0 && !st.quashed {
		return "withdrawn"
	}
	switch {
	case st.quashed && !st.kept:
		return "reversed"
	case st.quashed, st.changed:
		return "patched"
	}
	for _, it := range own.items {
		if it.Kind == KindAffirm {
			return "affirmed"
		}
	}
	return "other"
}

// anyOrder reports whether anything was ordered against the plaintiff's opponents.
func (r *reader) anyOrder(st *state) bool {
	for _, it := range st.standing {
		for _, o := range it.Orders {
			switch o.Form {
			case "pay", "act", "liable", "declare", "priority":
				if len(o.Debtors) == 0 || r.parties[o.Debtors[0]].Role != party.Plaintiff {
					return true
				}
			}
		}
	}
	return false
}

// firstOutcome compares what was claimed with what was granted.
func (r *reader) firstOutcome(st *state) string {
	granted := r.anyOrder(st)
	dismissed := false
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form == "free" || o.Form == "dismiss" && !strings.HasPrefix(o.Rule, "dismiss-counter") {
				dismissed = true
				if o.Rule == "dismiss-all" && !granted {
					return "dismissed"
				}
			}
		}
	}
	switch {
	case granted && dismissed:
		return "partly"
	case granted && (r.spared(st) || !r.supported() && r.claimLeft(st)):
		return "partly"
	case granted:
		return "granted"
	case dismissed || r.againstPlaintiff(st):
		return "dismissed"
	}
	for _, it := range r.parts[len(r.parts)-1].items {
		if it.Kind == KindAffirm {
			return "affirmed"
		}
	}
	return "other"
}

// againstPlaintiff reports whether the only orders bind the plaintiff: his own claim failed.
func (r *reader) againstPlaintiff(st *state) bool {
	for _, it := range st.standing {
		for _, o := range it.Orders {
			if o.Form == "pay" && len(o.Debtors) > 0 && r.parties[o.Debtors[0]].Role == party.Plaintiff {
				return true
			}
		}
	}
	return false
}

// supported reports whether the reasoning ends by supporting the plaintiff's claim as a whole.
func (r *reader) supported() bool {
	for _, s := range r.secs {
		if s.Kind != judgment.SecReasoning && s.Kind != judgment.SecBasis || s.Quoted {
			continue
		}
		body := s.Span.Of(r.canonical)
		for from := 0; ; {
			k := strings.Index(body[from:], "诉讼请求")
			if k < 0 {
				break
			}
			from += k + len("诉讼请求")
			end := min(len(body), from+90)
			if k := strings.IndexAny(body[from:end], "。；"); k >= 0 {
				end = from + k
			}
			words, lead := body[from:end], body[max(0, from-45):from]
			if strings.Contains(words, "予以支持") && !strings.Contains(words, "不予支持") && !strings.Contains(words, "部分") && !strings.Contains(words, "合理") &&
				!strings.Contains(lead, "部分") && !strings.Contains(lead, "合理") && (strings.Contains(lead, "原告") || strings.Contains(lead, "其")) {
				return true
			}
		}
	}
	return false
}

// spared reports whether a defendant of the claim is bound by nothing.
func (r *reader) spared(st *state) bool {
	for _, no := range r.defends {
		if len(st.orders(no)) == 0 && !r.withdrawnAgainst(no) {
			return true
		}
	}
	return false
}

// claimLeft reports whether a sum claimed is found nowhere in what was granted.
func (r *reader) claimLeft(st *state) bool {
	claimed := r.claimed()
	if len(claimed) == 0 {
		return false
	}
	var granted []float64
	total := 0.0
	for _, it := range st.standing {
		for _, m := range sums(it.text) {
			granted = append(granted, m.value)
		}
		for _, o := range it.Orders {
			if o.Amount != nil && o.Form == "pay" {
				granted = append(granted, *o.Amount)
				total += *o.Amount
			}
		}
	}
	if total == 0 && len(granted) == 0 {
		return false // only acts were ordered: no sum can be missing that a sum was set beside
	}
	granted = append(granted, total)
	sum := 0.0
	for _, c := range claimed {
		sum += c
	}
	if near(sum, total) {
		return false
	}
	for _, c := range claimed {
		if !slices.ContainsFunc(granted, func(g float64) bool { return near(c, g) }) && c > 0 {
			return true
		}
	}
	return false
}

func near(a, b float64) bool { return math.Abs(a-b) <= 0.01+0.0005*math.Max(a, b) }

// claimed returns the sums of the plaintiff's claim, the changed claim if it was changed.
func (r *reader) claimed() []float64 {
	for _, s := range r.secs {
		if s.Kind != judgment.SecClaims || s.Quoted || s.Holder != "plaintiff" {
			continue
		}
		v := r.folded(s)
		at := -1
		for _, w := range []string{"变更诉讼请求为", "变更为", "诉讼请求:", "请求判令", "诉讼请求", "请求", "要求"} {
			if k := strings.Index(v, w); k >= 0 {
				at = k + len(w)
				break
			}
		}
		if at < 0 {
			continue
		}
		body := v[at:]
		for _, w := range []string{"事实和理由", "事实与理由", "事实及理由", "事实、理由"} {
			if k := strings.Index(body, w); k > 0 {
				body = body[:k]
			}
		}
		return r.claimSums(firstStatement(body))
	}
	return nil
}

// claimSums reads the sums claimed, without bases, costs and what stands in brackets.
func (r *reader) claimSums(body string) []float64 {
	var out []float64
	masked := r.mask(body, nil)
	last := 0
	for _, m := range sums(masked) {
		w := masked[max(last, m.start-window):m.start]
		last = m.end
		if m.masked || r.t.has(wAside, w) || endsWith(r.t, wInterest, w) || r.t.has(wCosts, w) && !r.t.has(wTotal, w) {
			continue
		}
		if r.t.has(wTotal, w) {
			out = nil
		}
		out = append(out, m.value)
		if len(out) > 60 {
			return out
		}
	}
	return out
}

// firstStatement cuts a claim at the first full stop that no further numbered claim follows.
func firstStatement(s string) string {
	for from := 0; ; {
		k := strings.IndexFunc(s[from:], endsSentence)
		if k < 0 {
			return s
		}
		end := from + k
		next := strings.TrimLeft(s[end:], "。\n")
		if style, _ := numberMark(next); style == styleNone && !strings.HasPrefix(next, "第") && !strings.HasPrefix(next, "以上") && !strings.HasPrefix(next, "共计") && !strings.HasPrefix(next, "合计") {
			return s[:end]
		}
		from = len(s) - len(next)
	}
}
