package report

import (
	"caipan/model/judgment"
)

// drawer draws the figures.
type drawer struct{}

func (d *drawer) prepare(lang, font string) error { return nil }
func (d *drawer) draw(r *run) error               { return nil }

// pages writes the HTML report.
type pages struct{}

func (p *pages) begin(r *run) error                                     { return nil }
func (p *pages) add(r *run, e *Entry, rows []judgment.Comparison) error { return nil }
func (p *pages) finish(r *run) error                                    { return nil }
