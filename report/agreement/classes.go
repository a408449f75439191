package agreement

import "math"

// ClassScores are the measures of one class against all others.
type ClassScores struct {
	Label       string
	Actual      int      // units of the class
	Predicted   int      // units predicted as the class
	Hits        int      // both
	Precision   Estimate // hits / predicted, Wilson
	Recall      Estimate // hits / actual, Wilson
	Specificity Estimate // true negatives / other units, Wilson
	F1          Estimate // 2 hits / (actual + predicted); undefined where precision or recall is, or both are 0
	MCC         Estimate // Matthews 1975, class against the rest
}

// PerClass gives the scores of every label in the order of the table (van Rijsbergen 1979, ch. 7, for F).
func (c *Confusion) PerClass(level float64) []ClassScores {
	rows, cols, n := c.RowTotals(), c.ColumnTotals(), c.N()
	out := make([]ClassScores, len(c.Labels))
	for k, l := range c.Labels {
		tp := c.Counts[k][k]
		s := ClassScores{Label: l, Actual: rows[k], Predicted: cols[k], Hits: tp}
		s.Precision = renamed(Wilson(tp, cols[k], level), "precision, Wilson", "class never predicted")
		s.Recall = renamed(Wilson(tp, rows[k], level), "recall, Wilson", "class never occurs")
		tn := n - rows[k] - cols[k] + tp
		s.Specificity = renamed(Wilson(tn, n-rows[k], level), "specificity, Wilson", "no other class occurs")
		s.F1 = f1(tp, rows[k], cols[k], n)
		s.MCC = mccFromMargins(float64(tp+tn), float64(n), [][2]float64{
			{float64(rows[k]), float64(cols[k])}, {float64(n - rows[k]), float64(n - cols[k])}})
		out[k] = s
	}
	return out
}

func renamed(e Estimate, method, reason string) Estimate {
	e.Method = method
	if e.Undefined {
		e.Reason = reason
	}
	return e
}

func f1(tp, actual, predicted, n int) Estimate {
	if actual == 0 || predicted == 0 || tp == 0 {
		return undefined(n, "F1", "precision and recall undefined or both zero")
	}
	return pointOnly(2*float64(tp)/float64(actual+predicted), n, "F1")
}

// MCC is the multi-class correlation of Gorodkin (2004, Comput. Biol. Chem. 28:367-374);
// undefined where one side has one class only.
func (c *Confusion) MCC() Estimate {
	rows, cols := c.RowTotals(), c.ColumnTotals()
	m := make([][2]float64, len(rows))
	for k := range rows {
		m[k] = [2]float64{float64(rows[k]), float64(cols[k])}
	}
	return mccFromMargins(float64(c.Correct()), float64(c.N()), m)
}

func mccFromMargins(correct, n float64, m [][2]float64) Estimate {
	var tp, tt, pp float64
	for _, v := range m {
		tp, tt, pp = tp+v[0]*v[1], tt+v[0]*v[0], pp+v[1]*v[1]
	}
	den := (n*n - tt) * (n*n - pp)
	if n == 0 || den <= 0 {
		return undefined(int(n), "MCC", "one class only on one side")
	}
	return pointOnly((correct*n-tp)/math.Sqrt(den), int(n), "MCC (Gorodkin)")
}

// Averages are averages of the per-class scores over all labels of the table.
type Averages struct{ Precision, Recall, F1 Estimate }

// Macro averages with equal weight a class; an undefined score enters as `substitute` (0 is
// the cautious choice) and Warnings count how many.
func (c *Confusion) Macro(substitute float64) Averages {
	w := make([]float64, len(c.Labels))
	for i := range w {
		w[i] = 1
	}
	return c.averages(w, substitute, "macro average")
}

// Weighted averages with the number of actual units as weight.
func (c *Confusion) Weighted(substitute float64) Averages {
	rows := c.RowTotals()
	w := make([]float64, len(rows))
	for i, v := range rows {
		w[i] = float64(v)
	}
	return c.averages(w, substitute, "average weighted by actual class size")
}

// Micro pools the counts first; for one code a unit all three equal raw agreement.
func (c *Confusion) Micro() Averages {
	e := c.Agreement(0.95)
	e.Method = "micro average (= raw agreement)"
	return Averages{e, e, e}
}

func (c *Confusion) averages(w []float64, substitute float64, name string) Averages {
	per := c.PerClass(0.95)
	mean := func(get func(ClassScores) Estimate) Estimate {
		var sum, total float64
		missing := 0
		for k, s := range per {
			v := get(s)
			if v.Undefined {
				missing++
				v.Value = substitute
			}
			sum, total = sum+w[k]*v.Value, total+w[k]
		}
		if total == 0 {
			return undefined(c.N(), name, "no units")
		}
		e := pointOnly(sum/total, c.N(), name)
		if missing > 0 {
			e = e.warn("%d undefined scores entered as %v", missing, substitute)
		}
		return e
	}
	return Averages{
		mean(func(s ClassScores) Estimate { return s.Precision }),
		mean(func(s ClassScores) Estimate { return s.Recall }),
		mean(func(s ClassScores) Estimate { return f1ForAverage(s, substitute) }),
	}
}

// f1ForAverage is 0 where a class occurs on one side only (no hit is a failure, not a gap);
// it is undefined only where the class occurs on neither side.
func f1ForAverage(s ClassScores, substitute float64) Estimate {
	if s.F1.Undefined && s.Actual+s.Predicted > 0 {
		p, r := s.Precision.Value, s.Recall.Value
		if s.Precision.Undefined {
			p = substitute
		}
		if s.Recall.Undefined {
			r = substitute
		}
		if p+r == 0 {
			return pointOnly(0, s.F1.N, "F1")
		}
		return pointOnly(2*p*r/(p+r), s.F1.N, "F1")
	}
	return s.F1
}

// BalancedAccuracy is the mean recall of the classes that occur.
func (c *Confusion) BalancedAccuracy() Estimate {
	var sum float64
	k := 0
	for _, s := range c.PerClass(0.95) {
		if !s.Recall.Undefined {
			sum += s.Recall.Value
			k++
		}
	}
	if k == 0 {
		return undefined(0, "balanced accuracy", "no units")
	}
	return pointOnly(sum/float64(k), c.N(), "balanced accuracy (mean recall of the classes that occur)")
}

// OrdinalDistance is the mean distance |i-j| in steps of the label order.
func (c *Confusion) OrdinalDistance() Estimate {
	scores := make([]float64, len(c.Labels))
	for i := range scores {
		scores[i] = float64(i)
	}
	return c.SeverityDistance(scores)
}

// SeverityDistance is the mean |s_i - s_j| for severity scores s, one a label.
func (c *Confusion) SeverityDistance(scores []float64) Estimate {
	n := c.N()
	if n == 0 || len(scores) != len(c.Labels) {
		return undefined(n, "mean ordinal distance", "no units, or not one score a label")
	}
	var sum float64
	for i, row := range c.Counts {
		for j, v := range row {
			sum += float64(v) * math.Abs(scores[i]-scores[j])
		}
	}
	return pointOnly(sum/float64(n), n, "mean ordinal distance")
}

// KendallTauB is the rank correlation with ties (Kendall 1945, Biometrika 33:239-251) of the two ordered codings.
func (c *Confusion) KendallTauB() Estimate {
	var s float64
	k := len(c.Labels)
	for i := 0; i < k; i++ {
		for j := 0; j < k; j++ {
			if c.Counts[i][j] == 0 {
				continue
			}
			for a := i + 1; a < k; a++ {
				for b := 0; b < k; b++ {
					sign := 0.0
					if b > j {
						sign = 1
					} else if b < j {
						sign = -1
					}
					s += sign * float64(c.Counts[i][j]) * float64(c.Counts[a][b])
				}
			}
		}
	}
	n := float64(c.N())
	pairs := n * (n - 1) / 2
	den := (pairs - tiedPairs(c.RowTotals())) * (pairs - tiedPairs(c.ColumnTotals()))
	if den <= 0 {
		return undefined(c.N(), "Kendall tau-b", "one class only on one side")
	}
	return pointOnly(s/math.Sqrt(den), c.N(), "Kendall tau-b")
}

func tiedPairs(totals []int) float64 {
	var t float64
	for _, v := range totals {
		t += float64(v) * float64(v-1) / 2
	}
	return t
}
