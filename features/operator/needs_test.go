package operator

import (
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"caipan/model/text"
)

func TestNeedsOfAPattern(t *testing.T) {
	macro := macros(words{PlatformNouns: []string{"平台", "网站", "交易平台"}, OperatorNouns: []string{"经营者"}})
	for pattern, want := range map[string]string{
		`{P}(?:系|是)`:             "\x00是|\x00系",
		`{P}(?:系|是)?经营`:          "\x00是经营|\x00系经营|\x00经营",
		`{P}{g}{N}[^，]{0,4}?{A}`: "\x00 平台|网站 经营者",
		`{P}?经营`:                 "经营",
		`(?:经营|[^，]*运营者)的`:       "经营|运营者 的",
		`(?:经营|[^，]*)`:           "",
		`(?:经营)+`:                "经营",
		`[^，]平台[^，]`:             "平台",
		`在[^，]?的`:                "在 的",
		`(?i)app`:                "",
		`店铺$`:                    "店铺",
	} {
		re, err := syntax.Parse(macro.Replace(pattern), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, list := range needsOf(re) {
			slices.Sort(list)
			got = append(got, strings.Join(list, "|"))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s needs %q, want %q", pattern, s, want)
		}
	}
}

// A raw text is possible exactly where it or its canonical text holds a platform word.
func TestPossibleTextSeesThroughEscapes(t *testing.T) {
	tables, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	pieces := []string{"平", "台", "平台", "网", "站", "&", "amp;", "#24179;", "&#x53F0;", "\u200b", "\ufeff", "\u00ad", "\r\n", " ", "\xe5", "&rdquo;", "”", "A", "PP"}
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "pieces"), "")
		want := false
		for _, w := range tables.words.PlatformPlaces {
			want = want || strings.Contains(raw, w) || strings.Contains(text.Canonical(raw), w)
		}
		if got := tables.PossibleText(raw); got != want {
			t.Fatalf("%q: %v, want %v", raw, got, want)
		}
	})
}
