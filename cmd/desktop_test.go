package cmd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestDesktopScript: the script of `make dist` runs all three commands; names with Chinese characters, spaces and quotes work.
func TestDesktopScript(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the script for sh; caipan.bat is for Windows")
	}
	dir := t.TempDir()
	tool, input := filepath.Join(dir, "裁判 工具"), filepath.Join(dir, "我的 'a' 文书")
	for _, d := range []string{tool, input} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	copyFile(t, filepath.Join("..", "deploy", "desktop", "caipan"), filepath.Join(tool, "caipan"), 0o755)
	for _, c := range []string{"ingest", "classify", "report"} {
		program, err := filepath.Abs(filepath.Join(binaries, c))
		if err == nil {
			err = os.Symlink(program, filepath.Join(tool, c))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	copyFile(t, filepath.Join("..", "data", "sample", "judgments", "S03-ride-supplementary.txt"), filepath.Join(input, "顺风车 案.txt"), 0o644)
	run := func(wd string, args ...string) (string, error) {
		c := exec.Command(filepath.Join(tool, "caipan"), args...)
		c.Dir = wd
		out, err := c.CombinedOutput()
		return string(out), err
	}
	for _, c := range []struct {
		name, wd string
		args     []string
		out      string
	}{
		{"beside", dir, []string{input + "/"}, input + "-caipan"},
		{"again", dir, []string{input}, input + "-caipan"},
		{"named", dir, []string{"--out", "结果 一", input}, filepath.Join(dir, "结果 一")},
		{"here", input, []string{"."}, input + "-caipan"},
	} {
		text, err := run(c.wd, c.args...)
		if err != nil {
			t.Fatalf("%s: %v\n%s", c.name, err, text)
		}
		if _, err := os.Stat(filepath.Join(c.out, "report", "index.html")); err != nil || !strings.Contains(text, "report/index.html") || !strings.Contains(text, "cases 1 ") {
			t.Errorf("%s: %v\n%s", c.name, err, text)
		}
	}
	if text, err := run(dir); err == nil || !strings.Contains(text, "caipan FOLDER-OR-DUMP") {
		t.Errorf("without input: %v\n%s", err, text)
	}
}

func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}
