package figure

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// Timeline is a bar per year cut into parts, with lines at the dates on which laws begin.
type Timeline struct {
	Title, Note string
	Axis        string // what the bars count
	Years       []int
	Parts       []string
	Counts      [][]int // per year, per part
	Events      []Event
}

// Event is a law that begins: Year with the fraction that has passed.
type Event struct {
	At    float64
	Label string
}

// Labels are all texts of the figure.
func (t *Timeline) Labels() []string {
	out := append([]string{t.Title, t.Note, t.Axis, "0123456789"}, t.Parts...)
	for _, e := range t.Events {
		out = append(out, e.Label)
	}
	return out
}

// Data is one row per year and part.
func (t *Timeline) Data() (head []string, rows [][]string) {
	for i, y := range t.Years {
		for j, p := range t.Parts {
			rows = append(rows, []string{strconv.Itoa(y), p, strconv.Itoa(t.Counts[i][j])})
		}
	}
	return []string{"year", "part", "n"}, rows
}

const timelinePlot = 95.0

// timeColours are those of the parts from the foot of a bar upwards.
var timeColours = []color.NRGBA{partColours[0], partColours[2], partColours[4], partColours[1], partColours[3], partColours[5]}

func (t *Timeline) legend() *Stack { return &Stack{Parts: t.Parts} }

func (t *Timeline) top(s *sheet) float64 {
	return s.headHeight(t.Title) + float64(len(t.legend().legendLines(s)))*11 + 17 + float64(len(t.inRange()))*9
}

func (t *Timeline) height(s *sheet) float64 {
	return t.top(s) + timelinePlot + 17 + s.footHeight(t.Note)
}

// axisAt is where the axis is named: below the legend, above the plot.
func (t *Timeline) axisAt(s *sheet) float64 {
	return t.top(s) - 13 - float64(len(t.inRange()))*9
}

// inRange are the events that the years reach.
func (t *Timeline) inRange() []Event {
	var out []Event
	for _, e := range t.Events {
		if len(t.Years) > 0 && e.At >= float64(t.Years[0]) && e.At <= float64(t.Years[len(t.Years)-1]+1) {
			out = append(out, e)
		}
	}
	return out
}

func (t *Timeline) draw(s *sheet) {
	y := s.head(t.Title)
	for _, line := range t.legend().legendLines(s) {
		x := 4.0
		for _, i := range line {
			s.rect(x, y, 7, 7, timeColours[i])
			s.frame(x, y, 7, 7, 0.4, grey)
			s.text(x+10, y+3.5, t.Parts[i], "left", smallSize, black)
			x += 20 + s.width(t.Parts[i], smallSize)
		}
		y += 11
	}
	top := t.top(s)
	most := 1
	for _, c := range t.Counts {
		most = max(most, sum(c))
	}
	step := niceStep(most)
	ceiling := float64(step * int(math.Ceil(float64(most)/float64(step))))
	left := 10 + s.width(strconv.Itoa(int(ceiling)), smallSize)
	width := (s.w - left - 8) / float64(max(1, len(t.Years)))
	for v := 0; v <= int(ceiling); v += step {
		at := top + timelinePlot*(1-float64(v)/ceiling)
		s.line(left, at, s.w-8, at, 0.4, pale)
		s.text(left-3, at, strconv.Itoa(v), "right", smallSize, black)
	}
	every := 1 + int((s.width("2000", smallSize)+4)/width)
	for i, year := range t.Years {
		x := left + float64(i)*width
		base := top + timelinePlot
		for j, c := range t.Counts[i] {
			h := timelinePlot * float64(c) / ceiling
			base -= h
			s.rect(x+width*0.12, base, width*0.76, h, timeColours[j])
		}
		if i%every == 0 {
			s.text(x+width/2, top+timelinePlot+7, strconv.Itoa(year), "center", smallSize, black)
		}
	}
	s.line(left, top+timelinePlot, s.w-8, top+timelinePlot, 0.8, black)
	t.events(s, left, width, top)
	s.text(4, t.axisAt(s), t.Axis, "left", smallSize, grey)
	s.foot(t.Note, top+timelinePlot+17)
}

func (t *Timeline) events(s *sheet, left, width, top float64) {
	events := t.inRange()
	for i, e := range events {
		x := left + (e.At-float64(t.Years[0]))*width
		y := top - 4 - float64(len(events)-1-i)*9
		s.line(x, y-2, x, top+timelinePlot, 0.7, redish)
	}
	for i, e := range events {
		x := left + (e.At-float64(t.Years[0]))*width
		y := top - 4 - float64(len(events)-1-i)*9
		from, wide := x+2.5, s.width(e.Label, smallSize)
		if x+wide+6 > s.w {
			from = x - 2.5 - wide
		}
		s.rect(from-1, y-5, wide+2, 8.5, white) // the lines of earlier laws pass here
		s.text(from, y-1, e.Label, "left", smallSize, redish)
	}
}

// niceStep gives about four steps of 1, 2 or 5 times a power of ten.
func niceStep(most int) int {
	for step := 1; ; step *= 10 {
		for _, k := range []int{1, 2, 5} {
			if most <= 4*k*step {
				return k * step
			}
		}
	}
}

func (s *sheet) polygon(col color.NRGBA, xy ...float64) {
	var p vg.Path
	p.Move(s.pt(xy[0], xy[1]))
	for i := 2; i+1 < len(xy); i += 2 {
		p.Line(s.pt(xy[i], xy[i+1]))
	}
	p.Close()
	s.c.SetColor(col)
	s.c.Fill(p)
}
