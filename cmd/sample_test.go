package cmd_test

import (
	"encoding/csv"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The sample's coded table (data/sample/README.md) against what the three commands read out of it. The floor stands just
// below what is reached, so that a loss is seen; every mismatch is printed.
func TestSampleIsReadAsCoded(t *testing.T) {
	const floor = 0.985
	sample, err := filepath.Abs(filepath.Join("..", "data", "sample"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, args := range [][]string{
		{"ingest", "-q", "--csv", "--no-terms", "--out", "a", filepath.Join(sample, "judgments")},
		{"classify", "-q", "--csv", "--in", "a", "--out", "b"},
	} {
		c := exec.Command(filepath.Join(binaries, args[0]), args[1:]...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	got := readRun(t, filepath.Join(dir, "a", "csv"), filepath.Join(dir, "b", "csv"))
	codes := table(t, filepath.Join(sample, "README.md"))
	checked, right := 0, 0
	for _, row := range codes {
		for _, column := range columns[1:] {
			want := row[column]
			if want == "-" || column == "party" {
				continue
			}
			checked++
			if have := got[row["file"]+"|"+row["party"]][column]; same(want, have) {
				right++
			} else {
				t.Logf("%s %s: %s is read as %q, coded %q", row["file"], row["party"], column, have, want)
			}
		}
	}
	share := float64(right) / float64(checked)
	t.Logf("%d of %d codes alike (%.3f)", right, checked, share)
	if checked < 300 || share < floor {
		t.Errorf("%d codes checked, %.3f alike; want %.3f", checked, share, floor)
	}
}

var columns = []string{"file", "instance", "outcome", "party", "role", "label", "amount", "fraction", "cap", "operator", "service", "state", "breach", "predicted"}

// table reads the Markdown table of codes.
func table(t *testing.T, file string) (rows []map[string]string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), "|")
		if !strings.HasPrefix(line, "| S") || len(cells) != len(columns) {
			continue
		}
		row := map[string]string{}
		for i, c := range columns {
			row[c] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, row)
	}
	return rows
}

// readRun gathers, per file and party, what the CSV twins say under the names of the coded columns.
func readRun(t *testing.T, ingest, classify string) map[string]map[string]string {
	t.Helper()
	file, out := map[string]map[string]string{}, map[string]map[string]string{}
	key := map[string]string{} // case_id|party_no -> file|party
	for _, r := range twin(t, ingest, "judgments") {
		file[r["case_id"]] = map[string]string{"file": strings.TrimSuffix(path.Base(r["source_path"]), ".txt"), "instance": r["instance"], "outcome": r["outcome"]}
	}
	for _, r := range twin(t, ingest, "parties") {
		j := file[r["case_id"]]
		k := j["file"] + "|" + r["name"]
		key[r["case_id"]+"|"+r["party_no"]] = k
		out[k] = map[string]string{"instance": j["instance"], "outcome": j["outcome"], "role": r["role"], "service": r["service_type"],
			"operator": map[string]string{"true": "yes", "false": "no"}[r["is_platform_operator"]]}
	}
	put := func(r map[string]string, column, value string) {
		if m := out[key[r["case_id"]+"|"+r["party_no"]]]; m != nil {
			m[column] = value
		}
	}
	for _, r := range twin(t, ingest, "rulings") {
		if r["head_no"] == "0" {
			put(r, "label", r["label"])
			put(r, "amount", r["amount"])
			put(r, "fraction", r["fraction"])
			put(r, "cap", first(r["cap_amount"], r["cap_fraction"]))
		}
	}
	for _, r := range twin(t, classify, "facts") {
		name := map[string]string{"platform_state": "state", "breach_found": "breach"}[r["variable"]]
		if name != "" && r["evidence_policy"] == "reasoning" {
			put(r, name, r["value"])
		}
	}
	for _, r := range twin(t, classify, "predictions") {
		if r["evidence_policy"] == "reasoning" {
			put(r, "predicted", first(r["liability"], r["outcome"]))
		}
	}
	return out
}

func twin(t *testing.T, dir, name string) (rows []map[string]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, c := range all[0] {
			row[c] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func same(want, have string) bool {
	w, err1 := strconv.ParseFloat(want, 64)
	h, err2 := strconv.ParseFloat(have, 64)
	if err1 == nil && err2 == nil {
		return math.Abs(w-h) < 0.005*math.Max(1, math.Abs(w))
	}
	return want == have
}
