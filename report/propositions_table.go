package report

import (
	"strconv"
	"strings"

	"caipan/model/doctrine"
	"caipan/model/vocabulary"
	"caipan/report/agreement"
)

// propositionWords are the words of the table in English and Chinese.
var propositionWords = map[string]doctrine.Label{
	verdictFor:     {En: "in line", Zh: "相符"},
	verdictAgainst: {En: "against", Zh: "相反"},
	verdictOpen:    {En: "open", Zh: "未定"},
	verdictNone:    {En: "not tested", Zh: "未检验"},
	verdictShown:   {En: "shown only", Zh: "仅列示"},
	"few_liable":   {En: "not testable here: too few parties held liable", Zh: "此处不可检验：裁判有责者过少"},
	"no_units":     {En: "not testable here: no party of whom this is known", Zh: "此处不可检验：无已知之当事人"},
	"one_side":     {En: "not testable here: one side has no party", Zh: "此处不可检验：一侧无当事人"},
	"no_number":    {En: "not testable here: the number does not exist", Zh: "此处不可检验：该数不存在"},
	"one_value":    {En: "not testable here: one value only", Zh: "此处不可检验：仅一种取值"},
	anyKnown:       {En: "found at all", Zh: "有认定"},
	notKnown:       {En: "not stated", Zh: "未提及"},
	"RULE":         {En: "rule", Zh: "规则"},
	"DIR":          {En: "direction", Zh: "方向"},
	"DEF":          {En: "definition", Zh: "定义"},
	"LAW":          {En: "law in force", Zh: "现行法"},
	"CTX":          {En: "context", Zh: "背景"},
	"REC":          {En: "advice", Zh: "立法建议"},
	"below_half":   {En: "below one half", Zh: "不足二分之一"},
	"half":         {En: "one half", Zh: "二分之一"},
	"above_half":   {En: "above one half", Zh: "超过二分之一"},
	"duty":         {En: "within the duty", Zh: "义务范围内"},
	"enlarged":     {En: "enlarged loss", Zh: "扩大部分"},
	"joint_plain":  {En: "together", Zh: "共同"},
	"internal":     {En: "among the debtors", Zh: "内部追偿"},
}

// addPropositionResults keeps every estimate under proposition.ID.NO, the shares of a difference under .of and .against,
// and the corrected p under .p_holm.
func addPropositionResults(r *Results, lines []propositionLine, marked bool) {
	for _, l := range lines {
		if l.Test == nil {
			continue
		}
		of := l.Statement.ID + "." + strconv.Itoa(l.No)
		r.add(Result{Key: "proposition." + of, Metric: "proposition_" + l.Test.How, Of: of, Estimate: l.Estimate, Marked: marked})
		if l.Test.How == "difference" && l.Verdict != verdictNone {
			for i, side := range []string{"of", "against"} {
				r.add(Result{Key: "proposition." + of + "." + side, Metric: "proposition_share", Of: of, Estimate: agreement.Wilson(l.Sides[i][0], l.Sides[i][1], Level), Marked: marked})
			}
		}
		if l.Clustered.Method != "" {
			r.add(Result{Key: "proposition." + of + ".clustered", Metric: "proposition_clustered", Of: of, Estimate: l.Clustered, Marked: marked})
		}
		for i, side := range []string{"of", "against"} {
			if l.Effective[i].Method != "" {
				r.add(Result{Key: "proposition." + of + ".effective_n." + side, Metric: "effective_n", Of: of, Estimate: l.Effective[i], Marked: marked})
			}
		}
		if l.P.Name != "" {
			e := agreement.Estimate{Value: l.HolmP, N: l.P.N, Method: l.P.Name + ", Holm over the propositions", NoInterval: true, Undefined: l.P.Undefined, Reason: l.P.Reason}
			r.add(Result{Key: "proposition." + of + ".p_holm", Metric: "p_holm", Of: of, Estimate: e, Marked: marked})
		}
	}
}

// propositionWriter writes conditions in words.
type propositionWriter struct {
	lang string
	set  *propositionSet
	voc  *vocabulary.Vocabulary
}

func (w *propositionWriter) word(key string) string {
	if l, ok := propositionWords[key]; ok {
		return l.In(w.lang)
	}
	return word(w.lang, key)
}

func (w *propositionWriter) say(en, zh string) string {
	return doctrine.Label{En: en, Zh: zh}.In(w.lang)
}

// table has a line for every statement and test.
func (w *propositionWriter) table(lines []propositionLine, caption string, notes []string) *Table {
	t := &Table{Name: "propositions", Caption: caption, Left: 4, Head: []string{"id", w.say("Kind", "性质"), w.say("Statement", "命题"), w.say("How tested", "检验方式"),
		"n", w.say("Estimate (Wilson; Newcombe; V)", "估计（Wilson；Newcombe；V）"), w.say("Interval over clusters (BCa)", "聚类区间（BCa）"), w.say("effective n", "有效样本量"), "p (Holm)", w.say("Reading", "结论")}}
	last := ""
	for _, l := range lines {
		s := l.Statement
		row := []string{s.ID + " (§" + s.Section + ")", w.word(s.Kind), s.About.In(w.lang)}
		if s.ID == last {
			row = []string{"", "", ""}
		}
		last = s.ID
		t.Rows = append(t.Rows, append(row, w.line(l)...))
	}
	t.Notes = append([]string{w.note(lines)}, notes...)
	return t
}

// line is how it was tested, n, estimate, p and reading.
func (w *propositionWriter) line(l propositionLine) []string {
	if l.Test == nil {
		return []string{w.say("not testable here: ", "此处不可检验：") + l.Statement.Untested.In(w.lang), "—", "—", "—", "—", "—", w.word(verdictNone)}
	}
	how := w.how(l.Test)
	if l.WhyNot != "" {
		n := l.Counts
		if n == "" {
			n = strconv.Itoa(l.Estimate.N)
		}
		return []string{how + w.say("; ", "；") + w.word(l.WhyNot), n, "—", "—", "—", "—", w.word(verdictNone)}
	}
	r := Result{Estimate: l.Estimate}
	p := "—"
	if l.P.Name != "" && !l.P.Undefined {
		p = agreement.FormatP(l.HolmP)
	}
	return []string{how, l.Counts, strings.TrimSpace(r.Value() + " " + r.Interval()), l.interval(), l.effective(), p, w.word(l.Verdict)}
}

// interval is that over clusters, "—" where there is none.
func (l *propositionLine) interval() string {
	if l.Clustered.Method == "" || l.Clustered.NoInterval || l.Clustered.Undefined {
		return "—"
	}
	return Result{Estimate: l.Clustered}.Interval()
}

// effective is the effective n of each side.
func (l *propositionLine) effective() string {
	var parts []string
	for _, e := range l.Effective {
		if e.Method == "" {
			continue
		}
		if e.Undefined {
			parts = append(parts, "—")
		} else {
			parts = append(parts, strconv.FormatFloat(e.Value, 'f', 1, 64))
		}
	}
	if len(parts) == 0 {
		return "—"
	}
	return strings.Join(parts, " − ")
}

func (w *propositionWriter) how(t *PropositionTest) string {
	among := ""
	if len(t.Where) > 0 {
		among = w.say(" among parties with ", "；限于：") + w.conditions(t.Where)
	}
	switch t.How {
	case "difference":
		return w.say("share with ", "比例差：") + w.either(t.Outcome) + w.say(": ", "；") + w.conditions(t.Of) + w.say(" minus ", " 减 ") + w.conditions(t.Against) + among + w.expects(t)
	case "share":
		return w.say("share with ", "比例：") + w.either(t.Outcome) + among + w.expects(t)
	case "association":
		return w.column(t.Variable) + w.say(" by ", " 与 ") + w.column(t.Outcome[0].Column) + w.say(" (Cramér's V, Bergsma)", "（Cramér V，Bergsma 校正）") + among
	}
	return w.say("agreement of prediction and ruling: ", "预测与裁判一致率：") + w.word("stage_"+strings.TrimSuffix(t.Result, ".agreement"))
}

func (w *propositionWriter) expects(t *PropositionTest) string {
	bound := strconv.FormatFloat(t.Bound, 'f', -1, 64)
	claim := map[string]doctrine.Label{"more": {En: "more", Zh: "更多"}, "less": {En: "less", Zh: "更少"}, "same": {En: "the same", Zh: "相同"}, "some": {En: "some", Zh: "存在"},
		"never": {En: "never", Zh: "从不"}, "above": {En: "above " + bound, Zh: "高于 " + bound}, "below": {En: "below " + bound, Zh: "低于 " + bound}}[t.Expects]
	if claim.En == "" {
		return ""
	}
	return w.say("; claimed: ", "；所主张：") + claim.In(w.lang)
}

func (w *propositionWriter) either(cs []Condition) string { return w.join(cs, w.say(" or ", "或")) }

func (w *propositionWriter) conditions(cs []Condition) string {
	return w.join(cs, w.say(" and ", "且"))
}

func (w *propositionWriter) join(cs []Condition, by string) string {
	out := make([]string, len(cs))
	for i, c := range cs {
		var values []string
		for _, v := range c.Values {
			values = append(values, w.value(c.Column, v))
		}
		out[i] = w.column(c.Column) + " = " + strings.Join(values, w.say(", ", "、"))
		if len(c.Values) == 1 && c.Values[0] == "yes" && strings.Contains(c.Column, ".") {
			out[i] = w.column(c.Column)
		}
	}
	return strings.Join(out, by)
}

func (w *propositionWriter) column(id string) string {
	if c := w.set.column(id); c != nil {
		return c.Name.In(w.lang)
	}
	variable, isFacts := strings.CutPrefix(id, policyFacts+".")
	if x := w.voc.Variable(variable); x != nil {
		if isFacts {
			return x.Name(w.lang) + w.say(" (facts found)", "（查明事实）")
		}
		return x.Name(w.lang)
	}
	return id
}

func (w *propositionWriter) value(column, v string) string {
	if l, ok := propositionWords[v]; ok {
		return l.In(w.lang)
	}
	if x := w.voc.Variable(strings.TrimPrefix(column, policyFacts+".")); x != nil {
		return x.Label(v, w.lang)
	}
	return w.word(v)
}

func (w *propositionWriter) note(lines []propositionLine) string {
	count := map[string]int{}
	for _, l := range lines {
		count[l.Verdict]++
	}
	n := func(v string) string { return strconv.Itoa(count[v]) }
	return w.say("Evidence policy: reasoning. Shares: Wilson; differences: Newcombe, hybrid score; p: Fisher's exact or Pearson's test, Holm over all lines with a test (one family); these take parties as independent. Interval over clusters of plaintiff and platform: BCa, 999 draws, seed 20240601; effective n after Kish. Reading: in line or against where both intervals lie wholly on one side of the bound; open where it does not or where a side has fewer than "+strconv.Itoa(minSide)+" parties; equality is never shown. Lines: "+n(verdictFor)+" in line, "+n(verdictAgainst)+" against, "+n(verdictOpen)+" open, "+n(verdictShown)+" shown only, "+n(verdictNone)+" not tested. What courts do proves no norm.",
		"证据层级：法院说理。比例：Wilson 区间；比例差：Newcombe 混合得分区间；p 值：Fisher 精确检验或 Pearson 检验，就全部可检验行（一族）作 Holm 校正；上述均以当事人相互独立为前提。聚类区间以原告与平台为聚类：BCa，999 次抽样，种子 20240601；有效样本量依 Kish。两种区间均全在界值一侧者为相符或相反；否则或一侧不足 "+strconv.Itoa(minSide)+" 个当事人者为未定；相同无从证成。共 "+n(verdictFor)+" 行相符，"+n(verdictAgainst)+" 行相反，"+n(verdictOpen)+" 行未定，"+n(verdictShown)+" 行仅列示，"+n(verdictNone)+" 行未检验。法院如何裁判并不证成规范。")
}
