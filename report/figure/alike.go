package figure

import (
	"math"
	"strconv"

	"caipan/report/agreement"
)

// Alike says who decides alike: a square of the shares decided alike, and beside it the tree in which those who
// decide most alike are joined first.
type Alike struct {
	Title, Note string
	Tree        string            // what the tree's axis measures
	Names       []string          // in the order of the tree
	Counts, Of  [][]int           // decided alike, of those that both decide; symmetric
	Merges      []agreement.Merge // of the names, by their place
	Refused     []string          // why there is nothing to compare
}

// Labels are all texts of the figure.
func (a *Alike) Labels() []string {
	return append(append([]string{a.Title, a.Note, a.Tree, "0123456789%–"}, a.Names...), a.Refused...)
}

// Data is one row per pair.
func (a *Alike) Data() (head []string, rows [][]string) {
	for i := range a.Names {
		for j := range i {
			share := ""
			if a.Of[i][j] > 0 {
				share = strconv.FormatFloat(a.share(i, j), 'f', 4, 64)
			}
			rows = append(rows, []string{a.Names[j], a.Names[i], strconv.Itoa(a.Counts[i][j]), strconv.Itoa(a.Of[i][j]), share})
		}
	}
	return []string{"first", "second", "alike", "of", "share"}, rows
}

func (a *Alike) share(i, j int) float64 { return float64(a.Counts[i][j]) / float64(max(1, a.Of[i][j])) }

const (
	alikeRow    = 25.0
	alikeNumber = 14.0 // column of the numbers before the names
)

type alikeLayout struct {
	names             [][]string
	size              float64 // of the names
	left, cell, right float64 // end of the names, width of a cell, where the tree begins
}

func (a *Alike) layout(s *sheet) alikeLayout {
	k := float64(max(1, len(a.Names)))
	l := alikeLayout{size: textSize, left: min(s.w*0.36, 20+alikeNumber+s.widest(textSize, a.Names...))}
	if l.left == s.w*0.36 {
		l.size = smallSize
	}
	tree := s.w * 0.16
	l.cell = min(46, (s.w-l.left-tree-18)/k)
	l.right = l.left + k*l.cell + 6
	for _, n := range a.Names {
		l.names = append(l.names, s.wrap(n, l.size, l.left-alikeNumber-4))
	}
	return l
}

func (a *Alike) height(s *sheet) float64 {
	h := a.plain().height(s)
	if len(a.Names) > 1 {
		h += 14 + alikeRow*float64(len(a.Names)) + 30
	}
	return h
}

// plain is the figure without its square.
func (a *Alike) plain() *Rows { return &Rows{Title: a.Title, Note: a.Note, Refused: a.Refused} }

func (a *Alike) draw(s *sheet) {
	y := s.head(a.Title)
	if len(a.Names) > 1 {
		y = a.square(s, y+14)
	}
	a.plain().rest(s, y)
}

// square draws names, cells and tree from top on and returns the y below them.
func (a *Alike) square(s *sheet, top float64) float64 {
	l := a.layout(s)
	for i := range a.Names {
		mid := top + alikeRow*(float64(i)+0.5)
		s.text(l.left+l.cell*(float64(i)+0.5), top-7, strconv.Itoa(i+1), "center", textSize, grey)
		s.text(4, mid, strconv.Itoa(i+1), "left", textSize, grey)
		first := mid - lineHeight*float64(len(l.names[i])-1)/2
		for k, line := range l.names[i] {
			s.text(4+alikeNumber, first+lineHeight*float64(k), line, "left", l.size, black)
		}
		for j := range a.Names {
			a.cell(s, l, i, j, l.left+l.cell*float64(j), top+alikeRow*float64(i))
		}
	}
	a.tree(s, l, top)
	return top + alikeRow*float64(len(a.Names)) + 30
}

func (a *Alike) cell(s *sheet, l alikeLayout, i, j int, x, y float64) {
	n := a.Of[i][j]
	share := 0.0
	if i != j && n > 0 {
		share = a.share(i, j)
	}
	s.rect(x, y, l.cell, alikeRow, tint(share))
	s.frame(x, y, l.cell, alikeRow, 0.5, pale)
	if i == j || n == 0 {
		s.text(x+l.cell/2, y+alikeRow/2, "–", "center", smallSize, grey)
		return
	}
	ink := black
	if share > 0.72 {
		ink = white
	}
	s.text(x+l.cell/2, y+alikeRow*0.32, strconv.FormatFloat(100*share, 'f', 0, 64), "center", smallSize, ink)
	s.text(x+l.cell/2, y+alikeRow*0.7, strconv.Itoa(n), "center", smallSize, ink)
}

// tree draws the merges to the right of the square; a merge stands the farther right the less alike its sides are.
func (a *Alike) tree(s *sheet, l alikeLayout, top float64) {
	most := 0.05
	for _, m := range a.Merges {
		most = max(most, m.Height)
	}
	width := s.w - 12 - l.right
	type end struct{ x, y float64 }
	var ends []end
	for i := range a.Names {
		ends = append(ends, end{l.right, top + alikeRow*(float64(i)+0.5)})
	}
	for _, m := range a.Merges {
		x := l.right + width*m.Height/most
		for _, k := range []int{m.A, m.B} {
			s.line(ends[k].x, ends[k].y, x, ends[k].y, 0.9, black)
		}
		s.line(x, ends[m.A].y, x, ends[m.B].y, 0.9, black)
		ends = append(ends, end{x, (ends[m.A].y + ends[m.B].y) / 2})
	}
	bottom := top + alikeRow*float64(len(a.Names)) + 3
	s.line(l.right, bottom, l.right+width, bottom, 0.5, grey)
	for _, v := range []float64{0, most} {
		x := l.right + width*v/most
		s.line(x, bottom, x, bottom+2.5, 0.5, grey)
		s.text(x, bottom+8, strconv.FormatFloat(math.Round(100*v), 'f', 0, 64)+"%", "center", smallSize, black)
	}
	s.text(s.w-4, bottom+18, a.Tree, "right", smallSize, black)
}
