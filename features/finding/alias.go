package finding

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// alias is a quoted name that the judgment gives to somebody: the account of a stranger, the platform of an operator.
type alias struct {
	name string
	nos  []int // operators whose platform bears the name; nil for a stranger
}

const (
	aliasMax = 12 // characters of a quoted name
	runsGap  = 14 // characters between the operator and the quoted name of what it runs
)

// aliases reads the quoted names of a folded text: 账号"X" is a stranger's, 甲公司运营"X" the operator's platform.
func (c *reading) aliases() (out []alias) {
	s := c.view.Text
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '"')
		if i < 0 {
			return out
		}
		open := at + i
		j := strings.IndexByte(s[open+1:], '"')
		if j < 0 {
			return out
		}
		name, shut := s[open+1:open+1+j], open+1+j
		if n := utf8.RuneCountInString(name); n < 2 || n > aliasMax || strings.ContainsAny(name, ",:;\n") {
			at = open + 1
			continue
		}
		at = shut + 1
		if slices.ContainsFunc(out, func(a alias) bool { return a.name == name }) {
			continue
		}
		if endsWith(s[:open], c.words.quoted) {
			out = append(out, alias{name: name})
		} else if nos := c.runs(s[:open], s[shut+1:]); nos != nil {
			out = append(out, alias{name, nos})
		}
	}
}

// runs tells which operator runs what stands in quotes: 甲公司经营"X", "X"由甲公司运营, "X"系甲公司运营的平台.
func (c *reading) runs(before, behind string) []int {
	if i := strings.LastIndexAny(before, ",;\n"); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.LastIndex(before, "。"); i >= 0 {
		before = before[i:]
	}
	if m := c.resolver.Find(before); len(m) > 0 {
		last := m[len(m)-1]
		gap := before[last.End:]
		if nos := c.only(last.Nos); len(nos) == 1 && utf8.RuneCountInString(gap) <= runsGap && containsAny(gap, c.words.runs) {
			return nos
		}
	}
	behind = behind[:min(len(behind), 120)]
	if i := strings.IndexAny(behind, ",;\n"); i >= 0 {
		behind = behind[:i]
	}
	if m := c.resolver.Find(behind); len(m) > 0 {
		if nos := c.only(m[0].Nos); len(nos) == 1 && containsAny(behind[m[0].End:], c.words.runs) {
			return nos
		}
	}
	return nil
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// strangers are persons that no party is (吴某, 账号"某某"), and platforms by the quoted names of their operators.
// Who is known already is passed over.
func (c *reading) strangers(s string, known []actor) (out []actor) {
	add := func(a actor) {
		if !slices.ContainsFunc(known, func(k actor) bool { return a.start < k.end && k.start < a.end }) {
			out = append(out, a)
		}
	}
	for at := 0; ; {
		i := strings.Index(s[at:], "某")
		if i < 0 {
			break
		}
		at += i
		_, n := utf8.DecodeLastRuneInString(s[:at])
		end := at + len("某")
		if rest := strings.TrimPrefix(s[end:], "某"); endsWith(s[:at], c.words.surnames) && !startsWith(rest, c.words.notPerson) {
			end = len(s) - len(rest)
			add(actor{start: at - n, end: end, kind: kindThird})
		}
		at = end
	}
	for i := range c.known {
		k := &c.known[i]
		name := k.name
		if k.nos == nil || utf8.RuneCountInString(name) < 3 { // a stranger's or a short name counts in quotes alone
			name = "\"" + name + "\""
		}
		for at := 0; ; {
			i := strings.Index(s[at:], name)
			if i < 0 {
				break
			}
			a := actor{start: at + i, end: at + i + len(name), kind: kindThird}
			if at = a.end; k.nos != nil {
				a.kind, a.nos = kindParty, k.nos
			}
			add(a)
		}
	}
	return out
}
