package agreement

import (
	"fmt"
	"math"
	"sort"
)

// Words numbers the terms of comparisons that see the same documents.
type Words struct {
	index map[string]int32
	names []string
}

// Number is the number of a term, in the order in which they came.
func (w *Words) Number(term string) int32 {
	no, ok := w.index[term]
	if !ok {
		if w.index == nil {
			w.index = map[string]int32{}
		}
		no = int32(len(w.names))
		w.index[term], w.names = no, append(w.names, term)
	}
	return no
}

// Known is the number of a term that came before; ok is false for others.
func (w *Words) Known(term string) (no int32, ok bool) {
	no, ok = w.index[term]
	return no, ok
}

// Keyness compares the terms of two sets of documents: target (one liability form) and
// reference (another). Documents are added one after another, in a fixed order.
type Keyness struct {
	words        *Words
	terms        []termTally // by number
	tokens, docs [2]float64
	documents    int // number of the open one, from 1
	side         int
	size         float64
}

type termTally struct {
	count, docs [2]float64
	root        float64 // Σ sqrt(count·size) over documents, for Rosengren's S
	last        int     // document that had it last
}

// NewKeyness starts an empty comparison. Terms are numbered by words, nil for numbers of its own.
func NewKeyness(words *Words) *Keyness {
	if words == nil {
		words = &Words{}
	}
	return &Keyness{words: words}
}

// Document opens the next document: its side and its number of tokens. Its terms follow by Term.
func (k *Keyness) Document(target bool, tokens int) {
	k.side, k.size = 1-bit(target), float64(tokens)
	k.tokens[k.side] += k.size
	k.docs[k.side]++
	k.documents++
}

// Term adds a term of the open document. Errors: no document open, a term twice in a
// document, a count that is not positive.
func (k *Keyness) Term(term string, count int) error { return k.Numbered(k.words.Number(term), count) }

// Numbered is Term for a term by its number.
func (k *Keyness) Numbered(no int32, count int) error {
	for int(no) >= len(k.terms) {
		k.terms = append(k.terms, termTally{})
	}
	t := &k.terms[no]
	switch {
	case k.documents == 0:
		return fmt.Errorf("keyness: term %q before any document", k.words.names[no])
	case t.last == k.documents:
		return fmt.Errorf("keyness: term %q twice in one document: add up its counts first", k.words.names[no])
	case count <= 0:
		return fmt.Errorf("keyness: term %q has count %d", k.words.names[no], count)
	}
	t.last = k.documents
	t.count[k.side] += float64(count)
	t.docs[k.side]++
	t.root += math.Sqrt(float64(count) * k.size)
	return nil
}

// Keyword is a term with the evidence that one side uses it more.
type Keyword struct {
	Term                  string
	TargetCount, RefCount int
	TargetDocs, RefDocs   int
	LogLikelihood         Test     // token G² (Dunning 1993, Comput. Linguist. 19:61-74; Rayson and Garside 2000)
	LogRatio              float64  // log2 of the relative frequencies, 0.5 for a zero count (Hardie 2014)
	DocDifference         Estimate // share of documents with the term, target minus reference, Newcombe
	DocTest               Test     // Fisher's exact test on documents: tokens of one document are not independent
	Dispersion            float64  // Rosengren's S (1971), near 1 = spread as the documents' sizes, near 0 = one document
	HolmP                 float64  // LogLikelihood.P corrected by Holm over the terms tested
	HolmDocP              float64  // DocTest.P corrected by Holm over the terms tested
}

// Keywords tests every term that occurs in at least minDocs documents and orders them by log
// likelihood, then term. The number of terms tested is the family of Holm's correction. Nil
// where one side has no document.
func (k *Keyness) Keywords(minDocs int, level float64) []Keyword {
	if k.docs[0] == 0 || k.docs[1] == 0 || k.tokens[0] == 0 || k.tokens[1] == 0 {
		return nil
	}
	var numbers []int
	for no := range k.terms {
		if n := k.terms[no].docs[0] + k.terms[no].docs[1]; n > 0 && n >= float64(minDocs) {
			numbers = append(numbers, no)
		}
	}
	names := k.words.names
	sort.Slice(numbers, func(i, j int) bool { return names[numbers[i]] < names[numbers[j]] })
	out := make([]Keyword, len(numbers))
	g, d := make([]float64, len(numbers)), make([]float64, len(numbers))
	for i, no := range numbers {
		out[i] = k.keyword(names[no], &k.terms[no], level)
		g[i], d[i] = out[i].LogLikelihood.P, out[i].DocTest.P
	}
	for i, p := range Adjust(g, Holm) {
		out[i].HolmP = p
	}
	for i, p := range Adjust(d, Holm) {
		out[i].HolmDocP = p
	}
	sort.SliceStable(out, func(a, b int) bool {
		return out[a].LogLikelihood.Statistic > out[b].LogLikelihood.Statistic
	})
	return out
}

func (k *Keyness) keyword(name string, t *termTally, level float64) Keyword {
	a, b, total := t.count[0], t.count[1], k.tokens[0]+k.tokens[1]
	n := int(total)
	w := Keyword{Term: name, TargetCount: int(a), RefCount: int(b), TargetDocs: int(t.docs[0]), RefDocs: int(t.docs[1])}
	w.LogLikelihood = chiSquareTest("log likelihood", termLogLikelihood(a, b, k.tokens[0], k.tokens[1]), 1, n, "Dunning's log likelihood over tokens")
	w.LogRatio = math.Log2((math.Max(a, 0.5) / k.tokens[0]) / (math.Max(b, 0.5) / k.tokens[1]))
	docs := TwoShares{w.TargetDocs, int(k.docs[0]), w.RefDocs, int(k.docs[1])}
	w.DocDifference = docs.Newcombe(level)
	w.DocTest = docs.FisherExact()
	w.Dispersion = math.Min(1, t.root*t.root/((a+b)*total))
	return w
}

// termLogLikelihood is the full 2 x 2 G²: term and all other tokens, target and reference.
func termLogLikelihood(a, b, na, nb float64) float64 {
	g := 0.0
	add := func(o, e float64) {
		if o > 0 {
			g += 2 * o * math.Log(o/e)
		}
	}
	p := (a + b) / (na + nb)
	add(a, na*p)
	add(b, nb*p)
	add(na-a, na*(1-p))
	add(nb-b, nb*(1-p))
	return math.Max(0, g)
}
