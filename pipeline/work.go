package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"caipan/features"
	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/pipeline/dataset"
)

// A chunk closes at chunkRecords records or chunkBytes bytes of text. Only tests change them, since what a chunk is must
// not depend on the machine.
var (
	chunkRecords       = 4096
	chunkBytes   int64 = 4 << 20
)

// rawChunk is what a worker is given.
type rawChunk struct {
	unit, k int
	last    bool
	items   []Item
	bytes   int64
}

// readUnits reads the shard's units, a goroutine for each unit at work, and lets workers make and commit the chunks that are
// not there yet. Memory is bounded by the chunks at work: two for each worker.
func (r *ingestRun) readUnits(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	units, tasks := make(chan int), make(chan *rawChunk)
	go func() {
		defer close(units)
		for _, u := range r.units() {
			select {
			case units <- u:
			case <-ctx.Done():
				return
			}
		}
	}()
	var readers, workers sync.WaitGroup
	for range min(r.Jobs, max(1, r.Source.Units())) {
		readers.Go(func() {
			for u := range units {
				if err := r.readUnit(ctx, u, tasks); err != nil {
					cancel(err)
				}
			}
		})
	}
	state := &state{run: r}
	for _, ks := range r.found {
		state.before += len(ks)
	}
	for range r.Jobs {
		workers.Go(func() {
			w := &worker{run: r, set: dataset.NewSet(dataset.Of("ingest")), state: state}
			for t := range tasks {
				if ctx.Err() != nil {
					continue
				}
				if err := w.do(ctx, t); err != nil {
					cancel(err)
				}
			}
		})
	}
	readers.Wait()
	close(tasks)
	workers.Wait()
	return context.Cause(ctx)
}

// readUnit cuts a unit into chunks and hands over those that are not committed yet.
func (r *ingestRun) readUnit(ctx context.Context, unit int, tasks chan<- *rawChunk) error {
	have, complete, err := r.committed(unit)
	if err != nil || complete {
		return err
	}
	c := &rawChunk{unit: unit}
	send := func() bool {
		if have[c.k] {
			c = &rawChunk{unit: unit, k: c.k + 1}
			return true
		}
		select {
		case tasks <- c:
			c = &rawChunk{unit: unit, k: c.k + 1}
			return true
		case <-ctx.Done():
			return false
		}
	}
	stopped := false
	err = r.Source.Read(ctx, unit, func(it Item) bool {
		if ctx.Err() != nil {
			stopped = true
			return false
		}
		c.items = append(c.items, it)
		c.bytes += int64(len(it.Doc.Text)) + 256
		if len(c.items) >= chunkRecords || c.bytes >= chunkBytes {
			stopped = !send()
		}
		return !stopped
	})
	if err != nil {
		return fmt.Errorf("read unit %d: %w", unit, err)
	}
	if stopped {
		return context.Cause(ctx)
	}
	c.last = true
	send()
	return nil
}

// committed says which chunks of the unit are whole on disk, and whether they are all. Damaged ones are removed and
// made again.
func (r *ingestRun) committed(unit int) (have map[int]bool, complete bool, err error) {
	have = map[int]bool{}
	ends := -1
	for _, k := range r.found[unit] {
		path := r.out.staging("chunks", chunkName(unit, k))
		c, err := openChunk(path, true)
		if err != nil || c.RunID != r.record.RunID || c.Unit != unit || c.K != k {
			if err := os.Remove(path); err != nil {
				return nil, false, err
			}
			continue
		}
		if have[k] = true; c.Last {
			ends = k
		}
	}
	return have, ends >= 0 && len(have) == ends+1, nil
}

// worker makes chunks; its batches are used again for the next.
type worker struct {
	run   *ingestRun
	set   *dataset.Set
	state *state
}

func (w *worker) do(ctx context.Context, t *rawChunk) error {
	for _, b := range w.set.Batches() {
		b.Reset()
	}
	c := &chunkData{Unit: t.unit, K: t.k, Last: t.last, set: w.set, rows: map[string][]uint32{}}
	ledger := &chunkLedger{set: w.set}
	if t.k == 0 {
		ledger.begin(w.run.Source.Files(t.unit))
	}
	for i := range t.items {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		w.item(c, ledger, &t.items[i])
		t.items[i] = Item{}
		if err := c.encode(false); err != nil {
			return err
		}
	}
	ledger.close()
	if _, err := writeChunk(w.run.out.staging("chunks", chunkName(t.unit, t.k)), w.run.record.RunID, c); err != nil {
		return err
	}
	return w.state.chunk(c, ledger)
}

// item reads one item and books it: written, filtered or rejected.
func (w *worker) item(c *chunkData, l *chunkLedger, it *Item) {
	rejects := int64(0)
	if it.Reject != nil {
		l.reject(*it.Reject)
		rejects = 1
	} else {
		doc := it.Doc
		found, reason, bad := w.run.read(doc)
		switch {
		case bad != nil:
			l.reject(*bad)
			rejects = 1
		case reason != "":
			l.filter(doc.Path, doc.Record, reason)
		default:
			w.keep(c, found)
			l.write(doc.Path)
		}
	}
	if w.run.Progress != nil {
		w.run.Progress(it.Bytes, 1, rejects)
	}
}

// keep appends the case's rows and notes how many they are.
func (w *worker) keep(c *chunkData, found *judgment.Case) {
	before := make([]int, len(perCase))
	for i, t := range perCase {
		before[i] = w.set.Table(t).N
	}
	dataset.AppendCase(w.set, found)
	for i, t := range perCase {
		c.rows[t] = append(c.rows[t], uint32(w.set.Table(t).N-before[i]))
	}
	key := found.IdentityKey
	if key == [16]byte{} {
		_, key = text.CaseID(found.Text)
	}
	c.keys = append(c.keys, chunkKey{key, found.Source.Path, found.Source.Record})
}

// read gives the case, or why it is left out, or why it cannot be read. A panic of the reader is a reject.
func (r *ingestRun) read(doc features.Document) (c *judgment.Case, filtered string, bad *Reject) {
	defer func() {
		if p := recover(); p != nil {
			bad = &Reject{Path: doc.Path, Record: doc.Record, Offset: -1, Code: "internal",
				Message: fmt.Sprintf("a fault of the program while reading this record (%v); report it with the record", p), Excerpt: head(doc.Text, 80)}
		}
	}()
	if r.mode == SelectPlatform {
		if c, filtered = r.Reader.ReadPlatform(doc); filtered != "" {
			return nil, filtered, nil
		}
	} else {
		c = r.Reader.Read(doc)
	}
	if c == nil || c.Text == "" {
		return nil, "", &Reject{Path: doc.Path, Record: doc.Record, Offset: -1, Code: "empty_text", Message: "nothing is left of the text; look at the record in its file"}
	}
	c.Source = judgment.Source{ID: doc.ID, Path: doc.Path, Record: doc.Record}
	if r.mode == SelectCivil && c.Header.Category != "civil" {
		return nil, "not a civil case", nil
	}
	return c, "", nil
}

// head is the beginning of s, at most n characters.
func head(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// chunkLedger books the items of one chunk by source file.
type chunkLedger struct {
	set  *dataset.Set
	path string
	n    [4]int64 // read, written, filtered, rejected of path
	open bool
	all  [4]int64
	from int64 // range of filtered records not written yet
	to   int64
	why  string
}

// begin books the files of a unit with zeros, since a file may have no record at all; the finish adds up.
func (l *chunkLedger) begin(files []string) {
	for _, f := range files {
		l.set.Table("sources").Row().Text(f).Int(0, 0, 0, 0, 0).Text("").End()
	}
}

func (l *chunkLedger) file(path string) {
	if l.open && path == l.path {
		return
	}
	l.close()
	l.path, l.open, l.n = path, true, [4]int64{}
}

func (l *chunkLedger) count(what int) {
	for _, i := range []int{0, what} {
		l.n[i]++
		l.all[i]++
	}
}

func (l *chunkLedger) write(path string) {
	l.file(path)
	l.count(1)
}

func (l *chunkLedger) filter(path string, record int64, why string) {
	l.file(path)
	l.count(2)
	if l.why == why && record == l.to+1 {
		l.to = record
		return
	}
	l.closeRange()
	l.from, l.to, l.why = record, record, why
}

func (l *chunkLedger) reject(x Reject) {
	l.file(x.Path)
	l.count(3)
	offset := x.Offset
	if offset < 0 {
		offset = dataset.NullInt
	}
	l.set.Table("rejects").Row().Text(x.Path).Int(x.Record, offset).Text(x.Code, x.Message, x.Excerpt).End()
}

func (l *chunkLedger) closeRange() {
	if l.why != "" {
		l.set.Table("filtered").Row().Text(l.path).Int(l.from, l.to).Text(l.why).End()
	}
	l.why = ""
}

func (l *chunkLedger) close() {
	l.closeRange()
	if l.open {
		l.set.Table("sources").Row().Text(l.path).Int(l.n[0], l.n[1], l.n[2], 0, l.n[3]).Text("").End()
	}
	l.open = false
}

// state is .staging/state.json, which says how far the run is since it was last started, and how many chunks were there
// then. It is for people: nothing reads it.
type state struct {
	run    *ingestRun
	mu     sync.Mutex
	before int
	chunks int64
	sums   [4]int64
}

func (s *state) chunk(c *chunkData, l *chunkLedger) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chunks++
	for i := range s.sums {
		s.sums[i] += l.all[i]
	}
	b, err := json.Marshal(map[string]any{"run_id": s.run.record.RunID, "plan_digest": s.run.record.Plan.Digest, "units": s.run.record.Plan.Units,
		"last_unit": c.Unit, "chunks_before": s.before, "chunks": s.chunks, "read": s.sums[0], "written": s.sums[1], "filtered": s.sums[2], "rejected": s.sums[3]})
	if err != nil {
		return err
	}
	path := s.run.out.staging("state.json")
	if err := os.WriteFile(path+".tmp", append(b, '\n'), 0o644); err != nil {
		return fmt.Errorf("write %s: %w (is the disk full?)", path, err)
	}
	return os.Rename(path+".tmp", path)
}

// writeWhole writes a small file under a temporary name first.
func writeWhole(path string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path+".tmp", b, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}
