// Command bench runs yardsticks and the three commands over the same input on the same machine and prints their ratios as
// Markdown. The yardsticks are what users would do otherwise or cannot do faster: inflate and parse alone with the libraries
// that ingest uses, gse's Segment alone, and a plain Python script. Every measurement is a process of its own.
//
// It judges nothing: a ratio depends on the machine and its load, so no test is gated on one. Nobody imports it.
//
//	bench -bin bin INPUT.zip      the table; INPUT is a zip of CSV members with the columns of the common dumps
//	bench inflate|segment INPUT   one yardstick, as JSON on stdout
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	b := &bench{out: out}
	f.StringVar(&b.bin, "bin", "bin", "folder of ingest, classify and report")
	f.StringVar(&b.script, "script", "internal/bench/plain.py", "the plain Python script")
	f.StringVar(&b.scratch, "scratch", "", "folder for outputs (default: a temporary one, removed at the end)")
	f.IntVar(&b.jobs, "j", runtime.NumCPU(), "workers")
	f.IntVar(&b.parties, "parties", 200_000, "parties to decide; the command classify is given a tenth")
	f.IntVar(&b.megabytes, "mb", 16, "megabytes of text made of a folder")
	f.IntVar(&b.times, "times", 1, "measure so often and take the best")
	if len(args) > 0 && (args[0] == "inflate" || args[0] == "segment") {
		if err := f.Parse(args[1:]); err != nil {
			return err
		}
		return yardstick(args[0], f.Arg(0), b.jobs, out)
	}
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return fmt.Errorf("name one input: a zip of CSV members, or a folder of judgments as text files")
	}
	return b.table(f.Arg(0))
}

// yardstick measures in this process and prints the result.
func yardstick(name, input string, jobs int, out io.Writer) error {
	measure := inflate
	if name == "segment" {
		measure = segment
	}
	r, err := measure(input, jobs)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r)
}
