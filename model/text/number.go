package text

import (
	"strings"
	"unicode"
)

// FoldCaseNumber gives the form in which two ways of writing one case number (案号) are equal: no white space, quotes
// or invisible characters, half-width letters, digits and brackets, one kind of bracket, small letters, no 案号: before and no 号 at the end,
// no zeros before the serial number.
// (2019)京0105民初1号, （2019） 京０１０５民初１号 and 〔2019〕京0105民初1 are one number. Court and kind of case are not touched:
// what differs in them is another number. A text that is no case number is folded the same way; "" stays "".
func FoldCaseNumber(s string) string {
	s = strings.Map(func(r rune) rune {
		r = FoldRune(r)
		switch {
		case r == '[' || r == '{' || r == '《' || r == '〈' || r == '「':
			return '('
		case r == ']' || r == '}' || r == '》' || r == '〉' || r == '」':
			return ')'
		case r == '\'' || r == '"' || r == '`' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			return -1
		case r == '〇' || r == '○':
			return '0'
		}
		return unicode.ToLower(r)
	}, s)
	s = strings.TrimPrefix(s, "案号")
	return trimSerial(strings.TrimSuffix(strings.TrimPrefix(s, ":"), "号"))
}

// trimSerial drops the zeros before the last number.
func trimSerial(s string) string {
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	end := len(s)
	for end > 0 && !digit(s[end-1]) {
		end--
	}
	from := end
	for from > 0 && digit(s[from-1]) {
		from--
	}
	k := from
	for k+1 < end && s[k] == '0' {
		k++
	}
	return s[:from] + s[k:]
}

// FoldName gives the form in which two ways of writing a name are equal: folded characters, no white space and no
// invisible characters, small letters.
func FoldName(s string) string {
	return strings.Map(func(r rune) rune {
		r = FoldRune(r)
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			return -1
		case r == '[':
			return '('
		case r == ']':
			return ')'
		}
		return unicode.ToLower(r)
	}, s)
}
