package site

import (
	"strings"
	"testing"

	"caipan/model/judgment"
)

func TestFindingsStandInContext(t *testing.T) {
	text := strings.Repeat("前", 50) + "\n知道" + strings.Repeat("后", 50) + "末"
	at := strings.Index(text, "知道")
	c := newContexts()
	one := &judgment.Case{Text: text, Findings: []judgment.Finding{{ID: "f1", Variable: "platform_state", Value: "knew", Holder: "plaintiff", Adoption: "rejected", Span: judgment.Span{Start: at, End: at + 6}}}}
	for i := range maxContexts + 5 {
		c.add(one, i)
	}
	c.add(&judgment.Case{Findings: one.Findings}, 1) // its text was left out
	c.add(&judgment.Case{Text: "知道", Findings: []judgment.Finding{{ID: "f2", Variable: "notice", Value: "yes", Span: judgment.Span{Start: 0, End: 6}}}}, 7)
	list := c.list()
	if len(list) != 2 || list[0].Variable != "notice" || list[1].Findings != maxContexts+6 || list[1].Shown != maxContexts {
		t.Fatalf("%+v", list)
	}
	if x := list[0].lines[0]; x.Before != "" || x.After != "" || x.Quote != "知道" || x.Case != 7 {
		t.Errorf("%+v", x)
	}
	if x := list[1].lines[0]; x.Before != strings.Repeat("前", contextRunes-1) || x.After != strings.Repeat("后", contextRunes) || x.Quote != "知道" {
		t.Errorf("%+v", x)
	}
}
