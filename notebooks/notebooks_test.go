// Package notebooks_test executes the notebooks with Debian's Jupyter and compares what they print with what they store.
package notebooks_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// notebook is the part of a notebook file that tests look at.
type notebook struct {
	Cells []struct {
		Type    string `json:"cell_type"`
		Source  lines  `json:"source"`
		Outputs []struct {
			Type string           `json:"output_type"`
			Name string           `json:"name"`
			Text lines            `json:"text"`
			Data map[string]lines `json:"data"`
		} `json:"outputs"`
	} `json:"cells"`
}

// lines is a text that notebooks store as a text or as a list of lines.
type lines string

func (l *lines) UnmarshalJSON(b []byte) error {
	var list []string
	if json.Unmarshal(b, &list) == nil {
		*l = lines(strings.Join(list, ""))
		return nil
	}
	var s string
	if json.Unmarshal(b, &s) == nil {
		*l = lines(s)
	}
	return nil // other data, such as JSON objects, is not text
}

func read(t *testing.T, path string) *notebook {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var n notebook
	if err := json.Unmarshal(b, &n); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return &n
}

// printed is what each code cell prints and shows as text. What goes to stderr (a debugger's warnings) and images are left out.
func (n *notebook) printed() (out []string) {
	for _, c := range n.Cells {
		if c.Type != "code" {
			continue
		}
		var b strings.Builder
		for _, o := range c.Outputs {
			if o.Type == "stream" && o.Name != "stdout" {
				continue
			}
			b.WriteString(string(o.Text) + string(o.Data["text/plain"]))
		}
		out = append(out, b.String())
	}
	return out
}

func all(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob("*.ipynb")
	if err != nil || len(list) != 3 {
		t.Fatalf("notebooks %v, %v", list, err)
	}
	return list
}

// TestNotebooksRun executes every notebook over the sample. UPDATE=1 stores what they print now.
func TestNotebooksRun(t *testing.T) {
	nbconvert, err := exec.LookPath("jupyter-nbconvert")
	if err != nil {
		t.Skip("no jupyter-nbconvert: sudo apt-get install jupyter-nbconvert python3-ipykernel python3-pandas python3-matplotlib")
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin, "../cmd/ingest", "../cmd/classify", "../cmd/report").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	sample, err := filepath.Abs("../data/sample/judgments")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c := exec.Command(nbconvert, "--to", "notebook", "--execute", "--ExecutePreprocessor.record_timing=False", "--output-dir", dir, name)
			c.Env = append(os.Environ(), "CAIPAN_BIN="+bin, "CAIPAN_DUMP="+sample, "TMPDIR="+dir, "IPYTHONDIR="+dir, "MPLCONFIGDIR="+dir, "JUPYTER_RUNTIME_DIR="+dir, "LC_ALL=C.UTF-8")
			if out, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			fresh := filepath.Join(dir, name)
			if os.Getenv("UPDATE") != "" {
				b, err := os.ReadFile(fresh)
				if err == nil {
					err = os.WriteFile(name, b, 0o644)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			want, have := read(t, name).printed(), read(t, fresh).printed()
			if len(want) != len(have) {
				t.Fatalf("%d cells stored, %d run", len(want), len(have))
			}
			for i := range have {
				if have[i] != want[i] {
					t.Errorf("code cell %d stores\n%s\nand prints\n%s\nUPDATE=1 go test ./notebooks stores it anew", i, want[i], have[i])
				}
			}
		})
	}
}

// TestNotebooksAreForReaders: outputs are stored, every step has prose, and no path of a machine is in them.
func TestNotebooksAreForReaders(t *testing.T) {
	path := regexp.MustCompile(`/(tmp|home|root|Users|work|usr|var)/|[A-Z]:\\\\`)
	for _, name := range all(t) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if !strings.Contains(line, `"image/png"`) && path.MatchString(line) {
				t.Errorf("%s names a path of a machine: %s", name, line)
			}
		}
		prose, shown := 0, 0
		for _, c := range read(t, name).Cells {
			if c.Type == "markdown" {
				prose++
			}
			if len(c.Outputs) > 0 {
				shown++
			}
		}
		if prose < 5 || shown < 5 {
			t.Errorf("%s: %d cells of prose, %d with stored output", name, prose, shown)
		}
	}
}
