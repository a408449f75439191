package corpus

import (
	"strconv"
	"strings"
	"time"
)

// assembler puts one record together from its columns.
type assembler struct {
	opt     *Options
	rec     *Record
	ranks   map[string]int
	text    string
	rank    int
	parts   map[int][]part // by group
	hasText bool
}

type part struct {
	order int
	field string
	text  string
}

func newAssembler(opt *Options) *assembler {
	return &assembler{opt: opt, rec: &Record{}, rank: -2}
}

// add takes one column. Of several columns for one field the first non-empty by rank wins; the others go to Meta.
func (a *assembler) add(r role, name, value string) {
	switch {
	case r.field == "text":
		a.hasText = true
		if strings.TrimSpace(value) != "" && (a.text == "" || r.rank < a.rank) {
			a.text, a.rank = value, r.rank
		}
		return
	case r.group > 0:
		a.hasText = true
		if strings.TrimSpace(value) != "" {
			a.addPart(r, value)
		}
		return
	}
	value = plainValue(value)
	if r.field == "date" || r.field == "pub_date" {
		value = scriptDate(value)
	}
	if value == "" {
		return
	}
	if r.field == "id" {
		if a.better("id", r.rank) {
			a.rec.ID = value
		}
		return
	}
	if p := a.rec.Fields.at(r.field); p != nil && a.better(r.field, r.rank) {
		*p = value
		return
	}
	a.meta(name, value)
}

func (a *assembler) addPart(r role, value string) {
	if r.lines {
		value = strings.ReplaceAll(value, "、", "\n")
	}
	if a.parts == nil {
		a.parts = map[int][]part{}
	}
	a.parts[r.group] = append(a.parts[r.group], part{r.order, r.field, value})
}

func (a *assembler) meta(name, value string) {
	if name == "" { // the row numbers that data frames write
		return
	}
	if a.rec.Meta == nil {
		a.rec.Meta = map[string]string{}
	}
	a.rec.Meta[name] = value
}

// better reports that a column of this rank may fill the field.
func (a *assembler) better(field string, rank int) bool {
	if old, ok := a.ranks[field]; ok && old <= rank {
		return false
	}
	if a.ranks == nil {
		a.ranks = map[string]int{}
	}
	a.ranks[field] = rank
	return true
}

// finish gives the record with its text, or the error that it has none. name is the file's name for lone documents, else "".
func (a *assembler) finish(name string) (*Record, *RecordError) {
	if !a.hasText {
		return nil, &RecordError{ByteOffset: -1, Code: CodeNoText, Message: "no column holds the text",
			Remedy: "name the column in a --map file, for example 判决全文: text"}
	}
	raw, pieces := a.text, false
	if raw == "" {
		raw, pieces = a.joinParts()
	} else {
		a.partsAsFields()
	}
	text, title, fault := plainText(raw, pieces)
	if fault != nil {
		return nil, fault
	}
	if a.rec.Fields.Title == "" {
		a.rec.Fields.Title = title
	}
	return finishText(a.rec, text, name)
}

// joinParts joins the pieces of the layout that holds most.
func (a *assembler) joinParts() (string, bool) {
	best, size := 0, 0
	for g := 1; g <= len(knownColumns); g++ {
		n := 0
		for _, p := range a.parts[g] {
			n += len(p.text)
		}
		if n > size {
			best, size = g, n
		}
	}
	pieces := a.parts[best]
	sortParts(pieces)
	lines := make([]string, len(pieces))
	for i, p := range pieces {
		lines[i] = strings.TrimRight(p.text, "\r\n ")
	}
	return strings.Join(lines, "\n"), len(pieces) > 0
}

// partsAsFields uses pieces as metadata where the whole text stands in a column of its own.
func (a *assembler) partsAsFields() {
	for g := 1; g <= len(knownColumns) && len(a.parts) > 0; g++ {
		for _, p := range a.parts[g] {
			if at := a.rec.Fields.at(p.field); at != nil && a.better(p.field, p.order) {
				*at = plainValue(p.text)
			}
		}
		delete(a.parts, g)
	}
}

func sortParts(p []part) {
	for i := 1; i < len(p); i++ {
		for j := i; j > 0 && p[j].order < p[j-1].order; j-- {
			p[j], p[j-1] = p[j-1], p[j]
		}
	}
}

// plainValue trims a metadata value and drops the words by which dumps say that there is none.
func plainValue(s string) string {
	s = strings.TrimSpace(entities(strings.TrimPrefix(s, "\ufeff")))
	switch strings.ToLower(s) {
	case "无", "null", "none", "nan", "-", "--", "[]", "{}", "/":
		return ""
	}
	return s
}

// finishText cuts what sites put around a text and reads the header block and the file's name.
func finishText(rec *Record, text, name string) (*Record, *RecordError) {
	text = trimText(text)
	text = cutHeaderBlock(&rec.Fields, text)
	text = trimText(cutSiteWords(text))
	nameFields(&rec.Fields, name)
	if text == "" {
		return nil, &RecordError{ByteOffset: -1, Code: CodeEmpty, Message: "the record holds no text",
			Excerpt: excerpt([]byte(rec.Fields.Title + " " + rec.Fields.CaseNumber)),
			Remedy:  "nothing to do if the court published only the title; otherwise download the document again"}
	}
	rec.Text = text
	return rec, nil
}

// scriptDate turns the date of an ASP.NET answer, /Date(milliseconds)/, into the day in China; others stay.
func scriptDate(s string) string {
	ms, ok := strings.CutPrefix(s, "/Date(")
	n, err := strconv.ParseInt(strings.TrimSuffix(ms, ")/"), 10, 64)
	if !ok || err != nil {
		return s
	}
	const chinaOffset = 8 * 60 * 60
	return time.UnixMilli(n).In(time.FixedZone("China", chinaOffset)).Format(time.DateOnly)
}
