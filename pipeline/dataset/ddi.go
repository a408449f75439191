package dataset

import (
	"encoding/xml"
	"io"
	"strings"
)

// DDI writes the tables of the stages as DDI-Codebook 2.5 XML (the archives' standard for variable descriptions), with labels in
// English and Chinese. rows are the numbers of rows by table; a table without an entry has no count. The elements
// stand in the order that the standard's schema demands.
func DDI(w io.Writer, title string, rows map[string]int64, stages ...string) error {
	var tables []*Table
	for _, stage := range stages {
		tables = append(tables, Of(stage)...)
	}
	return DDIOf(w, title, rows, tables)
}

// DDIOf is DDI for the tables of a run.
func DDIOf(w io.Writer, title string, rows map[string]int64, tables []*Table) error {
	doc := ddiBook{XMLNS: "ddi:codebook:2_5", Version: "2.5", Lang: "en"}
	doc.Doc.Title, doc.Study.Title = "Codebook of "+title, title
	for _, t := range tables {
		doc.Files = append(doc.Files, ddiFileOf(t, rows))
		for _, c := range t.Columns {
			doc.Vars = append(doc.Vars, ddiVarOf(t, c))
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type ddiBook struct {
	XMLName xml.Name  `xml:"codeBook"`
	XMLNS   string    `xml:"xmlns,attr"`
	Version string    `xml:"version,attr"`
	Lang    string    `xml:"xml:lang,attr"`
	Doc     ddiCited  `xml:"docDscr"`
	Study   ddiCited  `xml:"stdyDscr"`
	Files   []ddiFile `xml:"fileDscr"`
	Vars    []ddiVar  `xml:"dataDscr>var"`
}

type ddiCited struct {
	Title string `xml:"citation>titlStmt>titl"`
}

type ddiFile struct {
	ID      string `xml:"ID,attr"`
	Name    string `xml:"fileTxt>fileName"`
	Content string `xml:"fileTxt>fileCont"`
	Rows    *int64 `xml:"fileTxt>dimensns>caseQnty"`
	Columns int    `xml:"fileTxt>dimensns>varQnty"`
	Type    string `xml:"fileTxt>fileType"`
}

type ddiLabel struct {
	Lang string `xml:"xml:lang,attr"`
	Text string `xml:",chardata"`
}

type ddiVar struct {
	ID       string        `xml:"ID,attr"`
	Name     string        `xml:"name,attr"`
	Files    string        `xml:"files,attr"`
	Interval string        `xml:"intrvl,attr,omitempty"`
	Labels   []ddiLabel    `xml:"labl"`
	Text     string        `xml:"txt,omitempty"`
	Category []ddiCategory `xml:"catgry"`
	Format   ddiFormat     `xml:"varFormat"`
}

type ddiCategory struct {
	Value  string     `xml:"catValu"`
	Labels []ddiLabel `xml:"labl"`
}

type ddiFormat struct {
	Type     string `xml:"type,attr"`
	Category string `xml:"category,attr,omitempty"`
}

func ddiFileOf(t *Table, rows map[string]int64) ddiFile {
	f := ddiFile{ID: "F_" + t.Name, Name: t.Name, Content: t.EN, Columns: len(t.Columns), Type: "Apache Parquet; CSV (UTF-8)"}
	if n, ok := rows[t.Name]; ok {
		f.Rows = &n
	}
	return f
}

func ddiVarOf(t *Table, c Column) ddiVar {
	v := ddiVar{ID: "V_" + t.Name + "_" + c.Name, Name: c.Name, Files: "F_" + t.Name,
		Labels: []ddiLabel{{"en", c.EN}, {"zh", c.ZH}}, Format: ddiFormat{Type: "character"}}
	var notes []string
	switch c.Kind {
	case Int32, Int64:
		v.Format.Type, v.Interval = "numeric", "discrete"
	case Float64:
		v.Format.Type, v.Interval = "numeric", "contin"
	case Date:
		v.Format.Category = "date"
	case Bool:
		v.Category = []ddiCategory{{"true", nil}, {"false", nil}}
	case TextList, Int32List:
		notes = append(notes, c.Kind.String()+"; a JSON array in CSV")
	}
	if c.Nullable {
		notes = append(notes, "may be empty")
	}
	v.Text = strings.Join(notes, "; ")
	for _, x := range c.Values {
		v.Category = append(v.Category, ddiCategory{x.Name, []ddiLabel{{"en", x.EN}, {"zh", x.ZH}}})
	}
	return v
}
