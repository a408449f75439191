package operator_test

import (
	"strings"
	"testing"

	"caipan/features/operator"
)

const suit = `某市某区人民法院
民事判决书
（2019）某0101民初1号
原告：张某，男，住某市。
被告：{COMPANY}，住所地某市。
被告：乙商行，住所地某市。
原告张某与被告{COMPANY}、乙商行网络购物合同纠纷一案，本院立案后依法进行了审理，现已审理终结。
原告诉称：原告在网上购买商品。
经审理查明：{FACT}
本院认为，应当依法承担责任。
判决如下：
一、被告乙商行赔偿原告张某1000元。
二、驳回原告张某的其他诉讼请求。
审判员　丙
二〇一九年五月六日
书记员　丁`

// Who a company is follows from what is said of it here: the name of a brand alone makes no operator, a group's selling
// company stays a seller, and 京东 inside another company's name is nothing.
func TestWhatACompanyIs(t *testing.T) {
	tables, err := operator.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ company, fact, kind string }{
		{"北京东方某网络有限公司", "北京东方某网络有限公司系“东方某商城”网络交易平台的经营者，乙商行系平台内的商家。", "platform"},
		{"北京京东世纪贸易有限公司", "原告在京东商城向被告北京京东世纪贸易有限公司购买手机一部，该商品标注“自营”，乙商行系供应商。", "self_operated"},
		{"北京京东叁佰陆拾度电子商务有限公司", "北京京东叁佰陆拾度电子商务有限公司系京东商城的经营者，乙商行在平台开设店铺。", "platform"},
		{"浙江天猫供应链管理有限公司", "原告在天猫平台的天猫超市向被告浙江天猫供应链管理有限公司购买食品，订单由浙江天猫供应链管理有限公司自行采购并销售。", "self_operated"},
		{"上海某商贸有限公司", "上海某商贸有限公司在京东商城上开设旗舰店，原告在该店铺购买商品。", ""}, // nobody is said to run the platform,
		{"上海某面粉有限公司", "上海某面粉有限公司向原告出售面粉，并在网站上发布广告。", ""},
	} {
		text, secs, parties, h := readCase(doc{Text: strings.NewReplacer("{COMPANY}", c.company, "{FACT}", c.fact).Replace(suit)})
		tables.Mark(text, secs, parties, h)
		found := false
		for _, p := range parties {
			if p.Name != c.company {
				continue
			}
			found = true
			if p.SubjectKind == "unknown" {
				p.SubjectKind = ""
			}
			if p.SubjectKind != c.kind || p.IsPlatformOperator != (c.kind == "platform") {
				t.Errorf("%s: kind %q, operator %v, want %q\n%s", c.company, p.SubjectKind, p.IsPlatformOperator, c.kind, tables.Debug(text, secs, parties, h))
			}
		}
		if !found {
			t.Errorf("%s is no party", c.company)
		}
	}
}
