package dataset

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sequences are the orders that the schema of DDI-Codebook 2.5 gives for the elements used here.
var sequences = map[string][]string{
	"codeBook":  {"docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"},
	"docDscr":   {"citation"},
	"stdyDscr":  {"citation"},
	"citation":  {"titlStmt"},
	"titlStmt":  {"titl"},
	"titl":      {},
	"fileDscr":  {"fileTxt", "locMap", "notes"},
	"fileTxt":   {"fileName", "fileCont", "fileStrc", "dimensns", "fileType"},
	"fileName":  {},
	"fileCont":  {},
	"fileType":  {},
	"dimensns":  {"caseQnty", "varQnty"},
	"caseQnty":  {},
	"varQnty":   {},
	"dataDscr":  {"varGrp", "var"},
	"var":       {"location", "labl", "qstn", "valrng", "universe", "sumStat", "txt", "catgryGrp", "catgry", "concept", "varFormat", "notes"},
	"labl":      {},
	"txt":       {},
	"catgry":    {"catValu", "labl", "txt"},
	"catValu":   {},
	"varFormat": {},
}

func TestDDIKeepsTheStandardsOrder(t *testing.T) {
	var b bytes.Buffer
	if err := DDI(&b, "A study of 平台 & <others>", map[string]int64{"analysis": 3}, "ingest", "classify", "report"); err != nil {
		t.Fatal(err)
	}
	type open struct {
		name string
		at   int
	}
	var stack []open
	ids, variables := map[string]bool{}, 0
	for d := xml.NewDecoder(&b); ; {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			name := x.Name.Local
			if _, known := sequences[name]; !known || x.Name.Space != "ddi:codebook:2_5" {
				t.Fatalf("element %s %s", x.Name.Space, name)
			}
			if len(stack) > 0 {
				top := &stack[len(stack)-1]
				at := slices.Index(sequences[top.name], name)
				if at < top.at {
					t.Errorf("%s stands in %s at the wrong place", name, top.name)
				}
				top.at = at
			}
			stack = append(stack, open{name: name})
			for _, a := range x.Attr {
				if a.Name.Local == "ID" {
					if ids[a.Value] || strings.ContainsAny(a.Value, " :/") {
						t.Errorf("ID %q is twice or no name", a.Value)
					}
					ids[a.Value] = true
				}
				if a.Name.Local == "files" && !ids[a.Value] {
					t.Errorf("variable of file %q, which is not described", a.Value)
				}
			}
			if name == "var" {
				variables++
			}
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
	want := 0
	for _, table := range Tables {
		want += len(table.Columns)
	}
	if variables != want {
		t.Errorf("%d variables, want %d", variables, want)
	}
}

// TestImportScriptR lets a real R run the script.
func TestImportScriptR(t *testing.T) {
	table := Named("predictions")
	dir := t.TempDir()
	var script, data bytes.Buffer
	if err := ImportR(&script, table, "zh"); err != nil {
		t.Fatal(err)
	}
	batch := NewBatch(table)
	half := 0.5
	batch.Row().Text("c0123456789abcdef").Int(1).Text(`甲"公司`, "he2024", "paper_default", "reasoning", "decided", "supplementary", "").Float(&half).
		Text("", "", "", "yes", "R5").List([]string{"a", "b"}).List(nil).Text("shopping", "", "x").End()
	w := NewCSVWriter(&data, table)
	if err := w.Write(batch); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("Rscript"); err != nil {
		t.Skip("no Rscript: install Debian's r-base-core")
	}
	for name, b := range map[string][]byte{"predictions.R": script.Bytes(), "predictions.csv": data.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command("Rscript", "-e", `csv_dir <- "."; source("predictions.R", encoding = "UTF-8"); stopifnot(nrow(predictions) == 1, predictions$party_no == 1L, predictions$cap_fraction == 0.5, `+
		`as.character(predictions$liability) == "补充责任", is.na(predictions$scope), predictions$party_name == "甲\"公司", attr(predictions$outcome, "label") != "")`)
	c.Dir, c.Env = dir, append(os.Environ(), "LC_ALL=C.UTF-8")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestImportScriptStataNamesEveryColumn(t *testing.T) {
	var b bytes.Buffer
	table := Named("analysis")
	if err := ImportStata(&b, table, "en"); err != nil {
		t.Fatal(err)
	}
	for _, c := range table.Columns {
		if len(c.Name) > 30 || !strings.Contains(b.String(), "label variable "+c.Name+" ") {
			t.Errorf("column %s: too long a name, or no label", c.Name)
		}
	}
}
