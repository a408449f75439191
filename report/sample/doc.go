// Package sample is the life of a validation sample: the frame of units, a probability sample of them, blind sheets for
// the coders, the check of what they filled in, and the adjudicated codes that a report is corrected with.
//
// It refuses to draw without a stored inclusion probability for every unit, to put anything that the machine read about
// a variable into what a coder sees, to use a development sample as validation, and to pass over a cell that it does
// not understand. It knows no rules and no statistics of its own (report/agreement has them) and writes no file
// itself: it is handed a Writer. Imported by report, pipeline and cmd.
package sample

import "io"

// Writer writes one file under a slash-separated path of the sample's folder.
type Writer func(path string, do func(io.Writer) error) error
