package text

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"
	"sync"
	"unicode/utf8"
)

// IdentityRecipe is the version of the recipe of Identity; it is part of schema_version.
const IdentityRecipe = "1"

//go:embed sites.txt
var sitesTable string

var siteHeads, siteTails = readSites(sitesTable)

// readSites reads the table of site words; lines that are not four columns are ignored (a test counts them).
func readSites(table string) (heads []string, tails [][]byte) {
	for line := range strings.Lines(table) {
		col := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(col) != 4 {
			continue
		}
		words := identityForm(nil, col[1])
		if col[0] == "head" {
			heads = append(heads, string(words))
		} else if col[0] == "tail" {
			tails = append(tails, bytes.TrimRight(words, quotes))
		}
	}
	return heads, tails
}

// quotes are not counted at the end of an advertisement.
const quotes = "\"'"

// Identity gives the identity text (同一性文本) of a canonical text: no white space, folded punctuation, no site
// heading, no advertisement at the end. Two downloads of one judgment have one identity text.
func Identity(canonical string) string { return string(identity(nil, canonical)) }

// identity appends the identity text to dst, which must be empty.
func identity(dst []byte, canonical string) []byte {
	return cutTails(identityForm(dst, canonical[SiteHead(canonical):]))
}

// SiteTail returns the offset in the canonical text where a site's advertisement begins, len(canonical) if there is none.
func SiteTail(canonical string) int {
	const window = 400 // bytes: no advertisement is longer
	from := max(0, len(canonical)-window)
	for from > 0 && !utf8.RuneStart(canonical[from]) {
		from--
	}
	s := identityForm(make([]byte, 0, 2*window), canonical[from:])
	keep := len(cutTails(s))
	if keep == len(s) {
		return len(canonical)
	}
	at, seen := from, 0
	for at < len(canonical) && seen < keep {
		r, n := utf8.DecodeRuneInString(canonical[at:])
		if !isSpace(r) {
			seen += utf8.RuneLen(FoldRune(r))
		}
		at += n
	}
	return at
}

// SiteHead returns the offset behind a site's heading at the beginning of the canonical text, 0 if there is none.
// Headings may be repeated. A heading ends in white space or is followed by a court's name; a sentence that begins with the same words stays.
func SiteHead(canonical string) int {
	cut, lead := 0, len(canonical)-len(strings.TrimLeftFunc(canonical, isSpace))
	for i := 0; i < len(siteHeads); i++ {
		h := siteHeads[i]
		rest, ok := strings.CutPrefix(canonical[lead:], h)
		if !ok {
			continue
		}
		if body := strings.TrimLeftFunc(rest, isSpace); len(body) < len(rest) || startsHead(rest) {
			lead, cut, i = len(canonical)-len(body), len(canonical)-len(body), -1
		}
	}
	return cut
}

// startsHead reports whether a text looks like a judgment's first words.
func startsHead(s string) bool {
	return strings.Contains(s[:min(len(s), 90)], "法院")
}

func cutTails(s []byte) []byte {
	for {
		before := len(s)
		t := bytes.TrimRight(s, quotes)
		for _, tail := range siteTails {
			if rest, ok := bytes.CutSuffix(t, tail); ok {
				s = rest
				break
			}
		}
		if len(s) == before {
			return s
		}
	}
}

// identityForm appends the folded text without white space to dst.
func identityForm(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		from := i
		for i < len(s) {
			if c := s[i]; c-firstIdeograph <= lastIdeograph-firstIdeograph {
				i += 3
			} else if identityStops[c] {
				break
			} else {
				i++
			}
		}
		i = min(i, len(s))
		dst = append(dst, s[from:i]...)
		if i == len(s) {
			break
		}
		if s[i] < utf8.RuneSelf { // white space
			i++
			continue
		}
		r, n, _ := foldAt(s, i)
		i += n
		switch {
		case r == ' ':
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

const keepBuffer = 1 << 20 // bytes: a larger buffer is not kept

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// CaseID returns the identity of a canonical text: "c" and 16 hex digits of the SHA-256 of its identity text, and
// the first 128 bits of the same digest, by which duplicates are compared.
func CaseID(canonical string) (id string, key128 [16]byte) {
	b := buffers.Get().(*[]byte)
	form := identity((*b)[:0], canonical)
	sum := sha256.Sum256(form)
	if cap(form) <= keepBuffer {
		*b = form
		buffers.Put(b)
	}
	copy(key128[:], sum[:16])
	return "c" + hex.EncodeToString(sum[:8]), key128
}
