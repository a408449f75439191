package party

import (
	"strings"
	"unicode/utf8"
)

const nearMax = 30 // characters: no mention by a shortened name is longer

// bareOrganization reads a shortened or foreign organization's name without role at the beginning of a clause.
func (r *Resolver) bareOrganization(s string, i int) (Mention, bool) {
	size := r.organizationLen(s[i:])
	if size == 0 {
		if w := r.t.classes.prefix(s[i:]); w != nil {
			if no := r.class(w); no >= 0 {
				return Mention{i, i + len(w.text), []int{no}, ByNear, ""}, true
			}
		}
		return Mention{}, false
	}
	if no := r.near(s[i:i+size], ""); no >= 0 {
		return Mention{i, i + size, []int{no}, ByNear, ""}, true
	}
	return Mention{i, i + size, nil, Unknown, ""}, true
}

// organizationLen returns the length of the run up to 公司 or 银行 at the beginning of s, 0 if there is none.
func (r *Resolver) organizationLen(s string) int {
	at, chars := 0, 0
	for at < len(s) && chars < nearMax {
		c, n := utf8.DecodeRuneInString(s[at:])
		switch c {
		case ',', '、', ';', ':', '。', '\n', ' ', '"', '由', '向', '与', '和', '及', '对', '给', '的', '于', '在':
			return 0
		}
		if at > 0 && (r.nameAt(s[at:]) != nil || c == '原' && strings.HasPrefix(s[at:], "原告") || c == '被' && strings.HasPrefix(s[at:], "被告")) {
			return 0 // words before a name, not part of it: 解散甲公司
		}
		at += n
		chars++
		if chars > 3 && c == '司' && strings.HasSuffix(s[:at], "公司") {
			if strings.HasPrefix(s[at:], "(") {
				return at
			}
			return at + branchLen(s[at:])
		}
	}
	return 0
}

// branchLen takes in the branch behind 公司: X公司Y分公司, X公司Y店.
func branchLen(s string) int {
	at, chars := 0, 0
	for at < len(s) && chars < 14 {
		c, n := utf8.DecodeRuneInString(s[at:])
		if c < 0x4E00 || strings.ContainsRune("由向与和及对给的于在应须需", c) {
			return 0
		}
		at += n
		chars++
		for _, end := range []string{"分公司", "支公司", "分店", "店", "分行", "支行", "营业部"} {
			if strings.HasSuffix(s[:at], end) {
				return at
			}
		}
	}
	return 0
}

// nearAt reads a misspelt, shortened or masked name behind a role word and returns its party and length.
func (r *Resolver) nearAt(s, side string) (no, size int) {
	if size := r.organizationLen(s); size > 0 {
		if no := r.near(s[:size], side); no >= 0 {
			return no, size
		}
		return 0, 0
	}
	best, hits, n := -1, 0, 0
	for i := range r.parties {
		p := &r.parties[i]
		if side != "" && p.Role != side {
			continue
		}
		name := r.letters[i]
		k := firstRunes(s, len(name))
		if len(name) < 2 || len(name) > 4 || len([]rune(s[:k])) < len(name) || !alike(name, []rune(s[:k])) {
			continue
		}
		best, n = i, k
		hits++
	}
	if hits == 1 {
		return best, n
	}
	if w := r.t.classes.prefix(s); w != nil {
		if no := r.class(w); no >= 0 {
			return no, len(w.text)
		}
	}
	return 0, 0
}

func firstRunes(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, k := utf8.DecodeRuneInString(s[at:])
		at += k
	}
	return at
}

// alike reports whether two personal names of one length differ in one masked character, or, from three characters
// on, in one character at all.
func alike(a, b []rune) bool {
	diff, masked := 0, 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		diff++
		if strings.ContainsRune("某×*※X", a[i]) || strings.ContainsRune("某×*※X", b[i]) {
			masked++
		}
	}
	return a[0] == b[0] && diff > 0 && (diff == masked || len(a) >= 3 && diff == 1) && b[len(b)-1] != '。'
}

// class returns the only party whose name holds the class's words, -1 if there is none or more than one.
func (r *Resolver) class(w *word) int {
	found := -1
	for i := range r.parties {
		p := &r.parties[i]
		if p.Kind != "organization" || p.Role == Plaintiff {
			continue
		}
		for _, n := range w.names {
			if strings.Contains(p.Name, n) {
				if found >= 0 {
					return -1
				}
				found = i
				break
			}
		}
	}
	return found
}

// near returns the only party whose name the mention shortens (its characters stand in the name in their order) or
// misspells by one or two characters; -1 if none or several fit.
func (r *Resolver) near(mention, side string) int {
	m := []rune(mention)
	if len(m) < 4 {
		return -1
	}
	if w := r.t.classes.prefix(mention); w != nil && len(w.text) == len(mention) {
		return r.class(w)
	}
	found, exact := -1, 0
	for i := range r.parties {
		p := &r.parties[i]
		if p.Kind != "organization" || side != "" && p.Role != side {
			continue
		}
		name := r.letters[i]
		if shortens(m, name) || name[0] == m[0] && shortens(name, m) && len(name) > 5 || misspells(m, name) {
			found = i
			exact++
		}
	}
	if exact == 1 {
		return found
	}
	return -1
}

// shortens reports whether the characters of m stand in name in their order and the first of them near its start
// or behind its place name.
func shortens(m, name []rune) bool {
	if len(m) >= len(name) || len(name) == 0 {
		return false
	}
	k := 0
	for _, c := range name {
		if k < len(m) && m[k] == c {
			k++
		}
	}
	return k == len(m)
}

// misspells reports whether two names of about the same length differ by at most two characters.
func misspells(a, b []rune) bool {
	if len(a) < 6 || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return false
	}
	p := 0
	for p < len(a) && p < len(b) && a[p] == b[p] {
		p++
	}
	q := 0
	for q < len(a)-p && q < len(b)-p && a[len(a)-1-q] == b[len(b)-1-q] {
		q++
	}
	return max(len(a), len(b))-p-q <= 2
}

// bodies are ends of organizations' names that tell what they are; behind a role a strange name with such an end
// means the only party of that role with the same end.
var bodies = []string{"学校", "中学", "小学", "幼儿园", "医院", "银行", "合作社", "超市", "酒店", "中心", "商行", "委员会", "煤矿", "厂", "店"}

// kindLen reads a strange name behind a role up to such an end.
func (r *Resolver) kindLen(s, side string) (no, size int) {
	at, chars := 0, 0
	for at < len(s) && chars < nearMax {
		c, n := utf8.DecodeRuneInString(s[at:])
		if strings.ContainsRune(",、;:。由向与和及对给的于在应\n", c) {
			return 0, 0
		}
		at += n
		if chars++; chars < 3 {
			continue
		}
		for _, b := range bodies {
			if strings.HasSuffix(s[:at], b) {
				if no := r.only(side, b); no >= 0 {
					return no, at
				}
			}
		}
	}
	return 0, 0
}

// only returns the only party of a side whose name ends so, -1 if there is none or several.
func (r *Resolver) only(side, end string) int {
	found := -1
	for _, no := range r.byRole[side] {
		if !strings.HasSuffix(r.parties[no].Name, end) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = no
	}
	return found
}
