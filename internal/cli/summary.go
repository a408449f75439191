package cli

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

// words are the summary's own words in Chinese; what is not among them (paths, codes, names of tables of a later version) stays.
var words = map[string]string{
	"cases": "案件", "read": "读入",
	"written": "写出", "filtered": "排除", "duplicate": "重复", "rejected": "拒收", "files": "文件", "skipped_files": "略过文件",
	"judgments": "文书", "sections": "部分", "parties": "当事人", "rulings": "裁判结果", "findings": "陈述", "citations": "引用法条", "terms": "词", "duplicates": "重复", "sources": "来源",
	"facts": "事实", "predictions": "预测", "trace": "推理步骤", "groups": "分组",
	"operators": "平台当事人", "decided": "已判定", "undetermined": "未定", "conflict": "冲突", "out_of_scope": "不适用",
	"applied": "已采用", "stale": "失效", "repeated": "重复", "overruled": "被推翻", "other": "其他",
	"platform parties": "平台当事人", "liable": "有责", "platform": "平台案件", "civil": "民事案件", "all": "全部",
}

// titles stand before a line; read is what to open.
var titles = map[string]string{
	"selected": "选取", "records": "记录", "rejects": "拒收", "rows": "行数", "note": "提示", "output": "输出", "shard": "分片", "cases": "案件", "decisions": "判定", "corrections": "更正",
	"says": "结果", "compared": "比较", "by hand": "人工更正", "read": "打开", "tables": "表格", "figures": "图形",
}

// Summary prints what a command tells on stdout, line by line, in English or Chinese.
type Summary struct {
	w  io.Writer
	zh bool
}

// NewSummary prints to w in lang: zh, or else English.
func NewSummary(w io.Writer, lang string) Summary { return Summary{w, lang == "zh"} }

// Word is a word of the summary in its language.
func (s Summary) Word(en string) string {
	if zh, ok := words[en]; ok && s.zh {
		return zh
	}
	return en
}

// Line prints a titled line; the title "" goes on with the line before.
func (s Summary) Line(title, format string, a ...any) {
	fmt.Fprintf(s.w, "%s %s\n", s.title(title), fmt.Sprintf(format, a...))
}

// title is padded to ten columns; a Chinese character takes two.
func (s Summary) title(en string) string {
	t, wide := en, 0
	if zh, ok := titles[en]; ok && s.zh {
		t = zh
	}
	for _, r := range t {
		if wide++; r >= 0x2E80 {
			wide++
		}
	}
	return t + strings.Repeat(" ", max(0, 10-wide))
}

// Counts prints named counts in the order of names, then the rest by name; zeros are left out unless named. No counts, no line.
func (s Summary) Counts(title string, counts map[string]int64, names ...string) {
	if len(counts) == 0 {
		return
	}
	var list []string
	seen := map[string]bool{}
	for _, n := range names {
		seen[n] = true
		if _, ok := counts[n]; ok {
			list = append(list, n)
		}
	}
	named := len(list)
	for n, v := range counts {
		if !seen[n] && v != 0 {
			list = append(list, n)
		}
	}
	sort.Strings(list[named:])
	var b strings.Builder
	for _, n := range list {
		fmt.Fprintf(&b, " %s %d", s.Word(n), counts[n])
	}
	fmt.Fprintf(s.w, "%s%s\n", s.title(title), b.String())
}
