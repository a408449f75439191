package yamltree

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Reader hands out the keys of one mapping and notes what is missing, of the wrong kind or unknown.
type Reader struct {
	node   *Node
	faults *Faults
	what   string // what the mapping describes, for messages: `variable "notice"`
	used   map[string]bool
}

// Read opens a mapping; what names it in messages. A node of another kind is a fault and reads as empty.
func Read(n *Node, what string, faults *Faults) *Reader {
	r := &Reader{node: n, faults: faults, what: what, used: map[string]bool{}}
	if n.Kind != Map {
		faults.Add(n, what+" must be a mapping, found "+n.Kind.String(), "write it as `key: value` lines")
	}
	return r
}

// Node is the mapping itself, for faults that concern all of it.
func (r *Reader) Node() *Node { return r.node }

// Name changes what the mapping is called in messages, once its id is known.
func (r *Reader) Name(what string) { r.what = what }

// At is the place of a key, or of the whole mapping where the key is absent; for faults that concern the key.
func (r *Reader) At(key string) *Node {
	for _, e := range r.node.Entries {
		if e.Key == key {
			return &Node{File: r.node.File, Line: e.Line}
		}
	}
	return r.node
}

// Get returns the value of a key, nil if it is absent.
func (r *Reader) Get(key string) *Node {
	r.used[key] = true
	for i := range r.node.Entries {
		if r.node.Entries[i].Key == key {
			return r.node.Entries[i].Value
		}
	}
	return nil
}

// Need returns the value of a key and notes a fault where it is absent or null.
func (r *Reader) Need(key string) *Node {
	n := r.Get(key)
	if n == nil || n.Kind == Null {
		at := r.node
		if n != nil {
			at = n
		}
		if r.node.Kind == Map {
			r.faults.Add(at, fmt.Sprintf("%s has no %q", r.what, key), "add the key with a value")
		}
		return nil
	}
	return n
}

// Text returns a required scalar, "" with a fault where it is absent, empty or not a scalar.
func (r *Reader) Text(key string) string {
	n := r.Need(key)
	if n == nil {
		return ""
	}
	if n.Kind == Scalar && strings.TrimSpace(n.Text) == "" {
		r.faults.Add(n, fmt.Sprintf("%q of %s is empty", key, r.what), "write a value")
	}
	return r.scalar(key, n)
}

// Maybe returns an optional scalar, "" where it is absent.
func (r *Reader) Maybe(key string) string {
	n := r.Get(key)
	if n == nil {
		return ""
	}
	return r.scalar(key, n)
}

func (r *Reader) scalar(key string, n *Node) string {
	if n.Kind != Scalar {
		r.faults.Add(n, fmt.Sprintf("%q of %s must be a single value, found %s", key, r.what, n.Kind), "write one value")
		return ""
	}
	return n.Text
}

// Int returns a required whole number; a number with leading zeros is a fault, since readers differ on it.
func (r *Reader) Int(key string) int {
	n := r.Need(key)
	if n == nil {
		return 0
	}
	return r.number(key, n)
}

// MaybeInt returns an optional whole number, def where it is absent.
func (r *Reader) MaybeInt(key string, def int) int {
	n := r.Get(key)
	if n == nil {
		return def
	}
	return r.number(key, n)
}

func (r *Reader) number(key string, n *Node) int {
	s := r.scalar(key, n)
	i, err := strconv.Atoi(s)
	digits := strings.TrimLeft(s, "+-")
	if err != nil || n.Quoted || (len(digits) > 1 && digits[0] == '0') {
		r.faults.Add(n, fmt.Sprintf("%q of %s must be a whole number, found %q", key, r.what, s), "write digits without quotes and leading zeros")
		return 0
	}
	return i
}

// Date returns an optional date, "" where it is absent; it must exist in the calendar.
func (r *Reader) Date(key string) string {
	n := r.Get(key)
	if n == nil {
		return ""
	}
	s := r.scalar(key, n)
	if s == "" && n.Quoted {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		r.faults.Add(n, fmt.Sprintf("%q of %s must be a date, found %q", key, r.what, s), "write it as YYYY-MM-DD, a day that exists")
		return ""
	}
	return s
}

// OneOf returns a required scalar that must be one of the words.
func (r *Reader) OneOf(key string, words ...string) string {
	n := r.Need(key)
	if n == nil {
		return ""
	}
	s := r.scalar(key, n)
	for _, w := range words {
		if s == w {
			return s
		}
	}
	r.faults.Add(n, fmt.Sprintf("%q of %s is %q", key, r.what, s), "use one of: "+strings.Join(words, ", "))
	return ""
}

// Words returns a scalar or a list of scalars as a list; nil where the key is absent.
func (r *Reader) Words(key string) []string {
	n := r.Get(key)
	if n == nil {
		return nil
	}
	return Words(n, fmt.Sprintf("%q of %s", key, r.what), r.faults)
}

// Words returns the texts of a scalar or of a list of scalars; what names it in messages.
func Words(n *Node, what string, faults *Faults) []string {
	if n.Kind == Scalar {
		return []string{n.Text}
	}
	if n.Kind == List && len(n.Items) == 0 {
		faults.Add(n, what+" is an empty list", "name at least one value")
		return nil
	}
	if n.Kind != List {
		faults.Add(n, what+" must be one value or a list of values, found "+n.Kind.String(), "write `a` or `[a, b]`")
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, it := range n.Items {
		if it.Kind != Scalar {
			faults.Add(it, what+" holds "+it.Kind.String()+" where a single value belongs", "write plain values in the list")
			continue
		}
		if seen[it.Text] {
			faults.Add(it, fmt.Sprintf("%s names %q twice", what, it.Text), "name each value once")
		}
		seen[it.Text] = true
		out = append(out, it.Text)
	}
	return out
}

// Items returns the items of a required list; an empty list is a fault.
func (r *Reader) Items(key string) []*Node {
	n := r.Need(key)
	if n == nil {
		return nil
	}
	if n.Kind != List {
		r.faults.Add(n, fmt.Sprintf("%q of %s must be a list, found %s", key, r.what, n.Kind), "begin each item with `- `")
		return nil
	}
	if len(n.Items) == 0 {
		r.faults.Add(n, fmt.Sprintf("%q of %s is an empty list", key, r.what), "write at least one item")
	}
	return n.Items
}

// Done notes every key that nobody asked for, with the nearest known key.
func (r *Reader) Done() {
	for _, e := range r.node.Entries {
		if r.used[e.Key] {
			continue
		}
		remedy := "remove it"
		var known []string
		for k := range r.used {
			known = append(known, k)
		}
		if near := Nearest(e.Key, known); near != "" {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
		r.faults.Add(&Node{File: r.node.File, Line: e.Line}, fmt.Sprintf("%s has an unknown key %q", r.what, e.Key), remedy)
	}
}

// Nearest returns the candidate with the smallest edit distance to word, "" if none is near; ties go to the
// first in the alphabet.
func Nearest(word string, candidates []string) string {
	best, bestD := "", 1+len(word)/3
	for _, c := range candidates {
		d := distance(word, c)
		if d < bestD || (d == bestD && (best == "" || c < best)) {
			best, bestD = c, d
		}
	}
	return best
}

func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diag
			if a[i-1] != b[j-1] {
				cost++
			}
			diag = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
