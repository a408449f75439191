package main

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// bench is one run of all measurements.
type bench struct {
	out                  io.Writer
	bin, script, scratch string
	jobs, parties, times int
	megabytes            int // of text made of a folder

	input string
	size  int64 // of the input without compression
	runs  map[string]result
}

// table measures and prints.
func (b *bench) table(input string) (err error) {
	if b.scratch == "" {
		if b.scratch, err = os.MkdirTemp("", "bench-*"); err != nil {
			return err
		}
		defer os.RemoveAll(b.scratch)
	}
	if b.bin, err = filepath.Abs(b.bin); err != nil {
		return err
	}
	if b.input, err = asZip(input, b.scratch, b.megabytes<<20); err != nil {
		return err
	}
	if b.size, err = unpacked(b.input); err != nil {
		return err
	}
	b.runs = map[string]result{}
	if err := b.measure(); err != nil {
		return err
	}
	b.print()
	return nil
}

// unpacked is the size of a zip's members.
func unpacked(path string) (n int64, err error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer z.Close()
	for _, m := range z.File {
		n += int64(m.UncompressedSize64)
	}
	return n, nil
}

func (b *bench) measure() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, y := range []struct{ name, jobs string }{{"inflate", "1"}, {"segment", "1"}, {"segment", fmt.Sprint(b.jobs)}} {
		name := y.name + " -j " + y.jobs
		if err := b.best(name, func() (result, error) { return b.yard(self, y.name, "-j", y.jobs, b.input) }); err != nil {
			return err
		}
	}
	if python, err := exec.LookPath("python3"); err == nil {
		if err := b.best("python", func() (result, error) {
			return b.process(python, b.script, b.input, filepath.Join(b.scratch, "plain.csv"))
		}); err != nil {
			return err
		}
	}
	for _, jobs := range []int{1, b.jobs} {
		for _, flags := range []string{"--select platform --no-terms", "--select platform", "--select all --no-terms", "--select all"} {
			if err := b.ingest(flags, jobs); err != nil {
				return err
			}
		}
	}
	if err := b.classify(); err != nil {
		return err
	}
	for _, command := range starts {
		if err := b.best(command, func() (result, error) {
			words := strings.Fields(command)
			return b.process(filepath.Join(b.bin, words[0]), words[1:]...)
		}); err != nil {
			return err
		}
	}
	return nil
}

// starts are commands that need no segmenter.
var starts = []string{"ingest --version", "ingest lint --no-words", "classify --version", "report --version"}

func (b *bench) ingest(flags string, jobs int) error {
	name := fmt.Sprintf("ingest %s -j %d", flags, jobs)
	return b.best(name, func() (result, error) {
		args := append(strings.Fields(flags), "--quiet", "--force", "--out", filepath.Join(b.scratch, "ingest"), "-j", fmt.Sprint(jobs), b.input)
		return b.process(filepath.Join(b.bin, "ingest"), args...)
	})
}

// best keeps the fastest of the measurements.
func (b *bench) best(name string, measure func() (result, error)) error {
	for i := range max(1, b.times) {
		r, err := measure()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if i == 0 || r.Seconds < b.runs[name].Seconds {
			b.runs[name] = r
		}
		fmt.Fprintf(os.Stderr, "%s: %.2f s, %.2f s of CPU, %d MB\n", name, r.Seconds, r.CPU, r.PeakKB/1024)
	}
	return nil
}

// process measures a process from outside.
func (b *bench) process(path string, args ...string) (result, error) {
	c := exec.Command(path, args...)
	begin := time.Now()
	text, err := c.CombinedOutput()
	r := result{Bytes: b.size, Seconds: time.Since(begin).Seconds()}
	if err != nil {
		return r, fmt.Errorf("%w: %s", err, text)
	}
	r.CPU, r.PeakKB = spent(c.ProcessState)
	return r, nil
}

// yard runs a yardstick, which measures itself.
func (b *bench) yard(self string, args ...string) (r result, err error) {
	text, err := exec.Command(self, args...).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return r, fmt.Errorf("%w: %s", err, failed.Stderr)
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(text, &r)
}
