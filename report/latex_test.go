package report

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTablesCompile hands every table of a report, in English and Chinese, to XeLaTeX with ctex.
func TestTablesCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("-short")
	}
	tex, err := exec.LookPath("xelatex")
	if err != nil {
		t.Skip("no XeLaTeX here (Debian: texlive-xetex texlive-lang-chinese)")
	}
	if err := exec.Command("kpsewhich", "ctexart.cls").Run(); err != nil {
		t.Skip("no ctex here (Debian: texlive-lang-chinese)")
	}
	for _, lang := range []string{"en", "zh"} {
		dir := t.TempDir()
		if _, err := Run(context.Background(), Options{Out: dir, Lang: lang, Plain: true}, corpus(t, 6)); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "tables", "*.tex"))
		if err != nil || len(files) < 10 {
			t.Fatalf("%d tables, %v", len(files), err)
		}
		var main strings.Builder
		main.WriteString("\\documentclass{ctexart}\n\\usepackage{booktabs,longtable,array,pdflscape}\n\\usepackage[margin=2cm]{geometry}\n\\input{numbers}\n\\begin{document}\n")
		for _, f := range files {
			fmt.Fprintf(&main, "\\input{tables/%s}\n\\clearpage\n", strings.TrimSuffix(filepath.Base(f), ".tex"))
		}
		main.WriteString("\\end{document}\n")
		if err := os.WriteFile(filepath.Join(dir, "main.tex"), []byte(main.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		limited, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
		defer cancel()
		run := exec.CommandContext(limited, tex, "-interaction=nonstopmode", "-halt-on-error", "main.tex")
		run.Dir = dir
		out, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", lang, err, out[max(0, len(out)-1500):])
		}
		for _, fault := range []string{"Float too large", "Missing character"} {
			if k := bytes.Index(out, []byte(fault)); k >= 0 {
				t.Errorf("%s: %s", lang, out[k:min(len(out), k+120)])
			}
		}
	}
}

func TestLongAndWideTablesAreLaidOut(t *testing.T) {
	short := &Table{Name: "a", Head: []string{"x", "n"}, Left: 1, Rows: [][]string{{"b", "1"}}}
	long := &Table{Name: "b", Head: []string{"x", "n"}, Left: 1}
	for range texRows + 1 {
		long.Rows = append(long.Rows, []string{"b", "1"})
	}
	wide := &Table{Name: "c", Head: []string{"x", "n"}, Left: 1, Rows: [][]string{{strings.Repeat("很长", 40), "α_1"}}}
	for _, x := range []struct {
		table      *Table
		want, none string
	}{{short, "\\begin{tabular}{lr}", "longtable}{"}, {long, "\\endhead", "landscape}\n"}, {wide, "\\begin{landscape}", "\\begin{tabular}"}, {wide, `$\alpha$\_\allowbreak{}1`, "α"}} {
		var b bytes.Buffer
		if err := x.table.WriteLaTeX(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), x.want) || strings.Contains(b.String(), x.none) {
			t.Errorf("%s: want %q and not %q:\n%s", x.table.Name, x.want, x.none, b.String())
		}
	}
	sum := 0.0
	for _, s := range wide.shares() {
		sum += s
	}
	if s := wide.shares(); math.Abs(sum-1) > 1e-9 || s[0] > 0.9 {
		t.Errorf("shares %v", s)
	}
}
