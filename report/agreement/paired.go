package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// McNemar holds the tests of equal margins of paired yes/no outcomes, from the two discordant counts.
type McNemar struct {
	B, C      int      // first yes second no; first no second yes
	Exact     Test     // binomial, two-sided
	MidP      Test     // Fagerland, Lydersen and Laake 2013, BMC Med. Res. Methodol. 13:91
	Chi       Test     // without continuity correction
	Corrected Test     // Edwards 1948
	Diff      Estimate // difference of paired shares, Newcombe 1998 (Stat. Med. 17:2635-2650, method 10)
}

// NewMcNemar tests the pairs: a both yes, b first only, c second only, d neither (McNemar 1947, Psychometrika 12:153-157).
func NewMcNemar(a, b, c, d int, level float64) McNemar {
	m := McNemar{B: b, C: c}
	n, k := a+b+c+d, b+c
	m.Diff = pairedDifference(a, b, c, d, level)
	if k == 0 {
		reason := "no discordant pair"
		m.Exact, m.MidP = undefinedTest("McNemar exact", n, reason), undefinedTest("McNemar mid-p", n, reason)
		m.Chi, m.Corrected = undefinedTest("McNemar", n, reason), undefinedTest("McNemar corrected", n, reason)
		return m
	}
	lo := min(b, c)
	tail := distuv.Binomial{N: float64(k), P: 0.5}.CDF(float64(lo))
	exact := math.Min(1, 2*tail)
	m.Exact = Test{Name: "McNemar exact", P: exact, N: n, Method: "exact binomial on the discordant pairs"}
	mid := 2*tail - binomialProbability(lo, k, 0.5)
	if b == c {
		mid = 1 - binomialProbability(lo, k, 0.5)/2
	}
	m.MidP = Test{Name: "McNemar mid-p", P: math.Min(1, mid), N: n, Method: "mid-p binomial on the discordant pairs"}
	diff := math.Abs(float64(b - c))
	m.Chi = chiSquareTest("McNemar", diff*diff/float64(k), 1, n, "chi-square, no continuity correction")
	cc := math.Max(0, diff-1)
	m.Corrected = chiSquareTest("McNemar corrected", cc*cc/float64(k), 1, n, "chi-square, continuity correction")
	return m
}

// McNemarFrom counts paired hits of two doctrines on the same units. Slices of different
// length give undefined tests.
func McNemarFrom(first, second []bool, level float64) McNemar {
	var n [2][2]int
	if len(first) != len(second) {
		return NewMcNemar(0, 0, 0, 0, level)
	}
	for i := range first {
		n[bit(first[i])][bit(second[i])]++
	}
	return NewMcNemar(n[1][1], n[1][0], n[0][1], n[0][0], level)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pairedDifference is p1 - p2 with the square-and-add limits that allow for the correlation of the pairs.
func pairedDifference(a, b, c, d int, level float64) Estimate {
	method := "difference of paired shares, Newcombe interval"
	n := a + b + c + d
	if n == 0 {
		return undefined(0, method, "no pairs")
	}
	w1, w2 := Wilson(a+b, n, level), Wilson(a+c, n, level)
	e := Estimate{Value: float64(b-c) / float64(n), N: n, Level: level, Method: method}
	phi := 0.0
	if den := float64(a+b) * float64(c+d) * float64(a+c) * float64(b+d); den > 0 {
		num := float64(a)*float64(d) - float64(b)*float64(c)
		if num > 0 {
			num = math.Max(num-float64(n)/2, 0)
		}
		phi = num / math.Sqrt(den)
	}
	dl1, du1, dl2, du2 := w1.Value-w1.Lo, w1.Hi-w1.Value, w2.Value-w2.Lo, w2.Hi-w2.Value
	e.Lo = e.Value - math.Sqrt(math.Max(0, dl1*dl1-2*phi*dl1*du2+du2*du2))
	e.Hi = e.Value + math.Sqrt(math.Max(0, du1*du1-2*phi*du1*dl2+dl2*dl2))
	return e
}

// Bowker tests the symmetry of a square table (Bowker 1948, JASA 43:572-574). Pairs of cells
// that are both empty carry no information: they are left out with their degree of freedom.
// Without any discordant pair the statistic is 0 on 0 degrees of freedom and P = 1.
func (c *Confusion) Bowker() Test {
	var x, df float64
	empty := 0
	for i := range c.Counts {
		for j := i + 1; j < len(c.Counts); j++ {
			a, b := float64(c.Counts[i][j]), float64(c.Counts[j][i])
			if a+b > 0 {
				x += (a - b) * (a - b) / (a + b)
				df++
			} else {
				empty++
			}
		}
	}
	if c.N() == 0 {
		return undefinedTest("Bowker", 0, "no units")
	}
	t := chiSquareTest("Bowker", x, df, c.N(), "Bowker symmetry; empty pairs and their degrees of freedom left out")
	if empty > 0 {
		t.Warnings = append(t.Warnings, fmt.Sprintf("%d pairs of empty cells left out", empty))
	}
	if df == 0 {
		t.Warnings = append(t.Warnings, "no discordant pair")
	}
	return t
}

// StuartMaxwell tests equal margins of a square table (Stuart 1955, Biometrika 42:412-416;
// Maxwell 1970, Br. J. Psychiatry 116:651-655). Classes that occur on neither side fall out;
// undefined where the pairs cannot identify a difference (perfect agreement, or classes that
// never mix).
func (c *Confusion) StuartMaxwell() Test {
	return c.marginTest("Stuart-Maxwell", func(v *mat.SymDense, d *mat.VecDense) {})
}

// Bhapkar is the Wald test of equal margins (Bhapkar 1966, JASA 61:228-235), with the
// covariance under the alternative.
func (c *Confusion) Bhapkar() Test {
	n := float64(c.N())
	return c.marginTest("Bhapkar", func(v *mat.SymDense, d *mat.VecDense) {
		v.SymRankOne(v, -1/n, d)
	})
}

func (c *Confusion) marginTest(name string, adapt func(*mat.SymDense, *mat.VecDense)) Test {
	rows, cols, n := c.RowTotals(), c.ColumnTotals(), c.N()
	var keep []int
	for i := range rows {
		if rows[i]+cols[i] > 0 {
			keep = append(keep, i)
		}
	}
	if len(keep) < 2 {
		return undefinedTest(name, n, "fewer than two classes occur")
	}
	k := len(keep) - 1
	d, v := mat.NewVecDense(k, nil), mat.NewSymDense(k, nil)
	for a := 0; a < k; a++ {
		i := keep[a]
		d.SetVec(a, float64(rows[i]-cols[i]))
		v.SetSym(a, a, float64(rows[i]+cols[i]-2*c.Counts[i][i]))
		for b := 0; b < a; b++ {
			j := keep[b]
			v.SetSym(a, b, -float64(c.Counts[i][j]+c.Counts[j][i]))
		}
	}
	adapt(v, d)
	var chol mat.Cholesky
	if !chol.Factorize(v) || chol.Cond() > 1e12 {
		t := undefinedTest(name, n, "the discordant pairs do not identify a difference of margins")
		t.DF = float64(k)
		return t
	}
	var x mat.VecDense
	if err := chol.SolveVecTo(&x, d); err != nil {
		return undefinedTest(name, n, "singular covariance of the margins")
	}
	return chiSquareTest(name, mat.Dot(d, &x), float64(k), n, name+" marginal homogeneity")
}
