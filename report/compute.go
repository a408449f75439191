package report

import (
	"fmt"
	"maps"
	"slices"

	"caipan/model/judgment"
	"caipan/report/agreement"
)

// matrix is the confusion of one choice with the labels of both sides in print order. Counts[i][j] is the number of
// parties with ruling Rows[i] and prediction Cols[j].
type matrix struct {
	choice
	Rows, Cols []string
	Classes    int // the first Classes rows and columns are the classes of comparison
	Counts     [][]int
}

// matrixOf lays a choice's counts out: the classes of comparison first, in order of severity, then what is outside.
func matrixOf(c choice, n counts, classes []string) matrix {
	m := matrix{choice: c, Classes: len(classes)}
	beyond := func(labels []string) []string {
		return slices.DeleteFunc(labels, func(l string) bool { return slices.Contains(classes, l) })
	}
	m.Rows = append(slices.Clone(classes), beyond(n.labels(func(p pair) string { return p.Actual }))...)
	m.Cols = append(slices.Clone(classes), beyond(n.labels(func(p pair) string { return p.Predicted }))...)
	for _, r := range m.Rows {
		row := make([]int, len(m.Cols))
		for j, p := range m.Cols {
			row[j] = n[pair{r, p}]
		}
		m.Counts = append(m.Counts, row)
	}
	return m
}

// confusion is the square of the compared pairs.
func (n counts) confusion(labels []string) (*agreement.Confusion, error) {
	square := make([][]int, len(labels))
	for i, a := range labels {
		square[i] = make([]int, len(labels))
		for j, p := range labels {
			square[i][j] = n[pair{a, p}]
		}
	}
	return agreement.ConfusionFromCounts(labels, square)
}

// computer turns counts into results.
type computer struct {
	t       *tally
	out     *Results
	marked  bool
	err     error
	classes map[choice][]string

	thresholds map[doctrineKey]map[string]bool
}

// compute gives every number of the report.
func compute(t *tally, ds []Doctrine) (*Results, []rival, error) {
	c := &computer{t: t, out: newResults(), marked: true, classes: classesOf(t, ds), thresholds: thresholdsOf(ds)}
	c.corpus()
	for _, x := range t.choices {
		c.choice(x)
		c.clustered(x)
		c.uncertainty(x)
		c.ruleGroups(x)
	}
	if len(t.choices) > 0 {
		c.boundary(headlineOf(t.choices))
	}
	for _, rungs := range t.rungsOf() {
		c.ladder(rungs)
	}
	var rivals []rival
	for _, p := range Policies {
		rivals = append(rivals, c.rivals(p)...)
	}
	c.facts()
	return c.out, rivals, c.err
}

func (c *computer) add(x choice, stage, metric, of string, e agreement.Estimate) {
	key := "corpus"
	if x != (choice{}) {
		key = x.key()
	}
	for _, part := range []string{stage, metric, of} {
		if part != "" {
			key += "." + part
		}
	}
	c.out.add(Result{Key: key, Choice: x, Stage: stage, Metric: metric, Of: of, Estimate: e, Marked: c.marked})
}

func (c *computer) addCount(x choice, stage, metric, of string, value, n int) {
	e := agreement.Estimate{Value: float64(value), N: n, Method: "count", NoInterval: true}
	c.add(x, stage, metric, of, e)
	c.out.list[len(c.out.list)-1].Count = true
}

func (c *computer) corpus() {
	t := c.t
	c.addCount(choice{}, "", "cases", "", t.cases, t.cases)
	c.addCount(choice{}, "", "parties", "", t.parties, t.parties)
	c.addCount(choice{}, "", "clusters", "", len(t.series.names), t.parties)
	c.addCount(choice{}, "", "replaced_cases", "", t.replaced, t.cases+t.replaced)
	c.addCount(choice{}, "", "liable", "", t.liable, t.parties)
	c.addCount(choice{}, "", "own", "", t.own, t.parties)
	c.add(choice{}, "", "liable_share", "", agreement.Wilson(t.liable, t.parties, Level))
	for _, l := range slices.Sorted(maps.Keys(t.labels)) {
		c.addCount(choice{}, "", "ruling", l, t.labels[l], t.parties)
	}
	c.corpusClusters()
	for _, by := range dimensions {
		for _, g := range t.groups(by) {
			n := t.byGroup[[2]string{by, g}]
			c.add(choice{}, "", "liable_share."+by, g, agreement.Wilson(n.Liable, n.Parties, Level))
		}
	}
}

// groups lists the groups of a dimension, sorted, "unknown" last.
func (t *tally) groups(by string) []string {
	var out []string
	for k := range t.byGroup {
		if k[0] == by && k[1] != judgment.LabelUnknown {
			out = append(out, k[1])
		}
	}
	slices.Sort(out)
	if t.byGroup[[2]string{by, judgment.LabelUnknown}] != nil {
		out = append(out, judgment.LabelUnknown)
	}
	return out
}

func (c *computer) choice(x choice) {
	t := c.t
	n := t.classes[x].total()
	c.addCount(x, "", "parties", "", n, n)
	stage := t.stages[grouped{x, StageLiable, "", ""}]
	c.stage(x, StageLiable, "", stage, []string{judgment.LabelNone, liable})
	c.addCount(x, StageLiable, "predicted_liable", "", columnTotal(stage, liable), stage.total())
	c.addCount(x, StageLiable, "actual_liable", "", rowTotal(stage, liable), stage.total())
	c.addCount(x, StageLiable, "compatible", "", t.compatible[x], n)
	if t.liable >= MinLiable {
		c.stage(x, StageType, "", t.stages[grouped{x, StageType, "", ""}], without(c.classes[x], judgment.LabelNone))
	} else {
		c.add(x, StageType, "agreement", "", agreement.Estimate{N: t.stages[grouped{x, StageType, "", ""}].total(), Method: "not computed",
			Undefined: true, NoInterval: true, Reason: fmt.Sprintf("%d parties held liable, fewer than %d", t.liable, MinLiable)})
	}
	c.scope(x)
	c.stage(x, StageBreach, "", t.stages[grouped{x, StageBreach, "", ""}], []string{"no", "yes"})
	for _, by := range dimensions {
		for _, g := range t.groups(by) {
			c.agreementOnly(x, StageLiable, by, g)
			c.agreementOnly(x, StageBreach, by, g)
		}
	}
	c.all(x)
	for _, k := range disagreements {
		c.add(x, "", "disagreement", k, agreement.Wilson(t.disagreement[x][k], n, Level))
	}
	for _, k := range slices.Sorted(maps.Keys(t.decisive[x])) {
		c.add(x, "", "decisive", k, agreement.Wilson(t.decisive[x][k], n, Level))
	}
	byRule := t.byRule(x)
	for _, k := range slices.Sorted(maps.Keys(t.rules[x])) {
		c.addCount(x, "", "rule", k, t.rules[x][k], n)
		if r := byRule[k]; r.Compared > 0 {
			c.add(x, StageLiable, "agreement_rule", k, agreement.Wilson(r.Hits, r.Compared, Level))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(t.missing[x])) {
		c.addCount(x, "", "missing", k, t.missing[x][k], n)
	}
}

// stage gives agreement, kappa, AlwaysLabel and the class scores of one square.
func (c *computer) stage(x choice, stage, of string, n counts, labels []string) {
	t, err := n.confusion(labels)
	if err != nil {
		c.err = err
		return
	}
	c.add(x, stage, "agreement", of, t.Agreement(Level))
	c.add(x, stage, "always_"+labels[0], of, t.AlwaysLabel(labels[0], Level))
	c.add(x, stage, "kappa", of, t.CohenKappa(agreement.IdentityWeights(len(labels)), Level).Estimate)
	c.add(x, stage, "ac1", of, t.GwetAC(agreement.IdentityWeights(len(labels)), Level).Estimate)
	c.add(x, stage, "alpha", of, alpha(t, agreement.Nominal))
	c.add(x, stage, "mcc", "", t.MCC())
	c.add(x, stage, "no_information", of, t.NoInformationRate(Level))
	for _, s := range t.PerClass(Level) {
		c.add(x, stage, "precision", s.Label, s.Precision)
		c.add(x, stage, "recall", s.Label, s.Recall)
		c.add(x, stage, "f1", s.Label, s.F1)
		c.add(x, stage, "mcc", s.Label, s.MCC)
	}
}

// alpha is Krippendorff's alpha of ruling and prediction as two codes of a party, with an interval over parties.
func alpha(t *agreement.Confusion, m agreement.Metric) agreement.Estimate {
	if a := t.Ratings().KrippendorffAlpha(m); a.Undefined {
		return a
	}
	return t.Ratings().BootstrapAlpha(m, bootstrapDraws, bootstrapSeed).Interval(agreement.Percentile, Level)
}

// all is the agreement over all classes of comparison at once, kappa weighted by severity, and every cell.
func (c *computer) all(x choice) {
	classes := c.classes[x]
	m := matrixOf(x, c.t.classes[x], classes)
	for i, r := range m.Rows {
		total := 0
		for _, v := range m.Counts[i] {
			total += v
		}
		for j, p := range m.Cols {
			c.addCount(x, "", "matrix", r+"."+p, m.Counts[i][j], total)
			if total > 0 {
				c.add(x, "", "matrix_share", r+"."+p, agreement.Wilson(m.Counts[i][j], total, Level))
			}
		}
	}
	if c.t.liable < MinLiable {
		return // an agreement over all classes would be one on types
	}
	t, err := c.t.classes[x].confusion(classes)
	if err != nil {
		c.err = err
		return
	}
	c.add(x, "classes", "agreement", "", t.Agreement(Level))
	c.add(x, "classes", "always_none", "", t.AlwaysLabel(judgment.LabelNone, Level))
	c.add(x, "classes", "kappa", "", t.CohenKappa(agreement.IdentityWeights(len(classes)), Level).Estimate)
	c.add(x, "classes", "kappa_linear", "", t.CohenKappa(agreement.LinearWeights(len(classes)), Level).Estimate)
	c.add(x, "classes", "ac2_linear", "", t.GwetAC(agreement.LinearWeights(len(classes)), Level).Estimate)
	c.add(x, "classes", "ac1", "", t.GwetAC(agreement.IdentityWeights(len(classes)), Level).Estimate)
	c.add(x, "classes", "alpha", "", alpha(t, agreement.Nominal))
	c.add(x, "classes", "alpha_ordinal", "", alpha(t, agreement.Ordinal))
	for _, s := range t.PerClass(Level) {
		c.add(x, "classes", "precision", s.Label, s.Precision)
		c.add(x, "classes", "recall", s.Label, s.Recall)
		c.add(x, "classes", "f1", s.Label, s.F1)
	}
	c.addTest(x, "classes", "p_stuart_maxwell", "", t.StuartMaxwell())
	c.addTest(x, "classes", "p_bowker", "", t.Bowker())
	c.add(x, "classes", "distance", "", t.OrdinalDistance())
	c.add(x, "classes", "mcc", "", t.MCC())
}

func (c *computer) scope(x choice) {
	n := c.t.stages[grouped{x, StageScope, "", ""}]
	hits := 0
	for _, a := range n.labels(func(p pair) string { return p.Actual }) {
		for _, p := range n.labels(func(p pair) string { return p.Predicted }) {
			c.addCount(x, StageScope, "pair", a+"."+p, n[pair{a, p}], n.total())
		}
		hits += n[pair{a, a}]
	}
	c.add(x, StageScope, "agreement", "", agreement.Wilson(hits, n.total(), Level))
}

func (c *computer) agreementOnly(x choice, stage, by, group string) {
	n := c.t.stages[grouped{x, stage, by, group}]
	if n.total() == 0 {
		return
	}
	hits := 0
	for p, v := range n {
		if p.Actual == p.Predicted {
			hits += v
		}
	}
	c.add(x, stage, "agreement."+by, group, agreement.Wilson(hits, n.total(), Level))
	if stage == StageLiable {
		c.add(x, stage, "always_none."+by, group, agreement.Wilson(rowTotal(n, judgment.LabelNone), n.total(), Level))
	}
}

func columnTotal(n counts, label string) (total int) {
	for p, v := range n {
		if p.Predicted == label {
			total += v
		}
	}
	return total
}

func rowTotal(n counts, label string) (total int) {
	for p, v := range n {
		if p.Actual == label {
			total += v
		}
	}
	return total
}

func without(list []string, s string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(x string) bool { return x == s })
}
