package ruling

import (
	"slices"
	"testing"

	"caipan/model/text"
)

// Every entry's words count in its example and do not count in its counter-example.
func TestTableExamples(t *testing.T) {
	tab, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range tab.entries {
		single, kind := &table{}, wordKind(slices.Index(kindNames[:], e.Kind))
		for _, w := range e.Words {
			single.kinds[kind].add(cue{text.FoldString(w), foldAll(e.Before), foldAll(e.After)})
		}
		if !single.has(kind, text.FoldString(e.Example)) {
			t.Errorf("%s: does not count in its example %q", e.ID, e.Example)
		}
		if single.has(kind, text.FoldString(e.Counter)) {
			t.Errorf("%s: counts in its counter-example %q", e.ID, e.Counter)
		}
	}
}
