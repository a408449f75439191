package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"caipan/features"
	"caipan/model/evidence"
	"caipan/model/judgment"
)

// findingLines writes what was found in one document: one line for each finding and, under "fact", one for each value
// that a platform operator has on the rung reasoning.
//
//	id  party  variable=value status@level  cue  the sentence with the cue's words marked
func findingLines(w io.Writer, r *features.Reader, d document) {
	c := r.Read(features.Document{ID: d.ID, Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure, Text: d.Text})
	for i := range c.Findings {
		f := &c.Findings[i]
		fmt.Fprintf(w, "%s\t%s\t%s=%s %s@%d\t%s\t%s\n", d.ID, partyOf(c, f.PartyNo), f.Variable, f.Value, f.Status, f.Level, f.CueID, marked(c.Text, f.Span))
	}
	for _, f := range evidence.Resolve(c) {
		if f.EvidencePolicy == "reasoning" && f.Value != "unknown" {
			fmt.Fprintf(w, "%s\t%s\t%s=%s\tfact\t%s\n", d.ID, partyOf(c, f.PartyNo), f.Variable, f.Value, f.Reason)
		}
	}
}

func partyOf(c *judgment.Case, no int) string {
	if no < 0 || no >= len(c.Parties) {
		return "(case)"
	}
	return c.Parties[no].Name
}

// marked is the sentence around a span with the span in brackets.
func marked(s string, at judgment.Span) string {
	before, after := s[:at.Start], s[at.End:]
	if i := strings.LastIndexFunc(before, endsSentence); i >= 0 {
		before = strings.TrimLeftFunc(before[i:], endsSentence)
	}
	if i := strings.IndexFunc(after, endsSentence); i >= 0 {
		after = after[:i]
	}
	return strings.Join(strings.Fields(before+"【"+s[at.Start:at.End]+"】"+after), "")
}

func endsSentence(r rune) bool { return strings.ContainsRune("。；！？\n", r) }

// findingDiff shows per variable, value and cue what one table gains and loses against the other, facts first.
func findingDiff(w io.Writer, before, after string) error {
	a, err := findingSet(before)
	if err != nil {
		return err
	}
	b, err := findingSet(after)
	if err != nil {
		return err
	}
	kinds := map[string]*[2][]string{}
	count := func(from, to map[string]string, side int) {
		for key, where := range from {
			if _, ok := to[key]; ok {
				continue
			}
			kind := kindOf(key)
			if kinds[kind] == nil {
				kinds[kind] = &[2][]string{}
			}
			kinds[kind][side] = append(kinds[kind][side], where)
		}
	}
	count(b, a, 0)
	count(a, b, 1)
	list := make([]string, 0, len(kinds))
	for k := range kinds {
		list = append(list, k)
	}
	sort.Strings(list)
	fmt.Fprintf(w, "%d lines before, %d after\n", len(a), len(b))
	for _, k := range list {
		gain, loss := kinds[k][0], kinds[k][1]
		fmt.Fprintf(w, "%s  +%d -%d\n", k, len(gain), len(loss))
		shown(w, "+", gain)
		shown(w, "-", loss)
	}
	return nil
}

func shown(w io.Writer, sign string, list []string) {
	sort.Strings(list)
	for _, s := range list[:min(examples, len(list))] {
		fmt.Fprintf(w, "    %s %s\n", sign, s)
	}
}

// kindOf is cue, variable and value of a key.
func kindOf(key string) string {
	col := strings.SplitN(key, "\t", 5)
	return col[3] + " " + col[2]
}

func findingSet(name string) (map[string]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]string{}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		col := strings.SplitN(sc.Text(), "\t", 5)
		if len(col) != 5 {
			return nil, fmt.Errorf("%s: line %q has %d columns, want 5: write it with gainloss findings", name, oneLine(sc.Text()), len(col))
		}
		key := sc.Text()
		if col[3] == "fact" { // why a value won may change; the value is what counts
			key = strings.Join(col[:4], "\t") + "\t"
		}
		out[key] = col[0] + " " + col[1] + ": " + col[4]
	}
	return out, sc.Err()
}
