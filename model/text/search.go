package text

import (
	"strings"
	"unicode/utf8"
)

// Quotes finds quoted words in a text however their white space, width and punctuation marks were changed since.
type Quotes struct {
	text, form string
	at         []int32 // byte offset in the text for each byte of form
}

// QuotesOf prepares a text for searching; it holds 5 bytes for each byte of the text.
func QuotesOf(canonical string) *Quotes {
	q := &Quotes{text: canonical, at: make([]int32, 0, len(canonical))}
	form := make([]byte, 0, len(canonical))
	for i, r := range canonical {
		if isSpace(r) {
			continue
		}
		was := len(form)
		form = utf8.AppendRune(form, FoldRune(r))
		for range len(form) - was {
			q.at = append(q.at, int32(i))
		}
	}
	q.form = string(form)
	return q
}

// Find gives the places of the quote as half-open byte ranges of the text, in order. An ellipsis (… or ...) in the quote
// stands for words left out, at most ellipsisBytes of them. A quote without a character that is no white space has none.
func (q *Quotes) Find(quote string) (out [][2]int) {
	parts := partsOf(quote)
	if len(parts) == 0 {
		return nil
	}
	for from := 0; ; {
		i := strings.Index(q.form[from:], parts[0])
		if i < 0 {
			return out
		}
		start := from + i
		end := q.follow(start+len(parts[0]), parts[1:])
		from = start + len(parts[0])
		if end > 0 {
			out = append(out, [2]int{int(q.at[start]), q.behind(end)})
		}
	}
}

// ellipsisBytes bounds the words that an ellipsis leaves out.
const ellipsisBytes = 3000

func (q *Quotes) follow(at int, parts []string) int {
	for _, p := range parts {
		i := strings.Index(q.form[at:min(len(q.form), at+ellipsisBytes)], p)
		if i < 0 {
			return -1
		}
		at += i + len(p)
	}
	return at
}

// behind is the offset in the text behind the character that ends before offset end of the form.
func (q *Quotes) behind(end int) int {
	last := int(q.at[end-1])
	_, n := utf8.DecodeRuneInString(q.text[last:])
	return last + n
}

func partsOf(quote string) (parts []string) {
	quote = strings.NewReplacer("…", "\x00", "...", "\x00", "⋯", "\x00").Replace(quote)
	for _, p := range strings.Split(quote, "\x00") {
		if p = QuotesOf(p).form; p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}
