package header

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed causes.txt
var causesList string

func readCauses(list string) map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, c := range strings.Fields(line) {
			m[c] = true
		}
	}
	return m
}

// longestCause is the longest name of a cause in bytes; names are looked up by suffix.
const longestCause = 96

// cause reads the cause of action (案由): a name of the official list that ends before 一案, before the procedure in a
// title, else the dump's column, else the words that end in 纠纷 behind the last party in brackets. of is the offset of 一案, -1 if there is none.
func cause(canonical string, of int, title string, m Meta) string {
	lead := canonical[:max(of, 0)]
	if c := knownCause(lead); c != "" {
		return c
	}
	if i := strings.Index(canonical[:cutAt(canonical, headBytes*2)], "案由"); i >= 0 {
		rest := strings.TrimLeft(canonical[i+len("案由"):], "：: 　")
		if end := strings.IndexAny(rest, "、，,。\n；"); end > 0 && data().causes[rest[:end]] {
			return rest[:end]
		}
	}
	short := title
	for _, w := range []string{"一审", "二审", "再审", "民事", "申诉", "上诉"} {
		if i := strings.LastIndex(short, w); i > 0 {
			short = short[:i]
		}
	}
	if c := knownCause(strings.TrimSuffix(short, "一案")); c != "" {
		return c
	}
	if strings.TrimSpace(m.Cause) != "" && !strings.ContainsAny(m.Cause, "：:") {
		return strings.TrimSpace(m.Cause)
	}
	return looseCause(lead)
}

// knownCause returns the longest name of the list with which s ends.
func knownCause(s string) string {
	causes := data().causes
	from := max(0, len(s)-longestCause)
	for i := from; i < len(s); i++ {
		if utf8.RuneStart(s[i]) && causes[s[i:]] {
			return s[i:]
		}
	}
	return ""
}

// looseCause takes what stands between the last bracket or comma and the end, if it reads like a cause.
func looseCause(s string) string {
	if i := strings.LastIndexAny(s, "）)，,。\n"); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
	if n := utf8.RuneCountInString(s); n < 3 || n > 24 || !strings.HasSuffix(s, "纠纷") {
		return ""
	}
	return s
}
