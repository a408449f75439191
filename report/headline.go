package report

import (
	"fmt"
	"strings"
)

// Headline is the first sentence of the report with its uncertainty, and what limits it.
type Headline struct {
	First string   // how many were liable; says whether types can be compared at all
	Then  []string // agreement with the trivial guess, what is not compared, what is not validated
}

// Text joins the sentences.
func (h Headline) Text() string { return strings.Join(append([]string{h.First}, h.Then...), " ") }

// headlineText writes the headline; it never gives an agreement without the always-none guess and the liable count.
func (l *layouter) headlineText() Headline {
	t := l.t
	if t.parties == 0 || len(t.choices) == 0 {
		return Headline{First: l.say("No platform party with a prediction was found: nothing is compared.", "未发现有预测的平台当事人，无可比较。")}
	}
	x, _ := l.r.Get("corpus.liable_share")
	h := Headline{First: l.say(
		fmt.Sprintf("Of %d platform parties in %d judgments the courts held %d liable beside or for a third party (%s, 95%% CI %s to %s); %d more were ordered to pay or act on their own account%s.",
			t.parties, t.cases, t.liable, percent(x.Estimate.Value), percent(x.Estimate.Lo), percent(x.Estimate.Hi), t.own, l.few("en")),
		fmt.Sprintf("在 %d 份裁判文书的 %d 个平台当事人中，法院判令 %d 个与第三人一并或代第三人承担责任（%s，95%%置信区间 %s 至 %s），另有 %d 个承担自己责任%s。",
			t.cases, t.parties, t.liable, percent(x.Estimate.Value), percent(x.Estimate.Lo), percent(x.Estimate.Hi), t.own, l.few("zh")))}
	h.First = l.rarity(x.Estimate.Value) + h.First
	c := l.headline()
	a, _ := l.r.Get(c.key() + ".liable.agreement")
	n, _ := l.r.Get(c.key() + ".liable.not_compared")
	if a.Estimate.Undefined || a.Estimate.N == 0 {
		h.Then = append(h.Then, l.about(c)+" "+l.say("No prediction could be compared with a ruling.", "没有可与裁判比较的预测。"))
		return l.close(h)
	}
	h.Then = append(h.Then, l.say(
		fmt.Sprintf("Doctrine %s (%s; evidence: %s) and courts agree on liable-or-not in %s of %d compared parties %s; always guessing none agrees in %s; Cohen's κ %s. %s of %d are outside the comparison or abstained: agreement lies between %s whatever they would be.",
			c.Doctrine, c.Variant, l.w(c.Policy), percent(a.Estimate.Value), a.Estimate.N, l.ci(c, "liable.agreement"), l.pct(c, "liable.always_none"), l.kappa(c), n.Value(), n.Estimate.N, l.ci(c, "liable.bounds")),
		fmt.Sprintf("学说 %s（%s；证据层级：%s）与法院在 %[5]d 个可比当事人中就是否有责的一致率为 %[4]s%[6]s；一律猜无责的一致率为 %[7]s；Cohen κ %[8]s。%[10]d 个中有 %[9]s 个不可比或弃权：无论其结果如何，一致率在 %[11]s 之间。",
			c.Doctrine, c.Variant, l.w(c.Policy), percent(a.Estimate.Value), a.Estimate.N, l.ci(c, "liable.agreement"), l.pct(c, "liable.always_none"), l.kappa(c), n.Value(), n.Estimate.N, l.ci(c, "liable.bounds"))))
	if c.Policy == policyFull {
		h.Then = append(h.Then, l.say("The reasoning restates the result: this figure shows how well the doctrine identifies what the court did, not that it forecasts it; the leakage ladder shows the poorer evidence.",
			"说理部分已复述结果：该数字表明学说能否识别法院所为，并非预测能力；较少证据下的情况见泄漏阶梯。"))
	}
	return l.close(h)
}

// rare is the share of liable parties below which the first words say that nearly nobody was liable.
const rare = 0.05

func (l *layouter) rarity(share float64) string {
	switch {
	case l.t.liable == 0:
		return l.say("Nobody was held liable for a third party. ", "无一平台当事人就第三人行为被判承担责任。")
	case share < rare:
		return l.say("Nearly nobody was held liable for a third party. ", "几乎无平台当事人就第三人行为被判承担责任。")
	}
	return ""
}

// kappa says the coefficient, or why there is none.
func (l *layouter) kappa(c choice) string {
	x, ok := l.r.Get(c.key() + ".liable.kappa")
	if !ok || x.Estimate.Undefined {
		return l.say("does not exist ("+x.Estimate.Reason+")", "不存在（"+x.Estimate.Reason+"）")
	}
	return l.say("is ", "为 ") + strings.TrimSpace(x.Value()+" "+x.Interval())
}

func (l *layouter) few(lang string) string {
	if l.t.liable >= MinLiable {
		return ""
	}
	if lang == "zh" {
		return fmt.Sprintf("；有责者少于 %d，故对责任形态不作任何结论", MinLiable)
	}
	return fmt.Sprintf("; with fewer than %d liable, nothing can be said about the type of liability", MinLiable)
}

func (l *layouter) close(h Headline) Headline {
	if s := l.handSentence(); s != "" {
		h.Then = append(h.Then, s)
	}
	if l.validation != nil {
		h.Then = append(h.Then, l.correctedHeadline())
	} else if l.marked {
		h.Then = append(h.Then, l.say("None of these numbers has been validated against a hand-coded sample (†).", "上列数字均未经人工编码样本检验（†）。"))
	}
	return h
}

func (l *layouter) pct(c choice, key string) string {
	x, ok := l.r.Get(c.key() + "." + key)
	if !ok || x.Estimate.Undefined {
		return "—"
	}
	return percent(x.Estimate.Value)
}

func (l *layouter) ci(c choice, key string) string {
	x, ok := l.r.Get(c.key() + "." + key)
	if !ok || x.Estimate.Undefined || x.Estimate.NoInterval {
		return "[—]"
	}
	return "[" + percent(x.Estimate.Lo) + ", " + percent(x.Estimate.Hi) + "]"
}
