package agreement

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// value is one reference value: key, kind (agreed by R and Python; disputed, the value to
// use; single, one program only) and the number, list or null (undefined).
type value struct {
	Kind  string `json:"kind"`
	Key   string `json:"key"`
	Value any    `json:"value"`
}

type fixture struct {
	ID        string  `json:"id"`
	Tolerance float64 `json:"tolerance"`
	Values    []value `json:"values"`
}

// computers map a fixture to what this package gives for a key: a number, a list, nested
// lists, or nil for undefined; a skip carries its reason.
type skip string

// loose is a value compared at a tolerance of its own: the reference program is known to be
// no more exact than that (R's uniroot, 1-CDF tails).
type loose struct {
	v        any
	rel, abs float64
}

var computers = map[string]func(t *testing.T) func(key string) any{}

func loadFixture(t *testing.T, name string) fixture {
	t.Helper()
	var f fixture
	readJSON(t, name+".json", &f)
	return f
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	b = []byte(strings.NewReplacer(": NaN", ": null", ":NaN", ":null").Replace(string(b)))
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func readCSV(t *testing.T, name string) map[string][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "data", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for j, h := range rows[0] {
		for _, r := range rows[1:] {
			out[h] = append(out[h], r[j])
		}
	}
	return out
}

func floats(t *testing.T, s []string) []float64 {
	t.Helper()
	out := make([]float64, len(s))
	for i, v := range s {
		if v == "" {
			out[i] = math.NaN()
			continue
		}
		f, err := strconv.ParseFloat(v, 64)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = f
	}
	return out
}

// compare says whether got is want at the relative tolerance (exact zeros pass for residues below 1e-16).
func compare(got, want any, tol float64) error {
	if l, ok := got.(loose); ok {
		if g, isNum := l.v.(float64); isNum && math.Abs(g-want.(float64)) <= l.abs {
			return nil
		}
		return compare(l.v, want, l.rel)
	}
	switch w := want.(type) {
	case nil:
		if got != nil {
			return fmt.Errorf("got %v, want undefined", got)
		}
		return nil
	case string:
		g, ok := got.(float64)
		if (w == "Inf" && ok && math.IsInf(g, 1)) || (w == "-Inf" && ok && math.IsInf(g, -1)) || (w == "NaN" && got == nil) {
			return nil
		}
		return fmt.Errorf("got %v, want %s", got, w)
	case float64:
		g, ok := got.(float64)
		if !ok {
			return fmt.Errorf("got %v (%T), want %v", got, got, w)
		}
		if d := math.Abs(g - w); d <= tol*math.Abs(w) || g == 0 && math.Abs(w) < 1e-16 { // a rounding residue where the value is 0
			return nil
		}
		return fmt.Errorf("got %.17g, want %.17g (relative difference %.2g)", g, w, math.Abs(g-w)/math.Abs(w))
	case []any:
		g, err := asList(got)
		if err != nil {
			return err
		}
		if len(g) != len(w) {
			return fmt.Errorf("got %d values, want %d", len(g), len(w))
		}
		for i := range w {
			if err := compare(g[i], w[i], tol); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return nil
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("got %v, want an object", got)
		}
		for _, k := range sortedKeys(g) {
			v := g[k]
			if err := compare(v, w[k], tol); err != nil {
				return fmt.Errorf("%s: %w", k, err)
			}
		}
		return nil
	}
	return fmt.Errorf("unexpected kind of reference %T", want)
}

func asList(v any) ([]any, error) {
	switch x := v.(type) {
	case []any:
		return x, nil
	case []float64:
		out := make([]any, len(x))
		for i := range x {
			out[i] = x[i]
		}
		return out, nil
	case [][]float64:
		out := make([]any, len(x))
		for i := range x {
			out[i] = x[i]
		}
		return out, nil
	}
	return nil, fmt.Errorf("got %v (%T), want a list", v, v)
}

// num gives the value, or nil where the estimate is undefined.
func num(e Estimate) any {
	if e.Undefined {
		return nil
	}
	return e.Value
}

func limits(e Estimate) any {
	if e.NoInterval {
		return nil
	}
	return []float64{e.Lo, e.Hi}
}

func pval(x Test) any {
	if x.Undefined {
		return nil
	}
	return x.P
}

func statOf(x Test) any {
	if x.Undefined {
		return nil
	}
	return x.Statistic
}

// TestReference compares every reference value and ends with the line that counts them.
func TestReference(t *testing.T) {
	names := []string{"kappa", "gwet", "krippendorff", "classification", "proportion_ci", "two_proportions", "contingency",
		"marginal_homogeneity", "p_adjust", "regression", "measurement_error", "bootstrap", "sample_size", "its", "cmh", "distributions"}
	compared := map[string]int{}
	var left []string
	for _, name := range names {
		f := loadFixture(t, name)
		make, ok := computers[name]
		if !ok {
			t.Errorf("%s: no computer for this fixture", name)
			continue
		}
		get := make(t)
		here := 0
		for _, v := range f.Values {
			got := get(v.Key)
			if s, isSkip := got.(skip); isSkip {
				left = append(left, fmt.Sprintf("%s %s (%s): %s", name, v.Key, v.Kind, string(s)))
				continue
			}
			tol := f.Tolerance
			if err := compare(got, v.Value, tol); err != nil {
				t.Errorf("%s %s (%s): %v", name, v.Key, v.Kind, err)
				continue
			}
			compared[v.Kind]++
			here++
		}
		t.Logf("%s: %d of %d values compared at %g", name, here, len(f.Values), f.Tolerance)
	}
	sort.Strings(left)
	for _, l := range left {
		t.Logf("left out: %s", l)
	}
	t.Logf("by kind: agreed %d, disputed %d, single %d", compared["agreed"], compared["disputed"], compared["single"])
	t.Logf("reference values: %d compared, %d left out", compared["agreed"]+compared["disputed"]+compared["single"], len(left))
}

func squareTables(t *testing.T) map[string]*Confusion {
	t.Helper()
	var d struct {
		Tables map[string][][]int `json:"tables"`
	}
	readJSON(t, "data/square_tables.json", &d)
	out := map[string]*Confusion{}
	for name, counts := range d.Tables {
		labels := make([]string, len(counts))
		for i := range labels {
			labels[i] = fmt.Sprintf("class%d", i)
		}
		c, err := ConfusionFromCounts(labels, counts)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = c
	}
	return out
}

func weightsNamed(name string, k int) Weights {
	switch name {
	case "linear":
		return LinearWeights(k)
	case "quadratic":
		return QuadraticWeights(k)
	case "ordinal":
		return OrdinalWeights(k)
	}
	return IdentityWeights(k)
}

func sortedKeys(m map[string]any) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
