package ruling

import (
	"strings"
	"testing"

	"caipan/model/judgment"
)

func TestClaimedAmounts(t *testing.T) {
	two := []string{names[0], names[1]}
	pay := []string{"被告" + names[0] + "于本判决生效之日起十日内赔偿原告赵甲一10元；", "驳回原告赵甲一的其他诉讼请求。"}
	for _, c := range []struct{ prayer, first, second string }{
		{"判令被告赔偿损失500元", "500", "500"},
		{"1.判令二被告共同赔偿损失500元；2.诉讼费由二被告承担", "500", "500"},
		{"1.判令被告A退还货款100元；2.判令被告B赔偿损失300元", "100", "300"},
		{"1.判令被告A退还货款100元；2.判令被告A赔偿1000元；3.被告B对上述款项承担连带责任", "1100", "1100"},
		{"1.判令被告A赔偿医疗费100元、误工费200元，合计300元", "300", "-"},
		{"1.判令被告A赔偿损失2万元；2.案件受理费50元由被告A承担", "2e+04", "-"},
		{"1.判令被告A支付货款1,000元及利息20元", "1000", "-"},
		{"1.判令被告A赔偿损失18**元", "-", "-"},
		{"1.判令被告A、被告B分别赔偿100元、200元", "-", "-"},
		{"1.判令被告A赔偿全部损失", "-", "-"},
		{"1.判令被告A赔偿损失5元", "-", "-"},
		{"1.判令被告A赔礼道歉；2.判令被告A赔偿精神损害抚慰金800元", "800", "-"},
		{"1.判令被告A赔偿损失500元，并支付律师费200元", "700", "-"},
		{"1.判令被告A支付律师费200元", "200", "-"},
		{"1.判令被告A退还货款100元。庭审中，原告变更诉讼请求为：1.判令被告A退还货款90元", "90", "-"},
		{"1.判令被告A退还货款100元；2.赔偿1000元。庭审中，原告放弃第二项诉讼请求", "-", "-"},
		{"1.判令被告A赔偿损失500元；2.被告B在其过错范围内承担连带责任", "500", "-"},
		{"1.判令被告A退还货款一百元；2.判令被告A赔偿一千元", "1100", "-"},
		{"1.判令被告A返还1000元及利息20元，利息按年利率6%计算，暂计至2015年5月2日为20元", "1000", "-"},
		{"1.判令被告A退还货款100元；2.判令被告A支付赔偿金1000元，两项合计1100元", "1100", "-"},
		{"1.确认被告A抽逃出资800元；2.判令被告A返还1000元", "1000", "-"},
		{"1.判令被告A赔偿1000元；2.判令被告A承担诉讼费用及差旅费100元、精神损失费80元", "1180", "-"},
		{"1.判令被告A赔偿损失500元；2.判令被告B对上述款项承担补充责任", "500", "500"},
		{"判令被告A退还货款100元并赔偿1000元，被告B承担连带责任", "1100", "1100"},
		{"判令被告A退还货款100元，被告B在50元范围内承担连带责任", "100", "-"},
		{"判令被告A退还货款100元，被告B承担诉讼费", "100", "-"},
		{"1.判令被告A退还货款100元；2.判令被告A支付十倍赔偿金1000元，共计1100元", "1100", "-"},
		{"1.判令被告A退还货款100元；2.判令被告A支付赔偿金300元；以上合计400元", "400", "-"},
		{"1.判令被告A退还货款100元；2.判令被告A支付赔偿金300元；以上合计900元", "-", "-"},
	} {
		p := strings.NewReplacer("A", names[0], "B", names[1]).Replace(c.prayer)
		_, res := readAll(strings.Replace(build(two, pay, ""), "判令被告赔偿损失", p, 1))
		got := map[string]string{}
		for _, row := range res.Rulings {
			if row.HeadNo == 0 {
				got[row.PartyName] = show(row.ClaimedAmount)
			}
		}
		if got[names[0]] != c.first || got[names[1]] != c.second {
			t.Errorf("%s: claimed %s and %s, want %s and %s", c.prayer, got[names[0]], got[names[1]], c.first, c.second)
		}
	}
}

// A plea begins the prayer where no better word does; what the parties asked each other for before the action does not.
func TestPleasBeginAPrayer(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"原告赵甲一诉称，原告多次要求被告退货未果，故诉至法院，要求被告退还货款100元。", "100"},
		{"原告赵甲一诉称，请求法院依法判令被告赔偿损失200元。", "200"},
		{"原告赵甲一诉称，本院，要求被告另付5元是误写。原告赵甲一提出诉讼请求：判令被告赔偿损失300元。", "300"},
		{"原告赵甲一诉称，原告多次要求被告退还货款100元，被告拒绝。", "-"},
	} {
		text := strings.Replace(build(names[:1], independent(names)[:1], ""), "原告赵甲一向本院提出诉讼请求：判令被告赔偿损失。", c.words, 1)
		text = strings.Replace(text, "12,345.60", "10", 1)
		_, res := readAll(text)
		if got := show(res.Rulings[0].ClaimedAmount); got != c.want {
			t.Errorf("%s: claimed %s, want %s", c.words, got, c.want)
		}
	}
}

func TestClaimedStaysNilWithoutPrayer(t *testing.T) {
	c, secs, ps := whole("一、被告乙二赔偿原告赵甲一1元；")
	for _, row := range Read(c, secs, ps, judgment.Header{Instance: "first"}).Rulings {
		if row.ClaimedAmount != nil {
			t.Errorf("%s: claimed %v without a prayer", row.PartyName, *row.ClaimedAmount)
		}
	}
}

func TestScopeOfLimitedLiability(t *testing.T) {
	for _, c := range []struct{ order, scope string }{
		{"在未尽审核义务范围内对上述第一项承担连带责任", "duty"},
		{"在其过错范围内对上述第一项承担连带责任", "duty"},
		{"在5元范围内对上述第一项承担连带责任", ""},
		{"对上述第一项承担连带责任", "full"},
		{"对上述第一项承担补充赔偿责任", ""},
	} {
		items := []string{"被告" + names[0] + "于本判决生效之日起十日内赔偿原告赵甲一10元；", "被告" + names[1] + c.order + "；"}
		_, res := readAll(build(names[:2], items, ""))
		for _, row := range res.Rulings {
			if row.PartyName == names[1] && row.HeadNo == 0 && row.Scope != c.scope {
				t.Errorf("%s: %s scope %q, want %q", c.order, row.Label, row.Scope, c.scope)
			}
		}
	}
}
