package report

import (
	"fmt"
	"strconv"
	"strings"

	"caipan/model/doctrine"
	"caipan/model/vocabulary"
	"caipan/report/agreement"
)

// modelWords are the words of the tables of models in English and Chinese.
var modelWords = map[string]doctrine.Label{
	modelBinary:      {En: "liable or not (binary logit)", Zh: "是否有责（二元 logit）"},
	modelMultinomial: {En: "type (multinomial logit, against none)", Zh: "责任形态（多项 logit，以无责为基准）"},
	modelOrdinal:     {En: "type by severity (ordinal logit)", Zh: "责任轻重（有序 logit）"},
	"few_liable":     {En: "no model: fewer than 20 parties liable, or fewer than 20 not liable", Zh: "不建模：裁判有责或无责者少于 20"},
	"few_classes":    {En: "no model: fewer than three types of at least 10 parties", Zh: "不建模：至少 10 个当事人的形态不足三种"},
	"no_predictor":   {En: "no model: no predictor can be used", Zh: "不建模：无可用解释变量"},
	"not_fitted":     {En: "no model: the likelihood has no maximum", Zh: "不建模：似然无极大值"},
	"rare":           {En: "known of under one party in ten", Zh: "已知者不足十分之一"},
	"one_category":   {En: "one category only", Zh: "仅一类"},
	"too_few":        {En: "too few liable parties for its columns", Zh: "有责当事人不足以估计"},
	"determined":     {En: "determined by earlier predictors", Zh: "由前列变量决定"},
	"separates":      {En: "separates the outcomes", Zh: "完全分离"},
	notStated:        {En: "not stated", Zh: "未提及"},
	"before":         {En: "What goes with liability: known before the reasoning", Zh: "与责任相关者：说理之前已知"},
	"descriptive":    {En: "What goes with liability: said by the reasoning (descriptive)", Zh: "与责任相关者：说理所述（仅为描述）"},
	"liable":         {En: "held liable", Zh: "裁判有责"},
	"breach":         {En: "breach found", Zh: "认定违反义务"},
	"yes":            {En: "yes", Zh: "是"}, "no": {En: "no", Zh: "否"}, "done": {En: "done", Zh: "已履行"}, "failed": {En: "failed", Zh: "未履行"},
	"absent": {En: "absent or unidentified", Zh: "未参加或身份不明"}, "no_third_party": {En: "none", Zh: "无"}, "ride_takeout_travel": {En: "ride, takeout, travel", Zh: "出行、外卖、旅宿"},
	"communication": {En: "social, content, search, games, learning", Zh: "社交、内容、搜索、游戏、教育"}, "payment": {En: "payment and lending", Zh: "支付借贷"}, "other_service": {En: "other services", Zh: "其他服务"},
	"supplementary_share": {En: "supplementary or share", Zh: "补充或按份"}, "own_claim": {En: "own, not money, nothing", Zh: "独立、非金钱或无"}, "later": {En: "second or retrial", Zh: "二审或再审"},
	"knowledge": {En: "knowledge, should know, intent", Zh: "明知、应知、故意"}, "platform_part": {En: "the platform's act needed or sufficient", Zh: "平台行为为必要或充分原因"}, "some": {En: "some", Zh: "有"}, "person": {En: "persons", Zh: "人身人格"},
	sideAfter: {En: "after", Zh: "之后"},
}

// modelWriter lays models out in one language.
type modelWriter struct {
	lang string
	voc  *vocabulary.Vocabulary
}

func (w *modelWriter) say(en, zh string) string { return doctrine.Label{En: en, Zh: zh}.In(w.lang) }

func (w *modelWriter) word(key string) string {
	if l, ok := modelWords[key]; ok {
		return l.In(w.lang)
	}
	return word(w.lang, key)
}

// category names a category of a predictor: the report's word, else the label of the value in the vocabulary.
func (w *modelWriter) category(p *Predictor, c string) string {
	if c == sideBefore {
		return w.say("before", "之前")
	}
	if _, ok := modelWords[c]; ok {
		return w.word(c)
	}
	if x := w.voc.Variable(strings.TrimPrefix(p.Column, policyFacts+".")); x != nil {
		return x.Label(c, w.lang)
	}
	return w.word(c)
}

// addModelResults keeps every coefficient under model.TABLE.KIND[.OUTCOME].TERM and a refused model under its key.
func addModelResults(r *Results, fits []modelFit, marked bool) {
	put := func(key, metric, of string, e agreement.Estimate) {
		r.add(Result{Key: key, Metric: metric, Of: of, Estimate: e, Marked: marked})
	}
	for _, m := range fits {
		head := "model." + m.Table + "." + m.Kind
		if m.Refused != "" {
			put(head, "model_"+m.Kind, "", agreement.Estimate{N: m.N, Method: "not computed", Undefined: true, NoInterval: true, Reason: strings.TrimSpace(modelWords[m.Refused].En + ": " + m.Detail)})
			continue
		}
		put(head+".mcfadden", "mcfadden", "", m.Fit)
		if m.Odds.Name != "" {
			put(head+".p_proportional_odds", "p_proportional_odds", "", agreement.Estimate{Value: m.Odds.P, N: m.Odds.N, Method: m.Odds.Name + ": " + m.Odds.Method, NoInterval: true, Undefined: m.Odds.Undefined, Reason: m.Odds.Reason})
		}
		for _, l := range m.Lines {
			key := head
			if l.Outcome != "" {
				key += "." + l.Outcome
			}
			key += "." + l.Term.name()
			put(key+".log_odds", "log_odds", l.Term.name(), l.Logit)
			put(key+".log_odds_by_court", "log_odds_by_court", l.Term.name(), l.ByCourt)
			put(key+".liable_share", "liable_share", l.Term.name(), agreement.Wilson(l.Term.Liable, l.Term.Parties, Level))
			if m.Firth {
				put(key+".log_odds_profile", "log_odds_profile", l.Term.name(), l.Profile)
			}
			put(key+".marginal", "average_marginal_effect", l.Term.name(), l.Marginal)
		}
	}
}

// addReformResults keeps the comparisons under reform.DAY.OUTCOME.
func addReformResults(r *Results, lines []reformLine, marked bool) {
	holm := holmOfReforms(lines)
	for i, l := range lines {
		key := "reform." + l.Reform + "." + l.Outcome
		r.add(Result{Key: key, Metric: "reform_difference", Of: l.Outcome, Estimate: l.Difference, Marked: marked})
		for _, side := range []struct {
			name string
			n    [2]int
		}{{sideAfter, l.After}, {sideBefore, l.Before}} {
			r.add(Result{Key: key + "." + side.name, Metric: "reform_share", Of: l.Outcome, Estimate: agreement.Wilson(side.n[0], side.n[1], Level), Marked: marked})
		}
		all := l.After[1] + l.Before[1] + l.Mixed + l.Unknown
		r.add(Result{Key: key + ".both_laws", Metric: "reform_left_out", Of: l.Outcome, Estimate: agreement.Wilson(l.Mixed, all, Level), Marked: marked})
		r.add(Result{Key: key + ".law_unknown", Metric: "reform_left_out", Of: l.Outcome, Estimate: agreement.Wilson(l.Unknown, all, Level), Marked: marked})
		r.add(Result{Key: key + ".p_holm", Metric: "p_holm", Of: l.Outcome, Marked: marked,
			Estimate: agreement.Estimate{Value: holm[i], N: l.Test.N, Method: "Fisher's exact test, Holm over the comparisons made", NoInterval: true, Undefined: l.Test.Undefined, Reason: l.Test.Reason}})
	}
}

// table is one table of models; a refused model is a line that says why.
func (w *modelWriter) table(id string, fits []modelFit, notes []string, marked bool) *Table {
	t := &Table{Name: "model_" + id, Caption: w.word(id), Left: 3, Head: []string{w.say("Model", "模型"), w.say("Outcome", "结果"), w.say("Predictor (against reference)", "解释变量（对照）"), w.say("parties", "当事人数"), w.say("liable", "有责数"),
		w.say("log odds, clusters: plaintiff and platform", "对数优势（聚类：原告与平台）"), w.say("log odds, clusters: court", "对数优势（聚类：法院）"), w.say("average marginal effect", "平均边际效应"), w.say("Firth, not clustered", "Firth（未聚类）")}}
	if marked {
		t.Caption += " †"
	}
	for _, m := range fits {
		if m.Table != id {
			continue
		}
		t.Rules = append(t.Rules, len(t.Rows))
		if m.Refused != "" {
			t.Rows = append(t.Rows, []string{w.word(m.Kind), "—", w.word(m.Refused), strconv.Itoa(m.N), strconv.Itoa(m.Liable), "—", "—", "—", "—"})
			t.Notes = append(t.Notes, w.leftOut(m)...)
			continue
		}
		for _, l := range m.Lines {
			outcome := w.word("liable")
			if l.Outcome != "" {
				outcome = w.word(l.Outcome)
			} else if m.Kind == modelOrdinal {
				outcome = w.say("more severe", "更重")
			}
			p := l.Term.Predictor
			t.Rows = append(t.Rows, []string{w.word(m.Kind), outcome, p.Name.In(w.lang) + ": " + w.category(p, l.Term.Category) + " (" + w.category(p, l.Term.Reference) + ")",
				strconv.Itoa(l.Term.Parties), strconv.Itoa(l.Term.Liable), cell(l.Logit), cell(l.ByCourt), cell(l.Marginal), w.profile(m, l)})
		}
		t.Notes = append(t.Notes, w.fitNote(m))
		t.Notes = append(t.Notes, w.leftOut(m)...)
	}
	t.Notes = append(append(t.Notes, w.general(id)), notes...)
	return t
}

// profile is Firth's coefficient where the model has one.
func (w *modelWriter) profile(m modelFit, l coefficient) string {
	if !m.Firth {
		return "—"
	}
	return cell(l.Profile)
}

func cell(e agreement.Estimate) string {
	r := Result{Estimate: e}
	return strings.TrimSpace(r.Value() + " " + r.Interval())
}

func (w *modelWriter) fitNote(m modelFit) string {
	s := fmt.Sprintf("%s: n = %d, G = %d (%s), %d (%s), McFadden R² %s.", w.word(m.Kind), m.N, m.Clusters, w.say("plaintiff and platform", "原告与平台"), m.Courts, w.say("courts", "法院"), cell(m.Fit))
	if m.Clusters > 0 && m.Clusters < 40 || m.Courts > 0 && m.Courts < 40 {
		s += w.say(" Fewer than 40 clusters: clustered errors are too small.", "聚类少于 40：聚类标准误偏小。")
	}
	if m.Firth {
		limits := w.say("profile penalised-likelihood limits", "剖面惩罚似然区间")
		if m.Wald {
			limits = w.say("limits from the information (too large for profiles)", "信息矩阵区间（规模过大，未作剖面）")
		}
		s += w.say(" Cells separate: Firth's (1993) logit stands in, with clustered sandwich errors of the penalised score (Mondol and Rahman 2019); beside it "+limits+" for independent parties (Heinze and Schemper 2002), which are to be preferred for a predictor that separates.", "存在分离：改用 Firth（1993）logit，标准误为惩罚得分之聚类夹心估计（Mondol 与 Rahman 2019）；另列以当事人独立为前提之"+limits+"（Heinze 与 Schemper 2002），造成分离之变量应以后者为准。")
	}
	if m.Odds.Name != "" {
		p := "—"
		if !m.Odds.Undefined {
			p = agreement.FormatP(m.Odds.P)
		}
		s += w.say(" Likelihood-ratio test of proportional odds: p = ", " 比例优势似然比检验：p = ") + p + w.say(".", "。")
	}
	return s
}

func (w *modelWriter) leftOut(m modelFit) []string {
	if len(m.Out) == 0 {
		return nil
	}
	var parts []string
	for _, x := range m.Out {
		parts = append(parts, x.Predictor.Name.In(w.lang)+" ("+w.word(x.Why)+")")
	}
	return []string{w.word(m.Kind) + w.say(", left out: ", "，未纳入：") + strings.Join(parts, w.say("; ", "；")) + w.say(".", "。")}
}

func (w *modelWriter) general(id string) string {
	evidence := w.say("Predictors: attributes of the party, facts found, claims, and the law applied; none from the reasoning.", "解释变量：当事人属性、查明事实、请求与所适用法律，不取自说理。")
	if id == "descriptive" {
		evidence = w.say("Descriptive only: these predictors are said by the reasoning, which knows the result; no effect can be read from them.", "仅为描述：此类变量出自已知结果之说理，不得解为影响。")
	}
	return evidence + w.say(" Own liability, orders without money and orders not understood are left out. Categories of fewer than 10 parties join the reference; at least 5 parties of the rarer outcome a column (Vittinghoff and McCulloch 2007); predictors enter by rank. Sandwich errors with the factor G/(G-1).",
		"自己责任、非金钱责任及未能读出之判项不计。不足 10 个当事人之类别并入对照；每一参数至少 5 个较少结果（Vittinghoff 与 McCulloch 2007）；按顺位纳入。夹心标准误乘 G/(G-1)。")
}

// reformTable has a line for each reform and outcome.
func (w *modelWriter) reformTable(lines []reformLine, notes []string, marked bool) *Table {
	t := &Table{Name: "reforms", Caption: w.say("Before and after 1 January 2019 and 2021, by the law applied", "2019年与2021年1月1日前后比较（依所适用法律）"), Left: 2,
		Head: []string{w.say("Reform", "变更日"), w.say("Outcome", "结果"), w.say("after", "之后"), w.say("before", "之前"), w.say("difference", "差"), "p (Holm)", w.say("both laws", "新旧并用"), w.say("unknown", "不明")}}
	if marked {
		t.Caption += " †"
	}
	holm := holmOfReforms(lines)
	for i, l := range lines {
		p, diff := "—", cell(l.Difference)
		if !l.Test.Undefined {
			p = agreement.FormatP(holm[i])
		} else {
			diff = w.say("refused: a side has fewer than 20", "拒绝比较：一侧不足 20")
		}
		t.Rows = append(t.Rows, []string{l.Reform, w.word(l.Outcome), fmt.Sprintf("%d/%d", l.After[0], l.After[1]), fmt.Sprintf("%d/%d", l.Before[0], l.Before[1]), diff, p, strconv.Itoa(l.Mixed), strconv.Itoa(l.Unknown)})
	}
	t.Notes = append([]string{w.say("The law applied: statutes that the court named as basis, else the last day of the act, else a judgment before the day; a judgment after the day alone decides nothing. Types: of the parties liable, from 20 on. Newcombe's interval, Fisher's exact test, Holm over the comparisons made. Cases are not a random sample of either period.",
		"所适用法律：法院所引裁判依据，次为行为终止日，再次为早于该日之判决；仅判决日在后者不能断定。形态：有责者至少 20 时始列。Newcombe 区间，Fisher 精确检验，Holm 校正。案件并非各期随机样本。")}, notes...)
	return t
}
