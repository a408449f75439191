package report

import (
	"fmt"
	"strconv"
	"strings"

	"caipan/report/agreement"
)

// decisive are the facts whose change would change a decided prediction.
func (l *layouter) decisive() *Table {
	t := &Table{Name: "decisive", Caption: l.caption("cap_decisive"), Left: 4, Head: l.heads("doctrine", "variant", "policy", "variable", "parties", "share_of", "interval")}
	for _, c := range l.t.choices {
		t.Rules = append(t.Rules, len(t.Rows))
		for _, v := range byCount(l.t.decisive[c]) {
			x, _ := l.r.Get(c.key() + ".decisive." + v)
			t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w(c.Policy), l.variable(v), strconv.Itoa(l.t.decisive[c][v]), x.Value(), x.Interval()})
		}
	}
	t.Notes = l.notes(l.say("Parties whose prediction rests on the fact, of all predictions under the policy.", "预测以该事实为决定因素的当事人，占该层级全部预测之比。"))
	return t
}

func (l *layouter) variable(id string) string {
	if x := l.vocabulary.Variable(id); x != nil {
		return x.Name(l.lang)
	}
	return id
}

// measurable says of every variable of how many parties it is known; rare ones are not measurable from these texts.
func (l *layouter) measurable() *Table {
	t := &Table{Name: "measurable", Caption: l.caption("cap_measurable"), Left: 2, Head: append(l.heads("variable"), "id", l.w("known"), l.w("share_of"), l.w("interval"), "")}
	for _, v := range l.t.variables() {
		x, _ := l.r.Get("corpus.known." + v)
		verdict := ""
		if !l.t.measurable(v) {
			verdict = l.say("not measurable from these judgments", "本批文书不可测")
		}
		t.Rows = append(t.Rows, []string{l.variable(v), v, strconv.Itoa(l.t.known(v)), x.Value(), x.Interval(), verdict})
	}
	t.Notes = l.notes(l.say("Evidence policy: reasoning (all of the text but the operative part). A variable unknown of more than nine in ten parties is not analysed.", "证据层级：法院说理（主文以外全部文本）。十分之九以上当事人未知的变量不予分析。"))
	return t
}

// associations are liability in the rulings by the values of each measurable variable.
func (l *layouter) associations() *Table {
	t := &Table{Name: "associations", Caption: l.caption("cap_associations"), Left: 2, Head: append(l.heads("variable", "value", "parties", "liable_n", "share_of", "interval"), "Cramér's V", "p (Holm)")}
	for _, v := range l.t.variables() {
		if !l.t.measurable(v) || len(l.t.valuesOf(v)) < 2 {
			continue
		}
		t.Rules = append(t.Rules, len(t.Rows))
		for i, value := range l.t.valuesOf(v) {
			n := l.t.byFact[[2]string{v, value}]
			x, _ := l.r.Get("corpus.liable_share." + v + "." + value)
			assoc, p := "", ""
			if i == 0 {
				a, _ := l.r.Get("corpus.cramers_v." + v)
				b, _ := l.r.Get("corpus.p_chi_square_holm." + v)
				assoc, p = strings.TrimSpace(a.Value()+" "+a.Interval()), pValue(b)
			}
			name := value
			if d := l.vocabulary.Variable(v); d != nil {
				name = d.Label(value, l.lang)
			}
			t.Rows = append(t.Rows, []string{l.variable(v), name, strconv.Itoa(n.Parties), strconv.Itoa(n.Liable), x.Value(), x.Interval(), assoc, p})
		}
	}
	t.Notes = l.notes(l.say("Descriptive: the facts are read from the judgment, which knows its result. Evidence policy: reasoning. Pearson's chi-square without correction; parties taken as independent; Holm over the measurable variables.",
		"仅为描述：事实取自已知结果之文书。证据层级：法院说理。Pearson 卡方未校正，以当事人相互独立为前提，就全部可测变量作 Holm 校正。"))
	return t
}

// pValue prints a p-value, "—" where the test does not exist.
func pValue(x Result) string {
	if x.Estimate.Undefined || x.Key == "" {
		return "—"
	}
	return agreement.FormatP(x.Estimate.Value)
}

// evaluate tests the statements of propositions.yaml if they are those of the first doctrine, and adds their numbers.
func (l *layouter) evaluate() error {
	set, err := loadPropositions()
	if err != nil || len(l.t.choices) == 0 || set.Pack != l.doctrines[0].ID {
		return err
	}
	c := l.headline()
	l.set = set
	l.lines = evaluatePropositions(l.t.observed, set.Statements, l.t.liable, func(key string) (Result, bool) { return l.r.Get(c.key() + "." + key) })
	addPropositionResults(l.r, l.lines, l.marked)
	return nil
}

// propositionTable is that of propositions.yaml, or, for another doctrine, what its pack's statements allow to say.
func (l *layouter) propositionTable() *Table {
	if l.set == nil {
		return l.propositions()
	}
	w := &propositionWriter{lang: l.lang, set: l.set, voc: l.vocabulary}
	return w.table(l.lines, l.caption("cap_propositions"), l.notes())
}

// propositions has a row for every statement of the text that a pack follows: how it is tested here, on how many,
// with which estimate, or why it is not.
func (l *layouter) propositions() *Table {
	t := &Table{Name: "propositions", Caption: l.caption("cap_propositions"), Left: 4, Head: append(l.heads("doctrine"), "id", l.w("statement"), l.w("tested"), "n", l.w("estimate"))}
	for _, d := range l.doctrines {
		c, ok := l.choiceOf(d)
		if !ok {
			continue
		}
		for _, s := range d.Statements {
			how, n, estimate := l.test(c, s.Rules, s.Direction, s.Variables, s.Untested.In(l.lang))
			t.Rows = append(t.Rows, []string{d.ID, s.ID + " (" + s.Section + ")", s.About.In(l.lang), how, n, estimate})
		}
	}
	t.Notes = l.notes(l.say("Rules: parties that a rule of the statement decided, of all predictions. Direction and variable: liability in the rulings by the variable's values (Cramér's V); how often it is known. Nothing here proves a norm.",
		"规则：由该命题规则决定的当事人占全部预测之比。方向与变量：裁判有责与变量取值的关联（Cramér V）或其已知比例。规范命题不因此得证。"))
	return t
}

// choiceOf is the choice of a doctrine under the richest evidence.
func (l *layouter) choiceOf(d Doctrine) (best choice, ok bool) {
	for _, c := range l.t.choices {
		if c.Doctrine == d.ID && c.Variant == d.Variant {
			best, ok = c, true
		}
	}
	return best, ok
}

// test says how a statement is tested, on how many parties, and with which result.
func (l *layouter) test(c choice, rules, direction, variables []string, untested string) (how, n, estimate string) {
	if untested != "" {
		return l.say("not testable here: ", "此处不可检验：") + untested, "—", "—"
	}
	for _, v := range append(append([]string(nil), direction...), variables...) {
		if x, ok := l.r.Get("corpus.cramers_v." + v); ok {
			return l.say("liability by ", "责任与变量：") + l.variable(v) + l.say(" (Cramér's V)", "（Cramér V）"), strconv.Itoa(x.Estimate.N), strings.TrimSpace(x.Value() + " " + x.Interval())
		}
	}
	if len(rules) > 0 {
		fired, all := l.t.firedBy(c, rules), l.t.classes[c].total()
		share := "—"
		if all > 0 {
			share = percent(float64(fired) / float64(all))
		}
		return l.say("predictions decided by ", "决定规则：") + strings.Join(rules, ", ") + " (" + l.w(c.Policy) + ")", fmt.Sprintf("%d / %d", fired, all), share
	}
	for _, v := range append(append([]string(nil), direction...), variables...) {
		if x, ok := l.r.Get("corpus.known." + v); ok {
			return l.variable(v) + l.say(": known too rarely, or of one value only", "：已知者过少，或仅一种取值"), strconv.Itoa(l.t.known(v)), strings.TrimSpace(x.Value() + " " + x.Interval())
		}
	}
	return l.say("not testable here: nothing in the tables carries it", "此处不可检验：数据表无相应内容"), "—", "—"
}

// rivalTable compares doctrines on commonly decided parties.
func (l *layouter) rivalTable() *Table {
	t := &Table{Name: "rivals", Caption: l.caption("cap_rivals"), Left: 3, Head: append(l.heads("policy", "doctrine", "doctrine", "compared", "agreement"), l.w("difference"), "p (Holm)")}
	for _, r := range l.rivals {
		name := r.Second.Doctrine + "." + r.Second.Variant
		holm, _ := l.r.Get(r.First.key() + ".liable.rival_p_holm." + name)
		t.Rows = append(t.Rows, []string{l.w(r.First.Policy), r.First.Doctrine + " · " + r.First.Variant, r.Second.Doctrine + " · " + r.Second.Variant, strconv.Itoa(r.Common),
			l.value(r.First, "liable.rival_agreement."+name), l.value(r.First, "liable.rival_difference."+name), pValue(holm)})
	}
	t.Notes = l.notes(l.say("Parties that all doctrines decide. Agreement between the two; difference of their agreement with the rulings (first minus second), Newcombe 1998 method 10; McNemar mid-p, Holm within the policy.", "全部学说均已判定的当事人。两说间一致率；两说与裁判一致率之差（前减后，Newcombe 1998 方法10）；McNemar mid-p，同层级内 Holm 校正。"))
	return t
}
