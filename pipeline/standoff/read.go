package standoff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
)

// Read reads the export of Label Studio (JSON, a list of tasks) or doccano (JSON Lines), told apart by the first
// character. Of several annotations of a task each is a document of its own; cancelled ones are passed over.
func Read(name string, raw []byte) ([]Document, error) {
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\uFEFF")))
	name = filepath.Base(name)
	if len(raw) == 0 {
		return nil, fmt.Errorf("%s is empty; export the annotations again", name)
	}
	if raw[0] == '[' {
		return readTasks(name, raw)
	}
	return readLines(name, raw)
}

type annotation struct {
	Result    []region        `json:"result"`
	By        json.RawMessage `json:"completed_by"`
	Updated   string          `json:"updated_at"`
	Created   string          `json:"created_at"`
	Cancelled bool            `json:"was_cancelled"`
}

func readTasks(name string, raw []byte) (out []Document, err error) {
	var tasks []struct {
		ID          json.Number  `json:"id"`
		Data        taskData     `json:"data"`
		Annotations []annotation `json:"annotations"`
		Completions []annotation `json:"completions"` // versions before 1.0
	}
	if err := json.Unmarshal(raw, &tasks); err != nil {
		return nil, fmt.Errorf("%s is no list of Label Studio tasks: %w; export as JSON (not JSON-MIN)", name, err)
	}
	for _, t := range tasks {
		if t.Data.CaseID == "" {
			return nil, fmt.Errorf("%s, task %s: its data has no case_id; export tasks with `report spans export` and keep their data", name, t.ID)
		}
		for _, a := range append(t.Annotations, t.Completions...) {
			if a.Cancelled {
				continue
			}
			d := Document{CaseID: t.Data.CaseID, CaseKey: t.Data.CaseKey, Number: t.Data.CaseNumber, Text: t.Data.Text, Unit: t.Data.Unit,
				Coder: coderOf(a.By), Date: dayOf(a.Updated, a.Created), Place: fmt.Sprintf("%s, task %s", name, t.ID)}
			for _, r := range a.Result {
				if r.Type != "labels" {
					continue
				}
				for _, l := range r.Value.Labels {
					d.Spans = append(d.Spans, Span{r.ID, r.Value.Start, r.Value.End, r.Value.Text, l})
				}
			}
			d.complete()
			out = append(out, d)
		}
	}
	return out, nil
}

// coderOf reads completed_by: a number, or an object with an email.
func coderOf(raw json.RawMessage) string {
	var o struct {
		Email string `json:"email"`
	}
	if json.Unmarshal(raw, &o) == nil && o.Email != "" {
		return o.Email
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil && n != "" {
		return "annotator " + n.String()
	}
	return ""
}

func dayOf(stamps ...string) string {
	for _, s := range stamps {
		if len(s) >= 10 {
			return s[:10]
		}
	}
	return ""
}

func readLines(name string, raw []byte) (out []Document, err error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	for n := 1; ; n++ {
		var l struct {
			line
			Labels   [][3]any `json:"labels"`
			Entities []struct {
				Start int    `json:"start_offset"`
				End   int    `json:"end_offset"`
				Label string `json:"label"`
			} `json:"entities"`
			Meta *line `json:"meta"`
		}
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s, line %d is no doccano document: %w; export as JSONL", name, n, err)
		}
		if l.CaseID == "" && l.Meta != nil {
			meta := *l.Meta
			meta.Text, meta.Label = l.Text, l.Label
			l.line = meta
		}
		d := Document{CaseID: l.CaseID, CaseKey: l.CaseKey, Number: l.CaseNumber, Text: l.Text, Unit: l.Unit, Place: fmt.Sprintf("%s, line %d", name, n)}
		if d.CaseID == "" {
			return nil, fmt.Errorf("%s: the document has no case_id; export it with `report spans export` and keep its metadata", d.Place)
		}
		known := map[[2]int]spanLine{}
		for _, s := range l.Spans {
			known[[2]int{s.Start, s.End}] = s
		}
		add := func(start, end int, label string) {
			s := known[[2]int{start, end}]
			d.Spans = append(d.Spans, Span{Start: start, End: end, Text: s.Text, Label: label})
		}
		for _, x := range append(l.Label, l.Labels...) {
			start, ok1 := x[0].(float64)
			end, ok2 := x[1].(float64)
			label, ok3 := x[2].(string)
			if !ok1 || !ok2 || !ok3 {
				return nil, fmt.Errorf("%s: a label is not [start, end, name]; export as JSONL of sequence labelling", d.Place)
			}
			add(int(start), int(end), label)
		}
		for _, e := range l.Entities {
			add(e.Start, e.End, e.Label)
		}
		d.complete()
		out = append(out, d)
	}
}

// complete gives a span without words of its own those that the file's text has there, in the unit under which the
// spans that repeat their words agree with it.
func (d *Document) complete() {
	unit := CodePoints
	at := offsets(d.Text, unit)
	says := func(s Span) string {
		if s.Start < 0 || s.End <= s.Start || s.End >= len(at) || at[s.Start] < 0 || at[s.End] < 0 {
			return ""
		}
		return d.Text[at[s.Start]:at[s.End]]
	}
	for _, s := range d.Spans {
		if s.Text != "" && says(s) != s.Text {
			unit = UTF16
		}
	}
	at = offsets(d.Text, unit)
	for i, s := range d.Spans {
		if s.Text == "" {
			d.Spans[i].Text = says(s)
		}
	}
}
