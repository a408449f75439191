package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"
)

// Contingency is the analysis of an r x c table of counts. Empty rows and columns are left
// out of the tests (a warning names how many) and have residual 0.
type Contingency struct {
	Counts            [][]int
	Expected          [][]float64
	PearsonResiduals  [][]float64
	AdjustedResiduals [][]float64 // Haberman 1973, standard normal under independence
	ChiSquare         Test        // Pearson, no continuity correction
	Yates             Test        // 2 x 2 only, else undefined
	G                 Test        // likelihood ratio
	CramersV          Estimate
	CramersVCorrected Estimate // Bergsma 2013, J. Korean Stat. Soc. 42:323-328
}

// NewContingency analyses a rectangular table. Errors: no cells, rows of different length, a negative count.
func NewContingency(counts [][]int, level float64) (*Contingency, error) {
	if err := checkTable(counts); err != nil {
		return nil, err
	}
	c := &Contingency{Counts: counts}
	rows, cols := margins(counts)
	n, r, k := sumInts(rows), positive(rows), positive(cols)
	c.residuals(rows, cols, n)
	c.tests(n, r, k)
	c.association(n, r, k, level)
	return c, nil
}

func checkTable(counts [][]int) error {
	if len(counts) == 0 || len(counts[0]) == 0 {
		return fmt.Errorf("contingency: the table has no cells")
	}
	for i, row := range counts {
		if len(row) != len(counts[0]) {
			return fmt.Errorf("contingency: row %d has %d cells, row 0 has %d", i, len(row), len(counts[0]))
		}
		for j, v := range row {
			if v < 0 {
				return fmt.Errorf("contingency: cell %d,%d is %d: counts are not negative", i, j, v)
			}
		}
	}
	return nil
}

func (c *Contingency) residuals(rows, cols []int, n int) {
	for i := range rows {
		e, p, a := make([]float64, len(cols)), make([]float64, len(cols)), make([]float64, len(cols))
		for j := range cols {
			if n == 0 {
				continue
			}
			e[j] = float64(rows[i]) * float64(cols[j]) / float64(n)
			if e[j] == 0 {
				continue
			}
			p[j] = (float64(c.Counts[i][j]) - e[j]) / math.Sqrt(e[j])
			free := (1 - float64(rows[i])/float64(n)) * (1 - float64(cols[j])/float64(n))
			if free > 0 {
				a[j] = p[j] / math.Sqrt(free)
			}
		}
		c.Expected, c.PearsonResiduals, c.AdjustedResiduals = append(c.Expected, e), append(c.PearsonResiduals, p), append(c.AdjustedResiduals, a)
	}
}

func (c *Contingency) tests(n, r, k int) {
	if r < 2 || k < 2 {
		reason := "fewer than two rows or columns with units"
		c.ChiSquare, c.G = undefinedTest("chi-square", n, reason), undefinedTest("G", n, reason)
		c.Yates = undefinedTest("chi-square with Yates' correction", n, reason)
		return
	}
	var observed, expected []float64
	var g, yates float64
	small := 0
	for i, row := range c.Counts {
		for j, v := range row {
			e := c.Expected[i][j]
			if e == 0 {
				continue
			}
			observed, expected = append(observed, float64(v)), append(expected, e)
			if v > 0 {
				g += 2 * float64(v) * math.Log(float64(v)/e)
			}
			d := math.Abs(float64(v) - e)
			d -= math.Min(0.5, d)
			yates += d * d / e
			if e < 5 {
				small++
			}
		}
	}
	df := float64((r - 1) * (k - 1))
	c.ChiSquare = chiSquareTest("chi-square", stat.ChiSquare(observed, expected), df, n, "Pearson chi-square")
	c.G = chiSquareTest("G", g, df, n, "likelihood-ratio G")
	c.Yates = undefinedTest("chi-square with Yates' correction", n, "not a 2 x 2 table")
	if df == 1 {
		c.Yates = chiSquareTest("chi-square with Yates' correction", yates, df, n, "Yates 1934")
	}
	c.warnings(small, r, k)
}

func (c *Contingency) warnings(small, r, k int) {
	var w []string
	if small > 0 {
		w = append(w, fmt.Sprintf("%d cells with expected count under 5: read Fisher's test", small))
	}
	if dropped := len(c.Counts) - r + len(c.Counts[0]) - k; dropped > 0 {
		w = append(w, fmt.Sprintf("%d empty rows or columns left out", dropped))
	}
	c.ChiSquare.Warnings, c.G.Warnings = w, w
}

func (c *Contingency) association(n, r, k int, level float64) {
	if c.ChiSquare.Undefined {
		c.CramersV = undefined(n, "Cramér's V", c.ChiSquare.Reason)
		c.CramersVCorrected = undefined(n, "Cramér's V, Bergsma", c.ChiSquare.Reason)
		return
	}
	nn, m := float64(n), float64(min(r, k)-1)
	x, df := c.ChiSquare.Statistic, c.ChiSquare.DF
	v := pointOnly(math.Sqrt(x/nn/m), n, "Cramér's V, non-central chi-square interval")
	v.Level, v.NoInterval = level, false
	v.Lo, v.Hi = noncentralV(x, df, (1+level)/2, nn*m), noncentralV(x, df, (1-level)/2, nn*m)
	v.Hi = math.Min(1, v.Hi)
	c.CramersV = v
	phi := math.Max(0, x/nn-df/(nn-1))
	rr, kk := float64(r)-float64(r-1)*float64(r-1)/(nn-1), float64(k)-float64(k-1)*float64(k-1)/(nn-1)
	c.CramersVCorrected = pointOnly(math.Sqrt(phi/(math.Min(rr, kk)-1)), n, "Cramér's V, Bergsma bias correction")
}

// noncentralV is sqrt(ncp/(n·m)) for the non-centrality under which the statistic x sits at
// probability p (Steiger and Fouladi 1997; Smithson 2003, Confidence Intervals, ch. 4); 0
// where even none is too much.
func noncentralV(x, df, p, scale float64) float64 {
	f := func(ncp float64) float64 { return noncentralChiSquaredCDF(x, df, ncp) - p }
	if f(0) <= 0 {
		return 0
	}
	hi := x + 50
	for f(hi) > 0 {
		hi *= 2
	}
	return math.Sqrt(bisect(f, 0, hi) / scale)
}

// noncentralChiSquaredCDF sums the Poisson mixture of central chi-squares outward from its mode.
func noncentralChiSquaredCDF(x, df, ncp float64) float64 {
	if ncp <= 0 {
		return mathext.GammaIncReg(df/2, x/2)
	}
	term := func(j float64) float64 {
		lg, _ := math.Lgamma(j + 1)
		return math.Exp(-ncp/2+j*math.Log(ncp/2)-lg) * mathext.GammaIncReg(df/2+j, x/2)
	}
	mode := math.Floor(ncp / 2)
	sum := 0.0
	for j := mode; j >= 0; j-- {
		t := term(j)
		sum += t
		if mode-j > 50 && t < 1e-17*sum {
			break
		}
	}
	for j := mode + 1; ; j++ {
		t := term(j)
		sum += t
		if t < 1e-17*sum || j > mode+1e5 {
			break
		}
	}
	return sum
}

func sumInts(v []int) int {
	s := 0
	for _, x := range v {
		s += x
	}
	return s
}

func positive(v []int) int {
	k := 0
	for _, x := range v {
		if x > 0 {
			k++
		}
	}
	return k
}
