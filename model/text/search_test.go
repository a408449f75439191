package text

import "testing"

func TestQuotesAreFoundHoweverTheyArePrinted(t *testing.T) {
	const body = "本院认为，甲公司 明知\n商家（乙）售假，\u3000未采取“必要措施”。故应承担责任。甲公司明知。"
	for quote, want := range map[string]string{
		"甲公司明知商家":      "甲公司 明知\n商家",
		"商家(乙)售假，未采取":  "商家（乙）售假，\u3000未采取",
		"未采取\"必要措施\"。": "未采取“必要措施”。",
		"甲公司明知…承担责任":   "甲公司 明知\n商家（乙）售假，\u3000未采取“必要措施”。故应承担责任",
		" 本院 认为 ":      "本院认为",
		"甲公司应知":        "",
		"":             "",
		"……":           "",
		"甲公司明知...不存在的字句承担": "",
	} {
		got := ""
		if at := QuotesOf(body).Find(quote); len(at) > 0 {
			got = body[at[0][0]:at[0][1]]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", quote, got, want)
		}
	}
	if at := QuotesOf(body).Find("甲公司明知"); len(at) != 2 || body[at[1][0]:at[1][1]] != "甲公司明知" {
		t.Errorf("places %v", at)
	}
}
