package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caipan/features"
	"caipan/model/judgment"
	"caipan/model/text"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

// fakeSource makes units of constructed documents: unit u has perUnit records in two files, every seventh a copy of an
// earlier one of another unit, every eleventh unreadable, every thirteenth without platform, every 97th a trap.
type fakeSource struct {
	units, perUnit int
	digest         string
}

func (s fakeSource) Plan() runinfo.Plan {
	return runinfo.Plan{Digest: s.digest, Units: s.units, Files: 2 * s.units, HandPicked: false, Inputs: []string{"fake"}}
}
func (s fakeSource) Units() int { return s.units }
func (s fakeSource) Files(u int) []string {
	return []string{fmt.Sprintf("u%03d/a.csv", u), fmt.Sprintf("u%03d/b.csv", u), fmt.Sprintf("u%03d/empty.csv", u)}
}
func (s fakeSource) Skipped() []Skipped { return []Skipped{{"__MACOSX/x", "resource fork"}} }

func (s fakeSource) Read(_ context.Context, u int, yield func(Item) bool) error {
	for i := range s.perUnit {
		n := u*s.perUnit + i
		path, record := s.Files(u)[0], int64(i)
		if i >= s.perUnit/2 {
			path, record = s.Files(u)[1], int64(i-s.perUnit/2)
		}
		it := Item{Bytes: 100}
		switch {
		case n%11 == 5:
			it.Reject = &Reject{Path: path, Record: record, Offset: int64(n), Code: "bad_encoding", Message: "坏字节"}
		default:
			body := fmt.Sprintf("某区人民法院民事判决书（2019）某01民初%d号 平台 原告甲%d诉被告乙公司。%s", n, n, strings.Repeat("本院认为。", n%40))
			if n%7 == 3 && n > 20 {
				body = fmt.Sprintf("某区人民法院民事判决书（2019）某01民初%d号 平台 副本", n%5)
			}
			if n%13 == 1 {
				body = strings.ReplaceAll(body, "平台", "房屋") + fmt.Sprint(n)
			}
			if n%97 == 8 {
				body += "陷阱"
			}
			it.Doc = features.Document{ID: fmt.Sprint("d", n), Path: path, Record: record, Text: body}
		}
		if !yield(it) {
			return nil
		}
	}
	return nil
}

type fakeReader struct{}

func (r fakeReader) ReadPlatform(d features.Document) (*judgment.Case, string) {
	if !strings.Contains(d.Text, "平台") {
		return nil, "no word of a platform"
	}
	return r.Read(d), ""
}

func (fakeReader) Read(d features.Document) *judgment.Case {
	if strings.Contains(d.Text, "陷阱") {
		var none *judgment.Case
		return &judgment.Case{CaseID: none.CaseID}
	}
	c := &judgment.Case{Text: d.Text, Tokens: -1}
	c.CaseID, _ = text.CaseID(d.Text)
	c.CaseKey = "某区人民法院|" + d.ID
	c.Header = judgment.Header{Court: "某区人民法院", CaseNumber: "（2019）某01民初" + strings.TrimPrefix(d.ID, "d") + "号", Instance: "first", DocType: "judgment", Category: "civil", Outcome: "partly", JudgmentDate: "2019-05-06"}
	c.Sections = []judgment.Section{{Kind: "head", Holder: "court", Instance: "first", Span: judgment.Span{Start: 0, End: 30}}, {No: 1, Kind: "reasoning", Holder: "court", Instance: "first", Span: judgment.Span{Start: 30, End: len(d.Text)}}}
	c.Parties = []judgment.Party{{No: 0, Name: "甲", Role: "plaintiff", Kind: "person"}, {No: 1, Name: "乙公司", Role: "defendant", Kind: "organization", IsPlatformOperator: true, Brand: "乙", ServiceType: "shopping"}}
	amount := float64(len(d.Text))
	c.Rulings = []judgment.Ruling{{PartyNo: 1, PartyName: "乙公司", Role: "defendant", Label: "own", Via: "own", Amount: &amount, Items: []int{1}}}
	for i := range len(d.Text) % 5 {
		c.Findings = append(c.Findings, judgment.Finding{ID: fmt.Sprintf("%sf%d", c.CaseID, i), PartyNo: 1, Variable: "notice", Value: "effective", Status: "affirmed", Level: 3, Holder: "this_court", SectionNo: 1, Span: judgment.Span{Start: 3, End: 9}, Quote: d.Text[3:9]})
	}
	return c
}

// smallChunks makes chunks small, so that a few thousand records make hundreds.
func smallChunks(t testing.TB) {
	records := chunkRecords
	chunkRecords = 23
	t.Cleanup(func() { chunkRecords = records })
}

var standard = fakeSource{units: 12, perUnit: 120, digest: "d0"}

func options(out string, jobs int) IngestOptions {
	return IngestOptions{Source: standard, Reader: fakeReader{}, Out: out, Jobs: jobs, CSV: CSVTables("ingest"), Flags: map[string]string{"no_terms": "true"}}
}

func ingest(t testing.TB, o IngestOptions) Summary {
	t.Helper()
	s, err := Ingest(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tree is every file of an output folder but run.json.
func tree(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		if rel == runinfo.Name {
			return nil
		}
		out[filepath.ToSlash(rel)], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sameTree(t testing.TB, what string, want, got map[string][]byte) {
	t.Helper()
	for name := range want {
		if !bytes.Equal(want[name], got[name]) {
			t.Errorf("%s: %s has other bytes (%d, want %d)", what, name, len(got[name]), len(want[name]))
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s should not be there", what, name)
		}
	}
}

func TestSameBytesForAnyWorkersAndShards(t *testing.T) {
	smallChunks(t)
	one := t.TempDir()
	s := ingest(t, options(one, 1))
	want := tree(t, one)
	if s.Counts["written"] == 0 || s.Counts["duplicate"] == 0 || s.Counts["rejected"] == 0 || s.Counts["filtered"] == 0 {
		t.Fatalf("the fake does not cover the ledger: %v", s.Counts)
	}
	eight := t.TempDir()
	ingest(t, options(eight, 8))
	sameTree(t, "-j 8", want, tree(t, eight))
	for _, n := range []int{3, 64} { // 64 shards of 12 units: most are empty
		var parts []string
		for i := n; i >= 1; i-- {
			o := options(t.TempDir(), 2)
			o.Shard = Shard{i, n}
			if s := ingest(t, o); s.Finished {
				t.Error("a shard calls itself finished")
			}
			parts = append(parts, o.Out)
		}
		merged := t.TempDir()
		m, err := Merge(context.Background(), MergeOptions{Out: merged, Parts: parts, CSV: CSVTables("ingest"), Jobs: 2})
		if err != nil {
			t.Fatal(err)
		}
		sameTree(t, fmt.Sprint(n, " shards"), want, tree(t, merged))
		if m.RunID != s.RunID {
			t.Errorf("merged run id %s, want %s", m.RunID, s.RunID)
		}
	}
}

func TestLedgerAndTables(t *testing.T) {
	smallChunks(t)
	out := t.TempDir()
	s := ingest(t, options(out, 2))
	c := s.Counts
	if total := int64(standard.units * standard.perUnit); c["read"] != total || c["written"]+c["filtered"]+c["duplicate"]+c["rejected"] != total {
		t.Errorf("ledger %v, want %d read", c, total)
	}
	if s.Codes["internal"] == 0 || s.Codes["bad_encoding"] == 0 {
		t.Errorf("codes %v: the trap or the bad bytes are lost", s.Codes)
	}
	run, err := runinfo.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, tab := range run.Tables {
		for _, p := range tab.Parts {
			if _, err := columnar.Verify(filepath.Join(out, p.Path), dataset.Named(tab.Name)); err != nil {
				t.Error(err)
			}
		}
	}
	empty, skipped := 0, 0
	rd, err := run.Open(out, "sources")
	if err != nil {
		t.Fatal(err)
	}
	err = rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if strings.HasSuffix(b.Text("source_path", i), "empty.csv") {
				empty++
			}
			if b.Text("skipped", i) != "" {
				skipped++
			}
		}
		return nil
	})
	if err != nil || empty != standard.units || skipped != 1 {
		t.Errorf("%d files without records (want %d), %d skipped (want 1), %v", empty, standard.units, skipped, err)
	}
}

func TestFirstInPlanOrderStays(t *testing.T) {
	smallChunks(t)
	out := t.TempDir()
	ingest(t, options(out, 4))
	run, _ := runinfo.Read(out)
	rd, err := run.Open(out, "duplicates")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			n++
			dup := fmt.Sprintf("%s#%06d", b.Text("source_path", i), b.Int("source_record", i, 0))
			kept := fmt.Sprintf("%s#%06d", b.Text("kept_path", i), b.Int("kept_record", i, 0))
			if kept >= dup { // paths of the fake sort in plan order
				t.Errorf("%s was dropped for %s, which comes later", dup, kept)
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Errorf("%d duplicates, %v", n, err)
	}
}

func TestSelectAllAndCivil(t *testing.T) {
	o := options(t.TempDir(), 2)
	o.Select = SelectAll
	if s := ingest(t, o); s.Counts["filtered"] != 0 || s.Select != SelectAll {
		t.Errorf("all filters: %v", s.Counts)
	}
	o = options(t.TempDir(), 2)
	o.Select = SelectCivil
	if s := ingest(t, o); s.Counts["filtered"] != 0 {
		t.Errorf("every fake case is civil: %v", s.Counts)
	}
	o.Select = "platforms"
	if _, err := Ingest(context.Background(), o); err == nil {
		t.Error("an unknown selection passes")
	}
}

func TestOutputFolderRules(t *testing.T) {
	dir := t.TempDir()
	keep := filepath.Join(dir, "mine.txt")
	os.WriteFile(keep, []byte("x"), 0o644)
	for _, force := range []bool{false, true} {
		o := options(dir, 1)
		o.Force = force
		if _, err := Ingest(context.Background(), o); !errors.Is(err, ErrOutput) {
			t.Errorf("force=%v: a folder of somebody else is used: %v", force, err)
		}
	}
	os.Remove(keep)
	ingest(t, options(dir, 1))
	want := tree(t, dir)
	if _, err := Ingest(context.Background(), options(dir, 1)); !errors.Is(err, ErrOutput) {
		t.Errorf("a finished run is overwritten: %v", err)
	}
	os.WriteFile(keep, []byte("x"), 0o644)
	o := options(dir, 1)
	o.Force, o.CSV = true, nil
	ingest(t, o)
	got := tree(t, dir)
	if got["mine.txt"] == nil {
		t.Error("--force removed a file that run.json does not name")
	}
	if got["csv/judgments.csv"] != nil {
		t.Error("--force left a file of the run before")
	}
	if !bytes.Equal(got["judgments/part-00000.parquet"], want["judgments/part-00000.parquet"]) {
		t.Error("the second run gives other bytes")
	}
}

func TestOutputOfAnotherVersion(t *testing.T) {
	dir := t.TempDir()
	ingest(t, options(dir, 1))
	record := filepath.Join(dir, runinfo.Name)
	b, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	old := bytes.Replace(b, []byte(dataset.SchemaVersion), []byte("0-old"), 1)
	os.WriteFile(record, old, 0o644)
	o := options(dir, 1)
	o.Resume = true
	if _, err := Ingest(context.Background(), o); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("resume: %v", err)
	}
	o.Resume, o.Force = false, true
	ingest(t, o)
	os.WriteFile(record, []byte(`{"tables":[{"parts":[{"path":"../outside"}]}]}`), 0o644)
	outside := filepath.Join(filepath.Dir(dir), "outside")
	os.WriteFile(outside, nil, 0o644)
	ingest(t, o)
	if _, err := os.Stat(outside); err != nil {
		t.Error("--force followed a name that leads out of the folder")
	}
}

func TestTwoRunsOnOneOutput(t *testing.T) {
	dir := t.TempDir()
	o, err := claim(dir, false, false)
	if err != nil {
		t.Fatal(err)
	}
	defer o.release()
	if _, err := Ingest(context.Background(), options(dir, 1)); !errors.Is(err, ErrOutput) || !strings.Contains(err.Error(), "in use") {
		t.Errorf("second run: %v", err)
	}
}

func TestResumeRefusesChangedInputs(t *testing.T) {
	smallChunks(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	o := options(dir, 2)
	o.Progress = func(_, _, _ int64) { cancel() }
	if _, err := Ingest(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled run: %v", err)
	}
	o = options(dir, 2)
	o.Resume = true
	other := standard
	other.digest = "d1"
	o.Source = other
	if _, err := Ingest(context.Background(), o); !errors.Is(err, ErrChanged) {
		t.Errorf("changed inputs: %v", err)
	}
	o.Source, o.Select = standard, SelectAll
	if _, err := Ingest(context.Background(), o); !errors.Is(err, ErrChanged) {
		t.Errorf("changed flag: %v", err)
	}
}

func TestResumeAfterCancelGivesSameBytes(t *testing.T) {
	smallChunks(t)
	whole := t.TempDir()
	ingest(t, options(whole, 2))
	want := tree(t, whole)
	dir := t.TempDir()
	for stop := int64(50); ; stop += 300 {
		ctx, cancel := context.WithCancel(context.Background())
		o := options(dir, 2)
		o.Resume = true
		seen := make(chan struct{}, 100000)
		o.Progress = func(_, _, _ int64) {
			seen <- struct{}{}
			if int64(len(seen)) > stop {
				cancel()
			}
		}
		_, err := Ingest(ctx, o)
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	sameTree(t, "resumed", want, tree(t, dir))
	// a finished run is left alone, a damaged one is made again
	o := options(dir, 2)
	o.Resume = true
	ingest(t, o)
	part := filepath.Join(dir, "parties", "part-00000.parquet")
	b, _ := os.ReadFile(part)
	b[len(b)/2] ^= 1
	os.WriteFile(part, b, 0o644)
	ingest(t, o)
	sameTree(t, "repaired", want, tree(t, dir))
}

func TestDamagedOrMissingShards(t *testing.T) {
	smallChunks(t)
	var parts []string
	for i := 1; i <= 3; i++ {
		o := options(t.TempDir(), 2)
		o.Shard = Shard{i, 3}
		ingest(t, o)
		parts = append(parts, o.Out)
	}
	merge := func(parts ...string) error {
		_, err := Merge(context.Background(), MergeOptions{Out: t.TempDir(), Parts: parts, Jobs: 1})
		return err
	}
	if err := merge(parts[0], parts[2]); err == nil || !strings.Contains(err.Error(), "shard 2/3 is missing") {
		t.Errorf("missing shard: %v", err)
	}
	if err := merge(parts[0], parts[1], parts[1]); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("shard twice: %v", err)
	}
	other := options(t.TempDir(), 1)
	other.Shard, other.Select = Shard{2, 3}, SelectAll
	ingest(t, other)
	if err := merge(parts[0], other.Out, parts[2]); !errors.Is(err, ErrChanged) {
		t.Errorf("shard of another run: %v", err)
	}
	chunks, _ := filepath.Glob(filepath.Join(parts[1], stagingName, "chunks", "*", "*.chunk"))
	good, _ := os.ReadFile(chunks[1])
	bad := bytes.Clone(good)
	bad[len(bad)/3] ^= 4
	os.WriteFile(chunks[1], bad, 0o644)
	if err := merge(parts...); !errors.Is(err, columnar.ErrDamaged) {
		t.Errorf("flipped byte: %v", err)
	}
	os.Remove(chunks[2])
	again := options(parts[1], 2)
	again.Shard, again.Resume = Shard{2, 3}, true
	ingest(t, again)
	if now, _ := os.ReadFile(chunks[1]); !bytes.Equal(now, good) {
		t.Error("the damaged chunk was not made again")
	}
	if err := merge(parts...); err != nil {
		t.Errorf("after repair: %v", err)
	}
}

func TestParseShard(t *testing.T) {
	for in, ok := range map[string]bool{"": true, "1/1": true, "3/64": true, "0/3": false, "4/3": false, "x": false, "1/2x": false, "-1/2": false} {
		if _, err := ParseShard(in); (err == nil) != ok {
			t.Errorf("ParseShard(%q): %v", in, err)
		}
	}
}
