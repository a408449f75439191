package ruling

import "testing"

func TestOneCapPerDebtor(t *testing.T) {
	for _, c := range []struct{ order, first, second string }{
		{"分别在100万元、50万元范围内对上述第一项承担连带责任", "1e+06", "5e+05"},
		{"在50万元范围内对上述第一项承担连带责任", "5e+05", "5e+05"},
	} {
		items := []string{"被告" + names[0] + "于本判决生效之日起十日内赔偿原告赵甲一200万元；", "被告" + names[1] + "、" + names[3] + c.order + "；"}
		_, res := readAll(build([]string{names[0], names[1], names[3]}, items, ""))
		got := map[string]string{}
		for _, row := range res.Rulings {
			if row.HeadNo == 0 {
				got[row.PartyName] = show(row.CapAmount)
			}
		}
		if got[names[1]] != c.first || got[names[3]] != c.second {
			t.Errorf("%s: caps %s and %s, want %s and %s", c.order, got[names[1]], got[names[3]], c.first, c.second)
		}
	}
}
