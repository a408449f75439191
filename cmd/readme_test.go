package cmd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the README shows is what the commands of `make run` print. UPDATE=1 go test ./cmd -run Readme writes it anew.
func TestReadmeShowsTheRealOutput(t *testing.T) {
	sample, err := filepath.Abs(filepath.Join("..", "data", "sample"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var out strings.Builder
	for _, args := range [][]string{
		{"ingest", "--force", "--csv", "--out", "out/ingest", sample},
		{"classify", "--force", "--csv", "--in", "out/ingest", "--out", "out/classify"},
		{"report", "--force", "--in", "out/classify", "--out", "out/report"},
	} {
		c := exec.Command(filepath.Join(binaries, args[0]), args[1:]...)
		c.Dir, c.Stdout = dir, &out
		var log strings.Builder
		c.Stderr = &log
		if err := c.Run(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, log.String())
		}
	}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		path := filepath.Join("..", name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		before, rest, ok := strings.Cut(string(b), "```console\n$ make run\n")
		if !ok {
			t.Fatalf("%s has no block that begins with $ make run", name)
		}
		shown, after, _ := strings.Cut(rest, "```")
		if shown == out.String() {
			continue
		}
		if os.Getenv("UPDATE") == "" {
			t.Errorf("%s shows\n%s\nmake run prints\n%s", name, shown, out.String())
			continue
		}
		if err := os.WriteFile(path, []byte(before+"```console\n$ make run\n"+out.String()+"```"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
