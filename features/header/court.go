package header

import (
	"strings"

	"caipan/model/text"
)

// findCourt finds the court's name in the folded head: the run of letters that ends in 法院 before the document's
// kind or number.
func findCourt(head string) string {
	for at := 0; ; {
		i := strings.Index(head[at:], "法")
		if i < 0 {
			return ""
		}
		i += at
		at = i + len("法")
		gap := len(head[at:]) - len(strings.TrimLeft(head[at:], " "))
		if !strings.HasPrefix(head[at+gap:], "院") {
			continue
		}
		end := at + gap + len("院")
		if name := courtName(head[:end]); name != "" {
			return name
		}
	}
}

// courtName takes the name that ends at the end of s back to the beginning of its line, to the word 书 of a title
// before it or to a stop.
func courtName(s string) string {
	start := strings.LastIndexAny(s, "\n。,:;《》()\"") + 1
	if start > 0 && !strings.ContainsRune("\n。,:;()\"", rune(s[start-1])) {
		for start < len(s) && s[start]&0xC0 == 0x80 {
			start++
		}
	}
	name := squeezeSpaced(s[start:])
	if k := strings.LastIndex(name, "书"); k >= 0 {
		name = name[k+len("书"):]
	}
	name = strings.TrimLeft(name, "、0123456789.>/?<*#-")
	if n := len([]rune(name)); n < 4 || n > 34 || strings.Contains(name, "本院") || strings.Contains(name, "不服") {
		return ""
	}
	return name
}

// squeezeSpaced drops spaces, but keeps only the last word where words of a title stand before the name.
func squeezeSpaced(s string) string {
	s = strings.TrimSpace(s)
	if k := strings.LastIndexByte(s, ' '); k >= 0 && len([]rune(s[k+1:])) >= 5 {
		s = s[k+1:]
	}
	return squeeze(s)
}

// courtOf cleans the dump's court column; a column that names no court gives "".
func courtOf(s string) string {
	if s = squeeze(s); strings.HasSuffix(s, "法院") {
		return s
	}
	return ""
}

func normalCourt(s string) string {
	s = squeeze(text.FoldString(s))
	return strings.TrimPrefix(s, "中华人民共和国")
}

// sameCourt holds where one name is the other without its province or city.
func sameCourt(a, b string) bool {
	a, b = normalCourt(a), normalCourt(b)
	return strings.HasSuffix(a, b) || strings.HasSuffix(b, a)
}

func level(court string) string { return match(data().Levels, court) }

// province reads the province from the court's name, else from the case number's character (京 in （2019）京0491),
// else from the court to which an appeal would go.
func province(court, number, canonical string) string {
	name := normalCourt(court)
	if p := provinceOf(name); p != "" || strings.HasPrefix(name, "最高") {
		return p
	}
	if n := normalNumber(number); len(n) > 6 && n[0] == '(' {
		for _, p := range data().Provinces {
			if strings.HasPrefix(n[6:], p.Short) && len(n) > 6+len(p.Short) && (isDigit(rune(n[6+len(p.Short)])) || strings.Contains(n[6:], "民")) {
				return p.Name
			}
		}
	}
	for k := range appealTo {
		if i := appealTo[k].LastIndex(canonical); i >= 0 {
			return provinceOf(canonical[i+len(appealTo[k].Word()) : min(len(canonical), i+120)])
		}
	}
	return ""
}

var appealTo = text.Needles("上诉于", "上诉至")

func provinceOf(s string) string {
	t := data()
	if i := t.begins.Prefix(s); i >= 0 {
		return t.provinceOf[t.begins.List()[i]]
	}
	return ""
}
