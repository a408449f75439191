package header

import (
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

// findNumber finds the own case number in the folded head: the first number that stands before the parties. Its
// offsets are those of the folded text.
func findNumber(s string, end int) (from, to int, ok bool) {
	if from, to, ok = scanNumber(s, 0, min(end, numberBytes)); ok || end >= len(s) {
		return from, to, ok
	}
	for at := end; at < min(len(s), numberBytes); {
		next := strings.IndexByte(s[at:], '\n')
		if next < 0 {
			break
		}
		if from, to, ok = scanNumber(s, at, at+next); ok && strings.TrimSpace(s[at:at+next]) == s[from:to] {
			return from, to, true
		}
		at += next + 1
	}
	return 0, 0, false
}

// numberBytes bounds the part of the head in which the own number is sought; behind the first party line it counts
// only where it is a line of its own.
const numberBytes = 700

// scanNumber finds the first case number whose 号 lies between the offsets.
func scanNumber(s string, start, limit int) (from, to int, ok bool) {
	for at := start; at < limit; {
		i := strings.Index(s[at:limit], "号")
		if i < 0 {
			break
		}
		i += at
		at = i + len("号")
		if from = numberStart(s, i); from >= 0 {
			return from, numberEnd(s, at), true
		}
	}
	return 0, 0, false
}

// numberStart walks back from 号 over the serial number and the court's and case's letters to the year. It
// returns -1 if the words before 号 are no case number.
func numberStart(s string, at int) int {
	i, digits := at, 0
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if !isDigit(r) && !strings.ContainsRune("-、~ 至Oo*×,", r) && !(r == '\n' && digits > 0 && endsInDigit(s[:i-n])) {
			break
		}
		if isDigit(r) {
			digits++
		}
		i -= n
	}
	if digits == 0 {
		return -1
	}
	body := i
	steps := 0
	for i > 0 && steps < 34 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		switch {
		case r == ')' || r == ']':
			if y := bracketYear(s, i-n); y >= 0 {
				return letters(s, y, i, body)
			}
		case r == '年' || (r >= '0' && r <= '9'):
			if y := bareYear(s, i); y >= 0 && looksCase(s[i:body]) {
				return letters(s, y, i, body)
			}
		case r == '\n' || r == '。' || r == ',' || r == ';' || r == ':' || r == '《' || r == '"':
			return yearless(s, i, body)
		}
		i -= n
		steps++
	}
	if i == 0 {
		return yearless(s, 0, body)
	}
	return -1
}

func endsInDigit(s string) bool { return s != "" && isDigit(rune(s[len(s)-1])) }

// letters accepts a number whose middle names a kind of case.
func letters(s string, from, middle, body int) int {
	if looksCase(s[middle:body]) {
		return from
	}
	return -1
}

// looksCase reports whether the letters between year and serial number are those of a case: 民初, 刑终字第 …
func looksCase(s string) bool {
	if len(s) == 0 || len(s) > 100 || strings.Contains(s, "检") {
		return false
	}
	return strings.ContainsAny(s, "民刑行执赔破商知初终再申监辖特督催保认协外司仲调审") && !strings.Contains(s, "年")
}

// yearless accepts an old number without year at the beginning of a line: 龙民二初字第866号.
func yearless(s string, from, body int) int {
	for _, before := range []string{" ", "书"} {
		if k := strings.LastIndex(strings.TrimRight(s[from:body], " "), before); k >= 0 {
			from += k + len(before)
		}
	}
	middle := strings.TrimSpace(s[from:body])
	if strings.HasSuffix(middle, "字第") && looksCase(middle) && len(middle) <= 60 {
		return from + strings.Index(s[from:body], middle)
	}
	return -1
}

// bracketYear returns the offset of the opening bracket if "(2019" stands before the closing bracket at i.
func bracketYear(s string, i int) int {
	k, year := i, 0
	for k > 0 && i-k < 24 {
		r, n := utf8.DecodeLastRuneInString(s[:k])
		switch {
		case r == '(' || r == '[':
			if year == 4 {
				return k - n
			}
			return -1
		case isDigit(r) || isZero(r) || strings.ContainsRune(numerals, r):
			year++
		case r == ' ' || r == '年':
		default:
			return -1
		}
		k -= n
	}
	return -1
}

// bareYear returns the offset of a year without closing bracket that ends at i: "2015年", "2012", "(2017".
func bareYear(s string, i int) int {
	k := i
	if strings.HasSuffix(s[:k], "年") {
		k -= len("年")
	}
	if k < 4 || !strings.HasPrefix(s[k-4:], "19") && !strings.HasPrefix(s[k-4:], "20") || !allDigits(s[k-4:k]) {
		return -1
	}
	k -= 4
	if k > 0 && (s[k-1] == '(' || s[k-1] == '[') {
		return k - 1
	}
	if before := strings.TrimRight(s[:k], " "); s[k:k+4] > "2040" || before != "" && !endsWithAny(before, "\n", "书", "院", "号", "、") {
		return -1
	}
	return k
}

func endsWithAny(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// numberEnd takes 之一, -1 and the like behind 号.
func numberEnd(s string, at int) int {
	rest := s[at:]
	trimmed := strings.TrimLeft(rest, " ")
	skip := len(rest) - len(trimmed)
	if r, ok := strings.CutPrefix(trimmed, "之"); ok {
		n := 0
		for n < len(r) {
			c, size := utf8.DecodeRuneInString(r[n:])
			if !strings.ContainsRune(numerals, c) && !isDigit(c) {
				break
			}
			n += size
		}
		if n > 0 {
			return at + skip + len("之") + n
		}
	}
	if r, ok := strings.CutPrefix(trimmed, "-"); ok {
		n := 0
		for n < len(r) && r[n] >= '0' && r[n] <= '9' {
			n++
		}
		if n > 0 {
			return at + skip + 1 + n
		}
	}
	return at
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// numberOf reads the case number out of the dump's column, its title or the file name.
func numberOf(m Meta) string {
	if n := squeeze(m.CaseNumber); n != "" {
		return n
	}
	for _, s := range []string{m.Title, m.FileName} {
		v := text.Fold(s)
		if from, to, ok := findNumber(v.Text, len(v.Text)); ok {
			return squeeze(s[v.Orig(from):v.Orig(to)])
		}
	}
	return ""
}

// printed is a number as printed, without white space; a list broken into lines gets its commas back.
func printed(s string) string {
	fields := strings.Fields(s)
	out := ""
	for _, f := range fields {
		if out != "" && endsInDigit(out) && isDigit(rune(f[0])) {
			out += "、"
		}
		out += squeeze(f)
	}
	return out
}

var roundBrackets = strings.NewReplacer("[", "(", "]", ")")

// normalNumber is the number in one spelling: half-width, the year in round brackets, no leading zeros.
func normalNumber(n string) string {
	n = squeeze(text.FoldString(n))
	if strings.ContainsAny(n, "[]") {
		n = roundBrackets.Replace(n)
	}
	if len(n) > 7 && allDigits(n[:4]) {
		n = "(" + n[:4] + ")" + strings.TrimPrefix(n[4:], "年")
	}
	end := strings.LastIndex(n, "号")
	if end < 0 {
		return n
	}
	start := end
	for start > 0 && (n[start-1] >= '0' && n[start-1] <= '9') {
		start--
	}
	if start == 0 || start == end || n[start-1] < 0x80 {
		return n
	}
	return n[:start] + strings.TrimLeft(n[start:end-1], "0") + n[end-1:]
}

func sameNumber(a, b string) bool { return normalNumber(a) == normalNumber(b) }

// numberMark closes a case number.
var numberMark = text.NewNeedle("号")

// citedNumbers lists the other case numbers of the text in order, each once.
func citedNumbers(canonical, own string) []string {
	var out []string
	seen := map[string]bool{normalNumber(own): true}
	for at := 0; ; {
		i := numberMark.Index(canonical[at:])
		if i < 0 {
			return out
		}
		i += at
		at = i + len("号")
		if i == 0 {
			continue
		}
		if c := canonical[i-1]; c < '0' || c > '9' && c < 0x80 {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(canonical[:i]); !isDigit(text.FoldRune(r)) {
			continue
		}
		from := startAt(canonical, i-140)
		v := text.Fold(canonical[from:min(len(canonical), cutAt(canonical, at+12))])
		end := v.Folded(i - from)
		k := numberStart(v.Text, end)
		if k < 0 || !strings.HasPrefix(v.Text[k:], "(") && !strings.HasPrefix(v.Text[k:], "[") {
			continue
		}
		n := squeeze(canonical[from+v.Orig(k) : from+v.Orig(numberEnd(v.Text, end+len("号")))])
		if key := normalNumber(n); !seen[key] {
			seen[key] = true
			out = append(out, n)
		}
	}
}
