package site

import (
	"caipan/model/judgment"
)

// Text is a text in English and Chinese.
type Text struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// Case is one case with all that the page shows of it.
type Case struct {
	Case        *judgment.Case
	Citation    string
	Facts       []judgment.Fact
	Decisions   []judgment.Decision
	Comparisons []judgment.Comparison
}

// Doctrine is a pack and variant of the run.
type Doctrine struct {
	ID      string   `json:"id"`
	Variant string   `json:"variant"`
	Title   Text     `json:"title"`
	Classes []string `json:"classes"` // in order of severity, "none" first
	Rules   []Rule   `json:"rules"`
}

// Rule is a rule of a pack for the page on rules.
type Rule struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	Reason Text   `json:"reason"`
}

// Table is a table in one language with the file names under which it can be had.
type Table struct {
	Name    string     `json:"name"`
	Caption string     `json:"caption"`
	Head    []string   `json:"head"`
	Left    int        `json:"left"`
	Rows    [][]string `json:"rows"`
	Notes   []string   `json:"notes"`
}

// Figure is a picture of the report.
type Figure struct {
	Name string `json:"name"` // file name without width and extension
	Alt  Text   `json:"alt"`
}

// Words is what the overview says in one language.
type Words struct {
	Headline []string `json:"headline"` // the first sentence, then what limits it
	Tables   []Table  `json:"tables"`
	Methods  []string `json:"methods"` // paragraphs, ready to paste
}

// Line is a named value.
type Line struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// LedgerLine is the ledger of one source file.
type LedgerLine struct {
	Source     string `json:"source"`
	Read       int64  `json:"read"`
	Written    int64  `json:"written"`
	Filtered   int64  `json:"filtered"`
	Duplicates int64  `json:"duplicates"`
	Rejected   int64  `json:"rejected"`
}

// Reject is a record that could not be read.
type Reject struct {
	Source  string `json:"source"`
	Record  int64  `json:"record"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Excerpt string `json:"excerpt"`
}

// Candidate is a company that judgments take for a platform's operator and that the table of brands does not know.
type Candidate struct {
	Name    string   `json:"name"`
	Count   int      `json:"count"` // cases
	Cases   []string `json:"cases"` // ids of the first
	CaseID  string   `json:"case"`  // where the evidence stands
	Finding string   `json:"finding"`
	Quote   string   `json:"quote"`
}

// Overview is everything that is not about one case.
type Overview struct {
	Lang      string // language in which the page opens
	RunID     string
	Doctrines []Doctrine
	EN, ZH    Words
	Figures   []Figure
	Labels    map[string]Text // labels of values, "variable:ID" and "value:ID=VALUE" for the vocabulary
	Record    []Line
	Ledger    []LedgerLine
	Rejects   []Reject
	Fields    []Field // what a person may correct

	Candidates []Candidate
}

// Field is something that a person may correct, under the name that a sheet of corrections gives it.
type Field struct {
	Name   string       `json:"name"`
	Type   string       `json:"type"`
	EN     string       `json:"en"`
	ZH     string       `json:"zh"`
	Values []FieldValue `json:"values,omitempty"`
}

// FieldValue is a value of a Field.
type FieldValue struct {
	Name string `json:"name"`
	EN   string `json:"en"`
	ZH   string `json:"zh"`
}
