//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// onStateSignal calls show at every SIGUSR1 until stop is called.
func onStateSignal(show func()) (stop func()) {
	asked, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(asked, syscall.SIGUSR1)
	go func() {
		for {
			select {
			case <-asked:
				show()
			case <-done:
				return
			}
		}
	}()
	return func() { signal.Stop(asked); close(done) }
}
