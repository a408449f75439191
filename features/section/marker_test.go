package section

import (
	"strings"
	"testing"
)

// TestMarkerExamples: each marker's example has it, its counter-example has not.
func TestMarkerExamples(t *testing.T) {
	tab, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	if len(tab.Markers) < 40 {
		t.Errorf("only %d markers", len(tab.Markers))
	}
	for i := range tab.Markers {
		m := &tab.Markers[i]
		if !finds(tab, m.Example, m.ID) {
			t.Errorf("%s is not found in its example %q", m.ID, m.Example)
		}
		if finds(tab, m.Counter, m.ID) {
			t.Errorf("%s is found in its counter-example %q", m.ID, m.Counter)
		}
	}
}

func finds(tab *table, text, id string) bool {
	for _, s := range scan(text, tab).sentences {
		for _, h := range s.hits {
			if h.m.ID == id {
				return true
			}
		}
	}
	return false
}

func TestBrokenTablesAreRefused(t *testing.T) {
	for _, c := range []struct{ src, words string }{
		{"markers:\n  - {id: a, event: facts, place: start, words: [甲], example: 甲}", "words, example and counter"},
		{"markers:\n  - {id: a, event: facts, place: top, words: [甲], example: 甲, counter: 乙}", "write start, speaker or within"},
		{"markers:\n  - {id: a, event: facts, place: start, words: [甲], example: 甲, counter: 乙}\n  - {id: a, event: facts, place: start, words: [丙], example: 丙, counter: 乙}", "id of its own"},
		{"markers:\n  - {id: a, colour: red}", "unknown field"},
	} {
		if _, err := loadTable([]byte(c.src)); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%q: error %v does not say %q", c.src, err, c.words)
		}
	}
}
