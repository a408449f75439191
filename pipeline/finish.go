package pipeline

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// finish makes the tables from the chunks in plan order: it finds later duplicates, writes each table, balances the
// ledger and publishes. It is all that a merge does.
type finish struct {
	out     *output
	record  *runinfo.Run
	chunks  []chunkRef
	skipped []Skipped
	csv     []string
	jobs    int

	dups   *duplicates
	counts map[string]int64
	codes  map[string]int64
}

func (f *finish) run(ctx context.Context) (err error) {
	if err := os.RemoveAll(f.out.staging("tables")); err != nil {
		return err
	}
	if f.dups, err = findDuplicates(f.out.staging("keys"), f.chunks); err != nil {
		return err
	}
	f.counts, f.codes = map[string]int64{}, map[string]int64{}
	tables, err := f.writeTables(ctx)
	if err != nil {
		return err
	}
	f.record.Tables, f.record.Counts, f.record.Codes = tables, f.counts, f.codes
	if err := f.balance(); err != nil {
		return err
	}
	if f.record.Files, err = writeTwins(f.out.staging("tables"), f.record, f.csv); err != nil {
		return err
	}
	return f.out.publish(f.record)
}

// writeTables writes the tables of ingest, several at once, and gives their records in the order of the contract.
func (f *finish) writeTables(ctx context.Context) ([]runinfo.Table, error) {
	tables := dataset.Of("ingest")
	if f.record.Flags["no_terms"] == "true" {
		tables = slices.DeleteFunc(tables, func(t *dataset.Table) bool { return t.Name == "terms" })
	}
	out, errs := make([]runinfo.Table, len(tables)), make([]error, len(tables))
	next := make(chan int)
	var group sync.WaitGroup
	for range min(max(1, f.jobs), len(tables)) {
		group.Go(func() {
			for i := range next {
				out[i], errs[i] = f.writeTable(ctx, tables[i])
			}
		})
	}
	for i := range tables {
		next <- i
	}
	close(next)
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ahead is how many row groups of a table are encoded beside the one at work.
func ahead(jobs int) int { return max(0, min(jobs, 4)-1) }

func (f *finish) meta() columnar.Meta {
	return columnar.Meta{{"caipan.schema_version", dataset.SchemaVersion}, {"caipan.run_id", f.record.RunID}}
}

func (f *finish) writeTable(ctx context.Context, t *dataset.Table) (out runinfo.Table, err error) {
	w := columnar.NewWriter(f.out.staging("tables"), t, f.meta()).Ahead(ahead(f.jobs))
	defer w.Abort()
	fill := f.copyRows
	switch t.Name {
	case "sources":
		fill = f.sumSources
	case "filtered":
		fill = f.joinRanges
	case "duplicates":
		fill = f.listDuplicates
	case "rejects":
		fill = f.copyRejects
	}
	if err := fill(ctx, t, w); err != nil {
		return out, err
	}
	parts, err := w.Close()
	return runinfo.Table{Name: t.Name, Rows: columnar.Rows(parts), Parts: parts}, err
}

// copyRows copies the rows of a table, but for those of duplicates.
func (f *finish) copyRows(ctx context.Context, t *dataset.Table, w *columnar.Writer) error {
	drops, err := f.dups.open()
	if err != nil {
		return err
	}
	defer drops.close()
	for n, ref := range f.chunks {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if !ref.has(t.Name) {
			continue
		}
		c, err := ref.open()
		if err != nil {
			return err
		}
		some, err := drops.inChunk(n)
		if err != nil {
			return err
		}
		if some || len(c.Tables[t.Name].Groups) == 0 {
			err = copyCases(c, t.Name, w, func(ord int) (bool, error) { return drops.has(n, ord) })
		} else {
			err = c.eachGroup(t.Name, w.Copy)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// copyCases copies the rows of the cases that are not dropped, which is asked of each case in order.
func copyCases(c *chunkFile, table string, w *columnar.Writer, dropped func(ord int) (bool, error)) error {
	b, err := c.table(table)
	if err != nil {
		return err
	}
	counts, err := c.counts(table)
	if err != nil {
		return err
	}
	row, from := 0, 0
	for ord, k := range counts {
		drop, err := dropped(ord)
		if err != nil {
			return err
		}
		if drop {
			if err := w.Write(b, from, row); err != nil {
				return err
			}
			from = row + int(k)
		}
		row += int(k)
	}
	if row != b.N {
		return fmt.Errorf("%w: chunk %s: table %s has %d rows, its cases %d", columnar.ErrDamaged, c.path, table, b.N, row)
	}
	return w.Write(b, from, row)
}

func (f *finish) copyRejects(ctx context.Context, t *dataset.Table, w *columnar.Writer) error {
	return f.eachBatch(ctx, t, func(_ int, b *dataset.Batch) error {
		for i := range b.N {
			f.codes[b.Text("code", i)]++
		}
		return w.Write(b, 0, b.N)
	})
}

func (f *finish) eachBatch(ctx context.Context, t *dataset.Table, do func(chunk int, b *dataset.Batch) error) error {
	for n, ref := range f.chunks {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if !ref.has(t.Name) {
			continue
		}
		c, err := ref.open()
		if err != nil {
			return err
		}
		b, err := c.table(t.Name)
		if err != nil {
			return err
		}
		if err := do(n, b); err != nil {
			return err
		}
	}
	return nil
}

// joinRanges writes the ranges of filtered records, joined where one goes on in the next chunk.
func (f *finish) joinRanges(ctx context.Context, t *dataset.Table, w *columnar.Writer) error {
	out := dataset.NewBatch(t)
	var path, why string
	from, to := int64(0), int64(-1)
	flush := func(least int) error {
		if out.N < least || out.N == 0 {
			return nil
		}
		err := w.Write(out, 0, out.N)
		out.Reset()
		return err
	}
	put := func() {
		if to >= from {
			out.Row().Text(path).Int(from, to).Text(why).End()
		}
	}
	err := f.eachBatch(ctx, t, func(_ int, b *dataset.Batch) error {
		for i := range b.N {
			first, last := int64(b.Int("first_record", i, 0)), int64(b.Int("last_record", i, 0))
			if to >= from && b.Text("source_path", i) == path && b.Text("reason", i) == why && first == to+1 {
				to = last
				continue
			}
			put()
			path, why, from, to = b.Text("source_path", i), b.Text("reason", i), first, last
		}
		return flush(4096)
	})
	if err != nil {
		return err
	}
	put()
	return flush(1)
}

// listDuplicates writes a row for each dropped case.
func (f *finish) listDuplicates(ctx context.Context, t *dataset.Table, w *columnar.Writer) error {
	out := dataset.NewBatch(t)
	err := f.dups.each(ctx, f.chunks, func(d drop, k chunkKey, keptPath string) error {
		out.Row().Text(k.path).Int(k.record).Text(caseIDOf(k.key), keptPath).Int(d.keptRecord).End()
		if out.N < 4096 {
			return nil
		}
		err := w.Write(out, 0, out.N)
		out.Reset()
		return err
	})
	if err != nil {
		return err
	}
	return w.Write(out, 0, out.N)
}

// sumSources adds up the ledger by source file, unit by unit, and then lists what was skipped.
func (f *finish) sumSources(ctx context.Context, t *dataset.Table, w *columnar.Writer) error {
	drops, err := f.dups.open()
	if err != nil {
		return err
	}
	defer drops.close()
	u := &unitLedger{counts: f.counts, out: dataset.NewBatch(t)}
	for n, ref := range f.chunks {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if n > 0 && f.chunks[n-1].unit != ref.unit {
			if err := u.flush(w); err != nil {
				return err
			}
		}
		c, err := ref.open()
		if err != nil {
			return err
		}
		b, err := c.table(t.Name)
		if err != nil {
			return err
		}
		u.add(b)
		if err := u.drop(drops, n, ref); err != nil {
			return err
		}
	}
	if err := u.flush(w); err != nil {
		return err
	}
	for _, s := range f.skipped {
		u.out.Row().Text(s.Path).Int(0, 0, 0, 0, 0).Text(s.Reason).End()
	}
	f.counts["skipped_files"] = int64(len(f.skipped))
	return w.Write(u.out, 0, u.out.N)
}

var ledgerColumns = [5]string{"read", "written", "filtered", "duplicate", "rejected"}

// unitLedger is the ledger of one unit's files: read, written, filtered, duplicate, rejected.
type unitLedger struct {
	files  []string
	sums   map[string]*[5]int64
	counts map[string]int64
	out    *dataset.Batch
}

func (u *unitLedger) at(path string) *[5]int64 {
	if u.sums == nil {
		u.sums = map[string]*[5]int64{}
	}
	if u.sums[path] == nil {
		u.sums[path] = &[5]int64{}
		u.files = append(u.files, path)
	}
	return u.sums[path]
}

func (u *unitLedger) add(b *dataset.Batch) {
	for i := range b.N {
		n := u.at(b.Text("source_path", i))
		for k, name := range ledgerColumns {
			n[k] += int64(b.Int(name, i, 0))
		}
	}
}

// drop books the chunk's duplicates, which were written to the chunk.
func (u *unitLedger) drop(drops *dropReader, n int, c chunkRef) error {
	any, err := drops.inChunk(n)
	if err != nil || !any {
		return err
	}
	keys, err := c.keys()
	if err != nil {
		return err
	}
	for ord, k := range keys {
		dropped, err := drops.has(n, ord)
		if err != nil {
			return err
		}
		if dropped {
			u.at(k.path)[1]--
			u.at(k.path)[3]++
		}
	}
	return nil
}

func (u *unitLedger) flush(w *columnar.Writer) error {
	for _, path := range u.files {
		n := u.sums[path]
		if n[0] != n[1]+n[2]+n[3]+n[4] {
			return fmt.Errorf("%w: %s: read %d, written %d, filtered %d, duplicate %d, rejected %d; this is a fault of the program, report it", ErrLedger, path, n[0], n[1], n[2], n[3], n[4])
		}
		u.out.Row().Text(path).Int(n[:]...).Text("").End()
	}
	u.total(u.counts)
	err := w.Write(u.out, 0, u.out.N)
	u.out.Reset()
	return err
}

// total adds the unit's sums to counts and begins the next unit.
func (u *unitLedger) total(counts map[string]int64) {
	for _, path := range u.files {
		for k, name := range ledgerColumns {
			counts[name] += u.sums[path][k]
		}
		counts["files"]++
	}
	u.files, u.sums = nil, nil
}

// balance compares the ledger with the rows of the tables.
func (f *finish) balance() error {
	c := f.counts
	for _, pair := range [][2]string{{"written", "judgments"}, {"duplicate", "duplicates"}, {"rejected", "rejects"}} {
		if rows := f.record.Table(pair[1]).Rows; rows != c[pair[0]] {
			return fmt.Errorf("%w: %s %d, but table %s has %d rows; this is a fault of the program, report it", ErrLedger, pair[0], c[pair[0]], pair[1], rows)
		}
	}
	if c["read"] != c["written"]+c["filtered"]+c["duplicate"]+c["rejected"] {
		return fmt.Errorf("%w: %v", ErrLedger, c)
	}
	return nil
}
