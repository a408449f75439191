package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync"

	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

//go:embed tables/*.yaml
var embedded embed.FS

var shipped = sync.OnceValues(func() (*Lexicon, error) { return Load() })

// Shipped gives the tables that are part of the program; they are read once and shared.
func Shipped() (*Lexicon, error) { return shipped() }

// Tables is the folder of the shipped tables.
func Tables() fs.FS {
	sub, err := fs.Sub(embedded, "tables")
	if err != nil { // the folder is compiled in
		return embedded
	}
	return sub
}

// Load reads the shipped tables and the overlays in their order: a file of the same name replaces a table, a file of
// a new name adds one. Every *.yaml of an overlay's top folder is read. The error joins all faults, each as
// "file:line: what; remedy".
func Load(overlays ...fs.FS) (*Lexicon, error) { return load(append([]fs.FS{Tables()}, overlays...)) }

func load(dirs []fs.FS) (*Lexicon, error) {
	var faults yamltree.Faults
	voc, err := vocabulary.Load()
	if err != nil {
		return nil, err
	}
	nodes := map[string]*yamltree.Node{}
	var names []string
	for _, dir := range dirs {
		files, err := fs.Glob(dir, "*.yaml")
		if err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
		sort.Strings(files)
		for _, f := range files {
			src, err := fs.ReadFile(dir, f)
			if err != nil {
				faults.AddFile(f, "cannot be read: "+err.Error(), "check the file's permissions")
				continue
			}
			n := yamltree.Parse(f, src, &faults)
			if n == nil {
				continue
			}
			if nodes[f] == nil {
				names = append(names, f)
			}
			nodes[f] = n
		}
	}
	sort.Strings(names)
	b := &builder{voc: voc, faults: &faults, classes: map[string][]string{}, patterns: map[*Cue][][]element{},
		l: &Lexicon{byID: map[string]*Cue{}}}
	for _, f := range names {
		b.readClasses(nodes[f])
	}
	for _, f := range names {
		b.readCues(f, nodes[f])
	}
	if err := faults.Err(); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	b.l.class = map[string][]string{}
	for name, ws := range b.classes {
		for _, w := range ws {
			b.l.class[name] = append(b.l.class[name], text.FoldString(w))
		}
	}
	b.l.compile(b.patterns)
	return b.l, nil
}

type builder struct {
	voc      *vocabulary.Vocabulary
	faults   *yamltree.Faults
	classes  map[string][]string
	patterns map[*Cue][][]element
	l        *Lexicon
}

func (b *builder) readClasses(n *yamltree.Node) {
	for _, e := range n.Entries {
		if n.Kind != yamltree.Map || e.Key != "classes" {
			continue
		}
		for _, c := range e.Value.Entries {
			if b.classes[c.Key] != nil {
				b.faults.Add(c.Value, fmt.Sprintf("class %q stands twice", c.Key), "keep one of them or rename one")
			}
			var flat []string
			for _, w := range yamltree.Words(c.Value, "class "+c.Key, b.faults) {
				if name, ok := strings.CutPrefix(w, "{"); ok {
					sub := b.classes[strings.TrimSuffix(name, "}")]
					if sub == nil {
						b.faults.Add(c.Value, fmt.Sprintf("class %q uses %s, which is not defined above it", c.Key, w), "define that class first")
					}
					flat = append(flat, sub...)
					continue
				}
				flat = append(flat, w)
			}
			b.classes[c.Key] = flat
		}
	}
}

func (b *builder) readCues(file string, n *yamltree.Node) {
	r := yamltree.Read(n, "the table", b.faults)
	r.Get("classes")
	if r.Get("cues") != nil {
		for _, item := range r.Items("cues") {
			b.cue(file, item)
		}
	}
	r.Done()
}

func (b *builder) cue(file string, n *yamltree.Node) {
	r := yamltree.Read(n, "a cue", b.faults)
	c := &Cue{ID: r.Text("id"), File: file, Line: n.Line}
	r.Name(fmt.Sprintf("cue %q", c.ID))
	c.Category = r.OneOf("category", Categories...)
	c.Note = r.Maybe("note")
	c.Example, c.Counter = r.Words("example"), r.Words("counter")
	c.Unless, c.NotBefore, c.NotAfter = b.words(r, "unless"), b.words(r, "not_before"), b.words(r, "not_after")
	b.meaning(r, c)
	c.Patterns = r.Words("pattern")
	for _, p := range c.Patterns {
		els, err := parsePattern(p, b.classes)
		if err != nil {
			b.faults.Add(n, fmt.Sprintf("cue %q: %v", c.ID, err), "see docs/DATA.md for the pattern language")
			continue
		}
		b.patterns[c] = append(b.patterns[c], els)
	}
	if len(c.Patterns) == 0 {
		b.faults.Add(n, fmt.Sprintf("cue %q has no pattern", c.ID), "add pattern: [words]")
	}
	if len(c.Example) == 0 || len(c.Counter) == 0 {
		b.faults.Add(n, fmt.Sprintf("cue %q lacks an example or a counter-example", c.ID), "give one text that must fire and one that must not")
	}
	r.Done()
	if old := b.l.byID[c.ID]; old != nil {
		b.faults.Add(n, fmt.Sprintf("cue %q stands already in %s:%d", c.ID, old.File, old.Line), "rename or remove one; an overlay replaces whole files of the same name")
		return
	}
	b.l.byID[c.ID] = c
	b.l.Cues = append(b.l.Cues, c)
}

// meaning reads what the category asks for: sayings of a finding, direction and scope of a context cue.
func (b *builder) meaning(r *yamltree.Reader, c *Cue) {
	switch c.Category {
	case "finding":
		c.About = r.OneOf("about", "platform", "third_party", "plaintiff", "case", "any", "other")
		for _, s := range r.Words("says") {
			b.saying(r, c, s)
		}
		c.FromLevel, c.ToLevel = r.MaybeInt("from_level", 0), r.MaybeInt("to_level", TopLevel)
		if r.At("not_in") != nil {
			c.NotIn = r.Words("not_in")
		}
		for _, kind := range c.NotIn {
			if !slices.Contains(sectionKinds, kind) {
				b.faults.Add(r.Node(), fmt.Sprintf("cue %q: %q is no kind of section", c.ID, kind), "name one of "+strings.Join(sectionKinds, ", "))
			}
		}
		if c.FromLevel < 0 || c.FromLevel > c.ToLevel || c.ToLevel > TopLevel {
			b.faults.Add(r.Node(), fmt.Sprintf("cue %q counts from level %d to level %d", c.ID, c.FromLevel, c.ToLevel), "write levels from 0 (said by a party) to 3 (reasoning), the lower one first")
		}
		if len(c.Says) == 0 {
			b.faults.Add(r.Node(), fmt.Sprintf("cue %q says nothing", c.ID), "add says: [variable=value/negated/unproved]")
		}
	case "helper":
		c.Value = r.Maybe("value")
	default:
		c.Direction = r.OneOf("direction", "forward", "backward", "both", "inside")
		c.Scope = r.OneOf("scope", "clause", "sentence")
		c.Terminators = b.words(r, "terminators")
		c.Value = r.Maybe("value")
	}
}

// sectionKinds are those whose text findings come from.
var sectionKinds = []string{judgment.SecClaims, judgment.SecAnswer, judgment.SecFacts, judgment.SecUndisputed, judgment.SecReasoning, judgment.SecBasis}

// saying reads "variable=value/negated/unproved"; "-" or nothing stands for no value.
func (b *builder) saying(r *yamltree.Reader, c *Cue, s string) {
	id, rest, ok := strings.Cut(s, "=")
	parts := strings.Split(rest, "/")
	if !ok || len(parts) > 3 {
		b.faults.Add(r.Node(), fmt.Sprintf("cue %q: %q does not say variable=value/negated/unproved", c.ID, s), "write e.g. breach_found=yes/no/no, - for no value")
		return
	}
	v := b.voc.Variable(id)
	if v == nil {
		b.faults.Add(r.Node(), fmt.Sprintf("cue %q: the vocabulary has no variable %q", c.ID, id), b.nearest(id))
		return
	}
	for i := range parts {
		if parts[i] == "-" {
			parts[i] = ""
		}
		if p := parts[i]; p != "" && v.Kind == "enum" && !v.Has(p) && p != vocabulary.NotProved {
			b.faults.Add(r.Node(), fmt.Sprintf("cue %q: %q is no value of %q", c.ID, p, id), "name one of the variable's own values")
		}
	}
	parts = append(parts, "", "")
	c.Says = append(c.Says, Saying{Variable: id, Value: parts[0], Negated: parts[1], Unproved: parts[2]})
}

func (b *builder) nearest(id string) string {
	var ids []string
	for _, v := range b.voc.Variables {
		ids = append(ids, v.ID)
	}
	if n := yamltree.Nearest(id, ids); n != "" {
		return fmt.Sprintf("write %q, or add the variable to the vocabulary", n)
	}
	return "add the variable to the vocabulary"
}

// words reads an optional list, classes resolved, folded.
func (b *builder) words(r *yamltree.Reader, key string) []string {
	n := r.Get(key)
	if n == nil {
		return nil
	}
	var out []string
	for _, w := range yamltree.Words(n, key, b.faults) {
		if name, ok := strings.CutPrefix(w, "{"); ok {
			class := b.classes[strings.TrimSuffix(name, "}")]
			if class == nil {
				b.faults.Add(n, fmt.Sprintf("%s uses class %s, which is not defined", key, w), "define it under classes: in any table")
			}
			for _, c := range class {
				out = append(out, text.FoldString(c))
			}
			continue
		}
		out = append(out, text.FoldString(w))
	}
	return out
}
