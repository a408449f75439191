package text

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// View is a folded copy of a canonical text for matching (折叠视图). Text holds the folded characters;
// Orig and Folded translate byte offsets between the two.
type View struct {
	Text  string
	folds []fold // the folded characters in order; none: the view is the text itself
	size  int    // length of the canonical text
}

// fold is one folded character: where it begins in both texts and how long it is in each.
type fold struct {
	folded, orig   int32
	foldedN, origN uint8
}

// Fold makes the view: full-width ASCII becomes half-width, every kind of space a space, and variant quotation
// marks, dashes, brackets and dots one form. Newlines and Chinese full stops (。、《》) stay. If nothing folds
// the view shares the text and costs nothing.
func Fold(canonical string) *View {
	v := &View{Text: canonical, size: len(canonical)}
	at, r, n := nextFold(canonical, 0)
	if n == 0 {
		return v
	}
	var out strings.Builder
	out.Grow(len(canonical))
	v.folds = make([]fold, 0, len(canonical)/30+4)
	done := 0
	for n > 0 {
		out.WriteString(canonical[done:at])
		was := out.Len()
		writeFolded(&out, r)
		v.folds = append(v.folds, fold{int32(was), int32(at), uint8(out.Len() - was), uint8(n)})
		done = at + n
		at, r, n = nextFold(canonical, done)
	}
	out.WriteString(canonical[done:])
	v.Text = out.String()
	return v
}

// FoldString returns only the folded characters: the form in which a cue must stand to match a View.
func FoldString(s string) string {
	at, r, n := nextFold(s, 0)
	if n == 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	done := 0
	for n > 0 {
		out.WriteString(s[done:at])
		writeFolded(&out, r)
		done = at + n
		at, r, n = nextFold(s, done)
	}
	out.WriteString(s[done:])
	return out.String()
}

func writeFolded(out *strings.Builder, r rune) {
	if r < utf8.RuneSelf {
		out.WriteByte(byte(r))
		return
	}
	out.WriteRune(r)
}

// Orig maps a byte offset of the folded text to the canonical text. Offsets out of range are clamped; an offset
// inside a folded character gives that character's start.
func (v *View) Orig(folded int) int {
	x := max(0, min(folded, len(v.Text)))
	k := sort.Search(len(v.folds), func(i int) bool { return int(v.folds[i].folded) > x }) - 1
	if k < 0 {
		return x
	}
	f := v.folds[k]
	if x < int(f.folded)+int(f.foldedN) {
		return int(f.orig)
	}
	return int(f.orig) + int(f.origN) + x - int(f.folded) - int(f.foldedN)
}

// Folded maps a byte offset of the canonical text to the folded text. Offsets out of range are clamped; an offset
// inside a character that was folded gives that character's start.
func (v *View) Folded(orig int) int {
	y := max(0, min(orig, v.size))
	k := sort.Search(len(v.folds), func(i int) bool { return int(v.folds[i].orig) > y }) - 1
	if k < 0 {
		return y
	}
	f := v.folds[k]
	if y < int(f.orig)+int(f.origN) {
		return int(f.folded)
	}
	return int(f.folded) + int(f.foldedN) + y - int(f.orig) - int(f.origN)
}

// nextFold finds the next character that folds: its offset, its folded form and its length; length 0 if none.
func nextFold(s string, i int) (at int, r rune, n int) {
	for i < len(s) {
		if c := s[i]; c-firstIdeograph <= lastIdeograph-firstIdeograph {
			i += 3
			continue
		} else if !mayFold[c] {
			i++
			continue
		}
		r, n, folds := foldAt(s, i)
		if folds {
			return i, r, n
		}
		i += n
	}
	return len(s), 0, 0
}

// FoldRune gives the folded form of one character. No folded form is longer than the character,
// and every folded form folds to itself.
func FoldRune(r rune) rune {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF || r < 0x80:
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
	at, n := nextSpace(s, 0)
	if n == 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	done := 0
	for n > 0 {
		out.WriteString(s[done:at])
		done = at + n
		at, n = nextSpace(s, done)
	}
	out.WriteString(s[done:])
	return out.String()
}

// nextSpace finds the next white space: its offset and length; length 0 if there is none.
func nextSpace(s string, i int) (at, n int) {
	for i < len(s) {
		switch c := s[i]; {
		case c == ' ' || c >= '\t' && c <= '\r':
			return i, 1
		case !mayFold[c]:
			i++
		default:
			r, n, _ := foldAt(s, i)
			if r == ' ' {
				return i, n
			}
			i += n
		}
	}
	return len(s), 0
}

func isSpace(r rune) bool {
	return r == ' ' || (r >= '\t' && r <= '\r') || FoldRune(r) == ' '
}
