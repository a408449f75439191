package report

import (
	"context"
	"strconv"

	"caipan/report/agreement"
)

// extras (补充分析) are the analyses beside the comparison of prediction and ruling: regressions, reforms, words, and
// what separates the doctrines.
type extras struct {
	tables  []ModelTable
	fits    []modelFit
	reforms []reformLine
	words   []keynessContrast
	types   []rivalTypes
	common  int // parties that every doctrine decides
}

// addExtras notes what the extras need of a case that the tally counts; its parties were observed just before.
func (t *tally) addExtras(e *Entry, operators []int, ds []Doctrine) {
	if t.keyness == nil {
		t.keyness = newKeynessTally(ds[0].Classes())
	}
	var classes []string
	for _, p := range operators {
		classes = append(classes, actualSide(ruling(e.Case, p), &ds[0]).class)
	}
	if err := t.keyness.add(e.Case, classes); err != nil && t.failed == nil {
		t.failed = err
	}
}

// computeExtras fits and tests, and adds every number to the results.
func computeExtras(t *tally, ds []Doctrine, r *Results, marked bool) (*extras, error) {
	if t.failed != nil {
		return nil, t.failed
	}
	tables, err := loadModels()
	if err != nil {
		return nil, err
	}
	classes := ds[0].Classes()
	if t.keyness == nil {
		t.keyness = newKeynessTally(classes)
	}
	x := &extras{tables: tables, reforms: t.observed.reformLines(classes, t.liable), words: t.keyness.contrasts(t.liable)}
	for i := range tables {
		x.fits = append(x.fits, t.observed.fitModels(&tables[i], classes)...)
	}
	x.types, x.common = t.observed.rivalsOnTypes(ds, classes)
	addModelResults(r, x.fits, marked)
	addReformResults(r, x.reforms, marked)
	addKeynessResults(r, x.words, marked)
	addRivalResults(r, ds, x.types, marked)
	addAbstentionResults(r, t, marked)
	return x, nil
}

// list are the tables of the extras in the layouter's language.
func (x *extras) list(l *layouter) []*Table {
	w := &modelWriter{lang: l.lang, voc: l.vocabulary}
	var out []*Table
	for i := range x.tables {
		out = append(out, w.table(x.tables[i].ID, x.fits, l.notes(), l.markedUnder("model."+x.tables[i].ID+".")))
	}
	out = append(out, w.reformTable(x.reforms, l.notes(), l.markedUnder("reform.")), keynessTable(l.lang, l.t.keyness, x.words, l.notes(), l.markedUnder("keyness.")), abstention(l.lang, l.t, l.r, l.notes()))
	if len(l.doctrines) > 1 {
		out = append(out, rivalTypeTable(l.lang, l.doctrines, x.types, x.common, l.notes()), rivalCases(l.lang, l.t, l.t.observed, l.rivals, l.notes()))
	}
	return out
}

// extraMethods is the paragraph of the methods section on the extras.
func (l *layouter) extraMethods() string {
	return l.say("What goes with liability is estimated by logits (binary; multinomial and ordinal where three types have ten parties each) on predictors known before the reasoning, with sandwich errors clustered by plaintiff and platform, and by court, and average marginal effects by the delta method; where cells separate, Firth's (1993) logit with profile limits (Heinze and Schemper 2002). Before and after 1 January 2019 and 2021 are compared by the law applied, and not where a side has fewer than "+strconv.Itoa(agreement.MinimumSide)+" parties. Words are compared by Dunning's (1993) log likelihood and, on judgments, by Fisher's test, corrected by Holm (1979). The statements of the text that the doctrine follows are tested one by one as declared in propositions.yaml.",
		"与责任相关者以 logit 估计（二元；三种形态各有十个当事人时另作多项与有序），解释变量限于说理之前已知者，夹心标准误分别以原告与平台、法院聚类，平均边际效应以 delta 法；存在分离时用 Firth（1993）logit 与剖面区间（Heinze 与 Schemper 2002）。2019年与2021年1月1日前后依所适用法律比较，一侧不足 "+strconv.Itoa(agreement.MinimumSide)+" 个当事人者不比较。用词以 Dunning（1993）对数似然并以文书为单位之 Fisher 检验比较，Holm（1979）校正。学说所据文本之命题依 propositions.yaml 逐条检验。")
}

// TermSource is a Source that can hand over the cases' terms too. Only the pass that counts asks for them: they are
// most of what ingest wrote.
type TermSource interface {
	// EachWithTerms is Each with Case.Terms filled where the ingest run has them.
	EachWithTerms(ctx context.Context, do func(*Entry) error) error
}
