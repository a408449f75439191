package text

import "unicode/utf8"

// mayFold marks the first bytes of the characters that fold (test: no other character does).
var mayFold = [256]bool{0xC2: true, 0xE2: true, 0xE3: true, 0xEF: true}

// The characters of three bytes that begin with one of these are ideographs of U+4000 to U+9FFF, which do not fold.
const firstIdeograph, lastIdeograph = 0xE4, 0xE9

// identityStops are the bytes at which the identity form may differ from the text: white space and mayFold.
var identityStops = func() (stops [256]bool) {
	stops = mayFold
	for c := range byte(utf8.RuneSelf) {
		stops[c] = isSpace(rune(c))
	}
	return stops
}()

// foldBlocks hold the folded forms of 64 characters each; foldBlock numbers them by the first two bytes of a character of
// three, 0 for blocks in which nothing folds.
var foldBlocks, foldBlock = func() (blocks [][64]rune, number [3][64]uint8) {
	blocks = make([][64]rune, 1)
	for k, lead := range []rune{0xE2, 0xE3, 0xEF} {
		for second := range rune(64) {
			var block [64]rune
			folds := false
			for third := range rune(64) {
				r := (lead&0x0F)<<12 | second<<6 | third
				block[third] = FoldRune(r)
				folds = folds || block[third] != r
			}
			if folds {
				number[k][second] = uint8(len(blocks))
				blocks = append(blocks, block)
			}
		}
	}
	return blocks, number
}()

// FoldedAt decodes the character of s at i in folded form and gives its length in s. Past the end it gives length 0.
func FoldedAt(s string, i int) (folded rune, n int) {
	if i >= len(s) {
		return utf8.RuneError, 0
	}
	r, n, _ := foldAt(s, i)
	return r, n
}

// foldAt folds the character at i: its folded form, its length and whether it folds at all.
func foldAt(s string, i int) (r rune, n int, folds bool) {
	k := 2
	switch s[i] {
	case 0xE2:
		k = 0
	case 0xE3:
		k = 1
	case 0xEF:
	default:
		return foldSlow(s, i)
	}
	if i+2 >= len(s) || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
		return foldSlow(s, i)
	}
	second, third := s[i+1]&0x3F, s[i+2]&0x3F
	r = rune(s[i]&0x0F)<<12 | rune(second)<<6 | rune(third)
	b := foldBlock[k][second]
	if b == 0 {
		return r, 3, false
	}
	f := foldBlocks[b][third]
	return f, 3, f != r
}

func foldSlow(s string, i int) (r rune, n int, folds bool) {
	r, n = utf8.DecodeRuneInString(s[i:])
	f := FoldRune(r)
	return f, n, f != r
}
