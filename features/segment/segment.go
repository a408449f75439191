// Package segment is the only user of gse: it cuts Chinese text into words with gse's embedded simplified dictionary and
// Caipan's legal dictionary (legal.txt), exactly as gse's Segment does.
//
// One segmenter is loaded once and shared read-only afterwards. gse takes seconds and 134 MB to load its dictionary; gse.zst
// holds the same words with their frequencies (a test writes it with -update, and compares it with gse). The cheapest path is
// found over a double array of characters in place of gse's over bytes, which is several times faster (a test holds
// the two together on real text). Spans tile the text; a token is always quoted from its span. The package does not look
// for section headings or cues: gse cuts 经审理查明 in three. Imported by features and by the packages that need a
// word boundary where a match asks for one.
package segment

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"caipan/model/judgment"
)

//go:embed legal.txt
var legal string

//go:embed gse.zst
var packed []byte

// Segmenter cuts text into words. It is safe for concurrent use.
type Segmenter struct {
	trie  *trie
	term  []bool    // word number -> isTerm
	paths sync.Pool // of *path
}

var shared = sync.OnceValues(load)

// Shared returns the one segmenter of the process, loading the dictionaries on first use (30 MB
// . The error names the faulty line of the legal dictionary.
func Shared() (*Segmenter, error) { return shared() }

func load() (*Segmenter, error) {
	words, err := Words(legal)
	if err != nil {
		return nil, err
	}
	all, err := dictionary()
	if err != nil {
		return nil, err
	}
	return compile(words, all), nil
}

// dictionary is gse's embedded simplified dictionary, as a test wrote it down.
func dictionary() ([]Word, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("segment: %w", err)
	}
	defer r.Close()
	text, err := r.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("segment: unpack gse.zst: %w", err)
	}
	out := make([]Word, 0, 1<<19)
	for line := range strings.Lines(string(text)) {
		word, freq, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		f, err := strconv.ParseFloat(freq, 64)
		if err != nil {
			return nil, fmt.Errorf("segment: gse.zst: %w", err)
		}
		out = append(out, Word{Text: word, Frequency: f})
	}
	return out, nil
}

// compile gives each word its cost as gse does: own words displace others, single characters have frequency 2, rarer
// words are left out.
func compile(own, words []Word) *Segmenter {
	total := 0.0
	legal := make(map[string]bool, len(own))
	for _, w := range own {
		legal[w.Text] = true
	}
	kept := make([]Word, 0, len(own)+len(words))
	for i, w := range append(own, words...) {
		if w.Frequency < leastFrequency || i >= len(own) && legal[w.Text] {
			continue
		}
		if utf8.RuneCountInString(w.Text) < 2 {
			w.Frequency = leastFrequency
		}
		kept = append(kept, w)
		total += w.Frequency
	}
	entries, all := make([]entry, len(kept)), float32(math.Log2(total))
	for i, w := range kept {
		entries[i] = entry{w.Text, all - float32(math.Log2(w.Frequency))}
	}
	s := &Segmenter{trie: newTrie(entries), term: make([]bool, len(entries))}
	for i, w := range s.trie.words {
		s.term[i] = isTerm(w)
	}
	s.paths.New = func() any { return &path{t: s.trie, count: make([]int32, len(s.term))} }
	return s
}

// leastFrequency is gse's MinTokenFreq.
const leastFrequency = 2

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
