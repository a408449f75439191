package ruling

import (
	"strings"

	"caipan/model/judgment"
)

// action is what an item does to a judgment below.
type action struct {
	kind   string // affirm | quash | change
	refs   []int
	whole  bool
	target string // instance of the judgment meant, "" the one right below
}

// higher reads an item that speaks about a judgment below; false where it is an order of its own.
func (r *reader) higher(it *Item) bool {
	head := it.text
	if k := strings.IndexFunc(head, isQuote); k > 0 {
		head = head[:k]
	}
	if k := strings.IndexFunc(head, endsSentence); k > 0 {
		head = head[:k]
	}
	has := func(kind wordKind) bool { return r.plain.has(kind, 0, len(head)) }
	if r.beginsFees(head) {
		it.Kind = KindFees
		return true
	}
	switch {
	case has(wAffirmWhole) && !strings.Contains(head, "变更") && !has(wQuash):
		it.Kind, it.actions = KindAffirm, []action{{kind: "affirm", whole: true}}
		return true
	case has(wRemand) && !strings.Contains(head, "指令卡") && (strings.Contains(head, "重审") || strings.Contains(head, "审理") || strings.Contains(head, "审判") || strings.Contains(head, "移送")):
		it.Kind, it.actions = KindRemand, r.actions(head)
		return true
	case has(wReject) && !has(wPay) && !strings.Contains(head, "诉讼请求") && !r.isCriminal(head):
		it.Kind, it.actions = KindReject, r.actions(head)
		r.rejected(it)
		return true
	case it.Instance != instFirst && dismissesAppeal(head):
		it.Kind = KindAffirm
		return true
	}
	it.actions = r.actions(head)
	if len(it.actions) == 0 {
		return false
	}
	it.Kind = map[string]string{"affirm": KindAffirm, "quash": KindQuash, "change": KindChange}[it.actions[0].kind]
	r.newWords(it, head)
	return true
}

func (r *reader) isCriminal(head string) bool { return strings.Contains(head, "公诉") }

// dismissesAppeal reports 驳回某甲的上诉 or 驳回…其他上诉请求.
func dismissesAppeal(s string) bool {
	k := strings.Index(s, "驳回")
	if k < 0 {
		return false
	}
	s = s[k:]
	return (strings.Contains(s, "上诉请求") || strings.Contains(s, "的上诉") || strings.Contains(s, "再审请求") || strings.Contains(s, "再审申请")) && !strings.Contains(s, "诉讼请求")
}

// actions reads 维持, 撤销 and 变更 with the judgment and the items they name.
func (r *reader) actions(head string) []action {
	type verb struct {
		hit
		kind string
	}
	var verbs []verb
	for from := 0; from < len(head); {
		best := verb{hit: hit{at: len(head)}}
		for _, kind := range []wordKind{wAffirm, wQuash, wChange} {
			if h, ok := r.plain.find(kind, 0, len(head), from); ok && h.at < best.at {
				best = verb{h, kindNames[kind]}
			}
		}
		if best.kind == "" {
			break
		}
		verbs, from = append(verbs, best), best.end
	}
	var out []action
	for i, v := range verbs {
		end := len(head)
		if i+1 < len(verbs) {
			end = verbs[i+1].at
		}
		part := head[v.end:end]
		if v.kind == "change" {
			if k := strings.Index(part, "为"); k > 0 {
				part = part[:k]
			}
		} else if k := strings.IndexAny(part, ";。"); k > 0 {
			part = part[:k]
		}
		h, named := r.t.find(wJudgment, part, 0)
		refs := itemRefs(part)
		if !named && (len(refs) == 0 || i == 0 && v.kind == "quash") {
			continue
		}
		if named && h.at > 240 {
			continue
		}
		out = append(out, action{kind: v.kind, refs: refs, whole: len(refs) == 0, target: targetOf(part)})
	}
	return out
}

// targetOf reads which court's judgment is meant.
func targetOf(s string) string {
	first := strings.Contains(s, "初字") || strings.Contains(s, "民初") || strings.Contains(s, "一审")
	second := strings.Contains(s, "终字") || strings.Contains(s, "民终") || strings.Contains(s, "二审")
	switch {
	case first && second:
		return "both"
	case second:
		return instSecond
	case first:
		return instFirst
	}
	return ""
}

// newWords parses what a change puts in the place of the old, what 即“…” quotes, or what follows a quashing.
func (r *reader) newWords(it *Item, head string) {
	at := -1
	last := it.actions[len(it.actions)-1]
	switch last.kind {
	case "change":
		at = becomes(it.text)
	case "affirm":
		if k := strings.IndexFunc(it.text, isQuote); k > 0 {
			at = k
		}
	case "quash":
		if k := strings.IndexAny(head, ",;。:"); k > 0 && (r.t.has(wPay, head[k:]) || r.t.has(wDismiss, head[k:])) {
			at = k + 1
		}
	}
	if at < 0 || at >= len(it.text) {
		return
	}
	kind := it.Kind
	words := strings.Trim(it.text[at:], "“”")
	lead := strings.Index(it.text[at:], words)
	it.text, it.at = words, it.at+at+max(0, lead)
	it.text = unquote(it.text)
	r.scan(it)
	r.orders(it)
	if last.kind == "quash" {
		return
	}
	it.Kind = kind
}

// becomes finds the words behind 变更…为.
func becomes(s string) int {
	for _, w := range []string{"为:", "为“", "”为”", "为”", "为:“"} {
		if k := strings.Index(s, w); k > 0 {
			return k + len(w)
		}
	}
	k := strings.Index(s, "变更")
	if k < 0 {
		k = strings.Index(s, "改判")
	}
	if k < 0 {
		return -1
	}
	if m := strings.Index(s[k:], "为"); m > 0 {
		return k + m + len("为")
	}
	if m := strings.IndexAny(s[k:], ",:"); m > 0 {
		return k + m + 1
	}
	return -1
}

// unquote makes quotation marks plain so that the words between them are read as orders; lengths stay.
func unquote(s string) string {
	return strings.NewReplacer("“", "   ", "”", "   ").Replace(s)
}

// rejected reads against whom an action is rejected: nobody named means all.
func (r *reader) rejected(it *Item) {
	it.mentions = r.res.Find(it.text)
	o := &Order{Form: "reject", from: 0, to: len(it.text), item: it}
	for _, m := range it.mentions {
		if k := strings.LastIndex(it.text[:m.Start], "对"); k >= 0 {
			for _, no := range m.Nos {
				if r.parties[no].Role != "plaintiff" {
					o.Debtors = append(o.Debtors, no)
				}
			}
		}
	}
	it.Orders = append(it.Orders, o)
}

// lowerItems resolves an item number of an operative part: its own item, or the maintained items it stands for.
func (r *reader) lowerItems(o *operative, n int, from *Item) []*Item {
	if from.Kind == KindChange {
		for _, p := range r.parts {
			if p != o && p.instance != o.instance {
				if it := itemNo(p, n); it != nil && it != from {
					return []*Item{it}
				}
			}
		}
	}
	it := itemNo(o, n)
	if it == nil {
		return nil
	}
	if len(it.Orders) > 0 || it.Kind != KindAffirm {
		return []*Item{it}
	}
	var out []*Item
	for _, a := range it.actions {
		for _, p := range r.parts {
			if p == o {
				break
			}
			for _, ref := range a.refs {
				if low := itemNo(p, ref); low != nil {
					out = append(out, low)
				}
			}
		}
	}
	return out
}

func itemNo(o *operative, n int) *Item {
	if n < 1 || n > len(o.items) {
		return nil
	}
	return o.items[n-1]
}

// unread is the result for a text without operative part.
func (r *reader) unread() Result {
	r.note("no operative part found")
	var rows []judgment.Ruling
	for i := range r.parties {
		if p := &r.parties[i]; p.Role == "defendant" {
			rows = append(rows, judgment.Ruling{PartyNo: i, PartyName: p.Name, Role: p.Role, Label: judgment.LabelUnknown, Via: "own", Rule: "no-operative-part"})
		}
	}
	return Result{Rulings: rows, Outcome: "other", Notes: r.notes}
}

// hasCounterClaim reports whether the case has a counter-claim (反诉).
func (r *reader) hasCounterClaim() bool {
	if r.counter == nil {
		has := r.findsCounterClaim()
		r.counter = &has
	}
	return *r.counter
}

func (r *reader) findsCounterClaim() bool {
	for i := range r.parties {
		if strings.Contains(r.parties[i].RoleText, "反诉") {
			return true
		}
	}
	return strings.Contains(r.canonical, "反诉请求") || strings.Contains(r.canonical, "提起反诉") || strings.Contains(r.canonical, "反诉称")
}
