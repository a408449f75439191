package vocabulary

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func shippedOrFail(t *testing.T) *Vocabulary {
	t.Helper()
	v, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestShippedVocabularyHoldsTheDoctrinesVariables(t *testing.T) {
	v := shippedOrFail(t)
	for id, values := range map[string]string{
		"platform_state":    "intent knew should_know gross_negligence negligence no_fault not_proved",
		"third_party_state": "intent negligence strict no_fault",
		"harm_type":         "cyber_violence virtual_property life_health ip",
		"causation":         "platform_sufficient third_sufficient each_sufficient neither_sufficient no_link",
		"M6":                "performed partly late not_performed not_required",
		"service_type":      "payment_lending shopping ride travel_lodging takeout learning social content_video search game job_service info_classified other",
	} {
		x := v.Variable(id)
		if x == nil {
			t.Fatalf("no variable %s", id)
		}
		for _, want := range strings.Fields(values) {
			if !x.Has(want) {
				t.Errorf("%s lacks the value %s", id, want)
			}
		}
	}
	if got := len(v.Measures()); got != 14 {
		t.Errorf("measures of the hand coding: %d, want 14 (M1a to M10)", got)
	}
	if x := v.Variable("M4b"); x == nil || x.PartOf != "M4" {
		t.Error("M4b must count for M4")
	}
}

func TestStrongestStateWins(t *testing.T) {
	r := shippedOrFail(t).Variable("platform_state").Resolve
	if r.Policy != "max" || r.Rank("intent") <= r.Rank("knew") || r.Rank("knew") <= r.Rank("negligence") || r.Rank("nonsense") != -1 {
		t.Errorf("order %v", r.Order)
	}
}

func TestLawNames(t *testing.T) {
	v := shippedOrFail(t)
	for _, c := range []struct{ name, date, code string }{
		{"《中华人民共和国民法典》", "2021-01-01", "CC"},
		{"民法典", "", "CC"},
		{"中华人民共和国侵权责任法", "2015-05-01", "TLL"},
		{"《食品安全法》", "2016-01-01", "FSL2015"},
		{"食品安全法", "2020-01-01", "FSL"},
		{"最高人民法院关于审理利用信息网络侵害人身权益民事纠纷案件适用法律若干问题的规定", "2015-01-01", "NPR2014"},
		{"最高人民法院关于审理网络消费纠纷案件适用法律若干问题的规定(一)", "2022-04-01", "OCR"},
		{"中华人民共和国民事诉讼法（2017年修正）", "2018-01-01", "CPL"},
		{"最高人民法院关于适用〈中华人民共和国民法典〉时间效力的若干规定", "2021-06-01", "TIM"},
	} {
		l, _ := v.LawAt(c.name, c.date)
		if l == nil || l.Code != c.code {
			t.Errorf("%s on %s: got %v, want %s", c.name, c.date, l, c.code)
		}
	}
	if _, ok := v.LawByName("不存在的法"); ok {
		t.Error("an unlisted law was found")
	}
}

func TestInForceOnBothSidesOfADate(t *testing.T) {
	v := shippedOrFail(t)
	for _, c := range []struct {
		name    string
		article int
		date    string
		want    string
	}{
		{"侵权责任法", 36, "2010-06-30", "no"},
		{"侵权责任法", 36, "2010-07-01", "yes"},
		{"侵权责任法", 36, "2020-12-31", "yes"},
		{"侵权责任法", 36, "2021-01-01", "no"},
		{"民法典", 1198, "2020-12-31", "no"},
		{"民法典", 1198, "2021-01-01", "yes"},
		{"电子商务法", 38, "2018-12-31", "no"},
		{"电子商务法", 38, "2019-01-01", "yes"},
		{"民法典", 1198, "", "unknown"},
		{"某某条例", 1, "2021-01-01", "unknown"},
	} {
		if got := v.InForce(c.name, c.article, c.date); got != c.want {
			t.Errorf("%s %d on %q: %s, want %s", c.name, c.article, c.date, got, c.want)
		}
	}
}

func TestNormsByParagraph(t *testing.T) {
	v := shippedOrFail(t)
	if n := v.Norm("CC1198(2)"); n == nil || n.ID != "CC1198" || !n.InForce("2021-01-01") || n.InForce("2020-12-31") {
		t.Errorf("CC1198(2): %+v", n)
	}
	if v.Norm("CC1198(7)") != nil || v.Norm("XX1") != nil || v.Norm("CC1198(0)") != nil {
		t.Error("a paragraph or article that does not exist was found")
	}
	if got := v.Cite("CC1198(2)"); got != "《民法典》第1198条第2款" {
		t.Error(got)
	}
	for _, n := range v.Norms {
		if v.Article(n.Law, n.Article) != n {
			t.Errorf("%s is not found by law and article", n.ID)
		}
	}
}

func TestBrokenVocabularyIsRefusedWithPlaces(t *testing.T) {
	dir := t.TempDir()
	for name, broken := range map[string][2]string{
		"variables.yaml": {"policy: max, order: [no_fault, strict, negligence, intent]", "policy: max, order: [no_fault, wilful]"},
		"norms.yaml":     {"id: CC1165, law: CC, article: 1165, from: 2021-01-01", "id: CC1165, law: XX, article: 01165, from: 2021-13-01"},
		"laws.yaml":      {"from: 2010-07-01, to: 2020-12-31}", "from: 2010-07-01, to: 2009-12-31}"},
		"measures.yaml":  {"part_of: M4,", "part_of: M99,"},
	} {
		src, err := os.ReadFile(filepath.Join("data", name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(src), broken[0]) {
			t.Fatalf("%s no longer holds %q", name, broken[0])
		}
		out := strings.ReplaceAll(string(src), broken[0], broken[1])
		if err := os.WriteFile(filepath.Join(dir, name), []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := LoadDir(dir)
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{"norms.yaml:6: \"article\"", "must be a date", `order of "third_party_state" names "wilful"`, "before it begins", `part of "M99"`, `law "XX"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
}
