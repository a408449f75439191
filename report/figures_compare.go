package report

import (
	"math"
	"slices"
	"strconv"

	"caipan/report/agreement"
	"caipan/report/figure"
)

// alikeFigure is who decides alike: courts and doctrines two by two, on the parties that both decide under the richest
// evidence, liable or not; the tree joins those who decide most alike.
func (l *layouter) alikeFigure() *figure.Alike {
	f := &figure.Alike{Title: l.caption("cap_alike") + l.say(" (liable or not; evidence: "+l.w(policyFull)+")", "（是否有责；证据层级："+l.w(policyFull)+"）"), Tree: l.say("decided differently", "判定不同")}
	f.Note = l.say("Cells: percent decided alike, and of how many parties that both decide and that can be compared with the ruling. The tree joins the most alike first (average linkage; a pair without common parties counts as wholly different).",
		"单元格：判定相同之百分比及双方均已判定且可与裁判比较之当事人数。树状图自最相同者起合并（平均联结；无共同当事人者视为全异）。") + l.figureNote()
	names, counts, of := l.deciders()
	switch len(names) {
	case 1:
		f.Refused = []string{l.say("Not drawn: the predictions hold no doctrine under the richest evidence.", "未绘制：最高证据层级无任何学说之预测。")}
		return f
	case 2:
		f.Refused = []string{l.say("One doctrine only: beside it stand the courts alone. Name several to classify with --doctrine.", "仅有一说，只能与法院对照；可在 classify 以 --doctrine 指定多个学说。")}
	}
	merges, order := agreement.AverageLinkage(len(names), func(i, j int) float64 {
		if of[i][j] == 0 {
			return 1
		}
		return 1 - float64(counts[i][j])/float64(of[i][j])
	})
	place := make([]int, len(order))
	for at, i := range order {
		place[i] = at
		f.Names = append(f.Names, names[i])
		f.Counts, f.Of = append(f.Counts, inOrder(counts[i], order)), append(f.Of, inOrder(of[i], order))
	}
	for _, m := range merges {
		for _, g := range []*int{&m.A, &m.B} {
			if *g < len(place) {
				*g = place[*g]
			}
		}
		f.Merges = append(f.Merges, m)
	}
	return f
}

func inOrder(v, order []int) []int {
	out := make([]int, len(order))
	for k, j := range order {
		out[k] = v[j]
	}
	return out
}

// deciders are the courts and the doctrines, with the number of parties on which each two decide alike, of those that
// both decide.
func (l *layouter) deciders() (names []string, alike, of [][]int) {
	names = []string{l.say("courts", "法院")}
	said := [][]int{make([]int, len(l.t.units))} // 0 none, 1 liable, -1 not compared; the courts first
	for u := range said[0] {
		said[0][u] = -1
	}
	for _, c := range l.t.choices {
		if c.Policy != policyFull {
			continue
		}
		names = append(names, c.Doctrine+" · "+c.Variant)
		row := make([]int, len(l.t.units))
		for u := range l.t.units {
			row[u] = -1
			if code := int(l.t.at(c, u)); code != notCompared {
				said[0][u], row[u] = code/2, code%2
			}
		}
		said = append(said, row)
	}
	for _, a := range said {
		var same, both []int
		for _, b := range said {
			s, n := 0, 0
			for u := range a {
				if a[u] >= 0 && b[u] >= 0 {
					n++
					s += bitOf(a[u] == b[u])
				}
			}
			same, both = append(same, s), append(both, n)
		}
		alike, of = append(alike, same), append(of, both)
	}
	return names, alike, of
}

// keynessFigureTerms is how many terms of each side the figure draws; the table has more.
const keynessFigureTerms = 8

// keynessFigure is the terms that separate judgments with a liable platform from those without, by part.
func (l *layouter) keynessFigure() *figure.Rows {
	f := &figure.Rows{Title: l.caption("cap_keyness"), Axis: l.say("log2 ratio: left none, right liable", "log2 比：左为无责，右为有责"), Scale: figure.Plain,
		Note: l.say("The "+strconv.Itoa(keynessFigureTerms)+" terms of largest log likelihood on each side. n: judgments with the term. Ring: p of Fisher's test on judgments, corrected by Holm, is not below 0.05.",
			"每侧列对数似然最大之 "+strconv.Itoa(keynessFigureTerms)+" 个词。n 为含该词之文书数。空心：以文书为单位之 Fisher 检验经 Holm 校正后 p 不小于 0.05。") + l.figureNote()}
	for _, c := range l.extras.words {
		if c.Target != liable {
			continue
		}
		group := l.w(c.Part) + l.say(" ("+strconv.Itoa(c.Docs[0])+" liable, "+strconv.Itoa(c.Docs[1])+" none)", "（有责 "+strconv.Itoa(c.Docs[0])+"，无责 "+strconv.Itoa(c.Docs[1])+"）")
		if c.Refused != "" {
			f.Refused = append(f.Refused, group+l.say(": ", "：")+keynessWords[c.Refused].In(l.lang))
			continue
		}
		side := [2]int{}
		terms := slices.Clone(c.Terms)
		slices.SortStableFunc(terms, func(a, b agreement.Keyword) int { return bitOf(a.LogRatio < 0) - bitOf(b.LogRatio < 0) })
		for _, w := range terms {
			k := bitOf(w.LogRatio < 0)
			if side[k]++; side[k] <= keynessFigureTerms {
				f.Lines = append(f.Lines, figure.Interval{Label: w.Term, Group: group, Value: w.LogRatio, Lo: math.NaN(), Hi: math.NaN(), N: w.TargetDocs + w.RefDocs, Known: true, Beside: math.NaN(), Hollow: !(w.HolmDocP < 1-Level)})
			}
		}
		if len(c.Terms) == 0 {
			f.Refused = append(f.Refused, group+l.say(": no term stands in ", "：无词项见于至少 ")+strconv.Itoa(keynessDocs)+l.say(" judgments", " 份文书"))
		}
	}
	return f
}

// marginalFigure is the average marginal effects on being held liable, of each table of models, or why there are none.
func (l *layouter) marginalFigure() *figure.Rows {
	w := &modelWriter{lang: l.lang, voc: l.vocabulary}
	f := &figure.Rows{Title: l.caption("cap_marginal"), Axis: l.say("effect on the probability of liability", "对有责概率之平均边际效应"), Scale: figure.Points,
		Note: l.say("Binary logit, 95% intervals, errors clustered by plaintiff and platform. Against the reference in brackets. n: parties in the category.", "二元 logit，95% 区间，标准误以原告与平台聚类；括号内为对照。n 为该类别之当事人数。") + l.figureNote()}
	for _, m := range l.extras.fits {
		if m.Kind != modelBinary {
			continue
		}
		group := w.word(m.Table)
		if m.Refused != "" {
			why := group + l.say(" — ", "——") + w.word(m.Refused)
			if m.Detail != "" {
				why += l.say(" ("+m.Detail+")", "（"+strconv.Itoa(m.Liable)+" / "+strconv.Itoa(m.N)+"）")
			}
			f.Refused = append(f.Refused, why)
			continue
		}
		for _, x := range m.Lines {
			p := x.Term.Predictor
			e := x.Marginal
			line := figure.Interval{Label: p.Name.In(l.lang) + l.say(": ", "：") + w.category(p, x.Term.Category) + l.say(" (", "（") + w.category(p, x.Term.Reference) + l.say(")", "）"), Group: group,
				Value: e.Value, Lo: e.Lo, Hi: e.Hi, N: x.Term.Parties, Known: !e.Undefined, Beside: math.NaN()}
			if e.NoInterval {
				line.Lo, line.Hi = math.NaN(), math.NaN()
			}
			f.Lines = append(f.Lines, line)
		}
		if m.Firth {
			f.Refused = append(f.Refused, group+l.say(": cells separate, so that Firth's logit stands in and gives no effects on the probability; its log odds are in the table model_"+m.Table+".", "：存在分离，改用 Firth logit，不报告概率效应；对数优势见表 model_"+m.Table+"。"))
		}
	}
	return f
}
