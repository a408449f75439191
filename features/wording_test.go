package features_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caipan/features"
	"caipan/model/evidence"
	"caipan/model/judgment"
)

const (
	wordingPlatform = "云栈网络科技有限公司"
	wordingSeller   = "青禾商行"
	wordingHead     = "江南市云河区人民法院\n民事判决书\n（2023）某0106民初2001号\n原告：何某，女，1990年1月1日出生，汉族，住江南市云河区。\n" +
		"被告：青禾商行，经营场所江南市河西区。\n经营者：田某，男，1980年2月2日出生。\n" +
		"被告：云栈网络科技有限公司，住所地江南市高新区。\n法定代表人：顾某。\n" +
		"原告何某与被告青禾商行、云栈网络科技有限公司（以下简称云栈公司）网络购物合同纠纷一案，本院于2023年2月6日立案后，依法适用简易程序，公开开庭进行了审理。本案现已审理终结。\n" +
		"何某向本院提出诉讼请求：1.青禾商行赔偿损失12000元；2.云栈公司承担连带责任。\n青禾商行未答辩。\n云栈公司辩称，请求驳回对其的诉讼请求。\n"
	wordingFacts     = "云栈公司系“好多货”网络购物平台的经营者，青禾商行在该平台开设店铺。2022年12月1日，何某在该店铺购买茶叶，收货后发现茶叶与描述不符。"
	wordingReasoning = "青禾商行销售的茶叶与描述不符，应承担赔偿责任。"
	wordingBasis     = "依照《中华人民共和国民法典》第五百七十七条、《中华人民共和国消费者权益保护法》第四十四条的规定，判决如下：\n"
	wordingTail      = "\n案件受理费100元，由青禾商行负担。\n如不服本判决，可在判决书送达之日起十五日内向本院递交上诉状，上诉于江南市中级人民法院。\n审判员 顾炎\n二〇二三年五月三十日\n书记员 黄宗\n"
	wordingOrder     = "一、青禾商行赔偿何某12000元；\n二、驳回何某的其他诉讼请求。"
)

func wordingText(facts, reasoning, order string) string {
	return wordingHead + "经审理查明，" + facts + "\n本院认为，" + wordingReasoning + reasoning + "\n" + wordingBasis + strings.ReplaceAll(order, "；", "；\n") + wordingTail
}

// wordingFloors: rows that must be read right, just below what is reached.
var wordingFloors = map[string]float64{"operator": 0.93, "state": 0.93, "order": 0.95, "facts": 0.9}

// TestWording exchanges one sentence at a time in one judgment: ways to say the same that courts use.
func TestWording(t *testing.T) {
	r := reader(t)
	rows := wordingRows(t)
	for _, kind := range []string{"operator", "state", "order", "facts"} {
		right := 0
		for _, row := range rows[kind] {
			if miss := wordingMiss(r, kind, row); miss == "" {
				right++
			} else {
				t.Logf("MISS %s: %s\n      %s", kind, strings.Join(row, " | "), miss)
			}
		}
		t.Logf("%s: %d of %d", kind, right, len(rows[kind]))
		if float64(right) < wordingFloors[kind]*float64(len(rows[kind])) {
			t.Errorf("%s: %d of %d rows read as coded, less than %.2f", kind, right, len(rows[kind]), wordingFloors[kind])
		}
	}
}

func wordingMiss(r *features.Reader, kind string, row []string) string {
	switch kind {
	case "operator":
		c := r.Read(features.Document{Text: wordingText(row[0], "", wordingOrder)})
		var ops []string
		for _, p := range c.Parties {
			if p.IsPlatformOperator {
				ops = append(ops, append(p.ShortNames, p.Name)[0])
			}
		}
		if got := strings.Join(ops, "、"); got != row[1] {
			return "operators " + got + ", coded " + row[1]
		}
	case "state":
		c := r.Read(features.Document{Text: wordingText(wordingFacts, row[0], wordingOrder)})
		return stateMiss(c, row[1], row[2])
	case "order":
		c := r.Read(features.Document{Text: wordingText(wordingFacts, "", row[0])})
		return orderMiss(c, row)
	case "facts":
		facts, reasoning := wordingFacts+row[1], ""
		if row[0] == "R" {
			facts, reasoning = wordingFacts, row[1]
		}
		return factsMiss(r.Read(features.Document{Text: wordingText(facts, reasoning, wordingOrder)}), row[2])
	}
	return ""
}

func factsMiss(c *judgment.Case, values string) (miss string) {
	got := map[string]string{}
	for _, f := range evidence.Resolve(c) {
		if f.EvidencePolicy == "reasoning" && (f.PartyNo < 0 || c.Parties[f.PartyNo].Name == wordingPlatform) {
			got[f.Variable] = f.Value
		}
	}
	for _, want := range strings.Split(values, "、") {
		name, value, _ := strings.Cut(want, "=")
		if got[name] != value {
			miss += want + ", read " + got[name] + "; "
		}
	}
	return miss
}

func stateMiss(c *judgment.Case, state, breach string) (miss string) {
	got := map[string]string{"platform_state": "no row", "breach_found": "no row"}
	why := map[string]string{}
	for _, f := range evidence.Resolve(c) {
		if _, ok := got[f.Variable]; ok && f.EvidencePolicy == "reasoning" && c.Parties[f.PartyNo].Name == wordingPlatform {
			got[f.Variable], why[f.Variable] = f.Value, quotes(c, f)
		}
	}
	for _, w := range [][2]string{{"platform_state", state}, {"breach_found", breach}} {
		if w[1] != "-" && got[w[0]] != w[1] {
			miss += w[0] + " coded " + w[1] + ", read " + got[w[0]] + why[w[0]] + "; "
		}
	}
	return miss
}

func orderMiss(c *judgment.Case, row []string) (miss string) {
	for i, name := range []string{wordingSeller, wordingPlatform} {
		k := slices.IndexFunc(c.Rulings, func(r judgment.Ruling) bool { return r.PartyName == name && r.HeadNo == 0 })
		if k < 0 {
			return "no row for " + name
		}
		r := c.Rulings[k]
		if r.Label != row[i+1] {
			miss += name + " coded " + row[i+1] + ", read " + r.Label + " (" + r.Why + "); "
		}
		if name == wordingSeller {
			continue
		}
		limit := number(r.CapAmount)
		if r.CapAmount == nil {
			limit = number(r.CapFraction)
		}
		if row[3] != "-" && !same(row[3], number(r.Amount)) {
			miss += "amount coded " + row[3] + ", read " + number(r.Amount) + "; "
		}
		if row[4] != "-" && !same(row[4], limit) {
			miss += "cap coded " + row[4] + ", read " + limit + "; "
		}
	}
	return miss
}

// wordingRows reads the tables of wording.md by their headings.
func wordingRows(t *testing.T) map[string][][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "held", "wording.md"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]string{}
	kind, head := "", false
	for _, line := range strings.Split(string(b), "\n") {
		switch {
		case strings.HasPrefix(line, "## "):
			kind, head = strings.TrimPrefix(line, "## "), false
		case strings.HasPrefix(line, "|---"):
			head = true
		case strings.HasPrefix(line, "| ") && head:
			cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "| "), "|"), " |")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			if cells[len(cells)-1] == "" && len(cells) > 2 {
				cells = cells[:len(cells)-1]
			}
			out[kind] = append(out[kind], cells)
		}
	}
	return out
}
