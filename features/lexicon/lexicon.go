// Package lexicon holds the cues (提示语) that findings and their context are read by: tables in YAML that a lawyer
// can review, a strict loader, and a matcher that looks for all their words in one pass.
//
// A cue is a pattern of words with bounded gaps, the variable and value it speaks for, whom it is about, its
// category (finding, or one of the context categories in the manner of ConText: negation, attribution, …) and
// examples on both sides. The package knows no variable, no party and no section: it matches words and reports
// where. Patterns stand in folded form (text.Fold), and so must the text given to Match.
// Imported by features/context, features/finding, features/operator and the lint command.
package lexicon

import "caipan/features/literal"

// Cue (提示语) is one entry of a table.
type Cue struct {
	ID          string
	Category    string // finding | negation | attribution | …: see Categories
	Says        []Saying
	FromLevel   int      // finding cues: the lowest and the highest evidence level of a section in which the cue counts
	ToLevel     int      // (3 the court's reasoning, 2 facts found, 1 agreed, 0 said by a party)
	Value       string   // context cues and helpers: what kind of it (whose attribution, which actor)
	NotIn       []string // finding cues: kinds of sections in which the cue says nothing
	About       string   // platform | third_party | plaintiff | case | any | other (anybody but the platform): who must be the subject
	Direction   string   // context cues: forward | backward | both | inside (the cue's own words)
	Scope       string   // context cues: clause | sentence
	Terminators []string // words that end the scope before the clause or sentence does
	Unless      []string // the cue is void where one of these words stands in its clause
	NotBefore   []string // words that must not stand immediately before it
	NotAfter    []string // words that must not stand immediately behind it
	Patterns    []string
	Example     []string // each must fire
	Counter     []string // none may fire
	Note        string
	File        string
	Line        int

	index int
}

// TopLevel is the highest evidence level of a section that cues are read in: the court's reasoning.
const TopLevel = 3

// Saying is one thing a finding cue says.
type Saying struct {
	Variable, Value string
	Negated         string // the value where a negation governs the cue; "" = says nothing then
	Unproved        string // the value where the court holds it not proved; "" = says nothing then
}

// Categories lists what a cue may be.
var Categories = []string{
	"finding",     // says a value of a variable
	"negation",    // what lies in its scope is not so
	"affirmation", // two negatives in one expression: what lies in its scope is so (并非没有, 不能认定未尽)
	"burden",      // what lies in its scope was not proved
	"attribution", // what lies in its scope is only said by a party
	"adoption",    // the court takes what was said
	"rejection",   // the court rejects what was said
	"hypothesis",  // if, even if
	"question",    // whether
	"norm",        // what the law says in general
	"application", // the court turns to the case: ends norm and hypothesis
	"modality",    // perhaps
	"pseudo",      // looks like another cue and is none: the words it covers count for nothing
	"helper",      // words of use to a reader, without a meaning of their own
}

// Match is one cue found: byte offsets into the text given to Match.
type Match struct {
	Cue        *Cue
	Start, End int
}

// Lexicon is all tables, compiled; read-only and safe for many goroutines.
type Lexicon struct {
	Cues []*Cue

	byID   map[string]*Cue
	class  map[string][]string
	auto   *literal.Automaton
	words  []word     // by its number in the automaton
	byHead [][]*chain // atom -> patterns that begin with it
	atoms  int
}

// Cue finds a cue by id; nil if there is none.
func (l *Lexicon) Cue(id string) *Cue { return l.byID[id] }

// Class lists the words of a class of the tables, folded; nil if there is none.
func (l *Lexicon) Class(name string) []string { return l.class[name] }

// word is one word of the automaton and the word sets (atoms) it belongs to.
type word struct {
	text  string
	atoms []int
	whole bool // a word of the class "whole", inside which no shorter word counts
}
