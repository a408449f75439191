package report

import (
	"context"
	"fmt"
	"sync"

	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// compared is a case on its way through the pass.
type compared struct {
	entry   *Entry
	rows    []judgment.Comparison
	counted bool // as the last instance of its dispute
}

// waiting is how many cases may stand between two steps of the pass.
const waiting = 32

// pass reads the cases twice: once to find the last instance of each dispute, once to compare, count and write. The
// reader, the counter, the tables and the pages work at the same time, each on the cases in their order, so that
// the number of cores changes nothing but the time.
func (r *run) pass(ctx context.Context) error {
	families, err := findFamilies(ctx, r.src)
	if err != nil {
		return err
	}
	r.tally.replaced = len(families.replaced)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	entries := make(chan *Entry, waiting)
	go func() {
		defer close(entries)
		if err := r.entries(ctx, entries); err != nil {
			stop(err)
		}
	}()
	var wg sync.WaitGroup
	tables, pages := r.consume(ctx, stop, &wg, r.tabulate), r.consume(ctx, stop, &wg, func(c compared) error { return r.pages.add(c.entry, c.rows) })
	for e := range entries {
		e.index() // before others read it too
		c := compared{e, Compare(e, r.doctrines), !families.replaced[e.Case.CaseID]}
		for i := range c.rows {
			c.rows[i].Counted = c.counted
		}
		tables <- c
		pages <- c
		if c.counted {
			r.tally.add(e, c.rows, r.doctrines)
			r.reading.add(e, r.doctrines)
		}
	}
	close(tables)
	close(pages)
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return nil
}

// entries hands over the cases of the source.
func (r *run) entries(ctx context.Context, out chan<- *Entry) error {
	each := r.src.Each
	if s, ok := r.src.(TermSource); ok {
		each = s.EachWithTerms
	}
	cases := 0
	return each(ctx, func(e *Entry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		out <- e
		cases++
		if r.o.Progress != nil {
			r.o.Progress(cases)
		}
		return nil
	})
}

// consume does something with every case that is sent to the channel. After an error the cases are drained.
func (r *run) consume(ctx context.Context, stop context.CancelCauseFunc, wg *sync.WaitGroup, do func(compared) error) chan<- compared {
	in := make(chan compared, waiting)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for c := range in {
			if ctx.Err() != nil {
				continue
			}
			if err := do(c); err != nil {
				stop(fmt.Errorf("case %s: %w", c.entry.Case.CaseID, err))
			}
		}
	}()
	return in
}

// tabulate appends the rows of a case to comparison and analysis.
func (r *run) tabulate(c compared) error {
	for i := range c.rows {
		dataset.AppendComparison(r.comparison.batch, c.rows[i])
	}
	appendAnalysis(r.analysis.batch, r.wide, c.entry, c.counted)
	r.hand.add(c.entry)
	for _, f := range []*tableFile{r.comparison, r.analysis} {
		if f.batch.N >= 4096 {
			if err := f.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// commits waits for the disk on behalf of files that are written, some at a time.
type commits struct {
	wg    sync.WaitGroup
	mu    sync.Mutex
	slots chan struct{}
	files []columnar.Part
	err   error
}

// atOnce is how many files may wait for the disk.
const atOnce = 16

func newCommits() *commits { return &commits{slots: make(chan struct{}, atOnce)} }

func (c *commits) add(s *columnar.Sink, path string) {
	c.slots <- struct{}{}
	c.wg.Add(1)
	go func() {
		defer func() { <-c.slots; c.wg.Done() }()
		size, sha, err := s.Commit()
		c.mu.Lock()
		defer c.mu.Unlock()
		if err != nil && c.err == nil {
			c.err = err
		}
		c.files = append(c.files, columnar.Part{Path: path, Bytes: size, SHA256: sha})
	}()
}

// wait returns the first error and appends the files, in no particular order, to list.
func (c *commits) wait(list *[]columnar.Part) error {
	c.wg.Wait()
	if list != nil {
		*list = append(*list, c.files...)
	}
	return c.err
}
