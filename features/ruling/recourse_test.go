package ruling

import (
	"strings"
	"testing"
)

// Recourse is read from the operative part and, by name and as following a payment, from the court's reasoning.
func TestRecourse(t *testing.T) {
	pay := "被告" + names[0] + "于本判决生效之日起十日内赔偿原告赵甲一10000元；"
	liable := "被告" + names[1] + "对上述第一项承担连带责任；"
	for _, c := range []struct{ reasoning, order, first, second string }{
		{"B承担责任后，有权向A追偿", liable, "", "full"},
		{"B承担赔偿责任后，可就超出自己责任份额的部分向A追偿", liable, "", "internal"},
		{"B承担责任后无权向A追偿", liable, "", "none"},
		{"经营者承担补充责任后，可以向第三人追偿", liable, "", ""},
		{"B辩称其承担责任后有权向A追偿", liable, "", ""},
		{"B属于符合向A追偿的情形", liable, "", ""},
		{"被告应当承担赔偿责任", "被告B对上述第一项承担连带责任，B承担责任后，有权向A追偿；", "", "full"},
		{"被告应当承担赔偿责任", "被告B对上述第一项承担连带责任，B有权就超过其应承担份额的部分向A追偿；", "", "internal"},
	} {
		fill := strings.NewReplacer("A", names[0], "B", names[1])
		_, res := readAll(strings.Replace(build(names[:2], []string{pay, fill.Replace(c.order)}, ""), "被告应当承担赔偿责任", fill.Replace(c.reasoning), 1))
		got := map[string]string{}
		for _, row := range res.Rulings {
			if row.HeadNo == 0 {
				got[row.PartyName] = row.Recourse
			}
		}
		if got[names[0]] != c.first || got[names[1]] != c.second {
			t.Errorf("%s / %s: recourse %q and %q, want %q and %q", c.reasoning, c.order, got[names[0]], got[names[1]], c.first, c.second)
		}
	}
}
