package sample

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"caipan/model/judgment"
)

// What of a judgment a page shows.
const (
	WholeText = "whole"
	Excerpts  = "excerpts" // parties, reasoning and operative part; the whole where the parts were not found
	NoTexts   = "none"
)

// pageOf is the number of the page of a unit's case: that of the case's first drawn unit.
func (s *Sample) pageOf(i int) string {
	id, best := s.Frame.Units[i].CaseID, s.Chances[i].Number
	for k := i - 1; k >= 0 && s.Frame.Units[k].CaseID == id; k-- { // units of a case are neighbours
		best = lower(best, s.Chances[k].Number)
	}
	for k := i + 1; k < len(s.Frame.Units) && s.Frame.Units[k].CaseID == id; k++ {
		best = lower(best, s.Chances[k].Number)
	}
	return best
}

func lower(a, b string) string {
	if b != "" && b < a {
		return b
	}
	return a
}

func pageName(number string) string { return textsFolder + "/" + number + ".html" }

// Wanted are the cases that have drawn units.
func (s *Sample) Wanted() map[string]bool {
	out := map[string]bool{}
	for _, i := range s.Drawn() {
		out[s.Frame.Units[i].CaseID] = true
	}
	return out
}

// WritePage writes the page of one case into each coder's folder: a self-contained file without scripts that loads
// nothing, in which all of the judgment is escaped text. how is WholeText or Excerpts.
func (s *Sample) WritePage(write Writer, c *judgment.Case, how, lang string) error {
	p := page{Lang: lang, Title: c.Header.CaseNumber, Court: c.Header.Court, Parts: parts(c, how), Excerpt: how == Excerpts}
	number := ""
	for _, i := range s.Drawn() {
		if u := &s.Frame.Units[i]; u.CaseID == c.CaseID {
			p.Parties = append(p.Parties, drawnParty{s.Chances[i].Number, u.Party})
			number = s.pageOf(i)
		}
	}
	if number == "" {
		return fmt.Errorf("sample: case %s has no drawn party", c.CaseID)
	}
	for _, coder := range s.Coders {
		if err := write("coders/"+coder+"/"+pageName(number), func(w io.Writer) error { return pageTemplate.Execute(w, p) }); err != nil {
			return err
		}
	}
	return nil
}

type page struct {
	Lang, Title, Court string
	Parties            []drawnParty
	Parts              [][]string
	Excerpt            bool
}

type drawnParty struct{ Number, Name string }

var excerptKinds = map[string]bool{judgment.SecHead: true, judgment.SecParties: true, judgment.SecReasoning: true, judgment.SecBasis: true, judgment.SecDisposition: true}

// parts are the paragraphs of the text, or of the sections of an excerpt.
func parts(c *judgment.Case, how string) (out [][]string) {
	if how == Excerpts {
		found := false
		for _, s := range c.Sections {
			if excerptKinds[s.Kind] {
				out = append(out, paragraphs(s.Span.Of(c.Text)))
				found = found || s.Kind == judgment.SecDisposition
			}
		}
		if found {
			return out
		}
	}
	return [][]string{paragraphs(c.Text)}
}

func paragraphs(text string) (out []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

var pageTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="{{if eq .Lang "zh"}}zh{{else}}en{{end}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style>
body { max-width: 44em; margin: 2em auto; padding: 0 1em; font: 17px/1.8 serif; color: #111; background: #fff }
header { border-bottom: 1px solid #999; margin-bottom: 1em }
p { margin: .5em 0 }
hr { border: 0; border-top: 1px dashed #999 }
</style>
</head>
<body>
<header>
<p>{{.Court}} {{.Title}}</p>
<p>{{if eq .Lang "zh"}}编码对象：{{else}}To code: {{end}}{{range .Parties}}<b>{{.Number}}</b> {{.Name}} {{end}}</p>
{{if .Excerpt}}<p>{{if eq .Lang "zh"}}节录；省略部分以虚线表示。{{else}}Excerpt; a dashed line stands for what is left out.{{end}}</p>
{{end}}</header>
<main>
{{range $i, $part := .Parts}}{{if $i}}<hr>
{{end}}{{range $part}}<p>{{.}}</p>
{{end}}{{end}}</main>
</body>
</html>
`))
