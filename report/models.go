package report

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"caipan/model/doctrine"
	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

//go:embed models.yaml
var modelsYAML []byte

// Predictor (解释变量) is a column of the observations with its values gathered into categories.
type Predictor struct {
	ID, Column, Reference string
	Name                  doctrine.Label
	Groups                []Condition // Column is the name of the category
}

// ModelTable is a list of predictors by rank.
type ModelTable struct {
	ID         string
	Predictors []Predictor
}

// notStated is the category of parties of whom nothing is known.
const notStated = "not_stated"

// category is the group of a value.
func (p *Predictor) category(value string) string {
	if value == "" {
		value = notKnown
	}
	for i := range p.Groups {
		if slices.Contains(p.Groups[i].Values, value) {
			return p.Groups[i].Column
		}
	}
	return notStated
}

var loadModels = sync.OnceValues(func() ([]ModelTable, error) {
	v, err := vocabulary.Load()
	if err != nil {
		return nil, err
	}
	return readModels("models.yaml", modelsYAML, v)
})

// readModels reads the predictors; its error names every fault with its line and the remedy.
func readModels(file string, src []byte, v *vocabulary.Vocabulary) ([]ModelTable, error) {
	set, err := loadPropositions()
	if err != nil {
		return nil, err
	}
	check := &propositionReader{set: set, voc: v}
	var out []ModelTable
	if n := yamltree.Parse(file, src, &check.faults); n != nil {
		r := yamltree.Read(n, "the file", &check.faults)
		for _, t := range r.Items("tables") {
			x := yamltree.Read(t, "a table", &check.faults)
			m := ModelTable{ID: x.Text("id")}
			for _, p := range x.Items("predictors") {
				m.Predictors = append(m.Predictors, readPredictor(p, check))
			}
			x.Done()
			out = append(out, m)
		}
		r.Done()
	}
	if err := check.faults.Err(); err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	return out, nil
}

func readPredictor(n *yamltree.Node, check *propositionReader) Predictor {
	r := yamltree.Read(n, "a predictor", &check.faults)
	p := Predictor{ID: r.Text("id"), Column: r.Text("column"), Name: doctrine.Label{En: r.Text("en"), Zh: r.Text("zh")}, Reference: r.Text("reference")}
	if groups := r.Need("groups"); groups != nil {
		for i := range groups.Entries {
			g := Condition{Column: groups.Entries[i].Key, Values: yamltree.Words(groups.Entries[i].Value, "group "+groups.Entries[i].Key, &check.faults)}
			check.checkColumn(groups.Entries[i].Value, p.Column, g.Values)
			p.Groups = append(p.Groups, g)
		}
	}
	if !slices.ContainsFunc(p.Groups, func(g Condition) bool { return g.Column == p.Reference }) {
		check.faults.Add(n, fmt.Sprintf("the reference %q of predictor %q is no group of it", p.Reference, p.ID), "name one of its groups")
	}
	r.Done()
	return p
}
