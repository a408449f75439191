package report

import (
	"slices"
	"strconv"

	"caipan/model/doctrine"
	"caipan/report/agreement"
)

// rivalCaseLines bounds the cases printed for each pair of doctrines.
const rivalCaseLines = 20

// rivalTypes is the agreement of two doctrines on the class of liability (none and the types) for the parties that
// every doctrine decides under the richest evidence.
type rivalTypes struct {
	First, Second int // of the doctrines
	Agreement     agreement.Estimate
	Kappa         agreement.Estimate
}

// rivalsOnTypes compares every pair of doctrines on the class predicted. classes are those of the first doctrine.
func (o *observations) rivalsOnTypes(ds []Doctrine, classes []string) (out []rivalTypes, common int) {
	columns := make([]*codes, len(ds))
	for i, d := range ds {
		columns[i] = o.column(predictedColumn(d.ID, d.Variant))
	}
	var rows []int
	for row := range o.n {
		if !slices.ContainsFunc(columns, func(c *codes) bool { return c.code(row) == 0 }) {
			rows = append(rows, row)
		}
	}
	for a := range ds {
		for b := a + 1; b < len(ds); b++ {
			n := counts{}
			labels := slices.Clone(classes)
			for _, row := range rows {
				p := pair{columns[a].at(row), columns[b].at(row)}
				n[p]++
				labels = appendNew(appendNew(labels, p.Actual), p.Predicted)
			}
			slices.Sort(labels[len(classes):])
			x := rivalTypes{First: a, Second: b}
			if t, err := n.confusion(labels); err == nil {
				x.Agreement, x.Kappa = t.Agreement(Level), t.CohenKappa(agreement.IdentityWeights(len(labels)), Level).Estimate
			} else {
				x.Agreement, x.Kappa = noEstimate("raw agreement", err.Error()), noEstimate("Cohen kappa", err.Error())
			}
			out = append(out, x)
		}
	}
	return out, len(rows)
}

func addRivalResults(r *Results, ds []Doctrine, list []rivalTypes, marked bool) {
	for _, x := range list {
		a, b := ds[x.First], ds[x.Second]
		c := choice{a.ID, a.Variant, policyFull}
		of := b.ID + "." + b.Variant
		r.add(Result{Key: c.key() + ".classes.rival_agreement." + of, Choice: c, Stage: "classes", Metric: "rival_agreement", Of: of, Estimate: x.Agreement, Marked: marked})
		r.add(Result{Key: c.key() + ".classes.rival_kappa." + of, Choice: c, Stage: "classes", Metric: "rival_kappa", Of: of, Estimate: x.Kappa, Marked: marked})
	}
}

// rivalTypeTable prints the agreement of the doctrines with each other on the class of liability.
func rivalTypeTable(lang string, ds []Doctrine, list []rivalTypes, common int, notes []string) *Table {
	say := func(en, zh string) string { return doctrine.Label{En: en, Zh: zh}.In(lang) }
	t := &Table{Name: "rival_types", Caption: say("Doctrines with each other on the class of liability", "各说就责任形态的相互一致"), Left: 2,
		Head: []string{word(lang, "doctrine"), word(lang, "doctrine"), word(lang, "compared"), word(lang, "agreement"), word(lang, "kappa")}}
	for _, x := range list {
		a, b := ds[x.First], ds[x.Second]
		t.Rows = append(t.Rows, []string{a.ID + " · " + a.Variant, b.ID + " · " + b.Variant, strconv.Itoa(common), cell(x.Agreement), cell(x.Kappa)})
	}
	t.Notes = append([]string{say("Parties that every doctrine decides (none, supplementary, share, joint) on the evidence policy reasoning. This compares doctrines with each other, not with the courts.",
		"全部学说在法院说理层级均有判定（无、补充、按份、连带）之当事人。此为学说间比较，非与裁判之比较。")}, notes...)
	return t
}

// rivalCases lists the parties that separate two doctrines under the richest evidence: exactly one of the two agrees
// with the ruling on liable or not.
func rivalCases(lang string, t *tally, o *observations, rivals []rival, notes []string) *Table {
	say := func(en, zh string) string { return doctrine.Label{En: en, Zh: zh}.In(lang) }
	out := &Table{Name: "rival_cases", Caption: say("Cases that separate the doctrines", "区分各说的案件"), Left: 7,
		Head: []string{word(lang, "doctrine"), word(lang, "doctrine"), word(lang, "citation"), word(lang, "party"), word(lang, "ruling"), say("first says", "前说"), say("second says", "后说")}}
	sides := []string{word(lang, "none"), word(lang, liable)}
	for _, r := range rivals {
		if r.First.Policy != policyFull {
			continue
		}
		out.Rules = append(out.Rules, len(out.Rows))
		for i, u := range r.Pair.Separating {
			if i == rivalCaseLines || u >= len(o.party) {
				break
			}
			a, b := t.at(r.First, u), t.at(r.Second, u)
			p := o.party[u]
			out.Rows = append(out.Rows, []string{r.First.Doctrine + " · " + r.First.Variant, r.Second.Doctrine + " · " + r.Second.Variant, p.Citation, p.Party, sides[a/2], sides[a%2], sides[b%2]})
		}
	}
	out.Notes = append([]string{say("Evidence policy: reasoning. Parties that all doctrines decide and on whom exactly one of the two agrees with the ruling (liable or not); at most "+strconv.Itoa(rivalCaseLines)+" a pair, in the order of the corpus. Predictions and rulings are as read by machine.",
		"证据层级：法院说理。全部学说均已判定、且两说中恰有一说与裁判（是否有责）一致之当事人；每对至多 "+strconv.Itoa(rivalCaseLines)+" 个，依语料顺序。预测与裁判均为机器读取。")}, notes...)
	return out
}

// abstention says how often each doctrine decides at each rung: what it leaves open is reported, not rewarded.
func abstention(lang string, t *tally, r *Results, notes []string) *Table {
	say := func(en, zh string) string { return doctrine.Label{En: en, Zh: zh}.In(lang) }
	out := &Table{Name: "abstention", Caption: say("What each doctrine leaves open", "各说未作判定者"), Left: 3,
		Head: []string{word(lang, "doctrine"), word(lang, "variant"), word(lang, "policy"), word(lang, "parties"), word(lang, "decided"), word(lang, "share_of"), word(lang, "interval"), word(lang, "undetermined"), word(lang, "conflict"), word(lang, "out_of_scope")}}
	for _, c := range t.choices {
		x, _ := r.Get(c.key() + ".decided")
		row := []string{c.Doctrine, c.Variant, word(lang, c.Policy), strconv.Itoa(x.Estimate.N), strconv.Itoa(decidedBy(t, c)), x.Value(), x.Interval()}
		for _, label := range openOutcomes {
			row = append(row, strconv.Itoa(columnTotal(t.classes[c], label)))
		}
		out.Rows = append(out.Rows, row)
	}
	out.Notes = append([]string{say("Share decided with Wilson's interval. Undetermined: a fact is missing (table missing); conflict: rules of one rank disagree; out of scope: no decision on the merits, or a subject the doctrine does not reach.",
		"已判定比例附 Wilson 区间。未定：缺少事实（见表 missing）；冲突：同一顺位规则结论不同；不适用：无实体裁判或主体不在适用范围。")}, notes...)
	return out
}

var openOutcomes = []string{"undetermined", "conflict", "out_of_scope"}

func decidedBy(t *tally, c choice) int {
	n := t.classes[c].total()
	for _, label := range openOutcomes {
		n -= columnTotal(t.classes[c], label)
	}
	return n
}

// addAbstentionResults keeps the share decided under CHOICE.decided, and of the undetermined the share that misses
// each fact under CHOICE.missing_share.VARIABLE.
func addAbstentionResults(r *Results, t *tally, marked bool) {
	for _, c := range t.choices {
		n := t.classes[c].total()
		r.add(Result{Key: c.key() + ".decided", Choice: c, Metric: "decided", Estimate: agreement.Wilson(decidedBy(t, c), n, Level), Marked: marked})
		for _, label := range openOutcomes {
			r.add(Result{Key: c.key() + ".open." + label, Choice: c, Metric: "open", Of: label, Estimate: agreement.Wilson(columnTotal(t.classes[c], label), n, Level), Marked: marked})
		}
		open := columnTotal(t.classes[c], "undetermined")
		for _, v := range byCount(t.missing[c]) {
			r.add(Result{Key: c.key() + ".missing_share." + v, Choice: c, Metric: "missing_share", Of: v, Estimate: agreement.Wilson(min(t.missing[c][v], open), open, Level), Marked: marked})
		}
	}
}
