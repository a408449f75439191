package ruling

import (
	"strings"
	"unicode/utf8"
)

// money is a sum of yuan in a view. A masked sum (18**元) has no value.
type money struct {
	start, end int
	value      float64
	masked     bool
}

// percent is a portion: 70%, 百分之七十, 三分之一.
type percent struct {
	start, end int
	value      float64 // 0..1
}

// digitOf is the value of a Chinese digit.
func digitOf(r rune) (v float64, ok bool) {
	switch r {
	case '零', '〇', '○':
		return 0, true
	case '一', '壹':
		return 1, true
	case '二', '两', '贰':
		return 2, true
	case '三', '叁':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	}
	return 0, false
}

// unitOf is the value of a Chinese unit below 万.
func unitOf(r rune) (v float64, ok bool) {
	switch r {
	case '十', '拾':
		return 10, true
	case '百', '佰':
		return 100, true
	case '千', '仟':
		return 1000, true
	}
	return 0, false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// numberAt reads a number in digits with thousands commas and units (3,000万, 3万5千) or in Chinese numerals.
// end is 0 if none begins at i.
func numberAt(s string, i int) (value float64, end int, masked bool) {
	if i < len(s) && isDigit(s[i]) {
		return arabicAt(s, i)
	}
	value, end = chineseAt(s, i)
	return value, end, false
}

func arabicAt(s string, i int) (value float64, end int, masked bool) {
	total, rest := 0.0, i
	for rest < len(s) && isDigit(s[rest]) {
		v, k := digitsAt(s, rest)
		if k < len(s) && (s[k] == '*' || strings.HasPrefix(s[k:], "×") && !isFactor(s, k)) {
			for k < len(s) && (s[k] == '*' || strings.HasPrefix(s[k:], "×") || isDigit(s[k]) || s[k] == '.') {
				_, n := utf8.DecodeRuneInString(s[k:])
				k += n
			}
			return 0, k, true
		}
		unit, n := bigUnit(s, k)
		total, rest = total+v*unit, k+n
		if n == 0 {
			break
		}
	}
	return total, rest, false
}

// isFactor reports whether the sign × at k multiplies: another number or a word follows it.
func isFactor(s string, k int) bool {
	rest := s[k+len("×"):]
	return rest != "" && isDigit(rest[0])
}

func digitsAt(s string, i int) (value float64, end int) {
	k, frac, scale := i, false, 1.0
	for k < len(s) {
		switch c := s[k]; {
		case isDigit(c):
			if frac {
				scale /= 10
				value += float64(c-'0') * scale
			} else {
				value = value*10 + float64(c-'0')
			}
		case c == ',' && !frac && threeDigits(s, k+1):
		case c == '.' && !frac && k+1 < len(s) && isDigit(s[k+1]):
			frac = true
		default:
			return roundCent(value), k
		}
		k++
	}
	return roundCent(value), k
}

// roundCent removes the noise of binary fractions below a hundredth of a cent.
func roundCent(v float64) float64 {
	if v > 1e11 {
		return v
	}
	return float64(int64(v*10000+0.5)) / 10000
}

// threeDigits reports whether exactly three digits follow.
func threeDigits(s string, k int) bool {
	return k+3 <= len(s) && isDigit(s[k]) && isDigit(s[k+1]) && isDigit(s[k+2]) && (k+3 == len(s) || !isDigit(s[k+3]))
}

func bigUnit(s string, k int) (float64, int) {
	for _, u := range []struct {
		word string
		n    float64
	}{{"万亿", 1e12}, {"亿", 1e8}, {"千万", 1e7}, {"百万", 1e6}, {"万", 1e4}, {"千", 1e3}, {"百", 100}} {
		if strings.HasPrefix(s[k:], u.word) {
			return u.n, len(u.word)
		}
	}
	return 1, 0
}

// chineseAt reads 二万四千九百四十四, 壹拾万, 二〇一九.
func chineseAt(s string, i int) (value float64, end int) {
	total, section, digit, k := 0.0, 0.0, 0.0, i
	positional := true
	for k < len(s) {
		r, n := utf8.DecodeRuneInString(s[k:])
		if d, ok := digitOf(r); ok {
			if digit > 0 && positional && section == 0 && total == 0 {
				digit = digit*10 + d
			} else {
				digit = d
			}
		} else if u, ok := unitOf(r); ok {
			positional = false
			if digit == 0 && section == 0 && (u == 10) {
				digit = 1
			}
			section, digit = section+digit*u, 0
		} else if r == '万' || r == '亿' || r == '萬' {
			positional = false
			u := 1e4
			if r == '亿' {
				u = 1e8
			}
			if k == i {
				return 0, 0
			}
			total, section, digit = (total+section+digit)*u, 0, 0
			if u == 1e4 && total >= 1e12 {
				return 0, 0
			}
		} else {
			break
		}
		k += n
	}
	if k == i {
		return 0, 0
	}
	return total + section + digit, k
}

// numeralBits holds the Chinese numerals, all of three bytes, by their low ten bits.
var numeralBits = func() (set [16]uint64) {
	for _, c := range "零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖十百千拾佰仟" {
		set[c>>6&15] |= 1 << (c & 63)
	}
	return set
}()

// nextNumeral returns the first place from i on where a number may begin, len(s) if there is none.
func nextNumeral(s string, i int) int {
	for i < len(s) {
		switch {
		case isHan(s, i):
			if c := hanAt(s, i); numeralBits[c>>6&15]>>(c&63)&1 != 0 && isNumeral(c) {
				return i
			}
			i += 3
		case isDigit(s[i]):
			return i
		default:
			i++
		}
	}
	return len(s)
}

// sums finds the sums of yuan in s: a number with 元 behind it, and 角 and 分.
func sums(s string) []money {
	var out []money
	for i := nextNumeral(s, 0); i < len(s); i = nextNumeral(s, i) {
		v, end, masked := numberAt(s, i)
		if end == 0 {
			i += len("一")
			continue
		}
		k := end
		for _, w := range []string{"余", "多"} {
			k += prefixLen(s[k:], w)
		}
		yuan := prefixLen(s[k:], "元") + prefixLen(s[k:], "圆")
		if yuan == 0 && strings.HasPrefix(s[k:], "人民币") {
			yuan = len("人民币")
		}
		if yuan == 0 {
			i = end
			continue
		}
		k += yuan
		for _, small := range []struct {
			word string
			n    float64
		}{{"角", 0.1}, {"分", 0.01}} {
			if d, e, _ := numberAt(s, k); e > 0 && d < 10 && strings.HasPrefix(s[e:], small.word) {
				v, k = roundCent(v+d*small.n), e+len(small.word)
			}
		}
		out = append(out, money{i, k, v, masked})
		i = k
	}
	return out
}

func prefixLen(s, w string) int {
	if strings.HasPrefix(s, w) {
		return len(w)
	}
	return 0
}

// percents finds the portions in s.
func percents(s string) []percent {
	var out []percent
	for i := nextNumeral(s, 0); i < len(s); i = nextNumeral(s, i) {
		if strings.HasPrefix(s[i:], "百分之") {
			if v, end, _ := numberAt(s, i+len("百分之")); end > 0 {
				out = append(out, percent{i, end, roundPart(v / 100)})
				i = end
				continue
			}
		}
		v, end, masked := numberAt(s, i)
		if end == 0 {
			i += len("一")
			continue
		}
		switch {
		case !masked && strings.HasPrefix(s[end:], "%"):
			out = append(out, percent{i, end + 1, roundPart(v / 100)})
			end++
		case !masked && strings.HasPrefix(s[end:], "分之"):
			if w, e, _ := numberAt(s, end+len("分之")); e > 0 && v > 0 && w < v && v <= 20 {
				out = append(out, percent{i, e, roundPart(w / v)})
				end = e
			}
		case !masked && strings.HasPrefix(s[end:], "成") && v < 10 && !isDigit(s[i]) && followed(s[end+len("成"):], "的", "责任", ",", "。", "赔"):
			out = append(out, percent{i, end + len("成"), roundPart(v / 10)})
			end += len("成")
		}
		i = end
	}
	return out
}

func roundPart(v float64) float64 { return float64(int64(v*1e6+0.5)) / 1e6 }

func followed(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
