package finding

import (
	"testing"

	"caipan/model/judgment"
)

// TestWordingsBesideTheCodedOnes: other ways to say the same, written without looking at the coded judgments.
func TestWordingsBesideTheCodedOnes(t *testing.T) {
	for _, x := range []struct{ words, v, want string }{
		{"甲公司对乙商行的侵权行为主观上并无过错。", "platform_state", "p1 no_fault L3"},
		{"甲公司在本案中不存在主观过错，无需承担责任。", "platform_state", "p1 no_fault L3"},
		{"甲公司作为平台经营者，理应知晓乙商行长期售假，却听之任之。", "platform_state", "p1 should_know L3"},
		{"甲公司对平台内商家疏于监管，对损害的发生具有一定过错。", "platform_state", "p1 negligence L3"},
		{"甲公司未能尽到善良管理人的注意义务，应承担与其过错相应的责任。", "platform_state", "p1 negligence L3"},
		{"甲公司已经履行了法律规定的事前审查及事后披露义务，不应承担连带责任。", "breach_found", "p1 no L3"},
		{"甲公司已尽平台经营者应尽的义务。", "platform_state", "p1 no_fault L3"},
		{"张三亦无证据证明甲公司存在明知或者应知的情形。", "platform_state", "p1 not_proved L3"},
		{"张三未能举证证明甲公司具有过错。", "platform_state", "p1 not_proved L3"},
		{"在案证据无法证实甲公司对乙商行的违法行为知情。", "platform_state", "p1 not_proved L3"},
		{"没有证据显示甲公司事先知道乙商行销售假冒商品。", "platform_state", "p1 not_proved L3"},
		{"甲公司与乙商行串通，共同实施欺诈。", "platform_state", "p1 intent L3"},
		{"甲公司怠于履行审核职责，致使不具备资质的商家入驻。", "M1a", "p1 not_performed L3"},
		{"甲公司没有对乙商行的食品经营许可证进行核验。", "M1a", "p1 not_performed L3"},
		{"乙商行入驻时，甲公司已要求其提交营业执照并予以核实。", "M1a", "p1 performed L3"},
		{"甲公司在其网站公示了乙商行的营业执照、联系方式。", "M7", "p1 performed L3"},
		{"诉讼中甲公司已将乙商行的真实名称、地址及电话告知张三。", "M7", "p1 performed L3"},
		{"甲公司拒绝向张三提供乙商行的联系方式。", "M7", "p1 not_performed L3"},
		{"接到张三举报后，甲公司立即屏蔽了涉案帖子。", "M6", "p1 performed L3"},
		{"甲公司在收到通知后长达两个月未采取任何删除措施。", "M6", "p1 not_performed L3"},
		{"甲公司对张三的投诉置之不理。", "M10", "p1 not_performed L3"},
		{"甲公司已对该店铺采取关店措施。", "M4", "p1 performed L3"},
		{"甲公司在页面显著位置提示用户谨防诈骗。", "M2", "p1 performed L3"},
		{"甲公司未就交易风险向用户作出任何提示。", "M2", "p1 not_performed L3"},
		{"甲公司向公安机关提供了乙商行的注册资料和登录日志。", "M8", "p1 performed L3"},
		{"甲公司未妥善保存聊天记录，应承担不利后果。", "M8", "p1 not_performed L3"},
		{"甲公司通过人脸识别核实了用户身份。", "M1b", "p1 performed L3"},
		{"甲公司未要求用户进行实名认证。", "M1b", "p1 not_performed L3"},
		{"甲公司定期对在售商品进行抽检。", "M1d", "p1 performed L3"},
		{"对于频繁出现的异常登录，甲公司未进行任何核查。", "M5", "p1 not_performed L3"},
		{"甲公司向乙商行按销售额收取佣金。", "profit_mode", "p1 direct L3"},
		{"甲公司未从该交易中收取任何费用。", "profit_mode", "p1 free L3"},
		{"乙商行故意隐瞒商品瑕疵。", "third_party_state", "p2 intent L3"},
		{"乙商行未尽进货查验义务，应承担赔偿责任。", "third_party_state", "p2 negligence L3"},
		{"甲公司的过错行为仅为损害发生提供了条件。", "causation", "p1 third_sufficient L3"},
	} {
		var kept []judgment.Finding
		for _, f := range readWords(t, judgment.SecReasoning, "本院认为，"+x.words) {
			if f.Level > 0 {
				kept = append(kept, f)
			}
		}
		if got := brief(kept, x.v); got != x.want {
			t.Errorf("%q %s: %q, want %q", x.words, x.v, got, x.want)
		}
	}
}
