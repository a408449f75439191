package inference

import (
	"fmt"
	"strings"

	"caipan/model/doctrine"
	"caipan/model/judgment"
)

// Line is one line of an explanation. Indent is its depth; FindingIDs lead to the quoted words.
type Line struct {
	Indent     int
	Text       string
	Kind       string // result | rule | condition | assumption | quote | defeat | in_dubio | missing | decisive | law
	RuleID     string
	FindingIDs []string
}

// Quote gives the words behind a finding for an explanation, with their place and holder; "" if it is not known.
type Quote func(findingID string) string

// Explain writes the path of a decision for a lawyer in "zh" or else English: the result, the rule with its provision
// and reason, every condition with its value and the words behind it, what was assumed on what ground, rules that
// stood before it and why they did not hold, what is missing and what would have changed the result.
// It is a pure function of the decision, the pack and the quotes; quote may be nil.
func Explain(p *doctrine.Pack, d judgment.Decision, lang string, quote Quote) []Line {
	x := explainer{pack: p, lang: lang, quote: quote, steps: d.Steps, rows: map[string]*doctrine.Row{}}
	for _, t := range p.Tables {
		for _, r := range t.Rows {
			x.rows[r.ID] = r
		}
	}
	x.result(d)
	x.deciding()
	for _, s := range d.Steps {
		switch s.Kind {
		case "defeat":
			x.add(Line{Indent: 1, Kind: "defeat", RuleID: s.RuleID, Text: x.say(s.RuleID+" is "+s.Condition, s.RuleID+" 被 "+strings.TrimPrefix(s.Condition, "displaced by ")+" 排除")})
		case "in_dubio":
			x.add(Line{Indent: 1, Kind: "in_dubio", RuleID: s.RuleID, Text: x.say("In doubt: ", "存疑从轻：") + p.InDubio.Ground.In(lang) + " (" + p.InDubio.Source + ")"})
		}
	}
	x.before()
	x.tail(d)
	return x.lines
}

// deciding shows the rules of the deciding rank in full and names the later ones that hold too.
func (x *explainer) deciding() {
	rank := ""
	for i, s := range x.steps {
		if s.Parent >= 0 || s.Kind != "rule" || s.Truth != "true" {
			continue
		}
		own := field(s.Condition, "rank")
		if rank == "" {
			rank = own // steps stand in order of rank
		}
		if own == rank {
			x.rule(i, 1)
			continue
		}
		text := s.RuleID + x.say(" would hold too, but stands behind", " 亦成立，但顺位在后")
		if r := x.rows[s.RuleID]; r != nil {
			text += x.say(": ", "：") + r.Reason.In(x.lang)
		}
		x.add(Line{Indent: 1, Kind: "rule", RuleID: s.RuleID, Text: text})
	}
}

// lawAssumed puts the basis that was assumed into the reader's language.
func (x *explainer) lawAssumed(text string) string {
	if x.lang != "zh" {
		return text
	}
	return assumedZh.Replace(text)
}

var assumedZh = strings.NewReplacer("no date known, the newest law is assumed", "日期均不明，推定适用最新法律", "as if ", "假定适用时间为",
	"date of act unknown, law of the day of ", "行为日不明，推定适用", "date of filing unknown, law of the day of ", "立案日不明，推定适用",
	"date of judgment unknown, law of the day of ", "裁判日不明，推定适用", "first day of the act ", "行为起始日", "filing ", "立案日", "judgment ", "裁判日", " assumed", "的法律")

type explainer struct {
	pack  *doctrine.Pack
	lang  string
	quote Quote
	steps []judgment.Step
	rows  map[string]*doctrine.Row
	lines []Line
	depth int
}

func (x *explainer) say(en, zh string) string {
	if x.lang == "zh" {
		return zh
	}
	return en
}

func (x *explainer) add(l Line) { x.lines = append(x.lines, l) }

var words = map[string]string{"decided": "已判定", "undetermined": "不能判定", "conflict": "规则冲突", "out_of_scope": "不在范围内",
	"joint": "连带责任", "joint_limited": "部分连带责任", "supplementary": "补充责任", "share": "按份责任", "own": "自己责任", "none": "不承担责任",
	"full": "全部", "duty": "义务范围内", "enlarged": "损害扩大部分", "third_party_first": "第三人先行赔偿", "internal": "内部追偿", "low": "低", "medium": "中", "high": "高"}

func (x *explainer) word(w string) string {
	if x.lang == "zh" && words[w] != "" {
		return words[w]
	}
	return strings.ReplaceAll(w, "_", " ")
}

func (x *explainer) result(d judgment.Decision) {
	text := x.word(d.Outcome)
	if d.Outcome == "decided" {
		text = x.word(d.Liability)
	}
	for _, p := range [][3]string{{"scope", "范围", d.Scope}, {"order", "顺序", strings.Replace(d.Order, "none", "", 1)}, {"recourse", "追偿", strings.Replace(d.Recourse, "none", "", 1)}} {
		if p[2] != "" {
			text += x.say("; "+p[0]+" ", "；"+p[1]) + x.word(p[2])
		}
	}
	if d.CapFraction != nil {
		text += x.say(fmt.Sprintf("; generally not above %g of the total", *d.CapFraction), fmt.Sprintf("；一般不超过总额的%g", *d.CapFraction))
	}
	if d.RuleID != "" {
		text += x.say(" (rule ", "（规则") + d.RuleID + x.say(")", "）")
	}
	x.add(Line{Kind: "result", RuleID: d.RuleID, Text: x.say("Doctrine "+d.Doctrine+", "+d.Variant+": ", "学说 "+d.Doctrine+"，"+d.Variant+"：") + text})
}

func (x *explainer) rule(i, indent int) {
	s := x.steps[i]
	r := x.rows[s.RuleID]
	text := s.RuleID
	if r != nil {
		text += ": " + r.Reason.In(x.lang) + " [" + r.Source + "]"
	}
	if c := x.cite(s.Norm); c != "" {
		text += " " + c
	}
	x.add(Line{Indent: indent, Kind: "rule", RuleID: s.RuleID, Text: text})
	for k := i + 1; k < len(x.steps); k++ {
		if x.steps[k].Parent == i {
			x.condition(k, r, indent+1)
		}
	}
}

func (x *explainer) cite(norms string) string {
	var out []string
	for _, n := range strings.Fields(norms) {
		c := x.pack.Vocabulary.Cite(n)
		if v := x.pack.Vocabulary.Norm(n); v != nil {
			c += x.say(" (in force from "+v.From, "（自"+v.From+"施行") + x.say(until(v.To)+")", untilZh(v.To)+"）")
		}
		out = append(out, c)
	}
	return strings.Join(out, x.say(", ", "、"))
}

func until(to string) string {
	if to == "" {
		return ""
	}
	return " to " + to
}

func untilZh(to string) string {
	if to == "" {
		return ""
	}
	return "至" + to
}

func (x *explainer) condition(k int, r *doctrine.Row, indent int) {
	s := x.steps[k]
	variable, _, _ := strings.Cut(s.Condition, " ")
	value, _, assumed := strings.Cut(s.Result, assumedMark)
	text := x.name(variable) + x.say(": ", "：") + x.label(variable, value)
	switch {
	case assumed && r != nil:
		for _, a := range r.OnUnknown {
			if a.Variable == variable {
				text += x.say("; assumed to "+map[bool]string{true: "hold", false: "fail"}[a.Holds]+": ", "；推定"+map[bool]string{true: "成立", false: "不成立"}[a.Holds]+"：") + a.Ground.In(x.lang)
			}
		}
		x.add(Line{Indent: indent, Kind: "assumption", Text: text})
	default:
		if s.Truth != "true" {
			text += x.say(" (the rule needs "+needs(s.Condition)+")", "（规则要求 "+x.needsZh(s.Condition)+"）")
		}
		x.add(Line{Indent: indent, Kind: "condition", Text: text, FindingIDs: s.FindingIDs})
	}
	x.quotes(s.FindingIDs, indent+1)
	x.derivation(variable, indent+1)
}

func needs(c string) string {
	_, rest, _ := strings.Cut(c, " ")
	rest = strings.NewReplacer("not in [", "other than ", "in [", "", "]", "").Replace(rest)
	return strings.ReplaceAll(rest, " ", " or ")
}

func (x *explainer) needsZh(c string) string {
	variable, rest, _ := strings.Cut(c, " ")
	not := strings.HasPrefix(rest, "not")
	_, list, _ := strings.Cut(strings.TrimSuffix(rest, "]"), "[")
	var out []string
	for _, v := range strings.Fields(list) {
		out = append(out, x.label(variable, v))
	}
	return map[bool]string{true: "非", false: ""}[not] + strings.Join(out, "或")
}

func (x *explainer) quotes(ids []string, indent int) {
	if x.quote == nil {
		return
	}
	for _, id := range ids {
		if q := x.quote(id); q != "" {
			x.add(Line{Indent: indent, Kind: "quote", Text: q, FindingIDs: []string{id}})
		}
	}
}

// derivation shows how a derived variable came about, at most a few levels deep.
func (x *explainer) derivation(variable string, indent int) {
	if x.pack.DerivedVariable(variable) == nil || x.depth > 4 {
		return
	}
	x.depth++
	defer func() { x.depth-- }()
	for i, s := range x.steps {
		if s.Kind != "derived" || s.Parent >= 0 || !strings.HasPrefix(s.Condition, variable+" ") {
			continue
		}
		for k := i + 1; k < len(x.steps); k++ {
			if x.steps[k].Parent == i && x.steps[k].Kind == "rule" && x.steps[k].Truth == "true" {
				x.rule(k, indent)
			}
		}
		return
	}
}

func (x *explainer) name(variable string) string {
	if d := x.pack.DerivedVariable(variable); d != nil {
		return d.Name.In(x.lang)
	}
	if v := x.pack.Vocabulary.Variable(variable); v != nil {
		return v.Name(x.lang)
	}
	return variable
}

func (x *explainer) label(variable, value string) string {
	for _, v := range x.pack.ValuesOf(variable) {
		if v.ID == value {
			if x.lang == "zh" {
				return v.Zh
			}
			return v.En
		}
	}
	if v := x.pack.Vocabulary.Variable("platform_state"); v != nil {
		return v.Label(value, x.lang)
	}
	return value
}

// before lists the rules of earlier rank with the one condition that kept each from holding.
func (x *explainer) before() {
	for i, s := range x.steps {
		if s.Kind != "rule" || s.Parent >= 0 || s.Truth == "true" {
			continue
		}
		why := ""
		for k := i + 1; k < len(x.steps) && why == ""; k++ {
			if x.steps[k].Parent == i {
				variable, _, _ := strings.Cut(x.steps[k].Condition, " ")
				value, _, _ := strings.Cut(x.steps[k].Result, assumedMark)
				why = x.name(variable) + x.say(": ", "：") + x.label(variable, value)
			}
		}
		x.add(Line{Indent: 1, Kind: "rule", RuleID: s.RuleID, Text: s.RuleID + x.say(map[string]string{"false": " does not hold, ", "unknown": " stays open, "}[s.Truth], map[string]string{"false": " 不成立，", "unknown": " 未定，"}[s.Truth]) + why})
	}
}

func (x *explainer) tail(d judgment.Decision) {
	if d.LawAssumed != "" {
		x.add(Line{Kind: "law", Text: x.say("Law in time: ", "法律适用时间：") + x.lawAssumed(d.LawAssumed)})
	}
	list := func(kind, en, zh string, ids []string) {
		if len(ids) == 0 {
			return
		}
		var names []string
		for _, id := range ids {
			var parts []string
			for _, one := range strings.Split(id, "+") {
				parts = append(parts, x.name(one))
			}
			names = append(names, strings.Join(parts, x.say(" together with ", "连同")))
		}
		x.add(Line{Kind: kind, Text: x.say(en, zh) + strings.Join(names, x.say(", ", "、"))})
	}
	list("decisive", "Another value would change the result: ", "改变结果的事实：", d.Decisive)
	list("missing", "Not known, and able to change the result: ", "尚不明且可能改变结果的事实：", d.Missing)
}

// Text joins lines with two spaces of indent each.
func Text(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.Repeat("  ", l.Indent) + l.Text + "\n")
	}
	return b.String()
}
