package operator

import (
	"sort"
	"strings"
)

// Roles of a company behind a brand (tables/brands.yaml).
const (
	roleOperator  = "operator"
	roleOwnSales  = "own_sales"
	roleAffiliate = "affiliate"
)

type brand struct {
	Brand       string    `yaml:"brand"`
	Aliases     []string  `yaml:"aliases"`
	Group       string    `yaml:"group"`
	ServiceType string    `yaml:"service_type"`
	Profit      string    `yaml:"profit"`
	Companies   []company `yaml:"companies"`
}

type company struct {
	Name string `yaml:"name"`
	Role string `yaml:"role"`
	// From and To bound the time in which the company had the role, YYYY-MM-DD; empty: not bounded.
	From  string `yaml:"from"`
	To    string `yaml:"to"`
	brand *brand
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
	words  []brandWord         // brand names and aliases, longest first
	names  []companyName       // folded names of all companies, in the order of the table
	byName map[string]*company // the first brand that names the company
}

func newBrandTable(brands []brand) *brandTable {
	t := &brandTable{brands: brands, byName: map[string]*company{}}
	for i := range brands {
		b := &brands[i]
		for _, w := range append([]string{b.Brand}, b.Aliases...) {
			if len(w) >= 6 { // two Chinese characters; Latin names of that length
				t.words = append(t.words, brandWord{w, b})
			}
		}
		for j := range b.Companies {
			c := &b.Companies[j]
			c.brand = b
			key := foldName(c.Name)
			t.names = append(t.names, companyName{key, []rune(key)})
			if old, ok := t.byName[key]; !ok || (old.Role != roleOperator && c.Role == roleOperator) {
				t.byName[key] = c
			}
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
	text  string
	brand *brand
}

// foreign reports whether the words name a platform of the table that is not the company's own (nor its group's):
// 甲公司经营的京东商城 makes 甲公司 a merchant there, whatever the verb.
func (t *brandTable) foreign(words string, own *company) bool {
	for _, w := range t.words {
		if !strings.Contains(words, w.text) {
			continue
		}
		if own == nil {
			return true
		}
		return own.brand != w.brand && (own.brand.Group == "" || own.brand.Group != w.brand.Group)
	}
	return false
}

var nameFolder = strings.NewReplacer("(", "（", ")", "）", " ", "", "\u3000", "")

// foldName makes brackets and white space one.
func foldName(s string) string {
	return nameFolder.Replace(s)
}

// company returns the entry for a party's name: the same name, its branch (分公司), or, for names of eight or more
// characters, one that differs in a single character (叁伯陆拾度 for 叁佰陆拾度). nil: not in the table.
func (t *brandTable) company(party string) *company {
	key := foldName(party)
	if c, ok := t.byName[key]; ok {
		return c
	}
	runes := []rune(key)
	for i := range t.names {
		n := &t.names[i]
		branch := strings.HasSuffix(key, "分公司") && strings.HasPrefix(key, n.text)
		if branch || oneCharacterOff(runes, n.runes) {
			return t.byName[n.text]
		}
	}
	return nil
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
