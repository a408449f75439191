package site

import (
	"slices"
	"unicode/utf8"

	"caipan/model/judgment"
)

// offsets turns byte offsets into a text into offsets in UTF-16 units, which is how JavaScript counts.
type offsets map[int]int

// offsetsOf computes the offsets that the case's spans need. An offset outside the text or inside a character is
// left out: the span is then shown without place.
func offsetsOf(c *judgment.Case) offsets {
	var at []int
	add := func(s judgment.Span) {
		if !s.IsZero() && s.Start >= 0 && s.End <= len(c.Text) {
			at = append(at, s.Start, s.End)
		}
	}
	for _, x := range c.Sections {
		add(x.Span)
	}
	for _, x := range c.Findings {
		add(x.Span)
	}
	for _, x := range c.Rulings {
		add(x.Span)
	}
	for _, x := range c.Citations {
		add(x.Span)
	}
	for _, x := range c.Corrections {
		add(x.Span)
	}
	slices.Sort(at)
	out := offsets{}
	pos, units := 0, 0
	for _, want := range at {
		for pos < want {
			r, n := utf8.DecodeRuneInString(c.Text[pos:])
			pos += n
			units++
			if r > 0xFFFF {
				units++
			}
		}
		if pos == want {
			out[want] = units
		}
	}
	return out
}

// place gives the span in UTF-16 units; nil if it has none.
func (o offsets) place(s judgment.Span) []int {
	a, ok1 := o[s.Start]
	b, ok2 := o[s.End]
	if s.IsZero() || !ok1 || !ok2 {
		return nil
	}
	return []int{a, b}
}
