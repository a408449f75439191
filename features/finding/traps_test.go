package finding

import (
	"testing"

	"caipan/model/judgment"
)

// TestTraps: words of fault, knowledge and measures that say nothing of the platform, or nothing found.
func TestTraps(t *testing.T) {
	for _, x := range []struct{ kind, words, v, want string }{
		{judgment.SecReasoning, "张三主张甲公司未尽审核义务，应承担连带责任。", "breach_found", ""},
		{judgment.SecReasoning, "张三认为甲公司存在过错，但未提交证据，本院不予采信。", "platform_state", "p1 not_proved L3"},
		{judgment.SecReasoning, "关于甲公司是否尽到审核义务的问题。", "breach_found", ""},
		{judgment.SecReasoning, "甲公司应当建立健全审核制度，对入驻商家的营业执照进行核验。", "M1a", ""},
		{judgment.SecReasoning, "电子商务平台经营者对平台内经营者的资质资格未尽到审核义务的，依法承担相应的责任。", "M1a", ""},
		{judgment.SecReasoning, "乙商行未对供货商的资质进行审核。", "M1a", ""},
		{judgment.SecReasoning, "即使甲公司未及时删除，也不能认定其明知侵权。", "M6", ""},
		{judgment.SecReasoning, "若张三认为甲公司存在过错，可另行主张。", "platform_state", ""},
		{judgment.SecReasoning, "甲公司可能存在管理疏漏。", "platform_state", ""},
		{judgment.SecReasoning, "侵权责任以过错责任为原则。", "platform_state", ""},
		{judgment.SecReasoning, "乙商行销售明知是不符合食品安全标准的食品。", "platform_state", ""},
		{judgment.SecReasoning, "张三作为完全民事行为能力人，未尽到谨慎注意义务。", "platform_state", ""},
		{judgment.SecReasoning, "张三知假买假，明知商品有瑕疵。", "platform_state", ""},
		{judgment.SecFacts, "张三提交聊天记录，以证明甲公司明知乙商行售假。", "platform_state", ""},
		{judgment.SecReasoning, "张三要求甲公司提供乙商行的真实名称和联系方式。", "M7", ""},
		{judgment.SecReasoning, "张三请求判令甲公司删除涉案帖子。", "M6", ""},
		{judgment.SecReasoning, "根据平台规则，甲公司有权对违规店铺采取下架、封号措施。", "M4", ""},
		{judgment.SecReasoning, "乙商行应退还技术服务费。", "profit_mode", ""},
		{judgment.SecReasoning, "消费者权益保护法第四十四条规定，网络交易平台提供者不能提供销售者的真实名称的，消费者可以要求赔偿。", "M7", ""},
		{judgment.SecReasoning, "甲公司辩称其已尽到审核义务，对此本院予以采信。", "breach_found", "p1 no L3"},
		{judgment.SecReasoning, "张三主张甲公司明知乙商行售假。对此，本院认为，证据不足，不予采信。", "platform_state", "p1 not_proved L3"},
	} {
		var kept []judgment.Finding
		for _, f := range readWords(t, x.kind, x.words) {
			if f.Level > 0 && f.Status != "uncertain" {
				kept = append(kept, f)
			}
		}
		if got := brief(kept, x.v); got != x.want {
			t.Errorf("%q %s: %q, want %q", x.words, x.v, got, x.want)
		}
	}
}
