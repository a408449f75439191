package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress shows how far a run is: a bar with rate and remaining time on a terminal, otherwise one plain line a
// minute. On Unix SIGUSR1 prints a line at once, quiet or not. It is safe for concurrent use; after Close it writes nothing.
type Progress struct {
	mu      sync.Mutex
	w       io.Writer
	bar     *progressbar.ProgressBar
	total   int64
	start   time.Time
	last    time.Time
	records int64
	rejects int64
	bytes   int64
	quiet   bool
	closed  bool
	forget  func() // no longer answers SIGUSR1
}

// NewProgress begins showing a run over total bytes (0: unknown) on w.
func NewProgress(w io.Writer, total int64, quiet bool) *Progress {
	p := &Progress{w: w, total: total, quiet: quiet, start: time.Now(), last: time.Now()}
	p.forget = onStateSignal(p.show)
	if quiet || !isTerminal(w) {
		return p
	}
	max := total
	if max <= 0 {
		max = -1
	}
	p.bar = progressbar.NewOptions64(max,
		progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true),
		progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(200*time.Millisecond),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription("0 judgments"))
	return p
}

// Add reports bytes read, records finished and records rejected since the last call.
func (p *Progress) Add(bytes, records, rejects int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bytes, p.records, p.rejects = p.bytes+bytes, p.records+records, p.rejects+rejects
	if p.quiet {
		return
	}
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%d judgments, %d rejects", p.records, p.rejects))
		_ = p.bar.Add64(bytes)
		return
	}
	if time.Since(p.last) >= time.Minute {
		p.last = time.Now()
		fmt.Fprintln(p.w, p.line())
	}
}

// show writes the state as one line.
func (p *Progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		fmt.Fprintln(p.w, p.line())
	}
}

func (p *Progress) line() string {
	took := time.Since(p.start).Seconds()
	rate := float64(p.bytes) / 1e6 / max(took, 0.001)
	s := fmt.Sprintf("%d judgments, %d rejects, %.0f MB, %.1f MB/s", p.records, p.rejects, float64(p.bytes)/1e6, rate)
	if p.total > 0 && p.bytes > 0 && p.bytes < p.total {
		left := time.Duration(float64(p.total-p.bytes) / float64(p.bytes) * took * float64(time.Second))
		s += fmt.Sprintf(" of %.0f MB, about %s left", float64(p.total)/1e6, left.Round(time.Second))
	}
	return s
}

// Close ends the bar.
func (p *Progress) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.quiet, p.closed = true, true
	p.forget()
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// isTerminal: a character device that is no file and no pipe.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}
