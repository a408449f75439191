package operator

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// A pattern's needs are what every match holds: of each list at least one word, and they stand one behind the other.
// They are worked out from the pattern itself, so that a regular expression runs only over sentences in which it has a
// chance.
type needs [][]string

// mostWords bounds a list of needs: beyond it the parts of a pattern are asked for one by one.
const mostWords = 200

// markWord stands for a party's mark in the words of needs.
const markWord = "\x00"

// needsOf reads the needs off a parsed pattern.
func needsOf(re *syntax.Regexp) needs {
	return wording(re.Simplify()).flush().all
}

// worded is what is known of the matches of a part of a pattern.
type worded struct {
	exact []string // the matches are these and no others; nil: they cannot be listed
	all   needs    // and every match holds these
}

var unknown = worded{}

func wording(re *syntax.Regexp) worded {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return worded{exact: []string{string(re.Rune)}}
		}
	case syntax.OpCharClass:
		return class(re.Rune)
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText:
		return worded{exact: []string{""}}
	case syntax.OpCapture:
		return wording(re.Sub[0])
	case syntax.OpPlus:
		return wording(re.Sub[0]).flush()
	case syntax.OpQuest:
		if w := wording(re.Sub[0]); w.exact != nil {
			return worded{exact: union(w.exact, []string{""})}
		}
	case syntax.OpConcat:
		return concat(re.Sub)
	case syntax.OpAlternate:
		return alternate(re.Sub)
	}
	return unknown
}

// class lists a small class of characters; the class of all marks counts as one.
func class(ranges []rune) worded {
	if len(ranges) == 2 && ranges[0] == firstMark && ranges[1] == lastMark {
		return worded{exact: []string{markWord}}
	}
	var out []string
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if out = append(out, string(r)); len(out) > 30 {
				return unknown
			}
		}
	}
	return worded{exact: out}
}

// concat joins neighbours whose matches can be listed, as long as the list stays short.
func concat(subs []*syntax.Regexp) worded {
	out, listed := worded{exact: []string{""}}, true
	for _, sub := range subs {
		w := wording(sub)
		switch {
		case w.exact == nil:
			out, listed = out.flush(), false
			out.all = append(out.all, w.all...)
		case out.exact == nil:
			out.exact = w.exact
		case len(out.exact)*len(w.exact) > mostWords:
			out, listed = out.flush(), false
			out.exact = w.exact
		default:
			out.exact = product(out.exact, w.exact)
		}
	}
	if listed {
		return out
	}
	return out.flush()
}

// alternate: one of the alternatives matches, so of the best needs of each at least one word is there.
func alternate(subs []*syntax.Regexp) worded {
	var exact, some []string
	listed, needed := true, true
	for _, sub := range subs {
		w := wording(sub)
		listed = listed && w.exact != nil
		exact = union(exact, w.exact)
		best := w.flush().best()
		needed = needed && best != nil
		some = union(some, best)
	}
	switch {
	case listed && len(exact) <= mostWords:
		return worded{exact: exact}
	case needed:
		return worded{all: needs{some}}
	}
	return unknown
}

// flush turns listed matches into a need; a list that holds the empty word asks for nothing.
func (w worded) flush() worded {
	if w.exact == nil || slices.Contains(w.exact, "") {
		return worded{all: w.all}
	}
	return worded{all: append(slices.Clone(w.all), shortest(w.exact))}
}

// best is the need that fewest sentences fulfil: that of the longest shortest word.
func (w worded) best() (best []string) {
	least := func(words []string) int {
		n := len(words[0])
		for _, s := range words {
			n = min(n, len(s))
		}
		return n
	}
	for _, words := range w.all {
		if best == nil || least(words) > least(best) {
			best = words
		}
	}
	return best
}

// shortest drops words that hold another word of the list: where they stand, the other stands too.
func shortest(words []string) (out []string) {
	for _, w := range words {
		if !slices.ContainsFunc(words, func(v string) bool { return v != w && strings.Contains(w, v) }) {
			out = append(out, w)
		}
	}
	return out
}

func product(x, y []string) (out []string) {
	for _, a := range x {
		for _, b := range y {
			out = append(out, a+b)
		}
	}
	return union(nil, out)
}

// union lists the words of both once, in order.
func union(x, y []string) []string {
	out := append(slices.Clone(x), y...)
	slices.Sort(out)
	return slices.Compact(out)
}
