package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDiffCountsChanges(t *testing.T) {
	dir := t.TempDir()
	write := func(name, s string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	before := write("a", "1\t甲\tdefendant\tlabel=own amount=5\t赔偿5元\n1\t乙\tdefendant\tlabel=none amount=-\t\n2\t丙\tdefendant\tlabel=own amount=1\t\n")
	after := write("b", "1\t甲\tdefendant\tlabel=joint amount=6\t连带赔偿6元\n1\t乙\tdefendant\tlabel=none amount=-\t\n2\t丁\tdefendant\tlabel=own amount=1\t\n")
	var b strings.Builder
	if err := run([]string{"diff", before, after}, &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 rows alike", "1  label own -> joint", "1  amount differs", "1  row gone", "1  row new", "【连带赔偿6元】"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if err := run([]string{"diff", before}, &b); err == nil {
		t.Error("wrong usage is no error")
	}
	if err := run([]string{"diff", write("c", "no columns\n"), after}, &b); err == nil || !strings.Contains(err.Error(), "columns") {
		t.Errorf("broken dump: %v", err)
	}
}

func TestDumpIsDeterministic(t *testing.T) {
	p := filepath.Join(t.TempDir(), "x.jsonl")
	line := `{"id":"1","text":"某市某区人民法院\n民事判决书\n（2019）某0101民初1号\n原告：甲一。\n被告：乙二。\n原告甲一与被告乙二健康权纠纷一案，本院受理后审理终结。\n本院认为，被告应赔偿。\n依照《某法》第一条之规定，判决如下：\n一、被告乙二赔偿原告甲一1000元；\n二、驳回原告甲一的其他诉讼请求。\n案件受理费50元，由被告乙二负担。\n审判员丙"}` + "\n"
	if err := os.WriteFile(p, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	var a, b strings.Builder
	if err := run([]string{"dump", p}, &a); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"dump", p}, &b); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() || !strings.Contains(a.String(), "label=own") || !strings.Contains(a.String(), "amount=1000") {
		t.Errorf("dumps:\n%s%s", a.String(), b.String())
	}
}

func TestFindingsGainedAndLost(t *testing.T) {
	dir := t.TempDir()
	p := filepath.Join(dir, "x.jsonl")
	line := `{"id":"1","text":"某市某区人民法院\n民事判决书\n（2019）某0101民初1号\n原告：甲一。\n被告：乙二网络有限公司。\n原告甲一与被告乙二网络有限公司网络服务合同纠纷一案，本院受理后审理终结。\n经审理查明，乙二网络有限公司系“乙购”网络交易平台的经营者，丙三在该平台开设店铺销售商品。\n本院认为，乙二网络有限公司未尽到合理的审核义务。\n依照《某法》第一条之规定，判决如下：\n驳回原告甲一的诉讼请求。\n审判员丙"}` + "\n"
	if err := os.WriteFile(p, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	var a strings.Builder
	if err := run([]string{"findings", p}, &a); err != nil {
		t.Fatal(err)
	}
	want := "1\t乙二网络有限公司\tplatform_state=negligence affirmed@3\tstate.duty_not_met\t本院认为，乙二网络有限公司【未尽到合理的审核义务】\n"
	if !strings.Contains(a.String(), want) || !strings.Contains(a.String(), "platform_state=negligence\tfact\t") {
		t.Errorf("no line %q, or no fact, in\n%s", want, a.String())
	}
	gold := filepath.Join(dir, "gold.jsonl")
	coded := `{"id":"1","platforms":[{"name":"乙二网络有限公司","is_operator":true,"state":"negligence","breach":"no","third_party_state":"unknown","measures":{"M7":"performed"}}]}` + "\n"
	if err := os.WriteFile(gold, []byte(coded), 0o600); err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	if err := run([]string{"score", gold, p}, &table); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"counts", p}, &table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"platform_state\t1\t1\t1\t1.000\t1.000\n", "breach_found\t1\t1\t0\t0.000\t0.000\n", "third_party_state\t0\t0\t0\t-\t-\n",
		"1 documents, 1 with an operator\n", "platform_state\t0\t0\t0\t1\n"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("no %q in\n%s", want, table.String())
		}
	}
	before, after := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	for name, s := range map[string]string{before: a.String(), after: strings.ReplaceAll(a.String(), "state.duty_not_met", "state.other")} {
		if err := os.WriteFile(name, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	if err := run([]string{"found", before, after}, &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"state.duty_not_met platform_state=negligence affirmed@3  +0 -1", "state.other platform_state=negligence affirmed@3  +1 -0"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
