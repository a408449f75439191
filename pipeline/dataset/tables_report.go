package dataset

var comparison = newTable("report", "comparison", "Prediction beside ruling at one stage of comparison.", "预测与裁判在某一比较层次上的对照。",
	join(cols(caseID(), need(Int32, "party_no", "number of the party", "当事人序号"), need(Int32, "head_no", "head of claim; 0 is the main row", "请求项序号")), doctrineKey(),
		cols(enum("stage", "what is compared", "比较层次", "liable=是否承担责任", "type=责任形态", "scope=责任范围", "breach=义务违反"),
			few("predicted", "class predicted", "预测"), few("actual", "class of the ruling", "裁判"),
			few("predicted_scope", "scope predicted", "预测范围"), few("actual_scope", "scope ordered", "裁判范围"),
			may(Float64, "cap", "limit as portion", "限额比例"),
			need(Bool, "compared", "both sides are classes of the comparison", "是否可比"),
			need(Bool, "agree", "same class", "是否一致"), need(Bool, "compatible", "same or compatible class", "是否相容"),
			may(Int32, "distance", "steps of severity between them", "严重程度差"),
			enum("disagreement", "where the difference comes from", "不一致类别", "extraction=读取", "missing_fact=事实缺失", "outcome_reading=结果读取", "rule_gap=规则空白", "unexplained=未解释"),
			handFields(), counted()))...,
)

func handFields() Column {
	return need(TextList, "hand", "fields and variables behind the row that were corrected by hand", "该行所依据的经人工更正的字段与变量")
}

var metrics = newTable("report", "metrics", "One row per number of the report, with n, interval, method and warnings.", "报告中每个数字一行，附样本量、区间、方法与提示。",
	need(Text, "key", "name of the number", "指标键"),
	few("doctrine", "rule pack", "学说规则包"), few("variant", "variant", "变体"), policy(),
	few("stage", "stage of comparison", "比较层次"), few("metric", "statistic", "统计量"),
	may(Text, "level", "class or group it is about", "类别或分组"),
	may(Float64, "value", "value", "值"), may(Float64, "lo", "lower end of the interval", "区间下限"), may(Float64, "hi", "upper end of the interval", "区间上限"),
	may(Int64, "n", "observations", "样本量"), may(Int64, "clusters", "clusters", "聚类数"),
	few("method", "how it was computed", "方法"), need(TextList, "warnings", "what limits it", "提示"))

var analysis = newTable("report", "analysis", "One row per platform party, wide, for a statistics program: the decision of the first doctrine from the richest evidence; behind it every fact, the prediction of every doctrine and rung, and the columns of --join. What stands behind counted depends on the run; the codebook of a report lists it.", "每个平台当事人一行的宽表，供统计软件使用：首列学说以最充分证据作出的判定，其后为全部事实、各学说各证据层级的预测以及 --join 并入的列。counted 之后的列因运行而异，见该报告的编码手册。",
	join(cols(caseID(), need(Text, "case_key", "court, case number and type", "案件键"), may(Text, "citation", "how to cite it", "引注"),
		need(Int32, "party_no", "number of the party", "当事人序号"), need(Text, "party_name", "name", "当事人名称")), doctrineKey(),
		cols(may(Text, "court", "court", "法院"), few("court_level", "level of the court", "法院层级"), few("province", "province", "省份"),
			may(Date, "judgment_date", "day of the judgment", "裁判日期"), may(Int32, "year", "year of the judgment", "年份"),
			may(Text, "cause", "cause of action", "案由"), enum("instance", "instance", "审级", instances...),
			few("service_type", "service type", "服务类型"), few("brand", "brand", "品牌"), few("profit_mode", "profit mode", "获利方式"),
			few("platform_state", "state of mind found", "平台主观状态"), few("breach_found", "breach found by the court", "法院认定的违反"), few("breach_derived", "breach derived by the pack", "推出的违反"),
			few("third_party", "third party", "第三人"), few("third_party_state", "state of the third party", "第三人主观状态"),
			few("causation", "causation", "因果关系"), few("harm_type", "harm", "损害类型"), few("duty_intensity", "intensity of the duty", "义务强度"),
			need(TextList, "facts", "every known fact as variable=value@level", "全部已知事实：变量=取值@层级"),
			few("actual", "liability ordered", "裁判责任形态"), need(Bool, "actual_liable", "ordered to pay or act", "是否判令承担责任"),
			may(Float64, "amount", "yuan ordered", "判决金额"), may(Float64, "claimed_amount", "yuan claimed", "请求金额"), may(Float64, "fraction", "portion", "比例"),
			few("outcome", "whether the pack decides", "判定状态"), few("predicted", "liability predicted", "预测责任形态"), few("rule_id", "rule that decided", "决定规则"),
			need(TextList, "missing", "missing variables", "缺失变量"),
			few("family_id", "family", "案件族"), few("series_id", "series", "系列案"), few("near_dup_group", "near duplicates", "近似文本组"), may(Float64, "weight", "1 over the size of the near-duplicate group", "权重"), handFields(), counted()))...,
)

func counted() Column {
	return need(Bool, "counted", "the report's numbers count this row: one row a dispute, its last instance", "是否计入统计（同一纠纷仅计最终审级）")
}
