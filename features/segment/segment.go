// Package segment is the only user of gse: it cuts Chinese text into words with the embedded simplified
// dictionary and Caipan's legal dictionary (legal.txt).
//
// One segmenter is loaded once, before any goroutine starts, and shared read-only afterwards. Spans tile the
// text; a token is always quoted from its span, never from gse's own text. The package does not look for
// section headings or cues: gse cuts 经审理查明 in three. Imported by features and by the packages that need a
// word boundary where a match asks for one.
package segment

import (
	_ "embed"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"caipan/model/judgment"
)

//go:embed legal.txt
var legal string

// Segmenter cuts text into words. It is safe for concurrent use.
type Segmenter struct{ seg gse.Segmenter }

var shared = sync.OnceValues(load)

// Shared returns the one segmenter of the process, loading the dictionaries on first use (about a second,
// 134 MB). The error names the faulty line of the legal dictionary.
func Shared() (*Segmenter, error) { return shared() }

func load() (*Segmenter, error) {
	words, err := Words(legal)
	if err != nil {
		return nil, err
	}
	gse.ToLower = false
	s := &Segmenter{}
	s.seg.SkipLog = true
	// The legal words go in first: of two entries for a word gse keeps the earlier one's frequency.
	var own strings.Builder
	for _, w := range words {
		fmt.Fprintf(&own, "%s %g %s\n", w.Text, w.Frequency, w.Class)
	}
	if err := s.seg.LoadDictStr(own.String()); err != nil {
		return nil, fmt.Errorf("segment: load legal.txt: %w", err)
	}
	if err := s.seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("segment: load the dictionary embedded in gse: %w", err)
	}
	return s, nil
}

// Word is one entry of a dictionary: text, frequency, part of speech.
type Word struct {
	Text      string
	Frequency float64
	Class     string
}

// Words reads a dictionary: a line is "word frequency class", # begins a comment, empty lines are skipped.
func Words(src string) ([]Word, error) {
	var out []Word
	seen := map[string]int{}
	for i, line := range strings.Split(src, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Fields(line)
		if len(f) != 3 {
			return nil, fmt.Errorf("segment: legal.txt:%d: %q has %d fields; write word, frequency and class", i+1, line, len(f))
		}
		freq, err := strconv.ParseFloat(f[1], 64)
		if err != nil || freq <= 0 {
			return nil, fmt.Errorf("segment: legal.txt:%d: frequency %q is not a positive number", i+1, f[1])
		}
		if first, twice := seen[f[0]]; twice {
			return nil, fmt.Errorf("segment: legal.txt:%d: %s stands on line %d already; keep one", i+1, f[0], first)
		}
		seen[f[0]] = i + 1
		out = append(out, Word{f[0], freq, f[2]})
	}
	return out, nil
}

// Spans returns the tokens of text as spans that tile it, in order. Empty text gives none.
func (s *Segmenter) Spans(text string) []judgment.Span {
	segs := s.seg.Segment([]byte(text))
	out := make([]judgment.Span, len(segs))
	for i := range segs {
		out[i] = judgment.Span{Start: segs[i].Start(), End: segs[i].End()}
	}
	return out
}

// IsWord reports whether span starts and ends at word boundaries of the sentence: 京东 in 北京东方 does not.
func (s *Segmenter) IsWord(sentence string, span judgment.Span) bool {
	start, end := false, false
	for _, t := range s.Spans(sentence) {
		start = start || t.Start == span.Start
		end = end || t.End == span.End
	}
	return start && end
}

// Terms counts the words of each section (numbers, punctuation and white space left out) and the tokens of the
// whole text. The result is sorted by section and term.
func (s *Segmenter) Terms(text string, sections []judgment.Section) (terms []judgment.Term, tokens int) {
	counts := map[string]int{}
	for _, sec := range sections {
		clear(counts)
		segs := s.seg.Segment([]byte(text[sec.Span.Start:sec.Span.End]))
		tokens += len(segs)
		for i := range segs {
			word := text[sec.Span.Start+segs[i].Start() : sec.Span.Start+segs[i].End()]
			if isTerm(word) {
				counts[word]++
			}
		}
		from := len(terms)
		for w, n := range counts {
			terms = append(terms, judgment.Term{SectionNo: sec.No, Term: w, Count: n})
		}
		sort.Slice(terms[from:], func(i, j int) bool { return terms[from+i].Term < terms[from+j].Term })
	}
	return terms, tokens
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
