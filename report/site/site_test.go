package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"caipan/model/judgment"
)

// bodyFiller makes a text as long as a real judgment where a test measures.
var bodyFiller = ""

// noise stands in every field of a constructed case.
var noise = hostile

const hostile = "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\"><style>*{display:none}</style>\u2028\u2029\u202e\u2066\u200b\x00&lt;b&gt;javascript:window.hacked=1 {{.}} ../../etc/passwd data:text/html,<base href=//evil.example>"

// constructed is a case whose every text tries to become markup.
func constructed(i int) Case {
	text := fmt.Sprintf("某院\n民事判决书\n（2022）某%d号\n原告诉称，甲公司𠮷明知。%s\n本院认为，甲公司未尽审查义务，存在过错。\n判决如下：\n一、甲公司承担补充责任。", i, noise) + bodyFiller
	at := func(s string) judgment.Span {
		k := strings.Index(text, s)
		return judgment.Span{Start: k, End: k + len(s)}
	}
	id := fmt.Sprintf("c%016x", i)
	c := &judgment.Case{CaseID: id, CaseKey: "k", Text: text, Source: judgment.Source{Path: "../../" + noise},
		Header:   judgment.Header{Court: "某院" + noise, CaseNumber: fmt.Sprintf("（2022）某%d号", i), JudgmentDate: fmt.Sprintf("20%02d-01-01", 15+i%8), Cause: noise},
		Sections: []judgment.Section{{Kind: "claims", Holder: "plaintiff", Speaker: noise, Span: at("原告诉称，甲公司𠮷明知。")}, {Kind: "reasoning", Holder: "court", Span: at("本院认为，甲公司未尽审查义务，存在过错。")}},
		Parties:  []judgment.Party{{No: 0, Name: "赵某", Role: "plaintiff"}, {No: 1, Name: "甲公司" + noise, Role: "defendant", IsPlatformOperator: true, ServiceType: []string{"ride", "shopping"}[i%2]}},
		Findings: []judgment.Finding{{ID: id + "f1", PartyNo: 1, Variable: "platform_state", Value: "knew", Holder: "plaintiff", Adoption: "rejected", Span: at("明知"), Quote: "明知", CueID: "knew.1"},
			{ID: id + "f2", PartyNo: 1, Variable: "platform_state", Value: "negligence", Holder: "this_court", Level: 3, Span: at("未尽审查义务，存在过错"), Quote: "未尽审查义务，存在过错", CueID: noise},
			{ID: id + "f3", PartyNo: 1, Variable: "breach_found", Value: "yes", Holder: "this_court", Level: 3, Span: at("未尽审查义务"), Quote: "未尽审查义务"}},
		Rulings: []judgment.Ruling{{PartyNo: 1, PartyName: "甲公司" + noise, Label: "supplementary", Items: []int{1}, Span: at("甲公司承担补充责任"), Quote: "甲公司承担补充责任", Why: noise}}}
	out := Case{Case: c, Citation: c.Header.Court + c.Header.CaseNumber, Facts: corrected(c, at("存在过错"))}
	for _, p := range []string{"facts", "reasoning"} {
		out.Decisions = append(out.Decisions, judgment.Decision{CaseID: id, PartyNo: 1, PartyName: "甲公司" + noise, Doctrine: "he2024", Variant: "paper_default", EvidencePolicy: p, Outcome: "decided", Liability: []string{"supplementary", "none"}[i%2], RuleID: "R7",
			Decisive: []string{"platform_state"}, Steps: []judgment.Step{{No: 0, Parent: -1, Kind: "rule", RuleID: "R7", Condition: noise, Truth: "true", FindingIDs: []string{id + "f2"}}, {No: 1, Parent: 0, Kind: "fact", Condition: noise, Truth: "true", FindingIDs: []string{id + "h0"}, Status: "hand"}}})
		m := judgment.Comparison{CaseID: id, PartyNo: 1, Doctrine: "he2024", Variant: "paper_default", EvidencePolicy: p, Stage: "type", Predicted: []string{"supplementary", "none"}[i%2], Actual: "supplementary", Compared: i%2 == 0, Agree: i%2 == 0}
		if i%2 == 1 {
			m.Disagreement = "unexplained"
		}
		out.Comparisons = append(out.Comparisons, m)
	}
	return out
}

func overview() Overview {
	words := Words{Headline: []string{"Of 3 parties " + hostile}, Tables: []Table{{Name: "confusion", Caption: hostile, Head: []string{"a", hostile}, Left: 1, Rows: [][]string{{"x", hostile}}, Notes: []string{hostile}}}, Methods: []string{"Methods " + hostile}}
	zh := words
	zh.Headline = []string{"三个当事人"}
	return Overview{Lang: "en", RunID: "r", EN: words, ZH: zh, Figures: []Figure{}, Candidates: []Candidate{{Name: "丁公司" + hostile, Count: 1, Cases: []string{"c0000000000000001"}, CaseID: "c0000000000000001", Finding: "c0000000000000001f1", Quote: hostile}}, Fields: []Field{{Name: "ruling.label", Type: "enum", EN: hostile, ZH: "责任形态", Values: []FieldValue{{"none", "none", "不承担责任"}, {"joint", "joint", "连带责任"}}},
		{Name: "platform_state", Type: "enum", EN: "state", ZH: "主观状态", Values: []FieldValue{{"knew", "knew", "明知"}}}}, Labels: map[string]Text{"hand": {"by hand", "人工更正"}, "supplementary": {"supplementary", "补充"}, "none": {"none", "无责任"}, "reasoning": {"reasoning", "法院说理"}, "value:platform_state=negligence": {"negligence", "过失"}},
		Doctrines: []Doctrine{{ID: "he2024", Variant: "paper_default", Classes: []string{"none", "supplementary", "share", "joint"}, Rules: []Rule{{ID: "R7", Source: hostile}}}},
		Record:    []Line{{hostile, hostile}}, Ledger: []LedgerLine{{Source: hostile, Read: 3, Written: 3}}, Rejects: []Reject{{hostile, 1, "no_text", hostile, hostile}}}
}

func folder(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	build(t, dir, n)
	return dir
}

// limits of the test sites: more cases than any test that asks for texts has.
var limits = Limits{Cases: 20_000, Steps: 80_000, Rung: "reasoning"}

func build(t testing.TB, dir string, n int) {
	t.Helper()
	b := New(func(path string, do func(io.Writer) error) error {
		p := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		f, err := os.Create(p)
		if err != nil {
			return err
		}
		defer f.Close()
		return do(f)
	}, limits)
	for i := range n {
		if err := b.Add(constructed(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Finish(overview()); err != nil {
		t.Fatal(err)
	}
}

func TestTextNeverBecomesMarkup(t *testing.T) {
	dir := folder(t, 3)
	plain := regexp.MustCompile(`^[a-z0-9-]+\.(js|css|html)$`)
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !plain.MatchString(d.Name()) {
			t.Errorf("file name %q", d.Name())
		}
		raw, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if strings.Contains(p, "data") && (bytes.ContainsAny(raw, "<>&") || bytes.Contains(raw, []byte("\u2028"))) {
			t.Errorf("%s holds characters that could end a script", d.Name())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page, _ := os.ReadFile(filepath.Join(dir, "index.html"))
	if bytes.Contains(page, []byte("<script>")) || bytes.Contains(page, []byte("<img")) || bytes.Contains(page, []byte("<style>")) {
		t.Error("a text became markup in index.html")
	}
	if !bytes.Contains(page, []byte("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")) {
		t.Error("index.html lacks the strict policy")
	}
}

func TestScriptsNeverParseMarkup(t *testing.T) {
	for _, name := range []string{"app.js", "views.js", "case.js"} {
		raw, err := assets.ReadFile("assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "http:", "https:", "fetch("} {
			if bytes.Contains(raw, []byte(bad)) {
				t.Errorf("%s uses %s", name, bad)
			}
		}
	}
}

func TestEveryWordStandsInTwoLanguages(t *testing.T) {
	words, _ := assets.ReadFile("assets/words.js")
	for _, name := range []string{"app.js", "views.js", "case.js"} {
		raw, _ := assets.ReadFile("assets/" + name)
		for _, m := range regexp.MustCompile(`\bw\("([A-Za-z]+)"`).FindAllSubmatch(raw, -1) {
			if !bytes.Contains(words, append(append([]byte{}, m[1]...), ": ["...)) {
				t.Errorf("%s asks for the word %s, which words.js lacks", name, m[1])
			}
		}
	}
}

func TestSpansCountUTF16(t *testing.T) {
	c := constructed(1)
	j := toJSON(c)
	f := j.Findings[0] // 明知 stands behind 𠮷, which is two units in UTF-16 and four bytes
	got := utf16Slice(c.Case.Text, f.At[0], f.At[1])
	if got != "明知" {
		t.Errorf("the span of 明知 gives %q", got)
	}
	if p := offsetsOf(&judgment.Case{Text: "甲乙", Findings: []judgment.Finding{{Span: judgment.Span{Start: 1, End: 3}}}}).place(judgment.Span{Start: 1, End: 3}); p != nil {
		t.Errorf("a span that begins inside a character has no place, got %v", p)
	}
}

func utf16Slice(s string, from, to int) string {
	var out []rune
	n := 0
	for _, r := range s {
		if n >= from && n < to {
			out = append(out, r)
		}
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return string(out)
}

func TestIndexRows(t *testing.T) {
	x := newIndexer()
	for i := range 3 {
		x.add(constructed(i), 0)
	}
	r := x.out.Rows
	if len(x.out.Choices) != 2 || len(r.Case) != 3 || len(r.Predicted[1]) != 3 {
		t.Fatalf("%d choices, %d rows, predicted %v", len(x.out.Choices), len(r.Case), r.Predicted)
	}
	if got := x.out.Lists["class"][r.Predicted[1][1]]; got != "none" {
		t.Errorf("second party predicted %s", got)
	}
}

func TestSameBytesTwice(t *testing.T) {
	a, b := folder(t, 3), folder(t, 3)
	for _, name := range []string{"index.html", "data/index.js", "data/cues.js", "data/overview.js", "data/cases-00000.js"} {
		x, _ := os.ReadFile(filepath.Join(a, name))
		y, _ := os.ReadFile(filepath.Join(b, name))
		if len(x) == 0 || !bytes.Equal(x, y) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestDataFilesAreJSON(t *testing.T) {
	dir := folder(t, 70)
	if _, err := os.Stat(filepath.Join(dir, "data", "cases-00001.js")); err != nil {
		t.Errorf("70 cases need a second data file: %v", err)
	}
	raw, _ := os.ReadFile(filepath.Join(dir, "data", "cases-00000.js"))
	raw = bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte(`caipan.give("cases-00000", `)), []byte(");\n"))
	var list []map[string]any
	if err := json.Unmarshal(raw, &list); err != nil || len(list) != 64 {
		t.Errorf("%d cases, %v", len(list), err)
	}
}

func TestCasesBeyondTheLimitAreShownInShort(t *testing.T) {
	var out bytes.Buffer
	b := New(func(path string, do func(io.Writer) error) error {
		if !strings.HasPrefix(path, "data/cases") {
			return do(io.Discard)
		}
		return do(&out)
	}, Limits{Cases: 2, Steps: 1, Rung: "reasoning"})
	for i := range 3 {
		if err := b.Add(constructed(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Finish(overview()); err != nil {
		t.Fatal(err)
	}
	var cases []caseJSON
	text := strings.TrimSuffix(strings.TrimPrefix(out.String(), `caipan.give("cases-00000", `), ");\n")
	if err := json.Unmarshal([]byte(text), &cases); err != nil {
		t.Fatal(err)
	}
	steps := func(c caseJSON) (n int) {
		for _, d := range c.Decisions {
			n += len(d.Steps)
		}
		return n
	}
	if x := cases[1]; x.Text == "" || len(x.Findings) == 0 || steps(x) > 0 {
		t.Errorf("second case: %d bytes of text, %d findings, %d steps; want the steps alone left out", len(x.Text), len(x.Findings), steps(x))
	}
	if x := cases[2]; x.Text != "" || len(x.Findings) > 0 || len(x.Rulings) == 0 || x.Citation == "" || len(x.Decisions) == 0 {
		t.Errorf("third case: %+v", x)
	}
	if b.index.out.Texts != 2 {
		t.Errorf("the page says that %d cases carry their text", b.index.out.Texts)
	}
}
