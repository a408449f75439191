package figure

import (
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/vg"
)

// outline is a line of text as one path, from p on along its baseline: what a PDF shows of a font that it cannot
// embed. A glyph that cannot be loaded leaves its place empty; Check has found missing ones before.
func (f *Font) outline(p vg.Point, size vg.Length, text string) vg.Path {
	var path vg.Path
	var buf sfnt.Buffer
	ppem := fixed.I(int(f.parse.UnitsPerEm())) // font units
	unit := size / vg.Length(f.parse.UnitsPerEm())
	at := func(x vg.Length, q fixed.Point26_6) vg.Point {
		return vg.Point{X: x + unit*vg.Length(q.X)/64, Y: p.Y - unit*vg.Length(q.Y)/64}
	}
	x := p.X
	for _, r := range text {
		g, err := f.parse.GlyphIndex(&buf, r)
		if err != nil {
			continue
		}
		segments, err := f.parse.LoadGlyph(&buf, g, ppem, nil)
		if err != nil {
			continue
		}
		open := false
		for _, s := range segments {
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				if open {
					path.Close()
				}
				path.Move(at(x, s.Args[0]))
				open = true
			case sfnt.SegmentOpLineTo:
				path.Line(at(x, s.Args[0]))
			case sfnt.SegmentOpQuadTo:
				path.QuadTo(at(x, s.Args[0]), at(x, s.Args[1]))
			case sfnt.SegmentOpCubeTo:
				path.CubeTo(at(x, s.Args[0]), at(x, s.Args[1]), at(x, s.Args[2]))
			}
		}
		if open {
			path.Close()
		}
		if w, err := f.parse.GlyphAdvance(&buf, g, ppem, 0); err == nil {
			x += unit * vg.Length(w) / 64
		}
	}
	return path
}
