package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCanonical(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text stays", "原告：甲公司。\n被告：乙", "原告：甲公司。\n被告：乙"},
		{"line breaks", "甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"},
		{"entity", "辩护人陈&times;&times;。", "辩护人陈××。"},
		{"escaped twice", "&amp;ldquo;某某&amp;rdquo;", "“某某”"},
		{"entity without semicolon", "陈&times某", "陈×某"},
		{"ampersand in a name", "R&D图、DOLCE&GABBANA、A&lt公司、a?x=1&id=2", "R&D图、DOLCE&GABBANA、A&lt公司、a?x=1&id=2"},
		{"break from an entity", "甲&#13;&#10;乙", "甲\n乙"},
		{"byte order mark and zero width", "\uFEFF民事\u200B判决书", "民事判决书"},
		{"full width stays", "（２０１９）　某", "（２０１９）　某"},
		{"bad bytes", "甲\xff乙", "甲\uFFFD乙"},
		{"empty", "", ""},
	} {
		if got := Canonical(c.in); got != c.want {
			t.Errorf("%s: Canonical(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"（２０１９）京0491民初1号", "(2019)京0491民初1号"},
		{"〔2019〕甲“乙”——丙·丁•戊", "(2019)甲\"乙\"--丙·丁·戊"},
		{"原告：甲，乙；丙　丁。《法》、", "原告:甲,乙;丙 丁。《法》、"},
		{"纯汉字。\n第二行", "纯汉字。\n第二行"},
	} {
		if got := FoldString(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldSharesTheTextWhenNothingFolds(t *testing.T) {
	s := strings.Repeat("本院认为。\n", 50)
	v := Fold(s)
	if v.Text != s || v.folds != nil || v.Orig(7) != 7 || v.Folded(9) != 9 {
		t.Error("an unfolded view is not the identity")
	}
}

// alphabet holds what the folds and the entity reader must tell apart.
var alphabet = rapid.StringOfN(rapid.SampledFrom([]rune("甲乙（）(),，：:“\"‘—-　 \n\r&;#amp0159ltimesnbq0０９Ａｚ〔〕·•。、《》\uFEFF\u200B×\u2028")), 0, 80, -1)

func TestPropertyOffsetsAreConsistent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Canonical(alphabet.Draw(t, "s"))
		checkView(t.Fatalf, s)
	})
}

func checkView(fail func(string, ...any), s string) {
	v := Fold(s)
	if v.Orig(0) != 0 || v.Orig(len(v.Text)) != len(s) || v.Folded(len(s)) != len(v.Text) {
		fail("ends do not map: %q", s)
	}
	if FoldString(v.Text) != v.Text {
		fail("folding twice changes %q", v.Text)
	}
	last := -1
	for i := 0; i <= len(v.Text); i++ {
		if i < len(v.Text) && !utf8.RuneStart(v.Text[i]) {
			continue
		}
		o := v.Orig(i)
		if o <= last {
			fail("offsets do not grow at %d of %q", i, v.Text)
		}
		last = o
		if v.Folded(o) != i {
			fail("Folded(Orig(%d)) = %d in %q", i, v.Folded(o), s)
		}
		if o < len(s) && !utf8.RuneStart(s[o]) {
			fail("Orig(%d) = %d is inside a character of %q", i, o, s)
		}
		if i < len(v.Text) {
			_, n := utf8.DecodeRuneInString(v.Text[i:])
			if FoldString(s[o:v.Orig(i+n)]) != v.Text[i:i+n] {
				fail("the quote at %d does not map back in %q", i, s)
			}
		}
	}
}

func TestPropertyCanonicalIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := alphabet.Draw(t, "s")
		once := Canonical(s)
		if twice := Canonical(once); twice != once {
			t.Fatalf("%q -> %q -> %q", s, once, twice)
		}
	})
}

func TestPropertyChars(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(alphabet.Draw(t, "s"), 9)
		c := Chars(s)
		at := rapid.IntRange(0, len(s)).Draw(t, "at")
		for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
			at--
		}
		if got, want := c.Char(at), utf8.RuneCountInString(s[:at]); got != want {
			t.Fatalf("Char(%d) = %d, want %d", at, got, want)
		}
	})
}

func FuzzView(f *testing.F) {
	f.Add("（2019）京0491民初1853号 “甲”——乙")
	f.Add("&amp;times;\r\n\uFEFF")
	f.Fuzz(func(t *testing.T, raw string) {
		s := Canonical(raw)
		if !utf8.ValidString(s) || Canonical(s) != s {
			t.Fatalf("not canonical: %q", s)
		}
		checkView(t.Fatalf, s)
		if end := SiteTail(s); end < 0 || end > len(s) || SiteHead(s) > end {
			t.Fatalf("site words outside the text: %q", s)
		}
	})
}

// The byte scan sees exactly the characters that plainBreaks changes, and no neighbour of theirs.
func TestHasOddBreaks(t *testing.T) {
	for r := rune(1); r < 0x11000; r++ {
		if r >= 0xD800 && r <= 0xDFFF {
			continue
		}
		want := r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029 || invisible(r)
		if got := hasOddBreaks("甲" + string(r) + "b“乙”"); got != want {
			t.Errorf("%U: %v, want %v", r, got, want)
		}
	}
}

// The short cut of the identity form relies on folding leaving these characters alone.
func TestFoldingLeavesIdeographsAlone(t *testing.T) {
	for r := rune(0x4000); r <= 0x9FFF; r++ {
		if FoldRune(r) != r {
			t.Errorf("%U folds to %U", r, FoldRune(r))
		}
	}
}
