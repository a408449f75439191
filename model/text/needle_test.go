package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPropertyNeedleFindsWhatStringsFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, w := alphabet.Draw(t, "s"), rapid.StringOfN(rapid.SampledFrom([]rune("甲乙（(，a")), 0, 3, -1).Draw(t, "w")
		n := NewNeedle(w)
		if got, want := n.Index(s), strings.Index(s, w); got != want {
			t.Fatalf("Index(%q, %q) = %d, want %d", s, w, got, want)
		}
		if w == "" {
			return
		}
		if got, want := n.LastIndex(s), strings.LastIndex(s, w); got != want {
			t.Fatalf("LastIndex(%q, %q) = %d, want %d", s, w, got, want)
		}
		if got, want := n.Count(s), strings.Count(s, w); got != want {
			t.Fatalf("Count(%q, %q) = %d, want %d", s, w, got, want)
		}
		if got, want := AnyIn(Needles("第", w), s), strings.Contains(s, "第") || strings.Contains(s, w); got != want {
			t.Fatalf("AnyIn(%q, %q) = %v", s, w, got)
		}
	})
}

// The tables of the byte scans agree with FoldRune for every character.
func TestFoldTables(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		f := FoldRune(r)
		if f != r && !mayFold[s[0]] {
			t.Errorf("%U folds and its first byte is not marked", r)
		}
		if got := FoldString(s); got != string(f) {
			t.Errorf("FoldString(%U) = %q, want %q", r, got, string(f))
		}
		if got, n, folds := foldAt(s, 0); got != f || n != len(s) || folds != (f != r) {
			t.Errorf("foldAt(%U) = %U, %d, %v", r, got, n, folds)
		}
		want := string(f)
		if isSpace(r) {
			want = ""
		}
		if got := string(identityForm(nil, s)); got != want {
			t.Errorf("identityForm(%U) = %q, want %q", r, got, want)
		}
		if got := TrimSpaces(s); (got == "") != isSpace(r) {
			t.Errorf("TrimSpaces(%U) = %q", r, got)
		}
	}
}
