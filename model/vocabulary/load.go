package vocabulary

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"
	"sync"

	"caipan/model/vocabulary/yamltree"
)

//go:embed data/*.yaml
var embedded embed.FS

var shipped = sync.OnceValues(func() (*Vocabulary, error) {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	return load(sub)
})

// Load gives the shipped vocabulary; it is read once and shared.
func Load() (*Vocabulary, error) { return shipped() }

// LoadDir reads a vocabulary from a folder with variables.yaml, measures.yaml, laws.yaml and norms.yaml.
// The error joins every fault found, each as "file:line: what; remedy".
func LoadDir(dir string) (*Vocabulary, error) { return load(os.DirFS(dir)) }

func load(dir fs.FS) (*Vocabulary, error) {
	v := &Vocabulary{variables: map[string]*Variable{}, laws: map[string]*Law{}, norms: map[string]*Norm{}, names: map[string][]*Law{}}
	var faults yamltree.Faults
	read := func(file string, use func(r *yamltree.Reader)) {
		src, err := fs.ReadFile(dir, file)
		if err != nil {
			faults.AddFile(file, "cannot be read: "+err.Error(), "put the file into the folder")
			return
		}
		if n := yamltree.Parse(file, src, &faults); n != nil {
			r := yamltree.Read(n, "the file", &faults)
			use(r)
			r.Done()
		}
	}
	read("variables.yaml", func(r *yamltree.Reader) { v.readVariables(r, &faults) })
	read("measures.yaml", func(r *yamltree.Reader) { v.readMeasures(r, &faults) })
	read("laws.yaml", func(r *yamltree.Reader) { v.readLaws(r, &faults) })
	read("norms.yaml", func(r *yamltree.Reader) { v.readNorms(r, &faults) })
	if err := faults.Err(); err != nil {
		return nil, fmt.Errorf("vocabulary: %w", err)
	}
	return v, nil
}

func readValues(nodes []*yamltree.Node, faults *yamltree.Faults) []Value {
	var out []Value
	seen := map[string]bool{}
	for _, n := range nodes {
		r := yamltree.Read(n, "a value", faults)
		val := Value{ID: r.Text("id"), En: r.Text("en"), Zh: r.Text("zh")}
		r.Done()
		if seen[val.ID] {
			faults.Add(n, fmt.Sprintf("value %q stands twice", val.ID), "keep one of them")
		}
		if val.ID == Unknown || val.ID == Conflict {
			faults.Add(n, fmt.Sprintf("value %q is special and belongs to every variable", val.ID), "remove it")
		}
		seen[val.ID] = true
		out = append(out, val)
	}
	return out
}

func (v *Vocabulary) readVariables(file *yamltree.Reader, faults *yamltree.Faults) {
	for _, n := range file.Items("variables") {
		r := yamltree.Read(n, "a variable", faults)
		x := &Variable{ID: r.Text("id")}
		r.Name(fmt.Sprintf("variable %q", x.ID))
		x.En, x.Zh = r.Text("en"), r.Text("zh")
		x.About = r.OneOf("about", "platform", "third_party", "case")
		x.Kind = r.OneOf("kind", "enum", "date", "amount", "integer")
		x.Floor, x.Gold = r.Int("floor"), r.Maybe("gold")
		x.Source, x.Note = r.Text("source"), r.Maybe("note")
		if x.Kind == "enum" {
			x.Values = readValues(r.Items("values"), faults)
		}
		if rn := r.Need("resolve"); rn != nil {
			x.Resolve = readResolution(rn, x, faults)
		}
		r.Done()
		v.add(x, n, faults)
	}
}

func readResolution(n *yamltree.Node, x *Variable, faults *yamltree.Faults) Resolution {
	r := yamltree.Read(n, fmt.Sprintf("resolve of %q", x.ID), faults)
	out := Resolution{Policy: r.OneOf("policy", "level_first", "max", "latest"), Order: r.Words("order")}
	r.Done()
	if (out.Policy == "max") != (len(out.Order) > 0) {
		faults.Add(n, fmt.Sprintf("resolve of %q: an order belongs to policy max, and only to it", x.ID), "write {policy: max, order: [weakest, …, strongest]}")
	}
	for _, o := range out.Order {
		if !x.Has(o) {
			faults.Add(n, fmt.Sprintf("order of %q names %q, which is not one of its values", x.ID, o), "name the variable's own values")
		}
	}
	if out.Policy == "max" && len(out.Order) != len(x.Values) {
		faults.Add(n, fmt.Sprintf("order of %q names %d of %d values", x.ID, len(out.Order), len(x.Values)), "name every value once")
	}
	return out
}

func (v *Vocabulary) readMeasures(file *yamltree.Reader, faults *yamltree.Faults) {
	values := readValues(file.Items("values"), faults)
	for _, n := range file.Items("measures") {
		r := yamltree.Read(n, "a measure", faults)
		x := &Variable{ID: r.Text("id"), About: "platform", Kind: "enum", Values: values, Floor: 1, Resolve: Resolution{Policy: "level_first"}}
		r.Name(fmt.Sprintf("measure %q", x.ID))
		x.Stage = r.OneOf("stage", "prevent", "eliminate", "remedy")
		x.En, x.Zh, x.Source, x.PartOf = r.Text("en"), r.Text("zh"), r.Text("source"), r.Maybe("part_of")
		r.Done()
		if x.PartOf == "" {
			x.Gold = x.ID
		} else if v.variables[x.PartOf] == nil {
			faults.Add(n, fmt.Sprintf("measure %q is part of %q, which does not stand above it", x.ID, x.PartOf), "name a measure that stands above")
		}
		v.add(x, n, faults)
	}
}

func (v *Vocabulary) add(x *Variable, n *yamltree.Node, faults *yamltree.Faults) {
	if v.variables[x.ID] != nil {
		faults.Add(n, fmt.Sprintf("variable %q stands twice", x.ID), "keep one of them")
		return
	}
	v.variables[x.ID] = x
	v.Variables = append(v.Variables, x)
}

func (v *Vocabulary) readLaws(file *yamltree.Reader, faults *yamltree.Faults) {
	for _, n := range file.Items("laws") {
		r := yamltree.Read(n, "a law", faults)
		l := &Law{Code: r.Text("code")}
		r.Name(fmt.Sprintf("law %q", l.Code))
		l.Title, l.Short, l.Aliases = r.Text("title"), r.Text("short"), r.Words("aliases")
		l.Kind = r.OneOf("kind", "law", "regulation", "interpretation", "department_rule", "guidance")
		r.Need("from")
		l.From, l.To, l.CurrentFrom = r.Date("from"), r.Date("to"), r.Date("current_from")
		l.Unchecked = r.Maybe("unchecked") == "true"
		r.Done()
		checkPeriod(l.Code, l.From, l.To, n, faults)
		if v.laws[l.Code] != nil {
			faults.Add(n, fmt.Sprintf("law %q stands twice", l.Code), "keep one of them")
			continue
		}
		v.laws[l.Code] = l
		v.Laws = append(v.Laws, l)
		v.nameLaw(l)
	}
	for name, versions := range v.names {
		sort.SliceStable(versions, func(i, j int) bool { return versions[i].From > versions[j].From })
		for i := 1; i < len(versions); i++ {
			if versions[i].Short != versions[0].Short {
				faults.AddFile("laws.yaml", fmt.Sprintf("the name %q belongs to %q and to %q", name, versions[0].Code, versions[i].Code), "give the name to one law, or the same short title to versions of one law")
			}
		}
	}
}

func (v *Vocabulary) nameLaw(l *Law) {
	for _, name := range append([]string{l.Title, l.Short}, l.Aliases...) {
		key := FoldName(name)
		known := false
		for _, other := range v.names[key] {
			known = known || other == l
		}
		if !known {
			v.names[key] = append(v.names[key], l)
		}
	}
}

func checkPeriod(id, from, to string, n *yamltree.Node, faults *yamltree.Faults) {
	if to != "" && from > to {
		faults.Add(n, fmt.Sprintf("%q ends on %s before it begins on %s", id, to, from), "exchange or mend the dates")
	}
}

func (v *Vocabulary) readNorms(file *yamltree.Reader, faults *yamltree.Faults) {
	for _, n := range file.Items("norms") {
		r := yamltree.Read(n, "a norm", faults)
		x := &Norm{ID: r.Text("id")}
		r.Name(fmt.Sprintf("norm %q", x.ID))
		x.Law, x.Article, x.Paragraphs = r.Text("law"), r.Int("article"), r.Int("paragraphs")
		r.Need("from")
		x.From, x.To = r.Date("from"), r.Date("to")
		x.Replaces, x.ReplacedBy, x.Topic = r.Maybe("replaces"), r.Maybe("replaced_by"), r.Text("topic")
		x.Verified = r.OneOf("verified", "snapshot", "judgment_quote", "public_repo_quote", "same_wording_as_successor", "none")
		r.Done()
		checkPeriod(x.ID, x.From, x.To, n, faults)
		if v.laws[x.Law] == nil {
			faults.Add(n, fmt.Sprintf("norm %q belongs to law %q, which laws.yaml does not list", x.ID, x.Law), "add the law or mend the code")
		}
		if !strings.HasPrefix(x.ID, x.Law) {
			faults.Add(n, fmt.Sprintf("norm id %q does not begin with its law's code %q", x.ID, x.Law), "write code and article")
		}
		if v.norms[x.ID] != nil {
			faults.Add(n, fmt.Sprintf("norm %q stands twice", x.ID), "keep one of them")
			continue
		}
		v.norms[x.ID] = x
		v.Norms = append(v.Norms, x)
	}
}
