package cmd_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"caipan/pipeline"
	"caipan/report/sample"
)

// The week of docs/CODING.md, command by command, in both languages of the page.
func TestCodingPageWorks(t *testing.T) {
	for _, name := range []string{"CODING.md", "CODING.zh-CN.md"} {
		t.Run(name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("..", "docs", name))
			if err != nil {
				t.Fatal(err)
			}
			w := &week{t: t, dir: t.TempDir()}
			w.pick()
			commands := 0
			for _, block := range blocks(string(page)) {
				switch info, body := block[0], block[1]; {
				case strings.HasPrefix(info, "csv "):
					w.write(strings.TrimPrefix(info, "csv "), body)
				case strings.HasPrefix(info, "sh"):
					if strings.HasSuffix(info, " fill") {
						w.fill()
					} else if strings.HasSuffix(info, " adjudicate") {
						w.adjudicate()
					}
					for line := range strings.Lines(body) {
						w.run(strings.Fields(line))
						commands++
					}
				}
			}
			if commands < 7 {
				t.Errorf("%d commands found on the page", commands)
			}
			w.check()
		})
	}
}

// blocks are the fenced blocks of a page: info string and body.
func blocks(page string) (out [][2]string) {
	parts := strings.Split(page, "```")
	for i := 1; i < len(parts); i += 2 {
		info, body, _ := strings.Cut(parts[i], "\n")
		out = append(out, [2]string{info, body})
	}
	return out
}

type week struct {
	t   *testing.T
	dir string
	out string
}

// pick writes 300 judgments: those of data/sample, copied under other numbers and names of claimants.
func (w *week) pick() {
	files, err := filepath.Glob(filepath.Join("..", "data", "sample", "judgments", "*.txt"))
	if err != nil || len(files) == 0 {
		w.t.Fatalf("no sample: %v", err)
	}
	for i := range 300 {
		b, err := os.ReadFile(files[i%len(files)])
		if err != nil {
			w.t.Fatal(err)
		}
		text := string(b)
		if copyNo := i / len(files); copyNo > 0 {
			text = strings.Replace(text, "号\n", fmt.Sprintf("%02d号\n", copyNo), 1)
		}
		w.write(fmt.Sprintf("picked/%03d.txt", i), text)
	}
}

func (w *week) write(name, text string) {
	path := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *week) run(args []string) {
	w.t.Helper()
	c := exec.Command(filepath.Join(binaries, args[0]), append([]string{args[1]}, args[2:]...)...)
	c.Dir = w.dir
	out, err := c.CombinedOutput()
	if err != nil {
		w.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	w.out = string(out)
	w.t.Logf("%s\n%s", strings.Join(args, " "), out)
}

// truth is what the coders find: mostly what the machine read.
func (w *week) truth() map[string]map[string]string {
	s, err := sample.Read(filepath.Join(w.dir, "sample"))
	if err != nil {
		w.t.Fatal(err)
	}
	frame, err := pipeline.SampleFrame(context.Background(), filepath.Join(w.dir, "read"), "", "", s.Variables)
	if err != nil {
		w.t.Fatal(err)
	}
	match, err := s.Match(frame)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for _, i := range s.Drawn() {
		out[s.Chances[i].Number] = map[string]string{}
		for _, v := range s.Variables {
			value := match[i].Attribute(v)
			if value == "conflict" || i%9 == 0 && v == sample.RulingVariable {
				value = "unknown"
			}
			out[s.Chances[i].Number][v] = value
		}
	}
	return out
}

// each hands every row of a workbook's first sheet to do, which may set cells, and saves it.
func (w *week) each(name string, do func(book *excelize.File, head, row []string, no int)) {
	path := filepath.Join(w.dir, name)
	book, err := excelize.OpenFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		w.t.Fatal(err)
	}
	for n, row := range rows[1:] {
		do(book, rows[0], row, n+2)
	}
	if err := book.Save(); err != nil {
		w.t.Fatal(err)
	}
}

func put(book *excelize.File, column, row int, value string) {
	cell, _ := excelize.CoordinatesToCellName(column+1, row)
	book.SetCellStr(book.GetSheetName(0), cell, value)
}

// fill codes both sheets; each coder errs in one cell of twenty.
func (w *week) fill() {
	truth := w.truth()
	for k, coder := range []string{"li", "wang"} {
		rng := rand.New(rand.NewPCG(uint64(k), 5))
		w.each(filepath.Join("sample", "coders", coder, coder+".xlsx"), func(book *excelize.File, head, row []string, no int) {
			for c, h := range head {
				v, _, _ := strings.Cut(h, " · ")
				value, coded := truth[row[1]][v]
				if coded && rng.IntN(20) == 0 {
					value = "unknown"
				}
				if coded {
					put(book, c, no, value)
				}
			}
		})
	}
}

// adjudicate decides what the coders differ on.
func (w *week) adjudicate() {
	truth := w.truth()
	w.each(filepath.Join("sample", "check", sample.AdjudicationBook), func(book *excelize.File, head, row []string, no int) {
		if row[slices.Index(head, "state")] == "disagreed" {
			put(book, slices.Index(head, "adjudicated"), no, truth[row[0]][row[3]])
		}
	})
}

// check: the last report corrects, and says so.
func (w *week) check() {
	if !strings.Contains(w.out, "hand-coded parties, the share held liable is") && !strings.Contains(w.out, "个人工编码当事人校正") {
		w.t.Errorf("the last command says nothing of the correction:\n%s", w.out)
	}
	b, err := os.ReadFile(filepath.Join(w.dir, "report1", "results.json"))
	if err != nil {
		w.t.Fatal(err)
	}
	if !strings.Contains(string(b), `"corrected.liable_share"`) {
		w.t.Error("results.json has no corrected.liable_share")
	}
}
