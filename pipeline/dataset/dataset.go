// Package dataset is the table contract: one column list per table, from which the Parquet schema, the CSV header
// and the codebook come, batches of rows held column by column, and the way from the nouns of model/judgment to
// rows and back.
//
// It writes no file but the codebook's and CSV's text to a writer it is given, and knows no law. Imported by
// pipeline, pipeline/columnar, report and report/site.
package dataset

import (
	"fmt"
	"slices"
	"strings"

	"caipan/model/text"
)

// SchemaVersion changes when a column changes its meaning; the part behind "-i" is the recipe of the identity text.
const SchemaVersion = "1-i" + text.IdentityRecipe

// Kind is the type of a column's values.
type Kind uint8

// The kinds of columns. There are no nested columns but lists of plain values.
const (
	Text      Kind = iota // UTF-8
	Date                  // calendar day, "YYYY-MM-DD" in rows and CSV, DATE in Parquet
	Int32                 // 32 bits
	Int64                 // 64 bits
	Float64               // 64-bit floating point
	Bool                  // true, false
	TextList              // list of texts
	Int32List             // list of 32-bit integers
)

var kindNames = [...]string{"string", "date", "int32", "int64", "double", "bool", "list<string>", "list<int32>"}

func (k Kind) String() string { return kindNames[k] }

// Value is one value of an enumeration with its labels.
type Value struct{ Name, EN, ZH string }

// Column is one column of a table. An empty text in a nullable column is a null.
type Column struct {
	Name     string
	Kind     Kind
	Nullable bool
	Values   []Value // the enumeration, nil if open
	Few      bool    // few distinct values in many rows: written with a dictionary
	Long     bool    // long texts: no statistics, no dictionary
	EN, ZH   string  // description
}

// Table is one table of the contract.
type Table struct {
	Name    string
	Stage   string // ingest | classify | report: who writes it
	EN, ZH  string
	Columns []Column
	index   map[string]int
}

// Column returns the position of the named column, -1 if the table has none of that name.
func (t *Table) Column(name string) int {
	if i, ok := t.index[name]; ok {
		return i
	}
	return -1
}

// Named returns the table of that name, nil if there is none.
func Named(name string) *Table {
	for _, t := range Tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Of returns the tables of a stage in their order.
func Of(stage string) (out []*Table) {
	for _, t := range Tables {
		if t.Stage == stage {
			out = append(out, t)
		}
	}
	return out
}

// Label is the label of an enumeration's value in lang ("en" or "zh"); a value without label is returned as it is.
func Label(table, column, value, lang string) string {
	t := Named(table)
	if t == nil || t.Column(column) < 0 {
		return value
	}
	for _, v := range t.Columns[t.Column(column)].Values {
		if v.Name == value && lang == "zh" {
			return v.ZH
		} else if v.Name == value {
			return v.EN
		}
	}
	return value
}

// newTable checks the column list; a fault in it is a fault of this package and stops the program at its start.
func newTable(stage, name, en, zh string, columns ...Column) *Table {
	t := &Table{Name: name, Stage: stage, EN: en, ZH: zh, Columns: columns, index: map[string]int{}}
	for i, c := range columns {
		if _, twice := t.index[c.Name]; twice {
			panic(fmt.Sprintf("table %s has column %s twice", name, c.Name))
		}
		t.index[c.Name] = i
	}
	return t
}

func need(kind Kind, name, en, zh string) Column {
	return Column{Name: name, Kind: kind, EN: en, ZH: zh}
}

func may(kind Kind, name, en, zh string) Column {
	return Column{Name: name, Kind: kind, Nullable: true, EN: en, ZH: zh}
}

// few is an open text column of few distinct values.
func few(name, en, zh string) Column {
	return Column{Name: name, Kind: Text, Nullable: true, Few: true, EN: en, ZH: zh}
}

// repeated marks a column whose values repeat within a few thousand rows.
func repeated(c Column) Column {
	c.Few = true
	return c
}

// enum is an enumeration; each value is "name=中文" or "name=中文=English label".
func enum(name, en, zh string, values ...string) Column {
	c := few(name, en, zh)
	for _, v := range values {
		part := strings.SplitN(v, "=", 3)
		label := strings.ReplaceAll(part[0], "_", " ")
		if len(part) == 3 {
			label = part[2]
		}
		c.Values = append(c.Values, Value{part[0], label, part[1]})
	}
	return c
}

// span is the four columns of a half-open range of the canonical text.
func span(prefix, what, zh string) []Column {
	return []Column{
		may(Int32, prefix+"start", "first byte of "+what+" in judgments.text (0-based)", zh+"在正文中的起始字节（从0起）"),
		may(Int32, prefix+"end", "byte behind "+what, zh+"结束字节（不含）"),
		may(Int32, prefix+"start_char", "first character of "+what+" (0-based)", zh+"起始字符（从0起）"),
		may(Int32, prefix+"end_char", "character behind "+what, zh+"结束字符（不含）"),
	}
}

func join(groups ...[]Column) []Column { return slices.Concat(groups...) }

func cols(c ...Column) []Column { return c }
