package figure

import (
	"image/color"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Formats that every figure is written in.
var Formats = []string{"pdf", "svg", "png"}

// Widths in millimetres: a column and a page.
var Widths = []int{85, 170}

// Text sizes in points.
const (
	textSize  = 8.0
	smallSize = 7.0
	titleSize = 9.0
)

// Colours of Okabe and Ito, Color Universal Design (2008).
var (
	black   = color.NRGBA{0, 0, 0, 255}
	grey    = color.NRGBA{110, 110, 110, 255}
	pale    = color.NRGBA{215, 215, 215, 255}
	white   = color.NRGBA{255, 255, 255, 255}
	blue    = color.NRGBA{0x00, 0x72, 0xB2, 255}
	orange  = color.NRGBA{0xE6, 0x9F, 0x00, 255}
	sky     = color.NRGBA{0x56, 0xB4, 0xE9, 255}
	green   = color.NRGBA{0x00, 0x9E, 0x73, 255}
	redish  = color.NRGBA{0xD5, 0x5E, 0x00, 255}
	series  = []color.NRGBA{blue, orange, green, redish, sky}
	justify = map[string]float64{"left": 0, "center": 0.5, "right": 1}
)

// Drawing is a figure: it knows its height at a width, its labels and the numbers behind it.
type Drawing interface {
	Labels() []string
	Data() (head []string, rows [][]string)
	height(s *sheet) float64
	draw(s *sheet)
}

// Write draws d in a format of Formats at a width in millimetres. Errors: a label without glyph, an unknown format.
func Write(w io.Writer, d Drawing, f *Font, format string, millimetres int) error {
	if err := f.Check(d.Labels()); err != nil {
		return err
	}
	width := vg.Length(millimetres) * vg.Millimeter
	s := &sheet{font: f, w: width.Points()}
	s.h = math.Ceil(d.height(s))
	c, err := canvasOf(format, width, vg.Length(s.h), f)
	if err != nil {
		return err
	}
	s.c = c
	s.rect(0, 0, s.w, s.h, white)
	d.draw(s)
	_, err = c.WriteTo(w)
	return err
}

func canvasOf(format string, w, h vg.Length, f *Font) (vg.CanvasWriterTo, error) {
	switch format {
	case "pdf":
		return newPDF(w, h, f), nil
	case "svg":
		return vgsvg.NewWith(vgsvg.UseWH(w, h)), nil
	case "png":
		return vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(300))}, nil
	}
	return nil, formatError(format)
}

type formatError string

func (e formatError) Error() string {
	return "figure: unknown format " + string(e) + "; use pdf, svg or png"
}

// sheet is a page to draw on, in points, y counted from the top as one reads.
type sheet struct {
	c    vg.CanvasWriterTo
	font *Font
	w, h float64
}

func (s *sheet) pt(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(round(x)), Y: vg.Length(round(s.h - y))}
}

// round keeps hundredths of a point, so that the last bits of an addition do not reach the file.
func round(v float64) float64 { return math.Round(v*100) / 100 }

func (s *sheet) rect(x, y, w, h float64, col color.NRGBA) {
	var p vg.Path
	p.Move(s.pt(x, y))
	p.Line(s.pt(x+w, y))
	p.Line(s.pt(x+w, y+h))
	p.Line(s.pt(x, y+h))
	p.Close()
	s.c.SetColor(col)
	s.c.Fill(p)
}

func (s *sheet) frame(x, y, w, h, width float64, col color.NRGBA) {
	s.line(x, y, x+w, y, width, col)
	s.line(x, y+h, x+w, y+h, width, col)
	s.line(x, y, x, y+h, width, col)
	s.line(x+w, y, x+w, y+h, width, col)
}

func (s *sheet) line(x0, y0, x1, y1, width float64, col color.NRGBA) {
	var p vg.Path
	p.Move(s.pt(x0, y0))
	p.Line(s.pt(x1, y1))
	s.c.SetColor(col)
	s.c.SetLineWidth(vg.Length(width))
	s.c.Stroke(p)
}

// dot draws a filled disc, or a ring if hollow.
func (s *sheet) dot(x, y, r float64, col color.NRGBA, hollow bool) {
	var p vg.Path
	p.Move(s.pt(x+r, y))
	p.Arc(s.pt(x, y), vg.Length(r), 0, 2*math.Pi)
	p.Close()
	s.c.SetColor(col)
	s.c.Fill(p)
	if hollow {
		s.dot(x, y, r*0.55, white, false)
	}
}

// text writes one line; y is the middle of the line, align is left, center or right of x.
func (s *sheet) text(x, y float64, str, align string, size float64, col color.NRGBA) {
	f := s.font.face(size)
	s.c.SetColor(col)
	s.c.FillString(f, s.pt(x-s.width(str, size)*justify[align], y+0.35*size), str)
}

// upright writes a line turned by a quarter, from its foot at y upwards, centred on x.
func (s *sheet) upright(x, y float64, str string, size float64, col color.NRGBA) {
	s.c.Push()
	s.c.Translate(s.pt(x+0.35*size, y))
	s.c.Rotate(math.Pi / 2)
	s.c.SetColor(col)
	s.c.FillString(s.font.face(size), vg.Point{}, str)
	s.c.Pop()
}

func (s *sheet) width(str string, size float64) float64 {
	f := s.font.face(size)
	return f.Width(str).Points()
}

func (s *sheet) widest(size float64, labels ...string) (w float64) {
	for _, l := range labels {
		w = max(w, s.width(l, size))
	}
	return w
}

// noLineStart are the marks that no Chinese line begins with, noLineEnd those that none ends with.
const (
	noLineStart = "。，、；：！？）》」”’)]"
	noLineEnd   = "（《「“‘(["
)

// wrap breaks a text into lines of at most the width, at blanks, or between Chinese characters.
func (s *sheet) wrap(str string, size, width float64) []string {
	var out []string
	line, word := "", ""
	flush := func() {
		if line != "" && s.width(line+word, size) > width {
			out = append(out, line)
			line = trimLeft(word)
		} else {
			line += word
		}
		word = ""
	}
	for _, r := range str {
		if (r == ' ' || r > 0x2E80) && !strings.ContainsRune(noLineStart, r) && !endsIn(word, noLineEnd) {
			flush()
		}
		word += string(r)
	}
	flush()
	if line != "" {
		out = append(out, line)
	}
	return out
}

func endsIn(s, marks string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && strings.ContainsRune(marks, r)
}

func trimLeft(s string) string {
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// head draws the title's lines and returns the y below them.
func (s *sheet) head(title string) float64 {
	y := 4.0
	for _, l := range s.wrap(title, titleSize, s.w-8) {
		s.text(4, y+titleSize/2, l, "left", titleSize, black)
		y += titleSize * 1.3
	}
	return y + 4
}

func (s *sheet) headHeight(title string) float64 {
	return 8 + float64(len(s.wrap(title, titleSize, s.w-8)))*titleSize*1.3
}

// foot draws the note's lines from y on.
func (s *sheet) foot(note string, y float64) {
	for _, l := range s.wrap(note, smallSize, s.w-8) {
		s.text(4, y+smallSize/2, l, "left", smallSize, grey)
		y += smallSize * 1.35
	}
}

func (s *sheet) footHeight(note string) float64 {
	return 4 + float64(len(s.wrap(note, smallSize, s.w-8)))*smallSize*1.35
}

// tint is a colour between white and blue.
func tint(share float64) color.NRGBA {
	share = math.Max(0, math.Min(1, share))
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share)) }
	return color.NRGBA{mix(255, blue.R), mix(255, blue.G), mix(255, blue.B), 255}
}
