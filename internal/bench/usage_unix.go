//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

func usage(who int) (u syscall.Rusage) {
	_ = syscall.Getrusage(who, &u) // fails for unknown values of who only
	return u
}

func seconds(u *syscall.Rusage) float64 {
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

// cpuSeconds is what this process used so far.
func cpuSeconds() float64 { u := usage(syscall.RUSAGE_SELF); return seconds(&u) }

func peakKB() int64 { u := usage(syscall.RUSAGE_SELF); return kb(&u) }

func kb(u *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" { // bytes there
		return int64(u.Maxrss) / 1024
	}
	return int64(u.Maxrss)
}

// spent is what an ended process used.
func spent(p *os.ProcessState) (cpu float64, peak int64) {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		return seconds(u), kb(u)
	}
	return p.UserTime().Seconds() + p.SystemTime().Seconds(), 0
}
