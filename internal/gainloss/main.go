// Command gainloss shows what a change of a table or rule of features/party and features/ruling, or of the cues of
// features/lexicon, gains and loses on real judgments. It is a tool for those who edit the tables and part of no command.
//
//	go run ./internal/gainloss dump JUDGMENTS.jsonl[.zst]... > before.tsv
//	(change a table)
//	go run ./internal/gainloss dump JUDGMENTS.jsonl[.zst]... > after.tsv
//	go run ./internal/gainloss diff before.tsv after.tsv
//
// For cues the words are findings in place of dump and found in place of diff; counts tells how many findings each
// variable has, score compares with hand-coded platforms (docs/METHODS-findings.md).
//
// A dump has one line for each party and each case's outcome: id, party, role, what was read, the words it was read
// from. The diff counts the kinds of change, the most frequent first, and marks some sentences of each. A rule that
// changes one document only needs a reason in its table.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"caipan/features"
	"caipan/features/header"
	"caipan/features/party"
	"caipan/features/ruling"
	"caipan/features/section"
	"caipan/model/judgment"
	"caipan/model/text"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gainloss:", err)
		os.Exit(1)
	}
}

func run(args []string, w io.Writer) error {
	switch {
	case len(args) >= 2 && args[0] == "dump":
		out := bufio.NewWriter(w)
		for _, name := range args[1:] {
			if err := dump(out, name, lines); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return out.Flush()
	case len(args) == 3 && args[0] == "diff":
		return diff(w, args[1], args[2])
	case len(args) >= 2 && args[0] == "findings":
		return findings(w, args[1:])
	case len(args) == 3 && args[0] == "found":
		return findingDiff(w, args[1], args[2])
	}
	switch {
	case len(args) >= 2 && args[0] == "counts":
		return counts(w, args[1:])
	case len(args) >= 3 && args[0] == "score":
		return score(w, args[1], args[2:])
	}
	return errors.New("usage: gainloss dump|findings|counts FILE... | gainloss diff|found BEFORE AFTER | gainloss score GOLD FILE...")
}

func findings(w io.Writer, files []string) error {
	r, err := features.New(features.Options{})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, name := range files {
		if err := dump(out, name, func(w io.Writer, d document) { findingLines(w, r, d) }); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return out.Flush()
}

// document is one line of a file of judgments.
type document struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	CaseNumber string `json:"case_number"`
	Court      string `json:"court"`
	Date       string `json:"date"`
	Cause      string `json:"cause"`
	Procedure  string `json:"procedure"`
	Text       string `json:"text"`
}

func dump(w io.Writer, name string, lines func(io.Writer, document)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".zst") {
		z, err := zstd.NewReader(f)
		if err != nil {
			return err
		}
		defer z.Close()
		r = z
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		var d document
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return err
		}
		lines(w, d)
	}
	return sc.Err()
}

// lines writes what was read from one document.
func lines(w io.Writer, d document) {
	c := text.Canonical(d.Text)
	h := header.Read(c, header.Meta{Title: d.Title, CaseNumber: d.CaseNumber, Court: d.Court, Date: d.Date, Cause: d.Cause, Procedure: d.Procedure})
	secs := section.Split(c, h)
	parties := party.Read(c, secs, h)
	res := ruling.Read(c, secs, parties, h)
	fmt.Fprintf(w, "%s\t(case)\t%s\toutcome=%s parties=%d\t\n", d.ID, h.Instance, res.Outcome, len(parties))
	seen := map[string]int{}
	for _, row := range res.Rulings {
		if row.HeadNo > 0 {
			continue
		}
		name := row.PartyName
		if seen[name]++; seen[name] > 1 {
			name += "#" + strconv.Itoa(seen[name])
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", d.ID, name, row.Role, value(row), oneLine(row.Quote))
	}
}

func value(row judgment.Ruling) string {
	return fmt.Sprintf("label=%s rule=%s amount=%s fraction=%s cap=%s", row.Label, row.Rule, number(row.Amount), number(row.Fraction), number(row.CapAmount))
}

func number(v *float64) string {
	if v == nil {
		return "-"
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), "")
	if r := []rune(s); len(r) > 120 {
		s = string(r[:120]) + "…"
	}
	return s
}

// record is one line of a dump.
type record struct{ value, quote string }

func load(name string) (map[string]record, []string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	out, order := map[string]record{}, []string(nil)
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		col := strings.SplitN(sc.Text(), "\t", 5)
		if len(col) != 5 {
			return nil, nil, fmt.Errorf("%s: line %d has %d columns, want 5: write it with gainloss dump", name, len(order)+1, len(col))
		}
		key := col[0] + "\t" + col[1]
		out[key] = record{col[3], col[4]}
		order = append(order, key)
	}
	return out, order, sc.Err()
}

// change is one kind of change with its places.
type change struct {
	kind  string
	where []string
}

const examples = 6

func diff(w io.Writer, before, after string) error {
	a, orderA, err := load(before)
	if err != nil {
		return err
	}
	b, orderB, err := load(after)
	if err != nil {
		return err
	}
	kinds := map[string]*change{}
	note := func(kind, key, words string) {
		if kinds[kind] == nil {
			kinds[kind] = &change{kind: kind}
		}
		kinds[kind].where = append(kinds[kind].where, strings.ReplaceAll(key, "\t", " ")+" 【"+words+"】")
	}
	same := 0
	for _, key := range orderA {
		was, now := a[key], b[key]
		switch _, ok := b[key]; {
		case !ok:
			note("row gone", key, was.value)
		case was.value == now.value:
			same++
		default:
			for _, c := range changes(was.value, now.value) {
				note(c, key, now.quote)
			}
		}
	}
	for _, key := range orderB {
		if _, ok := a[key]; !ok {
			note("row new", key, b[key].value)
		}
	}
	return report(w, kinds, same)
}

// changes names what differs between two values: the change of a label or outcome in full, of a number only that it changed.
func changes(was, now string) []string {
	var out []string
	x, y := strings.Fields(was), strings.Fields(now)
	for i := range min(len(x), len(y)) {
		if x[i] == y[i] {
			continue
		}
		name, old, _ := strings.Cut(x[i], "=")
		_, fresh, _ := strings.Cut(y[i], "=")
		if name == "amount" || name == "fraction" || name == "cap" || name == "parties" {
			kind := name + " differs"
			if old == "-" {
				kind = name + " gained"
			} else if fresh == "-" {
				kind = name + " lost"
			}
			out = append(out, kind)
			continue
		}
		out = append(out, name+" "+old+" -> "+fresh)
	}
	return out
}

func report(w io.Writer, kinds map[string]*change, same int) error {
	list := make([]*change, 0, len(kinds))
	for _, c := range kinds {
		list = append(list, c)
	}
	sort.Slice(list, func(i, j int) bool {
		if len(list[i].where) != len(list[j].where) {
			return len(list[i].where) > len(list[j].where)
		}
		return list[i].kind < list[j].kind
	})
	fmt.Fprintf(w, "%d rows alike\n", same)
	for _, c := range list {
		fmt.Fprintf(w, "%5d  %s\n", len(c.where), c.kind)
		for _, where := range c.where[:min(examples, len(c.where))] {
			fmt.Fprintf(w, "         %s\n", where)
		}
	}
	return nil
}
