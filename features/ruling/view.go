package ruling

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
	"caipan/model/text"
)

// view is a part of the canonical text for matching: folded as text.Fold does, but with “ and ” kept apart and all
// spaces dropped; newlines stay. Offsets lead back to the canonical text.
type view struct {
	s        string
	from, to int    // the part of the canonical text
	folds    []fold // where the two differ, in order; elsewhere they run alike
}

// fold is one character that the view changes (n bytes there) or drops (n = 0), size bytes in the canonical text.
type fold struct {
	at, orig int32
	n, size  uint8
}

// newView folds canonical[from:to].
func newView(canonical string, from, to int) view {
	v := view{from: from, to: to, folds: make([]fold, 0, (to-from)/24+4)}
	v.s = foldPart(canonical, from, to, to, &v.folds)
	return v
}

// foldPart folds canonical[from:to] as a view does; what follows up to limit decides whether a list mark there is a
// lost line break. Where it folds goes to folds if that is not nil.
func foldPart(canonical string, from, to, limit int, folds *[]fold) string {
	var b strings.Builder
	b.Grow(to - from)
	done := from
	for i := alike(canonical, from, to); i < to; i = alike(canonical, i, to) {
		r, n := utf8.DecodeRuneInString(canonical[i:to])
		f := r
		if r != '“' && r != '”' {
			f = text.FoldRune(r)
		}
		if r == '、' && !isNumeral(runeBefore(canonical[from:i])) && lostBreak(canonical[i+n:min(limit, i+n+48)]) {
			f = '\n' // a line break that the site turned into a list mark
		}
		if f == r && f != ' ' && f != '\t' && f != utf8.RuneError {
			i += n
			continue
		}
		b.WriteString(canonical[done:i])
		was := b.Len()
		if f != ' ' && f != '\t' {
			b.WriteRune(f)
		}
		if folds != nil {
			*folds = append(*folds, fold{int32(was), int32(i), uint8(b.Len() - was), uint8(n)})
		}
		i += n
		done = i
	}
	b.WriteString(canonical[done:to])
	return b.String()
}

// alike returns the first offset from i on where a character may fold; Han characters and ASCII but spaces never do.
func alike(s string, i, to int) int {
	for i < to {
		c := s[i]
		switch {
		case c < utf8.RuneSelf && c != ' ' && c != '\t':
			i++
		case c >= 0xE4 && c <= 0xE9 && i+3 <= to:
			i += 3
		case c == 0xE3 && i+3 <= to && s[i+1] == 0x80 && s[i+2] == 0x82: // 。
			i += 3
		default:
			return i
		}
	}
	return to
}

// runeBefore is the last character of s, a space if there is none.
func runeBefore(s string) rune {
	if s == "" {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// Marks to search a view for.
func endsClause(c rune) bool   { return c == ',' || c == '。' || c == ';' }
func endsPhrase(c rune) bool   { return endsClause(c) || c == ':' || c == '\n' }
func endsSentence(c rune) bool { return c == '。' || c == '\n' }
func isQuote(c rune) bool      { return c == '“' || c == '”' }

func isNumeral(r rune) bool {
	_, digit := digitOf(r)
	_, unit := unitOf(r)
	return digit || unit || r >= '0' && r <= '9' || r == '第'
}

// lostBreak reports whether the words behind 、 begin a new line: the costs, the advice, the next numbered item.
func lostBreak(next string) bool {
	if style, n := numberMark(next); style == styleChinese && n > 0 {
		rest := next[n:]
		_, again := chineseAt(rest, 0)
		return again == 0 && rest != "" && !followed(rest, "项", "款", "第")
	}
	if followed(next, "案件受理费", "本案受理费", "本案诉讼费", "诉讼费", "受理费", "本案案件", "减半收取") {
		return strings.Contains(next, "元,由") || strings.Contains(next, "元，由") || strings.Contains(next, "收取") || strings.Contains(next, "元（")
	}
	return followed(next, "如果未按", "如未按", "如被告", "上述款项", "以上款项", "如果被告", "驳回原告")
}

// orig is where the character of the view that holds the byte at x begins in the canonical text.
func (v view) orig(canonical string, x int) int {
	k, _ := slices.BinarySearchFunc(v.folds, int32(x), func(f fold, x int32) int { return cmp.Compare(f.at, x+1) })
	at := v.from + x
	if k > 0 {
		f := v.folds[k-1]
		if x < int(f.at)+int(f.n) {
			return int(f.orig)
		}
		at = int(f.orig) + int(f.size) + x - int(f.at) - int(f.n)
	}
	for at > v.from && at < v.to && !utf8.RuneStart(canonical[at]) {
		at--
	}
	return at
}

// span translates bytes of the view into a span of the canonical text that ends behind the last character.
func (v view) span(canonical string, from, to int) judgment.Span {
	if to <= from || to > len(v.s) {
		return judgment.Span{}
	}
	last := v.orig(canonical, to-1)
	_, n := utf8.DecodeRuneInString(canonical[last:])
	return judgment.Span{Start: v.orig(canonical, from), End: last + n}
}
