package doctrine

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"sync"
	"time"

	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

//go:embed packs
var shippedFS embed.FS

// ShippedIDs lists the packs that come with the program, in order.
func ShippedIDs() []string {
	entries, _ := fs.ReadDir(shippedFS, "packs")
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}

var kept sync.Map // id -> *Pack; packs are read-only

// Shipped loads a pack that comes with the program, once.
func Shipped(id string) (*Pack, error) {
	if p, ok := kept.Load(id); ok {
		return p.(*Pack), nil
	}
	sub, err := fs.Sub(shippedFS, "packs/"+id)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(sub, "pack.yaml"); err != nil {
		return nil, fmt.Errorf("no pack %q comes with the program; there are %s", id, strings.Join(ShippedIDs(), ", "))
	}
	p, err := load(sub, id)
	if err != nil {
		return nil, err
	}
	first, _ := kept.LoadOrStore(id, p)
	return first.(*Pack), nil
}

// Open loads pack id from rulesDir/id where that folder exists, else the shipped one. rulesDir "" means shipped only.
func Open(rulesDir, id string) (*Pack, error) {
	if rulesDir != "" {
		dir := filepath.Join(rulesDir, id)
		if st, err := os.Stat(dir); err == nil && st.IsDir() {
			return LoadDir(dir)
		}
	}
	return Shipped(id)
}

// LoadDir loads a pack from a folder; the error joins every fault of every file, each as "file:line: what; remedy".
func LoadDir(dir string) (*Pack, error) {
	return load(os.DirFS(dir), filepath.Base(filepath.Clean(dir)))
}

type loader struct {
	dir    fs.FS
	faults yamltree.Faults
	pack   *Pack
	lines  map[string]*yamltree.Node // "row R7", "derived breach" … -> where it stands
}

func load(dir fs.FS, folder string) (*Pack, error) {
	voc, err := vocabulary.Load()
	if err != nil {
		return nil, err
	}
	l := &loader{dir: dir, pack: &Pack{Vocabulary: voc, files: dir}, lines: map[string]*yamltree.Node{}}
	l.file("pack.yaml", true, l.readPack)
	l.file("derived.yaml", false, l.readDerived)
	for _, f := range l.tableFiles() {
		l.file(f, true, func(r *yamltree.Reader) { l.readTables(f, r) })
	}
	l.file("compare.yaml", true, l.readCompare)
	l.file("vignettes.yaml", true, l.readVignettes)
	l.file("statements.yaml", false, l.readStatements)
	l.strayFiles()
	if l.faults.Err() == nil {
		l.check()
	}
	if err := l.faults.Err(); err != nil {
		return nil, fmt.Errorf("pack %s: %w", folder, err)
	}
	l.pack.Digest, err = digest(dir)
	return l.pack, err
}

func (l *loader) file(name string, required bool, use func(*yamltree.Reader)) {
	src, err := fs.ReadFile(l.dir, name)
	if err != nil {
		if required {
			l.faults.AddFile(name, "cannot be read: the file is missing or unreadable", "put it into the pack's folder (see the walk through writing a pack)")
		}
		return
	}
	if n := yamltree.Parse(name, src, &l.faults); n != nil {
		r := yamltree.Read(n, "the file", &l.faults)
		use(r)
		r.Done()
	}
}

func (l *loader) tableFiles() []string {
	names, _ := fs.Glob(l.dir, "tables/*.yaml")
	sort.Strings(names)
	if len(names) == 0 {
		l.faults.AddFile("tables", "the pack has no table", "add tables/decision.yaml with a table `for: decision`")
	}
	return names
}

func (l *loader) strayFiles() {
	known := map[string]bool{"pack.yaml": true, "derived.yaml": true, "compare.yaml": true, "vignettes.yaml": true, "statements.yaml": true}
	_ = fs.WalkDir(l.dir, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || known[p] || strings.HasPrefix(path.Base(p), ".") || strings.HasSuffix(p, ".md") {
			return nil
		}
		if path.Dir(p) == "tables" && strings.HasSuffix(p, ".yaml") {
			return nil
		}
		l.faults.AddFile(p, "a pack has no such file", "remove it, or give tables the ending .yaml and put them into tables/")
		return nil
	})
}

func digest(dir fs.FS) (string, error) {
	var names []string
	err := fs.WalkDir(dir, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(p, ".yaml") {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	sort.Strings(names)
	h := sha256.New()
	for _, n := range names {
		src, err := fs.ReadFile(dir, n)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s\n%d\n", n, len(src))
		h.Write(src)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func nextDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}

func (l *loader) label(r *yamltree.Reader, key string) Label {
	n := r.Need(key)
	if n == nil {
		return Label{}
	}
	return l.labelNode(n, key)
}

func (l *loader) labelNode(n *yamltree.Node, what string) Label {
	r := yamltree.Read(n, what, &l.faults)
	out := Label{r.Text("en"), r.Text("zh")}
	r.Done()
	return out
}

func (l *loader) readPack(r *yamltree.Reader) {
	p := l.pack
	p.ID, p.Version, p.Title, p.Authority = r.Text("id"), r.Text("version"), l.label(r, "title"), r.Text("authority")
	p.LawTime = r.OneOf("law_time", "act", "filing", "judgment")
	l.idAndVersion(r)
	r.Need("severity")
	p.Severity = r.Words("severity")
	l.lines["severity"] = r.At("severity")
	if n := r.Get("variants"); n != nil {
		for _, it := range n.Items {
			p.Variants = append(p.Variants, l.readVariant(it))
		}
	}
	for _, it := range r.Items("bundles") {
		b := yamltree.Read(it, "a bundle", &l.faults)
		bundle := Bundle{Name: b.Text("name"), About: l.label(b, "about"), Choice: map[string]string{}}
		for _, c := range l.variantConds(b.Get("choose"), "bundle "+bundle.Name) {
			if len(c.Values) != 1 {
				l.faults.Add(it, fmt.Sprintf("bundle %q chooses %d values for %q", bundle.Name, len(c.Values), c.Key), "choose one value")
				continue
			}
			bundle.Choice[c.Key] = c.Values[0]
		}
		b.Done()
		if contains(p.bundleNames(), bundle.Name) {
			l.faults.Add(b.At("name"), fmt.Sprintf("bundle %q stands twice", bundle.Name), "give each bundle a name of its own")
		}
		p.Bundles = append(p.Bundles, bundle)
	}
	p.Outputs = map[string]string{}
	if n := r.Get("outputs"); n != nil {
		l.pairs(n, "outputs", p.Outputs)
		for _, e := range n.Entries {
			if e.Key != "breach" && e.Key != "intensity" && e.Key != "service" {
				l.faults.Add(e.Value, fmt.Sprintf("outputs has an unknown key %q", e.Key), "use breach, intensity or service")
			}
		}
		l.lines["outputs"] = n
	}
	if n := r.Get("open_points"); n != nil {
		for _, it := range n.Items {
			o := yamltree.Read(it, "an open point", &l.faults)
			p.OpenPoints = append(p.OpenPoints, OpenPoint{ID: o.Text("id"), About: l.label(o, "about")})
			o.Done()
		}
	}
	if n := r.Get("in_dubio"); n != nil {
		d := yamltree.Read(n, "in_dubio", &l.faults)
		p.InDubio = &InDubio{Ground: l.label(d, "ground"), Source: d.Text("source"), Variant: l.variantConds(d.Get("variant"), "in_dubio")}
		d.Done()
	}
}

var versionForm = regexp.MustCompile(`^\d+\.\d+\.\d+$`)

func (l *loader) idAndVersion(r *yamltree.Reader) {
	if id := l.pack.ID; id != "" && !packID.MatchString(id) {
		l.faults.Add(r.At("id"), fmt.Sprintf("id %q is no pack id", id), "use small letters, digits and _, beginning with a letter")
	}
	if v := l.pack.Version; v != "" && !versionForm.MatchString(v) {
		l.faults.Add(r.At("version"), fmt.Sprintf("version %q is no version", v), "write three numbers, as 1.0.0")
	}
}

func (l *loader) readVariant(n *yamltree.Node) Variant {
	r := yamltree.Read(n, "a variant", &l.faults)
	v := Variant{Key: r.Text("key")}
	r.Name(fmt.Sprintf("variant %q", v.Key))
	v.Default, v.Values, v.Gap, v.About = r.Text("default"), r.Words("values"), r.Text("gap"), l.label(r, "about")
	r.Done()
	ok := false
	for _, x := range v.Values {
		ok = ok || x == v.Default
	}
	if !ok {
		l.faults.Add(n, fmt.Sprintf("the default %q of variant %q is not one of its values", v.Default, v.Key), "use one of: "+strings.Join(v.Values, ", "))
	}
	for _, o := range l.pack.Variants {
		if o.Key == v.Key {
			l.faults.Add(n, fmt.Sprintf("variant %q stands twice", v.Key), "keep one of them")
		}
	}
	return v
}

// variantConds reads {key: value or list}; whether keys and values exist is checked as soon as pack.yaml is known.
func (l *loader) variantConds(n *yamltree.Node, what string) []VariantCond {
	if n == nil {
		return nil
	}
	if n.Kind != yamltree.Map {
		l.faults.Add(n, "variants of "+what+" must be a mapping, found "+n.Kind.String(), "write {key: value}")
		return nil
	}
	var out []VariantCond
	for _, e := range n.Entries {
		c := VariantCond{Key: e.Key, Values: yamltree.Words(e.Value, "variant "+e.Key, &l.faults)}
		for _, v := range c.Values {
			if err := l.pack.knows(c.Key, v); err != nil {
				l.faults.Add(&yamltree.Node{File: n.File, Line: e.Line}, what+": "+err.Error(), "declare it under variants in pack.yaml or mend the word")
			}
		}
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Key < out[j].Key })
	return out
}

func (l *loader) readDerived(r *yamltree.Reader) {
	for _, n := range r.Items("derived") {
		d := yamltree.Read(n, "a derived variable", &l.faults)
		x := &Derived{ID: d.Text("id")}
		d.Name(fmt.Sprintf("derived variable %q", x.ID))
		x.Name, x.Source = Label{d.Text("en"), d.Text("zh")}, d.Text("source")
		if vs := d.Get("values"); vs != nil {
			for _, it := range vs.Items {
				v := yamltree.Read(it, "a value", &l.faults)
				x.Values = append(x.Values, vocabulary.Value{ID: v.Text("id"), En: v.Text("en"), Zh: v.Text("zh")})
				v.Done()
			}
		} else {
			x.Values = []vocabulary.Value{{ID: "yes", En: "yes", Zh: "是"}, {ID: "no", En: "no", Zh: "否"}}
		}
		d.Done()
		if l.pack.Vocabulary.Variable(x.ID) != nil {
			l.faults.Add(n, fmt.Sprintf("%q is a variable of the vocabulary already", x.ID), "give the derived variable a name of its own")
		}
		if l.pack.DerivedVariable(x.ID) != nil {
			l.faults.Add(n, fmt.Sprintf("derived variable %q stands twice", x.ID), "keep one of them")
			continue
		}
		l.lines["derived "+x.ID] = n
		l.pack.Derived = append(l.pack.Derived, x)
	}
}

// IDs lists the packs of rulesDir (folders with a pack.yaml) and the shipped ones, in order, each once.
func IDs(rulesDir string) []string {
	set := map[string]bool{}
	for _, id := range ShippedIDs() {
		set[id] = true
	}
	if rulesDir != "" {
		found, _ := filepath.Glob(filepath.Join(rulesDir, "*", "pack.yaml"))
		for _, f := range found {
			set[filepath.Base(filepath.Dir(f))] = true
		}
	}
	return sortedKeys(set)
}
