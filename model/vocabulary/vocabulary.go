// Package vocabulary holds what the lexicon, the citation reader, the evidence and the doctrines speak about:
// the variables (变量) with their values, the measures (措施) of the duty, the laws (法律) with the names that
// courts use, and their articles (法条) with dates.
//
// All of it is data (data/*.yaml), loaded strictly: every fault of a file is reported with its line and a remedy.
// The package holds no rule, reads no judgment and keeps no text of a statute. Everything except model/text and
// model/judgment may import it.
package vocabulary

import (
	"fmt"
	"regexp"
	"strings"
)

// Special values that every enum variable may have beside its own.
const (
	Unknown   = "unknown"    // nobody said
	NotProved = "not_proved" // the court held it unproved
	Conflict  = "conflict"   // two values of equal rank
)

// Value is one value of a variable, with its labels.
type Value struct{ ID, En, Zh string }

// Resolution says how several findings become one fact.
type Resolution struct {
	Policy string   // level_first | max | latest
	Order  []string // for max: weakest value first
}

// Rank is the place of a value in Order, -1 where it has none.
func (r Resolution) Rank(value string) int {
	for i, v := range r.Order {
		if v == value {
			return i
		}
	}
	return -1
}

// Variable is a thing that findings are about and facts give one value for.
type Variable struct {
	ID, En, Zh string
	About      string // platform | third_party | case
	Kind       string // enum | date | amount (yuan) | integer
	Values     []Value
	Resolve    Resolution
	Floor      int    // lowest evidence level that may carry the value
	Gold       string // field of the hand coding, "" if it has none
	Source     string // section of the paper, article or doctrine section
	Note       string
	Stage      string // measures: prevent | eliminate | remedy; "" otherwise
	PartOf     string // finer measures: the measure they count for; "" otherwise
}

// IsMeasure reports whether the variable is a measure of the duty.
func (x *Variable) IsMeasure() bool { return x.Stage != "" }

// Has reports whether value is one of the variable's own values (unknown, not_proved and conflict are not, unless listed).
func (x *Variable) Has(value string) bool {
	for _, v := range x.Values {
		if v.ID == value {
			return true
		}
	}
	return false
}

// Label gives the label of a value in "zh" or else English; the special values have labels too,
// and a value that the variable does not know is returned as it is.
func (x *Variable) Label(value, lang string) string {
	pick := func(en, zh string) string {
		if lang == "zh" {
			return zh
		}
		return en
	}
	for _, v := range x.Values {
		if v.ID == value {
			return pick(v.En, v.Zh)
		}
	}
	switch value {
	case Unknown, "":
		return pick("not stated", "未提及")
	case NotProved:
		return pick("not proved", "不能证明")
	case Conflict:
		return pick("contradictory", "相互矛盾")
	}
	return value
}

// Name gives the variable's name in "zh" or else English.
func (x *Variable) Name(lang string) string {
	if lang == "zh" {
		return x.Zh
	}
	return x.En
}

// Law is one law, or one version of it where the versions number their articles differently.
type Law struct {
	Code, Title, Short string
	Aliases            []string
	Kind               string // law | regulation | interpretation | department_rule | guidance
	From, To           string // YYYY-MM-DD; To "" is in force
	CurrentFrom        string // first day of the version whose articles norms.yaml lists
	Unchecked          bool   // the dates were not checked against a text
}

// InForce reports whether some version of the law was in force on the day (YYYY-MM-DD); an empty date is never in force.
func (l *Law) InForce(date string) bool { return within(l.From, l.To, date) }

// Norm is one article with its dates.
type Norm struct {
	ID, Law    string // law is the code
	Article    int
	From, To   string
	Replaces   string
	ReplacedBy string
	Topic      string
	Paragraphs int
	Verified   string
}

// InForce reports whether the article was in force on the day (YYYY-MM-DD); an empty date is never in force.
func (n *Norm) InForce(date string) bool { return within(n.From, n.To, date) }

func within(from, to, date string) bool {
	return date != "" && date >= from && (to == "" || date <= to)
}

// Vocabulary is everything loaded; it is read-only and safe for many goroutines.
type Vocabulary struct {
	Variables []*Variable // in the order of the files, measures last
	Laws      []*Law
	Norms     []*Norm

	variables map[string]*Variable
	laws      map[string]*Law // by code
	norms     map[string]*Norm
	names     map[string][]*Law // folded name -> versions, newest first
}

// Variable finds a variable or measure by id; nil if there is none.
func (v *Vocabulary) Variable(id string) *Variable { return v.variables[id] }

// Measures lists the measures of the hand coding (M1a … M10), finer ones left out, in the order of the stages.
func (v *Vocabulary) Measures() []*Variable {
	var out []*Variable
	for _, x := range v.Variables {
		if x.IsMeasure() && x.PartOf == "" {
			out = append(out, x)
		}
	}
	return out
}

var paragraphOf = regexp.MustCompile(`^(.+?)\((\d+)\)$`)

// Norm finds an article by id, with or without a paragraph ("CC1198" or "CC1198(2)"); nil if there is none
// or the article has no such paragraph.
func (v *Vocabulary) Norm(id string) *Norm {
	if n := v.norms[id]; n != nil {
		return n
	}
	m := paragraphOf.FindStringSubmatch(id)
	if m == nil {
		return nil
	}
	n := v.norms[m[1]]
	if n == nil || len(m[2]) > 1 || int(m[2][0]-'0') > n.Paragraphs || m[2] == "0" {
		return nil
	}
	return n
}

// Cite writes a norm id for a reader: "Civil-law short title 第1198条第2款"; ids it does not know stay as they are.
func (v *Vocabulary) Cite(id string) string {
	n := v.Norm(id)
	if n == nil {
		return id
	}
	out := fmt.Sprintf("《%s》第%d条", v.laws[n.Law].Short, n.Article)
	if m := paragraphOf.FindStringSubmatch(id); m != nil {
		out += "第" + m[2] + "款"
	}
	return out
}

// Law finds a law by its code; nil if there is none.
func (v *Vocabulary) Law(code string) *Law { return v.laws[code] }

var versionOf = regexp.MustCompile(`[（(][^（()）]*(?:19|20)\d\d[^（()）]*[）)]`)

var fold = strings.NewReplacer("中华人民共和国", "", "《", "", "》", "", "〈", "", "〉", "", "<", "", ">", "",
	"“", "", "”", "", " ", "", "\t", "", "\u3000", "", "(", "（", ")", "）")

// FoldName folds a law's name for comparison: national prefix, title marks, brackets of a year's version and white space dropped.
func FoldName(name string) string { return fold.Replace(versionOf.ReplaceAllString(name, "")) }

// LawByName finds a law by its full title, short title or alias, as printed with or without title marks.
// Where several versions share the name it returns the newest. ok is false for a name nobody listed.
func (v *Vocabulary) LawByName(name string) (law *Law, ok bool) {
	versions := v.names[FoldName(name)]
	if len(versions) == 0 {
		return nil, false
	}
	return versions[0], true
}

// LawAt finds the version of a law that was in force on the day; without a date, or if none was, the newest and false.
func (v *Vocabulary) LawAt(name, date string) (law *Law, inForce bool) {
	versions := v.names[FoldName(name)]
	for _, l := range versions {
		if l.InForce(date) {
			return l, true
		}
	}
	if len(versions) == 0 {
		return nil, false
	}
	return versions[0], false
}

// InForce says of a citation whether the law (and, where it is listed, the article) was in force on the day:
// "yes", "no", or "unknown" where the law is not listed or the date is missing. Article 0 asks for the law alone.
func (v *Vocabulary) InForce(name string, article int, date string) string {
	versions := v.names[FoldName(name)]
	if len(versions) == 0 || date == "" {
		return "unknown"
	}
	law, ok := v.LawAt(name, date)
	if !ok {
		return "no"
	}
	if n := v.Article(law.Code, article); n != nil && !n.InForce(date) && law.CurrentFrom == "" {
		return "no"
	}
	return "yes"
}

// Article finds the article of a law by the law's code; nil if it is not listed.
func (v *Vocabulary) Article(code string, article int) *Norm {
	if n := v.norms[fmt.Sprintf("%s%d", code, article)]; n != nil {
		return n
	}
	return v.norms[fmt.Sprintf("%s-%d", code, article)]
}
