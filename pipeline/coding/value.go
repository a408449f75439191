package coding

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"caipan/model/text"
)

var daySpelling = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$`)

// Day reads a day as people and spreadsheets write it: 2021-01-05, 2021/1/5, 2021.1.5, 2021年1月5日, 20210105, or Excel's
// serial number 44201. It gives YYYY-MM-DD; "" gives "".
func Day(s string) (string, error) {
	s = strings.TrimSpace(text.FoldString(s))
	if s == "" {
		return "", nil
	}
	if m := daySpelling.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3], s)
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		const first, last = 18264, 73050 // 1950 and 2099, as Excel counts
		if n >= first && n <= last {
			return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(math.Floor(n))).Format(time.DateOnly), nil
		}
		if len(s) == 8 {
			return day(s[:4], s[4:6], s[6:], s)
		}
	}
	return "", fmt.Errorf("%q is no day; write it as 2021-01-05", s)
}

func day(y, m, d, s string) (string, error) {
	if len(m) == 1 {
		m = "0" + m
	}
	if len(d) == 1 {
		d = "0" + d
	}
	t, err := time.Parse(time.DateOnly, y+"-"+m+"-"+d)
	if err != nil {
		return "", fmt.Errorf("%q is no day of the calendar; write it as 2021-01-05", s)
	}
	return t.Format(time.DateOnly), nil
}

var numberUnits = []struct {
	suffix string
	factor float64
}{{"亿元", 1e8}, {"万元", 1e4}, {"亿", 1e8}, {"万", 1e4}, {"元", 1}, {"%", 0.01}, {"", 1}}

// Number reads a number as people write it: 12,345.60, １２３, 1.2万元, 30%. Percentages are portions.
func Number(s string) (float64, error) {
	t := strings.NewReplacer(",", "", " ", "", "¥", "", "￥", "", "约", "").Replace(text.FoldString(strings.TrimSpace(s)))
	for _, u := range numberUnits {
		rest, ok := strings.CutSuffix(t, u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(rest, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || strings.ContainsAny(rest, "xX_") {
			break
		}
		if u.factor == 0.01 {
			return n / 100, nil
		}
		return n * u.factor, nil
	}
	return 0, fmt.Errorf("%q is no number; write digits, for example 12345.6 or 30%%", s)
}
