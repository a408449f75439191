package ruling

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"caipan/features/header"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"
)

// build makes a constructed first-instance judgment with the given defendants, items and closing lines.
func build(defendants, items []string, closing string) string {
	var b strings.Builder
	b.WriteString("某市某区人民法院\n民事判决书\n（2019）某0101民初1号\n原告：赵甲一，男，汉族，住某市。\n")
	for _, d := range defendants {
		fmt.Fprintf(&b, "被告：%s，住所地某市。\n", d)
	}
	fmt.Fprintf(&b, "原告赵甲一与被告%s健康权纠纷一案，本院于2019年1月2日立案后，公开开庭进行了审理。本案现已审理终结。\n", strings.Join(defendants, "、"))
	b.WriteString("原告赵甲一向本院提出诉讼请求：判令被告赔偿损失。\n经审理查明，原告受伤。\n本院认为，被告应当承担赔偿责任。\n依照《中华人民共和国侵权责任法》第六条之规定，判决如下：\n")
	for i, it := range items {
		fmt.Fprintf(&b, "%s、%s\n", numerals[i], it)
	}
	b.WriteString(closing)
	b.WriteString("如不服本判决，可在判决书送达之日起十五日内提起上诉。\n审判员　钱某\n二〇一九年三月四日\n书记员　孙某\n")
	return b.String()
}

var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

func readAll(s string) (string, Result) {
	c := text.Canonical(s)
	h := header.Read(c, header.Meta{})
	secs := section.Split(c, h)
	return c, Read(c, secs, party.Read(c, secs, h), h)
}

// labels are the decided values per party without what must change (items, spans).
func labels(res Result) map[string]string {
	out := map[string]string{}
	for _, row := range res.Rulings {
		if row.HeadNo == 0 {
			out[row.PartyName] = fmt.Sprintf("%s %s %s %s", row.Role, row.Label, show(row.Amount), show(row.CapAmount))
		}
	}
	return out
}

var names = []string{"某市乙二商贸有限公司", "某市丙三网络科技有限公司", "丁四", "某市戊五物流有限公司"}

func independent(who []string) []string {
	return []string{
		fmt.Sprintf("被告%s于本判决生效之日起十日内赔偿原告赵甲一12,345.60元；", who[0]),
		fmt.Sprintf("被告%s、%s于本判决生效之日起十日内连带赔偿原告赵甲一二万元；", who[1], who[2]),
		fmt.Sprintf("被告%s于本判决生效之日起三日内向原告赵甲一赔礼道歉；", who[3]),
		"驳回原告赵甲一的其他诉讼请求。",
	}
}

func TestConstructedExpectations(t *testing.T) {
	_, res := readAll(build(names, independent(names), ""))
	want := map[string]string{names[0]: "defendant own 1.235e+04 -", names[1]: "defendant joint 2e+04 -", names[2]: "defendant joint 2e+04 -", names[3]: "defendant nonmoney - -"}
	for n, w := range want {
		if got := labels(res)[n]; got != w {
			t.Errorf("%s: %s, want %s", n, got, w)
		}
	}
	if res.Outcome != "partly" {
		t.Errorf("outcome %s, want partly", res.Outcome)
	}
}

func TestShufflingUnrelatedItemsChangesNoLabel(t *testing.T) {
	_, base := readAll(build(names, independent(names), ""))
	rapid.Check(t, func(rt *rapid.T) {
		items := rapid.Permutation(independent(names)).Draw(rt, "items")
		_, res := readAll(build(names, items, ""))
		for n, w := range labels(base) {
			if got := labels(res)[n]; got != w {
				rt.Fatalf("%s: %s, want %s in\n%s", n, got, w, strings.Join(items, "\n"))
			}
		}
		if res.Outcome != base.Outcome {
			rt.Fatalf("outcome %s, want %s", res.Outcome, base.Outcome)
		}
	})
}

func TestRenamingAPartyChangesOnlyNames(t *testing.T) {
	_, base := readAll(build(names, independent(names), ""))
	surname := rapid.SampledFrom([]string{"王", "欧阳", "李", "付", "承", "严"})
	given := rapid.SampledFrom([]string{"某", "明", "×", "小红", "建国", "某某", "晓1"})
	rapid.Check(t, func(rt *rapid.T) {
		fresh := surname.Draw(rt, "surname") + given.Draw(rt, "given")
		renamed := append([]string{}, names...)
		renamed[2] = fresh
		_, res := readAll(build(renamed, independent(renamed), ""))
		if got, want := labels(res)[fresh], labels(base)[names[2]]; got != want {
			rt.Fatalf("%s: %q, want %q", fresh, got, want)
		}
		for _, n := range []string{names[0], names[1], names[3]} {
			if got, want := labels(res)[n], labels(base)[n]; got != want {
				rt.Fatalf("%s: %q, want %q after renaming another party to %s", n, got, want, fresh)
			}
		}
	})
}

func TestCourtFeesChangeNothing(t *testing.T) {
	_, base := readAll(build(names, independent(names), ""))
	for _, fee := range []string{
		"案件受理费500元，由被告" + names[0] + "、" + names[3] + "连带负担。\n",
		"本案受理费减半收取计250元，由被告" + names[3] + "负担，于本判决生效之日起七日内交纳。\n",
		"鉴定费2000元，由被告" + names[3] + "负担。\n",
		"如果未按本判决指定的期间履行给付金钱义务，应当依照《中华人民共和国民事诉讼法》第二百五十三条之规定，加倍支付迟延履行期间的债务利息。\n案件受理费500元、保全费200元，合计700元，由被告" + names[3] + "承担。\n",
	} {
		_, res := readAll(build(names, independent(names), fee))
		for n, w := range labels(base) {
			if got := labels(res)[n]; got != w {
				t.Errorf("%s: %s, want %s with the line %s", n, got, w, fee)
			}
		}
	}
}

// whole makes a text that is one operative part, with its section and parties.
func whole(op string) (string, []judgment.Section, []judgment.Party) {
	return op, []judgment.Section{{Kind: judgment.SecDisposition, Instance: "first", Holder: "court", Span: judgment.Span{End: len(op)}}},
		[]judgment.Party{{No: 0, Name: "赵甲一", Role: party.Plaintiff, Kind: "person"}, {No: 1, Name: "乙二", Role: party.Defendant, Kind: "person"}, {No: 2, Name: "丙丁商贸有限公司", Role: party.Defendant, Kind: "organization"}}
}

// However an operative part is written, its reading looks at no more than a bounded number of bytes and words for
// each byte read: 5 MB without a stop take as long as 5 MB of items (a tenth of a second, far below one).
func TestHugeOperativePartsAreBoundedWork(t *testing.T) {
	tab, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for name, unit := range map[string]string{
		"items": "一、被告乙二赔偿原告赵甲一1元；\n", "no stops": "被告乙二赔偿原告赵甲一1元", "commas": "被告乙二赔偿，", "names": "被告乙二、", "brackets": "（", "quotes": "“",
		"references": "第一项、", "dismissals": "驳回原告对被告乙二、", "numerals": "一百二十", "digits": "1,234", "mutual": "二被告互负连带责任；", "clauses": "被告乙二对上述第一项承担连带责任，",
		"strange": "某公司丁", "percent": "30%的责任", "changed": "变更第一项为“一、", "total": "赔偿1元，合计1元，", "closed": "甲”", "liable": "对被告乙二应支付的1元、",
	} {
		op := strings.Repeat(unit, 5<<20/len(unit))
		c, secs, ps := whole(op)
		r := newReader(tab, c, secs, ps, judgment.Header{Instance: "first"})
		start := time.Now()
		res := r.read()
		per := float64(r.work) / operativeMax
		t.Logf("%-10s %5.1f a byte, %8v, %d items, notes %v", name, per, time.Since(start).Round(time.Millisecond), len(res.Items), len(res.Notes))
		if per > 20 {
			t.Errorf("%s: %.1f bytes and words looked at for each byte", name, per)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("一、被告乙二、丙丁商贸有限公司共同赔偿原告赵甲一1,000.50元（已付20元），并互负连带责任；二、丙丁商贸有限公司在30%范围内对上述第一项承担补充赔偿责任。三、驳回原告的其他诉讼请求。", "second")
	f.Add("一、撤销某市人民法院（2019）某民初1号民事判决第一、二项；二、变更第三项为：“一、被告乙二各赔偿18**元”；三、发回重审。", "retrial")
	f.Add("维持原判。驳回上诉", "first")
	f.Fuzz(func(t *testing.T, op, instance string) {
		c, secs, ps := whole(text.Canonical(op))
		secs[0].Instance = instance
		res := Read(c, secs, ps, judgment.Header{Instance: instance})
		for _, row := range res.Rulings {
			if row.Span.Of(c) != row.Quote {
				t.Errorf("quote %q is not at its span", row.Quote)
			}
			if row.Amount != nil && *row.Amount < 0 {
				t.Errorf("negative amount %v", *row.Amount)
			}
		}
		var b strings.Builder
		Explain(&b, c, res)
	})
}

// TestAClaimElsewhereInTheItem: 享有 without 债权 in its own clause, and 债权 in another, once called each other without end.
func TestAClaimElsewhereInTheItem(t *testing.T) {
	for _, item := range []string{
		"被告丁四对涉案房屋享有居住的权益，债权另行处理；",
		"确认被告丁四享有股东资格，原告赵甲一的债权另案处理；",
		"债权文书无效；被告丁四对此享有异议的权利；",
	} {
		_, res := readAll(build(names, []string{item, "驳回原告赵甲一的其他诉讼请求。"}, ""))
		if len(res.Rulings) == 0 {
			t.Errorf("%s: nothing read", item)
		}
	}
}
