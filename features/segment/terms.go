package segment

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"caipan/model/judgment"
)

// Terms counts the words of each section (numbers, punctuation and white space left out) and the tokens of the
// whole text. The result is sorted by section and term.
func (s *Segmenter) Terms(text string, sections []judgment.Section) (terms []judgment.Term, tokens int) {
	p := s.paths.Get().(*path)
	defer s.paths.Put(p)
	for _, sec := range sections {
		tokens += s.count(p, sec.Span.Of(text))
		terms = s.list(p, terms, sec.No)
	}
	return terms, tokens
}

// count counts the terms of a text in p and gives the number of its tokens.
func (s *Segmenter) count(p *path, text string) (tokens int) {
	p.walk(text)
	p.back(func(start, end, word int32) {
		tokens++
		switch {
		case word < 0:
			if w := text[start:end]; isTerm(w) {
				p.other = append(p.other, w)
			}
		case s.term[word]:
			if p.count[word] == 0 {
				p.seen = append(p.seen, word)
			}
			p.count[word]++
		}
	})
	return tokens
}

// list appends what p counted, sorted, and empties it.
func (s *Segmenter) list(p *path, terms []judgment.Term, section int) []judgment.Term {
	slices.Sort(p.seen) // a word's number is its rank
	slices.Sort(p.other)
	words, other := p.seen, p.other
	terms = slices.Grow(terms, len(words)+len(other))
	for len(words)+len(other) > 0 {
		if len(other) == 0 || len(words) > 0 && s.trie.words[words[0]] < other[0] {
			terms = append(terms, judgment.Term{SectionNo: section, Term: s.trie.words[words[0]], Count: int(p.count[words[0]])})
			p.count[words[0]] = 0
			words = words[1:]
			continue
		}
		n := 1
		for n < len(other) && other[n] == other[0] {
			n++
		}
		terms = append(terms, judgment.Term{SectionNo: section, Term: other[0], Count: n})
		other = other[n:]
	}
	clear(p.other) // they hold on to the text
	p.seen, p.other = p.seen[:0], p.other[:0]
	return terms
}

// isTerm: a word with at least one letter or Chinese character.
func isTerm(w string) bool {
	for i := 0; i < len(w); {
		r, n := utf8.DecodeRuneInString(w[i:])
		if unicode.IsLetter(r) {
			return true
		}
		i += n
	}
	return false
}
