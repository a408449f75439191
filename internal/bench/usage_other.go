//go:build !unix

package main

import "os"

func cpuSeconds() float64 { return 0 }

func peakKB() int64 { return 0 }

func spent(p *os.ProcessState) (cpu float64, peak int64) {
	return p.UserTime().Seconds() + p.SystemTime().Seconds(), 0
}
