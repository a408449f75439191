package ruling

import (
	"strings"
	"unicode/utf8"

	"caipan/features/party"
	"caipan/model/judgment"
)

// Kinds of items.
const (
	KindOrder   = "order"   // somebody must pay or do something, or a legal relation is made or ended
	KindDismiss = "dismiss" // 驳回
	KindAffirm  = "affirm"  // 维持, 驳回上诉
	KindQuash   = "quash"   // 撤销 a judgment or items of it
	KindChange  = "change"  // 变更 items of a judgment
	KindRemand  = "remand"  // 发回重审
	KindReject  = "reject"  // 驳回起诉, 准许撤回
	KindFees    = "fees"    // costs and advice: never liability
	KindUnknown = "unknown" // nothing understood
)

// Item (判项) is one item of an operative part as parsed.
type Item struct {
	No       int    // order of appearance in its operative part, from 1
	Instance string // whose operative part
	Kind     string
	Span     judgment.Span
	Via      string // own | affirmed | reversed | patched: as it stands at the end; "" if it fell
	Orders   []*Order

	text     string // view of the item without its number
	at       int    // offset of text in the operative's view
	op       *operative
	actions  []action
	mentions []party.Mention
	masked   string // text with mentions, brackets and quotations blanked
}

// Order (给付内容) is what one item orders of one group of debtors.
type Order struct {
	Debtors []int
	Name    string // the debtor's name where it fits no party
	Form    string // pay | act | declare | liable | hold | priority | free
	Label   string
	Amount  *float64
	Each    map[int]float64 // amount of each debtor where the item gives each his own
	Rule    string
	Span    judgment.Span

	each, joint, mutual, common, supplementary, equitable, guarantee, insurer bool
	sums                                                                      []float64
	total                                                                     *float64
	single                                                                    float64 // what each pays where a total follows
	interest, costs                                                           float64
	masked, absorbed, ranged, enlarged                                        bool
	empty                                                                     bool // names the form only; the sums stand in other orders
	refs                                                                      []int
	refAll, refSelf                                                           bool
	objects                                                                   []int
	parts                                                                     int // own portions taken up by a joint clause
	cases                                                                     int // joined cases that get the sum each
	cap, explicit, fraction                                                   *float64
	base                                                                      *float64
	creditors                                                                 []int
	recourse                                                                  string
	head                                                                      string
	from, to                                                                  int // view offsets of its words
	item                                                                      *Item
	debt                                                                      bool // words of money stand in it
}

// numberStyle tells the numbering styles apart.
type numberStyle int

const (
	styleNone    numberStyle = iota
	styleChinese             // 一、
	styleBracket             // （一）
	styleDigits              // 1.
)

// numberMark returns the style and length of an item number at the beginning of s.
func numberMark(s string) (numberStyle, int) {
	if strings.HasPrefix(s, "(") {
		_, end := chineseAt(s, 1)
		style := styleBracket
		if end == 0 {
			for end = 1; end < len(s) && isDigit(s[end]); end++ {
			}
			style = styleDigits
		}
		if end > 1 && end <= 8 && strings.HasPrefix(s[end:], ")") {
			return style, end + 1
		}
		return styleNone, 0
	}
	if v, end := chineseAt(s, 0); end > 0 && v >= 1 && v < 100 && end <= 9 {
		rest := s[end:]
		for _, sep := range []string{"、", ".", ",", ":"} {
			if after, ok := strings.CutPrefix(rest, sep); ok && !followed(after, "二审", "二项", "三项", "四项", "五项", "三审") && (sep != "," || end <= 6 && v <= 10) {
				return styleChinese, end + len(sep)
			}
		}
		return styleNone, 0
	}
	k := 0
	for k < len(s) && isDigit(s[k]) {
		k++
	}
	if k == 0 || k > 2 {
		return styleNone, 0
	}
	rest := s[k:]
	if strings.HasPrefix(rest, "、") {
		return styleDigits, k + len("、")
	}
	if strings.HasPrefix(rest, ".") && (len(rest) < 2 || !isDigit(rest[1])) {
		return styleDigits, k + 1
	}
	return styleNone, 0
}

// mark is an item number found.
type mark struct {
	at, end int
	style   numberStyle
}

// closer finds the closing quotation marks of a text, going forward.
type closer struct {
	s  string
	at int // the closing mark found last, len(s) if there is none behind
}

// within returns the first closing mark at or behind i that ends within max bytes from there, -1 if there is none.
func (c *closer) within(i, max int) int {
	if c.at < i || i == 0 {
		k := strings.Index(c.s[i:], "”")
		if c.at = i + k; k < 0 {
			c.at = len(c.s)
		}
	}
	if end := c.at + len("”"); end > len(c.s) || end > i+max {
		return -1
	}
	return c.at
}

// marks finds the numbers at the beginnings of sentences outside quotations.
func marks(s string) []mark {
	var out []mark
	closeAt, closing := -1, closer{s: s}
	begin := true
	for i := 0; i < len(s); {
		if begin && i > closeAt {
			if style, n := numberMark(s[i:]); style != styleNone {
				out = append(out, mark{i, i + n, style})
				i += n
				begin = false
				continue
			}
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		switch c {
		case '“':
			if i > closeAt {
				if k := closing.within(i, 6000); k > 0 {
					closeAt = k
				}
			}
			begin = false
		case '\n', '。', ';', ':':
			begin = true
		case ',', '.', ')', '”':
			begin = begin && c == ')' || strings.HasPrefix(s[i+n:], "、")
		case '、':
			if !begin && i > 0 && (s[i-1] == ',' || strings.HasSuffix(s[:i], "。")) {
				begin = true
			}
		default:
			begin = false
		}
		i += n
	}
	return out
}

// split cuts an operative part into its items.
func (r *reader) split(o *operative) {
	s := o.v.s
	all := marks(s)
	top := styleNone
	for _, style := range []numberStyle{styleChinese, styleBracket, styleDigits} {
		for _, m := range all {
			if m.style == style && top == styleNone {
				top = style
			}
		}
	}
	var cuts []mark
	for _, m := range all {
		if m.style == top {
			cuts = append(cuts, m)
		}
	}
	switch {
	case len(cuts) == 0:
		r.paragraphs(o, 0, len(s))
	default:
		if lead := strings.TrimSpace(s[:cuts[0].at]); utf8.RuneCountInString(lead) > 8 && !strings.HasSuffix(lead, ":") {
			r.paragraphs(o, 0, cuts[0].at)
		}
		for i, m := range cuts {
			end := len(s)
			if i+1 < len(cuts) {
				end = cuts[i+1].at
			}
			r.addItem(o, m.at, m.end, end)
		}
	}
}

// paragraphs makes each line an item; lines of costs and advice are not counted.
func (r *reader) paragraphs(o *operative, from, to int) {
	for from < to {
		end := to
		if k := strings.IndexByte(o.v.s[from:to], '\n'); k >= 0 {
			end = from + k
		}
		if line := o.v.s[from:end]; strings.TrimSpace(line) != "" && !r.beginsFees(line) {
			r.addItem(o, from, from, end)
		}
		from = end + 1
	}
}

func (r *reader) beginsFees(s string) bool {
	head := s[:min(len(s), 120)]
	if k := strings.IndexFunc(head, endsPhrase); k > 0 {
		head = head[:k]
	}
	h, fees := r.t.find(wFees, head, 0)
	return (fees && h.at <= 40 || r.t.has(wDelay, head)) && !r.t.has(wDismiss, head) && !strings.Contains(head, "赔偿")
}

// beginsCosts reports whether a clause begins with a fee of the procedure (鉴定费689元，由被告负担).
func (r *reader) beginsCosts(s string) bool {
	return len(s) > 0 && (r.t.at(wCosts, s, 0) > 0 || strings.HasPrefix(s, "本案") && r.t.at(wCosts, s, len("本案")) > 0)
}

func (r *reader) addItem(o *operative, at, textAt, end int) {
	if len(o.items) >= itemsMax {
		if len(o.items) == itemsMax {
			r.note("more than 600 items; the rest was not read")
		}
		return
	}
	it := &Item{No: len(o.items) + 1, Instance: o.instance, text: o.v.s[textAt:end], at: textAt, op: o}
	stop := end
	for stop > at && (o.v.s[stop-1] == '\n' || o.v.s[stop-1] == ';') {
		stop--
	}
	it.Span = o.v.span(r.canonical, at, stop)
	o.items = append(o.items, it)
}
