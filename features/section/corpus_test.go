package section

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

// record is one real or constructed judgment beside the project.
type record struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	CaseNumber string `json:"case_number"`
	Court      string `json:"court"`
	Date       string `json:"date"`
	Cause      string `json:"cause"`
	Procedure  string `json:"procedure"`
	Text       string `json:"text"`
}

func sharedPath(t testing.TB, name string) string {
	t.Helper()
	p := filepath.Join("..", "..", "..", "shared", name)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no real judgments beside the project: %v", err)
	}
	return p
}

func jsonLines[T any](t testing.TB, name string) (out []T) {
	t.Helper()
	f, err := os.Open(sharedPath(t, name))
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
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}
