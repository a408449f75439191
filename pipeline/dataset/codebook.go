package dataset

import (
	"bufio"
	"io"
	"strings"
)

var codebookWords = map[string][]string{
	"en": {"# Codebook", "Generated from the column lists in pipeline/dataset; do not edit. Schema version ", "Table", "Written by", "Column", "Type", "Null", "Meaning", "Values", "yes", "no",
		"Lists are JSON arrays in the CSV twins. Days are YYYY-MM-DD. Byte offsets and character offsets are half-open and 0-based. An empty cell is a null."},
	"zh": {"# 编码手册", "由 pipeline/dataset 的列表生成，请勿手改。数据表版本 ", "数据表", "生成命令", "列", "类型", "可空", "含义", "取值", "是", "否",
		"CSV 中列表为 JSON 数组；日期为 YYYY-MM-DD；字节与字符位置均为左闭右开、从0起；空单元格表示缺失。"},
}

// Codebook writes the columns, types and values of all tables as Markdown in lang ("en" or "zh"; anything else is "en").
func Codebook(w io.Writer, lang string) error { return CodebookOf(w, lang, Tables) }

// CodebookOf is Codebook for the tables of a run.
func CodebookOf(w io.Writer, lang string, tables []*Table) error {
	words, ok := codebookWords[lang]
	if !ok {
		lang, words = "en", codebookWords["en"]
	}
	b := bufio.NewWriter(w)
	b.WriteString(words[0] + "\n\n" + words[1] + SchemaVersion + ".\n\n" + words[11] + "\n")
	for _, t := range tables {
		b.WriteString("\n## " + t.Name + "\n\n" + pick(lang, t.EN, t.ZH) + " " + words[3] + ": `" + t.Stage + "`.\n\n")
		b.WriteString("| " + strings.Join(words[4:9], " | ") + " |\n|---|---|---|---|---|\n")
		for _, c := range t.Columns {
			null := words[10]
			if c.Nullable {
				null = words[9]
			}
			b.WriteString("| " + c.Name + " | " + c.Kind.String() + " | " + null + " | " + pick(lang, c.EN, c.ZH) + " | " + valueList(c, lang) + " |\n")
		}
	}
	return b.Flush()
}

func pick(lang, en, zh string) string {
	if lang == "zh" {
		return zh
	}
	return en
}

func valueList(c Column, lang string) string {
	var out []string
	for _, v := range c.Values {
		label := pick(lang, v.EN, v.ZH)
		if label == v.Name {
			out = append(out, "`"+v.Name+"`")
		} else {
			out = append(out, "`"+v.Name+"` ("+label+")")
		}
	}
	return strings.Join(out, ", ")
}
