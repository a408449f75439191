package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestZipsAreAlike: the same files give the same bytes, in one order, with programs that may be executed.
func TestZipsAreAlike(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{}
	for _, n := range []string{"ingest", "caipan", "README.md", "data/裁判 文书.txt"} {
		here := filepath.Join(dir, filepath.FromSlash(n))
		if err := os.MkdirAll(filepath.Dir(here), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(here, []byte(n), 0o600); err != nil {
			t.Fatal(err)
		}
		files[n] = here
	}
	var zips [2][]byte
	for i, name := range []string{"a.zip", "b.zip"} {
		if err := write(filepath.Join(dir, name), "caipan-linux-amd64", files); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		zips[i] = b
	}
	if !bytes.Equal(zips[0], zips[1]) {
		t.Error("two zips of the same files differ")
	}
	z, err := zip.NewReader(bytes.NewReader(zips[0]), int64(len(zips[0])))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range z.File {
		got = append(got, f.Mode().String()+" "+f.Name)
	}
	want := "-rw-r--r-- caipan-linux-amd64/README.md\n-rwxr-xr-x caipan-linux-amd64/caipan\n-rw-r--r-- caipan-linux-amd64/data/裁判 文书.txt\n-rwxr-xr-x caipan-linux-amd64/ingest"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("the zip holds\n%s\nwant\n%s", s, want)
	}
}

// TestBatchFile checks by reading what no machine here can run: line ends, ASCII only, UTF-8 for the programs, no bare expansion of a path.
func TestBatchFile(t *testing.T) {
	b, err := os.ReadFile("../../deploy/desktop/caipan.bat")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(b, []byte("\n")) != bytes.Count(b, []byte("\r\n")) || !strings.Contains(string(b), "chcp 65001") || !strings.Contains(string(b), "DisableDelayedExpansion") {
		t.Error("line ends, code page or expansion are wrong")
	}
	bare := regexp.MustCompile(`(^|[^"\\=])%(out|here|first|one)%`)
	labels := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, ":") {
			labels[strings.TrimSpace(line[1:])] = true
		}
		if bare.MatchString(line) {
			t.Errorf("a path stands outside quotes: %s", line)
		}
		for _, r := range line {
			if r > 126 {
				t.Errorf("%q is no ASCII: %s", r, line)
			}
		}
	}
	for _, m := range regexp.MustCompile(`goto (\w+)`).FindAllStringSubmatch(string(b), -1) {
		if !labels[m[1]] {
			t.Errorf("goto %s: no such label", m[1])
		}
	}
}
