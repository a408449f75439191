package text

import "unicode/utf8"

const charBlock = 128

// CharIndex translates byte offsets of a text into character offsets (R and Python count characters).
type CharIndex struct {
	text   string
	before []int32 // characters before each block of charBlock bytes; nil: ASCII only
}

// Chars builds the index in one pass over s.
func Chars(s string) *CharIndex {
	c := &CharIndex{text: s}
	c.before = make([]int32, 0, len(s)/charBlock+1)
	n := int32(0)
	for i := 0; i < len(s); i++ {
		if i%charBlock == 0 {
			c.before = append(c.before, n)
		}
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return c
}

// Char returns the number of characters that start before the byte offset. Offsets out of range are clamped.
func (c *CharIndex) Char(byteOffset int) int {
	b := max(0, min(byteOffset, len(c.text)))
	if len(c.before) == 0 {
		return 0
	}
	block := min(b/charBlock, len(c.before)-1)
	n := int(c.before[block])
	for i := block * charBlock; i < b; i++ {
		if utf8.RuneStart(c.text[i]) {
			n++
		}
	}
	return n
}

// Len is the number of characters of the whole text.
func (c *CharIndex) Len() int { return c.Char(len(c.text)) }
