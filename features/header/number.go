package header

import (
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

// findNumber finds the own case number in the folded head: the first number that stands before the parties. Its
// offsets are those of the folded text.
func findNumber(s string, end int) (from, to int, ok bool) {
	limit := end
	if limit == len(s) {
		limit = min(len(s), 600)
	}
	for at := 0; at < limit; {
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
		if !isDigit(r) && r != '-' && r != '、' && r != '~' && r != ' ' && r != '至' && r != 'O' {
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
	return strings.ContainsAny(s, "民刑行执赔破商知初终再申监辖特督催保认协外司仲调审") && !strings.ContainsAny(s, "年月日")
}

// yearless accepts an old number without year at the beginning of a line: 龙民二初字第866号.
func yearless(s string, from, body int) int {
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
	if k > 0 && s[k-1] >= '0' && s[k-1] <= '9' {
		return -1
	}
	return k
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

// normalNumber is the number in one spelling: half-width, round brackets, no 第, no leading zeros are touched.
func normalNumber(n string) string {
	n = squeeze(text.FoldString(n))
	return strings.NewReplacer("[", "(", "]", ")").Replace(n)
}

func sameNumber(a, b string) bool { return normalNumber(a) == normalNumber(b) }

// citedNumbers lists the other case numbers of the text in order, each once.
func citedNumbers(canonical, own string) []string {
	var out []string
	seen := map[string]bool{normalNumber(own): true}
	for at := 0; ; {
		i := strings.Index(canonical[at:], "号")
		if i < 0 {
			return out
		}
		i += at
		at = i + len("号")
		from := max(0, i-140)
		for from < i && !utf8.RuneStart(canonical[from]) {
			from++
		}
		if !strings.ContainsAny(canonical[from:i], "字初终申再执辖") {
			continue
		}
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
