package main

import (
	"fmt"
	"runtime"
)

// print writes the measurements and the ratios. A ratio is of speeds; the one by the wall clock counts on an idle machine,
// the one by CPU time is what is left of it on a busy one.
func (b *bench) print() {
	fmt.Fprintf(b.out, "Input: %.1f MB of CSV in a zip. %s/%s, %d cores, %s.\n\n", mb(b.size), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	fmt.Fprintln(b.out, "| what | MB/s | seconds | CPU seconds | peak MB |")
	fmt.Fprintln(b.out, "|---|---|---|---|---|")
	for _, name := range b.names() {
		r := b.runs[name]
		fmt.Fprintf(b.out, "| %s | %.1f | %.2f | %.2f | %d |\n", name, mb(r.Bytes)/r.Seconds, r.Seconds, r.CPU, r.PeakKB/1024)
	}
	n := b.jobs
	inflate, segment := "inflate -j 1", fmt.Sprintf("segment -j %d", n)
	of := func(flags string, jobs int) string { return fmt.Sprintf("ingest --select %s -j %d", flags, jobs) }
	fmt.Fprintln(b.out, "\n| ratio of speeds | wanted | by the clock | by CPU time |")
	fmt.Fprintln(b.out, "|---|---|---|---|")
	b.ratio("platform, no terms, to inflating and parsing alone", "0.5", of("platform --no-terms", n), inflate)
	b.ratio("platform to inflating and parsing alone", "0.5", of("platform", n), inflate)
	b.ratio(fmt.Sprintf("all, no terms, to Segment alone, %d workers each", n), "2", of("all --no-terms", n), segment)
	b.ratio(fmt.Sprintf("all with terms to Segment alone, %d workers each", n), "0.6", of("all", n), segment)
	b.ratio("platform, no terms, one worker, to the Python script", "20", of("platform --no-terms", 1), "python")
	b.ratio("all, no terms, one worker, to the Python script", "20", of("all --no-terms", 1), "python")
	b.ratio(fmt.Sprintf("all, no terms, %d workers to one", n), "1.8 for two", of("all --no-terms", n), of("all --no-terms", 1))
	b.ratio(fmt.Sprintf("all with terms, %d workers to one", n), "1.8 for two", of("all", n), of("all", 1))
	fmt.Fprintln(b.out, "\n| classify, six packs | wanted | parties/s |")
	fmt.Fprintln(b.out, "|---|---|---|")
	fmt.Fprintf(b.out, "| %s | 100,000 | %.0f |\n", decideAlone, float64(b.parties)/b.runs[decideAlone].Seconds)
	fmt.Fprintf(b.out, "| %s | 100,000 | %.0f |\n", classifyWhole, float64(b.whole())/b.runs[classifyWhole].Seconds)
	fmt.Fprintln(b.out, "\n| start | wanted | seconds |")
	fmt.Fprintln(b.out, "|---|---|---|")
	for _, name := range starts {
		fmt.Fprintf(b.out, "| %s | 0.2 | %.2f |\n", name, b.runs[name].Seconds)
	}
}

// names are the measurements of the input, in the order in which they were made.
func (b *bench) names() (out []string) {
	out = append(out, "inflate -j 1", "segment -j 1")
	if b.jobs > 1 {
		out = append(out, fmt.Sprintf("segment -j %d", b.jobs))
	}
	if _, ok := b.runs["python"]; ok {
		out = append(out, "python")
	}
	jobs := []int{1}
	if b.jobs > 1 {
		jobs = append(jobs, b.jobs)
	}
	for _, j := range jobs {
		for _, flags := range []string{"platform --no-terms", "platform", "all --no-terms", "all"} {
			out = append(out, fmt.Sprintf("ingest --select %s -j %d", flags, j))
		}
	}
	return out
}

func (b *bench) ratio(what, wanted, a, of string) {
	x, ok1 := b.runs[a]
	y, ok2 := b.runs[of]
	if ok1 && ok2 && a != of {
		fmt.Fprintf(b.out, "| %s | %s | %.2f | %.2f |\n", what, wanted, y.Seconds/x.Seconds, y.CPU/x.CPU)
	}
}

func mb(n int64) float64 { return float64(n) / 1e6 }
