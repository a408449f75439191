package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"caipan/pipeline/dataset"
)

// Recount counts shares of agreement again from the rows of comparison and holds them against metrics. It shares no
// code with the computation: plain counting, for verify.
type Recount struct {
	counts map[recountKey]*recounted
	said   map[recountKey]said
}

type recountKey struct{ Doctrine, Variant, Policy, Stage, Metric string }

type recounted struct{ Rows, Compared, Agree, Predicted, Actual int }

type said struct {
	value float64
	n     int
}

// NewRecount begins a count.
func NewRecount() *Recount {
	return &Recount{counts: map[recountKey]*recounted{}, said: map[recountKey]said{}}
}

// Add takes rows of comparison or metrics; others are passed over.
func (r *Recount) Add(b *dataset.Batch) {
	for i := range b.N {
		switch b.Table.Name {
		case "comparison":
			r.comparison(b, i)
		case "metrics":
			k := recountKey{b.Text("doctrine", i), b.Text("variant", i), b.Text("evidence_policy", i), b.Text("stage", i), b.Text("metric", i)}
			if v := b.Float("value", i); v != nil && k.Doctrine != "" && b.Text("level", i) == "" {
				r.said[k] = said{*v, b.Int("n", i, 0)}
			}
		}
	}
}

func (r *Recount) comparison(b *dataset.Batch, i int) {
	if !b.Bool("counted", i) {
		return
	}
	k := recountKey{Doctrine: b.Text("doctrine", i), Variant: b.Text("variant", i), Policy: b.Text("evidence_policy", i), Stage: b.Text("stage", i)}
	c := r.counts[k]
	if c == nil {
		c = &recounted{}
		r.counts[k] = c
	}
	c.Rows++
	if !b.Bool("compared", i) {
		return
	}
	c.Compared++
	if b.Bool("agree", i) {
		c.Agree++
	}
	if b.Text("predicted", i) == liable {
		c.Predicted++
	}
	if b.Text("actual", i) == liable {
		c.Actual++
	}
}

// Compare returns how many numbers were held against metrics and what differs, in a fixed order. A number that metrics
// leaves out (too few liable parties) is not compared.
func (r *Recount) Compare() (n int, differences []string) {
	var keys []recountKey
	for k := range r.counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b recountKey) int {
		return cmp.Or(cmp.Compare(a.Doctrine, b.Doctrine), cmp.Compare(a.Variant, b.Variant), cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.Stage, b.Stage))
	})
	for _, k := range keys {
		c := r.counts[k]
		share := math.NaN()
		if c.Compared > 0 {
			share = float64(c.Agree) / float64(c.Compared)
		}
		check := []struct {
			metric string
			value  float64
			n      int
		}{{"agreement", share, c.Compared}}
		if k.Stage == StageLiable {
			check = append(check, []struct {
				metric string
				value  float64
				n      int
			}{{"predicted_liable", float64(c.Predicted), c.Compared}, {"actual_liable", float64(c.Actual), c.Compared}, {"not_compared", float64(c.Rows - c.Compared), c.Rows}}...)
		}
		for _, x := range check {
			k.Metric = x.metric
			have, ok := r.said[k]
			if !ok || math.IsNaN(x.value) {
				continue
			}
			n++
			if math.Abs(have.value-x.value) > 1e-9 || have.n != x.n {
				differences = append(differences, fmt.Sprintf("metrics %s.%s.%s.%s.%s: is %g of n = %d, counted again %g of n = %d",
					k.Doctrine, k.Variant, k.Policy, k.Stage, k.Metric, have.value, have.n, x.value, x.n))
			}
		}
	}
	return n, differences
}
