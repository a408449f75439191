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
	Hollow bool    // the dot is a ring
}

// Rows is a row plot: forest plots, the leakage ladder, liability by group, effects, words.
type Rows struct {
	Title, Note string
	Axis        string // what is measured
	Mark, Other string // legend of the value and of the second value; Other "" if there is none
	Lines       []Interval
	Scale       Scale
	Refused     []string // why there are no lines, or no others: a sentence each
}

// Labels are all texts of the figure.
func (r *Rows) Labels() []string {
	out := []string{r.Title, r.Note, r.Axis, r.Mark, r.Other, "0123456789.%n=() –—-"}
	out = append(out, r.Refused...)
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
			s.rect(2, y+1, s.width(b.groups[i], textSize)+4, groupHeight-2, white) // no line of the grid runs through the name
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

func (r *Rows) legendHeight(s *sheet) float64 {
	switch {
	case r.Other == "":
		return 0
	case r.broken(s):
		return 22
	}
	return 12
}

// broken reports whether the legend takes two lines.
func (r *Rows) broken(s *sheet) bool {
	return 38+s.width(r.Mark, smallSize)+s.width(r.Other, smallSize) > s.w
}

func (r *Rows) height(s *sheet) float64 {
	h := s.headHeight(r.Title) + r.refusedHeight(s) + s.footHeight(r.Note)
	if len(r.Lines) > 0 {
		h += r.legendHeight(s) + r.stub(s).height() + 34
	}
	return h
}

func (r *Rows) refusedHeight(s *sheet) (h float64) {
	for _, why := range r.Refused {
		h += 4 + lineHeight*float64(len(s.wrap(why, textSize, s.w-8)))
	}
	return h
}

func (r *Rows) draw(s *sheet) {
	y := s.head(r.Title)
	if len(r.Lines) > 0 {
		y = r.plot(s, y)
	}
	r.rest(s, y)
}

// rest draws what is refused and the note from y on.
func (r *Rows) rest(s *sheet, y float64) {
	for _, why := range r.Refused {
		for _, l := range s.wrap(why, textSize, s.w-8) {
			s.text(4, y+lineHeight/2, l, "left", textSize, black)
			y += lineHeight
		}
		y += 4
	}
	s.foot(r.Note, y)
}

// plot draws legend, lines and axis from y on and returns the y below them.
func (r *Rows) plot(s *sheet, y float64) float64 {
	if r.Other != "" {
		r.legend(s, y+5)
		y += r.legendHeight(s)
	}
	b := r.stub(s)
	ns := []string{"n"}
	for _, l := range r.Lines {
		ns = append(ns, "n = "+strconv.Itoa(l.N))
	}
	axis := r.Scale.fit(r.Lines, b.left, s.w-10-s.widest(smallSize, ns...))
	axis.draw(s, y, y+b.height()+4)
	y = b.each(s, y, func(i int, top float64) { r.row(s, r.Lines[i], ns[i+1], axis, top+b.high(i)/2) })
	// The axis may be named in more words than stand between its ends: the name is then centred on the figure.
	mid, half := (axis.left+axis.right)/2, s.width(r.Axis, smallSize)/2
	mid = max(4+half, min(s.w-4-half, mid))
	s.text(mid, y+23, r.Axis, "center", smallSize, black)
	return y + 32
}

func (r *Rows) legend(s *sheet, y float64) {
	s.dot(8, y, 2.4, blue, false)
	s.text(14, y, r.Mark, "left", smallSize, black)
	x := 14 + s.width(r.Mark, smallSize) + 14
	if r.broken(s) {
		x, y = 8, y+10
	}
	s.diamond(x, y, 2.8, orange)
	s.text(x+6, y, r.Other, "left", smallSize, black)
}

func (r *Rows) row(s *sheet, l Interval, n string, axis axis, y float64) {
	s.text(s.w-4, y, n, "right", smallSize, grey)
	if !math.IsNaN(l.Beside) {
		s.diamond(axis.at(l.Beside), y, 4.4, orange) // larger than the dot, so that it shows beneath one of equal value
	}
	if !l.Known {
		s.text((axis.left+axis.right)/2, y, "—", "center", textSize, grey)
		return
	}
	for _, end := range []float64{l.Lo, l.Hi} {
		if x := axis.at(end); !math.IsNaN(end) {
			s.line(axis.at(l.Value), y, x, y, 1, blue)
			if axis.holds(end) {
				s.line(x, y-2, x, y+2, 1, blue)
			}
		}
	}
	s.dot(axis.at(l.Value), y, 2.4, blue, l.Hollow)
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
var partColours = []color.NRGBA{{0x00, 0x72, 0xB2, 255}, {0x9A, 0xCB, 0xE6, 255}, {0xE6, 0x9F, 0x00, 255}, {0x5C, 0x24, 0x00, 255}, {0xE4, 0xE4, 0xE4, 255}, {0xFF, 0xFF, 0xFF, 255}}

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
