package features_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"caipan/features"
	"caipan/model/evidence"
	"caipan/model/judgment"
)

// passageFloors are the least shares of right readings of testdata/passages, just below what is reached.
var passageFloors = map[string]float64{"passages": 0.81, "sentences": 0.94, "passages platform_state": 0.85, "passages breach_found": 0.78, "passages measures": 0.85, "operators operator": 0.87, "operators no operator": 0.99, "operators service": 0.85,
	"plain words": 0.70, "plain words platform_state": 0.78, "plain words breach_found": 0.75, "plain words measures": 0.65, "plain words third_party_state": 0.70}

// codeNames are the short names of the codes and the variables they stand for; others stand for themselves.
var codeNames = map[string]string{"service": "service_type", "state": "platform_state", "breach": "breach_found", "infringement": "infringement_established",
	"profit": "profit_mode", "harm": "harm_type", "source": "harm_source", "obvious": "info_obviousness", "foresee": "foreseeability", "avoid": "avoidability",
	"cost": "supervision_cost", "victim": "victim_fault", "minor": "minor_victim", "statutory": "statutory_joint", "goods": "goods_life_health",
	"promise": "platform_promise", "promised": "measure_promised", "multiple": "punitive_multiple", "direct": "direct_cause"}

// passage is a short judgment of testdata/passages: its parts and the codes of one party.
type passage struct {
	name   string
	field  map[string]string
	roles  [][3]string // role, name, short name
	text   string
	party  string
	values []string
}

// TestPassages reads judgments in the styles of other courts and years; codes were set before the first reading.
func TestPassages(t *testing.T) {
	r := reader(t)
	scores := map[string]map[string]*tally{"passages": {}, "plain words": {}}
	for _, file := range []string{"a.txt", "b.txt", "c.txt", "p.txt", "q.txt"} {
		score := scores["passages"]
		if file >= "p" { // courts' own words for knowledge and conduct, beside the statute's
			score = scores["plain words"]
		}
		for _, p := range passages(t, filepath.Join("testdata", "passages", file)) {
			c := r.Read(features.Document{ID: p.name, Text: p.document()})
			p.keep(t)
			p.compare(t, c, score)
		}
	}
	report(t, "passages", scores["passages"])
	report(t, "plain words", scores["plain words"])
}

// keep writes the judgment to the folder PASSAGES_OUT, for work on the tables with TestTrace of features/finding.
func (p *passage) keep(t *testing.T) {
	t.Helper()
	dir := os.Getenv("PASSAGES_OUT")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, p.name[:3]+".txt"), []byte(p.document()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOperators reads judgments coded for nothing but who runs a platform and what it serves.
func TestOperators(t *testing.T) {
	r := reader(t)
	score := map[string]*tally{}
	for _, p := range passages(t, filepath.Join("testdata", "passages", "d.txt")) {
		c := r.Read(features.Document{ID: p.name, Text: p.document()})
		p.keep(t)
		i := slices.IndexFunc(c.Parties, func(x judgment.Party) bool { return x.Name == p.party })
		if i < 0 {
			t.Errorf("%s: no party %s", p.name, p.party)
			continue
		}
		got := map[string]string{"operator": "no", "service": c.Parties[i].ServiceType}
		if c.Parties[i].IsPlatformOperator {
			got["operator"] = "yes"
		}
		for _, v := range p.values {
			name, want, _ := strings.Cut(v, "=")
			if name == "operator" && want == "no" {
				name = "no operator"
				got[name] = got["operator"]
			}
			count(t, score, name, want, got[name], p.name+" "+p.party)
		}
	}
	report(t, "operators", score)
}

// TestSentences exchanges one sentence in the judgment of wording_test.go.
func TestSentences(t *testing.T) {
	r := reader(t)
	score := map[string]*tally{}
	for _, row := range tableRows(t, filepath.Join("testdata", "passages", "sentences.md")) {
		facts, reasoning := wordingFacts+row[1], ""
		if row[0] == "R" {
			facts, reasoning = wordingFacts, row[1]
		}
		c := r.Read(features.Document{Text: wordingText(facts, reasoning, wordingOrder)})
		got, why := factsOf(c, wordingPlatform)
		for _, v := range strings.Split(row[2], "、") {
			name, want, _ := strings.Cut(v, "=")
			count(t, score, name, want, got[name], row[1]+" "+why[name])
		}
	}
	report(t, "sentences", score)
}

func tableRows(t *testing.T, path string) (rows [][]string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		if !strings.HasPrefix(line, "| R |") && !strings.HasPrefix(line, "| F |") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// count compares a code with what was read; a code may name several right readings (a|b), "-" stands for none.
func count(t *testing.T, score map[string]*tally, name, want, got, why string) {
	s := score[name]
	if s == nil {
		s = &tally{}
		score[name] = s
	}
	if got == "" || got == "unknown" {
		got = "-"
	}
	if s.all++; slices.Contains(strings.Split(strings.ReplaceAll(want, "unknown", "-"), "|"), got) {
		s.right++
		return
	}
	t.Logf("MISS %s coded %s, read %s: %s", name, want, got, why)
}

func report(t *testing.T, what string, score map[string]*tally) {
	t.Helper()
	var names []string
	right, all := 0, 0
	for n, s := range score {
		names = append(names, n)
		right, all = right+s.right, all+s.all
	}
	sort.Strings(names)
	for _, n := range names {
		t.Logf("%s %s: %d of %d", what, n, score[n].right, score[n].all)
		if f := passageFloors[what+" "+n]; float64(score[n].right) < f*float64(score[n].all) {
			t.Errorf("%s %s: %d of %d agree with the codes, less than %.2f", what, n, score[n].right, score[n].all, f)
		}
	}
	t.Logf("%s: %d of %d", what, right, all)
	if f := passageFloors[what]; float64(right) < f*float64(all) {
		t.Errorf("%s: %d of %d agree with the codes, less than %.2f", what, right, all, f)
	}
}

// factsOf gives the facts of a party under the evidence policy reasoning, and the words each rests on.
func factsOf(c *judgment.Case, name string) (got, why map[string]string) {
	got, why = map[string]string{}, map[string]string{}
	for _, f := range evidence.Resolve(c) {
		if f.EvidencePolicy == "reasoning" && (f.PartyNo < 0 || c.Parties[f.PartyNo].Name == name) {
			got[f.Variable], why[f.Variable] = f.Value, quotes(c, f)
		}
	}
	return got, why
}

// compare counts the codes of a passage; of the measures those not coded must not be read.
func (p *passage) compare(t *testing.T, c *judgment.Case, score map[string]*tally) {
	got, why := factsOf(c, p.party)
	i := slices.IndexFunc(c.Parties, func(x judgment.Party) bool { return x.Name == p.party })
	if i < 0 {
		t.Errorf("%s: no party %s", p.name, p.party)
		return
	}
	got["operator"] = map[bool]string{true: "yes", false: "no"}[c.Parties[i].IsPlatformOperator]
	got["service_type"] = c.Parties[i].ServiceType
	spoken := map[string]bool{}
	for _, v := range p.values {
		name, want, _ := strings.Cut(v, "=")
		names := strings.Split(name, "|")
		for k, n := range names {
			if full := codeNames[n]; full != "" {
				names[k] = full
			}
			spoken[names[k]] = true
		}
		read := got[names[0]]
		for _, n := range names { // any of the measures may carry it
			if slices.Contains(strings.Split(want, "|"), got[n]) {
				read = got[n]
			}
		}
		kind := names[0]
		if isMeasure(kind) {
			kind = "measures"
		}
		count(t, score, kind, want, read, fmt.Sprint(p.name, " ", names, why[names[0]]))
	}
	for name, value := range got {
		if isMeasure(name) && value != "unknown" && !spoken[name] && got["operator"] == "yes" {
			count(t, score, "measures read in vain", "-", value, p.name+" "+name+why[name])
		}
	}
}

func isMeasure(name string) bool {
	return len(name) > 1 && name[0] == 'M' && name[1] >= '0' && name[1] <= '9'
}

// document writes the whole judgment around the passage.
func (p *passage) document() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n民事判决书\n%s\n", p.field["court"], p.field["number"])
	first := map[string]string{"plaintiff": "原告", "defendant": "被告"}
	cause := ""
	for _, r := range p.roles {
		word := first[r[0]]
		if way := p.field["appeal"]; way != "" {
			word = appealRole(way, r[0], word)
		}
		fmt.Fprintf(&b, "%s：%s，%s。\n", word, r[1], home(r[1]))
		name := word + r[1]
		if r[2] != "" {
			name += "（以下简称" + r[2] + "）"
		}
		cause += map[bool]string{true: "", false: "与"}[cause == ""] + name
	}
	fmt.Fprintf(&b, "%s%s一案，本院受理后，依法公开开庭进行了审理。本案现已审理终结。\n%s\n", cause, p.field["cause"], p.text)
	basis := p.field["basis"]
	if basis == "" {
		basis = "依照《中华人民共和国民事诉讼法》的有关规定，判决如下："
	}
	fmt.Fprintf(&b, "%s\n%s\n案件受理费100元，由负有义务的一方负担。\n审判员 顾炎\n二〇二三年五月三十日\n书记员 黄宗\n", basis, strings.ReplaceAll(p.field["order"], "；", "；\n"))
	return b.String()
}

// home is what follows a name in the heading: a seat for a company, a birthday for a name short enough to be a person's.
func home(name string) string {
	if len([]rune(name)) <= 4 {
		return "男，1985年3月2日出生，住本市"
	}
	return "住所地本市"
}

func appealRole(way, role, word string) string {
	switch {
	case way == "retrial" && role == "plaintiff":
		return "被申请人（一审原告、二审上诉人）"
	case way == "retrial":
		return "再审申请人（一审被告、二审被上诉人）"
	case way == role:
		return "上诉人（原审" + word + "）"
	}
	return "被上诉人（原审" + word + "）"
}

func passages(t *testing.T, path string) (out []*passage) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split("\n"+string(b), "\n=== ")[1:] {
		p := &passage{field: map[string]string{}}
		inText := false
		for i, line := range strings.Split(strings.TrimSpace(part), "\n") {
			key, rest, _ := strings.Cut(line, ":")
			switch rest = strings.TrimSpace(rest); {
			case i == 0:
				p.name = line
			case key == "text":
				inText = true
			case key == "plaintiff" || key == "defendant":
				name, short, _ := strings.Cut(rest, " = ")
				p.roles = append(p.roles, [3]string{key, name, short})
			case strings.HasPrefix(key, "codes "):
				if p.party != "" { // the same judgment, and the codes of another party
					q := *p
					out = append(out, &q)
				}
				p.party, p.values = strings.TrimPrefix(key, "codes "), strings.Fields(rest)
			case inText && key != "order" && key != "basis":
				p.text += line + "\n"
			default:
				p.field[key] = rest
			}
		}
		out = append(out, p)
	}
	return out
}
