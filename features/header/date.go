package header

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

// numerals are the Chinese digits of years, months and days.
const numerals = "一二三四五六七八九十廿卅元"

// isZero accepts every character that judgments use for zero.
func isZero(r rune) bool { return strings.ContainsRune("〇○零0OoΟОо◯⭕□", r) }

// date is a calendar date; zero parts are unknown.
type date struct{ year, month, day int }

// String gives YYYY-MM-DD, "" unless all parts are known.
func (d date) String() string {
	if d.year == 0 || d.month == 0 || d.day == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// found is a date with its place in the folded text.
type found struct {
	date
	start, end int
	chinese    bool // written in Chinese numerals, as judgment dates are
	masked     bool // day or month crossed out
}

// dateBefore reads a date that ends with the 日 at offset end-len("日") of the folded text, walking back.
func dateBefore(s string, day int) (found, bool) {
	f := found{end: day + len("日")}
	ds, dStart := field(s, day)
	rest, ok := trimUnit(s, dStart, "月")
	if !ok {
		return f, false
	}
	ms, mStart := field(s, rest)
	if rest, ok = trimUnit(s, mStart, "年"); !ok {
		return f, false
	}
	ys, yStart := field(s, rest)
	f.year = yearOf(ys)
	f.month, f.day = numberIn(ms), numberIn(ds)
	if f.year < 1950 || f.year > 2099 || f.month > 12 || f.day > 31 {
		return f, false
	}
	f.masked = f.month == 0 || f.day == 0
	f.chinese = !strings.ContainsAny(ms+ds, "123456789") && strings.ContainsAny(ys, numerals)
	f.start = yStart
	return f, true
}

// field walks back over one number (spaces allowed) and returns it with its offset.
func field(s string, end int) (string, int) {
	i := end
	for i > 0 && end-i < 40 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if !isDigit(r) && !isZero(r) && !strings.ContainsRune(numerals, r) && r != ' ' && !strings.ContainsRune("×*xX某Ｘ", r) && !lost(r) {
			break
		}
		i -= n
	}
	return strings.ReplaceAll(s[i:end], " ", ""), i
}

func trimUnit(s string, end int, unit string) (int, bool) {
	t := strings.TrimRight(s[:end], " ")
	if !strings.HasSuffix(t, unit) {
		return 0, false
	}
	return len(t) - len(unit), true
}

// yearOf reads 二〇一九, 2019, 二0一九, 一九九八; 0 if it is none. Only the last four digits count, so that a list
// mark glued before the year does no harm.
func yearOf(s string) int {
	var digits []int
	for _, r := range s {
		d := digit(r)
		if lost(r) && len(digits) > 0 && digits[len(digits)-1] == 2 {
			d = 0 // 二?一三年: the character for zero was lost
		}
		if d < 0 {
			digits = digits[:0]
			continue
		}
		digits = append(digits, d)
	}
	if len(digits) < 4 {
		return 0
	}
	digits = digits[len(digits)-4:]
	return digits[0]*1000 + digits[1]*100 + digits[2]*10 + digits[3]
}

// lost is a character that a bad conversion left behind.
func lost(r rune) bool { return r == '?' || r == '\uFFFD' }

func digit(r rune) int {
	switch {
	case isZero(r):
		return 0
	case isDigit(r):
		return int(r - '0')
	}
	if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
		return i/3 + 1
	}
	return -1
}

// numberIn reads a month or day: 十二, 二十一, 廿一, 卅, 一〇, 05, 元; 0 if it is none or masked.
func numberIn(s string) int {
	if s == "元" {
		return 1
	}
	total, last, seen := 0, 0, false
	for _, r := range s {
		switch d := digit(r); {
		case r == '十':
			total, last, seen = max(1, last)*10, 0, true
		case r == '廿':
			total, last, seen = 20, 0, true
		case r == '卅':
			total, last, seen = 30, 0, true
		case d >= 0:
			if last > 0 || (last == 0 && seen && total == 0) {
				last = last*10 + d
			} else {
				last = d
			}
			seen = true
		default:
			return 0
		}
	}
	return total + last
}

// parseDate reads a column's date: 2019-05-06, 2019/5/6, 20190506, 2019年5月6日, with a time behind it or not.
func parseDate(s string) date {
	if i := strings.Index(s, "日"); i >= 0 {
		if f, ok := dateBefore(s, i); ok && !f.masked {
			return f.date
		}
		return date{}
	}
	var nums []int
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return !isDigit(r) }) {
		n := 0
		for _, r := range part {
			n = n*10 + int(r-'0')
		}
		if len(part) == 8 && len(nums) == 0 {
			nums = append(nums, n/10000, n/100%100, n%100)
			break
		}
		nums = append(nums, n)
	}
	if len(nums) < 3 || nums[0] < 1950 || nums[0] > 2099 || nums[1] < 1 || nums[1] > 12 || nums[2] < 1 || nums[2] > 31 {
		return date{}
	}
	return date{nums[0], nums[1], nums[2]}
}

// benchWords stand before the judgment date.
var benchWords = text.NewWords("审判长", "审判员", "陪审员", "执行员", "院长", "庭长", "审判")

// goOn follow a date inside a sentence; closing follow the judgment's.
var (
	goOn    = text.NewWords("起", "前", "后", "至", "以", "的", "之", "生效", "施行", "作出", ",", "、")
	closing = text.NewWords("书", "法官", "代", "(", "本件", "附", "见习", "速录")
)

// judgmentDate reads the date behind the judges' names. A date with a masked day keeps year and month.
func judgmentDate(canonical string) date {
	end := text.SiteTail(canonical)
	for _, part := range [][2]int{{end - nearBytes, end}, {end - tailBytes, end - nearBytes}, {end / 3, end - tailBytes}} {
		if part[1] <= 0 || part[0] >= part[1] {
			continue
		}
		if d := dateIn(canonical[cutAt(canonical, max(0, part[0])):cutAt(canonical, part[1]+overlap)]); d.year != 0 {
			return d
		}
	}
	return date{}
}

// The tail is read from near to far: appended articles push the date away from the end.
const (
	nearBytes = 1200
	overlap   = 300
	certain   = 13 // all signs of a judgment date
)

// dateIn finds the date that looks most like a judgment's.
func dateIn(part string) date {
	s := text.FoldString(part)
	best, score := found{}, 0
	for at := len(s); at > 0 && score < certain; {
		i := lastDay(s[:at])
		if i < 0 {
			break
		}
		at = i
		if f, ok := dateBefore(s, i); ok {
			if p := signs(s, f); p > score {
				best, score = f, p
			}
		}
	}
	if score == 0 {
		return date{}
	}
	if best.masked {
		best.day = 0
	}
	return best.date
}

// lastDay is the offset of the last 日, -1 if there is none.
func lastDay(s string) int {
	for i := len(s) - len("日"); i >= 0; i-- {
		if s[i] == 0xE6 && s[i+1] == 0x97 && s[i+2] == 0xA5 {
			return i
		}
	}
	return -1
}

// signs tells how much a date looks like the judgment's: Chinese numerals, alone on its line, judges before it,
// the clerk behind it.
func signs(s string, f found) int {
	before, behind := strings.TrimRight(s[:f.start], " 、\t"), strings.TrimLeft(s[f.end:], " 、\t")
	p := 0
	if goOn.Begins(behind) {
		return 0 // a date of the narrative or of a statute
	}
	if behind == "" || behind[0] == '\n' || closing.Begins(behind) {
		p += 4
	}
	if before == "" || before[len(before)-1] == '\n' {
		p += 2
	}
	if benchWords.In(strings.ReplaceAll(before[max(0, len(before)-200):], " ", "")) {
		p += 4
	}
	if p < 4 {
		return 0
	}
	if f.chinese {
		p += 3
	}
	return p
}

// filingDate reads when the court took the case (立案, 受理): the date before the first such word of the process part.
var filed, thisCourt = text.Needles("立案", "受理"), text.NewNeedle("本院")

func filingDate(canonical string) string {
	part := canonical[:cutAt(canonical, 9000)]
	for k := range filed {
		word := filed[k].Word()
		for at := 0; ; {
			i := filed[k].Index(part[at:])
			if i < 0 {
				break
			}
			at += i + len(word)
			lead := part[startAt(part, at-len(word)-300) : at-len(word)]
			d := lastDay(lead)
			if d < 0 || strings.ContainsAny(lead[d:], "。\n") || !thisCourt.In(lead) {
				continue
			}
			lead = text.FoldString(lead)
			d = lastDay(lead)
			if d < 0 || len(lead)-d > 90 || strings.ContainsAny(lead[d:], "。\n") || !strings.Contains(lead, "本院") {
				continue
			}
			if f, ok := dateBefore(lead, d); ok && !f.masked {
				return f.String()
			}
		}
	}
	return ""
}

// startAt moves n forward to the beginning of a character and into the text.
func startAt(s string, n int) int {
	n = max(0, min(n, len(s)))
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return n
}
