package cmd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRPageWorks runs the commands of docs/R.md in order, over the sample.
func TestRPageWorks(t *testing.T) {
	if _, err := exec.LookPath("Rscript"); err != nil {
		t.Skip("no Rscript: sudo apt-get install r-base-core")
	}
	page, err := os.ReadFile(filepath.Join("..", "docs", "R.md"))
	if err != nil {
		t.Fatal(err)
	}
	judgments, err := filepath.Abs(filepath.Join("..", "data", "sample", "judgments"))
	if err != nil {
		t.Fatal(err)
	}
	w := &week{t: t, dir: t.TempDir()}
	var script strings.Builder
	for _, block := range blocks(string(page)) {
		switch block[0] {
		case "sh":
			for line := range strings.Lines(block[1]) {
				w.run(strings.Fields(strings.Replace(line, " judgments", " "+judgments, 1)))
			}
		case "r":
			script.WriteString(block[1])
		}
	}
	w.write("page.R", script.String()+"stopifnot(nrow(a) > 20, is.factor(a$fact_breach_found), nrow(l) > 1, all(l$n > 0), file.exists(\"ladder.png\"))\n")
	c := exec.Command("Rscript", "--vanilla", "page.R")
	c.Dir, c.Env = w.dir, append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := c.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal(err)
	}
}
