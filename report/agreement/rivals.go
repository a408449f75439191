package agreement

import "fmt"

// RivalPair is the comparison of two doctrines on the same, commonly decided units.
type RivalPair struct {
	First, Second int // index of the doctrines
	Agreement     Estimate
	Hits          McNemar // of first and second against the actual label
	AdjustedP     float64 // mid-p corrected over all pairs of the call
	Separating    []int   // units on which exactly one of the two is right
}

// RivalPairs compares every pair of doctrines on the units where all of them decide
// (predicted[d][i] != ""), with McNemar's mid-p test corrected over the pairs. It returns the
// pairs and the number of common units. Errors: slices of different length.
func RivalPairs(actual []string, predicted [][]string, method Adjustment, level float64) ([]RivalPair, int, error) {
	var common []int
	for d := range predicted {
		if len(predicted[d]) != len(actual) {
			return nil, 0, fmt.Errorf("rivals: doctrine %d has %d predictions for %d units", d, len(predicted[d]), len(actual))
		}
	}
	for i := range actual {
		if allDecide(predicted, i) && actual[i] != "" {
			common = append(common, i)
		}
	}
	var pairs []RivalPair
	var tests []Test
	for a := range predicted {
		for b := a + 1; b < len(predicted); b++ {
			p := rivalPair(actual, predicted[a], predicted[b], common, level)
			p.First, p.Second = a, b
			pairs, tests = append(pairs, p), append(tests, p.Hits.MidP)
		}
	}
	for i, p := range AdjustTests(tests, method) {
		pairs[i].AdjustedP = p
	}
	return pairs, len(common), nil
}

func allDecide(predicted [][]string, i int) bool {
	for d := range predicted {
		if predicted[d][i] == "" {
			return false
		}
	}
	return true
}

func rivalPair(actual, a, b []string, common []int, level float64) RivalPair {
	var n [2][2]int
	same := 0
	p := RivalPair{}
	for _, i := range common {
		ha, hb := a[i] == actual[i], b[i] == actual[i]
		n[bit(ha)][bit(hb)]++
		if ha != hb {
			p.Separating = append(p.Separating, i)
		}
		same += bit(a[i] == b[i])
	}
	p.Agreement = Wilson(same, len(common), level)
	p.Hits = NewMcNemar(n[1][1], n[1][0], n[0][1], n[0][0], level)
	return p
}
