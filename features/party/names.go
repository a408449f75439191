package party

import (
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}

// skipNumber moves over the number behind a role: 被告20, 被告一：. A Chinese numeral counts only if a colon or
// bracket follows (被告三全公司 is a name), or where the heading counts its defendants (被告一, 被告二).
func skipNumber(s string, i int, role string) int {
	k := i
	for k < len(s) && s[k] >= '0' && s[k] <= '9' {
		k++
	}
	if k > i {
		return k
	}
	for k < len(s) {
		c, n := utf8.DecodeRuneInString(s[k:])
		if !strings.ContainsRune("一二三四五六七八九十", c) {
			break
		}
		k += n
	}
	if k == i {
		return i
	}
	if rest := s[k:]; strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(") || strings.Contains(s, role+"一") && strings.Contains(s, role+"二") {
		return k
	}
	return i
}

// bracketAt returns the words inside a bracket that opens at i and the offset behind it, 0 if none opens or closes there.
func bracketAt(s string, i int) (inner string, end int) {
	if i >= len(s) || s[i] != '(' && s[i] != '[' {
		return "", 0
	}
	limit := min(len(s), i+240)
	k := strings.IndexAny(s[i:limit], ")]\n")
	if k < 0 || s[i+k] == '\n' {
		return "", 0
	}
	return s[i+1 : i+k], i + k + 1
}

// nameEnd returns the offset where the name that begins at i ends. A bracket belongs to the name if the name goes
// on behind it: 三星财产保险（中国）有限公司.
func nameEnd(t *table, s string, i int) int {
	k := i
scan:
	for k < len(s) {
		c, n := utf8.DecodeRuneInString(s[k:])
		switch c {
		case ',', '。', ';', '\n', ':', '、', '\t', '?':
			break scan
		case ' ':
			if splitsAt(s, i, k) {
				break scan
			}
		case '(', '[':
			_, end := bracketAt(s, k)
			if end == 0 || !goesOn(t, s, k, end) {
				break scan
			}
			k = end
			continue
		}
		k += n
	}
	return i + cutAttribute(t, s[i:k])
}

// splitsAt reports whether the blank at k ends the name: it does unless both sides are Latin letters or the name so far is one character (王 某).
func splitsAt(s string, i, k int) bool {
	before := strings.TrimSpace(s[i:k])
	if utf8.RuneCountInString(before) < 2 {
		return false
	}
	after := strings.TrimLeft(s[k:], " ")
	return !(isLatin(before[len(before)-1]) && after != "" && isLatin(after[0]))
}

func isLatin(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '.' || c == '&' }

// goesOn reports whether the name continues behind the bracket.
func goesOn(t *table, s string, open, end int) bool {
	inner := s[open+1 : end-1]
	if t.aliases.In(inner) || t.formers.prefix(inner) != nil || t.brackets.In(inner) || t.agents.In(inner) || t.guardians.In(inner) {
		return false
	}
	rest := s[end:]
	c, _ := utf8.DecodeRuneInString(rest)
	if rest == "" || strings.ContainsRune(",。;\n:、 (", c) {
		k := strings.LastIndex(inner, "合伙")
		return k >= 0 // 某某中心（有限合伙）
	}
	return true
}

// cutAttribute returns the length of the name before an attribute word that no comma separates.
func cutAttribute(t *table, name string) int {
	if t.clauses.In(name) {
		name = cutClause(t, name)
	}
	if at := strings.Index(name, "系"); at >= 6 && utf8.RuneCountInString(name[:at]) <= 4 && !t.orgs.Ends(name) {
		name = name[:at]
	}
	for _, w := range []string{"为与", "与被告", "诉被告"} {
		if at := strings.Index(name, w); at > 0 {
			name = name[:at]
		}
	}
	if strings.HasSuffix(name, "的") || strings.HasSuffix(name, "之") {
		return 0 // 被告某小的法定代理人: no name of a party
	}
	return len(strings.TrimRight(name, " .和及"))
}

// sureOrgs end an organization's name whatever the heading says behind it.
var sureOrgs = text.NewWords("公司", "银行", "支行", "分行", "集团", "医院", "学校", "委员会", "合作社", "事务所", "中心")

// cutClause cuts a name before the words that open a clause about the party, the longest words first.
func cutClause(t *table, name string) string {
	for _, w := range t.clauses.words {
		if at := strings.Index(name, w.text); at > 0 {
			before := name[:at]
			if t.orgs.Ends(before) || utf8.RuneCountInString(before) <= 4 && !t.orgs.Ends(name) {
				name = before
			}
		}
	}
	return name
}

// isOrganization decides by the end of the name and, for short names, by what the heading says behind it.
func isOrganization(t *table, name, after string) bool {
	name = strings.TrimRight(name, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ甲乙丙丁一二三四") // masked: 某科技公司1, 某公司甲
	n := utf8.RuneCountInString(name)
	if n <= 1 {
		return false
	}
	if sureOrgs.Ends(name) {
		return true
	}
	rest := after[:min(len(after), 60)]
	if at := strings.IndexAny(rest, "\n。"); at >= 0 {
		rest = rest[:at]
	}
	if strings.Contains(rest, "男") || strings.Contains(rest, "女") || strings.Contains(rest, "出生") || strings.Contains(rest, "族,") {
		return false
	}
	if n <= 3 {
		return strings.HasSuffix(name, "公司") || strings.HasSuffix(name, "银行") || strings.Contains(rest, "住所地")
	}
	return t.orgs.Ends(name) || n > 6 && !strings.Contains(name, "·")
}
