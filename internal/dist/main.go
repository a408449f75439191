// Command dist packs the three commands for machines without Go: one zip a platform with the programs, the scripts caipan and
// caipan.bat, the sample and the READMEs. Equal sources give equal bytes: entries stand in the order of their names, with one date.
//
// It is a tool of `make dist`; nobody imports it.
package main

import (
	"archive/zip"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// platforms are those that zips are made for.
var platforms = []string{"linux/amd64", "linux/arm64", "windows/amd64", "darwin/amd64", "darwin/arm64"}

// commands are the programs of a zip.
var commands = []string{"ingest", "classify", "report"}

// extras are files and folders of the project that every zip holds.
var extras = []string{"README.md", "README.zh-CN.md", "docs", "data/sample"}

func main() {
	out := flag.String("out", "dist", "folder for the zips")
	only := flag.String("only", "", "platform to pack, for example linux/amd64; all if empty")
	flag.Parse()
	for _, p := range platforms {
		if *only != "" && *only != p {
			continue
		}
		file, err := pack(p, *out)
		if err != nil {
			fmt.Fprintf(os.Stderr, "dist: %s: %v\n", p, err)
			os.Exit(1)
		}
		fmt.Println(file)
	}
}

// pack builds the commands for a platform and writes its zip.
func pack(platform, out string) (string, error) {
	goos, arch, _ := strings.Cut(platform, "/")
	files, exe := map[string]string{}, "" // path in the zip -> path here
	if goos == "windows" {
		exe = ".exe"
		files["caipan.bat"] = "deploy/desktop/caipan.bat"
	} else {
		files["caipan"] = "deploy/desktop/caipan"
	}
	tmp, err := os.MkdirTemp("", "caipan-dist-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	for _, c := range commands {
		files[c+exe] = filepath.Join(tmp, c+exe)
		build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", files[c+exe], "./cmd/"+c)
		build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+arch)
		if b, err := build.CombinedOutput(); err != nil {
			return "", fmt.Errorf("build %s: %w\n%s", c, err, b)
		}
	}
	for _, e := range extras {
		if err := addTree(files, e); err != nil {
			return "", err
		}
	}
	name := "caipan-" + goos + "-" + arch
	file := filepath.Join(out, name+".zip")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", err
	}
	return file, write(file, name, files)
}

func addTree(files map[string]string, root string) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files[filepath.ToSlash(p)] = p
		}
		return err
	})
}

// written is the date of every entry: a zip holds none before 1980, and the real one would differ from clone to clone.
var written = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// write writes the files under one folder. Programs and scripts may be executed.
func write(file, folder string, files map[string]string) (err error) {
	f, err := os.Create(file + ".tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	z := zip.NewWriter(f)
	var names []string
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		b, err := os.ReadFile(files[n])
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: path.Join(folder, n), Method: zip.Deflate, Modified: written}
		h.SetMode(0o644)
		if !strings.Contains(n, "/") && !strings.HasSuffix(n, ".md") {
			h.SetMode(0o755)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
