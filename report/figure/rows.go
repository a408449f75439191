package figure

import (
	"image/color"
	"math"
	"strconv"
)

// Interval is one line of a row plot: a value with its interval.
type Interval struct {
	Label  string
	Group  string // lines of one group stand together under its name; "" none
	Value  float64
	Lo, Hi float64
	N      int
	Known  bool    // false: the value does not exist, the line is shown empty
	Beside float64 // a second value on the line (the trivial guess, the other side); NaN for none
}

// Rows is a row plot: forest plots, the leakage ladder, liability by group. All values are shares from 0 to 1.
type Rows struct {
	Title, Note string
	Axis        string // what is measured
	Mark, Other string // legend of the value and of the second value; Other "" if there is none
	Lines       []Interval
}

// Labels are all texts of the figure.
func (r *Rows) Labels() []string {
	out := []string{r.Title, r.Note, r.Axis, r.Mark, r.Other, "0123456789.%n=() –—"}
	for _, l := range r.Lines {
		out = append(out, l.Label, l.Group)
	}
	return out
}

// Data is one row per line.
func (r *Rows) Data() (head []string, rows [][]string) {
	num := func(v float64, known bool) string {
		if !known || math.IsNaN(v) {
			return ""
		}
		return strconv.FormatFloat(v, 'f', 4, 64)
	}
	for _, l := range r.Lines {
		rows = append(rows, []string{l.Group, l.Label, num(l.Value, l.Known), num(l.Lo, l.Known), num(l.Hi, l.Known), strconv.Itoa(l.N), num(l.Beside, true)})
	}
	return []string{"group", "label", "value", "lo", "hi", "n", "beside"}, rows
}

const rowHeight, groupHeight, lineHeight = 13.0, 15.0, 9.5

// stub is the column of labels at the left of a figure: a label that is too wide is broken into lines.
type stub struct {
	left   float64 // where the labels end
	lines  [][]string
	groups []string
}

func newStub(s *sheet, labels, groups []string) stub {
	b := stub{left: min(s.w*0.42, 14+s.widest(textSize, labels...)), groups: groups}
	for _, l := range labels {
		b.lines = append(b.lines, s.wrap(l, textSize, b.left-10))
	}
	return b
}

// high is the height of line i; heads says whether its group's name stands above it.
func (b stub) high(i int) float64 { return max(rowHeight, 4+lineHeight*float64(len(b.lines[i]))) }

func (b stub) heads(i int) bool {
	return b.groups[i] != "" && (i == 0 || b.groups[i-1] != b.groups[i])
}

func (b stub) height() (h float64) {
	for i := range b.lines {
		if b.heads(i) {
			h += groupHeight
		}
		h += b.high(i)
	}
	return h
}

// each calls do with the upper edge of every line, after drawing its label and its group's name.
func (b stub) each(s *sheet, y float64, do func(i int, y float64)) float64 {
	for i, lines := range b.lines {
		if b.heads(i) {
			s.text(4, y+groupHeight*0.6, b.groups[i], "left", textSize, grey)
			y += groupHeight
		}
		first := y + b.high(i)/2 - lineHeight*float64(len(lines)-1)/2
		for k, l := range lines {
			s.text(b.left-6, first+lineHeight*float64(k), l, "right", textSize, black)
		}
		do(i, y)
		y += b.high(i)
	}
	return y
}

func (r *Rows) stub(s *sheet) stub {
	var labels, groups []string
	for _, l := range r.Lines {
		labels, groups = append(labels, l.Label), append(groups, l.Group)
	}
	return newStub(s, labels, groups)
}

func (r *Rows) legendHeight() float64 {
	if r.Other == "" {
		return 0
	}
	return 12
}

func (r *Rows) height(s *sheet) float64 {
	return s.headHeight(r.Title) + r.legendHeight() + r.stub(s).height() + 34 + s.footHeight(r.Note)
}

func (r *Rows) draw(s *sheet) {
	y := s.head(r.Title)
	if r.Other != "" {
		r.legend(s, y+5)
		y += r.legendHeight()
	}
	b := r.stub(s)
	ns := []string{"n"}
	for _, l := range r.Lines {
		ns = append(ns, "n = "+strconv.Itoa(l.N))
	}
	left, right := b.left, s.w-10-s.widest(smallSize, ns...)
	r.grid(s, left, right, y, y+b.height()+4)
	y = b.each(s, y, func(i int, top float64) { r.row(s, r.Lines[i], ns[i+1], left, right, top+b.high(i)/2) })
	s.text((left+right)/2, y+23, r.Axis, "center", smallSize, black)
	s.foot(r.Note, y+32)
}

func (r *Rows) legend(s *sheet, y float64) {
	s.dot(8, y, 2.4, blue, false)
	s.text(14, y, r.Mark, "left", smallSize, black)
	x := 14 + s.width(r.Mark, smallSize) + 14
	s.diamond(x, y, 2.8, orange)
	s.text(x+6, y, r.Other, "left", smallSize, black)
}

func (r *Rows) grid(s *sheet, left, right, top, bottom float64) {
	step := 0.25
	if right-left < 100 {
		step = 0.5
	}
	for v := 0.0; v <= 1; v += step {
		x := left + v*(right-left)
		s.line(x, top, x, bottom, 0.5, pale)
		s.text(x, bottom+7, strconv.FormatFloat(100*v, 'f', 0, 64)+"%", "center", smallSize, black)
	}
}

func (r *Rows) row(s *sheet, l Interval, n string, left, right, y float64) {
	at := func(v float64) float64 { return left + math.Max(0, math.Min(1, v))*(right-left) }
	s.text(s.w-4, y, n, "right", smallSize, grey)
	if !math.IsNaN(l.Beside) {
		s.diamond(at(l.Beside), y, 4.4, orange) // larger than the dot, so that it shows beneath one of equal value
	}
	if !l.Known {
		s.text((left+right)/2, y, "—", "center", textSize, grey)
		return
	}
	s.line(at(l.Lo), y, at(l.Hi), y, 1, blue)
	s.line(at(l.Lo), y-2, at(l.Lo), y+2, 1, blue)
	s.line(at(l.Hi), y-2, at(l.Hi), y+2, 1, blue)
	s.dot(at(l.Value), y, 2.4, blue, false)
}

// Stack is a bar per line, cut into parts that add up to the line's n.
type Stack struct {
	Title, Note string
	Parts       []string
	Lines       []StackLine
}

// StackLine is one bar.
type StackLine struct {
	Label, Group string
	Counts       []int
}

// Labels are all texts of the figure.
func (k *Stack) Labels() []string {
	out := append([]string{k.Title, k.Note, "0123456789%n= "}, k.Parts...)
	for _, l := range k.Lines {
		out = append(out, l.Label, l.Group)
	}
	return out
}

// Data is one row per line and part.
func (k *Stack) Data() (head []string, rows [][]string) {
	for _, l := range k.Lines {
		for i, p := range k.Parts {
			rows = append(rows, []string{l.Group, l.Label, p, strconv.Itoa(l.Counts[i]), strconv.Itoa(sum(l.Counts))})
		}
	}
	return []string{"group", "label", "part", "n", "of"}, rows
}

// partColours are apart in grey too: dark, light, middle, white with a frame.
var partColours = []color.NRGBA{{0x00, 0x72, 0xB2, 255}, {0x9A, 0xCB, 0xE6, 255}, {0xE6, 0x9F, 0x00, 255}, {0xA0, 0x42, 0x00, 255}, {0xE4, 0xE4, 0xE4, 255}, {0xFF, 0xFF, 0xFF, 255}}

func (k *Stack) legendLines(s *sheet) [][]int {
	var out [][]int
	x, line := 0.0, []int{}
	for i, p := range k.Parts {
		w := 20 + s.width(p, smallSize)
		if x+w > s.w-8 && len(line) > 0 {
			out, line, x = append(out, line), nil, 0
		}
		line = append(line, i)
		x += w
	}
	return append(out, line)
}

func (k *Stack) stub(s *sheet) stub {
	var labels, groups []string
	for _, l := range k.Lines {
		labels, groups = append(labels, l.Label), append(groups, l.Group)
	}
	return newStub(s, labels, groups)
}

func (k *Stack) height(s *sheet) float64 {
	return s.headHeight(k.Title) + float64(len(k.legendLines(s)))*11 + k.stub(s).height() + 22 + s.footHeight(k.Note)
}

func (k *Stack) draw(s *sheet) {
	y := s.head(k.Title)
	for _, line := range k.legendLines(s) {
		x := 4.0
		for _, i := range line {
			s.rect(x, y, 7, 7, partColours[i])
			s.frame(x, y, 7, 7, 0.4, grey)
			s.text(x+10, y+3.5, k.Parts[i], "left", smallSize, black)
			x += 20 + s.width(k.Parts[i], smallSize)
		}
		y += 11
	}
	y += 3
	b := k.stub(s)
	ns := []string{"n"}
	for _, l := range k.Lines {
		ns = append(ns, "n = "+strconv.Itoa(sum(l.Counts)))
	}
	left, right := b.left, s.w-10-s.widest(smallSize, ns...)
	y = b.each(s, y, func(i int, top float64) { k.bar(s, k.Lines[i], ns[i+1], left, right, top+(b.high(i)-rowHeight)/2) })
	for v := 0.0; v <= 1; v += 0.5 {
		s.text(left+v*(right-left), y+7, strconv.FormatFloat(100*v, 'f', 0, 64)+"%", "center", smallSize, black)
	}
	s.foot(k.Note, y+16)
}

func (k *Stack) bar(s *sheet, l StackLine, n string, left, right, y float64) {
	s.text(s.w-4, y+rowHeight/2, n, "right", smallSize, grey)
	total, x := sum(l.Counts), left
	for i, c := range l.Counts {
		if total == 0 || c == 0 {
			continue
		}
		w := (right - left) * float64(c) / float64(total)
		s.rect(x, y+1.5, w, rowHeight-3, partColours[i])
		ink := black
		if i == 0 || i == 3 {
			ink = white
		}
		if str := strconv.Itoa(c); s.width(str, smallSize)+3 < w {
			s.text(x+w/2, y+rowHeight/2, str, "center", smallSize, ink)
		}
		x += w
	}
	s.frame(left, y+1.5, right-left, rowHeight-3, 0.4, grey)
}

func (s *sheet) diamond(x, y, r float64, col color.NRGBA) {
	s.polygon(col, x, y-r, x+r, y, x, y+r, x-r, y)
}
