// Package yamltree reads one YAML file into a plain tree in which every node, null included, knows its line,
// and collects all faults of a file instead of stopping at the first.
//
// It refuses more than one document, anchors, aliases, tags, merge keys and keys written twice, because a lawyer
// who reviews a diff must see every value where it stands. Scalars keep the characters that were written:
// 0012 stays "0012", yes and no stay words. It knows no schema and no law. The loaders of data files
// (vocabulary, doctrine, and whoever else keeps knowledge in YAML) may import it.
package yamltree

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Fault is one thing wrong in one file: where, what, and what to do.
type Fault struct {
	File   string
	Line   int // 1-based; 0: the file as a whole
	What   string
	Remedy string
}

// Error gives "file:line: what; remedy".
func (f Fault) Error() string {
	place := f.File
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	if f.Remedy == "" {
		return place + ": " + f.What
	}
	return place + ": " + f.What + "; " + f.Remedy
}

// Faults collects what is wrong; the zero value is ready to use.
type Faults struct{ list []Fault }

// Add notes a fault at a node (nil: the whole file "file").
func (f *Faults) Add(n *Node, what, remedy string) {
	f.list = append(f.list, Fault{File: n.File, Line: n.Line, What: what, Remedy: remedy})
}

// AddFile notes a fault of a whole file.
func (f *Faults) AddFile(file, what, remedy string) {
	f.list = append(f.list, Fault{File: file, What: what, Remedy: remedy})
}

// List gives the faults in order of file, line and words.
func (f *Faults) List() []Fault {
	out := append([]Fault(nil), f.list...)
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].File != out[j].File {
			return out[i].File < out[j].File
		}
		if out[i].Line != out[j].Line {
			return out[i].Line < out[j].Line
		}
		return out[i].What < out[j].What
	})
	return out
}

// Err is nil when nothing was noted; otherwise one error joining every fault, each on a line of its own.
func (f *Faults) Err() error {
	if len(f.list) == 0 {
		return nil
	}
	var errs []error
	for _, one := range f.List() {
		errs = append(errs, one)
	}
	return errors.Join(errs...)
}

// Kind of a node.
type Kind int

// The four kinds of node.
const (
	Null Kind = iota
	Scalar
	Map
	List
)

func (k Kind) String() string {
	return [...]string{"nothing", "a single value", "a mapping", "a list"}[k]
}

// Node is one value of the tree.
type Node struct {
	File    string
	Line    int
	Kind    Kind
	Text    string // of a scalar: as written, quotes removed
	Quoted  bool   // the scalar stood in quotes or in a block
	Entries []Entry
	Items   []*Node
}

// Entry is a key of a mapping with its value, in the order of the file.
type Entry struct {
	Key   string
	Line  int
	Value *Node
}

var lineOf = regexp.MustCompile(`^\[(\d+):\d+\] ([^\n]*)`)

// Parse reads one file. The tree is nil where the file cannot be read as YAML at all; faults say why.
func Parse(file string, src []byte, faults *Faults) *Node {
	if !utf8.Valid(src) {
		faults.AddFile(file, "the file is not valid UTF-8", "save it as UTF-8")
		return nil
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	doc, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		faults.list = append(faults.list, syntax(file, src, err))
		return nil
	}
	var body ast.Node
	for _, d := range doc.Docs {
		if d.Body == nil {
			continue
		}
		if body != nil {
			faults.list = append(faults.list, Fault{file, d.Body.GetToken().Position.Line,
				"a second document begins here", "keep one document a file: remove the line '---'"})
			break
		}
		body = d.Body
	}
	if body == nil {
		faults.AddFile(file, "the file is empty", "write its content or delete it")
		return nil
	}
	w := walker{file: file, faults: faults}
	return w.node(body, 1)
}

// syntax gives the place of a syntax fault. Parsers notice an open quote or bracket only lines later; where a line at
// or before the place they name leaves one open, that line is meant.
func syntax(file string, src []byte, err error) Fault {
	m := lineOf.FindStringSubmatch(err.Error())
	if m == nil {
		return Fault{File: file, What: "not YAML: " + firstLine(err.Error()), Remedy: "mend the syntax"}
	}
	line, _ := strconv.Atoi(m[1])
	lines := strings.Split(string(src), "\n")
	for i := min(line, len(lines)) - 1; i >= 0; i-- {
		if open := leftOpen(lines[i]); open != "" {
			return Fault{File: file, Line: i + 1, What: "not YAML: " + open + " is opened on this line and not closed on it", Remedy: "close it"}
		}
	}
	return Fault{File: file, Line: line, What: "not YAML: " + m[2], Remedy: "mend the indentation, colon or quote at this place"}
}

// leftOpen names the quote or bracket that a line opens and does not close, "" if there is none.
func leftOpen(line string) string {
	var stack []byte
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || (c == '\'' && (i == 0 || strings.IndexByte(" [{,:", line[i-1]) >= 0)):
			quote = c
		case c == '#' && (i == 0 || line[i-1] == ' '):
			i = len(line)
		case c == '[' || c == '{':
			stack = append(stack, c)
		case (c == ']' || c == '}') && len(stack) > 0:
			stack = stack[:len(stack)-1]
		}
	}
	if quote != 0 {
		return "a quote"
	}
	if len(stack) > 0 {
		return "a bracket " + string(stack[len(stack)-1])
	}
	return ""
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

type walker struct {
	file   string
	faults *Faults
}

func (w walker) at(n ast.Node, fallback int) int {
	if t := n.GetToken(); t != nil && t.Position != nil && t.Position.Line > 0 {
		return t.Position.Line
	}
	return fallback
}

func (w walker) node(n ast.Node, line int) *Node {
	out := &Node{File: w.file, Line: line}
	if n == nil {
		return out
	}
	switch v := n.(type) {
	case *ast.NullNode:
		return out
	case *ast.MappingNode:
		return w.mapping(v.Values, line)
	case *ast.MappingValueNode:
		return w.mapping([]*ast.MappingValueNode{v}, line)
	case *ast.SequenceNode:
		out.Kind = List
		for _, item := range v.Values {
			out.Items = append(out.Items, w.node(item, w.at(item, line)))
		}
		return out
	case *ast.LiteralNode:
		out.Kind, out.Text, out.Quoted = Scalar, strings.TrimRight(v.Value.Value, "\n"), true
		return out
	case *ast.StringNode:
		out.Line = w.at(n, line)
		out.Kind, out.Text = Scalar, v.Value
		out.Quoted = v.Token != nil && (v.Token.Type.String() == "DoubleQuote" || v.Token.Type.String() == "SingleQuote")
		return out
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		out.Line = w.at(n, line)
		w.faults.Add(out, "anchors, aliases, tags and merge keys are not allowed", "write the value out where it is meant")
		return out
	}
	out.Line = w.at(n, line)
	out.Kind = Scalar
	if t := n.GetToken(); t != nil {
		out.Text = t.Value
	}
	return out
}

func (w walker) mapping(values []*ast.MappingValueNode, line int) *Node {
	out := &Node{File: w.file, Line: line, Kind: Map}
	seen := map[string]int{}
	for i, mv := range values {
		keyLine := w.at(mv.Key, line)
		if i == 0 {
			out.Line = keyLine
		}
		key := ""
		if t := mv.Key.GetToken(); t != nil {
			key = t.Value
		}
		if mv.Key.IsMergeKey() {
			w.faults.Add(&Node{File: w.file, Line: keyLine}, "merge keys are not allowed", "write the keys out where they are meant")
			continue
		}
		if first, twice := seen[key]; twice {
			w.faults.Add(&Node{File: w.file, Line: keyLine}, fmt.Sprintf("key %q stands twice, first on line %d", key, first), "keep one of them")
			continue
		}
		seen[key] = keyLine
		out.Entries = append(out.Entries, Entry{Key: key, Line: keyLine, Value: w.node(mv.Value, keyLine)})
	}
	return out
}
