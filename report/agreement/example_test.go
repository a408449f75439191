package agreement_test

import (
	"fmt"

	"caipan/report/agreement"
)

// A doctrine's predictions beside the rulings, with what keeps the agreement from flattering.
func Example() {
	actual := []string{"none", "none", "none", "none", "none", "none", "joint", "none", "none", "none"}
	predicted := []string{"none", "none", "none", "none", "none", "none", "none", "none", "joint", "none"}
	c, err := agreement.NewConfusion([]string{"none", "joint"}, actual, predicted)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := c.Summary(nil, 0.95)
	fmt.Println("agreement          ", s.Agreement)
	fmt.Println("always the same    ", s.NoInformation)
	fmt.Println("kappa              ", s.Kappa)
	fmt.Println("recall of joint    ", s.Classes[1].Recall)
	fmt.Println("precision of share ", agreement.Wilson(0, 0, 0.95))
	// Output:
	// agreement           0.800 [0.490, 0.943]
	// always the same     0.900 [0.596, 0.982]
	// kappa               -0.111 [-0.264, 0.042]
	// recall of joint     0 [0, 0.793]
	// precision of share  —
}

// Doctrines on the same parties: paired difference with a bootstrap over families of cases.
func ExamplePairedTables() {
	var family, actual, strict, lenient []string
	for i := 0; i < 120; i++ {
		family = append(family, fmt.Sprint("f", i/2))
		actual = append(actual, []string{"none", "joint"}[i%2])
		strict = append(strict, []string{"none", "joint", "joint"}[i%3])
		lenient = append(lenient, []string{"none", "joint", "none", "joint", "none"}[i%5])
	}
	p, err := agreement.NewPairedTables(family, []string{"none", "joint"}, actual, [][]string{strict, lenient})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := agreement.Difference("strict minus lenient", p.AgreementStat("strict", 0), p.AgreementStat("lenient", 1))
	b := p.Sums.Bootstrap([]agreement.Statistic{d}, 999, 20190101)[0]
	e := b.Interval(agreement.BCa, 0.95)
	fmt.Println(e.N, "parties,", e.Clusters, "families,", e.Method)
	// Output:
	// 120 parties, 60 families, strict minus lenient, BCa bootstrap interval, 999 draws, seed 20190101
}
