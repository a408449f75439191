package figure

import "slices"

// Bilingual is a figure with every label in two languages; both must be the same figure, of the same numbers. A label
// that is alike in both stands once.
func Bilingual(en, zh Drawing) Drawing {
	switch a := en.(type) {
	case *Heat:
		b, c := zh.(*Heat), *a
		c.Title, c.Note, c.RowAxis, c.Axis = both(a.Title, b.Title), both(a.Note, b.Note), both(a.RowAxis, b.RowAxis), both(a.Axis, b.Axis)
		c.Rows, c.Cols = eachBoth(a.Rows, b.Rows), eachBoth(a.Cols, b.Cols)
		return &c
	case *Rows:
		b, c := zh.(*Rows), *a
		c.Title, c.Note, c.Axis, c.Mark, c.Other = both(a.Title, b.Title), both(a.Note, b.Note), both(a.Axis, b.Axis), both(a.Mark, b.Mark), both(a.Other, b.Other)
		c.Refused, c.Lines = eachBoth(a.Refused, b.Refused), slices.Clone(a.Lines)
		for i := range c.Lines {
			c.Lines[i].Label, c.Lines[i].Group = both(a.Lines[i].Label, b.Lines[i].Label), both(a.Lines[i].Group, b.Lines[i].Group)
		}
		return &c
	case *Stack:
		b, c := zh.(*Stack), *a
		c.Title, c.Note, c.Parts, c.Lines = both(a.Title, b.Title), both(a.Note, b.Note), eachBoth(a.Parts, b.Parts), slices.Clone(a.Lines)
		for i := range c.Lines {
			c.Lines[i].Label, c.Lines[i].Group = both(a.Lines[i].Label, b.Lines[i].Label), both(a.Lines[i].Group, b.Lines[i].Group)
		}
		return &c
	case *Timeline:
		b, c := zh.(*Timeline), *a
		c.Title, c.Note, c.Axis, c.Parts, c.Events = both(a.Title, b.Title), both(a.Note, b.Note), both(a.Axis, b.Axis), eachBoth(a.Parts, b.Parts), slices.Clone(a.Events)
		for i := range c.Events {
			c.Events[i].Label = both(a.Events[i].Label, b.Events[i].Label)
		}
		return &c
	case *Alike:
		b, c := zh.(*Alike), *a
		c.Title, c.Note, c.Tree = both(a.Title, b.Title), both(a.Note, b.Note), both(a.Tree, b.Tree)
		c.Names, c.Refused = eachBoth(a.Names, b.Names), eachBoth(a.Refused, b.Refused)
		return &c
	}
	return en
}

func both(en, zh string) string {
	if en == zh {
		return en
	}
	return en + " " + zh
}

func eachBoth(en, zh []string) []string {
	out := slices.Clone(en)
	for i := range out {
		out[i] = both(en[i], zh[i])
	}
	return out
}
