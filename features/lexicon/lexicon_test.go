package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"

	"caipan/model/text"
)

func TestShippedTablesAreSound(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Lint(l, nil) {
		t.Error(p)
	}
	if len(l.Cues) < 20 {
		t.Errorf("only %d cues loaded", len(l.Cues))
	}
}

func overlay(name, body string) fstest.MapFS { return fstest.MapFS{name: {Data: []byte(body)}} }

func TestOverlayAddsAndReplacesTables(t *testing.T) {
	l, err := Load(overlay("mine.yaml", `cues:
  - {id: my.cue, category: helper, pattern: ["好|坏 ~2 果子"], example: ["好甜果子"], counter: ["好的大大果子"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	if c := l.Cue("my.cue"); c == nil || !l.Fires(c, "坏果子") || l.Fires(c, "坏,果子") {
		t.Errorf("the added cue does not match as written: %+v", c)
	}
	l, err = Load(overlay("actors.yaml", `cues:
  - {id: only.one, category: helper, pattern: ["某某"], example: ["某某"], counter: ["某"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	if l.Cue("actor.third") != nil || l.Cue("only.one") == nil {
		t.Error("an overlay of the same name does not replace the table")
	}
}

func TestBrokenTablesAreRefusedWithPlaceAndRemedy(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"unknown key", "cues:\n  - {id: a, category: helper, pattern: [x], example: [x], counter: [y], colour: red}\n", "colour"},
		{"unknown category", "cues:\n  - {id: a, category: guess, pattern: [x], example: [x], counter: [y]}\n", "mine.yaml:2"},
		{"no example", "cues:\n  - {id: a, category: helper, pattern: [x], counter: [y]}\n", "lacks an example"},
		{"no pattern", "cues:\n  - {id: a, category: helper, example: [x], counter: [y]}\n", "has no pattern"},
		{"variable", "cues:\n  - {id: a, category: finding, about: platform, says: [platform_stat=knew], pattern: [x], example: [x], counter: [y]}\n", "platform_state"},
		{"value", "cues:\n  - {id: a, category: finding, about: platform, says: [platform_state=clever], pattern: [x], example: [x], counter: [y]}\n", "no value of"},
		{"class", "cues:\n  - {id: a, category: helper, pattern: ['{nowhere}'], example: [x], counter: [y]}\n", "not defined"},
		{"gap", "cues:\n  - {id: a, category: helper, pattern: ['x ~900 y'], example: [x], counter: [y]}\n", "0 to 120"},
		{"twice", "cues:\n  - {id: q.whether, category: helper, pattern: [x], example: [x], counter: [y]}\n", "stands already in"},
		{"levels", "cues:\n  - {id: a, category: finding, about: case, says: [timely=yes], from_level: 3, to_level: 1, pattern: [x], example: [x], counter: [y]}\n", "counts from level 3"},
		{"sections", "cues:\n  - {id: a, category: finding, about: case, says: [timely=yes], not_in: [fact], pattern: [x], example: [x], counter: [y]}\n", "no kind of section"},
		{"open gap", "cues:\n  - {id: a, category: helper, pattern: ['x ~9'], example: [x], counter: [y]}\n", "ends without words"},
	}
	for _, c := range cases {
		_, err := Load(overlay("mine.yaml", c.body))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "mine.yaml") {
			t.Errorf("%s: error %v, want one that names mine.yaml and says %q", c.name, err, c.want)
		}
	}
}

func TestPatternLanguage(t *testing.T) {
	cases := []struct {
		pattern, text string
		fires         bool
	}{
		{"未 ~8 义务", "未尽到审核义务", true},
		{"未 ~3 义务", "未尽到审核义务", false},
		{"未 ~8 义务", "未尽到,审核义务", false},
		{"未 ~~8 义务", "未尽到,审核义务", true},
		{"未 ~~8 义务", "未尽到。审核义务", false},
		{"未 ~8!已 义务", "未说已尽义务", false},
		{"未|没有 尽到", "没有尽到", true},
		{"未 尽到", "未能尽到", false},
		{"甲 ~4 乙 ~4 丙", "甲一乙二丙", true},
		{"甲 ~4 乙 ~4 丙", "甲一丙二乙", false},
		{"甲 ~4 乙 ~1 丙", "甲乙一一乙丙", true},
		{"甲 ~8!未 提示", "甲对未成年人提示", true}, // 未成年 is a word of the class whole
		{"甲 ~8!未 提示", "甲对人未提示", false},
		{"未 ~8 提示", "未成年人的提示", false},
		{"未成年 ~8 提示", "未成年人的提示", true},
	}
	for _, c := range cases {
		l, err := Load(overlay("mine.yaml", "cues:\n  - {id: it, category: helper, pattern: ['"+c.pattern+"'], example: [x], counter: [y]}\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Fires(l.Cue("it"), c.text); got != c.fires {
			t.Errorf("%q on %q: %v, want %v", c.pattern, c.text, got, c.fires)
		}
	}
}

func TestLintNamesEveryKindOfProblem(t *testing.T) {
	l, err := Load(overlay("mine.yaml", `cues:
  - {id: a, category: helper, pattern: ["审核，"], example: ["无关"], counter: ["审核，"]}
  - {id: b, category: helper, pattern: ["京东"], example: ["北京东方公司"], counter: ["无"]}
  - {id: c, category: helper, pattern: ["京东"], example: ["京东"], counter: ["无"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range Lint(l, func(s string) []string {
		if s == "北京东方公司" {
			return []string{"北", "京东方公司"}
		}
		return []string{s}
	}) {
		if p.File == "mine.yaml" {
			seen[p.Kind] = true
			if p.Line == 0 {
				t.Errorf("no line: %v", p)
			}
		}
	}
	for _, k := range []string{"silent", "fires", "folded", "duplicate", "cut"} {
		if !seen[k] {
			t.Errorf("lint does not report %q", k)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	l, err := Shipped()
	if err != nil {
		b.Fatal(err)
	}
	s := text.FoldString(strings.Repeat("原告主张甲公司明知商品侵权而未采取必要措施,本院不予采信。甲公司已对卖家的资质进行审核,", 20))
	m := l.Matcher()
	b.SetBytes(int64(len(s)))
	for range b.N {
		m.Match(s)
	}
}
