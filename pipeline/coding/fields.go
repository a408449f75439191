package coding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"
	"caipan/pipeline/dataset"
)

// Field is something that a person can code or correct.
type Field struct {
	Name   string // variable, or column of rulings or parties
	Kind   string // judgment.CorrectsFact | CorrectsRuling | CorrectsParty
	Type   string // enum | list (of enum) | words (list of free text) | text | bool | amount | portion | integer | integers | date
	Values []dataset.Value
	EN, ZH string
	Note   string // the vocabulary's words on how to code it, ""
	gold   string
}

// rulingFields and partyFields are the columns that may be corrected, with the type of their values.
var (
	rulingFields = [][2]string{{"label", "enum"}, {"also", "list"}, {"via", "enum"}, {"amount", "amount"}, {"claimed_amount", "amount"},
		{"fraction", "portion"}, {"share_basis", "enum"}, {"cap_amount", "amount"}, {"cap_fraction", "portion"}, {"scope", "enum"},
		{"recourse", "enum"}, {"items", "integers"}, {"nonmoney", "words"}, {"implicit", "bool"}}
	partyFields = [][2]string{{"is_platform_operator", "bool"}, {"role", "enum"}, {"kind", "enum"}, {"brand", "text"}}
)

// Fields lists what can be corrected: the fields of a ruling, the attributes of a party, the variables of the
// vocabulary (finer measures left out: facts hold the measure that they are part of).
func Fields(v *vocabulary.Vocabulary) (out []Field) {
	column := func(table, name string) dataset.Column {
		t := dataset.Named(table)
		return t.Columns[t.Column(name)]
	}
	for _, f := range rulingFields {
		c := column("rulings", f[0])
		if f[1] == "list" {
			c.Values = column("rulings", "label").Values
		}
		out = append(out, Field{Name: f[0], Kind: judgment.CorrectsRuling, Type: f[1], Values: c.Values, EN: c.EN, ZH: c.ZH})
	}
	for _, f := range partyFields {
		c := column("parties", f[0])
		out = append(out, Field{Name: f[0], Kind: judgment.CorrectsParty, Type: f[1], Values: c.Values, EN: c.EN, ZH: c.ZH})
	}
	for _, x := range v.Variables {
		if x.PartOf != "" {
			continue
		}
		f := Field{Name: x.ID, Kind: judgment.CorrectsFact, Type: x.Kind, EN: x.En, ZH: x.Zh, Note: x.Note, gold: x.Gold}
		for _, y := range x.Values {
			f.Values = append(f.Values, dataset.Value{Name: y.ID, EN: y.En, ZH: y.Zh})
		}
		if x.Kind == "enum" && !x.Has(vocabulary.NotProved) {
			f.Values = append(f.Values, dataset.Value{Name: vocabulary.NotProved, EN: "not proved", ZH: "不能证明"})
		}
		out = append(out, f)
	}
	return out
}

// names are the ways to write a field's name: as in the tables, by its label in English or Chinese, by the gold coding's name.
func (f *Field) names() []string {
	zh, _, _ := strings.Cut(f.ZH, "（")
	out := []string{f.Name, f.Kind + "." + f.Name, f.EN, f.ZH, zh, f.gold}
	if f.Kind == judgment.CorrectsFact {
		out = append(out, "variable."+f.Name)
	}
	if f.Name == "is_platform_operator" {
		out = append(out, "platform_operator")
	}
	if f.Kind == judgment.CorrectsRuling && f.Name == "label" {
		out = append(out, "ruling", "裁判结果")
	}
	return out
}

// Fieldbook finds fields by name.
type Fieldbook struct {
	all    []Field
	byName map[string][]*Field
}

// NewFieldbook makes the book of the fields.
func NewFieldbook(v *vocabulary.Vocabulary) *Fieldbook {
	b := &Fieldbook{all: Fields(v), byName: map[string][]*Field{}}
	for i := range b.all {
		f := &b.all[i]
		for _, n := range f.names() {
			if n = foldWord(n); n != "" && !slices.Contains(b.byName[n], f) {
				b.byName[n] = append(b.byName[n], f)
			}
		}
	}
	for _, x := range v.Variables {
		if of := b.byName[foldWord(x.PartOf)]; x.PartOf != "" && len(of) == 1 {
			b.byName["part of "+foldWord(x.ID)] = of
		}
	}
	return b
}

func foldWord(s string) string { return strings.ReplaceAll(text.FoldName(s), "-", "_") }

// Find finds a field. Where a ruling's field and a variable have one name, the name alone means the ruling's; ruling.NAME and
// variable.NAME say it outright.
func (b *Fieldbook) Find(name string) (*Field, error) {
	n := foldWord(name)
	found := b.byName[n]
	if of := b.byName["part of "+n]; len(found) == 0 && len(of) == 1 {
		return nil, fmt.Errorf("%q is finer than the facts, which hold %s; correct that", name, of[0].Name)
	}
	if len(found) > 1 {
		if k := slices.IndexFunc(found, func(f *Field) bool { return foldWord(f.Name) == n }); k >= 0 {
			return found[k], nil
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%q is no variable and no field of a ruling or party; the names are %s", name, strings.Join(b.list(found), ", "))
	}
	return found[0], nil
}

// Whole is the name of the measure that a finer one is part of; every other name is itself.
func (b *Fieldbook) Whole(name string) string {
	if of := b.byName["part of "+foldWord(name)]; len(of) == 1 {
		return of[0].Name
	}
	return name
}

func (b *Fieldbook) list(of []*Field) (names []string) {
	for _, f := range of {
		names = append(names, f.Kind+"."+f.Name)
	}
	if len(of) == 0 {
		for i := range b.all {
			names = append(names, b.all[i].Name)
		}
	}
	return names
}

// emptied are the words that empty a field of a ruling.
var emptied = []string{"unknown", "null", "-", "/", "空", "无法确定", "未提及", "not stated"}

// Parse gives the value in the form of the tables: the name of an enumeration's value whichever label was written, numbers
// in digits, days as YYYY-MM-DD, lists joined by "; ". A variable nobody spoke of is unknown; a ruling's field that is unknown is "".
func (f *Field) Parse(s string) (string, error) {
	if slices.Contains(emptied, foldWord(s)) && f.Name != "label" || strings.EqualFold(s, "not stated") {
		switch {
		case f.Kind == judgment.CorrectsFact:
			return vocabulary.Unknown, nil
		case f.Type == "bool":
			return "", fmt.Errorf("write yes or no")
		}
		return "", nil
	}
	switch f.Type {
	case "enum":
		return f.value(s)
	case "list":
		return f.each(s, f.value)
	case "words":
		return f.each(s, func(w string) (string, error) { return w, nil })
	case "integers":
		return f.each(s, integer)
	case "integer":
		return integer(s)
	case "amount", "portion":
		return f.number(s)
	case "date":
		return Day(s)
	case "bool":
		return yesNo(s)
	}
	return s, nil
}

func (f *Field) value(s string) (string, error) {
	w := foldWord(s)
	for _, v := range f.Values {
		en, zh := foldWord(v.EN), foldWord(v.ZH)
		if id := foldWord(v.Name); w == id || w == en || w == zh || w == id+zh || w == zh+id || w == id+"("+zh+")" || w == zh+"("+id+")" || w == id+":"+zh {
			return v.Name, nil
		}
	}
	if b, err := yesNo(s); err == nil && slices.ContainsFunc(f.Values, func(v dataset.Value) bool { return v.Name == b }) {
		return b, nil
	}
	return "", fmt.Errorf("%q is no value of %s; write one of %s", s, f.Name, strings.Join(f.allowed(), ", "))
}

func (f *Field) allowed() (out []string) {
	for _, v := range f.Values {
		out = append(out, strings.TrimSpace(v.Name+" "+v.ZH))
	}
	if f.Kind == judgment.CorrectsFact || f.Name != "label" {
		out = append(out, vocabulary.Unknown)
	}
	return out
}

func (f *Field) each(s string, parse func(string) (string, error)) (string, error) {
	var out []string
	marks := ";；、,，|"
	if f.Type == "words" {
		marks = ";；|"
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		v, err := parse(strings.TrimSpace(w))
		if err != nil {
			return "", err
		}
		out = append(out, v)
	}
	return strings.Join(out, "; "), nil
}

func (f *Field) number(s string) (string, error) {
	n, err := Number(s)
	if err != nil {
		return "", err
	}
	if n < 0 || f.Type == "portion" && n > 1 {
		return "", fmt.Errorf("%q is out of range; write %s", s, map[string]string{"portion": "a portion between 0 and 1, or a percentage", "amount": "yuan, 0 or more"}[f.Type])
	}
	return strconv.FormatFloat(n, 'f', -1, 64), nil
}

func integer(s string) (string, error) {
	n, err := Number(s)
	if err != nil || n != float64(int(n)) {
		return "", fmt.Errorf("%q is no whole number", s)
	}
	return strconv.Itoa(int(n)), nil
}

func yesNo(s string) (string, error) {
	switch foldWord(s) {
	case "yes", "true", "1", "是", "y", "√", "真":
		return "yes", nil
	case "no", "false", "0", "否", "n", "×", "假":
		return "no", nil
	}
	return "", fmt.Errorf("%q is neither yes nor no", s)
}
