package dataset

func policy() Column {
	return enum("evidence_policy", "rung of the leakage ladder: what the decision may read", "证据层级",
		"pleadings=诉辩主张", "undisputed=无争议事实", "facts=查明事实", "reasoning=法院说理")
}

func doctrineKey() []Column {
	return cols(few("doctrine", "rule pack", "学说规则包"), few("variant", "variant of the pack", "变体"), policy())
}

func findingIDs() Column {
	return need(TextList, "finding_ids", "findings it rests on", "所依据的陈述编号")
}

var facts = newTable("classify", "facts", "One row per platform operator, evidence policy and variable: the one value that counts.", "每个平台经营者、证据层级、变量一行：所采的取值。",
	caseID(), partyNo(), policy(), few("variable", "variable of the vocabulary", "变量"),
	few("value", "a value of the variable, or not_proved, unknown, conflict", "取值，或 not_proved、unknown、conflict"),
	may(Int32, "level", "level of the winning finding", "所采陈述的层级"),
	enum("status", "where the value comes from", "来源", factStatus...),
	findingIDs(), may(Text, "reason", "why this value won", "取值理由"))

var factStatus = []string{"read=读出", "derived=推出", "hand=人工更正=by hand"}

var outcomes = []string{"decided=已判定", "undetermined=未定", "conflict=冲突", "out_of_scope=不适用"}

var predictions = newTable("classify", "predictions", "One row per platform operator, pack, variant and evidence policy: what the doctrine predicts.", "每个平台经营者、规则包、变体、证据层级一行：学说的预测。",
	join(cols(caseID(), need(Int32, "party_no", "number of the party", "当事人序号"), need(Text, "party_name", "name of the party", "当事人名称")), doctrineKey(),
		cols(enum("outcome", "whether the pack decides", "判定状态", outcomes...),
			enum("liability", "liability predicted; null unless decided", "预测的责任形态", labels...),
			enum("scope", "reach of joint liability", "连带范围", "full=全部", "duty=义务范围内", "enlarged=扩大损失部分"),
			may(Float64, "cap_fraction", "limit as portion of the loss", "限额比例"),
			enum("order", "order of payment", "清偿顺序", "none=无先后", "third_party_first=第三人在先"),
			enum("recourse", "recourse against the third party", "追偿", "full=全额追偿", "internal=内部追偿", "none=无"),
			enum("duty_intensity", "intensity of the duty", "义务强度", "low=低", "medium=中", "high=高"),
			enum("breach_derived", "breach as the pack derives it", "推出的义务违反", "yes=违反", "no=未违反", "unknown=未知"),
			few("rule_id", "rule that decided", "决定规则"),
			need(TextList, "missing", "variables whose knowledge could change the decision", "缺失变量"),
			need(TextList, "decisive", "variables that carried the decision", "决定性变量"),
			enum("service_type", "service type", "服务类型", serviceTypes...),
			few("law_assumed", "how the law in time was chosen where the act's date is unknown", "行为时不明时的法律适用依据"),
			few("pack_digest", "digest of the rule pack", "规则包摘要")))...,
)

var trace = newTable("classify", "trace", "The steps of each decision.", "每一判定的推理步骤。",
	join(cols(repeated(caseID()), need(Int32, "party_no", "number of the party", "当事人序号")), doctrineKey(),
		cols(need(Int32, "step", "number of the step, from 0", "步骤序号"), may(Int32, "parent", "step above; null: top", "上级步骤"),
			enum("kind", "kind of step", "步骤类别", "fact=事实", "derived=推导", "rule=规则", "defeat=排除", "in_dubio=存疑规则", "result=结论"),
			few("rule_id", "rule", "规则"), few("norm", "norm it rests on", "规范"), few("condition", "condition examined", "条件"),
			enum("truth", "truth of the condition", "真值", "true=真", "false=假", "unknown=未知"),
			few("result", "what follows", "结果"), findingIDs(),
			enum("status", "of a fact: where its value comes from", "事实取值来源", factStatus...)))...,
)

var corrections = newTable("classify", "corrections", "One row per correction by hand that concerns a case of the run, and what became of it.", "每条涉及本次案件的人工更正一行及其处理结果。",
	join(cols(need(Text, "correction_id", "case_id, h and a number; stands first among the finding_ids of what it set", "更正编号"), caseID(), partyNo(),
		need(Text, "party_name", "name of the party", "当事人名称"),
		enum("kind", "what it sets", "更正对象", "fact=变量", "ruling=裁判结果字段", "party=当事人属性"),
		few("field", "variable, or column of rulings or parties", "变量或字段"),
		may(Text, "value", "value by hand; null: the field is emptied", "更正后取值；空：清空该字段"),
		may(Text, "was", "what was read", "原读出值"),
		may(Int32, "level", "level at which a variable's value holds; null: that of what it overrides", "层级；空：与被更正值相同"),
		enum("status", "what became of it", "处理结果", "applied=已采用", "repeated=与他行相同", "overruled=被裁定行取代", "stale=失效（原文已变）"),
		few("coder", "who corrected", "更正人"), may(Date, "date", "when", "更正日期"), may(Text, "reason", "why", "理由")),
		span("", "the quote", "引文"), cols(may(Text, "quote", "the words it rests on, as the coder wrote them", "引文"),
			need(Text, "source", "file and place of the row", "更正行所在位置")))...,
)

var groups = newTable("classify", "groups", "Cases that belong together: for clustered standard errors.", "相关案件分组，用于聚类标准误。",
	caseID(),
	need(Text, "family_id", "one dispute through the instances: own and cited lower case numbers", "同一纠纷各审级"),
	need(Text, "series_id", "same plaintiff and platform", "同一原告与平台的系列案"),
	need(Text, "near_dup_group", "texts that differ in names and numbers only", "仅名称数字不同的近似文本"))
