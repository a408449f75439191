package party

import (
	"strings"
	"unicode/utf8"

	"caipan/model/text"
)

// fromProcess reads parties whose lines the heading lost out of 原告X与被告Y、Z某某纠纷一案; until bounds the search.
func (r *reader) fromProcess(until int, cause string) {
	if until <= r.base {
		return
	}
	known := r.parties
	*r = reader{t: r.t, v: text.Fold(r.canonical[r.base:until]), base: r.base, canonical: r.canonical, seen: r.seen, parties: known}
	s := r.v.Text
	end := strings.Index(s, "一案")
	if end < 0 {
		return
	}
	from := max(strings.LastIndex(s[:end], "\n"), strings.LastIndex(s[:end], "。"))
	sentence := s[from+1 : end]
	cause = text.FoldString(cause)
	for _, w := range []struct{ word, side string }{{"原告", Plaintiff}, {"被告", Defendant}, {"第三人", ThirdParty}} {
		at := strings.Index(sentence, w.word)
		if at < 0 || r.has(w.side) && w.side != ThirdParty {
			continue
		}
		r.listed(from+1+at+len(w.word), end, w.side, w.word, cause)
	}
}

// listed reads names divided by 、 up to the next role or the cause of action.
func (r *reader) listed(at, end int, side, role, cause string) {
	s := r.v.Text
	for at < end {
		stop := min(nameEnd(r.t, s, at), end)
		piece := s[at:stop]
		for _, w := range []string{"诉被告", "与被告", "与", "诉", "及第三人"} {
			if k := strings.Index(piece, w); k > 0 {
				piece, end = piece[:k], at
			}
		}
		if cause != "" {
			if k := strings.Index(piece, cause); k > 0 {
				piece = piece[:k]
			}
		}
		if stop == end {
			piece = withoutCause(r.t, piece)
		}
		if r.isName(piece, true) {
			r.add(at, at+len(piece), side, role, role)
		}
		at = stop
		for _, open := bracketAt(s, at); open > 0; _, open = bracketAt(s, at) {
			at = open
		}
		if !strings.HasPrefix(s[at:], "、") {
			return
		}
		at += len("、")
		if w := r.t.roles.prefix(s[at:]); w != nil {
			at += len(w.text)
		}
	}
}

// withoutCause cuts the cause of action off the last name: at the end of an organization's name, else behind three characters.
func withoutCause(t *table, piece string) string {
	if k := strings.LastIndex(piece, "公司"); k >= 0 {
		piece = piece[:k+len("公司")]
		return piece
	}
	if utf8.RuneCountInString(piece) <= 4 {
		return piece
	}
	for _, w := range t.orgs.words {
		if k := strings.Index(piece, w.text); k > 6 && utf8.RuneCountInString(w.text) > 1 {
			return piece[:k+len(w.text)]
		}
	}
	return piece[:firstRunes(piece, 3)]
}
