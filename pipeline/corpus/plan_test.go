package corpus

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree writes files into a folder; a name that ends in / is a folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func plan(t *testing.T, opt Options, inputs ...string) *Plan {
	t.Helper()
	p, err := MakePlan(inputs, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func paths(p *Plan) (out []string) {
	for _, u := range p.Units {
		for _, f := range u.Files {
			out = append(out, f.SourcePath)
		}
	}
	return out
}

func TestWalk(t *testing.T) {
	dir := tree(t, map[string]string{
		"in/b/乙 判决.txt": judgment(2), "in/a.txt": judgment(1), "in/b.txt": judgment(3), "in/.git/x": "x", "in/.hidden": "x",
		"in/__MACOSX/a.txt": "x", "in/empty.txt": "", "in/README.md": "# about",
		"in/z.zip": string(zipped(t, member{"二/b.txt", judgment(5)}, member{"a.txt", judgment(4)}, member{"__MACOSX/a.txt", "x"}, member{"二/.DS_Store", "x"}, member{"e.txt", ""}, member{"a.txt", judgment(6)})),
	})
	if err := os.Symlink(filepath.Join(dir, "in", "a.txt"), filepath.Join(dir, "in", "link.txt")); err != nil {
		t.Fatal(err)
	}
	p := plan(t, Options{}, filepath.Join(dir, "in"))
	want := []string{"in/a.txt", "in/b/乙 判决.txt", "in/b.txt", "in/z.zip!二/b.txt", "in/z.zip!a.txt", "in/z.zip!a.txt#2"}
	if got := paths(p); !slices.Equal(got, want) {
		t.Errorf("files\n%q, want\n%q", got, want)
	}
	var skipped []string
	for _, s := range p.Skipped {
		skipped = append(skipped, s.Reason+" "+s.SourcePath)
	}
	wantSkipped := []string{"hidden in/.git", "hidden in/.hidden", "readme in/README.md", "macosx in/__MACOSX", "empty in/empty.txt", "symlink in/link.txt",
		"macosx in/z.zip!__MACOSX/a.txt", "hidden in/z.zip!二/.DS_Store", "empty in/z.zip!e.txt"}
	if !slices.Equal(skipped, wantSkipped) {
		t.Errorf("skipped\n%q, want\n%q", skipped, wantSkipped)
	}
	if recs, faults := readAll(t, p); len(recs) != 6 || len(faults) > 0 {
		t.Errorf("%d records, errors %v", len(recs), faults)
	}
	if !p.HandPicked {
		t.Error("a folder of single documents is hand-picked")
	}
}

func TestHandPicked(t *testing.T) {
	for name, want := range map[string]bool{"a.txt": true, "a.csv": false, "two.json": false, "one.json": true, "a.jsonl": false, "doc.zip": true} {
		content := map[string]string{"a.txt": judgment(1), "a.csv": csvHead + csvRow(1, oneLine(1)), "two.json": "[" + jsonRow(1) + "," + jsonRow(2) + "]", "one.json": jsonRow(1),
			"a.jsonl": jsonRow(1) + "\n" + jsonRow(2) + "\n", "doc.zip": string(zipped(t, member{"a.docx", docxOf(t, judgment(1))}))}[name]
		if p := plan(t, Options{}, filepath.Join(tree(t, map[string]string{name: content}), name)); p.HandPicked != want {
			t.Errorf("%s: hand-picked %v, want %v", name, p.HandPicked, want)
		}
	}
}

// TestDigest: the same inputs in another folder and another order give the same plan; a changed byte gives another.
func TestDigest(t *testing.T) {
	files := map[string]string{"a/1.txt": judgment(1), "b/x.csv": csvHead + csvRow(1, oneLine(1)), "c.zip": string(zipped(t, member{"m.txt", judgment(3)}))}
	digest := func(opt Options, files map[string]string, names ...string) string {
		dir := tree(t, files)
		for i, n := range names {
			names[i] = filepath.Join(dir, n)
		}
		return plan(t, opt, names...).Digest
	}
	first := digest(Options{}, files, "a", "b", "c.zip")
	if again := digest(Options{}, files, "c.zip", "b", "a"); again != first {
		t.Error("the order of the inputs or the folder changes the digest")
	}
	if digest(Options{Format: "text"}, files, "a", "b", "c.zip") == first || digest(Options{Map: map[string]string{"x": "text"}}, files, "a", "b", "c.zip") == first {
		t.Error("options that change the reading do not change the digest")
	}
	files["a/1.txt"] = strings.Replace(judgment(1), "甲", "丁", 1)
	if digest(Options{}, files, "a", "b", "c.zip") == first {
		t.Error("a changed character does not change the digest")
	}
}

func TestRefusedInputs(t *testing.T) {
	dir := tree(t, map[string]string{"a/x.txt": "1", "b/x.txt": "2"})
	for _, c := range []struct {
		inputs []string
		opt    Options
		want   string
	}{
		{nil, Options{}, "no input"},
		{[]string{filepath.Join(dir, "nothing")}, Options{}, "nothing"},
		{[]string{filepath.Join(dir, "a", "x.txt"), filepath.Join(dir, "b", "x.txt")}, Options{}, "same base name x.txt"},
		{[]string{dir}, Options{Format: "word"}, "unknown format word"},
		{[]string{dir}, Options{Map: map[string]string{"甲": "txet", "乙": "titel"}}, "乙: titel, 甲: txet"},
	} {
		if _, err := MakePlan(c.inputs, c.opt); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want one with %q", c.inputs, err, c.want)
		}
	}
}

// TestGroups: small files share a unit, a large one stands alone, an inner archive is one unit.
func TestGroups(t *testing.T) {
	big := strings.Repeat(judgment(1)+"\n", unitBytes/len(judgment(1))+1)
	inner := zipped(t, member{"x.txt", judgment(7)}, member{"y.txt", judgment(8)})
	dir := tree(t, map[string]string{"in/1.txt": judgment(1), "in/2.txt": judgment(2), "in/3.txt": big, "in/4.txt": judgment(4),
		"in/5.zip": string(zipped(t, member{"a.txt", judgment(5)}, member{"in.zip", string(inner)}, member{"z.txt", judgment(9)}))})
	p := plan(t, Options{}, filepath.Join(dir, "in"))
	var got []int
	for i, u := range p.Units {
		if u.No != i {
			t.Errorf("unit %d has number %d", i, u.No)
		}
		got = append(got, len(u.Files))
	}
	if want := []int{2, 1, 2, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("files a unit: %v, want %v", got, want)
	}
	recs, faults := readAll(t, p)
	if len(recs) != 8 || len(faults) > 0 || recs[5].SourcePath != "in/5.zip!in.zip!x.txt" {
		t.Errorf("%d records, errors %v", len(recs), faults)
	}
}

// TestBombs: an archive that unpacks to far more than is plausible, or whose members overlap, is refused before it is read.
func TestBombs(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, _ := w.Create("bomb.txt")
	zeros := bytes.Repeat([]byte{'0'}, 1<<20)
	for range bombFloor>>20 + 1 {
		f.Write(zeros)
	}
	f, _ = w.Create("good.txt")
	f.Write([]byte(judgment(1)))
	w.Close()
	dir := tree(t, map[string]string{"in/bomb.zip": b.String()})
	recs, faults := readAll(t, plan(t, Options{}, dir))
	if len(recs) != 1 || len(faults) != 1 || faults[0].Code != CodeBomb {
		t.Errorf("%d records, errors %v; want one and a bomb", len(recs), faults)
	}
}

func TestMapAndFormat(t *testing.T) {
	dir := tree(t, map[string]string{"other.csv": "编号,判决全文,宣判日,标题\n7,\"" + judgment(1) + "\",2022-08-16,某案\n", "listing.txt": csvHead + csvRow(1, oneLine(1))})
	p := plan(t, Options{Map: map[string]string{"判决全文": "text", "编号": "id", "宣判日": "date"}}, filepath.Join(dir, "other.csv"))
	recs, faults := readAll(t, p)
	if len(recs) != 1 || len(faults) > 0 || recs[0].ID != "7" || recs[0].Fields.Date != "2022-08-16" || recs[0].Fields.Title != "某案" || recs[0].Text != judgment(1) {
		t.Errorf("mapped columns gave %+v, %v", recs, faults)
	}
	asText, _ := readAll(t, plan(t, Options{Format: "text"}, filepath.Join(dir, "listing.txt")))
	asTable, _ := readAll(t, plan(t, Options{}, filepath.Join(dir, "listing.txt")))
	if len(asText) != 1 || !strings.HasPrefix(asText[0].Text, csvHead) || len(asTable) != 1 || asTable[0].Text != oneLine(1) {
		t.Errorf("as text %+v, by content %+v", asText, asTable)
	}
}
