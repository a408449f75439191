package figure

import (
	"strconv"
)

// Heat is a confusion matrix: counts in the cells, shaded by the share of the row.
type Heat struct {
	Title, Note   string
	RowAxis, Axis string // what rows and columns are
	Rows, Cols    []string
	Counts        [][]int
	Classes       int // the first Classes rows and columns are compared; a gap sets the rest apart
}

// Labels are all texts of the figure.
func (h *Heat) Labels() []string {
	out := append([]string{h.Title, h.Note, h.RowAxis, h.Axis, "0123456789%"}, h.Rows...)
	return append(out, h.Cols...)
}

// Data is one row per cell.
func (h *Heat) Data() (head []string, rows [][]string) {
	for i, r := range h.Rows {
		total := sum(h.Counts[i])
		for j, c := range h.Cols {
			share := ""
			if total > 0 {
				share = strconv.FormatFloat(float64(h.Counts[i][j])/float64(total), 'f', 4, 64)
			}
			rows = append(rows, []string{r, c, strconv.Itoa(h.Counts[i][j]), strconv.Itoa(total), share})
		}
	}
	return []string{h.RowAxis, h.Axis, "n", "row_n", "row_share"}, rows
}

func sum(v []int) (n int) {
	for _, x := range v {
		n += x
	}
	return n
}

const gap = 5.0 // points between the compared square and what is outside

type heatLayout struct {
	left, top, cell, rowH, colsH float64
	colSize                      float64
	turned                       bool
}

func (h *Heat) layout(s *sheet) heatLayout {
	var l heatLayout
	l.left = 6 + max(s.widest(textSize, h.Rows...), s.width(h.RowAxis, textSize)) + 5
	l.cell = min(58, (s.w-l.left-gap-8)/float64(max(1, len(h.Cols))))
	l.rowH = 25
	l.colSize = textSize
	if s.widest(textSize, h.Cols...) > l.cell-3 {
		l.colSize = smallSize
	}
	widest := s.widest(l.colSize, h.Cols...)
	l.turned = widest > l.cell-1
	l.colsH = textSize * 1.4
	if l.turned {
		l.colsH = widest + 4
	}
	l.top = s.headHeight(h.Title) + textSize*1.5 + l.colsH
	return l
}

func (h *Heat) height(s *sheet) float64 {
	l := h.layout(s)
	return l.top + float64(len(h.Rows))*l.rowH + gap + 6 + s.footHeight(h.Note)
}

func (h *Heat) x(l heatLayout, j int) float64 {
	x := l.left + float64(j)*l.cell
	if j >= h.Classes {
		x += gap
	}
	return x
}

func (h *Heat) y(l heatLayout, i int) float64 {
	y := l.top + float64(i)*l.rowH
	if i >= h.Classes {
		y += gap
	}
	return y
}

func (h *Heat) draw(s *sheet) {
	l := h.layout(s)
	y := s.head(h.Title)
	s.text(l.left, y+textSize/2, h.Axis, "left", textSize, grey)
	s.text(l.left-5, l.top-textSize*0.7, h.RowAxis, "right", textSize, grey)
	for j, c := range h.Cols {
		x := h.x(l, j) + l.cell/2
		if l.turned {
			s.upright(x, l.top-3, c, l.colSize, black)
		} else {
			s.text(x, l.top-textSize*0.7, c, "center", l.colSize, black)
		}
	}
	for i, r := range h.Rows {
		s.text(l.left-5, h.y(l, i)+l.rowH/2, r, "right", textSize, black)
		total := sum(h.Counts[i])
		for j, n := range h.Counts[i] {
			h.cell(s, l, i, j, n, total)
		}
	}
	s.foot(h.Note, h.y(l, len(h.Rows)-1)+l.rowH+6)
}

func (h *Heat) cell(s *sheet, l heatLayout, i, j, n, total int) {
	x, y := h.x(l, j), h.y(l, i)
	share := 0.0
	if total > 0 {
		share = float64(n) / float64(total)
	}
	s.rect(x, y, l.cell, l.rowH, tint(share))
	s.frame(x, y, l.cell, l.rowH, 0.5, pale)
	if i == j && i < h.Classes {
		s.frame(x+0.7, y+0.7, l.cell-1.4, l.rowH-1.4, 1.1, black)
	}
	ink := black
	if share > 0.72 {
		ink = white
	}
	if n == 0 {
		s.text(x+l.cell/2, y+l.rowH/2, "0", "center", smallSize, grey)
		return
	}
	s.text(x+l.cell/2, y+l.rowH*0.33, strconv.Itoa(n), "center", textSize, ink)
	s.text(x+l.cell/2, y+l.rowH*0.71, strconv.FormatFloat(100*share, 'f', 0, 64)+"%", "center", smallSize, ink)
}
