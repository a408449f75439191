package pipeline

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"caipan/pipeline/columnar"
	"caipan/pipeline/dataset"
)

// compareFiles compares a file with the one made anew, value by value where its form is known (Parquet, CSV, JSON by key),
// else as a whole. It returns how many values were compared.
func compareFiles(old, made string) (n int64, differences []string, err error) {
	if t := tableOf(filepath.Base(old)); t != nil {
		t, err := columnar.Columns(made, t)
		if err != nil {
			return 0, nil, err
		}
		return compareParquet(old, made, t)
	}
	switch {
	case strings.HasSuffix(old, ".csv"):
		return compareWith(old, made, compareCSV)
	case strings.HasSuffix(old, ".json"):
		return compareWith(old, made, compareJSON)
	}
	return compareWith(old, made, func(a, b []byte) (int64, []string, error) { return 1, nil, nil })
}

// compareWith reads both files; equal bytes need no closer look.
func compareWith(old, made string, closer func(a, b []byte) (int64, []string, error)) (int64, []string, error) {
	a, err := os.ReadFile(old)
	if err != nil {
		return 0, nil, err
	}
	b, err := os.ReadFile(made)
	if err != nil {
		return 0, nil, err
	}
	n, differences, err := closer(a, b)
	if err == nil && len(differences) == 0 && !bytes.Equal(a, b) {
		differences = []string{"the bytes differ"}
	}
	return n, differences, err
}

// compareParquet reads the old file with the second library and the new one with the first.
func compareParquet(old, made string, t *dataset.Table) (n int64, differences []string, err error) {
	a, err := columnar.OpenSecond(old, t)
	if err != nil {
		return 0, nil, err
	}
	defer a.Close()
	b, err := columnar.OpenFile(made, t)
	if err != nil {
		return 0, nil, err
	}
	defer b.Close()
	for row := 0; ; {
		x, err := b.Next()
		if err == io.EOF {
			if a.Rows() > 0 {
				differences = append(differences, fmt.Sprintf("%d rows more than there should be", a.Rows()))
			}
			return n, differences, nil
		}
		if err != nil {
			return n, differences, err
		}
		y, err := a.Next(x.N)
		if err == io.EOF || err == nil && y.N < x.N {
			return n, append(differences, "rows are missing at the end"), nil
		}
		if err != nil {
			return n, differences, err
		}
		for i := range x.N {
			for c, col := range t.Columns {
				if have, want := y.Cell(c, i), x.Cell(c, i); have != want {
					differences = append(differences, fmt.Sprintf("row %d (%s), %s: is %.60q, should be %.60q", row, rowName(x, i), col.Name, have, want))
				}
				n++
			}
			row++
		}
	}
}

// rowName is the first column of a row, which names it.
func rowName(b *dataset.Batch, i int) string { return b.Cell(0, i) }

func compareCSV(a, b []byte) (n int64, differences []string, err error) {
	x, err := csv.NewReader(bytes.NewReader(a)).ReadAll()
	if err != nil {
		return 0, nil, err
	}
	y, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return 0, nil, err
	}
	if len(x) != len(y) {
		differences = append(differences, fmt.Sprintf("%d rows, should be %d", len(x), len(y)))
	}
	for i := range min(len(x), len(y)) {
		for c := range min(len(x[i]), len(y[i])) {
			if n++; x[i][c] != y[i][c] {
				differences = append(differences, fmt.Sprintf("row %d (%s), %s: is %.60q, should be %.60q", i, y[i][0], y[0][min(c, len(y[0])-1)], x[i][c], y[i][c]))
			}
		}
	}
	return n, differences, nil
}

// compareJSON compares objects key by key.
func compareJSON(a, b []byte) (n int64, differences []string, err error) {
	var x, y map[string]json.RawMessage
	if err := json.Unmarshal(a, &x); err != nil {
		return 0, nil, err
	}
	if err := json.Unmarshal(b, &y); err != nil {
		return 0, nil, err
	}
	var keys []string
	for k := range y {
		keys = append(keys, k)
	}
	for k := range x {
		if _, both := y[k]; !both {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		if n++; !bytes.Equal(x[k], y[k]) {
			differences = append(differences, fmt.Sprintf("%s: is %.90s, should be %.90s", k, orNothing(x[k]), orNothing(y[k])))
		}
	}
	return n, differences, nil
}

func orNothing(b []byte) string {
	if b == nil {
		return "not there"
	}
	return string(b)
}
