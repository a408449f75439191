package finding

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"caipan/features/header"
	"caipan/features/party"
	"caipan/features/section"
	"caipan/model/evidence"
	"caipan/model/judgment"
	"caipan/model/text"
)

// sharedDir is the folder of real and coded judgments beside the project; tests skip where it is absent.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir, _ := filepath.Abs(".")
	for ; dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			s := filepath.Join(dir, "..", "shared")
			if _, err := os.Stat(s); err == nil {
				return s
			}
		}
	}
	t.Skip("../shared is absent: no coded judgments to measure on")
	return ""
}

type record struct {
	ID, Title, Court, Date, Cause, Procedure, Text string
	CaseNumber                                     string `json:"case_number"`
}

func lines(t testing.TB, file string, each func([]byte)) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(sharedDir(t), file))
	if err != nil {
		t.Skip(err)
	}
	if strings.HasSuffix(file, ".zst") {
		d, _ := zstd.NewReader(nil)
		if b, err = d.DecodeAll(b, nil); err != nil {
			t.Fatal(err)
		}
	}
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	for sc.Scan() {
		if len(bytes.TrimSpace(sc.Bytes())) > 0 {
			each(sc.Bytes())
		}
	}
}

func records(t testing.TB, file string) map[string]record {
	out := map[string]record{}
	lines(t, file, func(b []byte) {
		var r record
		if err := json.Unmarshal(b, &r); err != nil {
			t.Fatal(err)
		}
		out[r.ID] = r
	})
	return out
}

type platformGold struct {
	Name       string
	IsOperator bool `json:"is_operator"`
	Measures   map[string]string
	Evidence   map[string]string
	all        map[string]any
}

type docGold struct {
	ID        string
	Platforms []json.RawMessage
}

func golds(t testing.TB, file string) (ids []string, of map[string][]platformGold) {
	of = map[string][]platformGold{}
	lines(t, file, func(b []byte) {
		var d docGold
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID)
		for _, raw := range d.Platforms {
			var p platformGold
			if err := json.Unmarshal(raw, &p); err != nil {
				t.Fatal(err)
			}
			_ = json.Unmarshal(raw, &p.all)
			of[d.ID] = append(of[d.ID], p)
		}
	})
	return ids, of
}

func squeeze(s string) string { return text.TrimSpaces(text.FoldString(s)) }

// readCase reads a record with the operators as the coders named them.
func readCase(r record, operators map[string]bool) *judgment.Case {
	c := &judgment.Case{CaseID: r.ID, Text: text.Canonical(r.Text)}
	c.Header = header.Read(c.Text, header.Meta{Title: r.Title, CaseNumber: r.CaseNumber, Court: r.Court, Date: r.Date, Cause: r.Cause, Procedure: r.Procedure})
	c.Sections = section.Split(c.Text, c.Header)
	c.Parties = party.Read(c.Text, c.Sections, c.Header)
	for i := range c.Parties {
		c.Parties[i].IsPlatformOperator = operators[squeeze(c.Parties[i].Name)]
	}
	fs, err := Read(c.Text, c.Sections, c.Parties, c.Header)
	if err != nil {
		panic(err)
	}
	for i := range fs {
		fs[i].ID = fmt.Sprintf("%sf%d", r.ID, i)
	}
	c.Findings = fs
	return c
}

type score struct{ both, gold, got, right, all int }

var variables = map[string]string{"state": "platform_state", "breach": "breach_found", "profit_mode": "profit_mode", "notice": "notice", "third_party": "third_party",
	"third_party_state": "third_party_state", "infringement_established": "infringement_established", "harm_type": "harm_type", "claim": "claim"}

var measureID = regexp.MustCompile(`^M\d+[a-d]?$`)

// measure compares with one coded file the way evaluate.py does and prints every mismatch (go test -v).
func measure(t *testing.T, textFile, goldFile string) map[string]*score {
	docs := records(t, textFile)
	ids, of := golds(t, goldFile)
	sums := map[string]*score{"measures": {}}
	for v := range variables {
		sums[v] = &score{}
	}
	for _, id := range ids {
		ops := map[string]bool{}
		for _, p := range of[id] {
			ops[squeeze(p.Name)] = p.IsOperator
		}
		c := readCase(docs[id], ops)
		facts := map[int]map[string]judgment.Fact{}
		for _, f := range evidence.Resolve(c) {
			if f.EvidencePolicy == "reasoning" {
				if facts[f.PartyNo] == nil {
					facts[f.PartyNo] = map[string]judgment.Fact{}
				}
				facts[f.PartyNo][f.Variable] = f
			}
		}
		for _, p := range of[id] {
			if !p.IsOperator {
				continue
			}
			no := -9
			for i := range c.Parties {
				if squeeze(c.Parties[i].Name) == squeeze(p.Name) {
					no = i
				}
			}
			if no < 0 {
				t.Logf("%s: the party %s was not read", id, p.Name)
			}
			compare(t, c, id, p, facts[no], sums)
		}
	}
	return sums
}

func compare(t *testing.T, c *judgment.Case, id string, p platformGold, facts map[string]judgment.Fact, sums map[string]*score) {
	names := make([]string, 0, len(variables))
	for v := range variables {
		names = append(names, v)
	}
	sort.Strings(names)
	for _, v := range names {
		want, _ := p.all[v].(string)
		f := facts[variables[v]]
		got := f.Value
		if got == "" {
			got = "unknown"
		}
		for _, x := range []*string{&want, &got} {
			if *x == "not_decided" && v == "breach" || *x == "none" && v == "notice" {
				*x = "unknown"
			}
		}
		s := sums[v]
		s.all++
		if want != "unknown" {
			s.gold++
		}
		if got != "unknown" {
			s.got++
		}
		if want == got {
			s.right++
			if want != "unknown" {
				s.both++
			}
			continue
		}
		t.Logf("MISS %s %s: want %s got %s (%s) gold: %s%s", id, v, want, got, f.Reason, p.Evidence[v], show(c, f))
	}
	s := sums["measures"]
	s.gold += len(p.Measures)
	for k, v := range p.Measures {
		if facts[k].Value == v {
			s.both++
		} else {
			t.Logf("MEAS %s %s: want %s got %q gold: %s%s", id, k, v, facts[k].Value, p.Evidence[k], show(c, facts[k]))
		}
	}
	for k, f := range facts {
		if !measureID.MatchString(k) || f.Value == "unknown" || f.Value == "" {
			continue
		}
		s.got++
		if _, ok := p.Measures[k]; !ok {
			t.Logf("MEAS %s %s: EXTRA %s%s", id, k, f.Value, show(c, f))
		}
	}
}

func show(c *judgment.Case, f judgment.Fact) string {
	var b strings.Builder
	for i, id := range f.FindingIDs {
		for _, x := range c.Findings {
			if x.ID == id && i < 4 {
				fmt.Fprintf(&b, "\n      [%s=%s L%d %s %s] %s", x.Variable, x.Value, x.Level, x.CueID, x.Adoption, x.Quote)
			}
		}
	}
	return b.String()
}

func TestAgreementWithTheCodedPlatforms(t *testing.T) {
	for _, f := range []struct {
		name, text, gold string
		floor            map[string]float64
	}{
		{"real", "judgments/civil.jsonl.zst", "gold/platform_dev.jsonl", map[string]float64{"state": 0.90, "breach": 0.85, "measures": 0.88, "third_party_state": 0.78, "infringement_established": 0.84, "harm_type": 0.95, "third_party": 0.95, "claim": 0.85}},
		{"constructed", "gold/full_dev.jsonl", "gold/full_dev_platform.jsonl", map[string]float64{"state": 0.92, "breach": 0.92, "measures": 0.78, "third_party_state": 0.84, "infringement_established": 0.88, "harm_type": 0.92, "third_party": 0.9, "claim": 0.85, "notice": 0.88, "profit_mode": 0.88}},
	} {
		t.Run(f.name, func(t *testing.T) {
			sums := measure(t, f.text, f.gold)
			var names []string
			for v := range sums {
				names = append(names, v)
			}
			sort.Strings(names)
			for _, v := range names {
				s := sums[v]
				p, r := ratio(s.both, s.got), ratio(s.both, s.gold)
				acc := ratio(s.right, s.all)
				if v == "measures" {
					acc = ratio(2*s.both, s.got+s.gold)
				}
				t.Logf("SUM %-26s accuracy(F1) %.3f precision %.3f (%d) recall %.3f (%d)", v, acc, p, s.got, r, s.gold)
				if floor := f.floor[v]; acc < floor {
					t.Errorf("%s: %.3f is below %.2f", v, acc, floor)
				}
			}
		})
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
