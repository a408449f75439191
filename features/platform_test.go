package features_test

import (
	"reflect"
	"strings"
	"testing"

	"caipan/features"
)

const sued = "某市某区人民法院\n民事判决书\n（2019）某0101民初1号\n原告：张某，男。\n被告：甲网络有限公司，住所地某市。\n被告：乙商行，住所地某市。\n" +
	"原告张某与被告甲网络有限公司、乙商行网络购物合同纠纷一案，本院立案后审理终结。\n原告诉称：原告在“某某商城”网站的乙商行店铺购买商品。\n" +
	"经审理查明：{FACT}\n本院认为，乙商行应当赔偿。\n判决如下：\n一、被告乙商行赔偿原告张某1000元；\n二、驳回原告张某的其他诉讼请求。\n审判员　丙\n二〇一九年五月六日\n书记员　丁"

// What ReadPlatform leaves out has no operator when read whole, and what it keeps it reads as Read does. Words of a
// platform are seen where they are written with entities or split by invisible characters.
func TestReadPlatformReadsAsReadDoes(t *testing.T) {
	r, err := features.New(features.Options{})
	if err != nil {
		t.Fatal(err)
	}
	runs := strings.Replace(sued, "{FACT}", "被告甲网络有限公司系“某某商城”网络交易平台的经营者，乙商行系平台内商家。", 1)
	for text, want := range map[string]string{
		runs: "",
		strings.ReplaceAll(runs, "平台", "&#24179;&#21488;"):                                                                        "",
		strings.ReplaceAll(runs, "平台", "平\u200b台"):                                                                                "",
		strings.Replace(sued, "{FACT}", "原告在“某某商城”网站的乙商行店铺付款。", 1):                                                                "no platform operator is a party",
		strings.NewReplacer("{FACT}", "原告付款。", "在“某某商城”网站的乙商行店铺", "向乙商行", "网络购物", "买卖").Replace(sued):                             "no word of a platform",
		strings.NewReplacer("{FACT}", "原告付款。", "在“某某商城”网站的乙商行店铺", "向乙商行", "网络购物", "买卖", "商品", "平&nbsp;台秤一&#21488;").Replace(sued): "no word of a platform",
	} {
		doc := features.Document{Text: text}
		got, why := r.ReadPlatform(doc)
		if why != want {
			t.Errorf("left out because %q, want %q: %s", why, want, text)
			continue
		}
		whole := r.Read(doc)
		operator := false
		for _, p := range whole.Parties {
			operator = operator || p.IsPlatformOperator
		}
		if operator != (why == "") {
			t.Errorf("left out because %q, operator %v: %s", why, operator, text)
		}
		if why == "" && !reflect.DeepEqual(got, whole) {
			t.Errorf("read otherwise than by Read: %s", text)
		}
	}
}
