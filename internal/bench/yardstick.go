package main

import (
	"encoding/csv"
	"errors"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/go-ego/gse"
	"github.com/klauspost/compress/zip"
)

// result is one measurement. Bytes are those of the input without compression.
type result struct {
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"` // of the wall clock
	CPU     float64 `json:"cpu"`     // seconds of all cores
	PeakKB  int64   `json:"peak_kb"`
}

// rows calls do with every row of every CSV member.
func rows(path string, do func(header, row []string)) (bytes int64, err error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer z.Close()
	for _, m := range z.File {
		f, err := m.Open()
		if err != nil {
			return bytes, err
		}
		bytes += int64(m.UncompressedSize64)
		err = eachRow(f, do)
		f.Close()
		if err != nil {
			return bytes, err
		}
	}
	return bytes, nil
}

func eachRow(f io.Reader, do func(header, row []string)) error {
	r := csv.NewReader(f)
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	header, err := r.Read()
	if err != nil {
		return err
	}
	r.ReuseRecord = true
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		do(header, row)
	}
}

// inflate only inflates and parses, in one goroutine.
func inflate(path string, _ int) (result, error) {
	begin, cpu := time.Now(), cpuSeconds()
	n, err := rows(path, func(_, _ []string) {})
	return result{Bytes: n, Seconds: time.Since(begin).Seconds(), CPU: cpuSeconds() - cpu, PeakKB: peakKB()}, err
}

// segment runs gse's Segment alone over the texts, which are in memory before the clock starts, as is the dictionary.
func segment(path string, jobs int) (result, error) {
	var texts [][]byte
	size, err := rows(path, func(header, row []string) {
		for i, name := range header {
			if name == "全文" && i < len(row) {
				texts = append(texts, []byte(row[i]))
			}
		}
	})
	if err != nil {
		return result{}, err
	}
	seg := gse.Segmenter{SkipLog: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return result{}, err
	}
	runtime.GOMAXPROCS(jobs)
	begin, cpu := time.Now(), cpuSeconds()
	next := make(chan []byte, jobs)
	var group sync.WaitGroup
	for range jobs {
		group.Go(func() {
			for t := range next {
				seg.Segment(t)
			}
		})
	}
	for _, t := range texts {
		next <- t
	}
	close(next)
	group.Wait()
	return result{Bytes: size, Seconds: time.Since(begin).Seconds(), CPU: cpuSeconds() - cpu, PeakKB: peakKB()}, nil
}
