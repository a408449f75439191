package segment

import "github.com/go-ego/gse"

// Reference is gse with the dictionaries of Shared, for benchmarks outside the package.
func Reference() (*gse.Segmenter, error) { return reference() }
