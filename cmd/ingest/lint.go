package main

import (
	"fmt"
	"io/fs"

	"caipan/features/lexicon"
	"caipan/features/segment"
	"caipan/internal/cli"
)

type lintCmd struct {
	Lexicon string `placeholder:"DIR" help:"Folder with tables of your own; without it the program's are checked."`
	NoWords bool   `help:"Do not ask gse where words end (faster)."`
}

// Run reports cues that never fire on their own example or fire on their counter-example, variant characters,
// duplicates, and words that gse cuts apart. It needs no judgments.
func (c *lintCmd) Run(s cli.Streams) error {
	var overlays []fs.FS
	if dir := folder(c.Lexicon); dir != nil {
		overlays = append(overlays, dir)
	}
	lex, err := lexicon.Load(overlays...)
	if err != nil {
		return err
	}
	var cut func(string) []string
	if !c.NoWords {
		seg, err := segment.Shared()
		if err != nil {
			return err
		}
		cut = func(text string) (words []string) {
			for _, sp := range seg.Spans(text) {
				words = append(words, sp.Of(text))
			}
			return words
		}
	}
	problems := lexicon.Lint(lex, cut)
	broken := 0
	for _, p := range problems {
		fmt.Fprintln(s.Out, p)
		if p.Kind == "silent" || p.Kind == "fires" {
			broken++
		}
	}
	fmt.Fprintf(s.Out, "%d cues, %d remarks, %d of them faults\n", len(lex.Cues), len(problems), broken)
	if broken > 0 {
		return fmt.Errorf("%d cues fail their own example or counter-example", broken)
	}
	return nil
}
