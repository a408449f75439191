package ruling

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"caipan/model/judgment"
)

// Explain prints how the operative parts were read: each item with its words, kind, orders and the rule that
// decided, then the rows. Party numbers are those of the rows. Errors of the writer are not reported.
func Explain(w io.Writer, canonical string, res Result) {
	names := map[int]string{}
	for _, row := range res.Rulings {
		names[row.PartyNo] = row.PartyName
	}
	last := ""
	for i := range res.Items {
		it := &res.Items[i]
		if it.Instance != last {
			fmt.Fprintf(w, "operative part of the %s instance\n", it.Instance)
			last = it.Instance
		}
		stands := it.Via
		if stands == "" {
			stands = "does not stand"
		}
		fmt.Fprintf(w, "  item %d  %s  (%s)\n    %s\n", it.No, it.Kind, stands, oneLine(it.Span.Of(canonical)))
		for _, o := range it.Orders {
			explainOrder(w, canonical, names, o)
		}
	}
	fmt.Fprintf(w, "outcome: %s\n", res.Outcome)
	for _, row := range res.Rulings {
		if row.HeadNo == 0 {
			explainRow(w, row)
		}
	}
	for _, n := range res.Notes {
		fmt.Fprintf(w, "note: %s\n", n)
	}
}

func explainOrder(w io.Writer, canonical string, names map[int]string, o *Order) {
	var who []string
	for _, no := range o.Debtors {
		if n := names[no]; n != "" {
			who = append(who, n)
		} else {
			who = append(who, fmt.Sprintf("party %d", no))
		}
	}
	if o.Name != "" {
		who = append(who, o.Name+" (no party)")
	}
	slices.Sort(who)
	fmt.Fprintf(w, "      %-8s %s", o.Form, strings.Join(who, "、"))
	if o.Label != "" {
		fmt.Fprintf(w, "  label %s", o.Label)
	}
	if o.Amount != nil {
		fmt.Fprintf(w, "  amount %.2f", *o.Amount)
	}
	if o.cap != nil {
		fmt.Fprintf(w, "  up to %.2f", *o.cap)
	}
	if o.fraction != nil {
		fmt.Fprintf(w, "  fraction %.4g", *o.fraction)
	}
	fmt.Fprintf(w, "  rule %s\n        “%s”\n", o.Rule, oneLine(o.Span.Of(canonical)))
}

func explainRow(w io.Writer, row judgment.Ruling) {
	fmt.Fprintf(w, "  %s (%s): %s via %s", row.PartyName, row.Role, row.Label, row.Via)
	if row.Amount != nil {
		fmt.Fprintf(w, ", %.2f yuan", *row.Amount)
	}
	if row.Fraction != nil {
		fmt.Fprintf(w, ", fraction %.4g", *row.Fraction)
	}
	fmt.Fprintf(w, ", rule %s: %s\n", row.Rule, row.Why)
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return s
}
