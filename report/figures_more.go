package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"caipan/model/vocabulary"
	"caipan/report/figure"
)

// ladderFigure is agreement on liable or not by doctrine and evidence policy, the trivial guess beside it.
func (l *layouter) ladderFigure() *figure.Rows {
	f := l.rowsFigure("cap_ladder")
	for _, c := range l.t.choices {
		f.Lines = append(f.Lines, l.agreementLine(c, StageLiable, "", l.w(c.Policy)+" ("+l.w("task_"+c.Policy)+")", c.Doctrine+" · "+c.Variant))
	}
	return f
}

// maxForest is how many doctrines the forest plot shows by service type; of more, only the first, and the others whole:
// a figure is no longer than a page.
const maxForest = 2

// forest is agreement on liable or not by doctrine and service type under the richest evidence.
func (l *layouter) forest() *figure.Rows {
	f := l.rowsFigure("cap_forest")
	if len(l.doctrines) > maxForest {
		f.Note = l.say("By service type: the first doctrine; the others stand in the table groups. ", "仅首列学说按服务类型分列，其余见表 groups。") + f.Note
	}
	top := l.headline().Policy
	for _, c := range l.t.choices {
		if c.Policy != top {
			continue
		}
		group := c.Doctrine + " · " + c.Variant + " · " + l.w(c.Policy)
		f.Lines = append(f.Lines, l.agreementLine(c, StageLiable, "", l.w("total"), group))
		if l.doctrines[0].ID+l.doctrines[0].Variant != c.Doctrine+c.Variant && len(l.doctrines) > maxForest {
			continue
		}
		for _, g := range l.t.groups(byService) {
			if _, ok := l.r.Get(c.key() + ".liable.agreement." + byService + "." + g); ok {
				line := l.agreementLine(c, StageLiable, "."+byService+"."+g, labelIn(l.lang, byService, g), group)
				f.Lines = append(f.Lines, line)
			}
		}
	}
	return f
}

func (l *layouter) rowsFigure(caption string) *figure.Rows {
	return &figure.Rows{Title: l.caption(caption), Axis: l.w("agreement") + l.say(", liable or not", "（是否有责）"), Mark: l.w("agreement") + l.say(", Wilson 95%", "，Wilson 95%"), Other: l.w("always"),
		Note: l.say("n: compared parties; what is outside or abstained is left out (bounds in the table ladder).", "n 为可比当事人数；不可比与弃权者不计（上下界见表 ladder）。") + l.figureNote()}
}

// agreementLine is a line for the agreement under a key's tail ("" for the whole).
func (l *layouter) agreementLine(c choice, stage, tail, label, group string) figure.Interval {
	out := figure.Interval{Label: label, Group: group, Beside: math.NaN()}
	x, ok := l.r.Get(c.key() + "." + stage + ".agreement" + tail)
	if ok && !x.Estimate.Undefined {
		e := x.Estimate
		out.Value, out.Lo, out.Hi, out.N, out.Known = e.Value, e.Lo, e.Hi, e.N, true
	}
	if a, ok := l.r.Get(c.key() + "." + stage + ".always_none" + tail); ok && !a.Estimate.Undefined {
		out.Beside = a.Estimate.Value
	}
	return out
}

// liabilityFigure is the share held liable in the rulings by group, with the share predicted liable beside it.
func (l *layouter) liabilityFigure(by string) *figure.Rows {
	c := l.headline()
	f := &figure.Rows{Title: l.figureTitle("cap_liability_"+by, c), Axis: l.say("share of platform parties held liable", "有责平台当事人比例"), Mark: l.say("ruling, Wilson 95%", "裁判，Wilson 95%"), Other: l.w("prediction"),
		Note: l.say("Own liability does not count as liable. n: platform parties.", "自己责任不计为有责。n 为平台当事人数。") + l.figureNote()}
	for _, g := range l.t.groups(by) {
		x, _ := l.r.Get("corpus.liable_share." + by + "." + g)
		line := figure.Interval{Label: labelIn(l.lang, by, g), Value: x.Estimate.Value, Lo: x.Estimate.Lo, Hi: x.Estimate.Hi, N: x.Estimate.N, Known: !x.Estimate.Undefined, Beside: math.NaN()}
		if x.Estimate.N > 0 {
			line.Beside = float64(l.t.predictedLiable[grouped{c, StageLiable, by, g}]) / float64(x.Estimate.N)
		}
		f.Lines = append(f.Lines, line)
	}
	return f
}

// duties are the measures by stage under the richest evidence: performed, partly, late, not performed, not required.
func (l *layouter) duties(v *vocabulary.Vocabulary) *figure.Stack {
	values := []string{"performed", "partly", "late", "not_performed", "not_required"}
	policy := l.headline().Policy
	f := &figure.Stack{Title: l.caption("cap_measures") + l.say(" (evidence: "+l.w(policy)+")", "（证据层级："+l.w(policy)+"）"), Parts: l.heads(values...),
		Note: l.say("Parties of whom the text says something about the measure; all others are unknown, not faultless.", "仅计文书对该措施有所陈述者；其余为未知，并非已尽义务。") + l.figureNote()}
	for _, m := range v.Measures() {
		line := figure.StackLine{Label: m.ID + " " + m.Name(l.lang), Group: l.w("measure_" + m.Stage)}
		known := 0
		for _, x := range values {
			n := l.t.measures[measureKey{policy, m.ID, x}]
			known += n
			line.Counts = append(line.Counts, n)
		}
		if known > 0 {
			f.Lines = append(f.Lines, line)
		}
	}
	return f
}

// maxDecisive is how many decisive facts are drawn; the table has all.
const maxDecisive = 12

// decisiveFigure is the facts that predictions rest on most often, under the richest evidence.
func (l *layouter) decisiveFigure() *figure.Rows {
	c := l.headline()
	f := &figure.Rows{Title: l.figureTitle("cap_decisive", c), Axis: l.say("share of all predictions that rest on the fact", "以该事实为决定因素的预测所占比例"),
		Mark: l.say("Wilson 95%", "Wilson 95%"), Note: l.say("Another value of the fact would change the prediction. n: predictions.", "该事实取他值则预测改变。n 为预测数。") + l.figureNote()}
	for i, v := range byCount(l.t.decisive[c]) {
		x, ok := l.r.Get(c.key() + ".decisive." + v)
		if i >= maxDecisive || !ok {
			break
		}
		e := x.Estimate
		f.Lines = append(f.Lines, figure.Interval{Label: l.variable(v), Value: e.Value, Lo: e.Lo, Hi: e.Hi, N: e.N, Known: !e.Undefined, Beside: math.NaN()})
	}
	return f
}

// maxLaws is how many laws the timeline marks: those that the judgments most often name as their basis.
const maxLaws = 5

// timeline is the platform parties by year of the judgment, with the days on which the laws most often applied begin.
func (l *layouter) timeline(v *vocabulary.Vocabulary) *figure.Timeline {
	f := &figure.Timeline{Title: l.caption("cap_timeline"), Axis: l.w("parties"), Parts: []string{l.w("liable"), l.w("own"), l.say("none or not compared", "无责或不可比")},
		Note: l.say("By year of the judgment. The law applied is that of the act, which may be earlier.", "按裁判年份；适用行为时法，行为时可能更早。") + l.figureNote()}
	first, last := 0, 0
	for _, g := range l.t.groups(byYear) {
		if y, err := strconv.Atoi(g); err == nil {
			if first == 0 {
				first = y
			}
			last = y
		}
	}
	for y := first; first > 0 && y <= last; y++ {
		n := l.t.byGroup[[2]string{byYear, strconv.Itoa(y)}]
		if n == nil {
			n = &groupCount{}
		}
		f.Years = append(f.Years, y)
		f.Counts = append(f.Counts, []int{n.Liable, n.Own, n.Parties - n.Liable - n.Own})
	}
	f.Events = l.lawsThatBegin(first, last)
	return f
}

// lawsThatBegin are the laws most often applied, of those that begin within the years, in order of their day.
func (l *layouter) lawsThatBegin(first, last int) []figure.Event {
	var out []figure.Event
	for _, code := range byCount(l.t.laws) {
		law := l.vocabulary.Law(code)
		from := cmp.Or(law.CurrentFrom, law.From)
		at, ok := dayInYears(from)
		if ok && len(out) < maxLaws && at >= float64(first) && at < float64(last+1) {
			out = append(out, figure.Event{At: at, Label: l.say(code, law.Short) + " " + from[:7]})
		}
	}
	slices.SortStableFunc(out, func(a, b figure.Event) int { return cmp.Compare(a.At, b.At) })
	return out
}

// dayInYears turns YYYY-MM-DD into years with a fraction.
func dayInYears(day string) (float64, bool) {
	if len(day) != 10 {
		return 0, false
	}
	y, err1 := strconv.Atoi(day[:4])
	m, err2 := strconv.Atoi(day[5:7])
	d, err3 := strconv.Atoi(day[8:])
	if err1 != nil || err2 != nil || err3 != nil {
		return 0, false
	}
	return float64(y) + (float64(m-1)+float64(d-1)/31)/12, true
}
