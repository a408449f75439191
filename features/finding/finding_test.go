package finding

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"caipan/model/judgment"
)

// read reads a reasoning (or another kind of section) about 甲公司, who runs the platform, 乙店 and the plaintiff 张三.
func readWords(t *testing.T, kind, words string) []judgment.Finding {
	t.Helper()
	ps := []judgment.Party{{No: 0, Name: "张三", Role: "plaintiff", Kind: "person"},
		{No: 1, Name: "杭州甲网络有限公司", ShortNames: []string{"甲公司"}, Role: "defendant", Kind: "organization", IsPlatformOperator: true},
		{No: 2, Name: "宁州乙百货商行", ShortNames: []string{"乙商行"}, Role: "defendant", Kind: "organization"}}
	holder, speaker := "court", ""
	if kind == judgment.SecAnswer {
		holder, speaker = "defendant", "甲公司"
	} else if kind == judgment.SecClaims {
		holder, speaker = "plaintiff", "张三"
	}
	sec := judgment.Section{Kind: kind, Holder: holder, Speaker: speaker, Span: judgment.Span{End: len(words)}}
	fs, err := Read(words, []judgment.Section{sec}, ps, judgment.Header{Instance: "first"})
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

func brief(fs []judgment.Finding, variables ...string) string {
	seen := map[string]bool{}
	var out []string
	for _, f := range fs {
		for _, v := range variables {
			if f.Variable == v {
				s := fmt.Sprintf("p%d %s L%d", f.PartyNo, f.Value, f.Level)
				if !seen[s] {
					seen[s] = true
					out = append(out, s)
				}
			}
		}
	}
	sort.Strings(out)
	return strings.Join(out, "; ")
}

func TestWhoKnewAndWhoSaysIt(t *testing.T) {
	for _, x := range []struct{ kind, words, want string }{
		{judgment.SecReasoning, "本院认为，甲公司明知乙商行售假而未采取措施。", "p1 knew L3"},
		{judgment.SecReasoning, "本院认为，乙商行明知商品为假货仍然销售。甲公司已提供其信息。", ""},
		{judgment.SecReasoning, "本院认为，张三明知商品过期仍购买。", ""},
		{judgment.SecReasoning, "本院认为，张三主张甲公司明知乙商行售假，证据不足，本院不予采信。", "p1 not_proved L3"},
		{judgment.SecReasoning, "本院认为，张三主张甲公司明知乙商行侵权，本院予以采信。", "p1 knew L3"},
		{judgment.SecReasoning, "本院认为，现有证据不足以证明甲公司知道或者应当知道乙商行售假。", "p1 not_proved L3"},
		{judgment.SecReasoning, "本院认为，甲公司不存在明知或者应知乙商行侵权的情形。", "p1 no_fault L3"},
		{judgment.SecReasoning, "网络服务提供者知道或者应当知道网络用户侵权，未采取必要措施的，承担连带责任。", ""},
		{judgment.SecReasoning, "如果甲公司明知乙商行售假，则应承担连带责任。", ""},
		{judgment.SecReasoning, "本案争议焦点为：甲公司是否明知乙商行售假。", ""},
		{judgment.SecReasoning, "本院认为，甲公司应当知道乙商行多次被投诉售假。", "p1 should_know L3"},
		{judgment.SecReasoning, "本院认为，甲公司并非没有过错。", "p1 negligence L3"},
		{judgment.SecReasoning, "本院认为，甲公司未尽到合理的注意义务，存在过错。", "p1 negligence L3"},
		{judgment.SecReasoning, "本院认为，不能认定甲公司未尽到审核义务。", ""},
		{judgment.SecReasoning, "本院认为，甲公司已尽到合理注意义务，没有过错。", "p1 no_fault L3"},
		{judgment.SecReasoning, "关于甲公司的责任。其未尽到安全保障义务，主观上存在过失。", "p1 negligence L3"},
		{judgment.SecReasoning, "本院认为，平台方疏于管理，对损害的发生存在过错。", "p1 negligence L3"},
		{judgment.SecReasoning, "甲公司辩称其已尽到合理注意义务，与查明的事实不符，本院不予采信。", "p1 negligence L3"},
		{judgment.SecReasoning, "本院认为，张三未尽到自身安全的注意义务，存在过错。", ""},
		{judgment.SecClaims, "张三诉称：甲公司明知乙商行售假仍放任。", "p1 knew L0"},
		{judgment.SecAnswer, "甲公司辩称：对乙商行售假并不知情。", "p1 no_fault L0"},
		{judgment.SecDisposition, "甲公司明知乙商行售假，存在过错。", ""},
	} {
		if got := brief(readWords(t, x.kind, x.words), "platform_state"); got != x.want {
			t.Errorf("%s %q: %q, want %q", x.kind, x.words, got, x.want)
		}
	}
}

func TestMeasuresWithTheirValues(t *testing.T) {
	for _, x := range []struct{ words, measure, want string }{
		{"甲公司在乙商行入驻时对其营业执照进行了审核。", "M1a", "p1 performed L3"},
		{"甲公司未对乙商行的经营资质进行审查。", "M1a", "p1 not_performed L3"},
		{"甲公司仅查验营业执照，未核实许可证。", "M1a", "p1 not_performed L3; p1 partly L3"},
		{"甲公司应当对入驻商家的资质进行审核。", "M1a", ""},
		{"甲公司已向张三披露乙商行的名称、地址和有效联系方式。", "M7", "p1 performed L3"},
		{"甲公司至今不能提供销售者的真实名称和地址。", "M7", "p1 not_performed L3"},
		{"甲公司收到张三的通知后次日即删除涉案链接。", "M6", "p1 performed L3"},
		{"甲公司收到律师函后迟迟未予处理，直至起诉后才删除。", "M6", "p1 late L3"},
		{"甲公司已将涉案商品下架。", "M4", "p1 performed L3"},
		{"甲公司既未下架商品，也未关闭店铺。", "M4", "p1 not_performed L3"},
		{"甲公司应公安机关要求提供了订单轨迹。", "M8", "p1 performed L3"},
		{"甲公司积极处理了张三的投诉。", "M10", "p1 performed L3"},
		{"甲公司以弹窗方式反复提示交易风险。", "M2", "p1 performed L3"},
		{"张三提交证据以证明甲公司未审查乙商行的营业执照。", "M1a", ""},
	} {
		var kept []judgment.Finding
		for _, f := range readWords(t, judgment.SecReasoning, "本院认为，"+x.words) {
			if f.Level > 0 {
				kept = append(kept, f)
			}
		}
		if got := brief(kept, x.measure); got != x.want {
			t.Errorf("%q %s: %q, want %q", x.words, x.measure, got, x.want)
		}
	}
}

func TestThirdPartyAndCircumstances(t *testing.T) {
	for _, x := range []struct{ words, variable, want string }{
		{"乙商行明知商品为假冒仍对外销售，构成欺诈。", "third_party_state", "p2 intent L3"},
		{"乙商行的销售行为不构成欺诈。", "third_party_state", ""},
		{"乙商行履行了进货查验义务。", "third_party_state", "p2 no_fault L3"},
		{"涉案商品不符合食品安全标准。", "infringement_established", "p-1 yes L3"},
		{"甲公司按成交额的5%向乙商行收取技术服务费。", "profit_mode", "p1 direct L3"},
		{"甲公司的收入主要来自信息流广告。", "profit_mode", "p1 indirect L3"},
		{"该函件未附链接，不构成有效通知。", "notice", "p-1 defective L3"},
		{"甲公司与乙商行的行为间接结合造成同一损害。", "causation", "p1 neither_sufficient L3"},
		{"甲公司的疏漏与张三的损失之间没有法律上的因果关系。", "causation", "p1 no_link L3"},
		{"甲公司应当承担承运人责任。", "carrier", "p1 yes L3"},
		{"甲公司没有按承诺先行赔付。", "platform_promise", "p1 broken L3"},
	} {
		if got := brief(readWords(t, judgment.SecReasoning, "本院认为，"+x.words), x.variable); got != x.want {
			t.Errorf("%q %s: %q, want %q", x.words, x.variable, got, x.want)
		}
	}
}
