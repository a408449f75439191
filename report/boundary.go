package report

import (
	"fmt"
	"strconv"

	"caipan/report/agreement"
)

// boundaryLine (义务边界) sets the breach that the first doctrine derives beside the breach that the court found, for the
// parties of one group. n[found][derived] counts those of whom both are known.
type boundaryLine struct {
	By, Group string
	n         [2][2]int
}

// Groups of the duty boundary beside the dimension service_type.
const (
	byDutyStage = "duty_stage" // a measure of the stage was found failed
	byMeasure   = "measure"    // the measure was found failed
)

// boundaryLines counts by service type, by stage of the duty and by measure, all under the richest evidence.
func (t *tally) boundaryLines() []boundaryLine {
	o := t.observed
	derived, found := o.column("prediction.breach"), o.column(policyFull+"."+varBreachFound)
	known := func(c *codes, row int) (int, bool) {
		switch c.at(row) {
		case "yes":
			return 1, true
		case "no":
			return 0, true
		}
		return 0, false
	}
	count := func(by, group string, in func(row int) bool) boundaryLine {
		l := boundaryLine{By: by, Group: group}
		for row := range o.n {
			d, ok1 := known(derived, row)
			f, ok2 := known(found, row)
			if ok1 && ok2 && in(row) {
				l.n[f][d]++
			}
		}
		return l
	}
	out := []boundaryLine{count("", "", func(int) bool { return true })}
	for _, g := range t.groups(byService) {
		id := t.groupNames[0].id(g)
		out = append(out, count(byService, g, func(row int) bool { return row < len(t.units) && int32(t.units[row].group[0]) == id }))
	}
	for _, stage := range []string{"prevent", "eliminate", "remedy"} {
		c := o.column("failed." + stage)
		out = append(out, count(byDutyStage, stage, func(row int) bool { return c.at(row) == "yes" }))
	}
	for _, m := range o.measures {
		c := o.facts[policyFull][m.ID]
		out = append(out, count(byMeasure, m.ID, func(row int) bool {
			v := c.at(row)
			return v == "not_performed" || v == "late" || v == "partly"
		}))
	}
	return out
}

func (l boundaryLine) total() int { return l.n[0][0] + l.n[0][1] + l.n[1][0] + l.n[1][1] }

func (l boundaryLine) key() string {
	if l.By == "" {
		return "all"
	}
	return l.By + "." + l.Group
}

// boundary gives agreement, both shares and their paired difference for every group in which both sides are known.
func (c *computer) boundary(x choice) {
	for _, l := range c.t.boundaryLines() {
		n := l.total()
		if n == 0 {
			continue
		}
		of := l.key()
		c.add(x, StageBreach, "boundary_agreement", of, agreement.Wilson(l.n[0][0]+l.n[1][1], n, Level))
		c.add(x, StageBreach, "boundary_derived", of, agreement.Wilson(l.n[0][1]+l.n[1][1], n, Level))
		c.add(x, StageBreach, "boundary_found", of, agreement.Wilson(l.n[1][0]+l.n[1][1], n, Level))
		diff := agreement.NewMcNemar(l.n[1][1], l.n[0][1], l.n[1][0], l.n[0][0], Level).Diff
		diff.Reference = "found"
		c.add(x, StageBreach, "boundary_difference", of, diff)
	}
}

// boundary prints the duty boundary of the first doctrine.
func (l *layouter) boundary() *Table {
	t := &Table{Name: "duty_boundary", Caption: l.say("Duty boundary: breach derived beside breach found", "义务边界：推出的违反与法院认定的违反"), Left: 2}
	if l.marked {
		t.Caption += " †"
	}
	t.Head = append(l.heads("class"), "", l.w("compared"), l.say("derived only", "仅推出"), l.say("found only", "仅认定"), l.say("both", "均有"), l.say("neither", "均无"), l.w("agreement"), l.say("derived", "推出"), l.say("found", "认定"), l.w("difference"))
	if len(l.t.choices) == 0 {
		return t
	}
	c, last := l.headline(), ""
	for _, x := range l.t.boundaryLines() {
		if x.total() == 0 {
			continue
		}
		if x.By != last {
			t.Rules, last = append(t.Rules, len(t.Rows)), x.By
		}
		row := l.boundaryNames(x)
		for _, n := range []int{x.total(), x.n[0][1], x.n[1][0], x.n[1][1], x.n[0][0]} {
			row = append(row, strconv.Itoa(n))
		}
		for _, metric := range []string{"agreement", "derived", "found", "difference"} {
			row = append(row, l.value(c, "breach.boundary_"+metric+"."+x.key()))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = l.notes(l.about(c), l.say("Parties of whom both are known. By stage of the duty and by measure: parties of whom a measure of the stage, or the measure, was found not performed, late or partly performed; a party may stand in several lines. Shares: Wilson; difference derived minus found: Newcombe 1998 (paired), parties taken as independent. Under the variant of the pack that takes the court's finding first, what is derived repeats it where the court found something.",
		"仅计两者均已知之当事人。按义务阶段与措施：该阶段之措施或该项措施被认定未履行、迟延或部分履行者；同一当事人可见于多行。比例为 Wilson 区间；差（推出减认定）依 Newcombe 1998（配对），以当事人相互独立为前提。若规则包变体以法院认定优先，则有认定时推出者即复述该认定。"))
	return t
}

func (l *layouter) boundaryNames(x boundaryLine) []string {
	switch x.By {
	case byService:
		return []string{l.w(byService), labelIn(l.lang, byService, x.Group)}
	case byDutyStage:
		return []string{l.say("stage of the duty failed", "义务阶段（未尽）"), l.w("measure_" + x.Group)}
	case byMeasure:
		return []string{l.say("measure failed", "措施（未尽）"), x.Group + " " + l.variable(x.Group)}
	}
	return []string{l.say("all", "全部"), ""}
}

// groupTable gives the agreement of every doctrine under the richest evidence by group, with both kinds of interval.
func (l *layouter) groupTable() *Table {
	t := &Table{Name: "groups", Caption: l.caption("cap_groups"), Left: 5, Head: append(l.heads("doctrine", "variant", "stage", "class"), "", l.w("compared"), l.say("Agreement (Wilson)", "一致率（Wilson）"), l.say("over clusters (BCa)", "聚类区间（BCa）"), l.say("effective n", "有效样本量"), l.w("always"))}
	for _, c := range l.t.choices {
		if c.Policy != policyFull {
			continue
		}
		for _, stage := range []string{StageLiable, StageBreach} {
			t.Rules = append(t.Rules, len(t.Rows))
			for _, by := range dimensions {
				for _, g := range l.t.groups(by) {
					x, ok := l.r.Get(c.key() + "." + stage + ".agreement." + by + "." + g)
					if !ok {
						continue
					}
					of := by + "." + g
					t.Rows = append(t.Rows, []string{c.Doctrine, c.Variant, l.w("stage_" + stage), l.w(by), labelIn(l.lang, by, g), strconv.Itoa(x.Estimate.N), l.value(c, stage+".agreement."+of),
						l.interval(c, stage+".agreement_clustered."+of), l.value(c, stage+".effective_n."+of), l.value(c, stage+".always_none."+of)})
				}
			}
		}
	}
	t.Notes = l.notes(l.say(fmt.Sprintf("Evidence policy: reasoning. Wilson takes parties as independent; over clusters of plaintiff and platform: BCa, %d draws, seed %d; effective n after Kish. Groups are described, not tested: no p-values, no correction.", bootstrapDraws, bootstrapSeed),
		fmt.Sprintf("证据层级：法院说理。Wilson 区间以当事人相互独立为前提；聚类区间以原告与平台为聚类：BCa，%d 次抽样，种子 %d；有效样本量依 Kish。各组仅作描述，未作检验与校正。", bootstrapDraws, bootstrapSeed)))
	return t
}

// corpusValue prints a number of the corpus, corpusInterval its interval alone.
func (l *layouter) corpusValue(key string) string {
	x, ok := l.r.Get("corpus." + key)
	if !ok {
		return "—"
	}
	return x.Value()
}

func (l *layouter) corpusInterval(key string) string {
	x, ok := l.r.Get("corpus." + key)
	if !ok || x.Estimate.Undefined || x.Estimate.NoInterval {
		return "—"
	}
	return x.Interval()
}
