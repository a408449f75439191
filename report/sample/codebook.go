package sample

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"caipan/model/text"
	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
	"caipan/pipeline/dataset"
)

// RulingVariable is the coded variable that is not one of the vocabulary: what was ordered against the party.
const RulingVariable = "ruling"

// ShareVictim is the code of a share whose only reason is the claimant's own fault; in the tables it is the label share
// with the basis victim_only.
const ShareVictim = "share_victim"

// Words are one text in both languages.
type Words struct{ En, Zh string }

// In gives the words in "zh" or else English.
func (w Words) In(lang string) string {
	if lang == "zh" {
		return w.Zh
	}
	return w.En
}

// Value is one code of a variable.
type Value struct {
	ID    string
	Label Words
	Rule  Words // when to choose it; may be empty
}

// Variable is one column of a coder's sheet.
type Variable struct {
	ID     string
	Label  Words
	Rule   Words
	Values []Value
}

// Codebook says what is coded and how.
type Codebook struct {
	General   []Words
	Variables []Variable
}

//go:embed codebook.yaml
var codebookYAML []byte

// DefaultVariables are coded where the user names none: what agreement on liability rests on in most cases.
var DefaultVariables = []string{RulingVariable, "subject_kind", "breach_found", "platform_state", "third_party", "infringement_established"}

var loadCodebook = sync.OnceValues(func() (*Codebook, error) { return readCodebook("codebook.yaml", codebookYAML) })

func readCodebook(file string, src []byte) (*Codebook, error) {
	var faults yamltree.Faults
	b := &Codebook{}
	if n := yamltree.Parse(file, src, &faults); n != nil {
		r := yamltree.Read(n, "the codebook", &faults)
		for _, g := range r.Items("general") {
			b.General = append(b.General, words(yamltree.Read(g, "a general rule", &faults)))
		}
		v := yamltree.Read(r.Need(RulingVariable), RulingVariable, &faults)
		ruling := Variable{ID: RulingVariable, Label: Words{v.Text("en"), v.Text("zh")}, Rule: words(yamltree.Read(v.Need("rule"), "a rule", &faults))}
		for _, item := range v.Items("values") {
			x := yamltree.Read(item, "a value", &faults)
			id := x.Text("id")
			ruling.Values = append(ruling.Values, Value{ID: id, Rule: words(yamltree.Read(x.Need("rule"), "a rule", &faults)),
				Label: Words{cmp.Or(x.Maybe("en"), dataset.Label("rulings", "label", id, "en")), cmp.Or(x.Maybe("zh"), dataset.Label("rulings", "label", id, "zh"))}})
			x.Done()
		}
		v.Done()
		r.Done()
		b.Variables = append(b.Variables, ruling)
	}
	if err := faults.Err(); err != nil {
		return nil, fmt.Errorf("codebook: %w", err)
	}
	return b, nil
}

func words(r *yamltree.Reader) Words {
	w := Words{r.Text("en"), r.Text("zh")}
	r.Done()
	return w
}

// NewCodebook is the codebook of the variables named: the ruling, or enumerations of the vocabulary, each with the
// values "not proved" and "not stated" beside its own. An error names the variable and those that can be coded.
func NewCodebook(variables []string) (*Codebook, error) {
	own, err := loadCodebook()
	if err != nil {
		return nil, err
	}
	voc, err := vocabulary.Load()
	if err != nil {
		return nil, err
	}
	b := &Codebook{General: own.General}
	for i, id := range variables {
		x := voc.Variable(id)
		switch {
		case slices.Contains(variables[:i], id):
			return nil, fmt.Errorf("codebook: variable %s is named twice", id)
		case id == RulingVariable:
			b.Variables = append(b.Variables, own.Variables[0])
		case x != nil && len(x.Values) > 0:
			b.Variables = append(b.Variables, ofVocabulary(x))
		default:
			return nil, fmt.Errorf("codebook: %q cannot be coded from a list; choose %s or one of: %s", id, RulingVariable, strings.Join(codable(voc), ", "))
		}
	}
	return b, nil
}

func codable(voc *vocabulary.Vocabulary) (out []string) {
	for _, x := range voc.Variables {
		if len(x.Values) > 0 && x.PartOf == "" {
			out = append(out, x.ID)
		}
	}
	return out
}

func ofVocabulary(x *vocabulary.Variable) Variable {
	v := Variable{ID: x.ID, Label: Words{x.Name("en"), x.Name("zh")}, Rule: Words{x.Source, x.Source}}
	add := func(id string) {
		v.Values = append(v.Values, Value{ID: id, Label: Words{x.Label(id, "en"), x.Label(id, "zh")}})
	}
	for _, y := range x.Values {
		add(y.ID)
	}
	for _, id := range []string{vocabulary.NotProved, vocabulary.Unknown} {
		if !x.Has(id) {
			add(id)
		}
	}
	return v
}

// Variable finds a variable by id, nil if it is not coded.
func (b *Codebook) Variable(id string) *Variable {
	for i := range b.Variables {
		if b.Variables[i].ID == id {
			return &b.Variables[i]
		}
	}
	return nil
}

// Code is the id of what a coder wrote: the id, a label in either language, or "id · label"; width, case and white
// space do not matter. ok is false for anything else.
func (v *Variable) Code(cell string) (id string, ok bool) {
	first, _, _ := strings.Cut(cell, separator)
	for _, form := range []string{cell, first} {
		form = text.FoldName(form)
		for i := range v.Values {
			x := &v.Values[i]
			if form == text.FoldName(x.ID) || form == text.FoldName(x.Label.En) || form == text.FoldName(x.Label.Zh) {
				return x.ID, true
			}
		}
	}
	return "", false
}

// separator stands between an id and its label in headings and drop-down lists.
const separator = " · "

// entry is how a value stands in a drop-down list.
func (x *Value) entry(lang string) string {
	if l := x.Label.In(lang); l != x.ID {
		return x.ID + separator + l
	}
	return x.ID
}

// heading is how a variable stands over its column.
func (v *Variable) heading(lang string) string { return v.ID + separator + v.Label.In(lang) }

// allowed lists the values for a message.
func (v *Variable) allowed() string {
	var out []string
	for _, x := range v.Values {
		out = append(out, x.ID)
	}
	return strings.Join(out, ", ")
}
