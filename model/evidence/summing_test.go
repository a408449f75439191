package evidence

import "testing"

func TestSummingWordsStandByTheirExamples(t *testing.T) {
	s, err := readSumming("summing.yaml", summingTable)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.words) == 0 {
		t.Fatal("no words")
	}
	for _, w := range s.words {
		if !s.in(w.example) || s.in(w.counter) {
			t.Errorf("%s: example %v, counter-example %v, want true and false", w.word, s.in(w.example), s.in(w.counter))
		}
	}
	if s.in("甲公司故意为之,造成事故") {
		t.Error("a longer word sums up")
	}
	if _, err := readSumming("x.yaml", []byte("words:\n  - {word: 故}\n")); err == nil {
		t.Error("a word without examples is taken")
	}
}
