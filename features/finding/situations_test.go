package finding

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"testing"

	"caipan/model/evidence"
	"caipan/model/judgment"
	"caipan/model/text"
)

var namedPerson = regexp.MustCompile(`(?:被告|商家|房东|司机|驾驶员|卖家|被告房东|被告卖家|用户|店铺经营者为被告)([\p{Han}]某{1,2}|[\p{Han}]{2}商行|[\p{Han}]{2}公司)`)

// TestConstructedSituations reads the short constructed situations (fragments without a heading) with their parties
// given, and counts state, breach and measures as expected there.
func TestConstructedSituations(t *testing.T) {
	right, all := 0, 0
	check := func(id, what, want, got string) {
		all++
		if ok := want == got || strings.Contains(want, "_or_unknown") && (got == "unknown" || strings.HasPrefix(want, got)); ok {
			right++
			return
		}
		t.Logf("SITU %s %s: want %s got %s", id, what, want, got)
	}
	lines(t, "gold/constructed_dev.jsonl", func(b []byte) {
		var d struct {
			ID, Text, Platform string
			Expect             map[string]any
		}
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatal(err)
		}
		if d.Platform == "" {
			return
		}
		c := situation(t, d.ID, d.Text, d.Platform)
		facts := map[string]string{}
		for _, f := range evidence.Resolve(c) {
			if f.EvidencePolicy == "reasoning" {
				facts[f.Variable] = f.Value
			}
		}
		if s, ok := d.Expect["platform_state"].(string); ok {
			check(d.ID, "state", s, facts["platform_state"])
		}
		if s, ok := d.Expect["third_party_state"].(string); ok {
			check(d.ID, "third_party_state", s, facts["third_party_state"])
		}
		if y, ok := d.Expect["breach"].(bool); ok {
			check(d.ID, "breach", map[bool]string{true: "yes", false: "no"}[y], facts["breach_found"])
		}
		ms, _ := d.Expect["measures"].(map[string]any)
		var ids []string
		for m := range ms {
			ids = append(ids, m)
		}
		sort.Strings(ids)
		for _, m := range ids {
			check(d.ID, m, fmt.Sprint(ms[m]), facts[measureOf(m)])
		}
		if n, ok := d.Expect["notice"].(string); ok {
			check(d.ID, "notice", n, facts["notice"])
		}
	})
	t.Logf("SUM situations %d of %d", right, all)
	if right*10 < all*7 {
		t.Errorf("only %d of %d as expected", right, all)
	}
}

func situation(t *testing.T, id, body, platform string) *judgment.Case {
	t.Helper()
	c := &judgment.Case{CaseID: id, Text: text.Canonical(body)}
	c.Sections = parts(c.Text)
	short := platform
	if i := strings.Index(body, platform+"（以下简称"); i >= 0 {
		short = strings.SplitN(body[i+len(platform+"（以下简称"):], "）", 2)[0]
	}
	c.Parties = []judgment.Party{{No: 0, Name: "原告", Role: "plaintiff", Kind: "person"},
		{No: 1, Name: platform, ShortNames: []string{short}, Role: "defendant", Kind: "organization", IsPlatformOperator: true}}
	seen := map[string]bool{platform: true, short: true}
	for _, m := range namedPerson.FindAllStringSubmatch(body, -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			c.Parties = append(c.Parties, judgment.Party{No: len(c.Parties), Name: m[1], Role: "defendant", Kind: "person"})
		}
	}
	fs, err := Read(c.Text, c.Sections, c.Parties, judgment.Header{Instance: "first"})
	if err != nil {
		t.Fatal(err)
	}
	c.Findings = fs
	return c
}

func measureOf(id string) string { return strings.TrimRight(strings.Replace(id, "M4b", "M4", 1), "_") }

// parts cuts a fragment at its markers.
func parts(body string) []judgment.Section {
	var out []judgment.Section
	cut := regexp.MustCompile(`原告[^\n。]{0,4}诉称|被告[^\n。]{0,30}辩称|经审理查明|本院(?:二审|经审查)?认为|一审法院认为|判决如下|一审判决|判决：`)
	kinds := map[string]string{"诉称": judgment.SecClaims, "辩称": judgment.SecAnswer, "查明": judgment.SecFacts, "认为": judgment.SecReasoning,
		"如下": judgment.SecDisposition, "判决": judgment.SecDisposition, "决：": judgment.SecDisposition}
	at, kind, quoted := 0, judgment.SecOther, false
	add := func(end int) {
		if end > at {
			out = append(out, judgment.Section{No: len(out), Kind: kind, Quoted: quoted, Span: judgment.Span{Start: at, End: end}})
		}
	}
	for _, m := range cut.FindAllStringIndex(body, -1) {
		add(m[0])
		word := body[m[0]:m[1]]
		at, kind, quoted = m[0], kinds[word[len(word)-6:]], strings.HasPrefix(word, "一审")
	}
	add(len(body))
	return out
}
