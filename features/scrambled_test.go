package features_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"caipan/features"
	"caipan/internal/realdata"
	"caipan/model/judgment"
)

// TestScrambledJudgments reads judgments whose pieces were moved, doubled, cut and mixed with those of others: whatever a damaged dump
// holds, reading ends, nothing panics, and every quote stands in the text. CAIPAN_SCRAMBLES sets how many (default 600).
func TestScrambledJudgments(t *testing.T) {
	n := 600
	if s := os.Getenv("CAIPAN_SCRAMBLES"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	texts := sampleTexts(t)
	t.Run("real", func(t *testing.T) {
		for _, r := range realdata.Lines[realdata.Record](t, "judgments/civil.jsonl.zst") {
			texts = append(texts, r.Text)
		}
	})
	r := reader(t)
	rnd := rand.New(rand.NewPCG(7, uint64(n)))
	for range n {
		text := scramble(rnd, texts)
		c := r.Read(features.Document{Text: text})
		check := func(what string, sp judgment.Span, quote string) {
			if sp.Start < 0 || sp.End > len(c.Text) || sp.Start > sp.End || quote != "" && c.Text[sp.Start:sp.End] != quote {
				t.Fatalf("%s: quote %q does not stand at %v of\n%s", what, quote, sp, text)
			}
		}
		for _, f := range c.Findings {
			check(f.Variable, f.Span, f.Quote)
		}
		for _, x := range c.Rulings {
			check("ruling", x.Span, x.Quote)
		}
		for _, x := range c.Citations {
			check("citation", x.Span, x.Quote)
		}
		for _, s := range c.Sections {
			check("section", s.Span, "")
		}
	}
}

func sampleTexts(t *testing.T) (out []string) {
	files, err := filepath.Glob(filepath.Join("..", "data", "sample", "judgments", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no sample", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

// scramble takes a judgment apart at its stops and puts it together wrongly.
func scramble(r *rand.Rand, texts []string) string {
	cut := func(s string) []string {
		return strings.SplitAfter(s, []string{"。", "，", "；", "\n", "：", "、"}[r.IntN(6)])
	}
	pieces := cut(texts[r.IntN(len(texts))])
	for range 1 + r.IntN(6) {
		i, j := r.IntN(len(pieces)), r.IntN(len(pieces))
		switch r.IntN(5) {
		case 0:
			pieces[i], pieces[j] = pieces[j], pieces[i]
		case 1:
			pieces = append(pieces, pieces[min(i, j):max(i, j)]...)
		case 2:
			pieces = append(pieces[:min(i, j)], pieces[max(i, j):]...)
		case 3:
			other := cut(texts[r.IntN(len(texts))])
			pieces = append(append(append([]string{}, pieces[:i]...), other[r.IntN(len(other)):]...), pieces[i:]...)
		case 4:
			p := pieces[i]
			pieces[i] = p[:r.IntN(len(p)+1)] // inside a character too
		}
		if len(pieces) == 0 {
			pieces = []string{""}
		}
		if len(pieces) > 4000 {
			pieces = pieces[:4000]
		}
	}
	return strings.Join(pieces, "")
}
