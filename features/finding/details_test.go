package finding

import (
	"testing"

	"caipan/model/judgment"
)

// TestDetailsAndNumbers: finer measures, promises, riders, minors, multiples, sums and days, and what is none of them.
func TestDetailsAndNumbers(t *testing.T) {
	for _, x := range []struct{ kind, words, v, want string }{
		{judgment.SecReasoning, "本院认为，甲公司在首页承诺先行赔付，却未兑现。", "measure_promised", "p1 yes L3"},
		{judgment.SecReasoning, "本院认为，甲公司未对司机作背景审查。", "M1c", "p1 not_performed L3"},
		{judgment.SecReasoning, "本院认为，甲公司未及时报警。", "M4a", "p1 not_performed L3"},
		{judgment.SecReasoning, "本院认为，甲公司应当立即报警。", "M4a", ""},
		{judgment.SecFacts, "经审理查明，甲公司已将账号封停。", "M4b", "p1 performed L2"},
		{judgment.SecReasoning, "本院认为，甲公司擅自披露用户的手机号。", "M9", "p1 not_performed L3"},
		{judgment.SecReasoning, "本院认为，甲公司不得擅自披露用户的手机号。", "M9", ""},
		{judgment.SecReasoning, "本院认为，骑手与乙商行之间存在劳动关系。", "rider_relation", "p-1 employee L3"},
		{judgment.SecReasoning, "本院认为，骑手与乙商行是否存在劳动关系，不影响本案处理。", "rider_relation", ""},
		{judgment.SecReasoning, "本院认为，原告系限制民事行为能力人。", "minor_victim", "p-1 yes L3"},
		{judgment.SecReasoning, "本院认为，乙商行应当支付价款十倍的赔偿金。", "punitive_multiple", "p-1 10 L3"},
		{judgment.SecReasoning, "本院认为，张三要求乙商行支付价款十倍的赔偿金，缺乏依据，本院不予支持。", "punitive_multiple", ""},
		{judgment.SecReasoning, "本院认为，张三的损失共计5,230.50元。", "loss_total", "p-1 5230.5 L3"},
		{judgment.SecReasoning, "本院认为，张三扩大部分的损失为1.2万元。", "loss_enlarged", "p-1 12000 L3"},
		{judgment.SecReasoning, "本院认为，张三扩大部分的损失为1.2万元。", "loss_total", ""},
		{judgment.SecFacts, "经审理查明，甲公司在收到通知后三日内下架了涉案商品。", "reaction_days", "p1 3 L2"},
		{judgment.SecFacts, "经审理查明，甲公司于2020年5月3日收到张三的投诉。甲公司于2020年5月9日将涉案商品下架。", "reaction_days", "p1 6 L2"},
		{judgment.SecFacts, "经审理查明，乙商行于2020年5月3日收到张三的投诉。甲公司于2020年5月9日将涉案商品下架。", "reaction_days", ""},
		{judgment.SecReasoning, "本院认为，平台应当在收到通知后三日内下架商品。", "reaction_days", ""},
		{judgment.SecClaims, "张三向本院提出诉讼请求：判令被告退还货款298元；赔偿894元。", "claimed_amount", "p-1 1192 L0"},
		{judgment.SecClaims, "张三向本院提出诉讼请求：判令被告赔偿医疗费3000元、护理费2000元，共计5000元。", "claimed_amount", "p-1 5000 L0"},
		{judgment.SecClaims, "张三向本院提出诉讼请求：判令被告赔偿医疗费3000元、护理费2000元。", "claimed_amount", ""},
		{judgment.SecClaims, "张三向本院提出诉讼请求：判令甲公司删除涉案帖子。", "claim", "p1 nonmoney L0"},
		{judgment.SecFacts, "审理中，张三撤回对甲公司的起诉，本院予以准许。", "claim", "p1 none L0"},
		{judgment.SecFacts, "审理中，张三撤回对乙商行的起诉，本院予以准许。", "claim", ""},
		{judgment.SecFacts, "甲公司表示其已尽到审核义务。", "breach_found", ""},
		{judgment.SecReasoning, "本院认为，该函不构成有效通知，甲公司未即时删除不存在过错。", "M6", ""},
		{judgment.SecReasoning, "本院认为，涉案帖子构成侵权。", "breach_found", ""},
	} {
		if got := brief(readWords(t, x.kind, x.words), x.v); got != x.want {
			t.Errorf("%q %s: %q, want %q", x.words, x.v, got, x.want)
		}
	}
}

func TestDaysInWords(t *testing.T) {
	for s, want := range map[string]int{"3": 3, "三": 3, "十": 10, "十五": 15, "二十": 20, "三十一": 31, "两": 2} {
		if got := days(s); got != want {
			t.Errorf("days(%s) = %d, want %d", s, got, want)
		}
	}
}
