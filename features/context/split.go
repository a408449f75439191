package context

import "strings"

// Each calls f with the bounds of every sentence of a folded text. Sentences end with 。 ; ! ? or a line break,
// which belong to them; a closing quotation mark behind the end belongs to the sentence too.
func Each(folded string, f func(start, end int)) {
	start := 0
	for i := 0; i < len(folded); {
		n := ender(folded[i:])
		if n == 0 {
			i++
			continue
		}
		i += n
		for strings.HasPrefix(folded[i:], "\"") {
			i++
		}
		if strings.TrimSpace(folded[start:i]) != "" {
			f(start, i)
		}
		start = i
	}
	if strings.TrimSpace(folded[start:]) != "" {
		f(start, len(folded))
	}
}

func ender(s string) int {
	switch s[0] {
	case ';', '!', '?', '\n':
		return 1
	case 0xE3:
		if strings.HasPrefix(s, "。") {
			return len("。")
		}
	}
	return 0
}
