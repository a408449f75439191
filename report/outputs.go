package report

import (
	"caipan/model/judgment"
)

// pages writes the HTML report.
type pages struct{}

func (p *pages) begin(r *run) error                                     { return nil }
func (p *pages) add(r *run, e *Entry, rows []judgment.Comparison) error { return nil }
func (p *pages) finish(r *run) error                                    { return nil }
