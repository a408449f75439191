package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"caipan/features"
	"caipan/model/evidence"
	"caipan/model/vocabulary"
)

// goldCase is one line of the hand coding of platforms; the other fields are the variables.
type goldCase struct {
	ID        string           `json:"id"`
	Platforms []map[string]any `json:"platforms"`
}

// tally counts the values of one variable: read is not unknown, coded is not unknown, right is both and alike.
type tally struct{ read, coded, right int }

// score writes precision and recall per variable of the operators that a file of hand coding holds and the program
// found, under the evidence policy reasoning. A measure counts as a pair of measure and value.
func score(w io.Writer, gold string, files []string) error {
	want, err := goldOf(gold)
	if err != nil {
		return err
	}
	voc, err := vocabulary.Load()
	if err != nil {
		return err
	}
	r, err := features.New(features.Options{})
	if err != nil {
		return err
	}
	sums := map[string]*tally{}
	for _, name := range files {
		err := dump(w, name, func(_ io.Writer, d document) {
			if want[d.ID] != nil {
				scoreCase(voc, r, d, want[d.ID], sums)
			}
		})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	names := make([]string, 0, len(sums))
	for n := range sums {
		names = append(names, n)
	}
	sort.Strings(names)
	fmt.Fprintln(w, "variable\tread\tcoded\tright\tprecision\trecall")
	for _, n := range names {
		s := sums[n]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t%s\n", n, s.read, s.coded, s.right, share(s.right, s.read), share(s.right, s.coded))
	}
	return nil
}

func share(a, b int) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(a)/float64(b))
}

func goldOf(name string) (map[string]*goldCase, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]*goldCase{}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		g := &goldCase{}
		if err := json.Unmarshal(sc.Bytes(), g); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[g.ID] = g
	}
	return out, sc.Err()
}

func scoreCase(voc *vocabulary.Vocabulary, r *features.Reader, d document, g *goldCase, sums map[string]*tally) {
	c := r.Read(features.Document{ID: d.ID, Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure, Text: d.Text})
	facts := evidence.Resolve(c)
	for _, p := range g.Platforms {
		if p["is_operator"] != true {
			continue
		}
		for _, f := range facts {
			if f.EvidencePolicy != "reasoning" || squeeze(c.Parties[f.PartyNo].Name) != squeeze(fmt.Sprint(p["name"])) {
				continue
			}
			v := voc.Variable(f.Variable)
			coded, ok := p[v.Gold]
			name := f.Variable
			if v.IsMeasure() {
				list, _ := p["measures"].(map[string]any)
				coded, ok, name = list[f.Variable], true, "measures"
			}
			if ok && (v.Gold != "" || v.IsMeasure()) {
				add(sums, name, f.Value, fmt.Sprint(coded))
			}
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func add(sums map[string]*tally, name, read, coded string) {
	if sums[name] == nil {
		sums[name] = &tally{}
	}
	known := func(v string) bool { return v != "unknown" && v != "not_decided" && v != "<nil>" && v != "" }
	s := sums[name]
	if known(read) {
		s.read++
	}
	if known(coded) {
		s.coded++
	}
	if known(read) && read == coded {
		s.right++
	}
}

// counts writes how many findings each variable has in the files, by evidence level.
func counts(w io.Writer, files []string) error {
	r, err := features.New(features.Options{})
	if err != nil {
		return err
	}
	byLevel := map[string]*[5]int{}
	documents, cases := 0, 0
	for _, name := range files {
		err := dump(w, name, func(_ io.Writer, d document) {
			c := r.Read(features.Document{ID: d.ID, Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure, Text: d.Text})
			if documents++; len(evidence.Resolve(c)) > 0 {
				cases++
			}
			for _, f := range c.Findings {
				if byLevel[f.Variable] == nil {
					byLevel[f.Variable] = &[5]int{}
				}
				byLevel[f.Variable][min(max(f.Level, 0), 4)]++
			}
		})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	names := make([]string, 0, len(byLevel))
	for n := range byLevel {
		names = append(names, n)
	}
	sort.Strings(names)
	fmt.Fprintf(w, "%d documents, %d with an operator\nvariable\tlevel 0\tlevel 1\tlevel 2\tlevel 3\n", documents, cases)
	for _, n := range names {
		b := byLevel[n]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\n", n, b[0], b[1], b[2], b[3])
	}
	return nil
}
