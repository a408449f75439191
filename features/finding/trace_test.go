package finding

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"caipan/features/context"
	"caipan/features/header"
	"caipan/features/lexicon"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/text"
)

// TestTrace prints every sentence of the reasoning and facts of the case TRACE names (an id of the development files),
// with what each cue became, for work on the tables.
func TestTrace(t *testing.T) {
	if file := os.Getenv("TRACE_FILE"); file != "" { // a text with the operators' names in TRACE_OP, parted by commas
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ops := map[string]bool{}
		for _, n := range strings.Split(os.Getenv("TRACE_OP"), ",") {
			ops[squeeze(n)] = true
		}
		trace(t, string(b), header.Meta{}, ops)
		return
	}
	id := os.Getenv("TRACE")
	if id == "" {
		t.Skip("set TRACE=id to print one case")
	}
	for _, f := range [][2]string{{"judgments/civil.jsonl.zst", "gold/platform_dev.jsonl"}, {"gold/full_dev.jsonl", "gold/full_dev_platform.jsonl"}} {
		r, ok := records(t, f[0])[id]
		if !ok {
			continue
		}
		_, of := golds(t, f[1])
		ops := map[string]bool{}
		for _, p := range of[id] {
			ops[squeeze(p.Name)] = p.IsOperator
		}
		trace(t, r.Text, header.Meta{Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Cause: r.Cause}, ops)
	}
}

func trace(t *testing.T, doc string, meta header.Meta, ops map[string]bool) {
	body := text.Canonical(doc)
	h := header.Read(body, meta)
	secs := section.Split(body, h)
	ps := party.Read(body, secs, h)
	for i := range ps {
		ps[i].IsPlatformOperator = ops[squeeze(ps[i].Name)]
		fmt.Printf("%d %s %v %s op=%v\n", i, ps[i].Name, ps[i].ShortNames, ps[i].Role, ps[i].IsPlatformOperator)
	}
	l, err := lexicon.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	c := New(l).open(body, secs, ps, h)
	c.dropped = func(s *sentence, m lexicon.Match, why string, who *actor) {
		fmt.Printf("   DROP %-22s %s | %s | who %+v\n", m.Cue.ID, s.text[m.Start:m.End], why, who)
	}
	if w := os.Getenv("SENT"); w != "" {
		folded := text.FoldString(body)
		context.Each(folded, func(a, b int) {
			if strings.Contains(folded[a:b], w) {
				fmt.Println("SENT", folded[a:b])
				for _, sc := range context.Read(folded[a:b], l.Match(folded[a:b])).Scopes {
					fmt.Printf("   SCOPE %s %q governs %q (%s)\n", sc.Cue.ID, folded[a:b][sc.At:sc.End], folded[a:b][sc.From:sc.To], sc.Why)
				}
			}
		})
	}
	c.read()
	for _, f := range c.out {
		fmt.Printf("   FIND p%d %s=%s L%d %s %s neg=%q end=%q | %s\n", f.PartyNo, f.Variable, f.Value, f.Level, f.Status, f.Adoption, f.NegationCue, f.ScopeEndReason, f.Quote)
	}
	for _, s := range secs {
		fmt.Printf("SEC %s %s q=%v %s: %s\n", s.Kind, s.Holder, s.Quoted, s.Speaker, strings.TrimSpace(s.Span.Of(body))[:min(30, len(strings.TrimSpace(s.Span.Of(body))))])
	}
}
