package party

import (
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
	"caipan/model/text"
)

// Kinds of mentions.
const (
	ByName  = "name"    // full, short or former name
	ByNear  = "near"    // a misspelt, shortened or masked name that fits exactly one party
	ByOnly  = "only"    // a strange name behind a role that only one party can bear
	ByRole  = "role"    // 被告, 第三人
	ByGroup = "group"   // 二被告, 上述被告
	Unknown = "unknown" // a name that fits no party
)

// Mention is a place where a folded text calls parties. Nos are party numbers in order; nil for Unknown.
type Mention struct {
	Start, End int // bytes of the text given to Find
	Nos        []int
	Kind       string
	Role       string // the role word's side, "" if none stands there
}

// Resolver tells which parties a mention means.
type Resolver struct {
	t       *table
	parties []judgment.Party
	names   map[rune][]alias // by first character, longest first
	begins  runes            // the first characters of names
	letters [][]rune         // of the folded names
	byRole  map[string][]int
}

type alias struct {
	text string
	nos  []int
}

// NewResolver indexes the parties' names, short names and numbers (被告一). Party numbers are positions in the slice.
func NewResolver(parties []judgment.Party) *Resolver {
	t, err := loaded()
	if err != nil {
		t = &table{}
		t.index(nil)
	}
	r := &Resolver{t: t, parties: parties, names: map[rune][]alias{}, byRole: map[string][]int{}, letters: make([][]rune, len(parties))}
	for i := range parties {
		p := &parties[i]
		r.byRole[p.Role] = append(r.byRole[p.Role], i)
		name := text.FoldString(p.Name)
		r.letters[i] = []rune(name)
		r.add(text.TrimSpaces(name), i)
		r.add(name, i)
		for _, s := range p.ShortNames {
			r.add(text.FoldString(s), i)
		}
	}
	for role, nos := range r.byRole {
		if word := roleName[role]; word != "" && len(nos) > 1 {
			for k, no := range nos {
				if k < len(numerals) {
					r.add("第"+numerals[k]+word, no)
				}
			}
		}
	}
	for i := range parties {
		if word := strings.TrimSpace(text.FoldString(parties[i].RoleText)); len(word) > len("被告") && strings.HasPrefix(word, "被告") && !strings.Contains(word, "(") {
			r.add(word, i)
		}
	}
	for c := range r.names {
		slices.SortStableFunc(r.names[c], func(a, b alias) int { return len(b.text) - len(a.text) })
	}
	return r
}

var roleName = map[string]string{Plaintiff: "原告", Defendant: "被告", ThirdParty: "第三人"}
var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

func (r *Resolver) add(name string, no int) {
	if utf8.RuneCountInString(name) < 2 {
		return
	}
	c, _ := utf8.DecodeRuneInString(name)
	for k := range r.names[c] {
		if a := &r.names[c][k]; a.text == name {
			if !slices.Contains(a.nos, no) {
				a.nos = append(a.nos, no)
			}
			return
		}
	}
	r.begins.add(name)
	r.names[c] = append(r.names[c], alias{name, []int{no}})
}

// nameAt returns the longest name at the beginning of s.
func (r *Resolver) nameAt(s string) *alias {
	c, _ := utf8.DecodeRuneInString(s)
	if !r.begins.may(c) {
		return nil
	}
	list := r.names[c]
	for i := range list {
		a := &list[i]
		if !strings.HasPrefix(s, a.text) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[len(a.text):]); next == '某' || next == '×' {
			return nil // 李某 is not 李某某
		}
		return a
	}
	return nil
}

// ending returns the party whose name ends the text, -1 if none or several do.
func (r *Resolver) ending(s string) int {
	best, no := 0, -1
	for _, list := range r.names {
		for _, a := range list {
			if len(a.text) > best && strings.HasSuffix(s, a.text) && len(a.nos) == 1 {
				best, no = len(a.text), a.nos[0]
			}
		}
	}
	if no >= 0 {
		return no
	}
	for _, w := range []string{"被告", "原告", "第三人", "上诉人", "与", "、", ",", "诉", "及"} {
		if k := strings.LastIndex(s, w); k >= 0 {
			s = s[k+len(w):]
		}
	}
	if utf8.RuneCountInString(s) < 6 {
		return -1
	}
	return r.near(s, "")
}

// Resolve returns the parties that a mention means: a name in any form or a role or group word. ok is false
// where it fits none or, for a name, several parties.
func (r *Resolver) Resolve(mention string) (nos []int, ok bool) {
	s := text.TrimSpaces(text.FoldString(mention))
	found := r.Find(s)
	if len(found) == 1 && len(found[0].Nos) > 0 {
		m := found[0]
		return m.Nos, m.Kind == ByGroup || m.Kind == ByRole || len(m.Nos) == 1
	}
	if len(found) == 0 {
		if no := r.near(s, ""); no >= 0 {
			return []int{no}, true
		}
	}
	return nil, false
}
