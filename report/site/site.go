package site

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"

	"caipan/pipeline/dataset"
)

//go:embed assets
var assets embed.FS

// Limits of the data files.
const (
	chunkCases = 64      // cases in a data file
	chunkBytes = 1 << 20 // bytes of JSON after which a data file is closed
	maxCueRefs = 200     // cases listed under a cue
)

// Writer writes one file under a slash-separated path of the report's folder.
type Writer func(path string, do func(io.Writer) error) error

// Builder takes the cases one by one and writes the data files; Finish writes the rest.
type Builder struct {
	write Writer
	index *indexer
	cues  *cueCounts
	words *contexts
	chunk bytes.Buffer
	cases int // in the open chunk
	no    int // number of the open chunk
	all   int
	limit Limits
	steps int // predictions so far
}

// Limits keep the pages of a large corpus small: the first cases are shown with text and findings, the first predictions
// (by whole cases) with steps; the other cases with header, parties, rulings and what was concluded under one rung.
type Limits struct {
	Cases int
	Steps int
	Rung  string // evidence policy
}

// New begins a site.
func New(w Writer, l Limits) *Builder {
	return &Builder{write: w, index: newIndexer(), cues: newCueCounts(), words: newContexts(), limit: l}
}

// Add adds a case. Cases come in the order in which they are to be listed.
func (b *Builder) Add(c Case) error {
	b.index.add(c, b.no)
	b.cues.add(c, b.all)
	b.words.add(c.Case, b.all)
	b.all++
	if b.steps += len(c.Decisions); b.steps > b.limit.Steps {
		c = withoutSteps(c)
	}
	if b.all <= b.limit.Cases {
		b.index.out.Texts = b.all
	} else {
		c = brief(withoutSteps(c), b.limit.Rung)
	}
	one, err := json.Marshal(toJSON(c))
	if err != nil {
		return fmt.Errorf("page of case %s: %w", c.Case.CaseID, err)
	}
	if b.cases > 0 {
		b.chunk.WriteString(",\n")
	}
	b.chunk.Write(one)
	b.cases++
	if b.cases >= chunkCases || b.chunk.Len() >= chunkBytes {
		return b.flush()
	}
	return nil
}

func (b *Builder) flush() error {
	if b.cases == 0 {
		return nil
	}
	name := fmt.Sprintf("cases-%05d", b.no)
	err := b.write("data/"+name+".js", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "caipan.give(%q, [\n%s\n]);\n", name, b.chunk.Bytes())
		return err
	})
	b.chunk.Reset()
	b.cases = 0
	b.no++
	return err
}

// Finish writes index.html, the assets and the data that is not about one case.
func (b *Builder) Finish(o Overview) error {
	if err := b.flush(); err != nil {
		return err
	}
	fix(&b.index.out)
	if err := b.write("data/index.js", func(w io.Writer) error {
		_, head := io.WriteString(w, "caipan.give(\"index\", ")
		body := b.index.out.writeTo(w)
		_, tail := io.WriteString(w, ");\n")
		return errors.Join(head, body, tail)
	}); err != nil {
		return err
	}
	lists := b.words.list()
	for i, l := range lists {
		l.File = fmt.Sprintf("context-%03d", i)
		if err := b.give(l.File, l.lines); err != nil {
			return err
		}
	}
	for _, d := range []struct {
		name string
		data any
	}{{"overview", overviewJSON(o)}, {"cues", b.cues.list()}, {"contexts", lists}, {"candidates", o.Candidates}, {"codebook", codebookJSON()}} {
		if err := b.give(d.name, d.data); err != nil {
			return err
		}
	}
	for _, name := range []string{"app.js", "case.js", "context.js", "correct.js", "views.js", "words.js", "style.css"} {
		raw, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return err
		}
		if err := b.write("assets/"+name, func(w io.Writer) error { _, err := w.Write(raw); return err }); err != nil {
			return err
		}
	}
	page, err := template.ParseFS(assets, "assets/index.html")
	if err != nil {
		return err
	}
	return b.write("index.html", func(w io.Writer) error { return page.Execute(w, pageOf(o)) })
}

// give writes data as a script file that hands it over. encoding/json escapes <, >, & and the line separators, so
// no text can end the script.
func (b *Builder) give(name string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("data of the pages (%s): %w", name, err)
	}
	return b.write("data/"+name+".js", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "caipan.give(%q, %s);\n", name, raw)
		return err
	})
}

// fix turns nil columns into empty ones, which JSON writes as [].
func fix(x *indexJSON) {
	if x.Choices == nil {
		x.Choices = []choiceJSON{}
	}
	for _, name := range []string{"court", "year", "cause", "service", "label", "class", "disagreement", "rule"} {
		if x.Lists[name] == nil {
			x.Lists[name] = []string{}
		}
	}
	if x.Cases.ID == nil {
		x.Cases = casesJSON{[]string{}, []string{}, []int{}, []int{}, []int{}, []int{}, []string{}}
	}
	if x.Rows.Case == nil {
		x.Rows = rowsJSON{[]int{}, []int{}, []string{}, []int{}, []int{}, [][]int32{}, [][]int32{}, [][]int32{}, [][]int32{}}
	}
}

// page is what index.html shows before any script has run.
type page struct {
	Lang, Title string
	Headline    []string
	Tables      []Table
}

func pageOf(o Overview) page {
	p := page{Lang: "en", Title: "Caipan report", Headline: o.EN.Headline, Tables: o.EN.Tables}
	if o.Lang == "zh" {
		p = page{Lang: "zh-CN", Title: "Caipan 报告", Headline: o.ZH.Headline, Tables: o.ZH.Tables}
	}
	if len(p.Tables) > 2 {
		p.Tables = p.Tables[:1]
	}
	return p
}

func overviewJSON(o Overview) any {
	return struct {
		Lang      string          `json:"lang"`
		RunID     string          `json:"run_id"`
		Doctrines []Doctrine      `json:"doctrines"`
		EN        Words           `json:"en"`
		ZH        Words           `json:"zh"`
		Figures   []Figure        `json:"figures"`
		Labels    map[string]Text `json:"labels"`
		Record    []Line          `json:"record"`
		Ledger    []LedgerLine    `json:"ledger"`
		Rejects   []Reject        `json:"rejects"`
		Fields    []Field         `json:"fields"`
	}{o.Lang, o.RunID, o.Doctrines, o.EN, o.ZH, o.Figures, o.Labels, o.Record, o.Ledger, o.Rejects, o.Fields}
}

type codeTable struct {
	Name    string       `json:"name"`
	Stage   string       `json:"stage"`
	About   Text         `json:"about"`
	Columns []codeColumn `json:"columns"`
}

type codeColumn struct {
	Name   string      `json:"name"`
	Type   string      `json:"type"`
	About  Text        `json:"about"`
	Values []codeValue `json:"values,omitempty"`
}

type codeValue struct {
	Name  string `json:"name"`
	Label Text   `json:"label"`
}

func codebookJSON() (out []codeTable) {
	for _, t := range dataset.Tables {
		ct := codeTable{Name: t.Name, Stage: t.Stage, About: Text{t.EN, t.ZH}}
		for _, c := range t.Columns {
			cc := codeColumn{Name: c.Name, Type: c.Kind.String(), About: Text{c.EN, c.ZH}}
			for _, v := range c.Values {
				cc.Values = append(cc.Values, codeValue{v.Name, Text{v.EN, v.ZH}})
			}
			ct.Columns = append(ct.Columns, cc)
		}
		out = append(out, ct)
	}
	return out
}
