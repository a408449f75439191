package report

import (
	"caipan/pipeline/dataset"
)

// words are the report's own words in English and Chinese; labels of table values come from pipeline/dataset.
var words = map[string][2]string{
	"none": {"none", "无责任"}, "joint": {"joint", "连带"}, "supplementary": {"supplementary", "补充"}, "share": {"share", "按份"},
	"own": {"own", "自己责任"}, "equitable": {"equitable", "公平补偿"}, "insurer": {"insurer", "保险人"}, "nonmoney": {"non-monetary", "非金钱责任"},
	"not_claimed": {"not claimed", "未请求"}, "out_of_scope": {"out of scope", "不适用"}, "undetermined": {"undetermined", "未定"},
	"unknown": {"not read", "未读出"}, "conflict": {"conflict", "冲突"}, "liable": {"liable", "有责任"},
	"yes": {"yes", "是"}, "no": {"no", "否"}, "not_decided": {"not decided", "未认定"}, "decided": {"decided", "已判定"},
	"full": {"in full", "全部"}, "limited": {"in part", "部分"}, "within_cap": {"within the cap", "上限内"}, "above_cap": {"above the cap", "超过上限"}, "uncapped": {"no cap", "无上限"},
	"extraction": {"extraction doubt", "读取存疑"}, "missing_fact": {"missing fact", "事实缺失"}, "outcome_reading": {"outcome reading", "主文读取"},
	"rule_gap": {"rule gap or conflict", "规则空白或冲突"}, "unexplained": {"unexplained", "未解释"},
	"pleadings": {"pleadings", "诉辩"}, "undisputed": {"undisputed", "无争议事实"}, "facts": {"facts", "查明事实"}, "reasoning": {"reasoning", "法院说理"},
	"performed": {"performed", "已履行"}, "partly": {"partly", "部分履行"}, "late": {"late", "迟延"}, "not_performed": {"not performed", "未履行"}, "not_required": {"not required", "无须履行"},
	"direct": {"direct", "直接获利"}, "indirect": {"indirect", "间接获利"}, "mixed": {"mixed", "混合"}, "free": {"free", "免费"},

	"ruling": {"Ruling", "裁判"}, "prediction": {"Prediction", "预测"}, "total": {"Total", "合计"}, "n": {"n", "n"}, "value": {"Value", "值"}, "interval": {"95% CI", "95%置信区间"},
	"doctrine": {"Doctrine", "学说"}, "variant": {"Variant", "变体"}, "policy": {"Evidence", "证据层级"}, "stage": {"Stage", "层次"}, "agreement": {"Agreement", "一致率"},
	"always": {"Always none", "一律无责"}, "kappa": {"Cohen's κ", "Cohen κ"}, "compared": {"Compared", "可比数"}, "not_compared": {"Not compared", "不可比数"}, "bounds": {"Bounds", "上下界"},
	"liable_n": {"Liable (ruling)", "裁判有责数"}, "predicted_n": {"Liable (prediction)", "预测有责数"}, "share_of": {"Share", "比例"}, "of": {"of", "总数"},
	"service_type": {"Service type", "服务类型"}, "profit_mode": {"Profit mode", "获利方式"}, "year": {"Year", "年份"}, "parties": {"Parties", "当事人数"}, "own_n": {"Own account", "自己责任数"},
	"class": {"Class", "类别"}, "rule": {"Rule", "规则"}, "cases": {"Cases", "案件数"}, "variable": {"Variable", "变量"}, "measure": {"Measure", "措施"},
	"stage_liable": {"liable or not", "是否有责"}, "stage_type": {"type", "责任形态"}, "stage_scope": {"scope and cap", "范围与上限"}, "stage_breach": {"breach", "义务违反"},
	"task_pleadings": {"forecasting", "预测"}, "task_undisputed": {"forecasting", "预测"}, "task_facts": {"categorising", "归类"}, "task_reasoning": {"identifying", "识别"}, "task": {"Task", "任务"},
	"date": {"Date", "日期"}, "": {"", ""}, "citation": {"Case", "案件"}, "party": {"Party", "当事人"},

	"cap_confusion":    {"Prediction and ruling per platform party", "平台当事人的预测与裁判"},
	"cap_long":         {"Prediction and ruling: every cell with its row share", "预测与裁判：各格及行比例"},
	"cap_stages":       {"Agreement in stages", "分层一致性"},
	"cap_ladder":       {"Leakage ladder: liable or not by evidence policy", "泄漏阶梯：各证据层级下是否有责的一致性"},
	"cap_liability":    {"Liability by group", "分组责任情况"},
	"cap_disagreement": {"Where differences and abstentions come from", "差异与弃权的来源"},
	"cap_rules":        {"Rules that decided", "作出决定的规则"},
	"cap_missing":      {"Missing facts of undetermined predictions", "未定预测所缺事实"},
	"cap_groups":       {"Agreement by group", "分组一致率"},
	"cap_measures":     {"Duties by measure", "各项措施的履行"},
	"known":            {"Known", "已知"}, "statement": {"Statement", "命题"}, "tested": {"How tested", "检验方式"}, "estimate": {"Estimate", "估计"}, "difference": {"Difference", "差"},
	"cap_decisive":               {"Decisive facts", "决定性事实"},
	"cap_measurable":             {"What can be measured from these judgments", "本批文书可测的变量"},
	"cap_associations":           {"What goes with liability in the rulings", "与裁判责任相关的事实"},
	"cap_propositions":           {"The propositions of the text that the doctrine follows", "学说所据文本的命题"},
	"cap_rivals":                 {"Doctrines on the same parties", "各学说在相同当事人上的比较"},
	"cap_forest":                 {"Agreement by doctrine and service type", "各学说与服务类型的一致率"},
	"cap_liability_service_type": {"Liability by service type", "各服务类型的责任情况"},
	"cap_liability_profit_mode":  {"Liability by profit mode", "各获利方式的责任情况"},
	"cap_timeline":               {"Platform parties by year and liability", "各年份平台当事人与责任"},
	"measure_prevent":            {"prevent", "预防"}, "measure_eliminate": {"eliminate", "排除"}, "measure_remedy": {"remedy", "救济"},
	"cap_cases":               {"Cases", "案件清单"},
	"cap_validation":          {"How well the reading is: precision and recall, hand-coded sample", "读取质量：人工编码样本的精确率与召回率"},
	"cap_validation_groups":   {"Precision and recall by court level and document type", "各法院层级与文书类型的精确率与召回率"},
	"cap_corrected":           {"Shares as read and corrected", "读取比例与校正比例"},
	"cap_corrected_confusion": {"Prediction and ruling, corrected", "预测与裁判（校正）"},
	"cap_corrected_agreement": {"Agreement as read and corrected", "一致率（读取与校正）"},
	"cap_corrected_logit":     {"What goes with liability, as read and corrected", "与责任相关者（读取与校正）"},
	"court_level":             {"Court level", "法院层级"}, "doc_type": {"Document type", "文书类型"},

	"cap_alike":    {"Who decides alike: courts and doctrines", "法院与各说：谁的判定相同"},
	"cap_keyness":  {"Words of the judgments by liability", "文书用词与责任"},
	"cap_marginal": {"What goes with liability: average marginal effects", "与责任相关者：平均边际效应"},
}

// word is a word of the report or the label of a value in lang; a word that nobody listed stays as it is.
func word(lang, key string) string {
	w, ok := words[key]
	switch {
	case !ok:
		return key
	case lang == "zh":
		return w[1]
	}
	return w[0]
}

// labelIn is the label of a group of a dimension.
func labelIn(lang, by, group string) string {
	if group == "unknown" {
		return map[bool]string{true: "未提及", false: "not stated"}[lang == "zh"]
	}
	if by == byService {
		return dataset.Label("predictions", "service_type", group, lang)
	}
	return word(lang, group)
}
