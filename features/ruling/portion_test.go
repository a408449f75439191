package ruling

import (
	"strings"
	"testing"
)

// The portion of a party that stands behind another, where only the reasoning names it.
func TestPortionsOfSupplementaryLiability(t *testing.T) {
	items := []string{"被告" + names[0] + "于本判决生效之日起十日内赔偿原告赵甲一10000元；", "被告" + names[1] + "在3000元范围内对上述第一项承担补充赔偿责任；"}
	for _, c := range []struct{ reasoning, want string }{
		{"酌定被告B对被告A不能清偿的部分在30%即3000元的范围内承担补充赔偿责任", "0.3"},
		{"酌定被告B承担30%的补充赔偿责任", "0.3"},
		{"被告B在N元范围内承担补充责任，佣金按30%计算", "-"},
		{"借款年利率30%即3000元的范围内予以支持", "-"},
	} {
		words := strings.NewReplacer("A", names[0], "B", names[1]).Replace(c.reasoning)
		_, res := readAll(strings.Replace(build(names[:2], items, ""), "被告应当承担赔偿责任", words, 1))
		if got := fractionOf(res, names[1]); got != c.want {
			t.Errorf("%s: fraction %s, want %s", c.reasoning, got, c.want)
		}
	}
}

// What a higher court puts in the place of a portion holds, not the portion below nor the one it replaces.
func TestPortionsAdjustedOnAppeal(t *testing.T) {
	for _, c := range []struct{ reasoning, want string }{
		{"一审认定A承担补充责任并无不当，但综合其过错程度，50%的比例过高，本院酌情调整为30%，即3000元", "0.3"},
		{"一审判令A承担50%的补充责任过高，本院调整为30%", "0.3"},
		{"A上诉请求将50%的比例调整为30%，依据不足，本院不予支持", "0.5"},
		{"A提出借款年利率24%应调整为15.4%", "0.5"},
	} {
		text := strings.NewReplacer("A", names[0], "B", names[3]).Replace(strings.Replace(appeal, "R", c.reasoning, 1))
		_, res := readAll(text)
		if got := fractionOf(res, names[0]); got != c.want {
			t.Errorf("%s: fraction %s, want %s", c.reasoning, got, c.want)
		}
	}
}

const appeal = `某市中级人民法院
民事判决书
（2020）某01民终1号
上诉人（原审被告）：A，住所地某市。
被上诉人（原审原告）：赵甲一，男，汉族，住某市。
被上诉人（原审被告）：B，住所地某市。
上诉人A因与被上诉人赵甲一、B健康权纠纷一案，不服某市某区人民法院（2019）某0101民初1号民事判决，向本院提起上诉。本院依法组成合议庭审理了本案，现已审理终结。
一审法院认为，A未尽审查义务，应在50%范围内承担补充责任。判决：一、B于判决生效之日起十日内赔偿赵甲一10000元；二、A在5000元范围内对上述债务承担补充赔偿责任。
本院认为，A应当依法承担相应的责任。R。
依照《中华人民共和国民事诉讼法》第一百七十条第一款第二项规定，判决如下：
一、维持某市某区人民法院（2019）某0101民初1号民事判决第一项；
二、变更某市某区人民法院（2019）某0101民初1号民事判决第二项为：A在3000元范围内对B的上述债务承担补充赔偿责任。
本判决为终审判决。
审判长　钱某
二〇二〇年三月四日
书记员　孙某
`

func fractionOf(res Result, name string) string {
	for _, row := range res.Rulings {
		if row.PartyName == name && row.HeadNo == 0 {
			return show(row.Fraction)
		}
	}
	return "no row"
}
