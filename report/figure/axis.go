package figure

import (
	"math"
	"strconv"
)

// Scale says how the values of a row plot are counted.
type Scale int

// The scales.
const (
	Shares Scale = iota // from 0 to 1, written in percent
	Points              // differences of shares, written in percentage points, as far as they reach
	Plain               // numbers, as far as they reach
)

// axis is a horizontal axis between left and right.
type axis struct {
	left, right  float64
	lo, hi, step float64
	percent      bool
}

// fit chooses ends and ticks for the lines.
func (k Scale) fit(lines []Interval, left, right float64) axis {
	if k == Shares {
		a := axis{left, right, 0, 1, 0.25, true}
		if right-left < 100 {
			a.step = 0.5
		}
		return a
	}
	lo, hi := 0.0, 0.0
	for _, l := range lines {
		for _, v := range []float64{l.Value, l.Lo, l.Hi} {
			if l.Known && !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	if k == Points { // an effect on a probability lies between -1 and 1, whatever its interval says
		lo, hi = max(lo, -1), min(hi, 1)
	}
	if hi-lo < 1e-9 {
		hi = 1
	}
	ticks := 6.0
	if right-left < 130 {
		ticks = 4
	}
	step := wideStep((hi - lo) / ticks)
	return axis{left, right, math.Floor(lo/step+1e-9) * step, math.Ceil(hi/step-1e-9) * step, step, k == Points}
}

// wideStep is the smallest of 1, 2 or 5 times a power of ten that is at least v.
func wideStep(v float64) float64 {
	ten := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 5} {
		if k*ten >= v*(1-1e-9) {
			return k * ten
		}
	}
	return 10 * ten
}

// at is the place of a value; one beyond the ends stands at the end.
func (a axis) at(v float64) float64 {
	return a.left + (max(a.lo, min(a.hi, v))-a.lo)/(a.hi-a.lo)*(a.right-a.left)
}

// holds reports whether a value lies between the ends.
func (a axis) holds(v float64) bool { return v >= a.lo-1e-9 && v <= a.hi+1e-9 }

// draw draws a line and a number at each tick, and a dark line at zero where values lie on both sides.
func (a axis) draw(s *sheet, top, bottom float64) {
	for i := range int(math.Round((a.hi-a.lo)/a.step)) + 1 {
		v := a.lo + float64(i)*a.step
		col := pale
		if a.lo < 0 && math.Abs(v) < a.step/2 {
			col = grey
		}
		s.line(a.at(v), top, a.at(v), bottom, 0.5, col)
		s.text(a.at(v), bottom+7, a.number(v), "center", smallSize, black)
	}
}

func (a axis) number(v float64) string {
	unit := ""
	if a.percent {
		v, unit = 100*v, "%"
	}
	if v = math.Round(v*1e6) / 1e6; v == 0 {
		v = 0 // no -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64) + unit
}
