package report

import (
	"fmt"
	"strconv"
	"strings"

	"caipan/pipeline/dataset"
	"caipan/report/agreement"
	"caipan/report/sample"
)

// findings of the validation, computed once and laid out in both languages.
type validationResults struct {
	Scores     []labelScore
	Shares     []correctedShare
	Choice     choice
	Cells      []correctedCell
	Agreements []correctedAgreement
	Terms      []correctedTerm
	NoLogit    string // a key of modelWords: why there is no corrected logit
	Dropped    []leftOut
}

// compute gives every number of the validation. headline is the choice of the confusion.
func (v *validation) compute(t *tally, ds []Doctrine, headline choice) (*validationResults, error) {
	out := &validationResults{Scores: v.scores(), Shares: v.shares(&ds[0]), Choice: headline}
	if v.final[rulingVariable] == nil {
		out.NoLogit = "few_liable"
		return out, nil
	}
	for k := range ds {
		if ds[k].ID == headline.Doctrine && ds[k].Variant == headline.Variant {
			out.Cells = v.cells(headline, k, &ds[k])
		}
	}
	out.Agreements = v.agreements(t.choices, ds, t.liable)
	tables, err := loadModels()
	if err != nil {
		return nil, err
	}
	var frame *modelFrame
	out.Terms, frame, out.NoLogit = v.logit(t.observed, &tables[0], &ds[0])
	out.Dropped = frame.out
	return out, nil
}

// addValidationResults keeps every number: validation.* is measured on the coded units, naive.* as read, corrected.* corrected.
func addValidationResults(r *Results, v *validation, x *validationResults) {
	put := func(key, metric, of string, e agreement.Estimate) {
		r.add(Result{Key: key, Metric: metric, Of: of, Estimate: e})
	}
	for _, s := range x.Scores {
		of := s.Variable + "." + s.Label
		if s.By != "" {
			of += "." + s.By + "." + s.Group
		}
		put("validation.precision."+of, "precision", s.Label, s.Precision)
		put("validation.recall."+of, "recall", s.Label, s.Recall)
	}
	for _, s := range x.Shares {
		of := "liable_share"
		if s.Variable != rulingVariable || s.Label != "" {
			of = "share." + s.Variable + "." + s.Label
		}
		put("naive."+of, "share", s.Label, s.Naive)
		put("corrected."+of, "share", s.Label, s.Corrected)
		put("corrected_ppi."+of, "share", s.Label, s.Powered)
	}
	for _, c := range x.Cells {
		r.add(Result{Key: "corrected." + x.Choice.key() + ".matrix_share." + c.Actual + "." + c.Predicted, Choice: x.Choice, Metric: "matrix_share", Of: c.Actual + "." + c.Predicted, Estimate: c.Corrected})
	}
	for _, a := range x.Agreements {
		r.add(Result{Key: "naive." + a.key() + "." + a.Stage + ".agreement", Choice: a.choice, Stage: a.Stage, Metric: "agreement", Estimate: a.Naive})
		r.add(Result{Key: "corrected." + a.key() + "." + a.Stage + ".agreement", Choice: a.choice, Stage: a.Stage, Metric: "agreement", Estimate: a.Corrected})
	}
	for _, t := range x.Terms {
		put("naive.logit."+t.Term, "log_odds", t.Term, t.Naive)
		put("corrected.logit."+t.Term, "log_odds", t.Term, t.Corrected)
	}
}

// validationTables are the tables of the validation, nil without one.
func (l *layouter) validationTables() []*Table {
	if l.validation == nil {
		return nil
	}
	x := l.validated
	return []*Table{l.scoreTable("validation", x, false), l.scoreTable("validation_groups", x, true), l.shareTable(x), l.correctedConfusion(x), l.correctedAgreements(x), l.correctedLogit(x)}
}

// sampleNotes say what stands behind the numbers of the validation.
func (l *layouter) sampleNotes() []string {
	v := l.validation
	s := v.sample
	design := l.say("Simple random sample of parties", "当事人简单随机样本")
	if !s.Simple() {
		design = l.say(fmt.Sprintf("Probability sample of %s in %d strata", unitWord(s, "en"), len(s.Strata)), fmt.Sprintf("%s概率样本，%d 层", unitWord(s, "zh"), len(s.Strata)))
	}
	out := []string{l.say(fmt.Sprintf("%s: %d of %d parties drawn (seed %d), %d coders.", design, len(s.Drawn()), len(v.units), s.Seed, len(s.Coders)),
		fmt.Sprintf("%s：自 %d 个当事人中抽取 %d 个（种子 %d），编码员 %d 人。", design, len(v.units), len(s.Drawn()), s.Seed, len(s.Coders)))}
	var lost []string
	for _, variable := range s.Variables {
		if n := v.lost[variable]; n > 0 {
			lost = append(lost, fmt.Sprintf("%s %d", variable, n))
		}
	}
	if len(lost) > 0 {
		out = append(out, l.say("Drawn but not coded, taken as missing at random within the stratum: ", "已抽取而未编码，按层内随机缺失处理：")+strings.Join(lost, ", ")+".")
	}
	if s.RunID != v.runID {
		out = append(out, l.say("The program or its data changed after the sample was drawn: if these units were looked at for the change, draw another sample.", "抽样之后程序或数据已改动：如改动时参看过这些单位，应另抽样本。"))
	}
	return out
}

func unitWord(s *sample.Sample, lang string) string {
	w := map[string][2]string{"party": {"parties", "当事人"}, "case": {"cases", "案件"}}[s.Unit]
	if s.Cluster != "" {
		w = [2]string{"courts", "法院"}
	}
	if lang == "zh" {
		return w[1]
	}
	return w[0]
}

// coded is the label of a coded value.
func (l *layouter) coded(variable, value string) string {
	if b := l.validation.book.Variable(variable); b != nil {
		for i := range b.Values {
			if b.Values[i].ID == value {
				return b.Values[i].Label.In(l.lang)
			}
		}
	}
	return l.w(value)
}

func (l *layouter) codedVariable(id string) string {
	return l.validation.book.Variable(id).Label.In(l.lang)
}

func (l *layouter) scoreTable(name string, x *validationResults, grouped bool) *Table {
	t := &Table{Name: name, Caption: l.w("cap_" + name), Left: 2, Head: append(l.heads("variable", "value"), l.say("read", "读取数"), l.say("coded", "编码数"), l.say("precision", "精确率"), l.say("recall", "召回率"))}
	if grouped {
		t.Left, t.Head = 4, append([]string{l.say("group", "分组"), ""}, t.Head...)
	}
	last := ""
	for _, s := range x.Scores {
		if (s.By != "") != grouped {
			continue
		}
		if head := s.Variable + s.By + s.Group; head != last {
			last = head
			t.Rules = append(t.Rules, len(t.Rows))
		}
		row := []string{l.codedVariable(s.Variable), l.coded(s.Variable, s.Label), strconv.Itoa(s.Read), strconv.Itoa(s.Coded), cell(s.Precision), cell(s.Recall)}
		if grouped {
			row = append([]string{l.w(s.By), dataset.Label("judgments", s.By, s.Group, l.lang)}, row...)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = append([]string{l.say("Precision: of the coded parties read as the label, the share that the coders gave it; recall: of those coded as it, the share read so. Each coded party weighs 1/π; intervals of Korn and Graubard (1998) over strata and primary units. Read: parties of the corpus; coded: parties of the sample.",
		"精确率：读取为该值的编码当事人中，编码员亦认定者之比例；召回率：编码为该值者中读取一致之比例。各编码当事人以 1/π 加权；区间依 Korn 与 Graubard（1998），按层与初级单位。读取数就全部语料，编码数就样本。")}, l.sampleNotes()...)
	return t
}

func (l *layouter) shareTable(x *validationResults) *Table {
	t := &Table{Name: "corrected", Caption: l.w("cap_corrected"), Left: 2, Head: append(l.heads("variable", "value"), l.say("share as read", "读取比例"), l.say("corrected (DSL)", "校正比例（DSL）"), l.say("corrected (PPI++)", "校正比例（PPI++）"), l.say("still to code", "尚须编码"))}
	last := "-"
	for _, s := range x.Shares {
		if s.Variable != last {
			last = s.Variable
			t.Rules = append(t.Rules, len(t.Rows))
		}
		value := l.coded(s.Variable, s.Label)
		if s.Label == "" {
			value = l.w(liable)
		}
		further := l.say("not reachable", "无法达到")
		if s.Reachable {
			further = strconv.Itoa(s.Further)
		}
		t.Rows = append(t.Rows, []string{l.codedVariable(s.Variable), value, cell(s.Naive), cell(s.Corrected), cell(s.Powered), further})
	}
	width := strconv.FormatFloat(l.validation.width, 'g', -1, 64)
	t.Notes = append([]string{l.say("Share as read: Wilson; it takes every reading as true. DSL: design-based supervised learning (Egami, Hinck, Stewart and Wei 2023), errors summed by "+l.clusterWord()+"; PPI++ (Angelopoulos, Duchi and Zrnic 2023) for simple random samples. Still to code: parties beyond those coded until the corrected interval is ±"+width+" at the present rate of errors.",
		"读取比例：Wilson 区间，以读取均为真为前提。DSL：基于设计的监督学习（Egami、Hinck、Stewart、Wei 2023），误差按"+l.clusterWord()+"聚类；PPI++（Angelopoulos、Duchi、Zrnic 2023）仅用于简单随机样本。尚须编码：按现有误差率，校正区间达到 ±"+width+" 尚须编码的当事人数。")}, l.sampleNotes()...)
	return t
}

func (l *layouter) clusterWord() string {
	if l.validation.sample.Cluster != "" {
		return l.say("court", "法院")
	}
	return l.say("plaintiff and platform", "原告与平台")
}

func (l *layouter) correctedConfusion(x *validationResults) *Table {
	t := &Table{Name: "corrected_confusion", Caption: l.w("cap_corrected_confusion"), Left: 1, Head: []string{l.w("ruling")}}
	var columns []string
	for _, c := range x.Cells {
		columns = appendNew(columns, c.Predicted)
	}
	for _, p := range columns {
		t.Head = append(t.Head, l.w(p))
	}
	n := float64(len(l.validation.units))
	for i, c := range x.Cells {
		if i%len(columns) == 0 {
			t.Rows = append(t.Rows, []string{l.w(c.Actual)})
		}
		text := strconv.Itoa(c.Naive) + " → —"
		if e := c.Corrected; !e.Undefined {
			text = fmt.Sprintf("%d → %s [%s, %s]", c.Naive, parties(e.Value*n), parties(e.Lo*n), parties(e.Hi*n))
		}
		t.Rows[len(t.Rows)-1] = append(t.Rows[len(t.Rows)-1], text)
	}
	t.Notes = append([]string{l.about(x.Choice), l.say("Parties as read → corrected for the reading of the ruling, 95% interval (DSL; a cell that is rare may have a lower limit under 0). Predictions are the program's own, from the facts as read.",
		"读取数 → 就裁判读取误差校正后的当事人数及 95% 区间（DSL；稀少单元格下限可为负）。预测为程序依所读事实作出，不作校正。")}, l.sampleNotes()...)
	return t
}

func parties(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', 1, 64), "-", "−", 1)
}

func (l *layouter) correctedAgreements(x *validationResults) *Table {
	t := &Table{Name: "corrected_agreement", Caption: l.w("cap_corrected_agreement"), Left: 4, Head: l.heads("doctrine", "variant", "policy", "stage", "compared")}
	t.Head = append(t.Head, l.say("agreement as read", "读取一致率"), l.say("corrected (DSL)", "校正一致率（DSL）"))
	for _, a := range x.Agreements {
		t.Rows = append(t.Rows, []string{a.Doctrine, a.Variant, l.w(a.Policy), l.w("stage_" + a.Stage), strconv.Itoa(a.Naive.N), cell(a.Naive), cell(a.Corrected)})
	}
	t.Notes = append([]string{l.say("Agreement among the parties that can be compared, both numbers corrected (ratio of two DSL means). The ruling is corrected, the prediction is the program's own.",
		"可比当事人之一致率，分子分母均经校正（两个 DSL 均值之比）。校正者为裁判，预测为程序所作。")}, l.sampleNotes()...)
	return t
}

func (l *layouter) correctedLogit(x *validationResults) *Table {
	w := &modelWriter{lang: l.lang, voc: l.vocabulary}
	t := &Table{Name: "corrected_logit", Caption: l.w("cap_corrected_logit"), Left: 1, Head: []string{w.say("Predictor (against reference)", "解释变量（对照）"), l.say("log odds as read", "读取之对数优势"), l.say("corrected (DSL)", "校正（DSL）")}}
	if x.NoLogit != "" {
		t.Rows = [][]string{{w.word(x.NoLogit), "—", "—"}}
	}
	for _, c := range x.Terms {
		p := c.predictor.Predictor
		t.Rows = append(t.Rows, []string{p.Name.In(l.lang) + ": " + w.category(p, c.predictor.Category) + " (" + w.category(p, c.predictor.Reference) + ")", cell(c.Naive), cell(c.Corrected)})
	}
	t.Notes = append([]string{l.say("Liable or not. Outcome and which parties belong to the model are corrected by the coded rulings; the predictors are as read. Clusters: "+l.clusterWord()+"; at least 5 coded parties of the rarer outcome a column.",
		"是否有责。结果及何者属于模型均依编码裁判校正；解释变量为读取值。聚类："+l.clusterWord()+"；每一参数至少 5 个编码的较少结果。")}, l.sampleNotes()...)
	if len(x.Dropped) > 0 {
		t.Notes = append(t.Notes, w.leftOut(modelFit{Kind: modelBinary, Out: x.Dropped})...)
	}
	return t
}

// correctedHeadline says what the sample makes of the first number, and what stays unvalidated.
func (l *layouter) correctedHeadline() string {
	x, ok := l.r.Get("corrected.liable_share")
	if !ok {
		return l.say("The hand-coded sample does not cover the ruling: these numbers are not validated (†).", "人工编码样本未涵盖裁判，上列数字未经检验（†）。")
	}
	n := l.validation.coded[rulingVariable]
	s := l.say(fmt.Sprintf("Corrected by %d hand-coded parties, the share held liable is %s %s.", n, percent(x.Estimate.Value), l.ciOf(x)), fmt.Sprintf("经 %d 个人工编码当事人校正，有责比例为 %s%s。", n, percent(x.Estimate.Value), l.ciOf(x)))
	if x.Estimate.Undefined {
		s = l.say("The share held liable could not be corrected: "+x.Estimate.Reason+".", "有责比例无法校正："+x.Estimate.Reason+"。")
	}
	m := &marker{v: l.validation, t: l.t}
	var open []string
	for _, v := range append(m.decisive(l.headline()), rulingVariable) {
		if !l.validation.validated(v) {
			name := l.variable(v)
			if v == rulingVariable {
				name = l.w("ruling")
			}
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		s += l.say(" Agreement stays marked (†): fewer than "+strconv.Itoa(MinCoded)+" parties are coded for "+strings.Join(open, ", ")+".", "一致率仍为未经检验（†）：下列变量编码不足 "+strconv.Itoa(MinCoded)+" 个："+strings.Join(open, "、")+"。")
	}
	return s
}

func (l *layouter) ciOf(x Result) string {
	if x.Estimate.Undefined || x.Estimate.NoInterval {
		return ""
	}
	return "[" + percent(x.Estimate.Lo) + ", " + percent(x.Estimate.Hi) + "]"
}
