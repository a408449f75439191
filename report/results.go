package report

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"caipan/report/agreement"
)

// Level is the confidence level of every interval of the report.
const Level = 0.95

// MinLiable is the number of parties held liable below which nothing is said about the type of liability.
const MinLiable = 20

// Result is one number of the report under its key.
type Result struct {
	Key      string // stable, readable: doctrine.variant.policy.stage.metric[.level]
	Choice   choice // zero: about the corpus, not about a doctrine
	Stage    string
	Metric   string
	Of       string // the class or group it is about
	Estimate agreement.Estimate
	Count    bool // a count: printed without decimals
	Marked   bool // no hand-coded validation sample stands behind it
}

// Results are all numbers in the order in which they were computed.
type Results struct {
	list  []Result
	index map[string]int
}

func newResults() *Results { return &Results{index: map[string]int{}} }

// add keeps a result; of two with one key the first stays.
func (r *Results) add(x Result) {
	if _, twice := r.index[x.Key]; twice {
		return
	}
	r.index[x.Key] = len(r.list)
	r.list = append(r.list, x)
}

// Get finds a result by key.
func (r *Results) Get(key string) (Result, bool) {
	i, ok := r.index[key]
	if !ok {
		return Result{}, false
	}
	return r.list[i], true
}

// All are the results in order.
func (r *Results) All() []Result { return r.list }

type resultJSON struct {
	Key         string   `json:"key"`
	Value       *float64 `json:"value"`
	Lo          *float64 `json:"lo,omitempty"`
	Hi          *float64 `json:"hi,omitempty"`
	N           int      `json:"n"`
	Clusters    int      `json:"clusters,omitempty"`
	Doctrine    string   `json:"doctrine,omitempty"`
	Variant     string   `json:"variant,omitempty"`
	Rung        string   `json:"rung,omitempty"`
	Stage       string   `json:"stage,omitempty"`
	Metric      string   `json:"metric"`
	Of          string   `json:"of,omitempty"`
	Method      string   `json:"method"`
	Reason      string   `json:"undefined_because,omitempty"`
	Unvalidated bool     `json:"unvalidated,omitempty"`
	Warnings    []string `json:"warnings,omitempty"`
}

// WriteJSON writes the results as one JSON object, keys in the order of the list, numbers with ten digits.
func (r *Results) WriteJSON(w io.Writer) error {
	var b strings.Builder
	b.WriteString("{\n")
	for i, x := range r.list {
		one, err := json.Marshal(x.json())
		if err != nil {
			return fmt.Errorf("result %s: %w", x.Key, err)
		}
		fmt.Fprintf(&b, "  %s: %s", strconv.Quote(x.Key), one)
		if i < len(r.list)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (x Result) json() resultJSON {
	e := x.Estimate
	out := resultJSON{Key: x.Key, N: e.N, Clusters: e.Clusters, Doctrine: x.Choice.Doctrine, Variant: x.Choice.Variant, Rung: x.Choice.Policy,
		Stage: x.Stage, Metric: x.Metric, Of: x.Of, Method: e.Method, Unvalidated: x.Marked, Warnings: e.Warnings}
	if e.Undefined {
		out.Reason = e.Reason
		return out
	}
	out.Value = finite(e.Value)
	if !e.NoInterval {
		out.Lo, out.Hi = finite(e.Lo), finite(e.Hi)
	}
	return out
}

// finite rounds to ten significant digits, so that the last bits of one machine do not reach the file; nil for infinities.
func finite(v float64) *float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 10, 64), 64)
	if err != nil {
		return nil
	}
	return &r
}

// WriteTeX writes every result as \caipan{key}, \caipanci{key} and \caipann{key}: value, interval and n.
func (r *Results) WriteTeX(w io.Writer) error {
	var b strings.Builder
	b.WriteString("% Written by report. \\input this file, then \\caipan{key}, \\caipanci{key} (interval), \\caipann{key} (n).\n")
	for _, c := range []string{"", "ci", "n"} {
		fmt.Fprintf(&b, "\\providecommand{\\caipan%s}[1]{\\csname caipan%s@#1\\endcsname}\n", c, c)
	}
	for _, x := range r.list {
		fmt.Fprintf(&b, "\\expandafter\\def\\csname caipan@%s\\endcsname{%s}\n", x.Key, texEscape(x.Value()))
		fmt.Fprintf(&b, "\\expandafter\\def\\csname caipanci@%s\\endcsname{%s}\n", x.Key, texEscape(x.Interval()))
		fmt.Fprintf(&b, "\\expandafter\\def\\csname caipann@%s\\endcsname{%d}\n", x.Key, x.Estimate.N)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Value prints the value: counts as whole numbers, everything else with three decimals, "—" where it does not exist.
func (x Result) Value() string {
	switch {
	case x.Estimate.Undefined:
		return "—"
	case x.Count:
		return strconv.Itoa(int(x.Estimate.Value))
	}
	return decimal(x.Estimate.Value)
}

// Interval prints "[lo, hi]", "" where there is none.
func (x Result) Interval() string {
	e := x.Estimate
	if e.Undefined || e.NoInterval {
		return ""
	}
	return "[" + decimal(e.Lo) + ", " + decimal(e.Hi) + "]"
}

func decimal(v float64) string {
	if math.IsInf(v, 1) {
		return "∞"
	}
	if math.IsInf(v, -1) {
		return "−∞"
	}
	s := strconv.FormatFloat(v, 'f', 3, 64)
	if s == "-0.000" {
		return "0.000"
	}
	return strings.Replace(s, "-", "−", 1)
}
