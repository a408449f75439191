package text

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// IdentityRecipe is the version of the recipe of Identity; it is part of schema_version.
const IdentityRecipe = "1"

//go:embed sites.txt
var sitesTable string

var siteHeads, siteTails = readSites(sitesTable)

// readSites reads the table of site words; lines that are not four columns are ignored (a test counts them).
func readSites(table string) (heads, tails []string) {
	for line := range strings.Lines(table) {
		col := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(col) != 4 {
			continue
		}
		words := identityForm(col[1])
		if col[0] == "head" {
			heads = append(heads, words)
		} else if col[0] == "tail" {
			tails = append(tails, words)
		}
	}
	return heads, tails
}

// Identity gives the identity text (同一性文本) of a canonical text: no white space, folded punctuation, no site
// heading, no advertisement at the end. Two downloads of one judgment have one identity text.
func Identity(canonical string) string {
	c := Canonical(canonical)
	return cutTails(identityForm(c[SiteHead(c):]))
}

// SiteTail returns the offset in the canonical text where a site's advertisement begins, len(canonical) if there is none.
func SiteTail(canonical string) int {
	const window = 400 // bytes: no advertisement is longer
	from := max(0, len(canonical)-window)
	for from > 0 && !utf8.RuneStart(canonical[from]) {
		from--
	}
	s := identityForm(canonical[from:])
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

func cutTails(s string) string {
	for {
		before := len(s)
		t := strings.TrimRight(s, "\"'")
		for _, tail := range siteTails {
			if rest, ok := strings.CutSuffix(t, strings.TrimRight(tail, "\"'")); ok {
				s = rest
				break
			}
		}
		if len(s) == before {
			return s
		}
	}
}

// identityForm folds and drops white space.
func identityForm(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if !isSpace(rune(c)) {
				b = append(b, c)
			}
			i++
			continue
		}
		if c := s[i]; c >= 0xE4 && c <= 0xE9 { // U+4000 to U+9FFF, which no folding touches
			n := min(3, len(s)-i)
			b = append(b, s[i:i+n]...)
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r = FoldRune(r); r != ' ' {
			b = utf8.AppendRune(b, r)
		}
		i += n
	}
	return string(b)
}

// CaseID returns the identity of a canonical text: "c" and 16 hex digits of the SHA-256 of its identity text, and
// the first 128 bits of the same digest, by which duplicates are compared.
func CaseID(canonical string) (id string, key128 [16]byte) {
	sum := sha256.Sum256([]byte(Identity(canonical)))
	copy(key128[:], sum[:16])
	return "c" + hex.EncodeToString(sum[:8]), key128
}
