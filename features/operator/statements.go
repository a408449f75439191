package operator

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
)

// statement is one row of tables/statements.yaml.
type statement struct {
	ID      string `yaml:"id"`
	Says    string `yaml:"says"`
	Weight  int    `yaml:"weight"`
	Pattern string `yaml:"pattern"`
	Yes     string `yaml:"yes"`
	No      string `yaml:"no"`
	re      *regexp.Regexp
}

// A party's mention is replaced by one private-use rune, so that a pattern sees who is meant.
const (
	firstMark = rune(0xE000)
	lastMark  = rune(0xEFFF)
)

// macros of the pattern language (see the head of statements.yaml).
var macros = strings.NewReplacer(
	"{P}", `([\x{E000}-\x{EFFF}])`,
	"{N}", `(?:网络交易平台|平台|网站|商城|APP|App|app|应用程序|应用软件|手机应用|应用|软件|客户端|小程序|论坛|社区|贴吧|搜索引擎|门户网|信息网|购物网|交易网|网游|网络游戏|游戏|网店系统|系统|[”"」]网站?)`,
	"{A}", `(?:经营者|运营者|运营商|运营方|经营方|主办者|主办方|主办单位|运营单位|经营单位|备案主体|提供者|提供商|服务商|开办者|开办方|管理者|管理方|所有者|所有人|运营主体|经营主体|运营公司|经营公司)`,
	"{g}", `[^。；！？\n\x{E000}-\x{EFFF}]{0,30}?`,
	"{c}", `[^，。；！？\n\x{E000}-\x{EFFF}]{0,24}?`,
)

// platformWords are the words for a platform that {N} stands for; every one of them may carry a statement.
var platformWords = []string{"平台", "网站", "商城", "APP", "App", "app", "应用程序", "应用软件", "手机应用", "应用", "软件", "客户端", "小程序",
	"论坛", "社区", "贴吧", "搜索引擎", "门户网", "信息网", "购物网", "交易网", "直播间", "网游", "游戏", "系统", "微店", "公众号", "网络服务提供者", "信息中介",
	"居间", "存储空间", "入驻协议", "”网", "网的经营", "网的运营", "网经营者", "网运营者", "网络店铺", "店铺空间", "经营场所、交易"}

// places lists where platform words stand in the text, in order.
func places(text string) (at []int) {
	for _, w := range platformWords {
		for i := 0; ; {
			j := strings.Index(text[i:], w)
			if j < 0 {
				break
			}
			at = append(at, i+j)
			i += j + len(w)
		}
	}
	slices.Sort(at)
	return at
}

// within reports whether one of the sorted places lies in the span.
func within(at []int, sp judgment.Span) bool {
	i, _ := slices.BinarySearch(at, sp.Start)
	return i < len(at) && at[i] < sp.End
}

// hit is one statement found.
type hit struct {
	statement *statement
	party     int
	level     int
	holder    string
	own       bool // the party says it of itself
	section   int
	span      judgment.Span
	quote     string
}

func (h *hit) adoption() string {
	if h.level >= 2 {
		return ""
	}
	return "open"
}

// points: the court's words count three times, the party's own twice, the other side's once.
func (h *hit) points() int {
	switch {
	case h.level >= 1:
		return 3 * h.statement.Weight
	case h.own:
		return 2 * h.statement.Weight
	}
	return h.statement.Weight
}

var negated = regexp.MustCompile(`(?:并非|不是|并不|非系|不系|否认|是否|而非|未能证明|无法证明|不足以证明)[^，。；]{0,12}$`)

// scan finds the statements of one sentence that keep lets through. marked holds the sentence with marks for parties.
func (t *Tables) scan(marked string, keep func(*statement) bool, emit func(s *statement, party int, start, end int)) {
	for i := range t.statements {
		s := &t.statements[i]
		if !keep(s) {
			continue
		}
		for _, m := range s.re.FindAllStringSubmatchIndex(marked, 3) {
			g := m[2:4]
			if g[0] < 0 { // the other branch of an alternation holds the party
				g = m[4:6]
			}
			r, _ := utf8.DecodeRuneInString(marked[g[0]:g[1]])
			if s.Says != "denial" && (negated.MatchString(marked[:g[0]]) || denies(marked[m[0]:m[1]])) {
				continue
			}
			emit(s, int(r-firstMark), m[0], m[1])
		}
	}
}

// onPlatform: statements that take a platform word; the first look reads only these.
func onPlatform(s *statement) bool { return s.Says == "operator" || s.Says == "nsp_other" }

func anything(*statement) bool { return true }

// denies: a negation stands inside the statement itself, 甲公司并非…的销售者.
func denies(s string) bool {
	for _, w := range []string{"并非", "不是", "并不", "不系", "非系", "而非", "不参与", "未参与", "是否"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
