package agreement

import (
	"fmt"
	"math"
)

// PairedTables are the confusion tables of several doctrines on the same rows, by cluster.
type PairedTables struct {
	Labels    []string
	Doctrines int
	Sums      *ClusterSums
}

// NewPairedTables takes the actual label and, a doctrine, the predicted label of each row. A
// row counts for a doctrine only where both labels are among Labels (so "" or an abstention
// that is not a label stays out of that doctrine's table and in the cluster).
func NewPairedTables(cluster, labels, actual []string, predicted [][]string) (*PairedTables, error) {
	k := len(labels)
	index := map[string]int{}
	for i, l := range labels {
		index[l] = i
	}
	cells := make([][]int, len(actual))
	flat := make([]int, 0, len(actual)*len(predicted))
	for i, a := range actual {
		start := len(flat)
		for d := range predicted {
			if len(predicted[d]) != len(actual) {
				return nil, fmt.Errorf("paired tables: doctrine %d has %d predictions for %d rows", d, len(predicted[d]), len(actual))
			}
			ia, oka := index[a]
			ip, okp := index[predicted[d][i]]
			if oka && okp {
				flat = append(flat, (d*k+ia)*k+ip)
			}
		}
		cells[i] = flat[start:len(flat):len(flat)]
	}
	sums, err := NewClusterSums(cluster, cells, k*k*len(predicted))
	if err != nil {
		return nil, err
	}
	return &PairedTables{Labels: labels, Doctrines: len(predicted), Sums: sums}, nil
}

// Table is doctrine d's confusion table.
func (p *PairedTables) Table(d int) *Confusion {
	k := len(p.Labels)
	total := p.Sums.Total()[d*k*k : (d+1)*k*k]
	c := &Confusion{Labels: p.Labels, Counts: squareInts(k)}
	for i, v := range total {
		c.Counts[i/k][i%k] = int(v)
	}
	return c
}

// AgreementStat is doctrine d's raw agreement.
func (p *PairedTables) AgreementStat(name string, d int) Statistic {
	return Statistic{name, p.over(d, func(m [][]float64) float64 {
		v := 0.0
		for i := range m {
			v += m[i][i]
		}
		return v
	})}
}

// KappaStat is doctrine d's (weighted) kappa.
func (p *PairedTables) KappaStat(name string, d int, w Weights) Statistic {
	return Statistic{name, p.over(d, func(m [][]float64) float64 {
		row, col := realMargins(m)
		var po, pe float64
		for i := range m {
			for j := range m {
				po += w.W[i][j] * m[i][j]
				pe += w.W[i][j] * row[i] * col[j]
			}
		}
		return chanceCorrected(po, pe)
	})}
}

// ACStat is doctrine d's AC1 or AC2.
func (p *PairedTables) ACStat(name string, d int, w Weights) Statistic {
	k := float64(len(p.Labels))
	factor := total(w) / (k * (k - 1))
	return Statistic{name, p.over(d, func(m [][]float64) float64 {
		row, col := realMargins(m)
		var po, pe float64
		for i := range m {
			share := (row[i] + col[i]) / 2
			pe += factor * share * (1 - share)
			for j := range m {
				po += w.W[i][j] * m[i][j]
			}
		}
		return chanceCorrected(po, pe)
	})}
}

// Difference is the paired difference of two statistics in the same draws.
func Difference(name string, a, b Statistic) Statistic {
	return Statistic{name, func(c []float64) float64 { return a.Of(c) - b.Of(c) }}
}

func chanceCorrected(po, pe float64) float64 {
	if 1-pe < 1e-14 {
		return math.NaN()
	}
	return (po - pe) / (1 - pe)
}

// over hands f the table of shares of doctrine d; NaN where it is empty.
func (p *PairedTables) over(d int, f func(m [][]float64) float64) func([]float64) float64 {
	k := len(p.Labels)
	return func(counts []float64) float64 {
		part := counts[d*k*k : (d+1)*k*k]
		n := sumFloats(part)
		if n == 0 {
			return math.NaN()
		}
		flat, m := make([]float64, k*k), make([][]float64, k)
		for i := range m {
			m[i] = flat[i*k : (i+1)*k]
			for j := range m[i] {
				m[i][j] = part[i*k+j] / n
			}
		}
		return f(m)
	}
}
