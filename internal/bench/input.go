package main

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// asZip gives the input itself, or for a folder of text files a zip with one CSV of about size bytes in which they
// repeat, each copy with a number of its own so that none is a duplicate.
func asZip(input, scratch string, size int) (string, error) {
	info, err := os.Stat(input)
	if err != nil || !info.IsDir() {
		return input, err
	}
	texts, err := textFiles(input)
	if err != nil {
		return "", err
	}
	if len(texts) == 0 {
		return "", fmt.Errorf("%s has no text files", input)
	}
	path := filepath.Join(scratch, "sample.zip")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	m, err := z.Create("裁判文书全文.csv")
	if err != nil {
		return "", err
	}
	w := csv.NewWriter(m)
	w.Write([]string{"案号", "法院", "裁判日期", "案由", "全文"})
	for i, n := 0, 0; n < size; i++ {
		t := fmt.Sprintf("%s\n第%d份", texts[i%len(texts)], i)
		n += len(t)
		w.Write([]string{"", "", "", "", t})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return "", err
	}
	return path, z.Close()
}

// textFiles reads the text files under a folder in order of their paths.
func textFiles(dir string) (out []string, err error) {
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".txt") {
			return err
		}
		b, err := os.ReadFile(path)
		out = append(out, string(b))
		return err
	})
	return out, err
}
