//go:build unix

package cli

import (
	"os"
	"syscall"
	"testing"
	"time"
)

func TestStateSignal(t *testing.T) {
	asked := make(chan struct{}, 8)
	stop := onStateSignal(func() { asked <- struct{}{} })
	defer stop()
	if err := syscall.Kill(os.Getpid(), syscall.SIGUSR1); err != nil {
		t.Fatal(err)
	}
	select {
	case <-asked:
	case <-time.After(10 * time.Second):
		t.Fatal("SIGUSR1 shows nothing")
	}
}
