package operator

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"caipan/features/literal"
)

// Roles of a company behind a brand (tables/brands.yaml).
const (
	roleOperator  = "operator"
	roleOwnSales  = "own_sales"
	roleAffiliate = "affiliate"
)

// brand is one platform of tables/brands.yaml.
type brand struct {
	Brand       string
	Aliases     []string
	Common      []string // those of the names that are ordinary words too (大麦, 轻松)
	Unless      []string // longer words in which one of the names stands and means something else (北京东)
	Group       string
	ServiceType string
	Companies   []company
}

// company is what one company does for a brand, its role in the group.
type company struct {
	Name string
	Role string
	// From and To bound the time in which the company had the role, YYYY-MM-DD, both days included; empty: not bounded.
	From  string
	To    string
	brand *brand
}

// on reports whether the company had the role on a day; where the day is not known it had.
func (c *company) on(day string) bool {
	return day == "" || (c.From == "" || c.From <= day) && (c.To == "" || day <= c.To)
}

func (c *company) role() string {
	if c == nil {
		return ""
	}
	return c.Role
}

func (c *company) name() string {
	if c == nil {
		return ""
	}
	return c.brand.Brand
}

// brandTable finds companies by name.
type brandTable struct {
	brands []brand
	words  []brandWord           // brand names and aliases, longest first
	names  []companyName         // folded names of all companies, in the order of the table
	byName map[string][]*company // the rows of a company, in the order of the table
}

func newBrandTable(brands []brand) *brandTable {
	t := &brandTable{brands: brands, byName: map[string][]*company{}}
	for i := range brands {
		b := &brands[i]
		for _, w := range append([]string{b.Brand}, b.Aliases...) {
			if len(w) >= 6 { // two Chinese characters; Latin names of that length
				t.words = append(t.words, brandWord{w, b, slices.Contains(b.Common, w)})
			}
		}
		for j := range b.Companies {
			c := &b.Companies[j]
			c.brand = b
			key := foldName(c.Name)
			t.names = append(t.names, companyName{key, []rune(key)})
			t.byName[key] = append(t.byName[key], c)
		}
	}
	sort.SliceStable(t.words, func(i, j int) bool { return len(t.words[i].text) > len(t.words[j].text) })
	return t
}

type companyName struct {
	text  string
	runes []rune
}

// brandWord is a name under which a brand is known.
type brandWord struct {
	text   string
	brand  *brand
	common bool // an ordinary word too
}

// foreign reports whether the words name a platform of the table that is not the company's own (nor its group's):
// 甲公司经营的京东商城 makes 甲公司 a merchant there, whatever the verb.
func (t *brandTable) foreign(words string, own *company, follows *literal.Set) bool {
	for _, w := range t.words {
		if !w.in(words, follows) {
			continue
		}
		if own == nil {
			return true
		}
		return own.brand != w.brand && (own.brand.Group == "" || own.brand.Group != w.brand.Group)
	}
	return false
}

// in reports whether the words hold the name as a name: not as part of a longer word (京东 in 北京东城) and, if it is an
// ordinary word, only in quotes or before a word that follows names (“大麦”, 大麦网).
func (w brandWord) in(words string, follows *literal.Set) bool {
	for from := 0; ; {
		at := strings.Index(words[from:], w.text)
		if at < 0 {
			return false
		}
		at += from
		from = at + len(w.text)
		inside := func(longer string) bool { return covers(words, longer, at, from) }
		if !slices.ContainsFunc(w.brand.Unless, inside) && (!w.common || asName(words, at, from, follows)) {
			return true
		}
	}
}

// asName: the word at [from, to) is quoted, or a word that follows names stands behind it.
func asName(words string, from, to int, follows *literal.Set) bool {
	before, _ := utf8.DecodeLastRuneInString(words[:from])
	after, _ := utf8.DecodeRuneInString(words[to:])
	return strings.ContainsRune(openQuotes, before) && strings.ContainsRune(closeQuotes, after) || follows.Next(words[to:], 0) == 0
}

// covers reports whether the longer word stands in words around [from, to).
func covers(words, longer string, from, to int) bool {
	for start := max(0, to-len(longer)); start <= from; start++ {
		if strings.HasPrefix(words[start:], longer) {
			return true
		}
	}
	return false
}

var nameFolder = strings.NewReplacer("(", "（", ")", "）", " ", "", "\u3000", "")

// foldName makes brackets and white space one.
func foldName(s string) string {
	return nameFolder.Replace(s)
}

// company returns the row for a party's name on a day ("": not known, every row applies): the same name, its branch
// (分公司), or, for names of eight or more characters, one that differs in a single character (叁伯陆拾度 for 叁佰陆拾度).
// nil: not in the table on that day.
func (t *brandTable) company(party, day string) *company {
	key := foldName(party)
	if rows := t.byName[key]; rows != nil {
		return pick(rows, day)
	}
	runes, branch := []rune(key), strings.HasSuffix(key, "分公司")
	for i := range t.names {
		n := &t.names[i]
		if branch && strings.HasPrefix(key, n.text) || oneCharacterOff(runes, n.runes) {
			return pick(t.byName[n.text], day)
		}
	}
	return nil
}

// pick is the first row that applies on the day, a row of an operator before others.
func pick(rows []*company, day string) (best *company) {
	for _, c := range rows {
		if c.on(day) && (best == nil || best.Role != roleOperator && c.Role == roleOperator) {
			best = c
		}
	}
	return best
}

func oneCharacterOff(x, y []rune) bool {
	if len(x) < 8 || len(x) != len(y) {
		return false
	}
	diff := 0
	for i := range x {
		if x[i] != y[i] {
			if diff++; diff > 1 {
				return false
			}
		}
	}
	return diff == 1
}
