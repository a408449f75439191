package site

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
)

// indexJSON is what the page loads first: one line per case and per predicted party, column by column, with the
// frequent texts kept once in lists and named by number (-1: none).
type indexJSON struct {
	Choices []choiceJSON        `json:"choices"`
	Lists   map[string][]string `json:"lists"`
	Cases   casesJSON           `json:"cases"`
	Rows    rowsJSON            `json:"rows"`
	Texts   int                 `json:"texts"` // cases whose text and findings are in the data
}

type choiceJSON struct {
	Doctrine string `json:"doctrine"`
	Variant  string `json:"variant"`
	Policy   string `json:"policy"`
}

type casesJSON struct {
	ID      []string `json:"id"`
	Number  []string `json:"number"`
	Court   []int    `json:"court"`
	Year    []int    `json:"year"`
	Cause   []int    `json:"cause"`
	Chunk   []int    `json:"chunk"`
	Parties []string `json:"parties"` // names of all parties, for the search
}

type rowsJSON struct {
	Case         []int     `json:"case"`
	Party        []int     `json:"party"`
	Name         []string  `json:"name"`
	Service      []int     `json:"service"`
	Label        []int     `json:"label"`
	Actual       [][]int32 `json:"actual"`       // per choice
	Predicted    [][]int32 `json:"predicted"`    // per choice
	Disagreement [][]int32 `json:"disagreement"` // per choice
	Rule         [][]int32 `json:"rule"`         // per choice
}

// writeTo writes what json.Marshal gives of x, a column at a time: the index of a large corpus is not held twice.
func (x *indexJSON) writeTo(w io.Writer) error {
	out := &pieces{w: w}
	r := &x.Rows
	out.put(`{"choices":`, x.Choices)
	out.put(`,"lists":`, x.Lists)
	out.put(`,"cases":`, x.Cases)
	out.put(`,"rows":{"case":`, r.Case)
	out.put(`,"party":`, r.Party)
	out.put(`,"name":`, r.Name)
	out.put(`,"service":`, r.Service)
	out.put(`,"label":`, r.Label)
	out.columns(`,"actual":`, r.Actual)
	out.columns(`,"predicted":`, r.Predicted)
	out.columns(`,"disagreement":`, r.Disagreement)
	out.columns(`,"rule":`, r.Rule)
	out.put(`},"texts":`, x.Texts)
	out.text("}")
	return out.err
}

// pieces writes JSON piece by piece until the first error.
type pieces struct {
	w   io.Writer
	buf []byte
	err error
}

func (p *pieces) text(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

func (p *pieces) put(head string, data any) {
	p.text(head)
	raw, err := json.Marshal(data)
	p.err = cmp.Or(p.err, err)
	p.bytes(raw)
}

func (p *pieces) bytes(raw []byte) {
	if p.err == nil {
		_, p.err = p.w.Write(raw)
	}
}

func (p *pieces) columns(head string, cols [][]int32) {
	p.text(head + "[")
	for i, col := range cols {
		p.buf = p.buf[:0]
		if i > 0 {
			p.buf = append(p.buf, ',')
		}
		p.buf = append(p.buf, '[')
		for k, n := range col {
			if k > 0 {
				p.buf = append(p.buf, ',')
			}
			p.buf = strconv.AppendInt(p.buf, int64(n), 10)
		}
		p.buf = append(p.buf, ']')
		p.bytes(p.buf)
	}
	p.text("]")
}

// indexer grows the index case by case.
type indexer struct {
	out   indexJSON
	lists map[string]map[string]int
	guess int // where the choice asked for next probably stands
}

func newIndexer() *indexer {
	return &indexer{out: indexJSON{Lists: map[string][]string{}}, lists: map[string]map[string]int{}}
}

// number is the place of a text in a list, -1 for "".
func (x *indexer) number(list, s string) int {
	if s == "" {
		return -1
	}
	if x.lists[list] == nil {
		x.lists[list] = map[string]int{}
	}
	n, ok := x.lists[list][s]
	if !ok {
		n = len(x.out.Lists[list])
		x.lists[list][s] = n
		x.out.Lists[list] = append(x.out.Lists[list], s)
	}
	return n
}

// choice is the number of a doctrine, variant and policy; a new one gets columns of its own, filled with -1.
func (x *indexer) choice(c choiceJSON) int {
	n := len(x.out.Choices)
	for i := range n { // the choices of a case come in the same order each time
		if k := (x.guess + i) % n; x.out.Choices[k] == c {
			x.guess = k + 1
			return k
		}
	}
	x.out.Choices = append(x.out.Choices, c)
	r := &x.out.Rows
	for _, col := range []*[][]int32{&r.Actual, &r.Predicted, &r.Disagreement, &r.Rule} {
		*col = append(*col, slices.Repeat([]int32{-1}, len(r.Case)))
	}
	return len(x.out.Choices) - 1
}

func (x *indexer) add(c Case, chunk int) {
	h := &c.Case.Header
	year := ""
	if len(h.JudgmentDate) >= 4 {
		year = h.JudgmentDate[:4]
	}
	z := &x.out.Cases
	no := len(z.ID)
	z.ID = append(z.ID, c.Case.CaseID)
	z.Number = append(z.Number, h.CaseNumber)
	z.Court = append(z.Court, x.number("court", h.Court))
	z.Year = append(z.Year, x.number("year", year))
	z.Cause = append(z.Cause, x.number("cause", h.Cause))
	z.Chunk = append(z.Chunk, chunk)
	var names []string
	for _, p := range c.Case.Parties {
		names = append(names, p.Name)
	}
	z.Parties = append(z.Parties, strings.Join(names, " "))
	x.addRows(c, no)
}

// addRows appends a row for each party that has a decision.
func (x *indexer) addRows(c Case, no int) {
	r := &x.out.Rows
	at := map[int]int{}
	for _, d := range c.Decisions {
		k := x.choice(choiceJSON{d.Doctrine, d.Variant, d.EvidencePolicy})
		row, ok := at[d.PartyNo]
		if !ok {
			row = len(r.Case)
			at[d.PartyNo] = row
			r.Case = append(r.Case, no)
			r.Party = append(r.Party, d.PartyNo)
			r.Name = append(r.Name, d.PartyName)
			r.Service = append(r.Service, x.number("service", serviceOf(c, d.PartyNo, d.ServiceType)))
			r.Label = append(r.Label, x.number("label", labelOf(c, d.PartyNo)))
			for _, cols := range [][][]int32{r.Actual, r.Predicted, r.Disagreement, r.Rule} {
				for i := range cols {
					cols[i] = append(cols[i], -1)
				}
			}
		}
		rule := d.RuleID
		if rule == "" {
			rule = d.Outcome
		}
		r.Rule[k][row] = int32(x.number("rule", rule))
	}
	for _, m := range c.Comparisons {
		row, ok := at[m.PartyNo]
		if !ok || m.Stage != "type" {
			continue
		}
		k := x.choice(choiceJSON{m.Doctrine, m.Variant, m.EvidencePolicy})
		r.Actual[k][row] = int32(x.number("class", m.Actual))
		r.Predicted[k][row] = int32(x.number("class", m.Predicted))
		r.Disagreement[k][row] = int32(x.number("disagreement", m.Disagreement))
	}
}

func serviceOf(c Case, party int, predicted string) string {
	for _, p := range c.Case.Parties {
		if p.No == party && p.ServiceType != "" {
			return p.ServiceType
		}
	}
	return predicted
}

func labelOf(c Case, party int) string {
	for _, r := range c.Case.Rulings {
		if r.PartyNo == party && r.HeadNo == 0 {
			return r.Label
		}
	}
	return "unknown"
}
