package citation

import (
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

const (
	openMark, closeMark = "《", "》"
	maxTitle            = 240 // bytes
)

var opening = text.NewNeedle(openMark)

// findTitles lists the titles in marks up to end, with the law each names, and the short names given to them.
func (r *reader) findTitles(end int) {
	for at := 0; at < end; {
		i := opening.Index(r.text[at:end])
		if i < 0 {
			return
		}
		i += at
		name, behind := title(r.text, i, end)
		if name == "" {
			at = i + len(openMark)
			continue
		}
		law, norm := r.known(name)
		r.laws = append(r.laws, mention{start: i, end: behind, law: law, norm: norm})
		if norm {
			r.abbreviated(behind, law)
		}
		at = behind
	}
}

// title reads the title that opens at i: nested marks belong to it, a mark left open is closed by the next one. It
// returns the title without its outer marks and the offset behind it.
func title(s string, i, end int) (name string, behind int) {
	start := i + len(openMark)
	limit := min(end, start+maxTitle)
	depth, inner := 1, false
	for k := start; k < limit; {
		switch c := s[k]; {
		case c >= 0xE4 && c <= 0xE9 && k+2 < len(s): // a Chinese character
			k += 3
		case strings.HasPrefix(s[k:], openMark):
			depth++
			inner = true
			k += len(openMark)
		case strings.HasPrefix(s[k:], closeMark):
			k += len(closeMark)
			depth--
			if depth == 0 || inner && endsTitle(s[k:end]) {
				return clean(s[start : k-len(closeMark)]), k
			}
		case s[k] == '\n' && !strings.Contains(s[k:limit], closeMark):
			return "", i
		default:
			_, n := utf8.DecodeRuneInString(s[k:])
			k += n
		}
	}
	return "", i
}

// behindTitles are the words behind a whole title.
var behindTitles = text.NewWords("第", "、", "，", ",", "。", "；", "（", "(", "和", "及", "的规定", "之规定", "\n")

// endsTitle reports whether what follows a closing mark shows that the whole title is over, not only an inner one.
func endsTitle(rest string) bool {
	return rest == "" || behindTitles.Begins(rest)
}

// ideographs reports whether a text is of Chinese characters alone.
func ideographs(s string) bool {
	for i := 0; i < len(s); i += 3 {
		if s[i] < 0xE4 || s[i] > 0xE9 {
			return false
		}
	}
	return true
}

// clean makes a printed title comparable: no white space, no stray list commas, an inner mark left open is dropped.
func clean(s string) string {
	s = text.TrimSpaces(s)
	if ideographs(s) {
		return s
	}
	s = strings.Trim(s, "、，《》;；")
	if strings.Count(s, openMark) != strings.Count(s, closeMark) {
		s = strings.NewReplacer(openMark, "", closeMark, "").Replace(s)
	}
	return s
}

// baseTitle drops the bracket of a version: 食品安全法（2018修正） is 食品安全法.
func baseTitle(s string) string {
	for _, open := range []string{"（", "("} {
		k := strings.LastIndex(s, open)
		if k > 0 && (strings.HasSuffix(s, "）") || strings.HasSuffix(s, ")")) && strings.ContainsAny(s[k:], "0123456789") && !strings.Contains(s[k:], "〔") {
			return strings.TrimSpace(s[:k])
		}
	}
	return s
}

// known returns the law that a printed title names (a listed law by its full title, a short name given in the text,
// a flattened title restored, else the title as printed) and whether it is a norm at all.
func (r *reader) known(name string) (string, bool) {
	if law, ok := r.norms[name]; ok {
		return law, r.isNorm(name)
	}
	law := r.lawName(name)
	r.norms[name] = law
	return law, law != name || r.isNorm(name)
}

// innerMarks drops the marks of a title within a title and what conversions left of them, for the look-up.
var innerMarks = strings.NewReplacer("《", "", "》", "", "〈", "", "〉", "", "﹤", "", "﹥", "", "＜", "", "＞", "", "<", "", ">", "",
	"‹", "", "›", "", "；", "", "?", "", "“", "", "”", "", "(", "（", ")", "）", " ", "")

// plainTitle is a title in the form of the look-up: no marks, no national prefix.
func plainTitle(s string) string {
	if !ideographs(s) {
		s = innerMarks.Replace(s)
	}
	if strings.Contains(s, "中华人民共和国") {
		s = strings.ReplaceAll(s, "中华人民共和国", "")
	}
	return s
}

func (r *reader) lawName(name string) string {
	if full, ok := r.short[name]; ok {
		return full
	}
	if l := at(r.versions(name), r.date); l != nil {
		return baseTitle(l.Title)
	}
	if full, ok := r.t.restored[plainTitle(name)]; ok {
		return full
	}
	return r.slip(name)
}

// slip reads a listed law behind a national prefix with characters lost, doubled or masked (中国人民共和国, 中华人人共和国).
// Any other title stays as printed.
func (r *reader) slip(name string) string {
	for i, c := range name {
		if i > 0 {
			if l := at(r.t.titled[name[i:]], r.date); l != nil && l.Kind == "law" {
				return baseTitle(l.Title)
			}
		}
		if !strings.ContainsRune("中华国人民共和某、", c) {
			break
		}
	}
	return name
}

// abbreviated takes a short name given right behind the title: （以下简称《解释》）.
func (r *reader) abbreviated(behind int, law string) {
	rest := r.text[behind:min(len(r.text), behind+90)]
	if !strings.HasPrefix(rest, "（") && !strings.HasPrefix(rest, "(") {
		return
	}
	k := strings.Index(rest, "简称")
	if k < 0 || k > 20 {
		return
	}
	rest = strings.TrimLeft(rest[k+len("简称"):], "为：:“\"《")
	end := strings.IndexAny(rest, "）)”\"》")
	if end <= 0 {
		return
	}
	if r.short == nil {
		r.short = map[string]string{}
	}
	r.short[rest[:end]] = law
	delete(r.norms, rest[:end])
}

// isNorm reports whether a title reads like a norm's.
func (r *reader) isNorm(name string) bool {
	base := name
	for strings.HasSuffix(base, "）") || strings.HasSuffix(base, ")") {
		k := strings.LastIndexAny(base, "（(")
		if k <= 0 {
			break
		}
		base = base[:k]
	}
	if r.t.notNorms.Ends(base) {
		return false
	}
	if r.t.endings.Ends(base) {
		return true
	}
	if full, given := r.short[name]; given && full != name {
		return r.isNorm(full)
	}
	if name == "最高人民法院" || name == "中华人民共和国" {
		return false // a download lost the rest of the title
	}
	return strings.HasPrefix(name, "最高人民法院关于") || strings.HasPrefix(name, "中华人民共和国")
}
