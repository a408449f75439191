package evidence

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"caipan/model/vocabulary/yamltree"
)

//go:embed data/summing.yaml
var summingTable []byte

// summingWords (总结用语) is the table of words by which a court sums up.
type summingWords struct {
	words []summingWord
	blank *strings.Replacer // takes the longer words out
}

type summingWord struct{ word, example, counter string }

// summers reads the shipped table once; a fault in it is found by the tests of this package and leaves no words.
var summers = sync.OnceValue(func() *summingWords {
	s, err := readSumming("summing.yaml", summingTable)
	if err != nil {
		return &summingWords{blank: strings.NewReplacer()}
	}
	return s
})

func readSumming(file string, src []byte) (*summingWords, error) {
	var faults yamltree.Faults
	s := &summingWords{}
	n := yamltree.Parse(file, src, &faults)
	if n == nil {
		return nil, fmt.Errorf("evidence: %w", faults.Err())
	}
	r := yamltree.Read(n, "the table", &faults)
	for _, item := range r.Items("words") {
		e := yamltree.Read(item, "a word", &faults)
		s.words = append(s.words, summingWord{e.Text("word"), e.Text("example"), e.Text("counter")})
		e.Done()
	}
	var pairs []string
	for _, w := range r.Words("not_within") {
		pairs = append(pairs, w, "")
	}
	r.Done()
	s.blank = strings.NewReplacer(pairs...)
	if err := faults.Err(); err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	return s, nil
}

// in reports whether a stretch of text holds a word that sums up.
func (s *summingWords) in(text string) bool {
	text = s.blank.Replace(text)
	for _, w := range s.words {
		if strings.Contains(text, w.word) {
			return true
		}
	}
	return false
}
