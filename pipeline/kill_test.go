package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

const childOut = "CAIPAN_TEST_CHILD_OUT"

// TestMain lets this binary be the process that is killed.
func TestMain(m *testing.M) {
	if out := os.Getenv(childOut); out != "" {
		chunkRecords = 23
		o := options(out, 2)
		o.Resume = true
		if _, err := Ingest(context.Background(), o); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestKillAtAnyMoment kills the process at random moments and resumes until it gets through: same bytes as undisturbed.
// CAIPAN_KILLS sets how many kills (default 6).
func TestKillAtAnyMoment(t *testing.T) {
	kills := 6
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
	for killed := 0; killed < kills; {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childOut+"="+dir)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(r.Int64N(int64(took)*3/2))+time.Millisecond, func() { cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		runs++
		if err == nil { // got through
			sameTree(t, fmt.Sprintf("after %d kills", killed), want, tree(t, dir))
			dir = t.TempDir()
		} else if cmd.ProcessState.ExitCode() == 1 {
			t.Fatalf("after %d kills the run fails: %v", killed, err)
		} else {
			killed++
		}
		if t.Failed() {
			return
		}
	}
	o := options(dir, 2)
	o.Resume = true
	ingest(t, o)
	sameTree(t, fmt.Sprintf("at the end, %d runs", runs), want, tree(t, dir))
}
