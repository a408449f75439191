package agreement

import (
	"fmt"
	"math"
	"sort"
)

// Ratings are the codes that several coders gave to the same units, some missing.
type Ratings struct {
	Categories []float64 // the codes that occur or were declared, ascending
	Coders     int
	units      []ratedUnit
}

// ratedUnit is one pattern of codes and how many units show it.
type ratedUnit struct {
	code  []int // category index a coder, -1 missing
	count []int // coders a category
	rated int   // coders who gave a code
	times int   // units with this pattern
}

// NewRatings takes codes[coder][unit]; NaN is a missing code. Declared categories may be
// nil (those that occur). Errors: coders with different numbers of units, an undeclared code.
func NewRatings(declared []float64, codes [][]float64) (*Ratings, error) {
	r := &Ratings{Coders: len(codes), Categories: append([]float64(nil), declared...)}
	if declared == nil {
		r.Categories = distinct(codes)
	}
	sort.Float64s(r.Categories)
	if len(codes) == 0 {
		return r, nil
	}
	for u := range codes[0] {
		unit := newRatedUnit(len(codes), len(r.Categories), 1)
		for g := range codes {
			if len(codes[g]) != len(codes[0]) {
				return nil, fmt.Errorf("ratings: coder %d has %d units, coder 0 has %d: give every coder every unit, NaN where missing", g, len(codes[g]), len(codes[0]))
			}
			v := codes[g][u]
			if math.IsNaN(v) {
				continue
			}
			k := sort.SearchFloat64s(r.Categories, v)
			if k == len(r.Categories) || r.Categories[k] != v {
				return nil, fmt.Errorf("ratings: coder %d, unit %d: code %v is not declared", g, u, v)
			}
			unit.set(g, k)
		}
		r.units = append(r.units, unit)
	}
	return r, nil
}

// RatingsFromLabels takes labels[coder][unit] and the order of the labels; "" is a missing
// code. A label's code is its place in the order, from 1.
func RatingsFromLabels(order []string, labels [][]string) (*Ratings, error) {
	index := map[string]float64{"": math.NaN()}
	declared := make([]float64, len(order))
	for i, l := range order {
		declared[i] = float64(i + 1)
		index[l] = declared[i]
	}
	codes := make([][]float64, len(labels))
	for g := range labels {
		codes[g] = make([]float64, len(labels[g]))
		for u, l := range labels[g] {
			v, ok := index[l]
			if !ok {
				return nil, fmt.Errorf("ratings: coder %d, unit %d: label %q is not in the order", g, u, l)
			}
			codes[g][u] = v
		}
	}
	return NewRatings(declared, codes)
}

// Ratings turns a confusion table into the ratings of two coders.
func (c *Confusion) Ratings() *Ratings {
	r := &Ratings{Coders: 2}
	for i := range c.Labels {
		r.Categories = append(r.Categories, float64(i+1))
	}
	for i, row := range c.Counts {
		for j, v := range row {
			if v > 0 {
				u := newRatedUnit(2, len(c.Labels), v)
				u.set(0, i)
				u.set(1, j)
				r.units = append(r.units, u)
			}
		}
	}
	return r
}

// Units is the number of units with at least one code; Paired that with at least two.
func (r *Ratings) Units() (rated, paired int) {
	for _, u := range r.units {
		if u.rated >= 1 {
			rated += u.times
		}
		if u.rated >= 2 {
			paired += u.times
		}
	}
	return rated, paired
}

// Resample takes units by zero-based index (repeats allowed), for a bootstrap over units.
// Only for ratings made by NewRatings, where a pattern is a unit.
func (r *Ratings) Resample(index []int) *Ratings {
	out := &Ratings{Categories: r.Categories, Coders: r.Coders, units: make([]ratedUnit, len(index))}
	for i, k := range index {
		out.units[i] = r.units[k]
	}
	return out
}

// PercentAgreement is the mean share of agreeing coder pairs a unit, over units with two codes or more.
func (r *Ratings) PercentAgreement(level float64) Estimate {
	q := len(r.Categories)
	s := r.pairwise(IdentityWeights(q))
	if s.paired == 0 {
		return undefined(0, "percent agreement", "no unit with two codes")
	}
	var v float64
	n := float64(s.paired)
	for i, u := range r.units {
		if u.rated >= 2 {
			v += float64(u.times) * (s.pai[i] - s.pa) * (s.pai[i] - s.pa)
		}
	}
	e := normalEstimate(s.pa, math.Sqrt(v/(n*(n-1))), level, s.paired, "percent agreement over coder pairs")
	if !e.NoInterval {
		e.Lo, e.Hi = clip01(e.Lo), clip01(e.Hi)
	}
	return e
}

func newRatedUnit(coders, categories, times int) ratedUnit {
	u := ratedUnit{code: make([]int, coders), count: make([]int, categories), times: times}
	for g := range u.code {
		u.code[g] = -1
	}
	return u
}

func (u *ratedUnit) set(coder, category int) {
	u.code[coder] = category
	u.count[category]++
	u.rated++
}

func distinct(codes [][]float64) []float64 {
	seen := map[float64]bool{}
	var out []float64
	for _, row := range codes {
		for _, v := range row {
			if !math.IsNaN(v) && !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}
