package standoff

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"caipan/model/judgment"
	"caipan/model/vocabulary"
	"caipan/pipeline/coding"

	"github.com/google/go-cmp/cmp"
)

// constructed has a character beyond the basic plane before everything that is labelled.
func constructed() *judgment.Case {
	c := &judgment.Case{CaseID: "c1", CaseKey: "甲法院|(2020)某1号|judgment", Header: judgment.Header{CaseNumber: "(2020)某1号"},
		Text:    "被告：𠮷商行。\n被告：甲平台公司。\n原告称甲公司明知。\n本院认为，甲公司应知而未下架，\n应担责。",
		Parties: []judgment.Party{{No: 0, Name: "𠮷商行"}, {No: 1, Name: "甲平台公司", IsPlatformOperator: true}}}
	c.Sections = []judgment.Section{{No: 0, Kind: "claims", Span: spanOf(c, "原告称甲公司明知。")}, {No: 1, Kind: "reasoning", Span: spanOf(c, "本院认为，甲公司应知而未下架，\n应担责。")}}
	c.Findings = []judgment.Finding{{ID: "c1f0", PartyNo: 1, Variable: "platform_state", Value: "knew", Span: spanOf(c, "明知")}, {ID: "c1f1", PartyNo: 1, Variable: "M4", Value: "not_performed", Level: 3, Span: spanOf(c, "未下架")}}
	return c
}

func spanOf(c *judgment.Case, words string) judgment.Span {
	i := strings.Index(c.Text, words)
	return judgment.Span{Start: i, End: i + len(words)}
}

func write(t *testing.T, format string, d Document) string {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, format, "caipan r1")
	if err := w.Add(d); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// annotated turns the predictions of an export into what the tool gives back.
func annotated(format, s string) string {
	if format == LabelStudio {
		return strings.Replace(s, `"predictions":[{"model_version":"caipan r1",`, `"annotations":[{"completed_by":{"email":"li@x.cn"},"updated_at":"2026-01-05T10:00:00Z",`, 1)
	}
	return s
}

func texts(c *judgment.Case) func(*Document) string {
	return func(d *Document) string {
		if d.CaseID == c.CaseID {
			return c.Text
		}
		return ""
	}
}

func TestSpansComeBackAsTheyWent(t *testing.T) {
	c := constructed()
	for _, format := range []string{LabelStudio, Doccano} {
		d := Of(c, true, true)
		docs, err := Read("a.json", []byte("\uFEFF"+annotated(format, write(t, format, d))))
		if err != nil || len(docs) != 1 {
			t.Fatalf("%s: %v %v", format, docs, err)
		}
		want, got := d, docs[0]
		for _, x := range []*Document{&want, &got} {
			x.Place, x.Coder, x.Date = "", "", ""
			for i := range x.Spans {
				x.Spans[i].ID = ""
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
		places, err := Place(docs, texts(c))
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		for i, p := range places[0] {
			if p.Of(c.Text) != d.Spans[i].Text {
				t.Errorf("%s: span %d says %q", format, i, p.Of(c.Text))
			}
		}
	}
}

// shifted moves every offset of a file.
func shifted(s string, by int) string {
	move := regexp.MustCompile(`"(start|end)":(\d+)|\[(\d+),(\d+),`)
	return move.ReplaceAllStringFunc(s, func(m string) string {
		return regexp.MustCompile(`\d+`).ReplaceAllStringFunc(m, func(n string) string {
			k := 0
			fmt.Sscan(n, &k)
			return fmt.Sprint(k + by)
		})
	})
}

func TestAShiftedFileIsRefused(t *testing.T) {
	c := constructed()
	for _, format := range []string{LabelStudio, Doccano} {
		file := annotated(format, write(t, format, Of(c, true, false)))
		for name, x := range map[string]struct {
			file  string
			case_ *judgment.Case
		}{
			"by two":           {shifted(file, 2), c},
			"back by one":      {shifted(file, -1), c},
			"beyond the text":  {shifted(file, 4000), c},
			"made from CRLF":   {file, &judgment.Case{CaseID: "c1", Text: strings.ReplaceAll(c.Text, "\n", "\r\n")}},
			"another download": {file, &judgment.Case{CaseID: "c1", Text: "网页标题\n" + c.Text}},
		} {
			docs, err := Read("a.json", []byte(x.file))
			if err != nil {
				t.Fatal(err)
			}
			_, err = Place(docs, texts(x.case_))
			var bad *Misplaced
			if !errors.As(err, &bad) || !strings.Contains(err.Error(), "platform_state=knew") || !strings.Contains(err.Error(), "a.json") {
				t.Errorf("%s, %s: %v", format, name, err)
			}
		}
	}
	if _, err := Place([]Document{{CaseID: "c9", Place: "a.json, task 1"}}, texts(c)); err == nil || !strings.Contains(err.Error(), "c9") {
		t.Errorf("a case that is not there: %v", err)
	}
}

// TestBothUnitsAreUnderstood: versions of the tools count UTF-16 units or code points; one file counts in one.
func TestBothUnitsAreUnderstood(t *testing.T) {
	c := constructed()
	utf16 := shifted(annotated(LabelStudio, write(t, LabelStudio, Of(c, true, false))), 1) // one pair before all labels
	docs, err := Read("a.json", []byte(utf16))
	if err != nil {
		t.Fatal(err)
	}
	if places, err := Place(docs, texts(c)); err != nil || places[0][0].Of(c.Text) != "明知" {
		t.Errorf("a file in UTF-16 units: %v %v", places, err)
	}
	docs[0].Spans = []Span{{Start: 3, End: 7, Text: "𠮷商行", Label: "M4=performed"}}
	if places, err := Place(docs, texts(c)); err != nil || places[0][0].Of(c.Text) != "𠮷商行" {
		t.Errorf("UTF-16: %v %v", places, err)
	}
	docs[0].Spans[0].End = 6
	if places, err := Place(docs, texts(c)); err != nil || places[0][0].Of(c.Text) != "𠮷商行" {
		t.Errorf("code points: %v %v", places, err)
	}
	docs[0].Spans[0].End, docs[0].Spans[0].Start = 5, 4
	docs[0].Spans[0].Text = "\ufffd"
	if _, err := Place(docs, texts(c)); err == nil {
		t.Error("half a character is accepted")
	}
}

func TestChangesBecomeRows(t *testing.T) {
	v, err := vocabulary.Load()
	if err != nil {
		t.Fatal(err)
	}
	book := coding.NewFieldbook(v)
	c := constructed()
	span := func(words, label string) Span {
		i := len([]rune(c.Text[:strings.Index(c.Text, words)]))
		return Span{Start: i, End: i + len([]rune(words)), Text: words, Label: label}
	}
	for name, x := range map[string]struct {
		spans []Span
		coder string
		want  string // rows, kept and removed; or words of the error
	}{
		"nothing":          {[]Span{span("明知", "platform_state=knew"), span("未下架", "M4=not_performed")}, "王", "0 rows, kept 2, removed 0"},
		"a new one":        {[]Span{span("明知", "platform_state=knew"), span("未下架", "M4=not_performed"), span("应知", "platform_state=should_know")}, "王", "fact.platform_state=should_know 甲平台公司 level 3 王 “应知”; kept 2, removed 0"},
		"another value":    {[]Span{span("明知", "platform_state=intent"), span("未下架", "M4=not_performed")}, "王", "fact.platform_state=intent 甲平台公司 level 0 王 “明知”; kept 1, removed 1"},
		"section":          {[]Span{span("本院认为", "section:reasoning")}, "王", "0 rows, kept 0, removed 2"},
		"named party":      {[]Span{span("应知", "platform_state=should_know@甲平台公司")}, "王", "甲平台公司 level 3"},
		"label in Chinese": {[]Span{span("应知", "platform_state=应知")}, "王", "fact.platform_state=should_know"},
		"finer measure":    {[]Span{span("下架", "M4b=performed")}, "王", "fact.M4=performed"},
		"operator":         {[]Span{span("甲平台公司", "platform_operator=yes")}, "王", "party.is_platform_operator=yes"},
		"no value":         {[]Span{span("应知", "过失")}, "王", "is not variable=value"},
		"own value":        {[]Span{span("应知", "platform_state=perhaps")}, "王", "perhaps"},
		"nobody":           {[]Span{span("应知", "platform_state=should_know")}, "", "--coder"},
	} {
		d := &Document{CaseID: "c1", Unit: CodePoints, Spans: x.spans, Place: "a.json, task 1"}
		places, err := Place([]Document{*d}, texts(c))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var ch Changes
		got := ""
		if err := ch.Add(book, c, d, places[0], x.coder); err != nil {
			got = err.Error()
		} else {
			for _, r := range ch.Rows {
				got += fmt.Sprintf("%s=%s %s level %s %s “%s”; ", r[3], r[4], r[2], r[6], r[7], r[10])
			}
			if len(ch.Rows) == 0 {
				got = "0 rows, "
			}
			got += fmt.Sprintf("kept %d, removed %d", ch.Kept, ch.Removed)
		}
		if !strings.Contains(got, x.want) {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

func TestTheSheetIsSafe(t *testing.T) {
	ch := Changes{Rows: [][]string{{"k", "c1", "=甲", "M4", "performed", "", "3", "王", "", "", "=1+1", ""}, {"k", "c1", "=甲", "M4", "performed", "", "3", "王", "", "", "=1+1", ""}}}
	var b bytes.Buffer
	if err := ch.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][2] != "'=甲" || rows[1][10] != "'=1+1" {
		t.Errorf("%q %v", rows, err)
	}
}

func TestBrokenExports(t *testing.T) {
	for name, x := range map[string][2]string{
		"empty":       {"", "is empty"},
		"no list":     {`[{"id":1,"data":`, "Label Studio"},
		"no case":     {`[{"id":7,"data":{"text":"x"}}]`, "task 7"},
		"no doccano":  {`{"text":`, "line 1"},
		"no case id":  {`{"text":"x","label":[]}`, "case_id"},
		"odd label":   {`{"text":"x","case_id":"c1","label":[["a",1,"M4=performed"]]}`, "not [start, end, name]"},
		"second line": {`{"text":"x","case_id":"c1","label":[]}` + "\n{", "line 2"},
	} {
		if _, err := Read("dir/a.json", []byte(x[0])); err == nil || !strings.Contains(err.Error(), x[1]) || strings.Contains(err.Error(), "dir/") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
