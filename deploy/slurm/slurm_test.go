package slurm

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const shards = 64

// TestClusterRun gives one run to a real Slurm as 64 shards, breaks it in four ways, and repairs it by submitting again:
// a killed task, a lost node, a deleted part, a part with a flipped byte. In the end the tables have the bytes of one run.
func TestClusterRun(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole cluster")
	}
	c := startCluster(t)
	base := filepath.Join(t.TempDir(), "判 决 书") // paths with Chinese characters and spaces work
	bin, work, dump := filepath.Join(base, "bin"), filepath.Join(base, "run"), filepath.Join(base, "dump.zip")
	build(t, bin)
	packed(t, dump, 70)
	one := filepath.Join(base, "one")
	must(t, exec.Command(filepath.Join(bin, "ingest"), "-q", "--select", "all", "--no-terms", "--out", one, dump))
	settings := filepath.Join(base, "settings")
	write(t, settings, fmt.Sprintf("BIN=%q\nINPUTS=(%q)\nWORK=%q\nSHARDS=%d\nINGEST=(--select all --no-terms)\nMERGE=()\nCLASSIFY=()\nREPORT=()\nSBATCH=()\nSBATCH_INGEST=()\nSBATCH_AFTER=()\n",
		faulty(t, base, bin, work), dump, work, shards))

	// First: shard 7 is killed in the middle, and the node of shard 11 is lost while that runs.
	done := make(chan string)
	go func() {
		out, _ := c.try("./submit", "--wait", settings)
		done <- out
	}()
	lost := c.loseNodeOf("11", filepath.Join(work, "logs", "first-11"))
	out := <-done
	if !strings.Contains(out, "not finished") || exists(filepath.Join(work, "ingest", "run.json")) {
		t.Fatalf("a run with a killed task must not be merged:\n%s", out)
	}
	refused, err := exec.Command(filepath.Join(bin, "ingest"), append([]string{"merge", "--out", filepath.Join(base, "early")}, parts(t, work)...)...).CombinedOutput()
	if err == nil || !strings.Contains(string(refused), "7") {
		t.Fatalf("merge takes a run with a shard missing: %s", refused)
	}
	c.startNode(lost)
	// Slurm starts the lost node's task again if it had seen it run; whether or not, submitting again repairs it.
	want, tasks := "7,20,30", 3
	if !exists(filepath.Join(part(work, 11), "run.json")) {
		want, tasks = "7,11,20,30", 4
	}

	// Then: a part is deleted, and one byte of another is flipped.
	if err := os.RemoveAll(part(work, 20)); err != nil {
		t.Fatal(err)
	}
	flip(t, filepath.Join(part(work, 30), ".staging", "chunks"))
	before := attempts(t, work)
	out, err = c.try("./submit", "--wait", settings)
	if err != nil {
		t.Fatalf("submit again: %v\n%s", err, out)
	}
	if !strings.Contains(out, "shards to run: "+want+"\n") {
		t.Errorf("only %s should run:\n%s", want, out)
	}
	if n := attempts(t, work) - before; n != tasks {
		t.Errorf("%d tasks ran, want %d", n, tasks)
	}
	sameTables(t, one, filepath.Join(work, "ingest"))
	for _, name := range []string{"classify/run.json", "report/index.html"} {
		if !exists(filepath.Join(work, name)) {
			t.Errorf("no %s", name)
		}
	}
	left, _ := filepath.Glob(filepath.Join(work, "parts", "*", ".staging", "chunks", "*", "*.tmp*"))
	if len(left) > 0 {
		t.Errorf("temporary files of killed attempts are left: %v", left)
	}
	if out, err := c.try("./submit", "--dry-run", settings); err != nil || !strings.Contains(out, "all 64 shards are whole") {
		t.Errorf("submit a third time: %v\n%s", err, out)
	}
}

// faulty is a folder of commands in which ingest notes each attempt, dies at shard 7 the first time, and lingers at shard 11.
func faulty(t *testing.T, base, bin, work string) string {
	dir := filepath.Join(base, "faulty")
	for _, name := range []string{"classify", "report"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(bin, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "ingest"), fmt.Sprintf(`#!/bin/bash
real=%q work=%q
[ -n "${SLURM_ARRAY_TASK_ID:-}" ] || exec "$real" "$@"
echo "$SLURM_ARRAY_TASK_ID" >> "$work/logs/attempts"
first=$work/logs/first-$SLURM_ARRAY_TASK_ID
if [ ! -e "$first" ]; then
  touch "$first"
  case $SLURM_ARRAY_TASK_ID in
  7) "$real" "$@" & sleep 0.03; kill -9 $!; exit 137 ;;
  11) sleep 60 ;;
  esac
fi
exec "$real" "$@"
`, filepath.Join(bin, "ingest"), work))
	return dir
}

// loseNodeOf waits until the task runs, which its sign tells, and then loses its node.
func (c *cluster) loseNodeOf(task, sign string) (node string) {
	c.until(2*time.Minute, "running task "+task, func() bool {
		out, _ := c.try("squeue", "--noheader", "--array", "--states=RUNNING", "--format=%K %N %j")
		for line := range strings.Lines(out) {
			if f := strings.Fields(line); len(f) == 3 && f[0] == task && f[2] == "caipan-ingest" {
				node = f[1]
			}
		}
		return node != "" && exists(sign)
	})
	c.loseNode(node)
	return node
}

// packed writes an archive of n archives, a unit of the plan each, with judgments that differ in their case number.
func packed(t *testing.T, path string, n int) {
	files, err := filepath.Glob("../../data/sample/judgments/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no sample", err)
	}
	var outer bytes.Buffer
	w := zip.NewWriter(&outer)
	for i := range n {
		text, err := os.ReadFile(files[i%len(files)])
		if err != nil {
			t.Fatal(err)
		}
		var inner bytes.Buffer
		iw := zip.NewWriter(&inner)
		f, _ := iw.Create(fmt.Sprintf("%03d.txt", i))
		fmt.Fprintf(f, "%s\n第%d份\n", text, i)
		if err := iw.Close(); err != nil {
			t.Fatal(err)
		}
		f, _ = w.Create(fmt.Sprintf("%03d.zip", i))
		f.Write(inner.Bytes())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, outer.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func build(t *testing.T, bin string) {
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	must(t, exec.Command("go", "build", "-o", bin+string(filepath.Separator), "../../cmd/ingest", "../../cmd/classify", "../../cmd/report"))
}

func must(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
}

func part(work string, i int) string { return filepath.Join(work, "parts", fmt.Sprintf("%05d", i)) }

func parts(t *testing.T, work string) []string {
	list, err := filepath.Glob(filepath.Join(work, "parts", "*"))
	if err != nil || len(list) < shards-2 {
		lacking, _ := exec.Command(filepath.Join(filepath.Dir(work), "bin", "ingest"), "parts", "--of", fmt.Sprint(shards), filepath.Join(work, "parts")).CombinedOutput()
		logs, _ := filepath.Glob(filepath.Join(work, "logs", "*"))
		t.Fatalf("%d parts, %v\n%s\n%v", len(list), err, lacking, logs)
	}
	return list
}

// flip changes one bit of the first chunk under the folder.
func flip(t *testing.T, chunks string) {
	err := filepath.WalkDir(chunks, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		b[len(b)/2] ^= 1
		if err := os.WriteFile(p, b, 0o644); err != nil {
			return err
		}
		return fs.SkipAll
	})
	if err != nil {
		t.Fatal(err)
	}
}

func attempts(t *testing.T, work string) int {
	b, err := os.ReadFile(filepath.Join(work, "logs", "attempts"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(b, []byte("\n"))
}

// sameTables compares every file of two runs but their records.
func sameTables(t *testing.T, a, b string) {
	t.Helper()
	want, have := sums(t, a), sums(t, b)
	if len(want) < 8 || len(want) != len(have) {
		t.Errorf("%d files and %d", len(want), len(have))
	}
	for name, sum := range want {
		if have[name] != sum {
			t.Errorf("%s differs from the one run's", name)
		}
	}
}

func sums(t *testing.T, dir string) map[string][32]byte {
	out := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "run.json" {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[rel] = sha256.Sum256(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
