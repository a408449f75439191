package dataset

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"caipan/model/judgment"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/CODEBOOK.md anew")

func TestCodebookIsWhatTheColumnsSay(t *testing.T) {
	for lang, name := range map[string]string{"en": "CODEBOOK.md", "zh": "CODEBOOK.zh-CN.md"} {
		var b bytes.Buffer
		if err := Codebook(&b, lang); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("..", "..", "docs", name)
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(have, b.Bytes()) {
			t.Errorf("docs/%s differs from the column lists (%v): run go test ./pipeline/dataset -update", name, err)
		}
	}
}

func TestEveryColumnIsDescribed(t *testing.T) {
	for _, tab := range Tables {
		for _, c := range tab.Columns {
			if c.EN == "" || c.ZH == "" {
				t.Errorf("%s.%s lacks a description", tab.Name, c.Name)
			}
			for _, v := range c.Values {
				if v.EN == "" || v.ZH == "" || strings.ToLower(v.Name) != v.Name {
					t.Errorf("%s.%s: value %+v needs a lower-case name and two labels", tab.Name, c.Name, v)
				}
			}
		}
	}
}

// fill gives every field of a noun a value of its own, so that two columns that changed places are seen.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("v%d", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(*n%2 == 0)
	case reflect.Float64:
		v.SetFloat(float64(*n) / 4)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[judgment.Span]() {
			v.Set(reflect.ValueOf(judgment.Span{Start: *n % 50, End: *n%50 + 3}))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	}
}

func wholeCase() *judgment.Case {
	c, n := &judgment.Case{}, 0
	fill(reflect.ValueOf(c).Elem(), &n)
	c.Text = strings.Repeat("本院认为，甲公司 ok。", 100)
	c.Header.JudgmentDate, c.Header.FilingDate = "2019-02-28", "2018-12-31"
	c.Corrections = nil // ingest knows none
	for i := range c.Rulings {
		c.Rulings[i].Hand = nil
	}
	return c
}

func readBack(s *Set) *judgment.Case {
	c := CaseAt(s.Table("judgments"), 0)
	for i := range s.Table("sections").N {
		c.Sections = append(c.Sections, SectionAt(s.Table("sections"), i))
	}
	for i := range s.Table("parties").N {
		c.Parties = append(c.Parties, PartyAt(s.Table("parties"), i))
	}
	for i := range s.Table("rulings").N {
		c.Rulings = append(c.Rulings, RulingAt(s.Table("rulings"), i))
	}
	for i := range s.Table("findings").N {
		c.Findings = append(c.Findings, FindingAt(s.Table("findings"), i))
	}
	for i := range s.Table("citations").N {
		c.Citations = append(c.Citations, CitationAt(s.Table("citations"), i))
	}
	for i := range s.Table("terms").N {
		c.Terms = AppendTerms(c.Terms, s.Table("terms"), i, i+1)
	}
	return c
}

func TestCaseRoundTrip(t *testing.T) {
	want := wholeCase()
	s := NewSet(Of("ingest"))
	AppendCase(s, want)
	if diff := cmp.Diff(want, readBack(s)); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyCaseRoundTrip(t *testing.T) {
	want := &judgment.Case{CaseID: "c0", Tokens: -1, Rulings: []judgment.Ruling{{PartyNo: -1}}, Citations: []judgment.Citation{{}}, Findings: []judgment.Finding{{PartyNo: -1, Level: -1}}}
	s := NewSet(Of("ingest"))
	AppendCase(s, want)
	if diff := cmp.Diff(want, readBack(s)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoDayIsNull(t *testing.T) {
	for day, want := range map[string]string{"2019-02-30": "", "2019": "", "二〇一九": "", "2020-02-29": "2020-02-29"} {
		s := NewSet(Of("ingest"))
		AppendCase(s, &judgment.Case{Header: judgment.Header{JudgmentDate: day}})
		if got := s.Table("judgments").Text("judgment_date", 0); got != want {
			t.Errorf("day %q is written as %q, want %q", day, got, want)
		}
	}
}

func TestFactDecisionRoundTrip(t *testing.T) {
	var f judgment.Fact
	var d judgment.Decision
	n := 0
	fill(reflect.ValueOf(&f).Elem(), &n)
	fill(reflect.ValueOf(&d).Elem(), &n)
	s := NewSet(Of("classify"))
	AppendFact(s.Table("facts"), f)
	AppendDecision(s.Table("predictions"), s.Table("trace"), &d)
	if diff := cmp.Diff(f, FactAt(s.Table("facts"), 0)); diff != "" {
		t.Error(diff)
	}
	got := DecisionAt(s.Table("predictions"), 0)
	for i := range s.Table("trace").N {
		got.Steps = append(got.Steps, StepAt(s.Table("trace"), i))
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Error(diff)
	}
}

func TestCorrectionRoundTrip(t *testing.T) {
	c := wholeCase()
	n := 0
	fill(reflect.ValueOf(&c.Corrections).Elem(), &n)
	for i := range c.Corrections {
		c.Corrections[i].CaseID, c.Corrections[i].Date = c.CaseID, "2026-01-02"
	}
	c.Corrections[1].Level, c.Corrections[1].Span = -1, judgment.Span{}
	b := NewBatch(Named("corrections"))
	AppendCorrections(b, c)
	for i, want := range c.Corrections {
		if diff := cmp.Diff(want, CorrectionAt(b, i)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSpansCountCharactersToo(t *testing.T) {
	s := NewSet(Of("ingest"))
	AppendCase(s, &judgment.Case{CaseID: "c1", Text: "甲乙丙丁", Sections: []judgment.Section{{Span: judgment.Span{Start: 3, End: 9}}}})
	b := s.Table("sections")
	if got := [4]int{b.Int("start", 0, -1), b.Int("end", 0, -1), b.Int("start_char", 0, -1), b.Int("end_char", 0, -1)}; got != [4]int{3, 9, 1, 3} {
		t.Errorf("span %v, want bytes 3..9 and characters 1..3", got)
	}
}

func TestCSV(t *testing.T) {
	s := NewSet(Of("ingest"))
	c := wholeCase()
	c.Parties[0].Name = "=cmd|'/c calc'!A1,\"甲\"\r\n乙"
	c.Parties[1].ShortNames = []string{"<甲>", "\"乙\""}
	AppendCase(s, c)
	var out bytes.Buffer
	w := NewCSVWriter(&out, s.Table("parties").Table)
	if err := w.Write(s.Table("parties")); err != nil {
		t.Fatal(err)
	}
	w.Close()
	body, ok := strings.CutPrefix(out.String(), "\uFEFF")
	if !ok {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	col := s.Table("parties").Table.Column
	if got := rows[1][col("name")]; got != "'=cmd|'/c calc'!A1,\"甲\"\n乙" { // encoding/csv reads \r\n as \n
		t.Errorf("name %q is a formula or torn", got)
	}
	var list []string
	if err := json.Unmarshal([]byte(rows[2][col("short_names")]), &list); err != nil || !reflect.DeepEqual(list, c.Parties[1].ShortNames) {
		t.Errorf("list %q, %v", rows[2][col("short_names")], err)
	}
}

func TestSafeCell(t *testing.T) {
	for in, want := range map[string]string{"": "", "甲": "甲", "=1+1": "'=1+1", "-5.2": "-5.2", "+8613": "+8613", "-5+A1": "'-5+A1",
		"@x": "'@x", "\tx": "'\tx", "＝1": "'＝1", "-inf": "'-inf", "a=b": "a=b", "-0x1p-2": "'-0x1p-2"} {
		if got := SafeCell(in); got != want {
			t.Errorf("SafeCell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnknownValueIsNamed(t *testing.T) {
	b := NewBatch(Named("groups"))
	b.Row().Text("c", "f", "s", "n").End()
	if u := b.Unknown(); u != nil {
		t.Errorf("groups has no enumeration, got %v", u)
	}
	f := NewBatch(Named("facts"))
	AppendFact(f, judgment.Fact{EvidencePolicy: "gossip"})
	if u := f.Unknown(); len(u) != 1 || u[0] != "facts.evidence_policy=gossip" {
		t.Errorf("Unknown = %v", u)
	}
}

func TestCitation(t *testing.T) {
	for want, h := range map[string]judgment.Header{
		"北京互联网法院（2019）京0491民初1号民事判决书": {Court: "北京互联网法院", CaseNumber: "（2019）京0491民初1号", Category: "civil", DocType: "judgment"},
		"某法院（2019）某1号":                {Court: "某法院", CaseNumber: "（2019）某1号", DocType: "other", Category: "civil"},
		"某法院裁定书":                      {Court: "某法院", DocType: "order"},
		"":                            {DocType: "judgment"},
	} {
		if got := Citation(h); got != want {
			t.Errorf("Citation(%+v) = %q, want %q", h, got, want)
		}
	}
}

func TestLabels(t *testing.T) {
	if Label("rulings", "label", "joint", "zh") != "连带责任" || Label("rulings", "label", "joint", "en") != "joint" || Label("rulings", "label", "nonsense", "zh") != "nonsense" {
		t.Error("labels of rulings.label are wrong")
	}
}
