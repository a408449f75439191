package header

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"caipan/model/text"
)

//go:embed words.yaml
var wordsYAML []byte

//go:embed courts.yaml
var courtsYAML []byte

// row maps a word to a value, with a text that has it and one that has it not.
type row struct {
	Word    string `yaml:"word"`
	Value   string `yaml:"value"`
	Level   string `yaml:"level"`
	Example string `yaml:"example"`
	Counter string `yaml:"counter"`

	needle text.Needle
}

type words struct {
	DocTypes         []row    `yaml:"doc_types"`
	Categories       []row    `yaml:"categories"`
	NumberCategories []row    `yaml:"number_categories"`
	NumberInstances  []row    `yaml:"number_instances"`
	Procedures       []row    `yaml:"procedures"`
	Defaults         []row    `yaml:"defaults"`
	Organisations    []string `yaml:"organisations"`
	Masks            []string `yaml:"masks"`
}

type provinceRow struct {
	Name   string   `yaml:"name"`
	Short  string   `yaml:"short"`
	Begins []string `yaml:"begins"`
}

type courts struct {
	Provinces []provinceRow `yaml:"provinces"`
	Levels    []row         `yaml:"levels"`
}

type tables struct {
	words
	courts
	causes map[string]bool

	begins        *text.Words       // how the courts of a province begin
	provinceOf    map[string]string // by those words
	defaults      *text.Words
	organisations *text.Words
	masks         *text.Words
}

// index prepares the search for the tables' words.
func (t *tables) index() {
	for _, rows := range [][]row{t.DocTypes, t.Categories, t.NumberCategories, t.NumberInstances, t.Procedures, t.Levels} {
		for i := range rows {
			rows[i].needle = text.NewNeedle(rows[i].Word)
		}
	}
	t.provinceOf = map[string]string{}
	var begins, defaults []string
	for _, p := range t.Provinces {
		for _, b := range p.Begins {
			if _, known := t.provinceOf[b]; !known {
				t.provinceOf[b] = p.Name
				begins = append(begins, b)
			}
		}
	}
	for _, d := range t.Defaults {
		defaults = append(defaults, d.Word)
	}
	t.begins, t.defaults = text.NewWords(begins...), text.NewWords(defaults...)
	t.organisations, t.masks = text.NewWords(t.Organisations...), text.NewWords(t.Masks...)
}

var loaded = sync.OnceValues(func() (*tables, error) {
	t := &tables{causes: readCauses(causesList)}
	if err := yaml.UnmarshalWithOptions(wordsYAML, &t.words, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("header: words.yaml: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(courtsYAML, &t.courts, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("header: courts.yaml: %w", err)
	}
	t.index()
	return t, nil
})

// Check loads the embedded tables and reports their faults; Read relies on it.
func Check() error { _, err := loaded(); return err }

func data() *tables {
	t, err := loaded()
	if err != nil {
		t = &tables{}
		t.index()
	}
	return t
}

// match returns the value of the first row whose word stands in s.
func match(rows []row, s string) string {
	for i := range rows {
		if r := &rows[i]; r.needle.In(s) {
			if r.Level != "" {
				return r.Level
			}
			return r.Value
		}
	}
	return ""
}

// title is the document's title: the dump's, else a line of the head that is one, else 民事判决书 and the like.
func title(h headPart, m Meta) string {
	if t := strings.TrimSpace(m.Title); t != "" {
		return t
	}
	best := ""
	for _, l := range h.lines {
		if match(data().DocTypes, l) == "" || len(l) > 400 {
			continue
		}
		if k := strings.LastIndex(l, "法院"); k >= 0 && k < len(l)-len("法院") {
			l = l[k+len("法院"):]
		}
		if len(l) > len(best) {
			best = l
		}
	}
	if best == "" {
		best = strings.TrimSuffix(strings.TrimSpace(m.FileName), fileExt(m.FileName))
	}
	return best
}

func fileExt(name string) string {
	if k := strings.LastIndexByte(name, '.'); k >= 0 && len(name)-k <= 6 {
		return name[k:]
	}
	return ""
}

// openers open the operative part of a judgment, an order and a mediation.
var openers = text.Needles("判决如下", "裁定如下", "自愿达成如下协议")

func docType(h headPart, m Meta, canonical string) string {
	t := data()
	for _, s := range []string{h.solid, m.Title, m.DocType, m.FileName} {
		if v := match(t.DocTypes, s); v != "" {
			return v
		}
	}
	for i, value := range []string{"judgment", "order", "mediation"} {
		if openers[i].In(canonical) {
			return value
		}
	}
	return "other"
}

// category reads the kind of procedure: the words right before 判决书 in the head, then the case number's letters, then
// the dump's title.
func category(h headPart, m Meta, number string) string {
	t := data()
	if v := titleCategory(h.solid); v != "" {
		return v
	}
	if v := match(t.NumberCategories, numberLetters(number)); v != "" {
		return v
	}
	if v := titleCategory(squeeze(m.Title)); v != "" {
		return v
	}
	return "other"
}

// titleCategory reads the category from the letters before the last document type: 刑事附带民事判决书 is criminal.
func titleCategory(s string) string {
	t := data()
	for len(s) > 0 {
		at := -1
		for _, d := range t.DocTypes {
			at = max(at, strings.LastIndex(s, d.Word))
		}
		if at < 0 {
			return ""
		}
		if v := match(t.Categories, s[startAt(s, at-24):at]); v != "" {
			return v
		}
		s = s[:at]
	}
	return ""
}

// numberLetters are the letters of a case number behind the year: 京0491民初.
func numberLetters(n string) string {
	n = normalNumber(n)
	if k := strings.IndexByte(n, ')'); k >= 0 {
		return n[k+1:]
	}
	return strings.TrimLeft(n, "0123456789年(")
}

// instance reads the instance from the roles of the parties and the letters of the case number. An ordinary
// appeal under a retrial number (民再) is second instance.
func instance(h headPart, m Meta, number string) string {
	roles := h.parties[:cutAt(h.parties, 900)]
	byNumber := match(data().NumberInstances, numberLetters(number))
	if byNumber != "" && byNumber != "retrial" {
		return byNumber
	}
	byRole := roleInstance(roles)
	switch {
	case byNumber == "retrial" && byRole == "second":
		return "second"
	case byNumber != "":
		return byNumber
	case byRole != "":
		return byRole
	}
	if p := procedureInstance(m.Procedure + m.Title); p != "" {
		return p
	}
	return "other"
}

// roleInstance reads the instance from the first role words of the heading.
func roleInstance(parties string) string {
	s := text.FoldString(parties)
	first := s[:min(len(s), 60)]
	switch {
	case strings.HasPrefix(first, "再审申请") || strings.HasPrefix(first, "申请再审") || strings.HasPrefix(first, "申诉") || strings.HasPrefix(first, "抗诉"):
		return "retrial"
	case strings.HasPrefix(first, "上诉人") || strings.HasPrefix(first, "上诉单位") || strings.Contains(s, "\n上诉人"):
		return "second"
	case strings.HasPrefix(first, "原审"):
		return ""
	case strings.HasPrefix(first, "原告") || strings.HasPrefix(first, "公诉机关") || strings.HasPrefix(first, "自诉人"):
		return "first"
	}
	return ""
}

func procedureInstance(s string) string {
	switch {
	case strings.Contains(s, "再审"):
		return "retrial"
	case strings.Contains(s, "二审"):
		return "second"
	case strings.Contains(s, "一审"):
		return "first"
	}
	return ""
}

// heardEnds end the part that tells how a case was heard.
var heardEnds = text.Needles("审理终结", "诉称", "诉讼请求", "辩称", "上诉请求")

// trialProcedure reads simple, small_claim or ordinary from the part that tells how the case was heard. Appeals are
// heard in the ordinary way. of is the offset of 一案.
func trialProcedure(canonical string, of int) string {
	if of < 0 {
		return ""
	}
	part := canonical[of:cutAt(canonical, of+1500)]
	for i := range heardEnds {
		if k := heardEnds[i].Index(part); k > 0 {
			part = part[:k]
		}
	}
	return match(data().Procedures, part)
}

// defaulted reports whether a party stayed away and judgment went by default: the part that tells how the case
// was heard says so, or the end of the reasoning. The statute's own words (可以缺席判决) do not count.
func defaulted(canonical string, of int) bool {
	at := max(0, of)
	if staysAway(canonical[at:cutAt(canonical, at+3000)]) {
		return true
	}
	k := openers[0].LastIndex(canonical)
	return k > at+3000 && staysAway(canonical[cutAt(canonical, max(at, k-2500)):k])
}

func staysAway(part string) bool {
	for i := range stayAnchors {
		for at := 0; ; {
			k := stayAnchors[i].Index(part[at:])
			if k < 0 {
				break
			}
			at += k + len(stayAnchors[i].Word())
			if staysAt(part[:at]) {
				return true
			}
		}
	}
	return false
}

// stayAnchors end the words of a default.
var stayAnchors = text.Needles("庭", "缺席")

// staysAt reports whether the words end in those of a default.
func staysAt(s string) bool {
	t := data()
	if !t.defaults.Ends(s) {
		return false
	}
	for _, w := range t.Defaults {
		before, ok := strings.CutSuffix(s, w.Word)
		if ok && !strings.HasSuffix(before, "可以") && !quotesNorm(before) {
			return true
		}
	}
	return false
}

// quotesNorm reports whether the words before stand in a quotation of a norm (“被告经传票传唤，…”).
func quotesNorm(before string) bool {
	before = before[max(0, len(before)-150):]
	return strings.LastIndex(before, "“") > strings.LastIndex(before, "”")
}

// masked reports whether an organisation among the parties has its name crossed out (某公司, ××公司).
func masked(parties string) bool {
	t := data()
	for n := 0; parties != ""; {
		line, size := firstLine(parties)
		parties = parties[size:]
		if line == "" {
			continue
		}
		if n++; n > 30 || oneCase.In(line) {
			return false
		}
		if !startsWithRole(line) {
			continue
		}
		name := line
		if k := strings.IndexByte(name, ','); k >= 0 {
			name = name[:k]
		}
		name, _, _ = strings.Cut(name, "，")
		if startsWithRole(name) && t.organisations.In(name) && t.masks.In(name) {
			return true
		}
	}
	return false
}

// firstLine is the text up to a line break, a full stop or a semicolon, and its length with that.
func firstLine(s string) (line string, size int) {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n':
			return s[:i], i + 1
		case c == 0xE3 && strings.HasPrefix(s[i:], "。") || c == 0xEF && strings.HasPrefix(s[i:], "；"):
			return s[:i], i + len("。")
		}
	}
	return s, len(s)
}

func startsWithRole(s string) bool {
	return partyWords.Begins(s) || strings.HasPrefix(s, "被上诉人")
}
