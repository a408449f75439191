package party

import (
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

// Find returns the mentions of parties in a folded text, in order and without overlap.
func (r *Resolver) Find(s string) []Mention {
	var out []Mention
	fresh := true // a clause, list piece or preposition has just ended
	for i := 0; i < len(s); {
		if a := r.nameAt(s[i:]); a != nil {
			out = append(out, Mention{i, i + len(a.text), r.prefer(a.nos, ""), ByName, ""})
			i += len(a.text)
			fresh = false
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		if !r.t.begins.may(c) {
			// no role or group begins here
		} else if m, ok := r.roleAt(s, i, out); ok {
			out = append(out, m)
			i = m.End
			fresh = false
			continue
		}
		if fresh {
			if n := skipVerb(s[i:]); n > 0 {
				i += n
				continue
			}
			if m, ok := r.bareOrganization(s, i); ok {
				out = append(out, m)
				i = m.End
				fresh = false
				continue
			}
		}
		i += n
		fresh = opens(c) && !strings.HasPrefix(s[i:], "付") && !strings.HasPrefix(s[i:], "予")
	}
	return out
}

// opens reports whether a name may stand bare behind the character.
func opens(c rune) bool {
	switch c {
	case ',', '、', ';', ':', '。', '由', '向', '与', '和', '及', '对', '给', '\n', ')':
		return true
	}
	return false
}

// verbs of disposition stand before a name.
var verbs = text.NewWords("驳回", "撤销", "解除", "解散", "确认", "维持", "限", "准许", "准予", "责令", "判令", "终止", "要求")

// skipVerb returns the length of a verb of disposition that stands before a name.
func skipVerb(s string) int {
	if i := verbs.Prefix(s); i >= 0 {
		return len(verbs.List()[i])
	}
	return 0
}

// prefer narrows parties of one masked name to those of the role.
func (r *Resolver) prefer(nos []int, side string) []int {
	if len(nos) < 2 {
		return nos
	}
	if side == "" {
		side = Defendant
	}
	var out []int
	for _, no := range nos {
		if r.parties[no].Role == side {
			out = append(out, no)
		}
	}
	if len(out) == 0 {
		return nos
	}
	return out
}

var groupLeads = []string{"上述", "以上", "上列", "前述", "前列", "本案", "各", "全体", "所有", "该", "原审", "一审", "其余", "其他"}

// roleAt reads a role word with its group words before and the name behind it.
func (r *Resolver) roleAt(s string, i int, before []Mention) (Mention, bool) {
	at, group := i, false
	for again := true; again; {
		again = false
		for _, w := range groupLeads {
			if strings.HasPrefix(s[at:], w) {
				at, group, again = at+len(w), w != "原审" && w != "一审" && w != "该", true
			}
		}
	}
	count, size := countAt(s[at:])
	at += size
	w := r.t.roles.prefix(s[at:])
	if w == nil {
		return Mention{}, false
	}
	at += len(w.text)
	for strings.HasPrefix(s[at:], w.text) { // 被告被告某甲
		at += len(w.text)
	}
	side := w.side
	nos := r.byRole[side]
	if side == "" || side == Other {
		nos, side = r.appealSide(w.text)
	}
	if rest, end := r.behindRole(s, at, side); end > 0 && count < 2 {
		rest.Start = i
		return rest, true
	}
	m := Mention{Start: i, End: at, Nos: nos, Kind: ByRole, Role: side}
	if inner, end := bracketAt(s, at); end > 0 && len(inner) < 60 && r.t.roles.prefix(inner) != nil {
		m.End = end
	}
	if count > 1 || group {
		m.Kind = ByGroup
		if count > 1 && count < len(nos) {
			m.Nos = lastNamed(before, nos, count)
		}
	}
	return m, len(m.Nos) > 0
}

// behindRole reads the name behind a role word: 被告X, 被告（反诉原告）X, 被告一X.
func (r *Resolver) behindRole(s string, at int, side string) (Mention, int) {
	if inner, end := bracketAt(s, at); end > 0 && r.t.roles.prefix(inner) != nil {
		at = end
	}
	for at < len(s) && (s[at] >= '0' && s[at] <= '9' || s[at] == ' ' || s[at] == ':') {
		at++
	}
	if a := r.nameAt(s[at:]); a != nil {
		return Mention{End: at + len(a.text), Nos: r.prefer(a.nos, side), Kind: ByName, Role: side}, at + len(a.text)
	}
	for _, n := range numerals {
		if strings.HasPrefix(s[at:], n) {
			if a := r.nameAt(s[at+len(n):]); a != nil {
				end := at + len(n) + len(a.text)
				return Mention{End: end, Nos: r.prefer(a.nos, side), Kind: ByName, Role: side}, end
			}
		}
	}
	if no, size := r.nearAt(s[at:], side); size > 0 {
		return Mention{End: at + size, Nos: []int{no}, Kind: ByNear, Role: side}, at + size
	}
	if size := r.organizationLen(s[at:]); size > 0 {
		if no := r.only(side, "公司"); no >= 0 {
			return Mention{End: at + size, Nos: []int{no}, Kind: ByOnly, Role: side}, at + size
		}
		return Mention{End: at + size, Kind: Unknown, Role: side}, at + size
	}
	if no, size := r.kindLen(s[at:], side); size > 0 {
		return Mention{End: at + size, Nos: []int{no}, Kind: ByOnly, Role: side}, at + size
	}
	return Mention{}, 0
}

// appealSide returns the parties of a role of appeal: those whose own role word it is.
func (r *Resolver) appealSide(word string) (nos []int, side string) {
	for i := range r.parties {
		if strings.HasPrefix(r.parties[i].RoleText, word) {
			nos = append(nos, i)
			side = r.parties[i].Role
		}
	}
	return nos, side
}

// countAt reads the number before a role: 二被告, 两被告, 3被告.
func countAt(s string) (count, size int) {
	c, n := utf8.DecodeRuneInString(s)
	switch {
	case c == '两':
		return 2, n
	case c >= '2' && c <= '9':
		return int(c - '0'), n
	}
	for k, d := range numerals {
		if strings.HasPrefix(s, d) && k > 0 {
			return k + 1, len(d)
		}
	}
	return 0, 0
}

// lastNamed returns the count parties of the role named last before; all of the role if fewer were named.
func lastNamed(before []Mention, role []int, count int) []int {
	var out []int
	for i := len(before) - 1; i >= 0 && len(out) < count; i-- {
		for k := len(before[i].Nos) - 1; k >= 0 && len(out) < count; k-- {
			if no := before[i].Nos[k]; slices.Contains(role, no) && !slices.Contains(out, no) {
				out = append(out, no)
			}
		}
	}
	if len(out) < count {
		return role
	}
	slices.Sort(out)
	return out
}
