package replication

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"caipan/pipeline/dataset"
)

// persons knows the natural persons of every case and masks them.
type persons struct {
	off        bool
	byCase     map[string][]person // longest name first
	everywhere *strings.Replacer   // of every name, for files whose lines belong to no case
}

type person struct{ name, mask string }

// findPersons reads the parties of the ingest run. A person is masked as its role and number: [plaintiff 0]. Names of one
// character are no names and stay.
func findPersons(r run, off bool) (*persons, error) {
	p := &persons{off: off, byCase: map[string][]person{}}
	if off {
		return p, nil
	}
	rd, err := r.Open(r.dir, "parties", "case_id", "party_no", "name", "short_names", "role", "kind", "represented")
	if err != nil {
		return nil, err
	}
	var all []string
	seen := map[string]bool{}
	err = rd.Each(func(b *dataset.Batch) error {
		for i := range b.N {
			if b.Text("kind", i) != "person" {
				continue
			}
			id := b.Text("case_id", i)
			mask := "[" + b.Text("role", i) + " " + b.Cell(b.Table.Column("party_no"), i) + "]"
			for _, name := range append([]string{b.Text("name", i)}, b.List("short_names", i)...) {
				if utf8.RuneCountInString(name) < 2 {
					continue
				}
				p.byCase[id] = append(p.byCase[id], person{name, mask})
				if !seen[name] {
					seen[name] = true
					all = append(all, name)
				}
			}
		}
		return nil
	})
	for id := range p.byCase {
		slices.SortStableFunc(p.byCase[id], func(a, b person) int { return len(b.name) - len(a.name) })
	}
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, name := range all {
		pairs = append(pairs, name, "[person]")
	}
	p.everywhere = strings.NewReplacer(pairs...)
	return p, err
}

// masked counts the names.
func (p *persons) masked() (n int) {
	for _, list := range p.byCase {
		n += len(list)
	}
	return n
}

// sentences are columns that hold words of the judgment itself, or words about it that may repeat them.
var sentences = []string{"text", "quote", "title", "excerpt"}

// isSentence: a coder's reason may quote the judgment; the reasons of facts are the program's own words.
func isSentence(table, column string) bool {
	return slices.Contains(sentences, column) || table == "corrections" && column == "reason"
}

// mask empties the columns that hold sentences of judgments and masks the persons of the row's case in all others.
func (p *persons) mask(b *dataset.Batch) {
	if p.off {
		return
	}
	id := b.Table.Column("case_id")
	for c, col := range b.Table.Columns {
		if isSentence(b.Table.Name, col.Name) {
			clear(b.Cols[c].Texts)
			continue
		}
		if c == id || id < 0 || col.Values != nil {
			continue
		}
		switch col.Kind {
		case dataset.Text:
			for i := range b.N {
				b.Cols[c].Texts[i] = p.in(b.Cols[id].Texts[i], b.Cols[c].Texts[i])
			}
		case dataset.TextList:
			for i := range b.N {
				for k, s := range b.Cols[c].Lists[i] {
					b.Cols[c].Lists[i][k] = p.in(b.Cols[id].Texts[i], s)
				}
			}
		}
	}
}

func (p *persons) in(caseID, s string) string {
	for _, x := range p.byCase[caseID] {
		if strings.Contains(s, x.name) {
			s = strings.ReplaceAll(s, x.name, x.mask)
		}
	}
	return s
}

// textForms are the endings of files whose words can be replaced.
var textForms = []string{".csv", ".md", ".tex", ".json"}

// inFile masks every person's name in a text file of the report; it reports whether there was none.
func (p *persons) inFile(name string, b []byte) (masked []byte, clean bool) {
	if p.off || !slices.ContainsFunc(textForms, func(e string) bool { return strings.HasSuffix(name, e) }) {
		return b, true
	}
	out := []byte(p.everywhere.Replace(string(b)))
	return out, bytes.Equal(out, b)
}

func checksum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
