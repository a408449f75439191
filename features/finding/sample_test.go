package finding

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"caipan/features/header"
	"caipan/features/operator"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"
)

// TestSample prints findings with their sentences over the real judgments that nobody coded, for reading with one's
// own eyes: SAMPLE=platform_state,M7 go test -run TestSample -v; ALL=1 adds coded and constructed ones, LEVEL=0 allegations.
func TestSample(t *testing.T) {
	want := os.Getenv("SAMPLE")
	if want == "" {
		t.Skip("set SAMPLE=variable,… to print findings of uncoded judgments")
	}
	_, coded := golds(t, "gold/platform_dev.jsonl")
	ops, err := operator.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	all := records(t, "judgments/civil.jsonl.zst")
	for id := range all {
		if coded[id] == nil || os.Getenv("ALL") != "" {
			ids = append(ids, id)
		}
	}
	if os.Getenv("ALL") != "" {
		for _, dir := range []string{"../../data/sample/judgments", "../testdata/held"} {
			files, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
			for _, f := range files {
				b, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				id := filepath.Base(f)
				all[id], ids = record{ID: id, Text: string(b)}, append(ids, id)
			}
		}
	}
	sort.Strings(ids)
	for _, id := range ids {
		r := all[id]
		body := text.Canonical(r.Text)
		h := header.Read(body, header.Meta{Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Cause: r.Cause})
		secs := section.Split(body, h)
		ps := party.Read(body, secs, h)
		ops.Mark(body, secs, ps, h)
		if os.Getenv("WIDE") != "" && strings.Count(body, "平台") > 3 { // any defendant that might be one, to see more sentences
			for i := range ps {
				ps[i].IsPlatformOperator = ps[i].Role == "defendant" && ps[i].Kind == "organization"
			}
		}
		fs, err := Read(body, secs, ps, h)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fs {
			if (f.Level >= 2 || os.Getenv("LEVEL") == "0") && strings.Contains(","+want+",", ","+f.Variable+",") {
				fmt.Printf("%s p%d %s=%s L%d %s %s %s\n    %s\n", id, f.PartyNo, f.Variable, f.Value, f.Level, f.Status, f.Adoption, f.CueID, around(body, f.Span))
			}
		}
	}
}

func around(s string, sp judgment.Span) string {
	from := strings.LastIndexAny(s[:sp.Start], "\n") + 1
	if i := strings.LastIndex(s[from:sp.Start], "。"); i >= 0 {
		from += i + len("。")
	}
	to := len(s)
	if i := strings.Index(s[sp.End:], "。"); i >= 0 {
		to = sp.End + i
	}
	return s[from:sp.Start] + "【" + s[sp.Start:sp.End] + "】" + s[sp.End:to]
}
