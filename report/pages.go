package report

import (
	"caipan/features/operator"
	"caipan/model/judgment"
	"caipan/model/vocabulary"
	"caipan/pipeline/coding"
	"caipan/pipeline/dataset"
	"caipan/report/site"
)

// maxRejects is how many rejects the page lists; the table rejects holds them all.
const maxRejects = 1000

// pages writes the HTML report: a case is written as it passes, the overview at the end.
type pages struct {
	b          *site.Builder
	candidates operator.Candidates
}

// maxCandidateCases is how many cases of a candidate the page lists; all are counted.
const maxCandidateCases = 50

func (p *pages) begin(r *run) error {
	p.b = site.New(r.write, site.Limits{Cases: r.o.Whole, Steps: WholeSteps, Rung: policyFull})
	return nil
}

// add writes the page of a case with a platform party; other cases stand in the tables only.
func (p *pages) add(e *Entry, rows []judgment.Comparison) error {
	if len(e.Decisions) == 0 {
		return nil
	}
	p.candidates.Add(e.Case)
	return p.b.Add(site.Case{Case: e.Case, Citation: citation(e.Case), Facts: e.Facts, Decisions: e.Decisions, Comparisons: rows})
}

func (p *pages) finish(r *run) error {
	o := site.Overview{Lang: r.o.Lang, RunID: r.background.RunID, EN: r.wordsIn("en"), ZH: r.wordsIn("zh"), Labels: pageLabels(r.layout.vocabulary),
		Figures: r.figuresOnPage(), Record: []site.Line{}, Ledger: []site.LedgerLine{}, Rejects: []site.Reject{}}
	for _, d := range r.doctrines {
		x := site.Doctrine{ID: d.ID, Variant: d.Variant, Title: site.Text{EN: d.Title.En, ZH: d.Title.Zh}, Classes: d.Classes(), Rules: []site.Rule{}}
		for _, rule := range d.Rules {
			x.Rules = append(x.Rules, site.Rule{ID: rule.ID, Source: rule.Source, Reason: site.Text{EN: rule.Reason.En, ZH: rule.Reason.Zh}})
		}
		o.Doctrines = append(o.Doctrines, x)
	}
	for _, l := range r.background.Record {
		o.Record = append(o.Record, site.Line(l))
	}
	for _, l := range r.background.Ledger {
		o.Ledger = append(o.Ledger, site.LedgerLine(l))
	}
	for _, x := range r.background.Rejects[:min(maxRejects, len(r.background.Rejects))] {
		o.Rejects = append(o.Rejects, site.Reject(x))
	}
	o.Candidates = []site.Candidate{}
	for _, c := range p.candidates.List() {
		o.Candidates = append(o.Candidates, site.Candidate{Name: c.Name, Count: len(c.Cases), Cases: c.Cases[:min(maxCandidateCases, len(c.Cases))], CaseID: c.CaseID, Finding: c.Evidence.ID, Quote: c.Evidence.Quote})
	}
	o.Fields = correctable(r.layout.vocabulary)
	r.summary.Index = "index.html"
	return p.b.Finish(o)
}

// correctable lists what a person may correct. A variable that has a ruling's field for a namesake is called fact.NAME.
func correctable(v *vocabulary.Vocabulary) []site.Field {
	out, taken := []site.Field{}, map[string]bool{}
	for _, f := range coding.Fields(v) {
		x := site.Field{Name: f.Kind + "." + f.Name, Type: f.Type, EN: f.EN, ZH: f.ZH}
		if f.Kind == judgment.CorrectsFact && !taken[f.Name] {
			x.Name = f.Name
		}
		taken[f.Name] = true
		for _, y := range f.Values {
			x.Values = append(x.Values, site.FieldValue{Name: y.Name, EN: y.EN, ZH: y.ZH})
		}
		out = append(out, x)
	}
	return out
}

// wordsIn is what the overview says in a language, from the same numbers.
func (r *run) wordsIn(lang string) site.Words {
	l := *r.layout
	l.lang = lang
	h := l.headlineText()
	w := site.Words{Headline: append([]string{h.First}, h.Then...), Tables: []site.Table{}, Methods: l.methods()}
	for _, t := range l.tables() {
		rows := t.Rows
		if rows == nil || t.Name == "confusion_long" {
			rows = [][]string{} // the long table is a file to be downloaded
		}
		w.Tables = append(w.Tables, site.Table{Name: t.Name, Caption: t.Caption, Head: t.Head, Left: t.Left, Rows: rows, Notes: t.Notes})
	}
	return w
}

func (r *run) figuresOnPage() []site.Figure {
	en, zh := *r.layout, *r.layout
	en.lang, zh.lang = "en", "zh"
	out := []site.Figure{}
	a, b := en.drawings(), zh.drawings()
	for i := range a {
		out = append(out, site.Figure{Name: a[i].name, Alt: site.Text{EN: a[i].title(), ZH: b[i].title()}})
	}
	return out
}

// pageLabels are the labels of all values that the pages show.
func pageLabels(v *vocabulary.Vocabulary) map[string]site.Text {
	out := map[string]site.Text{}
	for _, c := range []struct{ prefix, table, column string }{
		{"", "predictions", "service_type"}, {"", "rulings", "label"}, {"via:", "rulings", "via"}, {"", "rulings", "head_kind"}, {"", "findings", "holder"}, {"", "findings", "adoption"},
		{"", "findings", "status"}, {"", "facts", "status"}, {"", "parties", "role"}, {"", "predictions", "duty_intensity"}, {"outcome:", "judgments", "outcome"},
		{"kind:", "sections", "kind"}, {"", "sections", "holder"}, {"step:", "trace", "kind"}, {"stage:", "comparison", "stage"}, {"scope:", "predictions", "scope"},
		{"recourse:", "predictions", "recourse"}, {"cite:", "citations", "role"}, {"correction:", "corrections", "status"},
	} {
		t := dataset.Named(c.table)
		if k := t.Column(c.column); k >= 0 {
			for _, v := range t.Columns[k].Values {
				out[c.prefix+v.Name] = site.Text{EN: v.EN, ZH: v.ZH}
			}
		}
	}
	for k, v := range words {
		out[k] = site.Text{EN: v[0], ZH: v[1]}
	}
	for _, x := range v.Variables {
		out["variable:"+x.ID] = site.Text{EN: x.En, ZH: x.Zh}
		for _, y := range x.Values {
			out["value:"+x.ID+"="+y.ID] = site.Text{EN: y.En, ZH: y.Zh}
		}
	}
	return out
}
