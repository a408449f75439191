package section

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"caipan/model/judgment"
	"caipan/model/text"
)

// A constructed judgment marks where each part begins: ‹kind instance holder speaker› with a trailing q for quoted.
// mark strips the marks and returns what Split should say.
func mark(t *testing.T, marked string) (plain string, want []string) {
	t.Helper()
	for i, piece := range strings.Split(marked, "‹") {
		if i == 0 {
			if piece != "" {
				t.Fatalf("text before the first mark: %q", piece)
			}
			continue
		}
		label, body, ok := strings.Cut(piece, "›")
		if !ok {
			t.Fatalf("mark without end: %q", piece)
		}
		want = append(want, fmt.Sprintf("%d %s", len(plain), strings.TrimSpace(label)))
		plain += body
	}
	return plain, want
}

func describe(secs []judgment.Section) (got []string) {
	for _, x := range secs {
		s := fmt.Sprintf("%d %s %s %s %s", x.Span.Start, x.Kind, x.Instance, x.Holder, x.Speaker)
		if x.Quoted {
			s = strings.TrimSpace(s) + " q"
		}
		got = append(got, strings.TrimSpace(s))
	}
	return got
}

var constructed = []struct{ name, instance, marked string }{
	{"first instance, new style", instFirst, "‹head first court›某市某区人民法院\n民事判决书\n（2019）某0101民初1号\n" +
		"‹parties first court›原告：甲，男。\n被告：乙商贸有限公司，住所地某市。\n被告：丙网络有限公司，住所地某市。\n" +
		"‹process first court›原告甲与被告乙商贸有限公司（以下简称乙公司）、丙网络有限公司（以下简称丙公司）网络购物合同纠纷一案，本院于2019年1月2日立案后，依法适用普通程序，公开开庭进行了审理。乙公司经传票传唤，无正当理由未到庭参加诉讼。本案现已审理终结。\n" +
		"‹claims first plaintiff 甲›甲向本院提出诉讼请求：1.退款；2.丙公司承担连带责任。事实和理由：乙公司售假，丙公司明知而放任，一审法院认为…之说与此无关。\n" +
		"‹answer first defendant 丙公司›丙公司辩称，其仅提供平台，甲的诉讼请求应予驳回。\n" +
		"‹answer first defendant 乙公司›乙公司未作答辩。\n" +
		"‹evidence first both›当事人围绕诉讼请求依法提交了证据，本院组织当事人进行了质证。本院认为，该截图不能证明明知，不予采信。\n" +
		"‹facts first court›本院经审理认定事实如下：2018年甲在丙公司平台向乙公司购物。以上事实，有截图在案佐证。\n" +
		"‹reasoning first court›本院认为，合同有效。综上，甲的请求部分成立。\n" +
		"‹basis first court›据此，依照《中华人民共和国合同法》第八条，《中华人民共和国民事诉讼法》第一百四十四条之规定，判决如下：\n" +
		"‹disposition first court›一、被告乙商贸有限公司于本判决生效之日起十日内退还原告甲一百元；\n二、鉴定费十元由被告乙商贸有限公司负担；\n三、驳回原告甲的其他诉讼请求。\n" +
		"‹tail first court›如果未按本判决指定的期间履行给付金钱义务，应当加倍支付迟延履行期间的债务利息。\n" +
		"‹fees first court›案件受理费五十元，由被告乙商贸有限公司负担。\n" +
		"‹tail first court›如不服本判决，可在判决书送达之日起十五日内上诉于某市中级人民法院。\n审　判　长　　丁\n二〇一九年五月六日\n书　记　员　　戊\n" +
		"‹appendix first none›附：相关法律条文\n《中华人民共和国合同法》第八条 依法成立的合同受法律保护。"},
	{"first instance, old style in one paragraph", instFirst, "‹head first court›某市某区人民法院民事判决书（2009）某民初字第1号" +
		"‹parties first court›原告甲，男。委托代理人己，律师。被告乙，女。" +
		"‹process first court›原告甲诉被告乙借贷纠纷一案，本院受理后，依法由审判员丁独任审判，公开开庭进行了审理。本案现已审理终结。" +
		"‹claims first plaintiff 原告甲›原告甲诉称，被告借款不还，请求判令被告还款。" +
		"‹answer first defendant 被告乙›被告乙辩称，款已还清。" +
		"‹facts first court›经审理查明，2008年被告向原告借款一万元。上述事实，有借条为证。" +
		"‹reasoning first court›本院认为，借贷关系成立。" +
		"‹basis first court›依照《中华人民共和国民法通则》第一百零八条之规定，判决如下：" +
		"‹disposition first court›被告乙于本判决生效后十日内偿还原告甲一万元。" +
		"‹fees first court›案件受理费五十元，由被告乙负担。" +
		"‹tail first court›如不服本判决，可上诉于某市中级人民法院。审判员丁二〇〇九年三月四日书记员戊"},
	{"appeal, new style", instSecond, "‹head second court›某市中级人民法院\n民事判决书\n（2019）某01民终1号\n" +
		"‹parties second court›上诉人（原审被告）：丙网络有限公司，住所地某市。\n被上诉人（原审原告）：甲，男。\n" +
		"‹process second court›上诉人丙网络有限公司（以下简称丙公司）因与被上诉人甲网络侵权责任纠纷一案，不服某市某区人民法院（2018）某0101民初9号民事判决，向本院提起上诉。本院于2019年3月1日立案后，依法组成合议庭进行了审理。本案现已审理终结。\n" +
		"‹claims second defendant 丙公司›丙公司上诉请求：撤销一审判决，驳回甲的诉讼请求。事实和理由：一审法院认定事实错误。一审法院认为其明知，缺乏依据。\n" +
		"‹answer second plaintiff 甲›甲辩称，一审判决正确。\n" +
		"‹claims first plaintiff 甲 q›甲向一审法院起诉请求：赔偿一千元。\n" +
		"‹facts first lower_court q›一审法院认定事实：丙公司接到通知后未删除。\n" +
		"‹reasoning first lower_court q›一审法院认为，丙公司应对损害的扩大部分承担连带责任。甲的诉讼请求成立。\n" +
		"‹basis first lower_court q›据此，一审法院依照《中华人民共和国侵权责任法》第三十六条，判决：" +
		"‹disposition first lower_court q›一、丙公司赔偿甲一千元；二、驳回甲的其他诉讼请求。" +
		"‹fees first lower_court q›案件受理费五十元，由丙公司负担。\n" +
		"‹evidence second both›二审中，当事人没有提交新证据。\n" +
		"‹facts second court›本院对一审查明的事实予以确认。\n" +
		"‹reasoning second court›本院认为，一审判决正确。丙公司的上诉请求不能成立。\n" +
		"‹basis second court›依照《中华人民共和国民事诉讼法》第一百七十条第一款第（一）项规定，判决如下：\n" +
		"‹disposition second court›驳回上诉，维持原判。\n" +
		"‹fees second court›二审案件受理费五十元，由丙网络有限公司负担。\n" +
		"‹tail second court›本判决为终审判决。\n审判长丁\n二〇一九年五月六日\n书记员戊"},
	{"appeal, old style: the judgment below first, no colon before its order", instSecond, "‹head second court›某市中级人民法院\n民事判决书\n（2009）某民终字第1号\n" +
		"‹parties second court›上诉人（原审被告）乙，女。\n被上诉人（原审原告）甲，男。\n" +
		"‹process second court›上诉人乙因与被上诉人甲借贷纠纷一案，不服某区人民法院（2008）某民初字第9号民事判决，向本院提起上诉。本院受理后，依法组成合议庭进行了审理。本案现已审理终结。\n" +
		"‹facts first lower_court q›原审法院查明，2008年乙向甲借款一万元。\n" +
		"‹reasoning first lower_court q›原审法院认为，借贷关系成立，对甲的诉讼请求予以支持。" +
		"‹basis first lower_court q›依照《中华人民共和国民法通则》第一百零八条之规定，判决" +
		"‹disposition first lower_court q›乙偿还甲一万元。" +
		"‹fees first lower_court q›案件受理费五十元，由乙负担。\n" +
		"‹claims second defendant 乙›宣判后，乙不服，上诉称：款已还清，请求撤销原判。\n" +
		"‹answer second plaintiff 甲›甲答辩称，原判正确。\n" +
		"‹facts second court›经审理查明，原审查明的事实属实。\n" +
		"‹reasoning second court›本院认为，乙未举证还款。\n" +
		"‹basis second court›依照《中华人民共和国民事诉讼法》第一百五十三条第一款第（一）项之规定，判决如下：\n" +
		"‹disposition second court›驳回上诉，维持原判。\n" +
		"‹fees second court›二审案件受理费五十元，由乙负担。\n" +
		"‹tail second court›本判决为终审判决。\n审判长丁\n二〇〇九年三月四日"},
	{"retrial with both instances quoted", instRetrial, "‹head retrial court›某省高级人民法院\n民事判决书\n（2019）某民再1号\n" +
		"‹parties retrial court›再审申请人（一审被告、二审上诉人）：丙公司，住所地某市。\n被申请人（一审原告、二审被上诉人）：甲，男。\n" +
		"‹process retrial court›再审申请人丙公司因与被申请人甲合同纠纷一案，不服某市中级人民法院（2018）某01民终9号民事判决，向本院申请再审。本院裁定提审后，依法组成合议庭进行了审理。本案现已审理终结。\n" +
		"‹claims retrial defendant 丙公司›丙公司申请再审称，二审判决错误。二审期间其已举证。\n" +
		"‹answer retrial plaintiff 甲›甲辩称，二审判决正确。\n" +
		"‹claims first plaintiff 甲 q›甲向一审法院起诉请求：退款一百元。\n" +
		"‹facts first lower_court q›一审法院认定事实：甲付款一百元。\n" +
		"‹reasoning first lower_court q›一审法院认为，合同有效。" +
		"‹basis first lower_court q›依照《中华人民共和国合同法》第八条，判决：" +
		"‹disposition first lower_court q›驳回甲的诉讼请求。\n" +
		"‹claims second plaintiff 甲 q›甲不服一审判决，上诉请求：撤销一审判决。\n" +
		"‹facts second lower_court q›二审法院查明：一审查明的事实属实。\n" +
		"‹reasoning second lower_court q›二审法院认为，应当退款。甲的上诉请求成立。" +
		"‹basis second lower_court q›依照《中华人民共和国民事诉讼法》第一百七十条，判决：" +
		"‹disposition second lower_court q›一、撤销一审判决；二、丙公司退款一百元。\n" +
		"‹facts retrial court›本院再审查明，一、二审查明的事实属实。\n" +
		"‹reasoning retrial court›本院再审认为，二审判决正确。\n" +
		"‹basis retrial court›依照《中华人民共和国民事诉讼法》第二百零七条，判决如下：\n" +
		"‹disposition retrial court›维持某市中级人民法院（2018）某01民终9号民事判决。\n" +
		"‹tail retrial court›本判决为终审判决。\n审判长丁\n二〇一九年五月六日"},
	{"headings in brackets, agreed and disputed facts", instFirst, "‹head first court›某市某区人民法院\n民事判决书\n（2022）某0101民初1号\n" +
		"‹parties first court›原告：甲。\n被告：乙公司。\n" +
		"‹process first court›原告甲与被告乙公司合同纠纷一案，本院立案后公开开庭进行了审理。\n" +
		"‹claims first plaintiff 甲›【诉讼请求】甲向本院提出诉讼请求：退款。\n" +
		"‹answer first defendant 乙公司›【答辩意见】乙公司辩称，不同意。\n" +
		"‹undisputed first both›双方当事人对以下事实没有异议：2021年签订合同。\n" +
		"‹facts first court›对双方有争议的事实，本院认定如下：甲已付款。\n" +
		"‹reasoning first court›【裁判理由】本院认为，合同有效。\n" +
		"‹basis first court›依照《中华人民共和国民法典》第五百零九条，判决如下：\n" +
		"‹disposition first court›乙公司退款。\n" +
		"‹tail first court›审判员丁\n二〇二二年五月六日"},
	{"the law's own words stand in the basis", instFirst, "‹head first court›某市某区人民法院\n民事判决书\n（2015）某民初字第1号\n" +
		"‹parties first court›原告甲。\n被告乙。\n" +
		"‹process first court›原告甲与被告乙离婚纠纷一案，本院受理后公开开庭进行了审理。\n" +
		"‹claims first plaintiff 原告›原告诉称，感情破裂，请求离婚。\n" +
		"‹answer first defendant 被告›被告辩称，同意离婚。\n" +
		"‹reasoning first court›本院认为，感情确已破裂。\n" +
		"‹basis first court›依照《中华人民共和国婚姻法》第三十二条“男女一方要求离婚的，可由有关部门进行调解。人民法院审理离婚案件，应当进行调解。”之规定，判决如下：\n" +
		"‹disposition first court›准予原告甲与被告乙离婚。\n" +
		"‹fees first court›本案第一审案件受理费五十元，由原告负担。\n" +
		"‹tail first court›审判员丁\n二〇一五年五月六日"},
}

func TestConstructedJudgments(t *testing.T) {
	for _, c := range constructed {
		plain, want := mark(t, c.marked)
		h := judgment.Header{Instance: c.instance, CaseNumber: "（2009）某民初字第1号"}
		got := describe(Split(plain, h))
		if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
			t.Errorf("%s: read\n%s\nwant\n%s", c.name, g, w)
		}
	}
}

func TestOtherDocumentsDoNotBreak(t *testing.T) {
	for _, s := range []string{"", "判决如下", "。；\n", "某法院执行裁定书\n申请执行人：甲。\n本院依法裁定如下：\n终结本次执行程序。\n审判员乙",
		"某法院\n刑事判决书\n公诉机关某检察院。\n被告人甲，男。\n某检察院指控被告人甲犯盗窃罪一案。\n经审理查明，甲盗窃。\n本院认为，甲构成盗窃罪。依照《中华人民共和国刑法》第二百六十四条，判决如下：\n被告人甲犯盗窃罪。\n审判员乙"} {
		checkTiling(t, s, s, Split(s, judgment.Header{}))
	}
}

func TestPropertyPartsTileAnyText(t *testing.T) {
	tab, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, m := range tab.Markers {
		words = append(words, m.Words...)
	}
	words = append(words, "。", "\n", "；", "，", "：", "甲", "《法》第一条", "（", "）", " ", "一、")
	rapid.Check(t, func(t *rapid.T) {
		s := text.Canonical(strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words"), ""))
		inst := rapid.SampledFrom([]string{"", instFirst, instSecond, instRetrial, "other"}).Draw(t, "instance")
		at := 0
		for i, x := range Split(s, judgment.Header{Instance: inst}) {
			if x.No != i || x.Span.Start != at || x.Span.End <= at || x.Kind == "" || x.Instance == "" || x.Holder == "" {
				t.Fatalf("part %+v in %q", x, s)
			}
			at = x.Span.End
		}
		if at != len(s) {
			t.Fatalf("the parts of %q end at %d", s, at)
		}
	})
}
