// Package agreement holds the statistics of Caipan: plain slices in, values out.
//
// It measures agreement between two codings of the same units (a prediction and a
// recorded disposition, two coders, two doctrines), the precision of such figures, and
// the associations and regressions that a paper reports. Every estimator is written from
// the literature named beside it and tested against values of R, Python and exact
// arithmetic (testdata).
//
// It refuses to read files, to know what a label means in law, to call a deviation an
// error, to print a number that does not exist (an undefined estimate says why), and to
// let map order, time or the number of workers touch a result.
//
// It imports gonum and nothing else of this project. report (and tests) may import it.
package agreement

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Estimate is a number with what is needed to judge it. The zero value is not an
// estimate; an estimate that does not exist has Undefined set, a Reason, and zeros in
// Value, Lo and Hi, never NaN. Lo and Hi may be infinite (an odds ratio with an empty cell).
type Estimate struct {
	Value      float64  // in the unit of the statistic; 0 if Undefined
	Lo, Hi     float64  // confidence limits at Level; 0 if NoInterval
	SE         float64  // standard error, 0 where the method has none
	Level      float64  // confidence level of Lo and Hi, e.g. 0.95
	N          int      // units used
	Clusters   int      // independent clusters used; 0 if clustering played no part
	Method     string   // estimator and interval, for the table note
	Reference  string   // reference category, where there is one
	Warnings   []string // small cells, separation, truncation, ...
	NoInterval bool     // the value exists, its interval does not
	Undefined  bool     // the value does not exist
	Reason     string   // why it does not
}

// undefined gives the estimate that does not exist, with its reason.
func undefined(n int, method, reason string) Estimate {
	return Estimate{N: n, Method: method, Undefined: true, NoInterval: true, Reason: reason}
}

// pointOnly gives an estimate without interval; a value that is not a number becomes undefined.
func pointOnly(v float64, n int, method string) Estimate {
	if math.IsNaN(v) {
		return undefined(n, method, "not a number for these counts")
	}
	return Estimate{Value: v, N: n, Method: method, NoInterval: true}
}

// normalEstimate gives value ± z·se; a standard error that is not a number leaves the value alone.
func normalEstimate(v, se, level float64, n int, method string) Estimate {
	e := pointOnly(v, n, method)
	if e.Undefined || math.IsNaN(se) || math.IsInf(se, 0) {
		return e
	}
	z := zTwoSided(level)
	e.NoInterval, e.Level, e.SE = false, level, se
	e.Lo, e.Hi = v-z*se, v+z*se
	return e
}

// warn returns the estimate with a further warning.
func (e Estimate) warn(format string, args ...any) Estimate {
	e.Warnings = append(append([]string(nil), e.Warnings...), fmt.Sprintf(format, args...))
	return e
}

// String prints "0.634 [0.523, 0.745]", "0.634" without interval, "—" if undefined.
func (e Estimate) String() string {
	switch {
	case e.Undefined:
		return "—"
	case e.NoInterval:
		return formatNumber(e.Value)
	}
	return fmt.Sprintf("%s [%s, %s]", formatNumber(e.Value), formatNumber(e.Lo), formatNumber(e.Hi))
}

// MarshalJSON writes undefined values as null and infinite limits as "inf" or "-inf".
func (e Estimate) MarshalJSON() ([]byte, error) {
	m := struct {
		Value    json.RawMessage `json:"value"`
		Lo       json.RawMessage `json:"lo"`
		Hi       json.RawMessage `json:"hi"`
		SE       json.RawMessage `json:"se"`
		Level    float64         `json:"level,omitempty"`
		N        int             `json:"n"`
		Clusters int             `json:"clusters,omitempty"`
		Method   string          `json:"method"`
		Ref      string          `json:"reference,omitempty"`
		Warnings []string        `json:"warnings,omitempty"`
		Reason   string          `json:"reason,omitempty"`
	}{
		jsonNumber(e.Value, !e.Undefined), jsonNumber(e.Lo, !e.NoInterval), jsonNumber(e.Hi, !e.NoInterval),
		jsonNumber(e.SE, e.SE != 0), e.Level, e.N, e.Clusters, e.Method, e.Reference, e.Warnings, e.Reason,
	}
	return json.Marshal(m)
}

// Test is the outcome of a significance test. An undefined test has P = 1 and a Reason.
type Test struct {
	Name      string
	Statistic float64 // 0 for exact tests
	DF        float64 // degrees of freedom, 0 for exact tests
	P         float64 // two-sided unless Name says otherwise
	N         int
	Method    string
	Warnings  []string
	Undefined bool
	Reason    string
}

// undefinedTest gives the test that cannot be made, with its reason.
func undefinedTest(name string, n int, reason string) Test {
	return Test{Name: name, P: 1, N: n, Undefined: true, Reason: reason}
}

// chiSquareTest wraps a statistic that is chi-square with df degrees of freedom under the null.
func chiSquareTest(name string, stat, df float64, n int, method string) Test {
	if math.IsNaN(stat) || math.IsInf(stat, 0) {
		return undefinedTest(name, n, "statistic does not exist for these counts")
	}
	return Test{Name: name, Statistic: stat, DF: df, P: ChiSquaredSurvival(stat, df), N: n, Method: method}
}

// String prints "X² name = 3.2 (df 2), p = 0.2", or "—" with the reason.
func (t Test) String() string {
	switch {
	case t.Undefined:
		return "— (" + t.Reason + ")"
	case t.DF == 0:
		return fmt.Sprintf("%s: p = %s", t.Name, FormatP(t.P))
	}
	return fmt.Sprintf("%s = %s (df %s), p = %s", t.Name, formatNumber(t.Statistic), formatNumber(t.DF), FormatP(t.P))
}

// MarshalJSON writes an undefined test's numbers as null.
func (t Test) MarshalJSON() ([]byte, error) {
	m := struct {
		Name      string          `json:"name"`
		Statistic json.RawMessage `json:"statistic"`
		DF        json.RawMessage `json:"df"`
		P         json.RawMessage `json:"p"`
		N         int             `json:"n"`
		Method    string          `json:"method,omitempty"`
		Warnings  []string        `json:"warnings,omitempty"`
		Reason    string          `json:"reason,omitempty"`
	}{
		t.Name, jsonNumber(t.Statistic, !t.Undefined && t.DF != 0), jsonNumber(t.DF, !t.Undefined && t.DF != 0),
		jsonNumber(t.P, !t.Undefined), t.N, t.Method, t.Warnings, t.Reason,
	}
	return json.Marshal(m)
}

// FormatP prints a p-value to three digits, "<0.001" below that.
func FormatP(p float64) string {
	switch {
	case math.IsNaN(p):
		return "—"
	case p < 0.001:
		return "<0.001"
	}
	return strconv.FormatFloat(p, 'f', 3, 64)
}

func formatNumber(v float64) string {
	switch {
	case math.IsNaN(v):
		return "—"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	case v == math.Trunc(v) && math.Abs(v) < 1e9:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	s := strconv.FormatFloat(v, 'f', 3, 64)
	if strings.Trim(s, "-0.") == "" {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	return s
}

func jsonNumber(v float64, exists bool) json.RawMessage {
	switch {
	case !exists || math.IsNaN(v):
		return json.RawMessage("null")
	case math.IsInf(v, 1):
		return json.RawMessage(`"inf"`)
	case math.IsInf(v, -1):
		return json.RawMessage(`"-inf"`)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}
