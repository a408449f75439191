// Package header reads what the head and the tail of a judgment say about it: title, court with level and
// province, own case number in every historic spelling, numbers cited, dates, cause, instance, procedure,
// document type and category.
//
// The text wins over the dump's columns; these complete what the text lacks, and contradictions are counted.
// The package does not read parties, claims or orders, and it does not repair a field that it cannot read: such
// a field is empty. Court names, causes and words are data (courts.yaml, causes.txt, words.yaml). Imported by
// features; the sections come later and take the header.
package header

import (
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
	"caipan/model/text"
)

// Meta is what the dump's columns or the file name say. Every field may be empty.
type Meta struct {
	Title      string
	CaseNumber string
	Court      string
	Date       string // any spelling
	Cause      string
	Procedure  string // 一审, 二审, 再审 … as the dump names it
	DocType    string
	FileName   string
}

const (
	headBytes = 1500 // court, title and number stand in the first lines
	tailBytes = 6000 // judges and date; appended articles may follow
)

// Read reads the header of a canonical text. Fields that neither text nor meta give are empty.
func Read(canonical string, meta Meta) judgment.Header {
	h := judgment.Header{}
	c := completer{h: &h}
	head := newHead(canonical)
	of := oneCase.Index(canonical)
	h.Court = c.take(head.court, courtOf(meta.Court), sameCourt)
	h.CaseNumber = c.number(head.number, numberOf(meta))
	h.Title = title(head, meta)
	h.CourtLevel, h.Province = level(h.Court), province(h.Court, h.CaseNumber, canonical)
	h.JudgmentDate = c.date(judgmentDate(canonical), meta.Date)
	h.FilingDate = filingDate(canonical)
	h.DocType = docType(head, meta, canonical)
	h.Category = category(head, meta, h.CaseNumber)
	h.Instance = instance(head, meta, h.CaseNumber)
	if p := procedureInstance(meta.Procedure + meta.Title); p != "" && p != h.Instance {
		h.Contradictions++
	}
	h.TrialProcedure = trialProcedure(canonical, of)
	h.Cause = cause(canonical, of, h.Title, meta)
	h.Default = defaulted(canonical, of)
	h.NameMasked = masked(head.parties)
	h.CitedNumbers = citedNumbers(canonical, h.CaseNumber)
	return h
}

// oneCase closes the words that name parties and cause: 甲与乙买卖合同纠纷一案.
var oneCase = text.NewNeedle("一案")

// head (首部) is the beginning of the document up to the first party, and the party lines behind it.
type headPart struct {
	text    string // folded, up to the first party
	solid   string // text without white space
	parties string // canonical, from the first party on, bounded
	court   string
	number  string
	lines   []string // folded lines without white space
}

func newHead(canonical string) headPart {
	from := text.SiteHead(canonical)
	lead := canonical[from:cutAt(canonical, from+headBytes)]
	v := text.Fold(lead)
	end := firstParty(v.Text)
	h := headPart{text: v.Text[:end], solid: squeeze(v.Text[:end])}
	at := from + v.Orig(end)
	h.parties = canonical[at:cutAt(canonical, at+3*headBytes)]
	h.court = findCourt(h.text)
	if from, to, ok := findNumber(v.Text, end); ok {
		h.number = printed(lead[v.Orig(from):v.Orig(to)])
	}
	for line := range strings.Lines(h.text) {
		if l := squeeze(line); l != "" {
			h.lines = append(h.lines, l)
		}
	}
	return h
}

// cutAt moves n back to the beginning of a character and into the text.
func cutAt(s string, n int) int {
	n = min(n, len(s))
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// squeeze drops all white space.
func squeeze(s string) string { return text.TrimSpaces(s) }

// partyWords open the first party line.
var partyWords = text.NewWords("原告", "上诉人", "再审申请人", "申请再审人", "申请人", "申诉人", "公诉机关", "原公诉机关", "抗诉机关", "被告人",
	"自诉人", "罪犯", "起诉人", "申请执行人", "异议人", "复议申请人", "赔偿请求人", "反诉原告", "附带民事", "被告", "执行机关", "原审", "一审原告", "案外人", "被执行人", "第三人", "债务人", "被申请人")

// firstParty returns the offset of the first party line in the folded head, or its whole length.
func firstParty(s string) int {
	for i := 0; i < len(s); {
		if partyWords.Begins(s[i:]) && startsLine(s, i) && !titles(s[i:]) {
			return i
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return len(s)
}

// titles reports whether a line that begins with a role is a title: 原告甲与被告乙合同纠纷一审民事判决书.
func titles(s string) bool {
	if end := strings.IndexAny(s, "\n。,:"); end >= 0 {
		s = s[:end]
	}
	return len(s) < 500 && match(data().DocTypes, s) != ""
}

// startsLine reports whether offset i of the folded text begins a line or follows the case number or a space.
func startsLine(s string, i int) bool {
	t := strings.TrimRight(s[:i], " 、\t")
	if t == "" || len(t) < i || s[i-1] == '\n' {
		return true
	}
	return strings.HasSuffix(t, "号") || strings.HasSuffix(t, "书")
}

// completer takes the text's value and falls back to the dump's, counting contradictions.
type completer struct{ h *judgment.Header }

func (c *completer) take(fromText, fromDump string, same func(a, b string) bool) string {
	if fromText == "" {
		return fromDump
	}
	if fromDump != "" && !same(fromText, fromDump) {
		c.h.Contradictions++
	}
	return fromText
}

// number takes the dump's case number where the text masks its own.
func (c *completer) number(fromText, fromDump string) string {
	if fromDump != "" && strings.ContainsAny(fromText, "*×＊\uFFFD") && !strings.ContainsAny(fromDump, "*×＊\uFFFD") {
		return fromDump
	}
	return c.take(fromText, fromDump, sameNumber)
}

// date completes a judgment date. Where the text gives year and month but masks the day, the dump's date is taken
// only if it lies in that month.
func (c *completer) date(d date, dump string) string {
	other := parseDate(text.FoldString(dump))
	switch {
	case d.day > 0:
		if other.day > 0 && other != d {
			c.h.Contradictions++
		}
		return d.String()
	case d.month > 0 && (other.year != d.year || other.month != d.month):
		return ""
	}
	return other.String()
}

// Key is the case key: court, case number and document type, in one form whatever brackets and digits a download
// uses; it stays when the text is downloaded again. It is empty where the case number is unknown.
func Key(h judgment.Header) string {
	number := normalNumber(h.CaseNumber)
	if number == "" {
		return ""
	}
	return normalCourt(h.Court) + "|" + number + "|" + h.DocType
}

var kindNames = map[string]string{"judgment": "判决书", "order": "裁定书", "mediation": "调解书", "decision": "决定书", "notice": "通知书"}
var categoryNames = map[string]string{"civil": "民事", "criminal": "刑事", "administrative": "行政", "enforcement": "执行"}

// Citation is the line by which lawyers cite the document: 法院, 案号, 文书.
func Citation(h judgment.Header) string {
	return h.Court + h.CaseNumber + categoryNames[h.Category] + kindNames[h.DocType]
}
