package report

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"caipan/model/vocabulary"
	"caipan/pipeline/dataset"
)

// layouter lays results out as tables in one language.
type layouter struct {
	lang    string
	t       *tally
	r       *Results
	classes map[choice][]string
	marked  bool

	vocabulary *vocabulary.Vocabulary
	doctrines  []Doctrine
	rivals     []rival
	plain      bool               // no figures
	validation *validation        // nil: none
	validated  *validationResults // of it
	lines      []propositionLine
	extras     *extras
	hand       *handList
	set        *propositionSet // nil: no statements with tests of their own for the first doctrine
}

func (l *layouter) w(key string) string { return word(l.lang, key) }

func (l *layouter) heads(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = l.w(k)
	}
	return out
}

// ruling is the label of a ruling as the tables of the contract name it.
func (l *layouter) ruling(label string) string {
	return dataset.Label("rulings", "label", label, l.lang)
}

// say picks a sentence by language.
func (l *layouter) say(en, zh string) string {
	if l.lang == "zh" {
		return zh
	}
	return en
}

// tables are all tables in the order of the report.
func (l *layouter) tables() []*Table {
	out := l.validationTables()
	if len(l.t.choices) > 0 {
		out = append(out, l.confusion(l.headline()))
	}
	out = append(out, l.long(), l.stages(), l.ladder(), l.liability(), l.disagreement(), l.rules(), l.boundary(), l.groupTable(), l.decisive(), l.missing(), l.measures(), l.measurable(), l.associations(), l.propositionTable(), l.rivalTable())
	out = append(out, l.extras.list(l)...)
	if t := l.handTable(); t != nil {
		out = append(out, t)
	}
	return out
}

// headline is the choice that the first sentence is about.
func (l *layouter) headline() choice { return headlineOf(l.t.choices) }

// headlineOf is the first doctrine under the richest evidence there is.
func headlineOf(choices []choice) choice {
	best := choices[0]
	for _, c := range choices {
		if c.Doctrine == best.Doctrine && c.Variant == best.Variant {
			best = c
		}
	}
	return best
}

func (l *layouter) about(c choice) string {
	return l.say(fmt.Sprintf("Doctrine %s, variant %s, evidence policy: %s.", c.Doctrine, c.Variant, l.w(c.Policy)),
		fmt.Sprintf("学说 %s，变体 %s，证据层级：%s。", c.Doctrine, c.Variant, l.w(c.Policy)))
}

// notes are those of every table: what stands behind the numbers and how many independent cases there are.
func (l *layouter) notes(more ...string) []string {
	base := l.say(fmt.Sprintf("Unit: platform party; n = %d parties in %d judgments, %d clusters (plaintiff and platform), %d courts; effective n %s. Liable in the rulings: %d, on own account: %d.", l.t.parties, l.t.cases, len(l.t.series.names), len(l.t.courts.names), l.corpusValue("effective_n"), l.t.liable, l.t.own),
		fmt.Sprintf("单位：平台当事人；n = %d（%d 份裁判文书，%d 个聚类：同一原告与平台；%d 个法院；有效样本量 %s）。裁判有责：%d；自己责任：%d。", l.t.parties, l.t.cases, len(l.t.series.names), len(l.t.courts.names), l.corpusValue("effective_n"), l.t.liable, l.t.own))
	if l.t.replaced > 0 {
		base += l.say(fmt.Sprintf(" One row a dispute, its last instance: %d earlier judgments are not counted.", l.t.replaced), fmt.Sprintf("同一纠纷仅计最终审级，另有 %d 份较早裁判不计。", l.t.replaced))
	}
	out := append(more, base)
	if l.validation != nil {
		out = append(out, l.say("† Rests on readings that the hand-coded sample does not cover.", "† 所据读取结果未为人工编码样本所涵盖。"))
	} else if l.marked {
		out = append(out, l.say("† No hand-coded validation sample stands behind these numbers.", "† 上列数字未经人工编码样本检验。"))
	}
	return out
}

func (l *layouter) caption(key string) string {
	if l.marked && (l.validation == nil || l.anyMarked(key)) {
		return l.w(key) + " †"
	}
	return l.w(key)
}

func (l *layouter) confusion(c choice) *Table {
	m := matrixOf(c, l.t.classes[c], l.classes[c])
	t := &Table{Name: "confusion", Caption: l.caption("cap_confusion"), Left: 1, Head: []string{l.w("ruling")}}
	for _, p := range m.Cols {
		t.Head = append(t.Head, l.w(p))
	}
	t.Head = append(t.Head, l.w("total"))
	totals := make([]int, len(m.Cols)+1)
	for i, r := range m.Rows {
		sum := 0
		for j, v := range m.Counts[i] {
			sum += v
			totals[j] += v
		}
		row := []string{l.w(r)}
		for j, v := range m.Counts[i] {
			cell := strconv.Itoa(v)
			if x, ok := l.r.Get(c.key() + ".matrix_share." + r + "." + m.Cols[j]); ok {
				cell += " (" + percent(x.Estimate.Value) + ")"
			}
			row = append(row, cell)
		}
		totals[len(m.Cols)] += sum
		t.Rows = append(t.Rows, append(row, strconv.Itoa(sum)))
	}
	last := []string{l.w("total")}
	for _, v := range totals {
		last = append(last, strconv.Itoa(v))
	}
	t.Rules = []int{m.Classes, len(t.Rows)}
	t.Rows = append(t.Rows, last)
	t.Notes = l.notes(l.about(c), l.say("Rows: ruling; columns: prediction. In brackets the share of the row; Wilson intervals in confusion_long. Below the line and right of the classes: outside the comparison or abstained.",
		"行为裁判，列为预测；括号内为行比例，Wilson 区间见 confusion_long。横线以下及责任类别以右为不可比或弃权。"), l.headlineNumbers(c))
	return t
}

// headlineNumbers is agreement with the trivial guess and kappa in one sentence.
func (l *layouter) headlineNumbers(c choice) string {
	return l.say(fmt.Sprintf("Liable or not: agreement %s, always none %s, Cohen's κ %s, bounds %s.", l.value(c, "liable.agreement"), l.value(c, "liable.always_none"), l.value(c, "liable.kappa"), l.bounds(c)),
		fmt.Sprintf("是否有责：一致率 %s，一律无责 %s，Cohen κ %s，上下界 %s。", l.value(c, "liable.agreement"), l.value(c, "liable.always_none"), l.value(c, "liable.kappa"), l.bounds(c)))
}

// value prints a result with its interval.
func (l *layouter) value(c choice, key string) string {
	x, ok := l.r.Get(c.key() + "." + key)
	if !ok {
		return "—"
	}
	return strings.TrimSpace(x.Value() + l.dagger(x) + " " + x.Interval())
}

// dagger marks a single number of a run in which some are validated.
func (l *layouter) dagger(x Result) string {
	if l.validation != nil && x.Marked {
		return "†"
	}
	return ""
}

func (l *layouter) bounds(c choice) string {
	x, ok := l.r.Get(c.key() + ".liable.bounds")
	if !ok || x.Estimate.Undefined {
		return "—"
	}
	return x.Interval()
}

func (l *layouter) long() *Table {
	t := &Table{Name: "confusion_long", Caption: l.caption("cap_long"), Left: 5, Head: l.heads("doctrine", "variant", "policy", "ruling", "prediction", "n", "of", "share_of", "interval")}
	for _, c := range l.t.choices {
		t.Rules = append(t.Rules, len(t.Rows))
		m := matrixOf(c, l.t.classes[c], l.classes[c])
		for i, r := range m.Rows {
			for j, p := range m.Cols {
				x, ok := l.r.Get(c.key() + ".matrix_share." + r + "." + p)
				if ok {
					t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.w(r), l.w(p), strconv.Itoa(m.Counts[i][j]), strconv.Itoa(x.Estimate.N), x.Value(), x.Interval()})
				}
			}
		}
	}
	t.Notes = l.notes(l.say("Share of the row with Wilson's 95% interval; rows without parties are left out.", "行比例及 Wilson 95% 区间；无当事人的行略去。"))
	return t
}

func (l *layouter) stages() *Table {
	t := &Table{Name: "stages", Caption: l.caption("cap_stages"), Left: 4, Head: append(l.heads("doctrine", "variant", "policy", "stage", "compared", "liable_n", "agreement"),
		l.say("Always one answer", "一律同一答案"), l.w("not_compared"), l.w("bounds"), l.w("kappa"), "AC1", l.say("Krippendorff's α", "Krippendorff α"), "MCC",
		l.say("Over plaintiff-platform clusters", "聚类区间（原告与平台）"), l.say("Over courts", "聚类区间（法院）"), l.say("effective n", "有效样本量"))}
	for _, c := range l.t.choices {
		t.Rules = append(t.Rules, len(t.Rows))
		for _, s := range stageNames {
			x, ok := l.r.Get(c.key() + "." + s + ".agreement")
			if !ok {
				continue
			}
			n := l.t.stages[grouped{c, s, "", ""}]
			t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.w("stage_" + s), strconv.Itoa(x.Estimate.N), l.liableAt(c, s, n), l.value(c, s+".agreement"), l.constant(c, s, n), l.value(c, s+".not_compared"), l.boundsAt(c, s),
				l.value(c, s+".kappa"), l.value(c, s+".ac1"), l.value(c, s+".alpha"), l.value(c, s+".mcc"), l.interval(c, s+".agreement_clustered"), l.interval(c, s+".agreement_clustered_court"), l.value(c, s+".effective_n")})
		}
	}
	t.Notes = l.notes(l.say("Agreement with Wilson's interval; always one answer: at liable or not and at breach the answer none or no throughout, at type the best single class; not compared: outside or abstained, in the bounds as all misses and all hits. κ with the standard error of Fleiss, Cohen and Everitt (1969); AC1 after Gwet (2008); α nominal with a bootstrap interval over parties; over clusters: BCa, 999 draws, seed 20240601; effective n after Kish. Type: given that both sides say liable. Breach: derived by the pack beside found by the court.",
		"一致率为 Wilson 区间；一律同一答案：是否有责与义务违反两层为一律无责或未违反，责任形态为最优单一类别；不可比者（比较之外或弃权）以全部不一致与全部一致为上下界。κ 采 Fleiss、Cohen、Everitt（1969）标准误；AC1 依 Gwet（2008）；α 为名义距离，对当事人自助抽样；聚类区间为 BCa，999 次抽样，种子 20240601；有效样本量依 Kish。责任形态仅就双方均为有责者；义务违反为规则推出与法院认定之对照。"))
	if l.t.liable < MinLiable {
		t.Notes = append(t.Notes, l.say(fmt.Sprintf("No agreement on the type is given: %d parties held liable, fewer than %d.", l.t.liable, MinLiable), fmt.Sprintf("裁判有责者仅 %d，少于 %d，不报告责任形态一致率。", l.t.liable, MinLiable)))
	}
	return t
}

// liableAt is the number of compared parties held liable; at the stage breach, of those found in breach.
func (l *layouter) liableAt(c choice, stage string, n counts) string {
	switch stage {
	case StageLiable:
		return strconv.Itoa(rowTotal(n, liable))
	case StageBreach:
		return strconv.Itoa(rowTotal(n, "yes"))
	}
	return strconv.Itoa(n.total())
}

// constant is the agreement of the guess that gives one answer throughout.
func (l *layouter) constant(c choice, stage string, n counts) string {
	switch stage {
	case StageLiable:
		return l.value(c, "liable.always_none")
	case StageBreach:
		return l.value(c, "breach.always_no")
	case StageType:
		return l.value(c, "type.no_information")
	}
	return "—"
}

func (l *layouter) boundsAt(c choice, stage string) string { return l.interval(c, stage+".bounds") }

// interval prints the interval of a result alone.
func (l *layouter) interval(c choice, key string) string {
	x, ok := l.r.Get(c.key() + "." + key)
	if !ok || x.Estimate.Undefined || x.Estimate.NoInterval {
		return "—"
	}
	return x.Interval()
}

func (l *layouter) ladder() *Table {
	t := &Table{Name: "ladder", Caption: l.caption("cap_ladder"), Left: 4, Head: l.heads("doctrine", "variant", "policy", "task", "compared", "not_compared", "liable_n", "predicted_n", "agreement", "always", "kappa", "bounds")}
	t.Head = append(t.Head, l.say("Agreement, common set", "共同集一致率"), l.say("Difference to the richest", "与最高层级之差"))
	for _, c := range l.t.choices {
		x, _ := l.r.Get(c.key() + ".liable.agreement")
		t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.w("task_" + c.Policy), strconv.Itoa(x.Estimate.N), l.value(c, "liable.not_compared"),
			l.value(c, "liable.actual_liable"), l.value(c, "liable.predicted_liable"), l.value(c, "liable.agreement"), l.value(c, "liable.always_none"), l.value(c, "liable.kappa"), l.bounds(c), l.value(c, "liable.agreement_common"), l.value(c, "liable.difference_common")})
	}
	t.Notes = l.notes(l.say("Identifying reads the reasoning, which restates the result; categorising reads the facts found; forecasting what was pleaded or undisputed. Bounds: all not compared as misses, as hits.",
		"识别：读取说理部分（其已复述结果）；归类：读取查明事实；预测：读取诉辩或无争议事实。上下界：不可比者全部计为不一致、全部计为一致。"))
	return t
}

func (l *layouter) liability() *Table {
	t := &Table{Name: "liability", Caption: l.caption("cap_liability"), Left: 2, Head: []string{l.w("class"), "", l.w("parties"), l.w("liable_n"), l.w("share_of"), l.say("Wilson 95% CI", "Wilson 95%置信区间"), l.say("over clusters (BCa)", "聚类区间（BCa）"), l.say("effective n", "有效样本量"), l.w("own_n"), l.w("predicted_n")}}
	var c choice
	if len(l.t.choices) > 0 {
		c = l.headline()
		t.Notes = append(t.Notes, l.about(c))
	}
	for _, by := range dimensions {
		t.Rules = append(t.Rules, len(t.Rows))
		for _, g := range l.t.groups(by) {
			n := l.t.byGroup[[2]string{by, g}]
			x, _ := l.r.Get("corpus.liable_share." + by + "." + g)
			t.Rows = append(t.Rows, []string{l.w(by), labelIn(l.lang, by, g), strconv.Itoa(n.Parties), strconv.Itoa(n.Liable), x.Value(), x.Interval(), l.corpusInterval("liable_share_clustered." + by + "." + g), l.corpusValue("effective_n." + by + "." + g), strconv.Itoa(n.Own), strconv.Itoa(l.t.predictedLiable[grouped{c, StageLiable, by, g}])})
		}
	}
	t.Notes = l.notes(t.Notes...)
	return t
}

func (l *layouter) disagreement() *Table {
	t := &Table{Name: "disagreement", Caption: l.caption("cap_disagreement"), Left: 4, Head: l.heads("doctrine", "variant", "policy", "class", "parties", "share_of", "interval")}
	for _, c := range l.t.choices {
		t.Rules = append(t.Rules, len(t.Rows))
		for _, k := range disagreements {
			x, _ := l.r.Get(c.key() + ".disagreement." + k)
			t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.w(k), strconv.Itoa(l.t.disagreement[c][k]), x.Value(), x.Interval()})
		}
	}
	t.Notes = l.notes(l.say("Share of all predictions of the line's policy. Unexplained means that nobody has read the case yet, not that the court departed from the doctrine.", "占该层级全部预测的比例。“未解释”仅表示尚未经人工阅读，并非法院背离学说。"))
	return t
}

func (l *layouter) rules() *Table {
	t := &Table{Name: "rules", Caption: l.caption("cap_rules"), Left: 5, Head: append(l.heads("doctrine", "variant", "policy", "rule"), l.say("Kind", "性质"), l.w("parties"), l.w("compared"), l.w("liable_n"), l.w("agreement"), l.w("always"))}
	thresholds := thresholdsOf(l.doctrines)
	kind := func(c choice, rule string) string {
		threshold, ok := thresholds[doctrineKey{c.Doctrine, c.Variant}][rule]
		if !ok {
			return "—"
		}
		return l.ruleKind(map[bool]string{true: thresholdRules, false: liabilityRules}[threshold])
	}
	for _, c := range l.t.choices {
		t.Rules = append(t.Rules, len(t.Rows))
		byRule := l.t.byRule(c)
		for _, k := range byCount(l.t.rules[c]) {
			n := byRule[k]
			t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.w(k), kind(c, k), strconv.Itoa(l.t.rules[c][k]), strconv.Itoa(n.Compared), strconv.Itoa(n.Liable), l.value(c, "liable.agreement_rule."+k), "—"})
		}
		for _, k := range []string{thresholdRules, liabilityRules} {
			x, _ := l.r.Get(c.key() + ".liable.agreement_rules." + k)
			n, _ := l.r.Get(c.key() + ".liable.decided_by." + k)
			if n.Estimate.N == 0 {
				continue
			}
			always, _ := l.r.Get(c.key() + ".liable.always_none_rules." + k)
			held := 0
			if !always.Estimate.Undefined {
				held = always.Estimate.N - int(math.Round(always.Estimate.Value*float64(always.Estimate.N)))
			}
			t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.say("all "+k+" rules", map[string]string{thresholdRules: "全部门槛规则", liabilityRules: "全部责任规则"}[k]), l.ruleKind(k), strconv.Itoa(n.Estimate.N), strconv.Itoa(x.Estimate.N), strconv.Itoa(held), l.value(c, "liable.agreement_rules."+k), l.value(c, "liable.always_none_rules."+k)})
		}
	}
	t.Notes = l.notes(l.say("Agreement on liable or not of the parties that the rule decided, with Wilson's interval. Threshold rules give no liability (no wrong, no link, no breach, burden, procedure): where they decide, agreement says little about the division of liability.",
		"由该规则判定之当事人在是否有责上的一致率，附 Wilson 区间。门槛规则不产生责任（无侵权、无因果、无违反、举证、程序）：由其判定者之一致率于责任划分少有说明力。"))
	return t
}

func (l *layouter) ruleKind(k string) string {
	if k == thresholdRules {
		return l.say("threshold", "门槛")
	}
	return l.say("liability", "责任")
}

func (l *layouter) missing() *Table {
	t := &Table{Name: "missing", Caption: l.caption("cap_missing"), Left: 4, Head: l.heads("doctrine", "variant", "policy", "variable", "parties", "of", "share_of", "interval")}
	for _, c := range l.t.choices {
		t.Rules = append(t.Rules, len(t.Rows))
		for _, v := range byCount(l.t.missing[c]) {
			x, _ := l.r.Get(c.key() + ".missing_share." + v)
			t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.variable(v), strconv.Itoa(l.t.missing[c][v]), strconv.Itoa(x.Estimate.N), x.Value(), x.Interval()})
		}
	}
	t.Notes = l.notes(l.say("Of the undetermined predictions under the policy, those that would need the fact; one prediction may need several.", "该层级未定预测中须知该事实者；一项预测可缺多项事实。"))
	return t
}

func byCount(m map[string]int) []string {
	keys := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(keys, func(a, b string) int { return m[b] - m[a] })
	return keys
}

func (l *layouter) measures() *Table {
	values := []string{"performed", "partly", "late", "not_performed", "not_required"}
	t := &Table{Name: "measures", Caption: l.caption("cap_measures"), Left: 2, Head: append(l.heads("policy", "measure"), l.heads(values...)...)}
	t.Head = append(t.Head, l.w("parties"))
	for _, p := range Policies {
		t.Rules = append(t.Rules, len(t.Rows))
		for _, m := range l.t.measureNames() {
			row, known := []string{l.w(p), m}, 0
			for _, v := range values {
				n := l.t.measures[measureKey{p, m, v}]
				known += n
				row = append(row, strconv.Itoa(n))
			}
			if known > 0 {
				t.Rows = append(t.Rows, append(row, strconv.Itoa(known)))
			}
		}
	}
	t.Notes = l.notes(l.say("Only parties of whom the text says something about the measure.", "仅计文书对该措施有所陈述的当事人。"))
	return t
}

func (t *tally) measureNames() []string {
	var out []string
	for k := range t.measures {
		if !slices.Contains(out, k.Measure) {
			out = append(out, k.Measure)
		}
	}
	slices.SortFunc(out, naturalOrder)
	return out
}

// naturalOrder puts M2 before M10 and M1a before M1b.
func naturalOrder(a, b string) int {
	num := func(s string) (int, string) {
		i := 1
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		n, _ := strconv.Atoi(s[1:i])
		return n, s[i:]
	}
	n, x := num(a)
	m, y := num(b)
	if n != m {
		return n - m
	}
	return strings.Compare(x, y)
}

func percent(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) + "%" }
