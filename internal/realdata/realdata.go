// Package realdata finds the real and coded judgments that may lie beside the project (../shared), for tests alone. Where
// they are absent, as in a user's clone, the test that asks for them is skipped with a message.
package realdata

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// Record is one judgment of the JSON Lines files.
type Record struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	CaseNumber string `json:"case_number"`
	Court      string `json:"court"`
	Date       string `json:"date"`
	Cause      string `json:"cause"`
	Procedure  string `json:"procedure"`
	Text       string `json:"text"`
}

// Path is the place of a file of the folder; the test is skipped if it is not there.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			dir = at
			break
		}
		if at == filepath.Dir(at) {
			t.Fatalf("no go.mod above %s", dir)
		}
	}
	p := filepath.Join(dir, "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no real judgments beside the project: %v", err)
	}
	return p
}

// Lines reads a JSON Lines file, plain or zst, whole.
func Lines[T any](t testing.TB, name string) (out []T) {
	t.Helper()
	f, err := os.Open(Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".zst") {
		z, err := zstd.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r = z
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		var x T
		if err := json.Unmarshal(sc.Bytes(), &x); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, x)
	}
	if err := sc.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}
