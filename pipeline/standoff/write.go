package standoff

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Formats that can be written and read.
const (
	LabelStudio = "labelstudio" // JSON: a list of tasks with predictions
	Doccano     = "doccano"     // JSON Lines for sequence labelling
)

// Writer writes documents one after another.
type Writer struct {
	w      *bufio.Writer
	format string
	model  string
	n      int
	labels map[string]bool
}

// NewWriter writes in the format; model names the run that made the spans.
func NewWriter(w io.Writer, format, model string) *Writer {
	return &Writer{w: bufio.NewWriter(w), format: format, model: model, labels: map[string]bool{}}
}

// region is a span in Label Studio's words.
type region struct {
	ID    string   `json:"id"`
	From  string   `json:"from_name"`
	To    string   `json:"to_name"`
	Type  string   `json:"type"`
	Value labelled `json:"value"`
}

type labelled struct {
	Start  int      `json:"start"`
	End    int      `json:"end"`
	Text   string   `json:"text"`
	Labels []string `json:"labels"`
}

// taskData is what a task carries through the tool unchanged.
type taskData struct {
	Text       string `json:"text"`
	CaseID     string `json:"case_id"`
	CaseKey    string `json:"case_key"`
	CaseNumber string `json:"case_number"`
	Unit       string `json:"unit"`
}

type prediction struct {
	Model  string   `json:"model_version"`
	Result []region `json:"result"`
}

type task struct {
	ID          int          `json:"id"`
	Data        taskData     `json:"data"`
	Predictions []prediction `json:"predictions"`
}

// line is a document in doccano's words: label is what the annotator changes, the rest comes back as it is.
type line struct {
	Text       string     `json:"text"`
	Label      [][3]any   `json:"label"`
	CaseID     string     `json:"case_id"`
	CaseKey    string     `json:"case_key"`
	CaseNumber string     `json:"case_number"`
	Unit       string     `json:"unit"`
	Spans      []spanLine `json:"spans"`
}

type spanLine struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Label string `json:"label"`
	ID    string `json:"id,omitempty"`
}

// Add writes a document.
func (w *Writer) Add(d Document) error {
	w.n++
	for _, s := range d.Spans {
		w.labels[s.Label] = true
	}
	if w.format == Doccano {
		return w.put(doccanoLine(d), "", "\n")
	}
	t := task{ID: w.n, Data: taskData{d.Text, d.CaseID, d.CaseKey, d.Number, d.Unit}, Predictions: []prediction{{Model: w.model, Result: []region{}}}}
	for i, s := range d.Spans {
		id := s.ID
		if id == "" {
			id = fmt.Sprintf("%ss%d", d.CaseID, i)
		}
		t.Predictions[0].Result = append(t.Predictions[0].Result, region{id, "label", "text", "labels", labelled{s.Start, s.End, s.Text, []string{s.Label}}})
	}
	before := ",\n"
	if w.n == 1 {
		before = "[\n"
	}
	return w.put(t, before, "")
}

func doccanoLine(d Document) line {
	l := line{d.Text, [][3]any{}, d.CaseID, d.CaseKey, d.Number, d.Unit, []spanLine{}}
	for _, s := range d.Spans {
		l.Label = append(l.Label, [3]any{s.Start, s.End, s.Label})
		l.Spans = append(l.Spans, spanLine{s.Start, s.End, s.Text, s.Label, s.ID})
	}
	return l
}

func (w *Writer) put(v any, before, after string) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.w.WriteString(before + strings.TrimSuffix(b.String(), "\n") + after)
	return err
}

// Close ends the file.
func (w *Writer) Close() error {
	if w.format == LabelStudio {
		end := "\n]\n"
		if w.n == 0 {
			end = "[]\n"
		}
		if _, err := w.w.WriteString(end); err != nil {
			return err
		}
	}
	return w.w.Flush()
}

// Documents is the number of documents written.
func (w *Writer) Documents() int { return w.n }

// Settings writes what the tool needs to know of the labels: for Label Studio the labelling configuration (with white space
// kept, without which its offsets would not be those of the text), for doccano the list of labels.
func (w *Writer) Settings(to io.Writer) error {
	names := make([]string, 0, len(w.labels))
	for l := range w.labels {
		names = append(names, l)
	}
	slices.Sort(names)
	var b strings.Builder
	if w.format == Doccano {
		list := []map[string]any{}
		for _, n := range names {
			list = append(list, map[string]any{"text": n, "background_color": "#cfe6f7", "text_color": "#1b1b1b"})
		}
		raw, err := json.MarshalIndent(list, "", " ")
		if err != nil {
			return err
		}
		b.Write(append(raw, '\n'))
	} else {
		b.WriteString("<View>\n <Style>.htx-text{ white-space: pre-wrap; }</Style>\n <Labels name=\"label\" toName=\"text\">\n")
		for _, n := range names {
			b.WriteString("  <Label value=\"")
			xml.EscapeText(&b, []byte(n))
			b.WriteString("\"/>\n")
		}
		b.WriteString(" </Labels>\n <Text name=\"text\" value=\"$text\"/>\n</View>\n")
	}
	_, err := io.WriteString(to, b.String())
	return err
}
