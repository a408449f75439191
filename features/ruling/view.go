package ruling

import (
	"strings"
	"unicode/utf8"

	"caipan/model/judgment"
	"caipan/model/text"
)

// view is a part of the canonical text for matching: folded as text.Fold does, but with “ and ” kept apart and all
// spaces dropped; newlines stay. Offsets lead back to the canonical text.
type view struct {
	s    string
	orig []int32 // byte of s -> byte of the canonical text
}

// newView folds canonical[from:to].
func newView(canonical string, from, to int) view {
	b := make([]byte, 0, to-from)
	orig := make([]int32, 0, to-from+1)
	prev := ' '
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(canonical[i:to])
		f := r
		if r != '“' && r != '”' {
			f = text.FoldRune(r)
		}
		if r == '、' && !isNumeral(prev) && lostBreak(canonical[i+n:min(to, i+n+48)]) {
			f = '\n' // a line break that the site turned into a list mark
		}
		if f != ' ' && f != '\t' {
			was := len(b)
			b = utf8.AppendRune(b, f)
			for range len(b) - was {
				orig = append(orig, int32(i))
			}
		}
		prev = r
		i += n
	}
	return view{string(b), append(orig, int32(to))}
}

func isNumeral(r rune) bool {
	_, digit := digitOf[r]
	_, unit := unitOf[r]
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

// span translates bytes of the view into a span of the canonical text that ends behind the last character.
func (v view) span(canonical string, from, to int) judgment.Span {
	if to <= from || to > len(v.s) {
		return judgment.Span{}
	}
	last := int(v.orig[to-1])
	_, n := utf8.DecodeRuneInString(canonical[last:])
	return judgment.Span{Start: int(v.orig[from]), End: last + n}
}
