// Package segment is the only user of gse: it cuts Chinese text into words with the embedded simplified
// dictionary and Caipan's legal dictionary (legal.txt), exactly as gse's Segment does.
//
// One segmenter is loaded once and shared read-only afterwards. gse loads the dictionaries and computes frequencies; the
// cheapest path is then found over a double array of characters in place of gse's over bytes, which is several times
// faster and smaller (a test holds the two together on real text). Spans tile the text; a token is always quoted from
// its span. The package does not look for section headings or cues: gse cuts 经审理查明 in three. Imported by features and
// by the packages that need a word boundary where a match asks for one.
package segment

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-ego/gse"

	"caipan/model/judgment"
)

//go:embed legal.txt
var legal string

// Segmenter cuts text into words. It is safe for concurrent use.
type Segmenter struct {
	trie  *trie
	term  []bool    // word number -> isTerm
	paths sync.Pool // of *path
}

var shared = sync.OnceValues(load)

// Shared returns the one segmenter of the process, loading the dictionaries on first use (about a second; 30 MB
// stay). The error names the faulty line of the legal dictionary.
func Shared() (*Segmenter, error) { return shared() }

func load() (*Segmenter, error) {
	seg, err := dictionary()
	if err != nil {
		return nil, err
	}
	return compile(seg), nil
}

// dictionary is gse with the legal words and its own.
func dictionary() (*gse.Segmenter, error) {
	words, err := Words(legal)
	if err != nil {
		return nil, err
	}
	gse.ToLower = false
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	// The legal words go in first: of two entries for a word gse keeps the earlier one's frequency.
	var own strings.Builder
	for _, w := range words {
		fmt.Fprintf(&own, "%s %g %s\n", w.Text, w.Frequency, w.Class)
	}
	if err := seg.LoadDictStr(own.String()); err != nil {
		return nil, fmt.Errorf("segment: load legal.txt: %w", err)
	}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("segment: load the dictionary embedded in gse: %w", err)
	}
	return seg, nil
}

// compile takes the words and costs of gse's dictionary; gse itself is not needed any more.
func compile(seg *gse.Segmenter) *Segmenter {
	total := float32(math.Log2(seg.Dict.TotalFreq()))
	entries := make([]entry, 0, seg.Dict.NumTokens())
	for i := range seg.Dict.Tokens {
		t := &seg.Dict.Tokens[i]
		entries = append(entries, entry{t.Text(), total - float32(math.Log2(t.Freq()))})
	}
	s := &Segmenter{trie: newTrie(entries), term: make([]bool, len(entries))}
	for i, w := range s.trie.words {
		s.term[i] = isTerm(w)
	}
	s.paths.New = func() any { return &path{t: s.trie, count: make([]int32, len(s.term))} }
	return s
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
	p := s.paths.Get().(*path)
	defer s.paths.Put(p)
	p.walk(text)
	var out []judgment.Span
	p.back(func(start, end, _ int32) { out = append(out, judgment.Span{Start: int(start), End: int(end)}) })
	slices.Reverse(out)
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
