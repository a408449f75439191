package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caipan/model/doctrine"
	"caipan/model/inference"
	"caipan/model/judgment"
	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
	"caipan/pipeline/runinfo"
)

func fakeResolve(c *judgment.Case) (out []judgment.Fact) {
	for _, policy := range Policies {
		for _, f := range c.Findings {
			out = append(out, judgment.Fact{CaseID: c.CaseID, PartyNo: f.PartyNo, EvidencePolicy: policy, Variable: f.Variable, Value: f.Value, Level: f.Level, Status: "read", FindingIDs: []string{f.ID}})
			break
		}
	}
	return out
}

func engines(t testing.TB) (out []*inference.Engine) {
	t.Helper()
	for _, id := range doctrine.ShippedIDs() {
		p, err := doctrine.Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		e, err := inference.New(p, "", inference.Options{})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

func classifyOptions(t testing.TB, in string, jobs int) ClassifyOptions {
	return ClassifyOptions{In: in, Out: filepath.Join(t.TempDir(), "classified"), Resolve: fakeResolve, Engines: engines(t), Jobs: jobs, CSV: CSVTables("classify")}
}

func classify(t testing.TB, o ClassifyOptions) Summary {
	t.Helper()
	s, err := Classify(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestClassifyRowsAndBytes(t *testing.T) {
	in := t.TempDir()
	small := options(in, 2)
	small.Source = fakeSource{units: 3, perUnit: 40, digest: "d2"}
	ingested := ingest(t, small)
	one, eight := classifyOptions(t, in, 1), classifyOptions(t, in, 8)
	s := classify(t, one)
	classify(t, eight)
	want := tree(t, one.Out)
	sameTree(t, "-j 8", want, tree(t, eight.Out))
	cases := ingested.Counts["written"]
	if s.Counts["cases"] != cases || s.Counts["operators"] != cases || s.Tables["groups"] != cases {
		t.Errorf("counts %v, tables %v, want %d cases", s.Counts, s.Tables, cases)
	}
	if n := cases * int64(len(Policies)*len(one.Engines)); s.Tables["predictions"] != n {
		t.Errorf("%d predictions, want %d", s.Tables["predictions"], n)
	}
	run, err := runinfo.Read(one.Out)
	if err != nil {
		t.Fatal(err)
	}
	for _, tab := range run.Tables {
		for _, p := range tab.Parts {
			if _, err := columnar.Verify(filepath.Join(one.Out, p.Path), dataset.Named(tab.Name)); err != nil {
				t.Error(err)
			}
		}
	}
	at, first, err := runinfo.Ingest(one.Out, "")
	if err != nil || first.RunID != ingested.RunID || !same(at, in) {
		t.Errorf("the chain leads to %s (%v), want %s", at, err, in)
	}
}

func same(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

func TestClassifyRefusesDamagedCases(t *testing.T) {
	in := t.TempDir()
	ingest(t, options(in, 2))
	path := filepath.Join(in, "findings", "part-00000.parquet")
	b, _ := os.ReadFile(path)
	b[len(b)/2] ^= 8
	os.WriteFile(path, b, 0o644)
	o := classifyOptions(t, in, 2)
	if _, err := Classify(context.Background(), o); !errors.Is(err, columnar.ErrDamaged) {
		t.Errorf("damaged findings: %v", err)
	}
	if _, err := os.Stat(filepath.Join(o.Out, runinfo.Name)); err == nil {
		t.Error("a failed run left a run.json")
	}
}

func TestClassifyNeedsAnIngestRun(t *testing.T) {
	o := classifyOptions(t, t.TempDir(), 1)
	if _, err := Classify(context.Background(), o); !errors.Is(err, runinfo.ErrNoRun) {
		t.Errorf("empty folder: %v", err)
	}
	o.Policies = []string{"gossip"}
	if _, err := Classify(context.Background(), o); err == nil || !strings.Contains(err.Error(), "gossip") {
		t.Errorf("unknown policy: %v", err)
	}
}

func TestPanicInClassifyNamesTheCase(t *testing.T) {
	in := t.TempDir()
	ingest(t, options(in, 2))
	o := classifyOptions(t, in, 2)
	o.Resolve = func(c *judgment.Case) []judgment.Fact { panic("trap") }
	if _, err := Classify(context.Background(), o); err == nil || !strings.Contains(err.Error(), "case c") {
		t.Errorf("panic: %v", err)
	}
}

func TestFind(t *testing.T) {
	in := t.TempDir()
	ingest(t, options(in, 2))
	run, _ := runinfo.Read(in)
	m, err := runinfo.Find(in, run, "(2019)某01民初0号")
	if err != nil || len(m) != 1 || m[0].CaseNumber != "（2019）某01民初0号" {
		t.Fatalf("by 案号: %v, %v", m, err)
	}
	for _, name := range []string{m[0].CaseID, m[0].CaseKey, "〔2019〕某01民初 0号"} {
		if again, err := runinfo.Find(in, run, name); err != nil || len(again) != 1 || again[0] != m[0] {
			t.Errorf("by %s: %v, %v", name, again, err)
		}
	}
	if _, err := runinfo.Find(in, run, "（2020）别号"); err == nil || !strings.Contains(err.Error(), "案号") {
		t.Errorf("no such case: %v", err)
	}
	c, err := runinfo.Load(in, run, m[0].CaseID)
	if err != nil || len(c.Parties) != 2 || len(c.Sections) != 2 {
		t.Errorf("loaded %+v, %v", c, err)
	}
}

func groupsOf(t *testing.T, cases ...*judgment.Case) (out [][3]string) {
	t.Helper()
	g, err := newGrouper(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		if err := g.add(fmt.Sprintf("c%016x", i+1), groupKeys(c)); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	w := columnar.NewWriter(dir, dataset.Named("groups"), nil)
	if err := g.write(w); err != nil {
		t.Fatal(err)
	}
	parts, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	err = columnar.OpenTable(dir, dataset.Named("groups"), parts).Each(func(b *dataset.Batch) error {
		for i := range b.N {
			out = append(out, [3]string{b.Text("family_id", i), b.Text("series_id", i), b.Text("near_dup_group", i)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGroups(t *testing.T) {
	text := func(name, sum string, differ string) string {
		var b strings.Builder
		for i := range 60 {
			fmt.Fprintf(&b, "%s主张第%c项事实关于订单与退货说明并提交证据，金额%s元。", name, rune(0x4e00+i*37), sum)
		}
		return b.String() + differ
	}
	mk := func(number, plaintiff, operator, body string, cited ...string) *judgment.Case {
		return &judgment.Case{Text: body, Header: judgment.Header{CaseNumber: number, CitedNumbers: cited},
			Sections: []judgment.Section{{Kind: "facts", Span: judgment.Span{Start: 0, End: len(body)}}},
			Parties:  []judgment.Party{{Name: plaintiff, Role: "plaintiff"}, {Name: operator, Role: "defendant", IsPlatformOperator: true}}}
	}
	other := strings.Repeat("本院经审理查明交通肇事的经过如下所述。", 1)
	for i := range 60 {
		other += fmt.Sprintf("车辆%c行至路口%c与行人%c相撞造成伤害。", rune(0x5000+i*11), rune(0x6000+i*7), rune(0x7000+i*13))
	}
	g := groupsOf(t,
		mk("（2019）京01民初1号", "张三", "甲平台", text("张三", "500", "")),
		mk("(2019)京01民终9号", "张三", "乙平台", other, "（2019）京01民初1号"),
		mk("（2019）京01民初2号", "李四", "甲平台", text("李四", "73.5", "驳回。")),
		mk("（2019）京01民初3号", "张三", "甲平台", "短文"),
		mk("", "王五", "", "短文"))
	if g[0][0] != g[1][0] || g[0][0] == g[2][0] {
		t.Errorf("families: %v", g)
	}
	if g[0][1] != g[3][1] || g[0][1] == g[2][1] || g[0][1] == g[1][1] {
		t.Errorf("series: %v", g)
	}
	if g[0][2] != g[2][2] || g[0][2] == g[1][2] || g[3][2] == g[4][2] {
		t.Errorf("near duplicates: %v", g)
	}
}
