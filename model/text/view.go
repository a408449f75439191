package text

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// View is a folded copy of a canonical text for matching (折叠视图). Text holds the folded characters;
// Orig and Folded translate byte offsets between the two.
type View struct {
	Text string
	orig []int32 // byte of Text -> byte of the canonical text; nil: nothing folded
	size int     // length of the canonical text
}

// Fold makes the view: full-width ASCII becomes half-width, every kind of space a space, and variant quotation
// marks, dashes, brackets and dots one form. Newlines and Chinese full stops (。、《》) stay. If nothing folds
// the view shares the text and costs nothing.
func Fold(canonical string) *View {
	v := &View{Text: canonical, size: len(canonical)}
	first := firstFold(canonical)
	if first < 0 {
		return v
	}
	out := make([]byte, 0, len(canonical))
	orig := make([]int32, 0, len(canonical)+1)
	out = append(out, canonical[:first]...)
	for i := 0; i < first; i++ {
		orig = append(orig, int32(i))
	}
	for i := first; i < len(canonical); {
		c := canonical[i]
		if c < utf8.RuneSelf {
			out, orig = append(out, c), append(orig, int32(i))
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(canonical[i:])
		if f := FoldRune(r); f != r {
			was := len(out)
			out = utf8.AppendRune(out, f)
			for range len(out) - was {
				orig = append(orig, int32(i))
			}
		} else {
			out = append(out, canonical[i:i+n]...)
			for k := range n {
				orig = append(orig, int32(i+k))
			}
		}
		i += n
	}
	v.Text, v.orig = string(out), append(orig, int32(len(canonical)))
	return v
}

// FoldString returns only the folded characters: the form in which a cue must stand to match a View.
func FoldString(s string) string { return Fold(s).Text }

// Orig maps a byte offset of the folded text to the canonical text. Offsets out of range are clamped.
func (v *View) Orig(folded int) int {
	folded = max(0, min(folded, len(v.Text)))
	if v.orig == nil {
		return folded
	}
	return int(v.orig[folded])
}

// Folded maps a byte offset of the canonical text to the folded text. An offset inside a character that was
// folded gives that character's start. Offsets out of range are clamped.
func (v *View) Folded(orig int) int {
	orig = max(0, min(orig, v.size))
	if v.orig == nil {
		return orig
	}
	i := sort.Search(len(v.orig), func(i int) bool { return int(v.orig[i]) > orig }) - 1
	for i > 0 && v.orig[i-1] == v.orig[i] {
		i--
	}
	return i
}

func firstFold(s string) int {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if FoldRune(r) != r {
			return i
		}
		i += n
	}
	return -1
}

// FoldRune gives the folded form of one character. No folded form is longer than the character,
// and every folded form folds to itself.
func FoldRune(r rune) rune {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == 0x3000, r == 0xA0, r >= 0x2000 && r <= 0x200A, r == 0x202F, r == 0x205F:
		return ' '
	case r >= 0xFE50 && r <= 0xFE6B, r >= 0x2010 && r <= 0x2047, r >= 0x3001 && r <= 0x301F:
		return foldMark(r)
	}
	return foldRare(r)
}

const (
	marks = "‐‑‒–—―﹣﹘“”„‟〝〞‘’‚‛〔〕﹝﹞﹙﹚【】〖〗﹐﹑﹒﹔﹕﹖﹗﹤﹥﹪﹡•‧〜"
	plain = "--------\"\"\"\"\"\"''''()()()[][],、.;:?!<>%*··~"
)

var markFold = pairs(marks, plain)

func pairs(from, to string) map[rune]rune {
	m := map[rune]rune{}
	t := []rune(to)
	for i, r := range []rune(from) {
		if i < len(t) {
			m[r] = t[i]
		}
	}
	return m
}

func foldMark(r rune) rune {
	if f, ok := markFold[r]; ok {
		return f
	}
	return r
}

func foldRare(r rune) rune {
	switch r {
	case '−':
		return '-'
	case '・', '∙', '⋅', '･':
		return '·'
	case '｡':
		return '。'
	case '､':
		return '、'
	case '｢':
		return '「'
	case '｣':
		return '」'
	case '∼':
		return '~'
	case '︰', '∶':
		return ':'
	}
	return r
}

// TrimSpaces drops all white space, full-width included.
func TrimSpaces(s string) string {
	if strings.IndexFunc(s, isSpace) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, s)
}

func isSpace(r rune) bool {
	return r == ' ' || (r >= '\t' && r <= '\r') || FoldRune(r) == ' '
}
