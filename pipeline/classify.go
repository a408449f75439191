package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// Policies are the rungs of the leakage ladder from the least to the most that a decision may read.
var Policies = []string{"pleadings", "undisputed", "facts", "reasoning"}

const classifyCommand = "classify"

// ClassifyOptions say which run to read, what to decide with, and where to write.
type ClassifyOptions struct {
	In       string // folder of an ingest run
	Out      string
	Resolve  func(*judgment.Case) []judgment.Fact // facts of all policies; model/evidence has it
	Engines  []*inference.Engine                  // packs and variants, each decided in the same pass
	Policies []string                             // empty: all four
	Flags    map[string]string                    // further flags that change what the tables mean
	CSV      []string

	Corrections []string // files of corrections by hand

	Jobs   int
	Resume bool // a finished run is kept; an unfinished one starts again, it is short
	Force  bool

	Progress Progress // may be nil; bytes are those of the texts
	Version  string
}

// Classify reads the cases of an ingest run one after another, resolves the facts of each platform operator, decides them
// with every engine and policy, and writes facts, predictions, trace and groups. Memory does not grow with the
// number of cases but for 20 bytes each, by which groups are told.
func Classify(ctx context.Context, o ClassifyOptions) (s Summary, err error) {
	c := &classifyRun{ClassifyOptions: o, counts: map[string]int64{}}
	if err := c.prepare(); err != nil {
		return s, err
	}
	out, err := claim(o.Out, o.Resume, o.Force)
	if err != nil {
		return s, err
	}
	defer out.release()
	if done, err := out.finished(c.record.RunID); err != nil {
		return s, err
	} else if done != nil && out.intact(done) {
		return summaryOf(done, o.Out), nil
	} else if done != nil {
		if err := out.removeRun(); err != nil {
			return s, err
		}
	}
	if err := os.RemoveAll(out.staging()); err != nil {
		return s, fmt.Errorf("%w: %w", ErrOutput, err)
	}
	if err := c.pass(ctx, out); err != nil {
		return s, err
	}
	c.record.Counts = c.counts
	if c.record.Files, err = writeTwins(out.staging("tables"), &c.record, c.CSV); err != nil {
		return s, err
	}
	if err := out.publish(&c.record); err != nil {
		return s, err
	}
	return summaryOf(&c.record, o.Out), nil
}

type classifyRun struct {
	ClassifyOptions
	cases  *runinfo.Run
	record runinfo.Run
	counts map[string]int64
	hand   *handCoding
	sets   sync.Pool // of *dataset.Set
}

func (c *classifyRun) prepare() error {
	c.Jobs = max(1, c.Jobs)
	if len(c.Policies) == 0 {
		c.Policies = Policies
	}
	for _, p := range c.Policies {
		if !slices.Contains(Policies, p) {
			return fmt.Errorf("--evidence %s: choose among %s", p, strings.Join(Policies, ", "))
		}
	}
	for _, name := range c.CSV {
		if t := dataset.Named(name); t == nil || t.Stage != classifyCommand {
			return fmt.Errorf("--csv %s: classify writes no such table", name)
		}
	}
	var link *runinfo.Link
	var err error
	if c.cases, link, err = runinfo.LinkTo(c.Out, c.In); err != nil {
		return err
	}
	if c.cases.Command != ingestCommand {
		return fmt.Errorf("%s was written by %q; classify reads the folder of an ingest run (shards: ingest merge first)", c.In, c.cases.Command)
	}
	var names []string
	digests := map[string]string{}
	for _, e := range c.Engines {
		name := e.Pack.ID + ":" + e.Variant
		names, digests[name] = append(names, name), e.Pack.Digest
	}
	if c.hand, err = readCorrections(c.In, c.cases, c.Corrections); err != nil {
		return err
	}
	c.hand.record(digests, c.counts)
	flags := map[string]string{"doctrine": strings.Join(names, ","), "evidence": strings.Join(c.Policies, ",")}
	what := map[string]string{"before": c.cases.RunID, "schema": dataset.SchemaVersion}
	for k, v := range c.Flags {
		flags[k] = v
	}
	for k, v := range flags {
		what["flag."+k] = v
	}
	for k, v := range digests {
		what["digest."+k] = v
	}
	c.record = runinfo.Run{Command: classifyCommand, RunID: runinfo.ID(classifyCommand, what), Version: c.Version, Flags: flags, Digests: digests, Notes: c.hand.notes, Predecessor: link}
	return nil
}

// parcel is some cases on their way through a worker; parcels are written in the order in which they were read.
type parcel struct {
	cases []*judgment.Case
	set   *dataset.Set
	keys  [][]groupKey
	done  chan struct{}
	fault error
}

const parcelCases = 64

// pass reads, decides and writes.
func (c *classifyRun) pass(ctx context.Context, out *output) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work, order := make(chan *parcel), make(chan *parcel, 2*c.Jobs)
	var group sync.WaitGroup
	group.Go(func() {
		defer close(work)
		defer close(order)
		if err := c.read(ctx, work, order); err != nil {
			cancel(err)
		}
	})
	for range c.Jobs {
		group.Go(func() {
			w := c.newDecider()
			for p := range work {
				p.fault = w.do(p)
				close(p.done)
			}
		})
	}
	w, err := c.newWriters(out)
	if err != nil {
		cancel(err)
	}
	for p := range order {
		select {
		case <-p.done:
		case <-ctx.Done():
			continue
		}
		if err == nil {
			err = w.write(p)
		}
		if err != nil {
			cancel(err)
		}
	}
	group.Wait()
	if err := context.Cause(ctx); err != nil {
		w.abort()
		return err
	}
	c.record.Tables, err = w.close()
	return err
}

func (c *classifyRun) read(ctx context.Context, work, order chan<- *parcel) error {
	cases, err := runinfo.OpenCases(c.In, c.cases, runinfo.Tables...)
	if err != nil {
		return err
	}
	defer cases.Close()
	p := &parcel{done: make(chan struct{})}
	send := func() bool {
		for _, ch := range []chan<- *parcel{order, work} {
			select {
			case ch <- p:
			case <-ctx.Done():
				return false
			}
		}
		p = &parcel{done: make(chan struct{})}
		return true
	}
	for {
		k, err := cases.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if p.cases = append(p.cases, k); len(p.cases) == parcelCases && !send() {
			return context.Cause(ctx)
		}
	}
	if len(p.cases) > 0 && !send() {
		return context.Cause(ctx)
	}
	return nil
}

// classifyWriters write the tables of a run.
type classifyWriters struct {
	run    *classifyRun
	tables []*dataset.Table
	w      map[string]*columnar.Writer
	groups *grouper
}

func (c *classifyRun) newWriters(out *output) (*classifyWriters, error) {
	w := &classifyWriters{run: c, tables: dataset.Of(classifyCommand), w: map[string]*columnar.Writer{}}
	meta := columnar.Meta{{"caipan.schema_version", dataset.SchemaVersion}, {"caipan.run_id", c.record.RunID}}
	for _, t := range w.tables {
		w.w[t.Name] = columnar.NewWriter(out.staging("tables"), t, meta).Ahead(ahead(c.Jobs))
	}
	var err error
	w.groups, err = newGrouper(out.staging("groups"))
	return w, err
}

// write appends a parcel to the tables, each table in a goroutine of its own.
func (w *classifyWriters) write(p *parcel) error {
	if p.fault != nil {
		return p.fault
	}
	errs := make([]error, len(w.tables))
	var group sync.WaitGroup
	for i, t := range w.tables {
		if b := p.set.Table(t.Name); b.N > 0 {
			group.Go(func() { errs[i] = w.w[t.Name].Write(b, 0, b.N) })
		}
	}
	size := int64(0)
	for i, k := range p.cases {
		size += int64(len(k.Text))
		if err := w.groups.add(k.CaseID, p.keys[i]); err != nil {
			errs = append(errs, err)
		}
		for _, party := range k.Parties {
			if party.IsPlatformOperator {
				w.run.counts["operators"]++
			}
		}
	}
	group.Wait()
	w.run.counts["cases"] += int64(len(p.cases))
	b := p.set.Table("predictions")
	for i := range b.N {
		w.run.counts["outcome."+b.Text("outcome", i)]++
	}
	w.run.keepSet(p.set)
	if w.run.Progress != nil {
		w.run.Progress(size, int64(len(p.cases)), 0)
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *classifyWriters) close() (out []runinfo.Table, err error) {
	defer w.abort()
	if err := w.groups.write(w.w["groups"]); err != nil {
		return nil, err
	}
	for _, t := range w.tables {
		parts, err := w.w[t.Name].Close()
		if err != nil {
			return nil, err
		}
		out = append(out, runinfo.Table{Name: t.Name, Rows: columnar.Rows(parts), Parts: parts})
	}
	return out, nil
}

func (w *classifyWriters) abort() {
	if w == nil {
		return
	}
	for _, t := range w.tables {
		w.w[t.Name].Abort()
	}
}
