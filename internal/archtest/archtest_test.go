// Package archtest holds the import policy of the house as a test. It reads the sources itself: a test that
// shells out to `go list` is served stale from the test cache.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fences: only these folders may import the library (a prefix of the import path).
var fences = map[string][]string{
	"github.com/go-ego/gse":                      {"features/segment", "internal/bench"},
	"github.com/apache/arrow/go":                 {"pipeline/columnar"},
	"github.com/xitongsys/":                      {"pipeline/columnar"},
	"gonum.org/v1/gonum/stat":                    {"report/agreement"},
	"gonum.org/v1/gonum/optimize":                {"report/agreement"},
	"gonum.org/v1/gonum/mat":                     {"report/agreement"},
	"gonum.org/v1/plot":                          {"report/figure"},
	"codeberg.org/go-pdf/fpdf":                   {"report/figure"},
	"github.com/goccy/go-yaml":                   {"features", "model/vocabulary", "model/doctrine"},
	"github.com/alecthomas/kong":                 {"internal/cli", "cmd"},
	"github.com/schollz/progressbar":             {"internal/cli"},
	"github.com/bytedance/sonic":                 {"pipeline", "internal/bench"},
	"github.com/xuri/excelize":                   {"pipeline/corpus", "pipeline/coding", "report", "cmd"}, // cmd: a test fills sheets
	"golang.org/x/net/html":                      {"pipeline/corpus"},
	"golang.org/x/text":                          {"pipeline/corpus", "pipeline/coding"},
	"github.com/chromedp/":                       {"report/site"},
	"github.com/rogpeppe/go-internal/testscript": {"cmd"},
}

// rooms: a folder may import, of ours, only the folders named (prefixes). Tests may import more.
var rooms = []struct {
	folder  string
	may     []string
	because string
}{
	{"model/text", nil, "it imports nothing of ours"},
	{"model/judgment", nil, "nouns import nothing of ours"},
	{"model/vocabulary", []string{"model/vocabulary", "model/judgment", "model/text"}, "the vocabulary stands below features and doctrine"},
	{"model/evidence", []string{"model/judgment", "model/vocabulary", "model/text"}, "evidence knows levels, no rules"},
	{"model/doctrine", []string{"model/vocabulary", "model/judgment", "model/text"}, "packs know no text"},
	{"model/inference", []string{"model/doctrine", "model/vocabulary", "model/judgment", "model/text"}, "inference sees facts only"},
	{"features", []string{"features", "model/vocabulary", "model/judgment", "model/text"}, "features know no doctrine"},
	{"pipeline/coding", []string{"pipeline/coding", "pipeline/dataset", "model/judgment", "model/text", "model/vocabulary"}, "hand coding knows nouns and words, no rules"},
	{"pipeline/corpus", []string{"pipeline/corpus"}, "the readers know no law"},
	{"pipeline/columnar", []string{"pipeline/columnar", "pipeline/dataset"}, "columns know no law"},
	{"pipeline/dataset", []string{"pipeline/dataset", "model/judgment", "model/text", "model/vocabulary"}, "tables know nouns only"},
	{"report/agreement", nil, "the statistics import nothing of ours"},
	{"report/figure", []string{"report/figure", "report/agreement"}, "figures draw numbers"},
	{"report/sample", []string{"report/sample", "report/agreement", "model/judgment", "model/text", "model/vocabulary", "pipeline/coding", "pipeline/dataset"}, "a sample knows units, no doctrine"},
	{"report/site", []string{"report/site", "report/agreement", "model/judgment", "model/text", "model/vocabulary", "model/inference", "pipeline/dataset"}, "pages show what was decided"},
	{"internal/cli", nil, "the command line knows no judgments"},
}

var forbiddenNames = []string{"util", "utils", "common", "helpers", "helper", "types", "manager", "misc"}

type source struct {
	folder, file string
	test         bool
	imports      []string
}

func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var out []source
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if d.IsDir() && (d.Name() == "testdata" || (strings.HasPrefix(d.Name(), ".") && rel != ".")) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(rel, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{folder: path.Dir(rel), file: rel, test: strings.HasSuffix(rel, "_test.go")}
		for _, im := range f.Imports {
			name, _ := strconv.Unquote(im.Path.Value)
			s.imports = append(s.imports, name)
		}
		out = append(out, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 10 {
		t.Fatalf("only %d Go files found under %s: the walk is wrong", len(out), root)
	}
	return out
}

func under(folder string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(r string) bool { return folder == r || strings.HasPrefix(folder, r+"/") })
}

func TestLibrariesStayBehindTheirFences(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, im := range s.imports {
			for lib, allowed := range fences {
				if !strings.HasPrefix(im, lib) {
					continue
				}
				used[lib] = true
				if !under(s.folder, allowed) {
					t.Errorf("%s imports %s, which only %v may; go through that package", s.file, im, allowed)
				}
			}
		}
	}
	for lib := range fences {
		if !used[lib] {
			t.Logf("no file imports %s", lib)
		}
	}
}

func TestImportsRunOneWay(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, r := range rooms {
			if !under(s.folder, []string{r.folder}) {
				continue
			}
			for _, im := range s.imports {
				own, ours := strings.CutPrefix(im, "caipan/")
				if ours && own != s.folder && !under(own, r.may) {
					t.Errorf("%s imports %s: %s", s.file, im, r.because)
				}
			}
		}
	}
}

func TestOnlyTheCommandLineExits(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || under(s.folder, []string{"internal", "cmd"}) {
			continue
		}
		b, err := os.ReadFile(filepath.Join("..", "..", s.file))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"os.Exit(", "log.Fatal", "time.Now("} {
			if strings.Contains(string(b), word) {
				t.Errorf("%s calls %s...: stages return errors and know no clock; only internal/cli does", s.file, word)
			}
		}
	}
}

func TestNoPackageIsCalledUtil(t *testing.T) {
	for _, s := range sources(t) {
		for _, part := range strings.Split(s.folder, "/") {
			if slices.Contains(forbiddenNames, part) {
				t.Errorf("%s: a folder called %q says nothing; name it after what it knows", s.file, part)
			}
		}
	}
}
