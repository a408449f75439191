package dataset

// Tables is every table of the contract in the order in which they are written and documented.
var Tables = []*Table{
	judgments, sections, parties, rulings, findings, citations, terms, filtered, duplicates, rejects, sources,
	facts, predictions, trace, groups, corrections,
	analysis, comparison, metrics,
}

func caseID() Column {
	return need(Text, "case_id", "identity of the text: c and 16 hex digits of the SHA-256 of its identity text", "案件文本标识：c 加同一性文本 SHA-256 的前16位十六进制数")
}

func partyNo() Column {
	return may(Int32, "party_no", "number of the party in parties; null: nobody, or not resolved", "当事人序号（见 parties）；空：不指向特定当事人或未能识别")
}

var instances = []string{"first=一审=first instance", "second=二审=second instance", "retrial=再审", "other=其他"}

func docType() Column {
	return enum("doc_type", "type of document", "文书类型", "judgment=判决书", "order=裁定书", "mediation=调解书", "decision=决定书", "notice=通知书", "other=其他")
}

var judgments = newTable("ingest", "judgments", "One row per distinct judgment (裁判文书).", "每份不重复的裁判文书一行。",
	caseID(),
	need(Text, "case_key", "court, case number and document type: stays when the text is downloaded again", "法院、案号、文书类型构成的键，重新下载后不变"),
	may(Text, "citation", "how to cite it: court, case number, document", "引注：法院、案号、文书"),
	may(Text, "source_id", "the dump's own id", "数据来源自带的编号"),
	need(Text, "source_path", "file it came from, relative to the INPUT argument; a.zip!dir/x.csv for members", "来源文件（相对输入参数；压缩包内以 ! 分隔）"),
	need(Int64, "source_record", "record in that file, from 0", "在来源文件中的记录序号（从0起）"),
	may(Text, "title", "title as printed", "标题"),
	may(Text, "case_number", "the judgment's own number (案号) as printed, without white space", "本案案号"),
	may(Text, "court", "court as printed", "法院"),
	enum("court_level", "level of the court", "法院层级", "basic=基层", "intermediate=中级", "high=高级", "supreme=最高", "special=专门"),
	few("province", "province of the court", "省份"),
	may(Date, "judgment_date", "day of the judgment; null: not readable", "裁判日期；空：无法读出"),
	may(Date, "filing_date", "day of filing (立案)", "立案日期"),
	may(Text, "cause", "cause of action (案由)", "案由"),
	enum("instance", "instance (审级)", "审级", instances...),
	enum("trial_procedure", "procedure of the trial", "审理程序", "simple=简易程序", "small_claim=小额诉讼程序", "ordinary=普通程序"),
	docType(),
	enum("category", "branch of law", "案件类别", "civil=民事", "criminal=刑事", "administrative=行政", "enforcement=执行", "other=其他"),
	enum("outcome", "result of the document", "裁判结果", "granted=全部支持", "partly=部分支持", "dismissed=驳回请求", "affirmed=维持原判", "reversed=撤销改判", "patched=部分变更", "remanded=发回重审", "withdrawn=撤诉", "other=其他"),
	need(Bool, "default_judgment", "a defendant did not appear (缺席判决)", "是否缺席判决"),
	need(Bool, "name_masked", "company names are masked (某公司)", "当事人公司名称是否隐去"),
	need(TextList, "cited_numbers", "numbers of lower cases named in the text", "文中提及的下级案号"),
	need(Int32, "contradictions", "fields in which text and dump column differ (the text wins)", "正文与来源字段不一致的项数（以正文为准）"),
	Column{Name: "text", Kind: Text, Long: true, EN: "canonical text: UTF-8, one newline form, entities resolved", ZH: "规范化正文"},
	need(Int32, "chars", "length of text in characters", "正文字符数"),
	may(Int32, "tokens", "gse tokens of the text; null with --no-terms", "分词数；--no-terms 时为空"),
	Column{Name: "schema_version", Kind: Text, Few: true, EN: "version of this contract", ZH: "数据表版本"},
)

var sections = newTable("ingest", "sections", "The parts of a judgment; a quoted lower court's parts are rows of their own.", "裁判文书的各部分；所引下级法院裁判的部分单独成行。",
	join(cols(caseID(), need(Int32, "section_no", "number of the section, from 0", "部分序号"),
		enum("kind", "what the part is", "部分类别", "head=首部", "parties=当事人", "process=审理经过", "claims=诉称与请求", "answer=答辩", "evidence=举证质证", "facts=查明事实", "undisputed=无争议事实", "reasoning=本院认为", "basis=裁判依据", "disposition=判决主文", "fees=诉讼费用", "tail=尾部", "appendix=附录", "other=其他"),
		enum("instance", "whose instance the part belongs to", "所属审级", instances...),
		enum("holder", "who speaks", "陈述者", "court=本院", "lower_court=下级法院", "plaintiff=原告", "defendant=被告", "third_party=第三人", "both=双方", "none=无"),
		may(Text, "speaker", "the party named as speaker", "文中点名的陈述人"),
		need(Bool, "quoted", "part of a lower court's judgment reported here", "是否为转述的下级法院裁判")),
		span("", "the section", "该部分"))...,
)

var roles = []string{"plaintiff=原告", "defendant=被告", "third_party=第三人", "guardian=监护人", "counter_defendant=反诉被告", "other=其他"}

var serviceTypes = []string{"payment_lending=支付借贷", "shopping=网络购物", "ride=出行", "travel_lodging=旅游住宿", "takeout=外卖", "learning=在线教育", "social=社交", "content_video=内容视频", "search=搜索", "game=游戏", "job_service=求职服务", "info_classified=信息分类", "other=其他", "unknown=未知"}

var parties = newTable("ingest", "parties", "One row per party (当事人) of a case.", "每个案件的每个当事人一行。",
	join(cols(caseID(), need(Int32, "party_no", "number of the party in the case, from 0", "当事人序号"),
		need(Text, "name", "name exactly as in the heading", "名称（与首部一致）")),
		span("name_", "the name", "名称"),
		cols(need(TextList, "short_names", "names used later (以下简称)", "简称"),
			enum("role", "role at first instance", "一审地位", roles...),
			may(Text, "role_text", "role as printed", "诉讼地位原文"),
			enum("kind", "natural person or organisation", "主体类别", "person=自然人", "organization=组织"),
			need(Bool, "represented", "a lawyer or agent appeared", "是否有代理人"),
			need(Bool, "appellant", "appealed", "是否上诉"),
			need(Bool, "defaulted", "did not appear though summoned", "是否经传唤未到庭"),
			need(Bool, "is_platform_operator", "operates, as intermediary, the platform on which the dispute arose", "是否为涉案网络平台经营者"),
			enum("subject_kind", "kind of subject; null: not examined", "主体性质；空：未审查", "platform=网络平台", "self_operated=自营", "nsp_other=其他网络服务提供者=other network service provider", "user_or_merchant=用户或商家", "offline_venue=线下场所", "unknown=未知"),
			few("brand", "brand of the platform", "品牌"),
			enum("service_type", "service in which the harm happened", "服务类型", serviceTypes...)))...,
)

var labels = []string{"own=单独责任", "joint=连带责任", "joint_plain=共同责任（无“连带”）=joint without the word", "joint_limited=限额连带责任", "supplementary=补充责任", "share=按份责任", "insurer=保险责任", "equitable=公平补偿", "nonmoney=非金钱责任", "none=不承担责任", "not_claimed=未被主张", "out_of_scope=未作实体裁判", "unknown=未能读出"}

var rulings = newTable("ingest", "rulings", "What the last instance leaves standing against one party; head_no 0 is the party's main row.", "终局裁判对每一当事人的结果；head_no 为 0 的是该当事人的主行。",
	join(cols(caseID(), partyNo(),
		need(Text, "party_name", "name of the party, or of the debtor that could not be resolved", "当事人名称或未能识别的义务人"),
		enum("role", "role at first instance", "一审地位", roles...),
		need(Int32, "head_no", "head of claim; 0 is the main row", "请求项序号；0 为主行"),
		enum("head_kind", "kind of the head", "请求项类别", "refund=退款", "compensation=赔偿", "punitive=惩罚性赔偿", "moral=精神损害赔偿", "costs=费用", "nonmoney=非金钱"),
		enum("label", "liability ordered", "责任形态", labels...),
		need(TextList, "also", "further labels for other heads", "其他请求项的责任形态"),
		enum("via", "how the state came about", "形成方式", "own=本判决", "affirmed=维持", "reversed=改判", "patched=变更"),
		may(Float64, "amount", "yuan to pay as main sum", "应付本金（元）"),
		may(Float64, "claimed_amount", "yuan claimed", "请求金额（元）"),
		may(Float64, "fraction", "portion stated for the party, 0..1", "所定比例（0至1）"),
		enum("share_basis", "why the portion is less than all", "分担原因", "others=他人亦有责任", "victim_only=仅因受害人过错"),
		may(Float64, "cap_amount", "limit in yuan", "限额（元）"),
		may(Float64, "cap_fraction", "limit as portion of the debt", "限额比例"),
		enum("scope", "reach of joint liability", "连带范围", "full=全部", "duty=义务范围内", "enlarged=扩大损失部分"),
		enum("recourse", "recourse against the third party", "追偿", "full=全额追偿", "internal=内部追偿", "none=无"),
		need(Int32List, "items", "items of the operative part that bind the party", "约束该当事人的主文项号"),
		need(TextList, "nonmoney", "acts ordered besides payment", "非金钱义务"),
		need(Bool, "implicit", "follows from silence", "是否由沉默推出"),
		few("rule", "rule of the grammar that decided", "判读规则"),
		may(Text, "why", "how it was read", "判读说明")),
		span("", "the quote", "引文"), cols(may(Text, "quote", "the words that carry the label", "引文")))...,
)

var findings = newTable("ingest", "findings", "One row per assertion about one variable, tied to words of the text.", "关于某一变量的每一陈述一行，均指向原文。",
	join(cols(need(Text, "finding_id", "case_id, f and a number", "陈述编号"), caseID(), partyNo(),
		few("variable", "variable of the vocabulary", "变量"),
		few("value", "value asserted", "取值"),
		enum("status", "how it is asserted", "陈述状态", "affirmed=肯定", "denied=否定", "not_proved=未证明", "uncertain=不确定"),
		need(Int32, "level", "3 reasoning, 2 facts found, 1 agreed, 0 allegation, -1 quoted norm or contract", "层级：3 说理，2 查明，1 无争议，0 主张，-1 引用规范或合同"),
		enum("holder", "who says it", "陈述者", "plaintiff=原告", "defendant=被告", "third_party=第三人", "both=双方", "lower_court=下级法院", "this_court=本院", "norm=规范", "contract=合同", "expert=鉴定人"),
		enum("adoption", "what the court made of it", "采纳情况", "adopted=采纳", "rejected=不采纳", "open=未回应"),
		need(Int32, "section_no", "section of the text", "所在部分")),
		span("", "the quote", "引文"),
		cols(need(Text, "quote", "the words, equal to text[start:end]", "引文"),
			few("cue_id", "cue of the lexicon", "线索编号"),
			few("negation_cue", "negation that governs it", "否定词"),
			few("scope_end_reason", "why the negation's scope ended", "否定辖域终止原因")))...,
)

var citations = newTable("ingest", "citations", "One row per article named by the court.", "法院所引条文，每条一行。",
	join(cols(caseID(),
		few("law", "full title as printed, without title marks", "法律名称"),
		may(Int32, "article", "article; null: the law without article", "条"),
		may(Int32, "paragraph", "paragraph", "款"),
		may(Int32, "item", "item", "项"),
		enum("role", "basis of the judgment or only cited", "作用", "basis=裁判依据", "cited=援引"),
		few("holder", "who cites", "引用者"),
		enum("in_force", "in force on the judgment date", "裁判时是否有效", "yes=有效", "no=失效或未生效", "unknown=未知")),
		span("", "the quote", "引文"), cols(may(Text, "quote", "the words", "引文")))...,
)

var terms = newTable("ingest", "terms", "gse tokens of each section with their counts (not with --no-terms).", "各部分分词及次数（--no-terms 时不写）。",
	repeated(caseID()), need(Int32, "section_no", "section", "部分序号"), repeated(need(Text, "term", "token", "词")), need(Int32, "count", "times in the section", "次数"))

func sourcePath() Column {
	return need(Text, "source_path", "file, relative to the INPUT argument", "来源文件")
}

var filtered = newTable("ingest", "filtered", "Ranges of records that --select left out.", "被 --select 排除的记录区间。",
	sourcePath(), need(Int64, "first_record", "first record of the range", "起始记录"), need(Int64, "last_record", "last record of the range", "末尾记录"),
	few("reason", "why", "原因"))

var duplicates = newTable("ingest", "duplicates", "Later records whose identity text was already there.", "同一性文本已出现过的后续记录。",
	sourcePath(), need(Int64, "source_record", "record", "记录序号"), caseID(),
	need(Text, "kept_path", "file of the record that stays", "保留记录的文件"), need(Int64, "kept_record", "record that stays", "保留的记录序号"))

var rejects = newTable("ingest", "rejects", "Records and files that could not be read.", "无法读取的记录与文件。",
	sourcePath(), need(Int64, "source_record", "record; -1: the file", "记录序号；-1：整个文件"),
	may(Int64, "byte_offset", "place in the file's bytes", "字节位置"), few("code", "kind of fault", "错误代码"),
	need(Text, "message", "what is wrong and what to do", "说明与处理办法"), may(Text, "excerpt", "the bytes at the place", "片段"))

var sources = newTable("ingest", "sources", "The ledger per source file: read = written + filtered + duplicate + rejected.", "逐文件账目：读取＝写入＋排除＋重复＋拒收。",
	sourcePath(), need(Int64, "read", "records read", "读取"), need(Int64, "written", "written to judgments", "写入"), need(Int64, "filtered", "left out by --select", "排除"),
	need(Int64, "duplicate", "duplicates of earlier records", "重复"), need(Int64, "rejected", "not readable", "拒收"), few("skipped", "why the file was not read at all; null: it was read", "跳过原因；空：已读取"))
