package report

import (
	"fmt"
	"io"
	"strconv"

	"caipan/report/figure"
)

// drawer draws the figures; its font is found before the first case is read.
type drawer struct {
	font   *figure.Font
	labels string // en | zh | both
}

func (d *drawer) prepare(labels, font string) (err error) {
	d.labels = labels
	if labels == "both" {
		labels = "zh" // a font with Chinese characters has the Latin ones too
	}
	d.font, err = figure.FindFont(labels, font)
	return err
}

// figures are the drawings with labels in one language or in both.
func (d *drawer) figures(l *layouter) []drawing {
	en, zh := *l, *l
	en.lang, zh.lang = "en", "zh"
	switch d.labels {
	case "en":
		return en.drawings()
	case "zh":
		return zh.drawings()
	}
	out := en.drawings()
	for i, b := range zh.drawings() {
		out[i].Drawing = figure.Bilingual(out[i].Drawing, b.Drawing)
	}
	return out
}

// drawing is a figure under its file name.
type drawing struct {
	name string
	figure.Drawing
}

// title is the first label of the figure.
func (d drawing) title() string { return d.Labels()[0] }

func (d *drawer) draw(r *run) error {
	for _, f := range d.figures(r.layout) {
		shown := d.readable(r.layout, f)
		for _, format := range figure.Formats {
			for _, mm := range figure.Widths {
				path := fmt.Sprintf("figures/%s-%dmm.%s", f.name, mm, format)
				if err := r.write(path, func(w io.Writer) error { return figure.Write(w, shown, d.font, format, mm) }); err != nil {
					return err
				}
			}
		}
		head, rows := f.Data()
		t := &Table{Head: head, Rows: rows}
		if err := r.write("figures/"+f.name+".csv", t.WriteCSV); err != nil {
			return err
		}
	}
	return nil
}

// readable is the figure, or where its terms are Chinese and the font is not, a sheet that says so: English figures
// need no Chinese font. Any other label without a glyph stays an error.
func (d *drawer) readable(l *layouter, f drawing) figure.Drawing {
	rows, ok := f.Drawing.(*figure.Rows)
	if f.name != "keyness" || !ok || d.font.Check(f.Labels()) == nil {
		return f.Drawing
	}
	c := *rows
	c.Lines = nil
	c.Refused = append([]string{l.say("The terms are Chinese: give a font that has them with --font FILE (Debian: fonts-lxgw-wenkai). The table keyness and keyness.csv have them all.", "词项为中文，请以 --font 指定中文字体。")}, c.Refused...)
	return &c
}

// drawings are the figures for which there are numbers.
func (l *layouter) drawings() []drawing {
	if len(l.t.choices) == 0 || l.plain {
		return nil
	}
	return []drawing{{"confusion", l.heat(l.headline())}, {"ladder", l.ladderFigure()}, {"forest", l.forest()},
		{"liability_service", l.liabilityFigure(byService)}, {"liability_profit", l.liabilityFigure(byProfit)},
		{"duties", l.duties(l.vocabulary)}, {"decisive", l.decisiveFigure()}, {"timeline", l.timeline(l.vocabulary)},
		{"alike", l.alikeFigure()}, {"keyness", l.keynessFigure()}, {"marginal", l.marginalFigure()}}
}

func (l *layouter) heat(c choice) *figure.Heat {
	m := matrixOf(c, l.t.classes[c], l.classes[c])
	h := &figure.Heat{Title: l.figureTitle("cap_confusion", c), RowAxis: l.w("ruling"), Axis: l.w("prediction"), Counts: m.Counts, Classes: m.Classes}
	for _, r := range m.Rows {
		h.Rows = append(h.Rows, l.w(r))
	}
	for _, p := range m.Cols {
		h.Cols = append(h.Cols, l.w(p))
	}
	h.Note = l.say("Cells: parties and share of the row. Framed: agreement. Behind the gap: outside the comparison or abstained. ",
		"单元格为当事人数与行比例；加框者一致；间隔之后为不可比或弃权。") + l.headlineNumbers(c) + l.figureNote()
	return h
}

// figureTitle names the doctrine and the evidence policy, as every number does.
func (l *layouter) figureTitle(key string, c choice) string {
	return l.caption(key) + l.say(" ("+c.Doctrine+", "+c.Variant+"; evidence: "+l.w(c.Policy)+")", "（"+c.Doctrine+"，"+c.Variant+"；证据层级："+l.w(c.Policy)+"）")
}

func (l *layouter) figureNote() string {
	s := l.say(" n = "+strconv.Itoa(l.t.parties)+" parties, "+strconv.Itoa(l.t.liable)+" held liable.", "n = "+strconv.Itoa(l.t.parties)+"，其中裁判有责 "+strconv.Itoa(l.t.liable)+"。")
	if l.validation != nil {
		s += l.say(" † rests on readings not covered by the hand-coded sample.", " † 所据读取结果未为人工编码样本所涵盖。")
	} else if l.marked {
		s += l.say(" † not validated by hand coding.", "† 未经人工编码检验。")
	}
	return s
}
