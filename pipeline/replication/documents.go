package replication

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"text/template"

	"caipan/model/doctrine"
	"caipan/pipeline/dataset"
)

//go:embed README.md.tmpl CITATION.cff.tmpl
var templates embed.FS

// documentation packs codebooks (Markdown in both languages, DDI), run records and the rule packs that were used.
func (p *packer) documentation(context.Context) error {
	rows := map[string]int64{}
	for _, r := range p.chain {
		for _, t := range dataset.Of(r.Command) {
			for _, part := range partsOf(r.Run, t.Name) {
				rows[t.Name] += part.Rows
			}
		}
	}
	for _, doc := range []struct {
		name string
		do   func(io.Writer) error
	}{
		{"codebook.md", func(w io.Writer) error { return dataset.Codebook(w, "en") }},
		{"codebook.zh-CN.md", func(w io.Writer) error { return dataset.Codebook(w, "zh") }},
		{"codebook.xml", func(w io.Writer) error { return dataset.DDI(w, p.title(), rows, "ingest", "classify", "report") }},
	} {
		var b bytes.Buffer
		if err := doc.do(&b); err != nil {
			return err
		}
		if err := p.bytes(path.Join("documentation", doc.name), b.Bytes()); err != nil {
			return err
		}
	}
	for _, r := range p.chain {
		b, err := json.MarshalIndent(r.Run, "", "  ")
		if err != nil {
			return err
		}
		if err := p.bytes(path.Join("documentation", "runs", r.Command+".json"), append(b, '\n')); err != nil {
			return err
		}
	}
	return p.packs()
}

// packs adds each rule pack once, and checks that it is the one that was used.
func (p *packer) packs() error {
	var done []string
	for _, name := range p.doctrines() {
		id, _, _ := strings.Cut(name, ":")
		if slices.Contains(done, id) {
			continue
		}
		done = append(done, id)
		pack, err := doctrine.Open(p.o.RulesDir, id)
		if err != nil {
			return err
		}
		if want := p.chain[1].Digests[name]; want != pack.Digest {
			return fmt.Errorf("pack %s is not the one that the run used (digest %.12s, wanted %.12s); give its folder with --rules", id, pack.Digest, want)
		}
		err = pack.Files(func(file string, content []byte) error {
			return p.bytes(path.Join("documentation", "packs", id, file), content)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *packer) doctrines() []string { return strings.Split(p.chain[1].Flags["doctrine"], ",") }

func (p *packer) title() string {
	if p.o.Title != "" {
		return p.o.Title
	}
	return "Platform liability in Chinese judgments: prediction and ruling"
}

// code packs the scripts that read the tables, and how to run the program again.
func (p *packer) code(context.Context) error {
	for _, r := range p.chain {
		for _, t := range dataset.Of(r.Command) {
			if !slices.Contains(p.files, path.Join("data", "csv", t.Name+".csv")) {
				continue
			}
			for _, script := range []struct {
				ext string
				do  func(io.Writer, *dataset.Table, string) error
			}{{"R", dataset.ImportR}, {"do", dataset.ImportStata}} {
				var b bytes.Buffer
				if err := script.do(&b, t, "en"); err != nil {
					return err
				}
				text := strings.ReplaceAll(b.String(), "../csv", "../data/csv")
				if err := p.text(path.Join("code", t.Name+"."+script.ext), text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// exhibit is a table or figure with the keys of the numbers in it.
type exhibit struct{ Name, Forms, Data string }

// exhibits lists the tables and figures that were packed: name, forms, and where their numbers stand.
func (p *packer) exhibits() (out []exhibit) {
	forms := map[string][]string{}
	var order []string
	for _, f := range p.files {
		dir, base := path.Split(f)
		if dir != "results/tables/" && dir != "results/figures/" {
			continue
		}
		name := strings.TrimPrefix(dir, "results/") + strings.TrimSuffix(base, path.Ext(base))
		for _, width := range []string{"-85mm", "-170mm"} {
			name = strings.TrimSuffix(name, width)
		}
		if forms[name] == nil {
			order = append(order, name)
		}
		if ext := path.Ext(base)[1:]; !slices.Contains(forms[name], ext) {
			forms[name] = append(forms[name], ext)
		}
	}
	slices.Sort(order)
	for _, name := range order {
		slices.Sort(forms[name])
		data := "results/results.json"
		if slices.Contains(forms[name], "csv") {
			data = "results/" + name + ".csv; keys in results/results.json"
		}
		out = append(out, exhibit{name, strings.Join(forms[name], ", "), data})
	}
	return out
}

// readme comes last, since it lists what is there.
func (p *packer) readme(context.Context) error {
	ingest := p.chain[2]
	var selection []string
	for _, k := range slices.Sorted(keys(ingest.Flags)) {
		if v := ingest.Flags[k]; v != "" {
			selection = append(selection, k+"="+v)
		}
	}
	data := map[string]any{
		"Title": p.title(), "Authors": p.o.Authors, "WithTexts": p.o.WithTexts, "Version": p.o.Version, "Schema": dataset.SchemaVersion,
		"Plan": ingest.Plan, "Counts": ingest.Counts, "Flags": strings.Join(selection, ", "), "Doctrines": p.doctrines(),
		"Runs": p.chain, "Digests": p.chain[1].Digests, "Exhibits": p.exhibits(), "Persons": p.persons.masked(), "Report": p.chain[0].Counts,
	}
	for _, name := range []string{"README.md", "CITATION.cff"} {
		t, err := template.New(name+".tmpl").Funcs(template.FuncMap{"yaml": yamlText}).ParseFS(templates, name+".tmpl")
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := t.Execute(&b, data); err != nil {
			return err
		}
		if err := p.bytes(name, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func keys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// yamlText quotes a text for YAML, whose double-quoted form is JSON's.
func yamlText(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
