package agreement

import (
	"fmt"
	"sort"
)

// MissingLabel is the row or column under which NewConfusion counts empty strings: a unit
// with a missing code is shown, never dropped.
const MissingLabel = "missing"

// Confusion is a square table of paired codes: row = actual (first), column = predicted (second).
type Confusion struct {
	Labels []string
	Counts [][]int
}

// NewConfusion counts the pairs (actual[i], predicted[i]). Labels fixes the order and may
// name classes that do not occur; nil means the sorted union of what occurs. An empty code
// counts under MissingLabel, added last where it occurs.
// Errors: slices of different length; a code that is not among the labels; a label twice.
func NewConfusion(labels, actual, predicted []string) (*Confusion, error) {
	if len(actual) != len(predicted) {
		return nil, fmt.Errorf("confusion: %d actual but %d predicted codes: pass pairs of one length", len(actual), len(predicted))
	}
	if labels == nil {
		labels = union(actual, predicted)
	}
	index := make(map[string]int, len(labels)+1)
	for i, l := range labels {
		if _, twice := index[l]; twice {
			return nil, fmt.Errorf("confusion: label %q twice: name every class once", l)
		}
		index[l] = i
	}
	c := &Confusion{Labels: append([]string(nil), labels...)}
	if _, has := index[MissingLabel]; !has && (contains(actual, "") || contains(predicted, "")) {
		index[MissingLabel] = len(c.Labels)
		c.Labels = append(c.Labels, MissingLabel)
	}
	c.Counts = squareInts(len(c.Labels))
	for i := range actual {
		a, err := lookup(index, actual[i], i)
		if err != nil {
			return nil, err
		}
		p, err := lookup(index, predicted[i], i)
		if err != nil {
			return nil, err
		}
		c.Counts[a][p]++
	}
	return c, nil
}

// ConfusionFromCounts takes a table that is already counted. Errors: not square, or a negative count.
func ConfusionFromCounts(labels []string, counts [][]int) (*Confusion, error) {
	if len(counts) != len(labels) {
		return nil, fmt.Errorf("confusion: %d rows for %d labels: the table must be square", len(counts), len(labels))
	}
	c := &Confusion{Labels: append([]string(nil), labels...), Counts: squareInts(len(labels))}
	for i, row := range counts {
		if len(row) != len(labels) {
			return nil, fmt.Errorf("confusion: row %d has %d cells for %d labels: the table must be square", i, len(row), len(labels))
		}
		for j, v := range row {
			if v < 0 {
				return nil, fmt.Errorf("confusion: cell %d,%d is %d: counts are not negative", i, j, v)
			}
			c.Counts[i][j] = v
		}
	}
	return c, nil
}

// N is the number of pairs.
func (c *Confusion) N() int {
	n := 0
	for _, row := range c.Counts {
		for _, v := range row {
			n += v
		}
	}
	return n
}

// RowTotals are the totals of the actual classes.
func (c *Confusion) RowTotals() []int { r, _ := margins(c.Counts); return r }

// ColumnTotals are the totals of the predicted classes.
func (c *Confusion) ColumnTotals() []int { _, k := margins(c.Counts); return k }

// Correct is the number of pairs on the diagonal.
func (c *Confusion) Correct() int {
	d := 0
	for i := range c.Counts {
		d += c.Counts[i][i]
	}
	return d
}

// RowShares are the shares of each actual class by prediction, with Wilson intervals; undefined in an empty row.
func (c *Confusion) RowShares(level float64) [][]Estimate {
	rows := c.RowTotals()
	return c.shares(level, func(i, _ int) int { return rows[i] })
}

// ColumnShares are the shares of each predicted class by actual class; undefined in an empty column.
func (c *Confusion) ColumnShares(level float64) [][]Estimate {
	cols := c.ColumnTotals()
	return c.shares(level, func(_, j int) int { return cols[j] })
}

func (c *Confusion) shares(level float64, total func(i, j int) int) [][]Estimate {
	out := make([][]Estimate, len(c.Counts))
	for i, row := range c.Counts {
		out[i] = make([]Estimate, len(row))
		for j, v := range row {
			out[i][j] = Proportion(v, total(i, j), level)
		}
	}
	return out
}

// Without gives the table of the pairs in which neither code is one of the named labels,
// and how many pairs were set aside; the caller prints that number.
func (c *Confusion) Without(labels ...string) (*Confusion, int) {
	var keep []int
	out := &Confusion{}
	for i, l := range c.Labels {
		if !contains(labels, l) {
			keep = append(keep, i)
			out.Labels = append(out.Labels, l)
		}
	}
	out.Counts = squareInts(len(keep))
	for i, a := range keep {
		for j, b := range keep {
			out.Counts[i][j] = c.Counts[a][b]
		}
	}
	return out, c.N() - out.N()
}

// Agreement is the share on the diagonal with Wilson's interval.
func (c *Confusion) Agreement(level float64) Estimate {
	e := Wilson(c.Correct(), c.N(), level)
	e.Method = "raw agreement, Wilson score interval"
	return e
}

// AlwaysLabel is the agreement of the guess that names one label for every unit, the
// trivial guess beside which agreement is read. Undefined if the label is not in the table.
func (c *Confusion) AlwaysLabel(label string, level float64) Estimate {
	for i, l := range c.Labels {
		if l == label {
			e := Wilson(c.RowTotals()[i], c.N(), level)
			e.Method, e.Reference = "always "+label+", Wilson score interval", label
			return e
		}
	}
	return undefined(c.N(), "always "+label, "label not in the table")
}

// NoInformationRate is the agreement of the best constant guess: the largest actual class.
// The first label wins a tie.
func (c *Confusion) NoInformationRate(level float64) Estimate {
	rows, best := c.RowTotals(), 0
	for i, v := range rows {
		if v > rows[best] {
			best = i
		}
	}
	if len(rows) == 0 || c.N() == 0 {
		return undefined(0, "no-information rate", "no units")
	}
	e := Wilson(rows[best], c.N(), level)
	e.Method, e.Reference = "no-information rate (largest actual class)", c.Labels[best]
	return e
}

// BetterThanNoInformation tests one-sidedly by the exact binomial whether agreement exceeds
// the no-information rate; undefined with one actual class only, where nothing can exceed it.
func (c *Confusion) BetterThanNoInformation() Test {
	name, n := "agreement above the no-information rate (exact binomial, one-sided)", c.N()
	nir := c.NoInformationRate(0.95)
	if nir.Undefined || nir.Value == 1 {
		return undefinedTest(name, n, "fewer than two actual classes")
	}
	return Test{Name: name, P: binomialUpperTail(c.Correct(), n, nir.Value), N: n, Method: "exact binomial"}
}

// margins gives row and column totals of any rectangular table.
func margins(t [][]int) (rows, cols []int) {
	rows = make([]int, len(t))
	if len(t) > 0 {
		cols = make([]int, len(t[0]))
	}
	for i, row := range t {
		for j, v := range row {
			rows[i] += v
			cols[j] += v
		}
	}
	return rows, cols
}

func lookup(index map[string]int, code string, row int) (int, error) {
	if code == "" {
		code = MissingLabel
	}
	i, ok := index[code]
	if !ok {
		return 0, fmt.Errorf("confusion: pair %d has code %q, which is not a label: add it to the labels or leave the pair out knowingly", row, code)
	}
	return i, nil
}

func union(a, b []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range append(append([]string(nil), a...), b...) {
		if s != "" && s != MissingLabel && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	sort.Strings(out)
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func squareInts(k int) [][]int {
	t := make([][]int, k)
	for i := range t {
		t[i] = make([]int, k)
	}
	return t
}
