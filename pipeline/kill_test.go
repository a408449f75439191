package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"caipan/model/doctrine"
	"caipan/model/inference"
)

const (
	childOut = "CAIPAN_TEST_CHILD_OUT"
	childIn  = "CAIPAN_TEST_CHILD_IN" // set: the child classifies
)

// TestMain lets this binary be the process that is killed.
func TestMain(m *testing.M) {
	out := os.Getenv(childOut)
	if out == "" {
		os.Exit(m.Run())
	}
	if err := child(out, os.Getenv(childIn)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func child(out, in string) error {
	if in == "" {
		chunkRecords = 23
		o := options(out, 2)
		o.Resume = true
		_, err := Ingest(context.Background(), o)
		return err
	}
	o, err := smallClassify(in, out)
	if err == nil {
		_, err = Classify(context.Background(), o)
	}
	return err
}

// smallClassify is one pack under all policies.
func smallClassify(in, out string) (ClassifyOptions, error) {
	p, err := doctrine.Shipped("he2024")
	if err != nil {
		return ClassifyOptions{}, err
	}
	e, err := inference.New(p, "", inference.Options{})
	return ClassifyOptions{In: in, Out: out, Resolve: fakeResolve, Engines: []*inference.Engine{e}, Jobs: 2, CSV: CSVTables("classify"), Resume: true}, err
}

// killed starts this binary with the environment and kills it after a while; it reports whether the child got through.
func killed(t *testing.T, after time.Duration, env ...string) (through bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	err := cmd.Wait()
	timer.Stop()
	if err != nil && cmd.ProcessState.ExitCode() == 1 {
		t.Fatalf("the resumed run fails: %v", err)
	}
	return err == nil
}

func TestKillClassify(t *testing.T) {
	in, base := t.TempDir(), t.TempDir()
	few := options(in, 2)
	few.Source = fakeSource{units: 3, perUnit: 80, digest: "d3"}
	ingest(t, few)
	o, err := smallClassify(in, filepath.Join(base, "whole"))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	classify(t, o)
	took := time.Since(began)
	r := rand.New(rand.NewPCG(5, 5))
	o.Out = filepath.Join(base, "killed")
	for range 4 {
		killed(t, time.Duration(r.Int64N(int64(took)*3/2))+time.Millisecond, childOut+"="+o.Out, childIn+"="+in)
	}
	classify(t, o)
	sameTree(t, "killed", tree(t, filepath.Join(base, "whole")), tree(t, o.Out))
}

// TestKillAtAnyMoment kills the process at random moments and resumes until it gets through: same bytes as undisturbed.
// CAIPAN_KILLS sets how many kills (default 60).
func TestKillAtAnyMoment(t *testing.T) {
	kills := 60
	if s := os.Getenv("CAIPAN_KILLS"); s != "" {
		kills, _ = strconv.Atoi(s)
	}
	smallChunks(t)
	whole := t.TempDir()
	began := time.Now()
	ingest(t, options(whole, 2))
	took := time.Since(began)
	want := tree(t, whole)
	r := rand.New(rand.NewPCG(9, uint64(kills)))
	dir, runs := t.TempDir(), 0
	for n := 0; n < kills && !t.Failed(); runs++ {
		if killed(t, time.Duration(r.Int64N(int64(took)*3/2))+time.Millisecond, childOut+"="+dir) {
			sameTree(t, fmt.Sprintf("after %d kills", n), want, tree(t, dir))
			dir = t.TempDir()
		} else {
			n++
		}
	}
	o := options(dir, 2)
	o.Resume = true
	ingest(t, o)
	sameTree(t, fmt.Sprintf("at the end, %d runs", runs), want, tree(t, dir))
}
